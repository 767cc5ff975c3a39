"""Key points that say again what a former one says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.teaching.pack import Proved
from corpus.quantities import normalised
from ingest.lexical import terms

Subject = Literal[
    "founding", "frame", "rule", "actor", "piece", "goal", "date", "money", "former", "text"
]
ALIKE, HELD, ALIKE_WITH_FIGURES, HELD_SAME = 0.5, 0.8, 0.5, 0.55
"""Two sentences are alike from this share of their words together, or of the words of the shorter
one (``HELD``; less when they give the same figures, ``HELD_SAME`` where both answer one
question)."""
_SCENE = frozenset("articl cod casf loi decret circulair instruct selon prevoit".split())
"""Stems of words that name a text: two sentences on one article aren't alike for that."""


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence that may be a key point, and what it is about."""

    told: Proved
    subject: Subject


def without_repeats(points: Iterable[Point]) -> list[Point]:
    """``points`` but those that say again what a former one says."""
    kept: list[Point] = []
    read: list[_Said] = []
    ids: set[str] = set()
    for point in points:
        said = _said(point.told.text)
        again = point.told.id in ids
        if point.subject != "former":  # it tells two dates, one of which was told
            again = again or any(_alike(said, other) for other in read)
        if point.subject == "founding":  # or of the answer to a question: it tells a new figure
            again = again and said.figures <= {one for other in read for one in other.figures}
            again = again or point.told.id in ids or any(_repeats(said, other) for other in read)
        if point.subject == "money" and said.amounts:
            again = again or any(said.amounts <= other.amounts for other in read)
        if not again:
            kept.append(point)
            read.append(said)
            ids.add(point.told.id)
    return kept


@dataclass(frozen=True, slots=True)
class _Said:
    """Words of a sentence without its figures, its figures, and the amounts among them."""

    words: frozenset[str]
    figures: frozenset[str]
    amounts: frozenset[str]
    notions: frozenset[str] = frozenset()

    @property
    def values(self) -> frozenset[str]:
        """Its figures but plain numbers, which may be those of an article or of an objective."""
        return frozenset(one for one in self.figures if not one.startswith("number:"))


def _said(text: str) -> _Said:
    words = frozenset(t for t in terms(text) if t[0] not in "=@" and t not in _SCENE)
    figures = frozenset(f for f in normalised(text) if not f.startswith("year:"))
    plain = frozenset(word for word in words if word.isalpha())
    notions = frozenset(t for t in terms(text) if t.startswith("="))
    return _Said(plain, figures, frozenset(f for f in figures if f.startswith("amount:")), notions)


def _repeats(one: _Said, other: _Said) -> bool:
    """Whether a sentence gives only values that another gave, of what it speaks of."""
    if not one.values or not one.values <= other.values:
        return False
    mine = one.words | one.notions
    return len(mine & (other.words | other.notions)) >= HELD_SAME * len(mine)


def _alike(one: _Said, other: _Said) -> bool:
    """Whether two sentences say the same: most words, and figures that agree."""
    common = len(one.words & other.words)
    share = common / max(1, min(len(one.words), len(other.words)))
    shorter, longer = sorted((one, other), key=lambda said: len(said.words))
    if shorter.figures <= longer.figures and share >= HELD:
        return True
    if one.figures or other.figures:
        agree = one.figures == other.figures or one.figures & other.figures
        return bool(agree) and share >= ALIKE_WITH_FIGURES
    return common / max(1, len(one.words | other.words)) >= ALIKE
