"""Which rows of two exercices speak of the same thing: those that their register calls alike.

A row's id names its subject. Without its year, without the instrument (contract, amendment), and
whatever the plural, two rows of one register with the same name are about the same subject.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from assistant.entries import Entry
from corpus.registry import Row

R = TypeVar("R", bound=Row)
_YEAR: Final = re.compile(r"20\d\d")
_INSTRUMENTS: Final = frozenset({"contrat", "avenant"})
_TEXTS: Final = frozenset({"circulaire", "instruction"})


@dataclass(frozen=True, slots=True)
class Subject:
    """Rows about the same thing: ``cells`` holds those of each exercice, in the order asked."""

    cells: tuple[tuple[Entry[Any], ...], ...]


def subject_of(row: Row) -> str:
    """The name of what a row is about; a yearly text, circular or instruction, is « texte »."""
    words = [word for word in row.id.split("-") if not _YEAR.fullmatch(word)]
    single = [word.removesuffix("s") for word in words]
    named = ["texte" if word in _TEXTS else word for word in single if word not in _INSTRUMENTS]
    return "-".join(named or single)


def exercices_of_row(row: Any) -> tuple[int, ...]:
    """The exercices that a row is of."""
    return (row.exercice,) if hasattr(row, "exercice") else tuple(row.exercices)


def align(entries: Iterable[Entry[R]], exercices: Sequence[int]) -> list[Subject]:
    """Rows of one register side by side by subject, in the register's order.

    Args:
        entries: rows of obligations, dates, amounts or objectives.
        exercices: the columns.

    Returns:
        One subject a line; a cell is empty where nothing was noted for that exercice.
    """
    table: dict[str, list[list[Entry[Any]]]] = {}
    for entry in entries:
        for column in (
            n for n, year in enumerate(exercices) if year in exercices_of_row(entry.row)
        ):
            cells = table.setdefault(subject_of(entry.row), [[] for _year in exercices])
            cells[column].append(entry)
    return [Subject(tuple(tuple(cell) for cell in cells)) for cells in table.values()]
