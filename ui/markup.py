"""Safe HTML from any text: the only place where text becomes markup.

What these functions return holds no line break (the page shows it through a Markdown component,
where one whole line of HTML passes untouched), and nothing of the text acts as a tag.
"""

import html
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_BULLET = re.compile(r"\s*[-–•]\s+")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff]")


def clean(text: str) -> str:
    """``text`` fit for UTF-8 and a screen: no control or direction mark, lone surrogates as �."""
    return _UNSEEN.sub(
        lambda found: "\ufffd" if "\ud800" <= found[0] <= "\udfff" else " ",
        text.replace("\r\n", "\n"),
    )


def escape(text: str) -> str:
    """``text`` as text, its line breaks as character references."""
    return html.escape(clean(text)).replace("\n", "&#10;")


def tag(name: str, content: str, css: str = "", **attributes: str | None) -> str:
    """An element around ``content`` (already HTML); attributes are escaped, ``None`` left out."""
    given = {"class": css or None} | {key.strip("_"): v for key, v in attributes.items()}
    shown = "".join(f' {key}="{escape(v)}"' for key, v in given.items() if v is not None)
    return f"<{name}{shown}>{content}</{name}>"


def web_address(url: str | None) -> str | None:
    """``url`` when it is a plain web address, ``None`` for anything else (javascript:, file:)."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def outside_link(url: str, label: str, note: str) -> str:
    """A link that leaves the product in its own tab; ``note`` is read to those who can't see so."""
    unseen = tag("span", f" {escape(note)}", "hors-ecran")
    return tag(
        "a",
        escape(label) + unseen,
        "dehors",
        href=url,
        target="_blank",
        rel="noopener noreferrer nofollow",
    )


def flow(text: str, tail: str = "") -> str:
    """Paragraphs and lists of ``text`` (lines in « - » are items); ``tail`` ends the last one.

    ``tail`` is HTML; it goes before the final full stop, as a note call does in French.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    pieces: list[str] = []
    items: list[str] = []
    for number, line in enumerate(lines):
        bullet = _BULLET.match(line)
        body = with_tail(
            line[bullet.end() :] if bullet else line, tail if number == len(lines) - 1 else ""
        )
        if bullet:
            items.append(tag("li", body))
            continue
        pieces += _list(items)
        items = []
        pieces.append(tag("p", body))
    return "".join([*pieces, *_list(items)])


def with_tail(text: str, tail: str) -> str:
    """One escaped line with ``tail`` (HTML) before its final full stop (also for a semicolon)."""
    if not tail:
        return escape(text)
    stop = "." if text.endswith((".", ";")) else ""
    return f"{escape(text[: len(text) - len(stop)].rstrip())}&nbsp;{tail}{stop}"


def _list(items: Iterable[str]) -> list[str]:
    content = "".join(items)
    return [tag("ul", content)] if content else []
