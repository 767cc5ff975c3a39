"""Wrong answers that are wrong: what the corpus supports under any reading is never one."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.entries import Entries
from assistant.teaching.fact import ACTORS, Fact, disputes, is_of_contracts, names
from assistant.teaching.holdings import (
    COVERS,
    Told,
    elsewhere,
    holdings,
    places_of,
    same,
    terms_of,
)
from assistant.teaching.prompts import OBJECTIVES, list_named
from assistant.units import Unit
from corpus.collectivites import find_collectivites
from corpus.lexicon import fold
from corpus.quantities import find_quantities
from corpus.registry import Deadline, Eligibility, Funding, Objective, Obligation, Row
from ingest.index import Index
from ingest.lexical import terms

_EXCLUSIVE = ("fondamental", "facultatif", "nouveau 2022")
"""Lists of objectives that have none in common: those of 2020 are obligatory or not, and what is
new in 2022 was in neither. The other lists aren't known whole: nobody can say what isn't there."""
_ISSUER = re.compile(
    r"\bconseil d'etat\b|\bconseil constitutionnel\b|\bcour de cassation\b|\bcour des comptes\b"
    r"|\bcour (?:administrative )?d'appel\b|\btribunal administratif\b|\bigas\b|\bhas\b"
    r"|\bdefenseure? des droits\b|\bcomite de suivi\b|\bsenat\b|\bassemblee nationale\b"
)
"""Courts and bodies (folded): another date of the same one may be the decision that is asked."""
_OVERLAPPING = {
    "signataires": {"département", "préfet", "ARS", "État"},
    "préfet et ARS": {"préfet", "ARS", "État"},
    "préfet": {"préfet", "État"},
    "ARS": {"ARS", "État"},
    "État": {"État", "préfet", "ARS", "juge"},
    "juge": {"juge", "État"},
}
"""Actors that are part of one another: one of them is never wrong for another."""


def refuted(fact: Fact, value: str, entries: Entries, index: Index) -> bool:
    """Whether the corpus supports a value for a fact's subject under no reading.

    Args:
        fact: what is asked.
        value: another normalised value of the same kind (``date:2021-06-30``, ``actor:préfet``,
            ``wave:2021``, ``objective:<wording>``).

    Returns:
        ``False`` when the value is the fact's own, under another form or rounded; when a row
        on the same event, source, collectivité or duty has it; when a side of a disagreement
        gives it; when a statement that speaks of the subject holds it. Found once for the same
        proofs: the quizzes of several seeds try the same values.
    """
    known = _found(entries, index)
    asked = (
        fact.id, fact.kind, fact.value, fact.subject, fact.exercices, fact.gaps, fact.unit.key,
        value,
    )  # fmt: skip
    if asked not in known:
        known[asked] = _refuted(fact, value, entries, index)
    return known[asked]


@lru_cache(maxsize=4)
def _found(_entries: Entries, _index: Index) -> dict[tuple[object, ...], bool]:
    """What was refuted already, or not, by some proofs."""
    return {}


def _refuted(fact: Fact, value: str, entries: Entries, index: Index) -> bool:
    if fact.kind == "actor":
        return not _does(fact, value.partition(":")[2], entries, index)
    if fact.kind == "wave":
        return not _entered(fact, value.partition(":")[2], entries, index)
    if fact.kind == "objective":
        return not _is_objective(fact, value.partition(":")[2], entries, index)
    if same(value, fact.value) or any(same(value, one) for one in _row_values(fact, entries)):
        return False
    if _counted_otherwise(fact.value, value):
        return False
    if any(same(value, side) for side in _disputed(fact, index)):
        return False
    return next(supporters(fact, value, entries, index), None) is None


def supporters(fact: Fact, value: str, entries: Entries, index: Index) -> Iterator[Told]:
    """Statements that hold a value and speak of a fact's subject, or prove the fact; none for a
    value that isn't a quantity."""
    own = {unit.key for unit in (fact.unit, *_proving(fact, entries))}
    held = holdings(index)
    subject, places = terms_of(fact.words), places_of(fact.unit.text)
    issuers = _issuers(fact.unit.text) if fact.kind in ("date", "month") else frozenset()
    for told in held.holding(value):
        speaks = held.covers(subject, told.spoken) or issuers & _issuers(told.unit.text)
        if (speaks and not elsewhere(places, told.places)) or told.unit.key in own:
            yield told


@lru_cache(maxsize=20_000)
def _issuers(text: str) -> frozenset[str]:
    """Courts and bodies whose decisions a text names: two of them may have decided alike."""
    return frozenset(_ISSUER.findall(fold(text)))


def _counted_otherwise(right: str, other: str) -> bool:
    """Whether two numbers of years are one apart: « moins de 12 ans » is « 11 ans » by age, and
    2020 to 2022 are two years or three."""
    years = [one.partition(":")[2].partition(" ans") for one in (right, other)]
    if not all(unit and number.isdigit() for number, unit, _rest in years):
        return False
    return abs(int(years[0][0]) - int(years[1][0])) <= 1


def _row_values(fact: Fact, entries: Entries) -> Iterator[str]:
    """Values that the registers give to the same event or source of the same exercice."""
    row = fact.row
    if isinstance(row, Deadline):
        event = terms_of(row.event)
        for other in (entry.row for entry in entries.of(Deadline)):
            linked = other.replaced_by == row.id
            near = other.exercice == row.exercice and _alike(event, other.event)
            if other.on and (linked or near):
                yield f"date:{other.on.isoformat()}"
            if linked or near:
                yield from (f"{q.kind}:{q.value}" for q in find_quantities(other.words or ""))
    elif isinstance(row, Funding):
        yield from _amounts(row, entries)
    elif row is None and fact.kind == "amount":
        for funding in (entry.row for entry in entries.of(Funding)):
            told = funding.amount_eur and same(f"amount:{funding.amount_eur}", fact.value)
            if told and fact.proofs & set(funding.proofs):
                yield from _amounts(funding, entries)
    elif isinstance(row, Obligation):
        what = terms_of(row.what)
        for duty in (entry.row for entry in entries.of(Obligation)):
            if duty.deadline and _alike(what, duty.what):
                yield f"date:{duty.deadline.isoformat()}"


def _amounts(row: Funding, entries: Entries) -> Iterator[str]:
    """Amounts of the same source and exercice whatever their perimeter, sums of sources, and for
    a total its parts: what gives a part gives it too."""
    rows = [entry.row for entry in entries.of(Funding) if entry.row.exercice == row.exercice]
    about = terms_of(row.perimeter)
    for other in rows:
        part = row.source == "ensemble" and other.source != "autre"
        national = row.source != "autre" and other.source in (row.source, "ensemble")
        if other.amount_eur and (part or national or _alike(about, other.perimeter)):
            yield f"amount:{other.amount_eur}"
    parts = [
        other.amount_eur
        for other in rows
        if is_of_contracts(other) and other.amount_eur
        and other.source not in ("ensemble", "autre")
    ]  # fmt: skip
    if row.source == "ensemble":
        for first in parts:
            for second in parts:
                yield f"amount:{first + second}"
        yield f"amount:{sum(parts)}"


def _alike(words: frozenset[str], other: str) -> bool:
    """Whether two labels of a register tell one thing."""
    mine = {term for term in words if term[0] not in "=@"}
    others = {term for term in terms(other) if term[0] not in "=@"}
    return len(mine & others) >= COVERS * max(1, min(len(mine), len(others)))


def _disputed(fact: Fact, index: Index) -> Iterator[str]:
    """Values of each side of the disagreements that touch a fact."""
    spoken = terms_of(f"{fact.unit.text} {fact.unit.context}")
    for one in disputes():
        if fact.proofs & one.proofs or holdings(index).covers(one.about, spoken):
            yield from one.values


def _proving(fact: Fact, entries: Entries) -> tuple[Unit, ...]:
    """All the statements of a fact's row."""
    if fact.row is None:
        return ()
    kind: type[Row] = type(fact.row)
    return next((e.units for e in entries.of(kind) if e.row.id == fact.row.id), ())


def _does(fact: Fact, actor: str, entries: Entries, index: Index) -> bool:
    """Whether an actor may be said to do what a fact tells, by a row or a statement."""
    right = fact.value.partition(":")[2]
    if actor == right or actor in _OVERLAPPING.get(right, ()):
        return True
    asked = [one for one in ACTORS if names(one, fact.subject)]
    if any(actor in _OVERLAPPING.get(one, ()) for one in asked):
        return True  # « avec le concours de l'État » leaves none of its own actors to choose
    told = (unit.text for unit in (fact.unit, *_proving(fact, entries)))
    if any(names(actor, text) for text in (fact.subject, *told)):
        return True
    subject = terms_of(fact.subject)
    for entry in entries.of(Obligation):
        who = entry.row.who
        same = who == actor or actor in _OVERLAPPING.get(who, ())
        if same and _alike(subject, entry.row.what):
            return True
    held = holdings(index)
    return any(held.covers(subject, told.spoken) for told in held.naming(actor))


def _entered(fact: Fact, year: str, entries: Entries, index: Index) -> bool:
    """Whether a row or a statement may be read as saying that a collectivité entered that year."""
    row = fact.row
    if not isinstance(row, Eligibility) or row.wave == year:
        return True
    if any(e.row.wave == year for e in entries.of(Eligibility) if e.row.code == row.code):
        return True
    return any(
        f"year:{year}" in told.values
        and row.code in {m.collectivite.code for m in find_collectivites(f". {told.unit.text}")}
        and any(word in fold(told.unit.text) for word in ("vague", "retenu", "entre en", "entree"))
        and f"year:{row.wave}" not in told.values
        for told in holdings(index).by_value.get(f"year:{year}", ())
    )


def _is_objective(fact: Fact, wording: str, entries: Entries, index: Index) -> bool:
    """Whether a wording may be of the list of objectives that a fact is of: unless it is for sure
    of a list that has none in common with that one, and nothing like it is."""
    asked = terms_of(wording)
    rows = [entry.row for entry in entries.of(Objective)]
    own = [row for row in rows if row.wording == wording]
    exclusive = all(
        row.standing == "établi" and row.kind != fact.subject and row.kind in _EXCLUSIVE
        for row in own
    )
    if not own or not exclusive or fact.subject not in _EXCLUSIVE:
        return True
    undated = list_named(fact.subject, fact.unit) != OBJECTIVES[fact.subject][0]
    told = isinstance(fact.row, Objective) and fact.row.kind == fact.subject
    if undated and told and any(set(r.exercices).isdisjoint(fact.exercices) for r in own):
        return True  # « un objectif fondamental », of no year: those of 2022 aren't all known
    if any(r.kind == fact.subject and r.wording and _alike(asked, r.wording) for r in rows):
        return True
    word = fact.subject.split(" ")[0][:9]
    return any(
        set(told.unit.document.identity.exercices) & set(fact.exercices)
        and word in fold(told.unit.text)
        and holdings(index).covers(asked, told.spoken)
        for told in holdings(index).statements
    )
