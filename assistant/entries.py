"""Rows of the registers with the quotes that prove them: what pages, answers and packs share."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from assistant.answer import Citation
from assistant.citing import cite
from assistant.proofs import quote_of
from assistant.units import Unit, document_units
from corpus.registry import REGISTERS, Deadline, Eligibility, Funding, Row, read_register
from ingest.index import Index

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A row and its proofs in the row's order: ``units`` are the statements, ``citations`` the
    same as quotes, numbered from 1; both have at least one."""

    row: R
    units: tuple[Unit, ...]
    citations: tuple[Citation, ...]


class Entries:
    """The registers as one index can prove them; a row that it can't prove at all is silent."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._units: dict[tuple[str, str], list[Unit]] | None = None
        self._entries: dict[str, tuple[Entry[Any], ...]] = {}

    def of(self, kind: type[R]) -> tuple[Entry[R], ...]:
        """Entries of a register, in its order.

        Args:
            kind: a row class of ``corpus.registry.REGISTERS``.

        Raises:
            InvalidDocument: the register can't be read (French).
        """
        name = next(name for name, row in REGISTERS.items() if row is kind)
        if name not in self._entries:
            made = ((row, self._proving(row.proofs)) for row in read_register(name))
            self._entries[name] = tuple(
                Entry(row, units, tuple(cite([quote_of(u) for u in units], self._index)))
                for row, units in made
                if units
            )
        return self._entries[name]

    def _proving(self, proofs: Iterable[str]) -> tuple[Unit, ...]:
        held = self._statements()
        found: dict[tuple[str, int], Unit] = {}
        for proof in proofs:
            document_id, _, fact = proof.partition("#")
            found |= {unit.key: unit for unit in held.get((document_id, fact), ())}
        return tuple(found.values())

    def _statements(self) -> dict[tuple[str, str], list[Unit]]:
        """Anchored statements by document and fact."""
        if self._units is None:
            self._units = {}
            for document_id in self._index.texts.document_ids:
                document = self._index.texts.document(document_id)
                for unit in document_units(document) if document else ():
                    for fact in unit.anchor.facts if unit.anchor else ():
                        self._units.setdefault((document_id, fact), []).append(unit)
        return self._units


def years_of(row: Row) -> tuple[int, ...]:
    """The exercices that a row says it holds for; empty when it says none."""
    if isinstance(row, Deadline | Funding):
        return (row.exercice,)
    if isinstance(row, Eligibility):
        return (int(row.wave),) if row.wave.isdigit() else ()
    years: tuple[int, ...] = getattr(row, "exercices", ())
    return years
