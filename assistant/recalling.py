"""« Cite le texte », « pourquoi ? »: the quotes of an answer in full, and what gives its reason."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.answer import Citation, Claim
from assistant.citing import cite, claim
from assistant.drafting import Draft
from assistant.evidence import Evidence
from assistant.extracting import Quote
from assistant.merging import renumbered
from assistant.reading import Reading
from assistant.refusing import SURE, sureness
from assistant.units import Unit, UnitReader
from assistant.warning import levels
from corpus.lexicon import fold
from corpus.types import Document, Section
from ingest.index import Index

IN_FULL_CHARS = 600
"""A section is quoted whole up to there, else its heading or the statement alone."""

SPOKEN, SPOKEN_NEAR = 0.50, 0.30
"""Share of the question that a reason must speak of by itself; less in the section of the
answer, whose heading already says what it is about."""

MOST_REASONS = 2
_REASON = re.compile(
    r"\b(?:car|parce qu\w*|puisqu\w*|en raison d\w*|a cause d\w*|du fait d\w*|dus? aux?|dues? aux?"
    r"|s'expliqu\w+|motive\w*|justifi\w+|compte tenu|a la suite d\w*|afin|pour que|en vue d\w*"
    r"|vis(?:e|ent|ait|aient) a|a pour (?:but|objectifs?)|dans le but)\b"
)


def reasons(cited: Sequence[Citation], reading: Reading, reader: UnitReader) -> list[Evidence]:
    """Statements that give the reason or the purpose of an answer, best first; often none.

    Those that the answer quotes come alone; else those of its sections, of its documents, then
    of the rest, if they speak enough of the question to be about it.

    Args:
        cited: the citations of the answer's claims.
        reading: the question of that answer.
    """
    held = {one.unit.key: one for one in reading.found}
    for document_id in dict.fromkeys(c.document_id for c in cited):
        for unit in reader.document(document_id):
            if unit.key not in held:
                held[unit.key] = reading.weigher.weigh(unit, None, 0.0)
    given = [one for one in held.values() if one.fits and _gives_a_reason(one)]
    quoted = [one for one in given if any(_stands_in(one.unit, c) for c in cited)]
    if quoted:
        return sorted(quoted, key=lambda one: -one.score)
    sections = {(c.document_id, c.locator) for c in cited}
    documents = {c.document_id for c in cited}
    near = [one for one in given if _is_about(one, sections, reading.of_field)]
    near.sort(key=lambda one: (one.unit.document.document_id not in documents, -one.score))
    return near[:MOST_REASONS]


def _gives_a_reason(one: Evidence) -> bool:
    """Whether a statement gives a reason; why one side of a disagreement is retained isn't one."""
    disputed = one.unit.anchor is not None and one.unit.anchor.confidence == "disputed"
    return not disputed and not one.unit.unknown and bool(_REASON.search(fold(one.unit.text)))


def _stands_in(unit: Unit, citation: Citation) -> bool:
    same = unit.document.document_id == citation.document_id
    return same and citation.start <= unit.start and unit.end <= citation.end


def _is_about(one: Evidence, sections: Collection[tuple[str, str]], of_field: float) -> bool:
    beside = (one.unit.document.document_id, one.unit.section.locator) in sections
    least = SPOKEN_NEAR if beside else SPOKEN
    return one.own_coverage >= least and sureness([one], of_field) >= SURE


def in_full(draft: Draft, reader: UnitReader, index: Index) -> Draft:
    """A draft whose claims quote their statements whole, under their heading when that is short.

    Nothing changes in a refusal. Claims that become the same quote are one.
    """
    numbers = {n for one in draft.claims for n in one.citations}
    whole = {c.n: _whole(c, reader, index) for c in draft.citations if c.n in numbers}
    draft.citations = [whole.get(c.n, c) for c in draft.citations]
    draft.claims = [_reclaimed(one, whole) for one in draft.claims]
    told = levels([c for c in draft.citations if c.n in numbers])
    draft.warnings = [w for w in draft.warnings if w.kind not in ("inferred", "press_only")] + told
    return renumbered(draft)


def _reclaimed(one: Claim, whole: dict[int, Citation]) -> Claim:
    return replace(claim(whole[one.citations[0]]), citations=one.citations)


def _whole(citation: Citation, reader: UnitReader, index: Index) -> Citation:
    """A citation of all that stands around its quote, as far as it stays short."""
    document = index.texts.document(citation.document_id)
    if document is None:
        return citation
    start, end = _around(citation, document)
    units = tuple(
        u for u in reader.document(citation.document_id) if start <= u.start and u.end <= end
    )
    if not units:
        return citation
    return cite([Quote(units, start, end)], index, first=citation.n)[0]


def _around(citation: Citation, document: Document) -> tuple[int, int]:
    blocks = [b for b in document.blocks if b.start < citation.end and citation.start < b.end]
    start = min([citation.start, *(b.start for b in blocks)])
    end = max([citation.end, *(b.end for b in blocks)])
    section = next((s for s in document.sections if s.start <= start < s.end), None)
    for first, last in _contexts(section, start, end, document):
        if last - first <= IN_FULL_CHARS:
            return first, last
    return start, end


def _contexts(
    section: Section | None, start: int, end: int, document: Document
) -> list[tuple[int, int]]:
    """From the widest: heading and section, heading down to the statement."""
    if section is None:
        return []
    headings = [b for b in document.blocks if b.kind == "heading" and b.end <= section.start]
    first = headings[-1].start if headings and section.heading_path else section.start
    last = section.start + len(document.text[section.start : section.end].rstrip())
    return [(first, max(last, end)), (first, end)]
