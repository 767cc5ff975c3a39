"""The card of a citation: what the source is, what was read, and the quote in its context."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.answer import Citation
from corpus.types import Document
from ui import texts
from ui.markup import escape, outside_link, tag, web_address

CONTEXT_CHARS = 300
_BLANK_LINES = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands before and after a quote in its document; ``cut`` when there is more."""

    before: str = ""
    after: str = ""
    cut_before: bool = False
    cut_after: bool = False


def context_of(citation: Citation, document: Document | None) -> Context:
    """About 300 characters each side of the quote, cut at line borders (at words in a long line).

    Empty when the document is gone or no longer holds that quote at that place.
    """
    if document is None or document.text[citation.start : citation.end] != citation.quote:
        return Context()
    text = document.text
    first = max(0, citation.start - CONTEXT_CHARS)
    before = text[first : citation.start]
    if first:
        before = before[_first_border(before) :]
    last = min(len(text), citation.end + CONTEXT_CHARS)
    after = text[citation.end : last]
    if last < len(text):
        after = after[: _last_border(after)]
    return Context(
        before.lstrip(),
        after.rstrip(),
        cut_before=citation.start - len(before) > 0 and bool(before.strip()),
        cut_after=citation.end + len(after) < len(text.rstrip()) and bool(after.strip()),
    )


def _first_border(text: str) -> int:
    for border in ("\n", " "):
        if border in text:
            return text.index(border) + 1
    return 0


def _last_border(text: str) -> int:
    for border in ("\n", " "):
        if border in text:
            return text.rindex(border)
    return len(text)


def card_id(turn: int, number: int) -> str:
    """The fragment that names card ``number`` of answer ``turn`` in the page."""
    return f"source-{turn}-{number}"


def answer_id(turn: int) -> str:
    """The fragment that names answer ``turn`` in the page."""
    return f"reponse-{turn}"


def render_card(turn: int, citation: Citation, document: Document | None) -> str:
    """One card as HTML."""
    number = tag("span", escape(str(citation.n)), "numero")
    title = tag("h4", f"{number} {escape(citation.title)}")
    back = tag("a", escape(texts.BACK), "retour", href=f"#{answer_id(turn)}")
    parts = [
        title,
        _labels(citation),
        tag("p", escape(texts.origin_line(citation.origin, publishers(citation))), "origine"),
        _passage(citation, context_of(citation, document)),
        _identity(citation),
        _links(citation),
        tag("p", back),
    ]
    return tag("article", "".join(parts), "carte", id=card_id(turn, citation.n), tabindex="-1")


def publishers(citation: Citation) -> list[str]:
    """Who published what was read, each once, in the order of the sources."""
    names = [source.get("publisher") for source in citation.sources]
    return list(dict.fromkeys(name for name in names if name))


def _labels(citation: Citation) -> str:
    own = citation.origin == "original" and citation.evidence == "other"
    read = texts.OWN_FILE_LABEL if own else texts.EVIDENCE_LABELS[citation.evidence]
    kinds = dict.fromkeys([citation.kind, citation.authority])
    labels = [
        tag("li", escape(texts.UNKNOWN_KIND if kind == "inconnue" else kind), "etiquette")
        for kind in kinds
    ]
    labels.append(
        tag(
            "li",
            escape(read),
            f"etiquette preuve {citation.evidence}",
        )
    )
    labels.append(
        tag(
            "li",
            escape(texts.CONFIDENCE_LABELS[citation.confidence]),
            f"etiquette accord {citation.confidence}",
        )
    )
    return tag("ul", "".join(labels), "etiquettes")


def _passage(citation: Citation, context: Context) -> str:
    before = ("… " if context.cut_before else "") + _BLANK_LINES.sub("\n", context.before)
    after = _BLANK_LINES.sub("\n", context.after) + (" …" if context.cut_after else "")
    quote = tag("mark", escape(citation.quote))
    body = tag("span", escape(before), "autour") + quote + tag("span", escape(after), "autour")
    label = tag("span", escape(texts.PASSAGE), "hors-ecran")
    return tag("blockquote", label + body, "passage")


def _identity(citation: Citation) -> str:
    exercices = ", ".join(str(year) for year in citation.exercices)
    locator = citation.locator
    if citation.page and f"p. {citation.page}" not in locator:
        locator = f"{locator} (p. {citation.page})".strip()
    values: dict[str, str | date | None] = {
        "locator": locator,
        "reference": citation.reference,
        "nor": citation.nor,
        "issuer": citation.issuer,
        "signed_on": citation.signed_on,
        "published_on": citation.published_on,
        "in_force_from": citation.in_force_from,
        "in_force_until": citation.in_force_until,
        "exercices": exercices,
        "text_status": citation.text_status,
    }
    rows = [
        tag("div", tag("dt", escape(texts.IDENTITY_LABELS[key])) + tag("dd", escape(_shown(value))))
        for key, value in values.items()
        if value
    ]
    return tag("dl", "".join(rows), "identite")


def _shown(value: str | date) -> str:
    return texts.french_date(value) if isinstance(value, date) else value


def _links(citation: Citation) -> str:
    official = web_address(citation.url)
    shown = tag("p", outside_link(official, texts.OFFICIAL_LINK, texts.NEW_TAB)) if official else ""
    if not citation.sources:
        return shown
    rows = []
    for source in citation.sources:
        url = web_address(source.get("url"))
        name = source.get("publisher") or source.get("code") or texts.FOUNDING_FILE
        if url:
            rows.append(tag("li", outside_link(url, name, texts.NEW_TAB)))
        else:
            rows.append(tag("li", f"{escape(name)} ({escape(texts.FOUNDING_FILE)})"))
    summary = f"{texts.READ_SOURCES} ({len(rows)})"
    return shown + tag("details", tag("summary", escape(summary)) + tag("ul", "".join(rows)), "lu")
