"""The list of sources that ends a document: each text once, with the passages cited of it."""

from collections.abc import Sequence

from assistant.answer import Citation
from ui import texts
from ui.exporting import sourcing
from ui.exporting.footnotes import source_name
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
    draft.head(1, "Sources")
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
    if draft.flavour.plain:  # Markdown has no other place to link to than a heading
        return [
            block
            for one in cited
            for block in (
                heading(3, f"Source {one.n}", source_name(one.n)),
                para(_passage(one, draft.flavour.linked)),
            )
        ]
    rows = [
        [*anchor(strong(f"Source {one.n}."), source_name(one.n)), *words(" ")]
        + _passage(one, draft.flavour.linked)
        for one in cited
    ]
    return [styled("Source", [bullets([para(row)] for row in rows)])]


def _passage(citation: Citation, quoted: bool) -> Inlines:
    """Where it stands, what was read and by whom, with links; its words when no note has them."""
    place = sourcing.place(citation)
    proof = f"{sourcing.proof(citation)}, {texts.CONFIDENCE_LABELS[citation.confidence]}"
    said = f"{proof[:1].upper()}{proof[1:]} ; {sourcing.origin(citation)}."
    links = joined((link(*one) for one in sourcing.addresses(citation)), words(", "))
    parts = [
        words(f"« {place} »." if place else ""),
        words(said),
        words(f"Cité : « {citation.quote.strip()} »") if quoted else [],
        [*words("À lire : "), *links, *words(".")] if links else [],
    ]
    return joined(parts, words(" "))
