"""Which heading stands under which, in documents that mix two ways of marking them.

A reader's headings have levels (``##``, ``h3``); headings found in the text have the rank of their
words (« Titre » holds « Chapitre »). The first rule among themselves, the second go under them.
Where a reader gives one level to « I. » and « A. » alike, as for plain text, their words decide.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.headings import LEAF_RANK, Opening

# A found heading this wide (annex, fiche, book, part, title) may hold the reader's headings.
_WIDE_RANK = 10


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading under which the next blocks stand.

    ``own`` ones came from the reader at the level ``given``; ``level`` is the one they have here.
    """

    title: str
    level: int
    own: bool
    opening: Opening | None = None
    given: int = 0

    @property
    def rank(self) -> int | None:
        """Its place among headings found in the text, ``None`` when its words give none."""
        if self.opening is None or (self.own and not self.opening.strong):
            return None
        return self.opening.rank


class Nesting:
    """The headings open at one point of a document, the widest first."""

    def __init__(self) -> None:
        self._open: list[_Open] = []

    @property
    def path(self) -> tuple[str, ...]:
        """Their titles, the widest first; the document's own title stays out."""
        return tuple(heading.title for heading in self._open if heading.title)

    def open_title(self) -> None:
        """Opens the document's title: wider than all, and no part of any path."""
        self._open = [_Open("", 0, own=True)]

    def open_own(self, title: str, given: int, opening: Opening | None) -> int:
        """Opens a heading that the reader gave with its level (1 the widest); returns its level.

        Only a wide found heading stays open above it: « Annexe 3 », then the annex's own titles;
        and a heading of the same level whose words are wider: « ## I. – », then « ## A. – ».
        """
        if opening is not None and opening.form == "listed":
            opening = None
        del self._open[self._place_own(given, opening) :]
        parent = self._open[-1].level if self._open else 0
        level = max(given, parent + 1)
        self._open.append(_Open(title, level, own=True, opening=opening, given=given))
        return level

    def _place_own(self, given: int, opening: Opening | None) -> int:
        """How many of the open headings stay above one that the reader gave at this level."""
        place = self._first(
            lambda heading: (
                heading.given >= given
                if heading.own
                else (heading.rank or 0) > _WIDE_RANK or heading.level >= given
            )
        )
        rest = self._open[place:]
        if opening is None or not rest or not rest[0].own or rest[0].given > given:
            return place
        sibling = next((n for n, other in enumerate(rest) if _same_shape(other, opening)), None)
        if sibling is not None:
            return place + sibling
        for n, other in enumerate(rest):
            if other.opening is None or _ends(other.opening.rank, opening):
                return place + n
        return len(self._open)

    def open_found(self, title: str, opening: Opening) -> int:
        """Opens a heading found in the text; returns its level, under that of its parent."""
        del self._open[self._place(opening) :]
        own = max((heading.level for heading in self._open if heading.own), default=0)
        parent = self._open[-1].level if self._open else 0
        level = max(own + opening.shown, parent + 1)
        self._open.append(_Open(title, level, own=False, opening=opening))
        return level

    def _place(self, opening: Opening) -> int:
        """How many of the open headings stay above this one.

        A sibling tells first. Without one, a first number (« A. » under « 1. ») opens a level of
        its own, since circulars don't all number in the same order; else ranks decide.
        """
        sibling = self._first(lambda heading: _are_siblings(heading, opening))
        wider = self._first(
            lambda heading: heading.rank is not None and _ends(heading.rank, opening)
        )
        fixed = opening.strong and not opening.thematic
        return sibling if sibling < len(self._open) and not fixed else min(sibling, wider)

    def _first(self, holds: Callable[[_Open], bool]) -> int:
        """The place of the first open heading for which this holds, else past the last."""
        for place, heading in enumerate(self._open):
            if holds(heading):
                return place
        return len(self._open)


def _ends(rank: int, opening: Opening) -> bool:
    """Whether a new heading ends an open one of this rank that is no sibling of it."""
    if opening.ordinal == 1 and (opening.thematic or not opening.strong):
        return rank == LEAF_RANK
    return rank >= opening.rank


def _same_shape(heading: _Open, opening: Opening) -> bool:
    """Whether both bear the same kind of number, annex parts apart from annexes."""
    other = heading.opening
    return other is not None and (other.shape, other.rank) == (opening.shape, opening.rank)


def _are_siblings(heading: _Open, opening: Opening) -> bool:
    """Whether a new heading stands beside an open one, and so closes it."""
    other = heading.opening
    if other is None or other.shape != opening.shape:
        return False
    if opening.within is not None and other.within is None:
        return other.ordinal != opening.within  # « Annexe 3-1 » stands under « Annexe 3 » only
    if heading.own and not opening.strong:
        # A reader's « ## II. … » isn't closed by the « I. – » of a paragraph under it.
        return opening.ordinal is not None and opening.ordinal - 1 == other.ordinal
    return True
