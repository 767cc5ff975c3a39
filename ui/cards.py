"""The card of a citation: what the source is, what was read, and the quote in its context."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Citation
from corpus.types import Document
from ui import chat_texts, texts
from ui.exporting.typography import typeset
from ui.markup import escape, outside_link, tag, web_address
from ui.natures import nature_of
from ui.pages.navigation import document_address

CONTEXT_CHARS = 300
_TIED = re.compile(r" (?=[:;!?»])|(?<=«) ")
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


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The numbers of the citations before and after one, ``None`` at an end."""

    previous: int | None = None
    next: int | None = None


def render_card(
    turn: int,
    citation: Citation,
    document: Document | None,
    standing: Sequence[str] = (),
    neighbours: Neighbours | None = None,
) -> str:
    """One card as HTML.

    Args:
        turn: the number of the answer in the conversation.
        citation: what the card shows.
        document: where the quote stands, ``None`` when the index no longer holds it.
        standing: what the text became, weightiest first (« complété en 2022 »).
        neighbours: the cards that it leads to.
    """
    number = tag("span", escape(str(citation.n)), "numero")
    title = tag("h4", f"{number} {escape(typeset(citation.title))}")
    parts = [
        title,
        tag("p", escape(typeset(_origin(citation))), "origine"),
        _labels(citation, standing),
        _passage(citation, context_of(citation, document)),
        _identity(citation),
        _links(citation, document is not None),
        _restricting(citation),
        _keeping(citation) if document is not None else "",
        _ways(turn, neighbours or Neighbours()),
    ]
    return tag("article", "".join(parts), "carte", id=card_id(turn, citation.n), tabindex="-1")


def _ways(turn: int, neighbours: Neighbours) -> str:
    """To the quotes on either side and back to the answer."""
    ways = [
        (neighbours.previous, chat_texts.PREVIOUS_QUOTE, "voisine avant"),
        (neighbours.next, chat_texts.NEXT_QUOTE, "voisine apres"),
    ]
    links = [
        tag("a", escape(words), css, href=f"#{card_id(turn, n)}")
        for n, words, css in ways
        if n is not None
    ]
    links.append(tag("a", escape(texts.BACK), "retour", href=f"#{answer_id(turn)}"))
    return tag("p", " ".join(links), "chemins")


def _restricting(citation: Citation) -> str:
    """Asks the question again without this document, or with it alone."""
    buttons = [
        tag("button", escape(words), "relancer", type="button", value=f"{change}={value}")
        for words, change, value in (
            (chat_texts.WITHOUT_SOURCE, "exclude", citation.document_id),
            (chat_texts.ONLY_SOURCE, "include", citation.document_id),
        )
    ]
    return tag("p", " ".join(buttons), "restreindre")


def _keeping(citation: Citation) -> str:
    """Keeps the quote for a trainer's session."""
    place = f"{citation.start}:{citation.end}:{citation.document_id}"
    button = tag("button", escape(chat_texts.KEEP), "garder", type="button", value=place)
    return tag("p", button, "garde")


def page_link(address: str, words: str) -> str:
    """A link to a page of the product, in its own tab: the conversation lives in this one."""
    unseen = tag("span", f" {escape(texts.NEW_TAB)}", "hors-ecran")
    return tag("a", escape(words) + unseen, "page", href=address, target="_blank", rel="noopener")


def publishers(citation: Citation) -> list[str]:
    """Who published what was read, each once, in the order of the sources."""
    names = [source.get("publisher") for source in citation.sources]
    return list(dict.fromkeys(name for name in names if name))


def _origin(citation: Citation) -> str:
    return texts.origin_line(citation.origin, publishers(citation))


def _labels(citation: Citation, standing: Sequence[str]) -> str:
    """In order of weight: what ended the text, what it is, what was read, how sure, for when."""
    own = citation.origin == "original" and citation.evidence == "other"
    found = texts.read_label(citation.evidence, citation.confidence, bool(citation.sources))
    read = texts.OWN_FILE_LABEL if own else found
    agreed = texts.CONFIDENCE_LABELS[citation.confidence]
    kinds = dict.fromkeys([citation.authority, citation.kind])
    became = standing[0] if standing else ""
    ended = became.startswith(texts.ENDED)
    labels = [(became, "fin")] if ended else []
    unknown = chat_texts.SYNTHESIS
    if citation.origin == "original":
        unknown = nature_of("inconnue", citation.title)
    labels += [(unknown if kind == "inconnue" else kind, "nature") for kind in kinds]
    labels += [
        ("" if read == agreed else read, f"preuve {citation.evidence}"),
        (agreed, f"accord {citation.confidence}"),
        (
            texts.listed([str(year) for year in citation.exercices]) if citation.exercices else "",
            "",
        ),
        ("" if ended else became, "suite"),
    ]
    rows = [tag("li", escape(words), f"etiquette {css}".strip()) for words, css in labels if words]
    return tag("ul", "".join(rows), "etiquettes")


def _passage(citation: Citation, context: Context) -> str:
    before = ("… " if context.cut_before else "") + _BLANK_LINES.sub("\n", context.before)
    after = _BLANK_LINES.sub("\n", context.after) + (" …" if context.cut_after else "")
    quote = tag("mark", escape(citation.quote))
    before, after = (tag("span", escape(_tied(text)), "autour") for text in (before, after))
    body = before + quote + after
    label = tag("span", escape(texts.PASSAGE), "hors-ecran")
    return tag("blockquote", label + body, "passage")


def _tied(text: str) -> str:
    """What surrounds a quote, so that no line of it begins with a mark; a quote stays exact."""
    return _TIED.sub(texts.NBSP, text)


def _identity(citation: Citation) -> str:
    exercices = ", ".join(str(year) for year in citation.exercices)
    locator = citation.locator
    if citation.page and f"p. {citation.page}" not in locator:
        locator = f"{locator} (p. {citation.page})".strip()
    status = citation.text_status
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
        "text_status": texts.UNKNOWN if status == "inconnu" else status,
    }
    rows = [
        tag("div", tag("dt", escape(texts.IDENTITY_LABELS[key])) + tag("dd", escape(_shown(value))))
        for key, value in values.items()
        if value
    ]
    return tag("dl", "".join(rows), "identite")


def _shown(value: str | date) -> str:
    return texts.french_date(value) if isinstance(value, date) else typeset(value)


def _links(citation: Citation, held: bool) -> str:
    official = web_address(citation.url)
    links = []
    if held:
        address = document_address(citation.document_id, citation.start, citation.end)
        links.append(page_link(address, chat_texts.IN_DOCUMENT))
    if official:
        links.append(outside_link(official, texts.OFFICIAL_LINK, texts.NEW_TAB))
    shown = tag("p", " ".join(links), "liens") if links else ""
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
