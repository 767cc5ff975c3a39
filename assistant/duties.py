"""What the registers ask of a département for one exercice, each row with its best statement."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.cohorts import holds_for_cohort
from assistant.entries import Entries, Entry
from assistant.proofs import replaced_deadlines
from assistant.spans import flat
from assistant.successions import states
from assistant.units import Unit
from corpus.lexicon import fold
from corpus.registry import Deadline, Eligibility, Obligation
from corpus.types import EVIDENCES, OFFICIAL_KINDS
from ingest.lexical import terms

_CONCERNED = ("département", "signataires")
_ENTERS = re.compile(r"\b(?:signer un|participer a|acte de candidature|candidater)\b")
_NEXT_YEAR = "de l'année suivante"
_CONTRACTS = "contractualis"
"""In the title of the texts that rule the contracts: other texts oblige départements too, but
what they ask is no part of a contract."""


_OF_YEAR = re.compile(
    r"(?<!\d )\b(?P<thing>[a-z]{4,}?)s? (?:de |pour )?(?:l'annee |l'exercice |annee |exercice )?"
    r"(?P<year>20\d\d)\b"
)


@dataclass(frozen=True, slots=True)
class Duty:
    """A row that holds for a frame, the statement that proves it best, and those that say what of
    it nobody could establish."""

    row: Obligation | Deadline
    unit: Unit
    unknown: tuple[Unit, ...] = ()

    @property
    def words(self) -> str:
        """What the row says."""
        return words_of(self.row)

    def speaks_of(self, stems: Collection[str]) -> bool:
        """Whether it has a word of each stem's family: « signer » and « signature »."""
        own = terms(self.words)
        return all(any(term.startswith(stem) for term in own) for stem in stems)

    @property
    def day(self) -> date | None:
        """The last day, ``None`` when the row gives none or only words."""
        return self.row.on if isinstance(self.row, Deadline) else self.row.deadline

    @property
    def dated(self) -> bool:
        """Whether it says by when."""
        row = self.row
        if isinstance(row, Deadline):
            return row.on is not None or row.words is not None
        return row.deadline is not None or row.deadline_words is not None


def of_other_year(row: Obligation | Deadline, text: str) -> bool:
    """Whether a row is of a thing of one year (« le rapport d'exécution 2020 ») and ``text`` names
    that of another year."""
    asked = _things(text)
    own = _things(words_of(row)).items()
    return any(thing in asked and not asked[thing] & years for thing, years in own)


def of_that_year(row: Obligation | Deadline, text: str, year: int, about: Collection[str]) -> bool:
    """Whether a row is of the very thing that ``text`` names with that year (« le rapport
    d'exécution 2020 »), one that the stems ``about`` narrow it to."""
    asked, own = _things(text), _things(words_of(row))
    named = (thing for thing in asked if any(thing.startswith(stem) for stem in about))
    return any(str(year) in asked[thing] & own.get(thing, set()) for thing in named)


def _things(text: str) -> dict[str, set[str]]:
    """Years by the word that they follow: « exécution 2020 », « exécution de l'année 2020 »."""
    found: dict[str, set[str]] = {}
    for match in _OF_YEAR.finditer(flat(text)):
        found.setdefault(match["thing"], set()).add(match["year"])
    return found


def words_of(row: Obligation | Deadline) -> str:
    """What a row says, in words to match with a question or a statement."""
    if isinstance(row, Deadline):
        return f"{row.event} {row.words or ''}"
    return f"{row.what} {row.condition or ''} {row.deadline_words or ''}"


def duties(entries: Entries, exercice: int, cohorts: Collection[str] = ()) -> list[Duty]:
    """Obligations, dated ones first, then faculties, of a département for an exercice.

    Args:
        cohorts: years of entry that it may be of; empty for what holds whatever the year.
    """
    found = _proved(
        (
            entry
            for entry in entries.of(Obligation)
            if exercice in entry.row.exercices
            and entry.row.who in _CONCERNED
            and _of_cohorts(entry.row.cohorts, cohorts)
        ),
        exercice,
        cohorts,
    )
    return sorted(found, key=lambda duty: (not _binds(duty), not duty.dated))


def _binds(duty: Duty) -> bool:
    return isinstance(duty.row, Obligation) and duty.row.modality == "must"


def deadlines(
    entries: Entries,
    exercice: int,
    cohorts: Collection[str] = (),
    since_replaced: bool = False,
) -> list[Duty]:
    """Dates of an exercice's calendar that hold for a département; neither those that another
    replaced, nor those that nobody knows, nor events that ask nothing of anybody.

    Args:
        since_replaced: those that only a later exercice replaced too, since they held till then.
    """
    later = {
        entry.row.id
        for entry in entries.of(Deadline)
        if since_replaced and entry.row.exercice > exercice
    }
    return _proved(
        (
            entry
            for entry in entries.of(Deadline)
            if entry.row.exercice == exercice
            and (entry.row.who in _CONCERNED or _limits_anyone(entry.row))
            and (entry.row.replaced_by is None or entry.row.replaced_by in later)
            and entry.row.standing != "inconnu"
            and _of_cohorts(entry.row.cohorts, cohorts)
        ),
        exercice,
        cohorts,
    )


def _limits_anyone(row: Deadline) -> bool:
    return row.who is None and "limite" in fold(row.event)


def enters(row: Obligation | Deadline) -> bool:
    """Whether a row says by which contract a département takes part."""
    return isinstance(row, Obligation) and bool(_ENTERS.search(fold(row.what)))


def unknown_dates(entries: Entries, exercice: int) -> list[Duty]:
    """Dates of an exercice that nobody could find, each with the statement that says so."""
    return [
        Duty(entry.row, entry.units[0])
        for entry in entries.of(Deadline)
        if entry.row.exercice == exercice
        and entry.row.standing == "inconnu"
        and entry.row.who in _CONCERNED
        and rules_contracts(entry.units)
    ]


def best_statement(
    entry: Entry[Any], words: str, exercice: int | None = None, cohorts: Collection[str] = ()
) -> Unit | None:
    """The statement of a row to quote: of that cohort, undisputed, on the row's words, official.

    Args:
        words: what the statement must speak of.
        exercice: the one that its text governs, if possible.
        cohorts: a statement about others only is never given.

    Returns:
        ``None`` when no statement tells anything of them.
    """
    ruled = getattr(entry.row, "cohorts", ())  # else it holds for all, whatever its heading says
    told = [
        unit
        for unit in entry.units
        if not unit.unknown
        and holds_for_cohort(unit.text, unit.context if ruled else "", cohorts) is not False
    ]
    wanted = frozenset(terms(words))

    def fitness(unit: Unit) -> tuple[object, ...]:
        own = wanted & set(terms(unit.text))
        identity = unit.document.identity
        anchor = unit.anchor
        return (
            isinstance(entry.row, Deadline) and not states(entry.row, unit.text),
            any(states(former, unit.text) for former, _new in replaced_deadlines()),
            anchor is not None and anchor.confidence == "disputed",
            exercice not in identity.exercices,
            (identity.authority or identity.kind) not in OFFICIAL_KINDS,
            -len(own),
            EVIDENCES.index(anchor.evidence) if anchor is not None else 0,
            unit.end - unit.start,
        )

    return min(told, key=fitness, default=None)


def _proved(rows: Iterable[Entry[Any]], exercice: int, cohorts: Collection[str]) -> list[Duty]:
    found = []
    for entry in rows:
        unit = best_statement(entry, words_of(entry.row), exercice, cohorts)
        if unit is not None and rules_contracts(entry.units):
            unknown = tuple(u for u in entry.units if u.unknown)
            found.append(Duty(entry.row, unit, unknown))
    return found


def rules_contracts(units: Iterable[Unit]) -> bool:
    """Whether some statement is of a text that rules the contracts."""
    return any(_CONTRACTS in unit.document.identity.title.casefold() for unit in units)


def _of_cohorts(row: Collection[str], wanted: Collection[str]) -> bool:
    """Whether a row holds for some of the cohorts; one that names none holds for all."""
    return not row or bool(set(row) & set(wanted))


def is_yearly(row: Obligation | Deadline) -> bool:
    """Whether its date comes back each year."""
    return isinstance(row, Obligation) and _NEXT_YEAR in (row.deadline_words or "")


def yearly(entries: Entries, barred: Collection[Obligation | Deadline]) -> list[Duty]:
    """What must be done each year of a thing that rows of one year are about: « le 30 juin de
    l'année suivante »."""
    about = set.intersection(*(set(terms(words_of(row))) for row in barred)) if barred else set()
    found = []
    for entry in entries.of(Obligation):
        row = entry.row
        if is_yearly(row) and about & set(terms(row.what)):
            found += [Duty(row, unit) for unit in entry.units if _NEXT_YEAR in unit.text]
    return found


def exercices_of(entries: Entries) -> list[int]:
    """The exercices for which the registers ask something of départements, in order."""
    kept = [entry for entry in entries.of(Obligation) if entry.row.who in _CONCERNED]
    return sorted({y for e in kept if rules_contracts(e.units) for y in e.row.exercices})


def waves(entries: Entries) -> tuple[str, ...]:
    """All known years of entry, in order."""
    rows = (entry.row.wave for entry in entries.of(Eligibility))
    return tuple(sorted({wave for wave in rows if wave != "inconnue"}))
