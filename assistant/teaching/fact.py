"""A quizzable fact: what is asked, its answer, and the statement that proves it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.proofs import conflicts
from assistant.units import Unit
from corpus.lexicon import fold
from corpus.quantities import find_quantities
from corpus.registry import Funding, Row
from ingest.lexical import terms

FactKind = Literal[
    "date", "month", "amount", "percent", "duration", "number", "actor", "wave", "objective"
]
ACTORS = {
    "département": r"\bdepartements?\b|\bdepartementa(?:l|ux)\b|\bcollectivites?\b",
    "préfet": r"\bprefets?\b|\bprefectures?\b",
    "ARS": r"\bars\b|\bagences? regionales? de sante\b",
    "État": r"\betat\b|\bministres?\b|\bministeres?\b|\bgouvernement\b|\bsecretaires? d'etat\b",
    "GIP": r"\bgip\b|\b119\b|\bfrance enfance protegee\b",
    "juge": r"\bjuges?\b|\btribuna(?:l|ux)\b",
}
"""Actors that a quiz can ask for, and how a statement names them (folded)."""
_SINCE = {"GIP": 2023}
"""First exercice of an actor that hasn't always been: the GIP was set up in 2023."""
_AGED = re.compile(r"(?:\b(?:moins|plus|enfants?) de|\bavant(?: les)?|\bjusqu'aux)\s*$")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something sure that can be asked.

    ``value`` is the normalised answer (``date:2021-09-30``, ``actor:préfet``), ``shown`` its
    French; ``unit`` is the statement that proves it, ``gaps`` the spans of ``unit.text`` that
    hold the value; ``subject`` names what is asked, ``group`` what may be asked together.
    """

    id: str
    kind: FactKind
    value: str
    shown: str
    unit: Unit
    subject: str
    group: str
    gaps: tuple[tuple[int, int], ...] = ()
    noun: str = ""
    exercices: tuple[int, ...] = ()
    row: Row | None = None

    @property
    def is_age(self) -> bool:
        """Whether its years are those of a person: « moins de 21 ans », « 17 ans révolus »."""
        if self.kind != "duration" or not self.value.endswith(" ans"):
            return False
        before = fold(self.unit.text[: self.gaps[0][0]])
        grown = int(self.value.partition(":")[2].partition(" ")[0]) >= 11
        return grown or self.noun == "revolus" or _AGED.search(before) is not None

    @property
    def proofs(self) -> frozenset[str]:
        """The row's proofs, or those of the statement."""
        return frozenset(self.row.proofs) if self.row else proofs_of(self.unit)

    @property
    def codes(self) -> frozenset[str]:
        """Names of the facts that prove it, which several texts share."""
        return frozenset(proof.partition("#")[2] for proof in self.proofs)

    @property
    def words(self) -> str:
        """The statement without its value."""
        return blanked(self.unit.text, self.gaps, " ")


def blanked(text: str, gaps: Iterable[tuple[int, int]], by: str) -> str:
    """``text`` with ``by`` in place of each span."""
    for start, end in sorted(gaps, reverse=True):
        text = text[:start] + by + text[end:]
    return text


def proofs_of(unit: Unit) -> frozenset[str]:
    """What a statement proves, as the registers write it; empty without an anchor."""
    facts = unit.anchor.facts if unit.anchor else ()
    return frozenset(f"{unit.document.document_id}#{fact}" for fact in facts)


def is_of_contracts(row: Funding) -> bool:
    """Whether an amount is what a source brings to the contracts of an exercice, not another
    perimeter of the same source (action 17, a plan)."""
    return row.source != "autre" and row.id.startswith("contractualisation-")


def names(actor: str, text: str) -> bool:
    """Whether a text names an actor."""
    return re.search(ACTORS[actor], fold(text)) is not None


def existed(actor: str, exercices: Iterable[int]) -> bool:
    """Whether there was such an actor in the first of some exercices, at any time without any."""
    return min(exercices, default=9999) >= _SINCE.get(actor, 0)


@dataclass(frozen=True, slots=True)
class Disputed:
    """A disagreement of the register: its proofs, the terms of what it is about, what its sides
    give."""

    proofs: frozenset[str]
    about: frozenset[str]
    values: frozenset[str]


@cache
def disputes() -> tuple[Disputed, ...]:
    """The disagreements of the register, read once."""
    return tuple(
        Disputed(
            frozenset(row.proofs),
            frozenset(terms(row.about)),
            frozenset(f"{q.kind}:{q.value}" for s in row.sides for q in find_quantities(s.says)),
        )
        for row in conflicts()
    )
