"""What was known on the day of a session: no text of later days proves anything in it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from assistant.entries import Entries, Entry
from assistant.reading import known_by
from assistant.teaching.pack import Order
from assistant.teaching.themes import years_of
from assistant.units import Unit
from assistant.wording import day as day_words
from corpus.errors import InvalidRequest
from corpus.registry import Conflict, Deadline, Row

R = TypeVar("R", bound=Row)
AHEAD = timedelta(days=366)
"""How far from today a session may be dated."""
_ACTS = ("loi", "décret", "arrêté", "ordonnance")
"""What sets dates years ahead."""
_YEAR = re.compile(r"\b20\d\d\b")


def check_day(order: Order, today: date) -> None:
    """That a session is dated of a day that something is known of.

    Raises:
        InvalidRequest: it is more than a year ahead (French).
    """
    if order.as_of > today + AHEAD:
        raise InvalidRequest(
            f"Une séance ne peut pas être tenue pour le {day_words(order.as_of)}, plus d'un an "
            "après aujourd'hui : choisissez une date plus proche."
        )


def nothing_known(order: Order) -> InvalidRequest:
    """What refuses a session of which nothing was known on its day."""
    about = "cette question" if order.question else "ce thème"
    of_year = f" pour l'exercice {order.exercice}" if order.exercice else ""
    return InvalidRequest(
        f"Au {day_words(order.as_of)}, aucun texte du corpus n'établit rien sur {about}{of_year} : "
        "choisissez une autre date ou un autre exercice."
    )


def is_known(unit: Unit, day: date, years: Iterable[int] = ()) -> bool:
    """Whether a statement was made by a day.

    Of a text without a date, which goes on being written, neither one that says later years alone
    nor one that proves a row of later ``years``, nor any when its title names a later year; a
    dated text that isn't an act is followed up to the rows of the next year.
    """
    identity, of_row = unit.document.identity, set(years)
    if not known_by(identity, day):
        return False
    if identity.signed_on or identity.published_on:
        return identity.kind in _ACTS or not of_row or min(of_row) <= day.year + 1
    told = (_years(unit.text), _years(identity.title), of_row)
    return all(not some or min(some) <= day.year for some in told)


def _years(text: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(text)}


@lru_cache(maxsize=4)
def entries_of(entries: Entries, day: date) -> Entries:
    """The registers as the texts of a day prove them."""
    return _Known(entries, day)


class _Known(Entries):
    def __init__(self, entries: Entries, day: date) -> None:
        self._whole = entries
        self._day = day
        self._held: dict[type[Row], tuple[Entry[Any], ...]] = {}

    def of(self, kind: type[R]) -> tuple[Entry[R], ...]:
        """Rows that a known statement proves, with those statements alone; a disagreement needs
        all of its own, and a date isn't replaced yet by one that nobody knows."""
        if kind not in self._held:
            found = [one for e in self._whole.of(kind) if (one := self._known(e)) is not None]
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
