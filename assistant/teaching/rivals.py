"""Facts that may be taken for another: the values that wrong answers are made of."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache

from assistant.entries import Entries
from assistant.teaching.choosing import binds
from assistant.teaching.fact import Fact, existed
from assistant.teaching.facts import facts_of
from assistant.teaching.gaps import magnitude
from assistant.teaching.holdings import holdings, places_of, terms_of
from assistant.teaching.material import Material
from assistant.teaching.pack import Order
from assistant.teaching.themes import themes
from assistant.units import document_units
from corpus.registry import Deadline, Eligibility, Funding, Objective, Obligation
from ingest.index import Index

OF_A_FAMILY = ("date", "month", "amount", "actor")
"""Kinds of facts whose wrong answers come from texts of the same theme before others."""


_AGES_APART = 8 * 365
"""Days between two ages that may be taken for one another."""


_SHARED_TERMS = 3
"""Words that two durations of unlike themes share when they are on one subject."""


_YEARS = re.compile(r"\b20\d\d\b(?:-20\d\d\b)?(?!/)")


_DELAYS = ("mois", "semaine", "jour")
"""Units of durations that may be taken for one another whatever they are of."""


_TIMELESS = 2
"""Exercices that what holds for none is held to be from another."""


def pool(facts: Iterable[Fact], material: Material, entries: Entries) -> tuple[Fact, ...]:
    """What wrong answers are taken from: the facts of every register, of the statements of the
    theme, and of the texts that its facts stand in."""
    texts = {fact.unit.document.document_id: fact.unit.document for fact in facts}
    around = [unit for document in texts.values() for unit in document_units(document)]
    order = replace(material.order, exercice=None)
    near = facts_of(Material(order, "", statements=(*material.statements, *around)))
    return (*register_facts(entries), *near)


def facts_like(fact: Fact, index: Index) -> tuple[Fact, ...]:
    """Facts of all the statements of the index that hold a quantity of a fact's kind."""
    if fact.kind in ("actor", "wave", "objective"):
        return ()
    return _of_kind(fact.kind, index)


@lru_cache(maxsize=16)
def _of_kind(kind: str, index: Index) -> tuple[Fact, ...]:
    found = {
        told.unit.key: told.unit
        for value, several in holdings(index).by_value.items()
        if value.startswith(f"{kind}:")
        for told in several
        if told.unit.anchor is not None  # a deposited text lends nothing to others' questions
    }
    return facts_of(Material(Order("", date.min), "", statements=tuple(found.values())))


@lru_cache(maxsize=2)
def register_facts(entries: Entries) -> tuple[Fact, ...]:
    """The facts of every register."""
    return facts_of(
        Material(
            Order("", date.min),
            "",
            entries.of(Obligation),
            entries.of(Funding),
            entries.of(Deadline),
            entries.of(Eligibility),
            entries.of(Objective),
        )
    )


def rivals(fact: Fact, pool: Iterable[Fact]) -> list[Fact]:
    """Facts of the same kind, the likeliest to be taken for it first; one a value."""
    others = [one for one in pool if one.kind == fact.kind and _near(fact, one)]
    others.sort(key=lambda one: _distance(fact, one))
    if fact.kind == "actor":  # one that often acts is likelier than one that hardly does
        often = Counter(one.value for one in others)
        others.sort(key=lambda one: -often[one.value])
    if fact.kind in OF_A_FAMILY:
        others.sort(key=lambda one: (not are_kin(fact, one), _binds(fact) != _binds(one)))
    found: dict[str, Fact] = {}
    for one in others:
        if one.value != fact.value:
            found.setdefault(one.value, one)
    return list(found.values())


def are_kin(fact: Fact, other: Fact) -> bool:
    """Whether two facts are proved by texts of one theme: dates of contracts, not of a decree."""
    return bool(_families(fact.proofs) & _families(other.proofs))


@lru_cache(maxsize=4_000)
def _families(proofs: frozenset[str]) -> frozenset[str]:
    """Ids of the themes that some proofs' texts are of."""
    documents = {proof.partition("#")[0] for proof in proofs}
    return frozenset(
        theme.id
        for theme in themes().values()
        if any(fnmatchcase(name, p) for name in documents for p in theme.documents)
    )


def _binds(fact: Fact) -> bool:
    """Whether a date is one to keep rather than that of a text."""
    return isinstance(fact.row, Obligation) or (isinstance(fact.row, Deadline) and binds(fact.row))


def _is_of_its_text(fact: Fact) -> bool:
    """Whether a date is that on which its own text was signed, which nobody had to meet."""
    signed = fact.unit.document.identity.signed_on
    return signed is not None and fact.value == f"date:{signed.isoformat()}"


def _near(fact: Fact, other: Fact) -> bool:
    """Whether a value has the size of another: two years apart for dates, tenfold for
    percentages, fourfold for amounts, durations and numbers, which count the same thing; wordings
    of a like length; an actor that there was then."""
    if fact.kind == "wave":
        return True
    if fact.kind == "actor":
        of_contracts = bool(other.exercices) or not fact.exercices
        return of_contracts and existed(other.value.partition(":")[2], fact.exercices)
    if fact.kind == "objective":
        lengths = sorted((len(fact.shown), len(other.shown)))
        return other.subject != fact.subject and lengths[1] <= 3 * lengths[0]
    mine, its = magnitude(fact.value), magnitude(other.value)
    if fact.kind in ("date", "month"):
        return abs(mine - its) <= 800 and not (_binds(fact) and _is_of_its_text(other))
    if fact.kind == "duration" and (_unit(fact), fact.is_age) != (_unit(other), other.is_age):
        return False
    if fact.kind == "number" and not _count_alike(fact, other):
        return False
    if fact.kind == "duration" and not _on_alike(fact, other):
        return False
    if fact.is_age:
        return abs(mine - its) <= _AGES_APART
    most = 10 if fact.kind == "percent" else 4
    return min(mine, its) > 0 and max(mine, its) / min(mine, its) <= most


def _on_alike(fact: Fact, other: Fact) -> bool:
    """Whether two durations are of one theme or delays, and where both count hours, of one
    subject."""
    mine, its = ({t for t in terms_of(one.words) if t.isalpha()} for one in (fact, other))
    shared = len(mine & its) >= _SHARED_TERMS
    near = are_kin(fact, other) and _unit(fact) != "heure"
    return shared or near or (_unit(fact) in _DELAYS and not fact.is_age)


def _count_alike(fact: Fact, other: Fact) -> bool:
    """Whether two numbers are of the same noun, both whole or the first one not, and neither told
    of one year: one may be a part of the other."""
    whole = "." in other.value and "." not in fact.value
    mine, its = (set(_YEARS.findall(one.unit.text)) for one in (fact, other))
    return not (whole or mine & its) and fact.noun.rstrip("sx") == other.noun.rstrip("sx")


def _unit(fact: Fact) -> str:
    unit = fact.value.partition(" ")[2]
    return unit if unit == "mois" else unit.removesuffix("s")


def _distance(fact: Fact, other: Fact) -> tuple[float, ...]:
    """How far a fact is from another: exercices apart for words; for quantities, of another
    noun, of a collectivité rather than national or less round, then in value."""
    apart = min((abs(a - b) for a in fact.exercices for b in other.exercices), default=_TIMELESS)
    if fact.kind in ("actor", "wave", "objective"):
        return (float(apart),)
    mine, its = magnitude(fact.value), magnitude(other.value)
    if fact.kind in ("date", "month"):
        return (abs(mine - its),)
    apart_in_kind = _is_local(fact) != _is_local(other)
    unlike = apart_in_kind
    rounded = ("illion" in fact.shown) != ("illion" in other.shown)
    finer = ("," in fact.shown) != ("," in other.shown)
    return (float(unlike), float(rounded), float(finer), min(apart, 2), abs(math.log(mine / its)))


def _is_local(fact: Fact) -> bool:
    return bool(places_of(fact.unit.text))
