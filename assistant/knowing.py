"""What was known on a day: no text of later days proves anything of it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from assistant import wording
from assistant.answer import Caution
from assistant.entries import Entries, Entry, years_of
from assistant.spans import flat
from assistant.units import Unit
from corpus.quantities import find_quantities
from corpus.registry import REGISTERS, Conflict, Deadline, Row
from corpus.types import Identity
from ingest.index import Index

R = TypeVar("R", bound=Row)
_ACTS = ("loi", "décret", "arrêté", "ordonnance")
"""What sets dates years ahead."""
_RULING = (*_ACTS, "circulaire", "instruction", "code")
"""What is told of these texts is what they say, not what came after."""
_SET = re.compile(
    r"\b(?:avant|au plus tard|jusqu'au|d'ici|limite|echeance|a compter|a partir|devai(?:t|ent)"
    r"|doi(?:t|vent)|prevue?s?|vigueur|periode|duree)\b"
)
"""Words before a date that was set ahead of it."""
_YEAR = re.compile(r"\b20\d\d\b")
_SINCE = re.compile(r"\b(?:depuis|désormais)\b[^,;:]{0,80}", re.IGNORECASE)
_YEAR_END = re.compile(r"\bfin (?:de )?(?:l'année )?(20\d\d)\b")
_BUDGET = 10  # the month in which the budget of the next year is tabled
MOST_LATER = 3


def is_past(day: date, index: Index) -> bool:
    """Whether a day comes before the one the corpus was checked on: some of it wasn't known."""
    checked_on = index.manifest.checked_on
    return checked_on is not None and day < checked_on


def known_by(identity: Identity, day: date) -> bool:
    """Whether a text existed on a day; one without a date is taken as known, unless it rules
    exercices after the next one alone."""
    made = identity.signed_on or identity.published_on
    if made is not None:
        return made <= day
    return not identity.exercices or min(identity.exercices) <= day.year + 1


def is_known(unit: Unit, day: date, years: Iterable[int] = ()) -> bool:
    """Whether a statement was made by a day.

    Of a text without a date, which goes on being written, neither one that says later years alone
    nor one that proves a row of later ``years``, nor any when its title names a later year; a
    dated text that isn't an act is followed up to the rows of the next year.
    """
    identity, of_row = unit.document.identity, set(years)
    if not known_by(identity, day) or _holds_since(unit.text, day):
        return False
    if identity.signed_on or identity.published_on:
        if identity.kind not in _RULING and _tells_after(unit.text, day):
            return False
        return identity.kind in _ACTS or not of_row or min(of_row) <= day.year + 1
    if _tells_after(unit.text, day):
        return False
    said = _years(unit.text)
    told = (said, of_row, set() if said else _years(identity.title))
    return all(not some or min(some) <= _told_ahead(day) for some in told)


def _told_ahead(day: date) -> int:
    """The last year that is told of on a day: the next one once its budget is debated."""
    return day.year + (day.month >= _BUDGET)


def _tells_after(text: str, day: date) -> bool:
    """Whether a text tells what happened on a later day; what was then to come is set before."""
    found = [q for q in find_quantities(text) if q.kind in ("date", "year")]
    if any(q.kind == "year" and q.value <= str(_told_ahead(day)) for q in found):
        found = [q for q in found if q.kind == "date"]  # « 2020 à 2022 »
    now = day.isoformat()
    later = [q for q in found if q.value > now[: len(q.value)]]
    whole = flat(text)  # of the year itself, « 30 septembre : date limite » was set before too
    return any(
        not _SET.search(whole if q.value[:4] <= now[:4] else flat(text[: q.start])) for q in later
    )


def _holds_since(text: str, day: date) -> bool:
    """Whether a text tells what holds since a later day: « depuis le décret de fin 2022 »."""
    now = day.isoformat()
    for clause in _SINCE.findall(text):
        if any(f"{year}-{_BUDGET}" > now for year in _YEAR_END.findall(clause)):
            return True
        dates = [q.value for q in find_quantities(clause) if q.kind in ("date", "month", "year")]
        if any(value > now[: len(value)] for value in dates if not value.startswith("--")):
            return True
    return False


def _years(text: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(text)}


@lru_cache(maxsize=4)
def entries_of(entries: Entries, day: date) -> Entries:
    """The registers as the texts of a day prove them."""
    return _Known(entries, day)


def entries_on(entries: Entries, day: date, index: Index) -> Entries:
    """The registers to answer from on a day: the whole ones once the corpus was checked."""
    return entries_of(entries, day) if is_past(day, index) else entries


def known_on(day: date, index: Index) -> Callable[[Unit], bool]:
    """Tells whether a statement was made by a day, by its text alone."""
    if is_past(day, index):
        return lambda unit: is_known(unit, day)
    return lambda unit: known_by(unit.document.identity, day)


def as_of_now(entries: Entries) -> Entries:
    """The registers as they are now, whatever the day they were read for."""
    return entries.whole if isinstance(entries, _Known) else entries


def knows(entries: Entries, day: date) -> Callable[[Unit], bool]:
    """Tells whether a statement was made by a day, by its text and by the rows it proves."""
    held = _row_years(as_of_now(entries))
    return lambda unit: is_known(unit, day, held.get(unit.key, ()))


def said_later(units: Iterable[Unit], day: date) -> Caution | None:
    """That texts of later days tell what is asked; ``None`` without any."""
    texts = {one.document.document_id: one.document.identity for one in units}
    told = []
    for identity in list(texts.values())[:MOST_LATER]:
        made = identity.signed_on or identity.published_on
        since = wording.KNOWN_SINCE.format(day=wording.day(made)) if made else wording.UNDATED
        told.append(f"« {identity.title} » ({since})")
    if not told:
        return None
    text = wording.SAID_LATER.format(day=wording.day(day), texts=" ; ".join(told))
    return Caution("unverified", text)


@lru_cache(maxsize=2)
def _row_years(entries: Entries) -> dict[tuple[str, int], set[int]]:
    """The years of the rows that each statement proves."""
    found: dict[tuple[str, int], set[int]] = {}
    for kind in REGISTERS.values():
        for entry in entries.of(kind):
            for unit in entry.units:
                found.setdefault(unit.key, set()).update(years_of(entry.row))
    return found


class _Known(Entries):
    def __init__(self, entries: Entries, day: date) -> None:
        self.whole = entries
        self._day = day
        self._held: dict[type[Row], tuple[Entry[Any], ...]] = {}

    def of(self, kind: type[R]) -> tuple[Entry[R], ...]:
        """Rows that a known statement proves, with those statements alone; a disagreement needs
        all of its own, and a date isn't replaced yet by one that nobody knows."""
        if kind not in self._held:
            found = [one for e in self.whole.of(kind) if (one := self._known(e)) is not None]
            ids = {entry.row.id for entry in found}
            self._held[kind] = tuple(_standing(entry, ids) for entry in found)
        return self._held[kind]

    def _known(self, entry: Entry[Any]) -> Entry[Any] | None:
        years = years_of(entry.row)
        kept = [
            (unit, citation)
            for unit, citation in zip(entry.units, entry.citations, strict=True)
            if is_known(unit, self._day, years)
        ]
        lacks = len(kept) < len(entry.units)
        if not kept or (lacks and isinstance(entry.row, Conflict)):
            return None
        units, citations = tuple(u for u, _c in kept), tuple(c for _u, c in kept)
        return replace(entry, units=units, citations=citations) if lacks else entry


def _standing(entry: Entry[Any], ids: set[str]) -> Entry[Any]:
    row = entry.row
    if not isinstance(row, Deadline) or row.replaced_by is None or row.replaced_by in ids:
        return entry
    return replace(entry, row=row.model_copy(update={"replaced_by": None}))
