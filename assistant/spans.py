"""A question flattened so that patterns read it, at the offsets of the text as it was typed."""

import re
import unicodedata
from collections.abc import Iterable

from corpus.references import folded

Span = tuple[int, int]
"""Start and end of a stretch, in code points."""

NEAR_CHARS = 60
"""How far before a year or a place the words that change its meaning may stand."""

_SPACES = re.compile(r"\s+")
_ORPHANS = re.compile(
    r"(?:(?:^| )(?:à|a|de|d'|du|des|dans|en|pour|au|aux|le|la|les|l'|et|ou|puis))+(?= ?[?.,:;!]|$)"
)
_SPACED_COMMA = re.compile(r"\s+([,.])")


def flat(text: str) -> str:
    """``text`` in lower case, without accents, with plain hyphens and apostrophes.

    Returns:
        A string of ``len(text)`` code points, so that offsets hold in both.
    """
    return "".join(unicodedata.normalize("NFD", char)[0] for char in folded(text))


def inside(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span stands within one of the others."""
    return any(start <= span[0] and span[1] <= end for start, end in others)


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def replaced(text: str, changes: Iterable[tuple[Span, str]]) -> str:
    """``text`` with each span (they don't overlap) replaced, spaces and orphan words tidied."""
    parts: list[str] = []
    at = 0
    for (start, end), words in sorted(changes):
        parts += (text[at:start], words)
        at = end
    return tidied("".join(parts) + text[at:])


def tidied(text: str) -> str:
    """``text`` with single spaces, and no preposition left without its noun."""
    text = _ORPHANS.sub("", _SPACES.sub(" ", text).strip())
    return _SPACED_COMMA.sub(r"\1", text).strip()
