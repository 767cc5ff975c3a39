"""Quotes to citations and claims: numbering, identity, modality and addressee."""

import re
from collections.abc import Iterable, Sequence

from assistant.answer import Citation, Claim
from assistant.checking import without_brackets
from assistant.extracting import Quote
from assistant.modality import modality_of
from corpus.lexicon import fold
from corpus.types import (
    CONFIDENCES,
    EVIDENCES,
    OFFICIAL_KINDS,
    Anchor,
    Confidence,
    Document,
    Evidence,
)
from ingest.index import Index

# From the surest to the least sure: a quote over several anchors shows the weakest.
_CONFIDENCE_ORDER: dict[str, int] = {name: n for n, name in enumerate(CONFIDENCES)}
_EVIDENCE_ORDER: dict[str, int] = {name: n for n, name in enumerate(EVIDENCES)}
_ACTORS = (
    ("préfet", r"\bprefets?\b"),
    ("ARS", r"\bars\b|\bagences? regionales? de sante\b"),
    ("département", r"\bdepartements?\b|\bcollectivites?\b|\bconseils? departementa"),
)


def cite(found: Sequence[Quote], index: Index, first: int = 1) -> list[Citation]:
    """One citation a quote, numbered from ``first``."""
    return [_citation(number, quote, index) for number, quote in enumerate(found, first)]


def _citation(number: int, quote: Quote, index: Index) -> Citation:
    unit = quote.units[0]
    document, identity = unit.document, unit.document.identity
    anchors = [u.anchor for u in quote.units if u.anchor is not None]
    row = index.texts.passage_at(document.document_id, unit.start)
    return Citation(
        n=number,
        passage_id=row.passage_id,
        document_id=document.document_id,
        title=index.texts.titles[document.document_id],
        kind=identity.kind,
        authority=identity.authority if identity.origin == "summary" else identity.kind,
        evidence=_evidence(document, anchors),
        origin=identity.origin,
        confidence=_confidence(anchors),
        reference=identity.number,
        nor=identity.nor,
        issuer=identity.issuer,
        signed_on=identity.signed_on,
        published_on=identity.published_on,
        in_force_from=identity.in_force_from,
        in_force_until=identity.in_force_until,
        text_status=identity.text_status,
        exercices=identity.exercices,
        locator=unit.section.locator,
        page=unit.section.page,
        quote=quote.text,
        start=quote.start,
        end=quote.end,
        url=identity.url,
        sources=_sources(document, anchors),
    )


def _evidence(document: Document, anchors: Iterable[Anchor]) -> Evidence:
    """The weakest evidence among the anchors; an original without anchors speaks for itself."""
    levels = [anchor.evidence for anchor in anchors]
    if levels:
        return max(levels, key=lambda level: _EVIDENCE_ORDER[level])
    identity = document.identity
    if identity.kind in OFFICIAL_KINDS and (identity.number or identity.nor):
        return "official_text"
    return "press" if identity.kind == "presse" else "other"


def _confidence(anchors: Iterable[Anchor]) -> Confidence:
    levels = [anchor.confidence for anchor in anchors]
    return max(levels, key=lambda level: _CONFIDENCE_ORDER[level]) if levels else "single"


def _sources(document: Document, anchors: Iterable[Anchor]) -> tuple[dict[str, str | None], ...]:
    """What was read for the quote: publisher, address or founding file, evidence."""
    codes = dict.fromkeys(code for anchor in anchors for code in anchor.sources)
    return tuple(
        {"publisher": s.publisher, "url": s.url, "file": s.file, "evidence": s.evidence}
        for s in document.sources
        if s.code in codes
    )


def claim(citation: Citation) -> Claim:
    """The claim that a quote makes: its own words."""
    text = without_brackets(citation.quote).strip()
    return Claim(text, (citation.n,), "quoted", modality_of(text), addressee_of(text, ruled=True))


def addressee_of(text: str, ruled: bool = False) -> str | None:
    """The actor that a text names first, « préfet », « ARS » or « département »; ``None`` without
    any, and when it must be ``ruled`` and only states."""
    if ruled and modality_of(text) == "states":
        return None
    folded = fold(text)
    named = [(m.start(), name) for name, p in _ACTORS if (m := re.search(p, folded))]
    return min(named)[1] if named else None
