"""What a page holds: placed words, straight rules, and how much of it can't be read."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Word(NamedTuple):
    """A run of characters without blank, in display coordinates (points, y grows downward).

    ``y`` is the baseline. ``glued`` says that no blank stands before it (« texte » and its note
    call); ``call`` that it is a raised number. A tuple, since a document has 100,000 of them.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    glued: bool = False
    call: bool = False


class Rule(NamedTuple):
    """A straight line: at ``at`` on one axis, from ``start`` to ``end`` on the other (points)."""

    at: float
    start: float
    end: float


class Dot(NamedTuple):
    """A small shape that may be the bullet of a list: its box (points)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Sheet:
    """One page; ``number`` counts from 1.

    ``signs`` counts its characters that aren't blank, ``lost`` those without a meaning in
    Unicode. ``drawn`` says that a picture, or shapes as of letters, fill a page without text.
    """

    number: int
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    words: list[Word] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    signs: int = 0
    lost: int = 0
    drawn: bool = False
