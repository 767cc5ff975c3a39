"""What a pack is made from: rows of the registers, statements and claims on its theme."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.checking import unproved
from assistant.entries import Entry
from assistant.teaching.pack import Order, Proved
from assistant.units import Unit
from corpus.registry import (
    Conflict,
    Deadline,
    Eligibility,
    Funding,
    Objective,
    Obligation,
    Unknown,
)


class Bibliography:
    """Citations of a pack, numbered from 1 by first use; the same quote keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._citations: list[Citation] = []

    def numbers(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """The numbers of some quotes, which are added where they are new."""
        found = []
        for one in citations:
            key = (one.document_id, one.start, one.end)
            if key not in self._numbers:
                self._citations.append(replace(one, n=len(self._citations) + 1))
                self._numbers[key] = len(self._citations)
            found.append(self._numbers[key])
        return tuple(dict.fromkeys(found))

    def proves(self, text: str, told: Proved) -> bool:
        """Whether the citations of a sentence prove a text too."""
        return not unproved(text, [self._citations[n - 1] for n in told.citations])

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All of them, in the order of their numbers."""
        return tuple(self._citations)


@dataclass(frozen=True, slots=True)
class Reply:
    """The claims of an answer that may be told, as it orders them; ``expected`` are those that
    answer a case, none where ``lacks`` says why (French sentences)."""

    told: tuple[Proved, ...] = ()
    expected: tuple[Proved, ...] = ()
    lacks: tuple[str, ...] = ()
    elsewhen: bool = False
    """Whether nothing is told because every claim is of another exercice than the one asked."""


NO_REPLY = Reply()


@dataclass(frozen=True, slots=True)
class Material:
    """What the corpus proves on a theme for an exercice, before anything is chosen.

    ``statements`` are the anchored statements behind ``claims``, which are answers' claims that
    passed their checks; ``founding`` says what the theme is; the entries are rows with the
    statements that prove them; ``reply`` is what a free question is answered.
    """

    order: Order
    title: str
    obligations: tuple[Entry[Obligation], ...] = ()
    fundings: tuple[Entry[Funding], ...] = ()
    deadlines: tuple[Entry[Deadline], ...] = ()
    eligibilities: tuple[Entry[Eligibility], ...] = ()
    objectives: tuple[Entry[Objective], ...] = ()
    conflicts: tuple[Entry[Conflict], ...] = ()
    unknowns: tuple[Entry[Unknown], ...] = ()
    claims: tuple[Proved, ...] = ()
    statements: tuple[Unit, ...] = ()
    founding: tuple[Proved, ...] = ()
    reply: Reply = NO_REPLY
