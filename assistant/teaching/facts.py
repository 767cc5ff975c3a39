"""Quizzable facts: what a register's row or a statement says for sure, and that can be asked."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from assistant.checking import facts
from assistant.entries import Entry
from assistant.lines import SOURCES
from assistant.proofs import replaced_deadlines
from assistant.successions import states
from assistant.teaching.fact import (
    ACTORS,
    Fact,
    FactKind,
    disputes,
    is_of_contracts,
    names,
    proofs_of,
)
from assistant.teaching.fragments import is_own_sentence
from assistant.teaching.gaps import Gap, best_gap, gap_of, shown
from assistant.teaching.material import Material
from assistant.teaching.prompts import can_be_asked, choice_prompt
from assistant.teaching.telling import event_of
from assistant.units import Unit
from corpus.collectivites import find_collectivites
from corpus.lexicon import fold
from corpus.quantities import find_quantities
from corpus.registry import Deadline, Eligibility, Funding, Objective, Obligation, Row
from corpus.types import EVIDENCES
from ingest.lexical import terms

_YEAR = re.compile(r"\b20\d\d\b(?!/)")
_NOTES = re.compile(r"\([^)]*\)|\d+")
R = TypeVar("R", bound=Row)
SURE = ("several", "single")
LONGEST_STATEMENT = 260
_ALIKE = 0.6
_NOT_KNOWN = re.compile(r"\bnon (?:précisée?|retrouvée?)|\bn'est pas (?:établi|connue?)|constatée")
_LEANS = re.compile(
    r"^(?:ce(?:lui|lle|ux|lles|t|tte|s)?|il|elle|ils|elles|y|en outre|cela|ceci|leurs?|son|sa|ses"
    r"|toutefois|cependant|dans ce cas|à ce titre|s'y)\b|^\d+°"
    r"|\bl'(?:a|ont|avait|avaient) (?!été)\w+"
    r"|^.{0,60}\b(?:ce|cet|cette|ces) (?:nombre|écart|délai|montant|total|chiffre|dates?)\b"
    r"|\bl[ea] (?:délai|durée|montant|total|nombre|taux) (?:est|était|sera|passe) (?:de|à|fixée?) "
    r"|^l'(?:accompagnement|aide|accueil|entretien|évaluation) (?:est|a|dure|doit|peut)\b"
    r"|^l[ea] (?:délai|durée) de [\w-]+ (?:ans?|mois|jours?|semaines?|heures?) (?!d[eu'])\w",
    re.IGNORECASE,
)
_SHOWS = re.compile(r"\b(?:ce|cet|cette|ces) (?!jour\b)\w", re.IGNORECASE)


def facts_of(material: Material) -> tuple[Fact, ...]:
    """The quizzable facts of a material, rows first: one a statement and value, in its order.

    Neither what sources disagree on, what is deduced, unknown or replaced, nor a statement whose
    meaning leans on another.
    """
    found: dict[tuple[tuple[str, int], str], Fact] = {}
    told: set[tuple[str, int]] = set()
    for fact in (*_of_rows(material), *_of_statements(material.statements)):
        key = (fact.unit.key, fact.value)
        if not can_be_asked(fact) or _is_of_another(fact, material.order.exercice):
            continue
        if _is_told(fact, told, found.values()):
            continue
        told.add(fact.unit.key)
        found.setdefault(key, fact)
    return tuple({fact.id: fact for fact in found.values()}.values())


def _is_of_another(fact: Fact, exercice: int | None) -> bool:
    """Whether a fact would be asked of an exercice without saying that it is told of others."""
    told = fact.unit.document.identity.exercices
    silent = exercice is not None and bool(told) and exercice not in told
    return silent and _YEAR.search(choice_prompt(fact)) is None


def _is_told(fact: Fact, told: Collection[tuple[str, int]], before: Iterable[Fact]) -> bool:
    """Whether another fact asks it: the same statement, or the same value by the same fact (two
    texts may tell it), which for duties is the same date by the same proof."""
    if isinstance(fact.row, Row) and not isinstance(fact.row, Obligation):
        return False
    if fact.row is None and fact.unit.key in told:
        return True
    same = [one for one in before if one.gaps and one.value == fact.value]
    return any(one.codes & fact.codes or _alike(one, fact) for one in same)


def _alike(one: Fact, other: Fact) -> bool:
    """Whether two statements say much the same, whatever their figures."""
    mine, its = ({t for t in terms(fact.words) if t[0] not in "=@"} for fact in (one, other))
    return len(mine & its) >= _ALIKE * max(1, min(len(mine), len(its)))


def _of_rows(material: Material) -> Iterator[Fact]:
    yield from _read(_of_deadline, material.deadlines)
    yield from _read(_of_funding, material.fundings)
    yield from _read(_of_obligation, material.obligations)
    yield from _read(_of_eligibility, material.eligibilities)
    yield from _read(_of_objective, material.objectives)


def _read(reader: Callable[[Entry[R]], Fact | None], entries: Iterable[Entry[R]]) -> Iterator[Fact]:
    """What one reader makes of its register, but what sources disagree on."""
    for entry in entries:
        fact = None if _is_disputed(entry.row.proofs) else reader(entry)
        if fact is not None and not _disputes(fact.unit, fact.value):
            yield fact


def _of_deadline(entry: Entry[Deadline]) -> Fact | None:
    row = entry.row
    if row.standing != "établi" or row.replaced_by is not None:
        return None
    value = f"date:{row.on.isoformat()}" if row.on else _month(row.words or "")
    told = _telling(entry, value, row.event)
    event = event_of(row)
    if told is None:
        return None
    unit, gap = told
    kind: FactKind = "date" if row.on else "month"
    return Fact(
        f"calendar:{row.id}", kind, value, gap.shown, unit, event,
        f"calendar:{row.exercice}", gap.spans, "", (row.exercice,), row,
    )  # fmt: skip


def _of_funding(entry: Entry[Funding]) -> Fact | None:
    row = entry.row
    told = _telling(entry, f"amount:{row.amount_eur}", row.perimeter)
    if row.standing != "établi" or row.amount_eur is None or told is None:
        return None
    unit, gap = told
    subject = f"{SOURCES[row.source]}, {row.exercice}" if is_of_contracts(row) else _about(row)
    return Fact(
        f"funding:{row.id}", "amount", f"amount:{row.amount_eur}", gap.shown, unit, subject,
        f"funding:{row.exercice}", gap.spans, "", (row.exercice,), row,
    )  # fmt: skip


def _about(row: Funding) -> str:
    """What an amount is of: its perimeter without its notes, and its exercice."""
    perimeter = re.split(r" : |, (?=(?:et )?non )", row.perimeter)[0]
    return perimeter if str(row.exercice) in perimeter else f"{perimeter}, {row.exercice}"


def _of_obligation(entry: Entry[Obligation]) -> Fact | None:
    """A dated duty as its date, else who must or may do it, when the statement names them and
    the question doesn't."""
    row = entry.row
    if row.deadline is not None:
        value = f"date:{row.deadline.isoformat()}"
        told = _telling(entry, value, row.what)
        if told is None:
            return None
        unit, gap = told
        return Fact(
            f"obligations:{row.id}", "date", value, gap.shown, unit, row.what,
            f"obligations:{row.exercices}", gap.spans, "", row.exercices, row,
        )  # fmt: skip
    asked = f"{row.what} {row.condition or ''}"
    if row.who not in ACTORS or _NOT_KNOWN.search(asked) or asked.startswith("ne "):
        return None
    if names(row.who, asked) or _SHOWS.search(row.what):
        return None  # the question would give the answer, or points to what nobody has read
    speaking = [u for u in _sure(entry) if names(row.who, u.text) and not _LEANS.search(u.text)]
    unit_ = _best(speaking, _NOTES.sub(" ", asked), least=0.7)
    if unit_ is None or facts(row.what) - facts(unit_.text):
        return None
    return Fact(
        f"obligations:{row.id}", "actor", f"actor:{row.who}", shown("actor", row.who), unit_,
        row.what, f"actors:{row.exercices}", (), "", row.exercices, row,
    )  # fmt: skip


def _of_eligibility(entry: Entry[Eligibility]) -> Fact | None:
    row = entry.row
    if row.standing != "établi" or row.wave == "inconnue":
        return None
    told = (
        u
        for u in _sure(entry)
        if row.code in {m.collectivite.code for m in find_collectivites(f". {u.text}")}
        and f"year:{row.wave}" in {f"{q.kind}:{q.value}" for q in find_quantities(u.text)}
        and re.search(r"\bvague\b|\bretenue?s?\b|\bentree?s?\b", fold(u.text))
    )
    unit = _best(told, f"{row.name} vague")
    if unit is None:
        return None
    return Fact(
        f"eligibility:{row.id}", "wave", f"wave:{row.wave}", row.wave, unit, row.name,
        "waves", (), "", (int(row.wave),), row,
    )  # fmt: skip


def _of_objective(entry: Entry[Objective]) -> Fact | None:
    row = entry.row
    unit = _best(_sure(entry), row.wording or "", least=0.5)
    if row.standing != "établi" or row.wording is None or unit is None:
        return None
    if facts(row.wording) - facts(unit.text):
        return None  # the statement doesn't hold all of the wording
    return Fact(
        f"objectives:{row.id}", "objective", f"objective:{row.wording}", row.wording.rstrip("."),
        unit, row.kind, f"objectives:{row.kind}", (), "", row.exercices, row,
    )  # fmt: skip


def _of_statements(units: Iterable[Unit]) -> Iterator[Fact]:
    seen: dict[str, int] = {}
    for unit in units:
        proofs = proofs_of(unit)
        if not (proofs or unit.anchor is None) or not _is_clear(unit) or _is_disputed(proofs):
            continue
        gap = best_gap(unit.text)
        if gap is None or gap.kind == "month":
            continue
        if _is_former(unit, gap.value) or _disputes(unit, gap.value):
            continue
        named = unit.anchor.facts[0] if unit.anchor else unit.start
        first = f"{unit.document.document_id}#{named}"
        seen[first] = seen.get(first, 0) + 1
        name = first if seen[first] == 1 else f"{first}+{seen[first]}"
        kind: FactKind = gap.kind
        yield Fact(
            name, kind, gap.value, gap.shown, unit, unit.section.heading_path[-1]
            if unit.section.heading_path else "", f"statements:{gap.kind}", gap.spans, gap.noun,
            unit.document.identity.exercices,
        )  # fmt: skip


def _telling(entry: Entry[R], value: str, words: str) -> tuple[Unit, Gap] | None:
    """The sure statement of a row that says its value and speaks most of it."""
    if not value:
        return None
    gaps = {u.key: gap for u in _sure(entry) if (gap := gap_of(u.text, value))}
    unit = _best((u for u in entry.units if u.key in gaps), words)
    return (unit, gaps[unit.key]) if unit is not None else None


def _best(units: Iterable[Unit], words: str, least: float = 0.0) -> Unit | None:
    """The statement that speaks most of ``words``, then the one best read; at least that share
    of them."""
    wanted = {term for term in terms(words) if term[0] not in "=@"} or {""}

    def share(unit: Unit) -> float:
        return len(wanted & set(terms(unit.text))) / len(wanted)

    def fitness(unit: Unit) -> tuple[object, ...]:
        evidence = EVIDENCES.index(unit.anchor.evidence) if unit.anchor else 0
        said = share(unit) - 0.3 * unit.text[0].isdigit()  # « 14 mai 2024 : … » reads badly
        return -round(said, 1), evidence, len(unit.text)

    short = (unit for unit in units if len(unit.text) <= 2 * LONGEST_STATEMENT)
    found = min(short, key=fitness, default=None)
    return found if found is not None and share(found) >= least else None


def _sure(entry: Entry[R]) -> list[Unit]:
    return [u for u in entry.units if u.anchor is not None and u.anchor.confidence in SURE]


def _is_clear(unit: Unit) -> bool:
    sure = is_own_sentence(unit) if unit.anchor is None else unit.anchor.confidence in SURE
    return sure and len(unit.text) <= LONGEST_STATEMENT and not _LEANS.search(unit.text)


def _month(words: str) -> str:
    months = [q.value for q in find_quantities(words) if q.kind == "month"]
    return f"month:{months[0]}" if len(months) == 1 else ""


def _is_disputed(proofs: Iterable[str]) -> bool:
    held = set(proofs)
    return any(held & row.proofs for row in disputes())


def _is_former(unit: Unit, value: str) -> bool:
    """Whether a statement's value is a date that another one replaced."""
    proofs = proofs_of(unit)
    return any(
        proofs & set(former.proofs) and states(former, value.partition(":")[2])
        for former, _new in replaced_deadlines()
    )


def _disputes(unit: Unit, value: str) -> bool:
    """Whether sources disagree on that value about the same thing: what they contest of a year
    isn't what a statement tells of others."""
    told = set(_YEAR.findall(unit.text))
    touched = [
        one
        for one in disputes()
        if value in one.values
        and not (told and (years := set(filter(_YEAR.fullmatch, one.about))) and not told & years)
    ]
    own = set(terms(f"{unit.text} {unit.context}")) if touched else set()
    return any(len(one.about & own) >= 0.5 * len(one.about) for one in touched)
