"""What became of quotes, statements and rows of the registers: read in today's index."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.answer import Citation
from assistant.citing import cite
from assistant.entries import Entries, Entry
from assistant.extracting import Quote
from assistant.proofs import statements
from assistant.teaching.composing import CHOSEN, quoted
from assistant.teaching.material import Bibliography, Material
from assistant.teaching.pack import Audience, Order, Proved
from assistant.teaching.parts import Tell, events_of, roles_of
from assistant.teaching.telling import Teller, sentence
from assistant.units import Unit, document_units
from assistant.wording import day
from corpus.registry import (
    REGISTERS,
    Deadline,
    Eligibility,
    Obligation,
    Row,
    Unknown,
    read_register,
)
from corpus.types import Document
from ingest.index import Index

ENDED = frozenset({"remplacé", "abrogé", "annulé"})
_NEAREST = 60.0  # rapidfuzz ratio (0 to 100) under which no statement is the quote reworded
_CARD: Mapping[str, str] = {
    "title": "titre",
    "reference": "référence",
    "nor": "NOR",
    "issuer": "auteur",
    "authority": "nature du texte",
    "signed_on": "signature",
    "published_on": "publication",
    "in_force_from": "entrée en vigueur",
    "in_force_until": "fin de vigueur",
    "text_status": "statut",
    "exercices": "exercices",
    "evidence": "lu pour cet énoncé",
    "confidence": "accord des sources",
}
_VALUES: Mapping[str, str] = {
    "official_text": "texte officiel",
    "official_page": "page officielle",
    "press": "presse",
    "other": "autre source",
    "several": "sources concordantes",
    "single": "une seule source",
    "inferred": "déduction",
    "disputed": "sources en désaccord",
    "unknown": "non établi",
}

_PASSAGE = re.compile(r"#\d{1,9}-\d{1,9}$")

Offered = tuple[Any, Mapping[int, Citation]] | None
"""An item of today, and its citations by the numbers that it bears."""
Told = tuple[Proved, Mapping[int, Citation]]
"""A sentence of today, and its citations by the numbers that it bears."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A quote and what stands for it today.

    ``now`` is the same words in the same document, ``None`` when they are no longer there;
    ``why`` says in French what changed, empty when nothing did.
    """

    before: Citation
    now: Citation | None
    why: str = ""

    @property
    def newly_disputed(self) -> bool:
        """Whether sources now disagree on it, and didn't."""
        return self._became("confidence", frozenset({"disputed"}))

    @property
    def newly_ended(self) -> bool:
        """Whether its text was replaced, repealed or annulled since."""
        return self._became("text_status", ENDED)

    def _became(self, name: str, values: frozenset[str]) -> bool:
        return (
            self.now is not None
            and getattr(self.now, name) in values
            and getattr(self.before, name) not in values
        )


class Tracer:
    """Follows what a saved pack cites into one index."""

    def __init__(self, index: Index, entries: Entries | None = None) -> None:
        self.index = index
        self.entries = entries or Entries(index)
        self._traced: dict[tuple[str, str, int], Traced] = {}

    def quote(self, before: Citation) -> Traced:
        """What stands today for a quote; read once."""
        key = before.document_id, before.quote, before.start
        if key not in self._traced:
            self._traced[key] = self._read(before)
        return replace(self._traced[key], before=before)

    def statement(self, old: Proved) -> Told | None:
        """What ``document_id#fact`` says today; ``None`` when nothing bears that id any more."""
        units = statements([old.id], self.index)
        return self._told(units[0], old) if units else None

    def _told(self, unit: Unit, old: Proved) -> Told | None:
        """A statement; the exercices of a sentence stay, as far as its text rules them."""
        ruled = unit.document.identity.exercices
        years = old.exercices if set(old.exercices) <= set(ruled) else ()
        return self._said(lambda teller: teller.statement(unit, years))

    def passage(self, name: str, traced: Sequence[Traced]) -> Told | None:
        """A passage chosen by hand, read where it stands today; ``None`` for what isn't one."""
        last = traced[-1].now if traced and _PASSAGE.search(name) else None
        return added(last.document_id, last.start, last.end, self.index) if last else None

    def role(self, name: str, audience: Audience) -> Offered:
        """The line of « qui fait quoi » of a row; ``None`` when nothing proves it."""
        order = Order("", date.min)

        def roles(entry: Entry[Any], tell: Tell) -> Sequence[Any]:
            return roles_of(Material(order, "", obligations=(entry,)), audience, tell, 1)

        return self._of_row(name, Obligation, roles)

    def event(self, name: str) -> Offered:
        """The date of a row; ``None`` when nothing proves it or another one replaced it."""
        order = Order("", date.min)

        def events(entry: Entry[Any], tell: Tell) -> Sequence[Any]:
            return events_of(Material(order, "", deadlines=(entry,)), tell, 1)

        return self._of_row(name, Deadline, events)

    def _of_row(
        self, name: str, kind: type[Any], made: Callable[[Entry[Any], Tell], Sequence[Any]]
    ) -> Offered:
        entry = self._entry(name)
        if entry is None or not isinstance(entry.row, kind):
            return None
        bibliography = Bibliography()
        found = made(entry, Teller(self.index, bibliography).row)
        return (found[0], {one.n: one for one in bibliography.citations}) if found else None

    def nearest(self, old: Proved, before: Citation) -> Told | None:
        """The statement of its document that is nearest to a quote that it no longer holds."""
        from rapidfuzz import fuzz, process

        document = self.index.texts.document(before.document_id)
        units = document_units(document) if document else ()
        told = [unit.text for unit in units]
        found = process.extractOne(before.quote, told, scorer=fuzz.ratio, score_cutoff=_NEAREST)
        if found is None:
            return None
        return self._told(units[found[2]], old)

    def told_row(self, name: str) -> Told | None:
        """The row of an id as today's sentence; ``None`` when the index doesn't prove it, or its
        register is told otherwise than by a sentence a row."""
        entry = self._entry(name)
        if entry is None or isinstance(entry.row, Eligibility | Unknown):
            return None
        return self._said(lambda teller: teller.row(entry))

    def replacing(self, name: str) -> tuple[str, ...]:
        """Ids of the rows of the calendar that took the place of the one of an id, or of all those
        that a statement proves; empty when one of them still holds."""
        rows = [
            row
            for row in read_register("calendar")
            if name == f"calendar:{row.id}" or name in row.proofs
        ]
        if not all(row.replaced_by for row in rows):
            return ()
        return tuple(f"calendar:{row.replaced_by}" for row in rows)

    def _said(self, say: Callable[[Teller], Proved | None]) -> Told | None:
        bibliography = Bibliography()
        made = say(Teller(self.index, bibliography))
        return (made, {one.n: one for one in bibliography.citations}) if made else None

    @staticmethod
    def is_row_id(name: str) -> bool:
        """Whether an id is that of a row of a register: ``calendar:row id``."""
        return name.partition(":")[0] in REGISTERS

    def row(self, name: str) -> Row | None:
        """The row of an id; ``None`` when no register has it."""
        register, _, row_id = name.partition(":")
        rows = read_register(register) if self.is_row_id(name) else ()
        return next((row for row in rows if row.id == row_id), None)

    def _entry(self, name: str) -> Entry[Any] | None:
        """The row of ``register:row id`` with its proofs; ``None`` where the index has none."""
        register, _, row_id = name.partition(":")
        entries = self.entries.of(REGISTERS[register]) if self.is_row_id(name) else ()
        return next((one for one in entries if one.row.id == row_id), None)

    def _read(self, before: Citation) -> Traced:
        document = self.index.texts.document(before.document_id)
        if document is None:
            return Traced(before, None, f"« {before.title} » n'est plus dans le corpus")
        start = _place(before, document)
        end = start + len(before.quote)
        units = document_units(document) if start >= 0 else ()
        within = tuple(u for u in units if u.start < end and u.end > start)
        # What introduces a list is quoted with one of its items, whichever one.
        items = [(u,) for u in units if u.lead_in and u.lead_in[0] < end and u.lead_in[1] > start]
        quoted = [within] if within else items
        if not quoted:
            return Traced(before, None, f"« {before.title} » ne contient plus cette phrase")
        found = [cite([Quote(own, start, end)], self.index)[0] for own in quoted]
        made = [Traced(before, replace(now, n=before.n), changes_of(before, now)) for now in found]
        return min(made, key=lambda one: bool(one.why))


def added(document_id: str, start: int, end: int, index: Index) -> Told | None:
    """A passage chosen by hand, as a session takes it; ``None`` when nothing stands there."""
    cited = quoted(document_id, start, end, index)
    if not cited:
        return None
    bibliography, last = Bibliography(), cited[-1]
    numbers = bibliography.numbers(cited)
    text = sentence(" ".join(one.quote for one in cited))
    name = f"{document_id}#{last.start}-{last.end}"
    told = Proved(name, text, numbers, CHOSEN, last.exercices)
    return told, {one.n: one for one in bibliography.citations}


def changes_of(before: Citation, now: Citation) -> str:
    """What is said of a quote otherwise than before; empty when nothing is."""
    sides = [(said, getattr(before, name), getattr(now, name)) for name, said in _CARD.items()]
    changes = [f"{said} : {_said(old)} → {_said(new)}" for said, old, new in sides if old != new]
    return f"« {now.title} » : {', '.join(changes)}" if changes else ""


def _place(before: Citation, document: Document) -> int:
    """Where the quote stands, as near as possible to where it stood; -1 when it doesn't."""
    if document.text[before.start : before.end] == before.quote:
        return before.start
    places, at = [], document.text.find(before.quote)
    while at >= 0:
        places.append(at)
        at = document.text.find(before.quote, at + 1)
    return min(places, key=lambda place: abs(place - before.start), default=-1)


def _said(value: Any) -> str:
    if value is None or value == ():
        return "rien"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return day(value) if isinstance(value, date) else _VALUES.get(value, str(value))
