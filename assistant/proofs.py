"""What the registers say of the statements of an index: which rows a quote proves, and where
the statements of a row stand. A row whose statements are in no document of the index is silent."""

from collections.abc import Iterable
from functools import cache

from assistant.answer import Citation
from assistant.extracting import Quote
from assistant.units import Unit, document_units
from corpus.registry import Conflict, Deadline, read_register
from corpus.types import Anchor
from ingest.index import Index


@cache
def conflicts() -> tuple[Conflict, ...]:
    """Rows of the register of conflicts."""
    return read_register("conflicts")


@cache
def replaced_deadlines() -> tuple[tuple[Deadline, Deadline], ...]:
    """Dates of the calendar that another row replaced, each with that row."""
    rows: dict[str, Deadline] = {row.id: row for row in read_register("calendar")}
    return tuple((row, rows[row.replaced_by]) for row in rows.values() if row.replaced_by in rows)


def anchors_of(citation: Citation, index: Index) -> tuple[Anchor, ...]:
    """Anchors of the statements that a quote holds."""
    document = index.texts.document(citation.document_id)
    anchors = document.anchors if document else ()
    return tuple(a for a in anchors if a.start < citation.end and a.end > citation.start)


def proofs_in(citation: Citation, index: Index) -> frozenset[str]:
    """What a quote proves, as the registers write it: ``document_id#fact``."""
    anchors = anchors_of(citation, index)
    return frozenset(f"{citation.document_id}#{f}" for a in anchors for f in a.facts)


def statements(proofs: Iterable[str], index: Index) -> list[Unit]:
    """The statements of the index that prove a row, in the row's order."""
    found = []
    for proof in proofs:
        document_id, _, fact = proof.partition("#")
        document = index.texts.document(document_id)
        if document is not None and any(fact in a.facts for a in document.anchors):
            units = document_units(document)
            found += [u for u in units if u.anchor is not None and fact in u.anchor.facts]
    return found


def quote_of(unit: Unit) -> Quote:
    """A statement as a quote by itself."""
    return Quote((unit,), unit.start, unit.end)
