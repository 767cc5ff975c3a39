"""Rows of the registers as pages show them: words, numbered proofs, disagreements beside them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

from assistant.answer import Citation
from assistant.conflicts import states
from assistant.entries import Entries, Entry
from corpus.collectivites import collectivites
from corpus.lexicon import folded_words, notions, other_policies
from corpus.quantities import find_quantities
from corpus.registry import (
    Actor,
    Conflict,
    Deadline,
    Funding,
    Objective,
    Obligation,
    Standing,
    Wave,
)
from ui import texts
from ui.pages.bearing import Bearing
from ui.pages.navigation import document_address

STANDINGS: Final[Mapping[Standing, str]] = {
    "établi": "établi par les textes lus",
    "déduit": "déduit, aucun texte lu ne le dit directement",
    "discuté": "discuté, les sources divergent",
    "inconnu": f"{texts.UNKNOWN} par les textes lus",
}
WAVES: Final = tuple(wave for wave in get_args(Wave) if wave.isdigit())
ACTORS: Final[tuple[Actor, ...]] = get_args(Actor)
OTHER_ACTOR: Final = "un autre acteur"
UNKNOWN_DATE: Final = f"date {texts.UNKNOWN}e"
_TOGETHER: Final = "tous crédits ensemble"
_FOR: Final = re.compile(r"pour ([^,]{3,80}),")  # « pour l'employeur, verser au moins… »
_SIGNATORIES: Final[tuple[Actor, ...]] = ("département", "préfet", "ARS")
_MODALITIES: Final = {"must": "Qui doit", "may": "Qui peut"}
_MILLION: Final = 1_000_000
_MILLION_STEP: Final = 10_000  # two decimals of a million: finer amounts are written in full
_MONTH: Final = "|".join(texts.MONTHS)
_NARROW: Final = re.compile(r" (?=[?!])|(?<=\d) (?=\d{3}(?!\d))")
_TIED: Final = re.compile(
    rf" (?=[:;»%€])|(?<=«) |(?<=n°) |(?<=\d) (?=M€|Md€|millions?\b|{_MONTH})|(?<=\der) (?={_MONTH})"
)


def typeset(text: str) -> str:
    """``text`` with the no-break spaces of French typography; never for a quote."""
    return _TIED.sub(texts.NBSP, _NARROW.sub(texts.THIN, text))


def sentence(text: str) -> str:
    """``text`` typeset, with a capital."""
    return typeset(text[:1].upper() + text[1:])


def amount_words(euros: int) -> str:
    """« 107 M€ », « 67,5 M€ », « 663 600 € »: no rounding."""
    if euros >= _MILLION and euros % _MILLION_STEP == 0:
        millions = f"{euros / _MILLION:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        return f"{millions}{texts.NBSP}M€"
    return f"{euros:,}".replace(",", texts.THIN) + f"{texts.NBSP}€"


def funding_words(row: Funding) -> str:
    """The amount of a row, or that nobody could establish it."""
    if row.amount_eur is None:
        return f"montant {texts.UNKNOWN}"
    return amount_words(row.amount_eur)


def deadline_words(row: Deadline | Obligation) -> str:
    """When, as the register says it; the day first where its words don't name it."""
    day = row.on if isinstance(row, Deadline) else row.deadline
    said = row.words if isinstance(row, Deadline) else row.deadline_words
    if day is None:
        return typeset(said) if said else ""
    named = said and any(q.value == day.isoformat() for q in find_quantities(said))
    if said and named:
        return typeset(said)
    return texts.french_date(day) + (f" ({typeset(said)})" if said else "")


def cohort_words(cohorts: Sequence[str]) -> str:
    """Whom a row holds for, by year of entry; empty for a row that doesn't tell waves apart."""
    if not cohorts:
        return ""
    return ("vagues " if len(cohorts) > 1 else "vague ") + texts.listed(list(cohorts))


def is_of_other_policy(row: Obligation) -> bool:
    """Whether a row is about a contract of another policy, which its own words name."""
    said = folded_words(f"{row.what} {row.condition or ''}")
    return bool(other_policies().intersection(notions(said, str)))


def actor_words(row: Deadline | Obligation) -> str:
    """Who acts, in words: where the register has no name for the actor, the row's words may."""
    if row.who != "autre":
        return row.who or "acteur non nommé"
    named = _FOR.match(row.what) if isinstance(row, Obligation) else None
    return typeset(named[1]) if named else OTHER_ACTOR


def is_for(row: Obligation | Deadline, actor: Actor | None) -> bool:
    """Whether a row may bear on an actor: it names it, names it with others, or names nobody."""
    if actor is None or row.who is None or row.who == actor:
        return True
    both = row.who == "préfet et ARS" and actor in ("préfet", "ARS")
    return both or (row.who == "signataires" and actor in _SIGNATORIES)


def place_of(row: Funding) -> str | None:
    """Code of the collectivité whose own money the row counts, ``None`` for the nation's."""
    named = (c.code for c in collectivites() if row.perimeter.startswith(f"{c.name}, "))
    return next(named, None)


def exercices_of(entries: Entries) -> tuple[int, ...]:
    """Every exercice that an obligation or an amount is of, in order: a date that falls in a year
    doesn't make an exercice of it."""
    years = {e.row.exercice for e in entries.of(Funding)}
    years |= {year for e in entries.of(Obligation) for year in e.row.exercices}
    return tuple(sorted(years))


def read_words(citation: Citation) -> str:
    """What was read and how far sources agree; of what nobody could establish, that alone."""
    read = texts.read_label(citation.evidence, citation.confidence, bool(citation.sources))
    return ", ".join(dict.fromkeys([read, texts.CONFIDENCE_LABELS[citation.confidence]]))


@dataclass(frozen=True, slots=True)
class Note:
    """A quote of a page by its number, with the address where it stands in its document."""

    n: int
    href: str
    citation: Citation

    @property
    def read(self) -> str:
        """What was read for the quote, and how far sources agree."""
        return read_words(self.citation)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement as a page tells it; told in full the ``first`` time only."""

    id: str
    first: bool
    about: str
    sides: tuple[tuple[str, str], ...]
    retain: str
    why: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words: what it says, labelled facts, how sure, and its proofs."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    standing: Standing
    notes: tuple[Note, ...]
    disputes: tuple[Dispute, ...]

    @property
    def doubt(self) -> str:
        """How unsure the row is, in words; empty when it is established."""
        return "" if self.standing == "établi" else STANDINGS[self.standing]


class Proofs:
    """The quotes of one page, each numbered once, in the order in which the page shows them."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._numbers: dict[tuple[str, int, int], Note] = {}
        self._told: set[str] = set()
        self._conflicts = [(found, _keys(found)) for found in entries.of(Conflict)]
        self._contested = [
            (other.row.exercice, other.row.source, found)
            for other in entries.of(Funding)
            for found, keys in self._conflicts
            if keys & _keys(other)
        ]

    @property
    def cited(self) -> tuple[Note, ...]:
        """Every quote numbered so far."""
        return tuple(self._numbers.values())

    def notes(self, entry: Entry[Any]) -> tuple[Note, ...]:
        """The proofs of a row."""
        return tuple(self._note(citation) for citation in entry.citations)

    def line(
        self,
        entry: Entry[Any],
        title: str,
        facts: Iterable[tuple[str, str | None]] = (),
    ) -> Line:
        """A row with its proofs and the disagreements that concern it; empty facts left out."""
        notes = self.notes(entry)
        return Line(
            entry.row.id,
            title,
            tuple((label, value) for label, value in facts if value),
            getattr(entry.row, "standing", "établi"),
            notes,
            tuple(self._dispute(found) for found in self._concerning(entry)),
        )

    def untold(self, exercice: int, kept: Bearing | None = None) -> tuple[Dispute, ...]:
        """Disagreements on the exercice that no row has told yet, among those ``kept`` if given."""
        return tuple(
            self._dispute(found)
            for found in self._entries.of(Conflict)
            if found.row.id not in self._told and exercice in _years(found.row.about)
            if kept is None or kept(found)
        )

    def _concerning(self, entry: Entry[Any]) -> Iterator[Entry[Conflict]]:
        row, stated = entry.row, _keys(entry)
        rivals = [
            found
            for exercice, source, found in self._contested
            if isinstance(row, Funding)
            and (exercice, source) == (row.exercice, row.source)
            and states(found.row, [("amount", str(row.amount_eur))])
        ]
        for found, keys in self._conflicts:
            if keys & stated or found in rivals:
                yield found

    def _dispute(self, found: Entry[Conflict]) -> Dispute:
        row = found.row
        first = row.id not in self._told
        self._told.add(row.id)
        return Dispute(
            row.id,
            first,
            typeset(row.about),
            tuple((typeset(side.says), ", ".join(side.sources)) for side in row.sides),
            typeset(row.retain),
            typeset(row.why),
            self.notes(found),
        )

    def _note(self, citation: Citation) -> Note:
        key = (citation.document_id, citation.start, citation.end)
        if key not in self._numbers:
            href = document_address(*key)
            self._numbers[key] = Note(len(self._numbers) + 1, href, citation)
        return self._numbers[key]


def obligation_line(entry: Entry[Obligation], proofs: Proofs) -> Line:
    """Who must or may do what, when, on which condition."""
    row = entry.row
    facts = (
        (_MODALITIES[row.modality], actor_words(row)),
        ("Condition", row.condition and typeset(row.condition)),
        ("Échéance", deadline_words(row)),
        ("Pour", cohort_words(row.cohorts)),
    )
    return proofs.line(entry, sentence(row.what), facts)


def funding_line(entry: Entry[Funding], proofs: Proofs) -> Line:
    """An amount, its source and what it counts."""
    row = entry.row
    source = {"ensemble": _TOGETHER, "autre": ""}.get(row.source, row.source)
    facts = (("Source", source), ("Périmètre", typeset(row.perimeter)))
    return proofs.line(entry, sentence(funding_words(row)), facts)


def objective_line(entry: Entry[Objective], proofs: Proofs) -> Line:
    """An objective by its wording, with its kind and number."""
    row = entry.row
    number = f" n°{texts.NBSP}{row.number}" if row.number is not None else ""
    wording = sentence(row.wording) if row.wording else f"Intitulé {texts.UNKNOWN}"
    return proofs.line(entry, wording, (("Objectif", f"{row.kind}{number}"),))


def _keys(entry: Entry[Any]) -> frozenset[tuple[str, int]]:
    return frozenset(unit.key for unit in entry.units)


def _years(text: str) -> set[int]:
    found = (q.value[:4] for q in find_quantities(text) if q.kind in ("year", "month", "date"))
    return {int(year) for year in found if year.isdigit()}
