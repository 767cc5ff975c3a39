"""One-line credits, links and clean text, for the files that have no footnotes."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from assistant.answer import Citation
from assistant.teaching.pack import Pack
from ui import texts
from ui.exporting import sourcing
from ui.exporting.typography import typeset
from ui.markup import clean, web_address

_UNWRITABLE = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_URL_SIGNS = "%/:?#[]@!$&'()*+,;=~"
_TITLE_CHARS = 160
"""The longest title or place that a credit shows; the list of sources shows them whole."""


def plain(text: str) -> str:
    """``text`` fit for any file, in French typography: no control or direction mark."""
    return typeset(_UNWRITABLE.sub("\ufffd", clean(text)))


def line(text: str) -> str:
    """``plain`` on one line."""
    return " ".join(plain(text).replace("\t", " ").replace("\n", " ").split(" ")).strip(" ")


def shortened(text: str, chars: int) -> str:
    """``text``, cut at a word with an ellipsis when it is longer than ``chars``."""
    if len(text) <= chars:
        return text
    cut = text[: chars - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[chars // 2 :] else cut).rstrip(" ,;:") + "…"


def by_number(pack: Pack) -> Mapping[int, Citation]:
    """The citations of a pack by their numbers."""
    return {citation.n: citation for citation in pack.citations}


def origin(citation: Citation) -> str:
    """« résumé Repères, d'après Le Media Social (presse) »."""
    return line(f"{sourcing.origin(citation)} ({sourcing.read(citation)})")


def credit(citation: Citation, short: bool = False, placed: bool = True) -> str:
    """One line: the title (``short``: up to its subject), the place where ``placed``, what
    became of the text, « résumé Repères, d'après … »."""
    status = sourcing.status(citation)
    ended = f"texte {status}" if status.startswith(texts.ENDED) else ""
    title = sourcing.short_title(citation) if short else shortened(citation.title, _TITLE_CHARS)
    where = shortened(sourcing.place(citation), _TITLE_CHARS) if placed else ""
    found = (title, where, ended)
    return f"{line(', '.join(one for one in found if one))} – {origin(citation)}"


def brief(citation: Citation) -> str:
    """A line shorter than ``credit``: who published what was read is left to the notes."""
    told = f"{sourcing.wording(citation)} ({sourcing.read(citation)})"
    return line(f"{sourcing.short_title(citation)} – {told[:1].lower()}{told[1:]}")


def nature(citation: Citation) -> str:
    """What a text is, on about a line: title up to its subject, nature, status."""
    status = sourcing.status(citation)
    found = (
        sourcing.short_title(citation),
        "" if citation.authority == "inconnue" else sourcing.authority(citation),
        status and f"texte {status}",
    )
    return line(", ".join(one for one in found if one))


def address(citation: Citation) -> str | None:
    """Where to check it: the official page when it was read, else the first page that was, else
    the official one all the same; ``None`` without any."""
    read = [source.get("url") for source in citation.sources]
    official = citation.origin == "original" or citation.evidence.startswith("official")
    for url in (citation.url, *read) if official else (*read, citation.url):
        if found := web_address(url):
            return quote(found.encode("utf-8", "replace"), safe=_URL_SIGNS)
    return None


def marks(numbers: Iterable[int]) -> str:
    """« [1] [2] »."""
    return " ".join(f"[{n}]" for n in numbers)
