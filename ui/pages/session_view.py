"""A pack as its page shows it: the calls of its citations, its dates, its sources."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from assistant.answer import Citation
from assistant.teaching.pack import Event, Pack
from ui import texts
from ui.cards import publishers
from ui.exporting.mixing import letter
from ui.exporting.sourcing import compared, group, headed
from ui.exporting.typography import typeset
from ui.markup import web_address
from ui.pages.navigation import document_address
from ui.pages.rows import Note

HOUR: Final = 60


class PackNotes:
    """The citations of a pack as calls that lead to their statements."""

    def __init__(self, pack: Pack) -> None:
        self._notes = {
            one.n: Note(one.n, document_address(one.document_id, one.start, one.end), one)
            for one in pack.citations
        }

    def __call__(self, numbers: Iterable[int]) -> tuple[Note, ...]:
        """The calls of some citations; a number that the pack doesn't have is left out."""
        return tuple(self._notes[n] for n in numbers if n in self._notes)

    @property
    def by_document(self) -> tuple[tuple[Citation, tuple[Note, ...]], ...]:
        """Each document by a citation of it, with all its calls; the first called comes first."""
        found: dict[str, list[Note]] = {}
        for note in self._notes.values():
            found.setdefault(note.citation.document_id, []).append(note)
        return tuple((notes[0].citation, tuple(notes)) for notes in found.values())


def origin_of(citation: Citation) -> str:
    """Whose words a quote is, a summary with the publishers that it was written from."""
    return texts.origin_line(citation.origin, publishers(citation))


def source_facts(citation: Citation) -> str:
    """What a source is: its nature, its date, its reference and its status."""
    day = citation.signed_on or citation.published_on
    status = citation.text_status
    facts = [
        citation.authority if citation.authority != "inconnue" else "",
        texts.french_date(day) if day else "",
        citation.reference or citation.nor or "",
        status if status != "inconnu" else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def official(citation: Citation) -> str | None:
    """The official address of a source, when it has a plain one."""
    return web_address(citation.url)


def when(event: Event) -> str:
    """The date of an event, or its words."""
    return texts.french_date(event.on) if event.on else event.words or "date non établie"


def lasting(minutes: int) -> str:
    """« 45 min », « 1 h », « 1 h 30 »."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return f"{rest}{texts.NBSP}min"
    return f"{hours}{texts.NBSP}h" + (f"{texts.NBSP}{rest:02}" if rest else "")


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "typo": typeset,
    "origine": origin_of,
    "nature": source_facts,
    "officielle": official,
    "quand": when,
    "duree": lasting,
    "groupe": group,
    "entete": headed,
    "comparaison": compared,
    "lettre": letter,
    "capital": lambda words: words[:1].upper() + words[1:],
    "paire": lambda value: (value, value),
}
"""What the templates of a session call."""
