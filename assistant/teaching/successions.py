"""Dates that another one replaced: told as such, and never as what holds."""

from collections.abc import Collection, Iterator

from assistant.answer import Citation
from assistant.entries import Entries, Entry
from assistant.teaching.headlines import short
from assistant.teaching.moments import when
from assistant.teaching.pack import Proved
from assistant.teaching.telling import Teller
from assistant.units import Unit
from corpus.registry import Deadline


def before_after(former: Entry[Deadline], new: Entry[Deadline], teller: Teller) -> Proved | None:
    """What a date was and what replaced it, in two sentences; ``None`` when nothing proves it."""
    old, now = former.row, new.row
    if not (when(old) and when(now)):
        return None
    text = f"Prévu d'abord : {_dated(old)}. Retenu ensuite : {_dated(now)}."
    made_id = f"calendar:{old.id}"
    return teller.tell(made_id, text, _known(new, former), short(now.event), (old.exercice,))


def replaced_in(
    units: Collection[Unit], exercice: int, entries: Entries, teller: Teller
) -> Iterator[Proved]:
    """« Remplacé depuis : … », for each date of an exercice that some statements tell and that
    another one replaced."""
    keys = {unit.key for unit in units}
    by_id = {entry.row.id: entry for entry in entries.of(Deadline)}
    for entry in by_id.values():
        row = entry.row
        new = by_id.get(row.replaced_by or "")
        if new is None or row.exercice != exercice or not when(new.row):
            continue
        if keys.isdisjoint(_keys(entry)) or keys & _keys(new):  # it says both itself
            continue
        text, made_id = f"Remplacé depuis : {_dated(new.row)}.", f"calendar:{row.id}:comparison"
        told = teller.tell(made_id, text, _known(new, entry), "", (exercice,))
        if told is not None:
            yield told


def _keys(entry: Entry[Deadline]) -> frozenset[tuple[str, int]]:
    return frozenset(unit.key for unit in entry.units)


def _known(*entries: Entry[Deadline]) -> list[Citation]:
    return [
        citation
        for entry in entries
        for unit, citation in zip(entry.units, entry.citations, strict=True)
        if not unit.unknown
    ]


def _dated(row: Deadline) -> str:
    """« fin des contrats (le 31 décembre 2023) »."""
    at = when(row)
    return row.event if at.removeprefix("le ") in row.event else f"{row.event} ({at})"
