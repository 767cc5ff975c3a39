"""Rows of a comparison taken from the registers: the same date, amount or rule on each side."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from assistant.checking import facts
from assistant.duties import (
    Duty,
    best_statement,
    deadlines,
    duties,
    enters,
    unknown_dates,
    waves,
)
from assistant.entries import Entries
from assistant.units import Unit
from assistant.wanted import HANDED_IN, Wanted
from corpus.collectivites import find_collectivites
from corpus.lexicon import fold
from corpus.quantities import normalised
from corpus.registry import Funding, FundingSource, Obligation

MOST_IN_CELL = 6
TO_SIGN, TO_HAND_IN, DATES, RULES = "À signer", "À remettre", "Dates", "Règles du contrat"
DATE, RULE = "Date", "Règle"
TO_ENTER, COUNTED = "Qui participe, et comment", "Nombre d'objectifs"
SOURCES: Mapping[FundingSource, str] = {
    "programme 304": "Budget de l'État",
    "FIR": "FIR",
    "Ondam médico-social": "Ondam médico-social",
    "ensemble": "Total des crédits",
}
_COUNTS = re.compile(r"\b\d+ objectifs?\b")
_WORD = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*")
_YEAR = re.compile(r"-?\b20\d\d\b")


@dataclass(frozen=True, slots=True)
class Side:
    """One column: an exercice, and the years of entry that it is limited to (all when empty)."""

    label: str
    exercice: int
    cohorts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side says of a row; ``unknown`` says that nobody could establish it."""

    units: tuple[Unit, ...] = ()
    unknown: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table before it is cited: a label, and a cell a side."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a register's row says on one side, and the key that it shares with other sides."""

    key: str
    words: str
    cell: Cell


def lines_of_years(sides: Sequence[Side], wanted: Wanted, entries: Entries) -> list[Line]:
    """Rows that the registers have for several exercices: dates, amounts, then rules; only those
    of what is asked, if the question says it."""
    general = not (wanted.rules or wanted.amount)
    all_dates = [list(_dates(side, entries)) for side in sides]
    found = _founding(sides, entries) if general else []
    if wanted.when or general:
        found += _matched(DATE, all_dates)
    if wanted.amount or general:
        found += _matched("", [list(national_amounts(side, entries)) for side in sides])
    if wanted.must or wanted.hands_in or general:
        rules = [list(_rules(side, wanted, entries, general)) for side in sides]
        found += _matched(RULE, rules)
    return found


def _founding(sides: Sequence[Side], entries: Entries) -> list[Line]:
    """What founds an exercice, whatever words its rows have: who takes part and how, how many
    objectives, what is handed in; of each what several exercices say."""
    own = [duties(entries, side.exercice, side.cohorts or waves(entries)) for side in sides]
    lines = []
    for label in (TO_ENTER, COUNTED, TO_HAND_IN):
        cells = tuple(_cell(d for d in side if _founds(d) == label) for side in own)
        if sum(bool(cell.units) for cell in cells) > 1:
            lines.append(Line(label, cells))
    return lines


def _founds(duty: Duty) -> str:
    """The founding row that a duty belongs to; empty of any other."""
    if enters(duty.row):
        return TO_ENTER
    if _COUNTS.search(duty.words):
        return COUNTED
    return TO_HAND_IN if HANDED_IN.search(fold(duty.words)) else ""


def _matched(label: str, told: Sequence[Sequence[Told]]) -> Iterator[Line]:
    """Lines whose key stands on two sides at least, one of them known."""
    keys = dict.fromkeys(one.key for side in told for one in side)
    shown: set[tuple[tuple[str, int], ...]] = set()
    for key in keys:
        same = [next((one for one in side if one.key == key), None) for side in told]
        held = [one for one in same if one is not None]
        cells = tuple(one.cell if one is not None else Cell() for one in same)
        said = tuple(unit.key for cell in cells for unit in cell.units)
        if len(held) > 1 and said and said not in shown:
            shown.add(said)
            yield Line(common([one.words for one in held]) or label, cells)


def _subject(duty: Duty) -> str:
    return duty.row.what if isinstance(duty.row, Obligation) else duty.row.event


def _dates(side: Side, entries: Entries) -> Iterator[Told]:
    cohorts = side.cohorts or waves(entries)
    for duty in deadlines(entries, side.exercice, cohorts, since_replaced=True):
        yield Told(_key(duty.row.id), _subject(duty), Cell((duty.unit,)))
    for duty in unknown_dates(entries, side.exercice):
        yield Told(_key(duty.row.id), _subject(duty), Cell((), (duty.unit,)))


def national_amounts(side: Side, entries: Entries) -> Iterator[Told]:
    """The national amounts, the first of each source: those of one collectivité and those
    beside the contracts are no rule of an exercice."""
    given: set[str] = set()
    for entry in entries.of(Funding):
        row = entry.row
        local = find_collectivites(f". {row.perimeter}")
        if row.exercice != side.exercice or row.source == "autre" or local:
            continue
        stated = f"amount:{row.amount_eur}"
        telling = tuple(u for u in entry.units if stated in normalised(u.text))
        unit = best_statement(replace(entry, units=telling), row.perimeter, row.exercice)
        unknown = tuple(u for u in entry.units if u.unknown)
        if row.source not in given and (unit or unknown):
            given.add(row.source)
            cell = Cell((unit,)) if unit else Cell((), unknown)
            # A total and what was spent of it are not the same thing.
            key = _key(row.id) if row.source == "ensemble" else row.source
            yield Told(key, SOURCES[row.source], cell)


def _rules(side: Side, wanted: Wanted, entries: Entries, general: bool) -> Iterator[Told]:
    """Rules one by one; of a ``general`` comparison, those that no founding row tells."""
    only_pieces = wanted.hands_in and not wanted.must
    for duty in duties(entries, side.exercice, side.cohorts or waves(entries)):
        if general and _founds(duty):
            continue
        if not only_pieces or HANDED_IN.search(fold(duty.words)):
            yield Told(_key(duty.row.id), _subject(duty), Cell((duty.unit,), duty.unknown))


def lines_of_cohorts(sides: Sequence[Side], about: frozenset[str], entries: Entries) -> list[Line]:
    """What each cohort of one exercice signs, hands in, must do and by when; only what sets them
    apart. Empty when ``about`` narrows the question to some of it."""
    own = [
        [d for d in duties(entries, side.exercice, side.cohorts) if _of_some(d)] for side in sides
    ]
    dates = [
        [d for d in deadlines(entries, side.exercice, side.cohorts) if _of_some(d)]
        for side in sides
    ]
    if any(duty.speaks_of({stem}) for stem in about for side in own for duty in side):
        return []
    alike = set.intersection(*({d.unit.key for d in side} for side in own))
    lines = []
    for label in (TO_SIGN, TO_HAND_IN, RULES):
        kept = [[d for d in side if _kind(d) == label] for side in own]
        if label != TO_SIGN:  # one sentence may tell what each of them signs
            kept = [[d for d in side if d.unit.key not in alike] for side in kept]
        lines.append(Line(label, tuple(_cell(side) for side in kept)))
    told = [{d.unit.key for d in side} for side in own]
    rest = [
        [d for d in side if d.unit.key not in said] for side, said in zip(dates, told, strict=True)
    ]
    lines.append(Line(DATES, tuple(_cell(side) for side in rest)))
    return [line for line in lines if any(cell.units for cell in line.cells)]


def _cell(held: Iterable[Duty]) -> Cell:
    found = list(held)
    units = {duty.unit.key: duty.unit for duty in found}
    unknown = {unit.key: unit for duty in found for unit in duty.unknown}
    return Cell(tuple(units.values())[:MOST_IN_CELL], tuple(unknown.values()))


def _kind(duty: Duty) -> str:
    if enters(duty.row):
        return TO_SIGN
    return TO_HAND_IN if HANDED_IN.search(fold(duty.words)) else RULES


def _of_some(duty: Duty) -> bool:
    """Whether a row is of some cohorts only."""
    return bool(duty.row.cohorts)


def _key(row_id: str) -> str:
    """What a row is about, whatever its exercice: its id without years nor plurals."""
    return "-".join(part.removesuffix("s") for part in _YEAR.sub("", row_id).split("-"))


def common(words: Sequence[str]) -> str:
    """The longest run of words that all sides share, after the word that all begin with, without
    figures; empty when too short."""
    shared, *others = [_WORD.findall(one) for one in words]
    opening = shared[:1] if all(other[:1] == shared[:1] for other in others) else []
    for other in others:
        match = SequenceMatcher(None, shared, other, False).find_longest_match()
        shared = shared[match.a : match.a + match.size]
    if opening and len(shared) > 1 and shared[:1] != opening:
        shared = [*opening, *shared]
    label = re.sub(
        r"(?: ?\b(?:de|du|des|la|le|les|à|au|aux|pour|en|et|un|une))+$", "", " ".join(shared)
    )
    usable = len(label) > 2 and not facts(label)
    return label[:1].upper() + label[1:] if usable else ""
