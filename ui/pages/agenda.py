"""Dates as a calendar file (RFC 5545) that any agenda takes."""

from collections.abc import Iterable, Set
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from assistant.answer import Citation
from assistant.entries import Entries, Entry
from corpus.quantities import find_quantities
from corpus.registry import Conflict, Deadline
from ui import texts
from ui.markup import clean
from ui.pages.rows import STANDINGS, actor_words, cohort_words, deadline_words, read_words, sentence

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_PRODUCT: Final = f"-//{texts.PRODUCT}//Échéancier//FR"


def is_exported(row: Deadline, aside: Set[str] = frozenset()) -> bool:
    """Whether an agenda can hold a date: it has a day, none took its place, and no disagreement
    set it ``aside`` (ids of rows)."""
    return row.on is not None and row.replaced_by is None and row.id not in aside


def set_aside(entries: Entries) -> frozenset[str]:
    """Ids of the dates that a disagreement doesn't retain: one side gives the day, and what is
    retained is another day."""
    disputes = entries.of(Conflict)
    return frozenset(
        entry.row.id
        for entry in entries.of(Deadline)
        if entry.row.on is not None and entry.row.standing != "établi"
        for dispute in disputes
        if {unit.key for unit in entry.units} & {unit.key for unit in dispute.units}
        and any(_states(side.says, entry.row.on) for side in dispute.row.sides)
        and _days(dispute.row.retain)
        and not _states(dispute.row.retain, entry.row.on)
    )


def _days(text: str) -> list[str]:
    return [found.value for found in find_quantities(text) if found.kind == "date"]


def _states(text: str, day: date) -> bool:
    """Whether a text gives that day; one without a year is of any year."""
    iso = day.isoformat()
    return bool({iso, f"--{iso[5:]}"}.intersection(_days(text)))


def as_ics(
    entries: Iterable[Entry[Deadline]], checked_on: date, aside: Set[str] = frozenset()
) -> bytes:
    """A calendar of whole days, one event a date; those that ``is_exported`` refuses left out.

    Args:
        entries: the dates, with the quotes that prove them.
        checked_on: the day to which the texts were checked, which stamps every event.
        aside: ids of the dates that a disagreement doesn't retain.

    Returns:
        UTF-8 with CRLF line ends. The same dates give the same identifiers, so that an agenda
        that takes the file twice doesn't hold them twice.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{texts.PRODUCT} · Échéancier")
    for entry in entries:
        row = entry.row
        if not is_exported(row, aside) or row.on is None:
            continue
        event = Event()
        event.add("uid", f"{row.id}@reperes")
        event.add("dtstamp", datetime.combine(checked_on, time(), UTC))
        event.add("dtstart", row.on)
        event.add("dtend", row.on + timedelta(days=1))
        event.add("summary", clean(sentence(row.event)))
        event.add("description", clean(_description(entry, checked_on)))
        event.add("categories", [f"Exercice {row.exercice}"])
        event.add("status", "CONFIRMED" if row.standing == "établi" else "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _description(entry: Entry[Deadline], checked_on: date) -> str:
    row = entry.row
    lines = [
        f"Date{texts.NBSP}: {deadline_words(row)}",
        f"Qui{texts.NBSP}: {actor_words(row)}",
        *([f"Pour{texts.NBSP}: {cohort_words(row.cohorts)}"] if row.cohorts else []),
        f"Certitude{texts.NBSP}: {STANDINGS[row.standing]}",
        *(_proof(citation) for citation in entry.citations),
        f"État au {texts.french_date(checked_on)}",
    ]
    return "\n".join(lines)


def _proof(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    source = f"{citation.title}, {read_words(citation)}"
    return f"«{texts.NBSP}{quote}{texts.NBSP}» ({source})"
