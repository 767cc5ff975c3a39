"""What an index holds, statement by statement: the values each gives, what it speaks of."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.teaching.fact import names
from assistant.teaching.gaps import magnitude
from assistant.units import Unit, document_units
from corpus.collectivites import find_collectivites
from corpus.quantities import find_quantities
from ingest.index import Index
from ingest.lexical import terms

COVERS = 0.6
"""Share of a subject's information from which a statement is held to speak of it."""
_ROUNDING = 0.05
_CALENDAR = 0.02
"""Between a duration and the same one in another unit: 360 days of twelve months, 365 of a year."""


@dataclass(frozen=True)
class Told:
    """A statement of the index and the values it holds (``date:2021-09-30``)."""

    unit: Unit
    values: frozenset[str]

    @cached_property
    def spoken(self) -> frozenset[str]:
        """Its terms, with those of its headings."""
        return terms_of(f"{self.unit.text} {self.unit.context}")

    @cached_property
    def places(self) -> frozenset[str]:
        """Codes of the collectivités that it names."""
        return places_of(self.unit.text)


class Holdings:
    """The statements of an index, and those that hold each value."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._weights: dict[str, float] = {}
        self._naming: dict[str, tuple[Told, ...]] = {}
        self.statements: list[Told] = []
        by_value: dict[str, list[Told]] = {}
        for document_id in index.texts.document_ids:
            document = index.texts.document(document_id)
            for unit in document_units(document) if document else ():
                found = find_quantities(unit.text)
                told = Told(unit, frozenset(f"{q.kind}:{q.value}" for q in found))
                self.statements.append(told)
                for value in told.values:
                    by_value.setdefault(value, []).append(told)
        self.by_value: Mapping[str, list[Told]] = by_value

    def naming(self, actor: str) -> tuple[Told, ...]:
        """Statements that name an actor."""
        if actor not in self._naming:
            held = (told for told in self.statements if names(actor, told.unit.text))
            self._naming[actor] = tuple(held)
        return self._naming[actor]

    def holding(self, value: str) -> Iterator[Told]:
        """Statements that hold a value: its date without year or its month too, an amount or a
        percentage rounded."""
        for held, told in self.by_value.items():
            if same(value, held) or within(value, held):
                yield from told

    def covers(self, subject: frozenset[str], spoken: frozenset[str]) -> bool:
        """Whether words speak of a subject: they hold most of its information."""
        whole = math.fsum(self._weight(term) for term in subject)
        held = math.fsum(self._weight(term) for term in subject & spoken)
        return held >= COVERS * whole

    def _weight(self, term: str) -> float:
        """Inverse document frequency; a notion repeats others and a number tells little."""
        if term not in self._weights:
            rows = max(self._index.manifest.passages, 1)
            frequency = min(max(self._index.lexical.document_frequency(term), 1), rows)
            weight = math.log(1.0 + rows / frequency)
            self._weights[term] = weight / 2 if term[0] in "=@" or term.isdigit() else weight
        return self._weights[term]


@lru_cache(maxsize=2)
def holdings(index: Index) -> Holdings:
    """What an index holds, read once."""
    return Holdings(index)


@lru_cache(maxsize=20_000)
def terms_of(text: str) -> frozenset[str]:
    """Index terms of a text."""
    return frozenset(terms(text))


@lru_cache(maxsize=20_000)
def places_of(text: str) -> frozenset[str]:
    """Codes of the collectivités that a text names."""
    return frozenset(m.collectivite.code for m in find_collectivites(f". {text}"))


def elsewhere(asked: frozenset[str], told: frozenset[str]) -> bool:
    """Whether a statement is on other collectivités than those asked."""
    return bool(asked and told) and not asked & told


def same(one: str, other: str) -> bool:
    """Whether two values are one, or round to one another."""
    kind, _, plain = one.partition(":")
    other_kind, _, other_plain = other.partition(":")
    if kind in ("amount", "percent") and other_kind == kind:
        first, second = float(plain), float(other_plain)
        return abs(first - second) <= _ROUNDING * max(first, second)
    if {kind, other_kind} == {"duration"}:  # twelve months are a year, 90 days three months
        first, second = magnitude(one), magnitude(other)
        return abs(first - second) <= _CALENDAR * max(first, second)
    return one == other


def within(value: str, held: str) -> bool:
    """Whether a wider value of a text holds this one: a month or a day without year, a year."""
    if value.startswith("date:"):
        return held in (f"month:{value[5:12]}", f"date:-{value[9:]}")
    if value.startswith("month:"):
        return held.startswith(f"date:{value[6:]}-")
    return value.startswith("number:") and held == value.replace("number:", "amount:")
