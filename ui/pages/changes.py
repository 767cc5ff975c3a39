"""What differs, in words, between the rows that speak of one subject in several exercices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from corpus.lexicon import folded_words
from corpus.registry import Deadline, Funding, Obligation
from ui import texts
from ui.pages.matching import Subject
from ui.pages.rows import UNKNOWN_DATE, actor_words, deadline_words, funding_words

Outcome = Literal["differs", "same", "partial", "unknown"]
_THEN: Final = ", puis "


@dataclass(frozen=True, slots=True)
class Change:
    """``partial``: some exercices say nothing of it; ``unknown``: some say that nobody knows."""

    outcome: Outcome
    words: str


def change_of(subject: Subject, exercices: Sequence[int]) -> Change:
    """What becomes of a subject from one exercice to the next."""
    held = [str(year) for year, cell in zip(exercices, subject.cells, strict=True) if cell]
    if len(held) < len(exercices):
        return Change("partial", f"Seulement en {texts.listed(held)}")
    unknown = [
        str(year)
        for year, cell in zip(exercices, subject.cells, strict=True)
        if all(getattr(entry.row, "standing", "") == "inconnu" for entry in cell)
    ]
    if unknown:
        return Change("unknown", f"{texts.UNKNOWN.capitalize()} en {texts.listed(unknown)}")
    rows = [[entry.row for entry in cell] for cell in subject.cells]
    if all({row.id for row in some} == {row.id for row in rows[0]} for some in rows):
        return Change("same", "Inchangé")
    first = [some[0] for some in rows]
    if isinstance(first[0], Deadline):
        return _values(first, _day, lambda row: deadline_words(row) or UNKNOWN_DATE)
    if isinstance(first[0], Funding):
        return _values(first, lambda row: row.amount_eur, funding_words)
    if isinstance(first[0], Obligation):
        return _fields(first, exercices)
    return Change("differs", "Change")


def _values(
    rows: Sequence[Any], value: Callable[[Any], object], said: Callable[[Any], str]
) -> Change:
    if len({value(row) for row in rows}) == 1:
        return Change("same", f"Inchangé{texts.NBSP}: {said(rows[0])}")
    return Change("differs", f"Change{texts.NBSP}: {_THEN.join(said(row) for row in rows)}")


def _fields(rows: Sequence[Obligation], exercices: Sequence[int]) -> Change:
    """Which parts of an obligation differ, the year of each exercice aside."""
    parts: dict[str, Callable[[Obligation, int], object]] = {
        "la modalité": lambda row, _year: row.modality,
        "l'acteur": lambda row, _year: actor_words(row),
        "le contenu": lambda row, year: _yearless(row.what, year),
        "la condition": lambda row, year: _yearless(row.condition or "", year),
        "l'échéance": lambda row, _year: _day(row),
        "les vagues": lambda row, _year: row.cohorts,
    }
    pairs = list(zip(rows, exercices, strict=True))
    changed = [name for name, part in parts.items() if len({part(*pair) for pair in pairs}) > 1]
    if not changed:
        return Change("same", "Inchangé, à l'année près")
    return Change("differs", f"Change{texts.NBSP}: {texts.listed(changed)}")


def _day(row: Deadline | Obligation) -> object:
    """The day of the year, so that the same day of another year isn't a change."""
    day = row.on if isinstance(row, Deadline) else row.deadline
    return (day.month, day.day) if day else deadline_words(row)


def _yearless(text: str, year: int) -> tuple[str, ...]:
    return tuple(word for word in folded_words(text) if word != str(year))
