"""The list of sources that ends a document: each text once, with the passages cited of it."""

from collections.abc import Sequence

from assistant.answer import Citation
from ui.exporting import sourcing
from ui.exporting.footnotes import quoted, read_from, source_name
from ui.exporting.outline import Draft
from ui.exporting.syntax import (
    Blocks,
    Inlines,
    anchor,
    bullets,
    heading,
    joined,
    link,
    para,
    strong,
    styled,
    words,
)


def sources(draft: Draft) -> None:
    """Every text with what it is worth and its official address, then its passages."""
    draft.head(1, "Sources", opens_page=True)
    draft.blocks.append(para(words(f"É{sourcing.as_of(draft.pack)[1:]}.")))
    for cited in _by_document(draft.pack.citations):
        draft.blocks.append(styled("Source", [para(_text(cited[0]))]))
        draft.blocks += _passages(draft, cited)


def _by_document(citations: Sequence[Citation]) -> list[list[Citation]]:
    found: dict[str, list[Citation]] = {}
    for one in citations:
        found.setdefault(one.document_id, []).append(one)
    return list(found.values())


def _text(citation: Citation) -> Inlines:
    """The text itself: its name, its nature, what became of it, where to read it."""
    facts = [
        sourcing.authority(citation),
        f"texte {sourcing.status(citation)}" if sourcing.status(citation) else "",
        sourcing.exercices(citation.exercices) if citation.exercices else "",
    ]
    said = ", ".join(fact for fact in facts if fact)
    address = sourcing.official_link(citation)
    official = [*words("Page officielle : "), *link(address, address)] if address else []
    parts = [
        strong(f"{sourcing.identity(citation)}."),
        words(f"{said[:1].upper()}{said[1:]}."),
        official,
    ]
    return joined(parts, words(" "))


def _passages(draft: Draft, cited: Sequence[Citation]) -> Blocks:
    """Where each passage stands, whose words were cited, who was read; what differs in nothing
    but its words is told once, for the notes have the words."""
    if draft.flavour.plain:  # Markdown has no other place to link to than a heading
        return [
            block
            for one in cited
            for block in (
                heading(3, f"Source {one.n}", source_name(one.n)),
                para(_passage(one, draft.flavour.linked)),
            )
        ]
    rows: dict[str, list[Citation]] = {}
    for one in cited:
        same = "" if draft.flavour.linked else str(_passage(one, False))
        rows.setdefault(same or str(one.n), []).append(one)
    told = [
        [*_named(alike), *words(" "), *_passage(alike[0], draft.flavour.linked)]
        for alike in rows.values()
    ]
    return [styled("Source", [bullets([para(row)] for row in told)])]


def _named(citations: Sequence[Citation]) -> Inlines:
    """« Sources 2, 3. », each number being where its note leads to."""
    numbers = joined(
        (anchor(strong(str(one.n)), source_name(one.n)) for one in citations), strong(", ")
    )
    lead = strong("Sources" if len(citations) > 1 else "Source")
    return [*lead, *words("\u00a0"), *numbers, *strong(".")]


def _passage(citation: Citation, words_too: bool) -> Inlines:
    """Where it stands, who was read and how far they agree; its words when no note has them."""
    place = sourcing.place(citation)
    where = words(f"« {place} ».") if place else []
    if words_too:
        return joined([where, quoted(citation, sure=True)], words(" "))
    said = [*words(sourcing.wording(citation)), *read_from(citation, sure=True)]
    return joined([where, said], words(" "))
