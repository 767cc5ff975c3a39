"""Dates as a calendar file (RFC 5545) that any agenda takes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from assistant.answer import Citation
from assistant.entries import Entry
from corpus.registry import Deadline
from ui import texts
from ui.markup import clean
from ui.pages.rows import STANDINGS, actor_words, cohort_words, deadline_words, sentence

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_PRODUCT: Final = f"-//{texts.PRODUCT}//Échéancier//FR"


def is_exported(row: Deadline) -> bool:
    """Whether an agenda can hold a date: it has a day, and none took its place."""
    return row.on is not None and row.replaced_by is None


def as_ics(entries: Iterable[Entry[Deadline]], checked_on: date) -> bytes:
    """A calendar of whole days, one event a date; replaced dates and those without day left out.

    Args:
        entries: the dates, with the quotes that prove them.
        checked_on: the day to which the texts were checked, which stamps every event.

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
        if not is_exported(row) or row.on is None:
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
        f"Pour{texts.NBSP}: {cohort_words(row.cohorts)}",
        f"Certitude{texts.NBSP}: {STANDINGS[row.standing]}",
        *(_proof(citation) for citation in entry.citations),
        f"État au {texts.french_date(checked_on)}",
    ]
    return "\n".join(lines)


def _proof(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    source = f"{citation.title}, {texts.EVIDENCE_LABELS[citation.evidence]}"
    return f"«{texts.NBSP}{quote}{texts.NBSP}» ({source})"
