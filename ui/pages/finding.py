"""The places of a text that hold what a reader looks for in it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from corpus.lexicon import fold, folded_words

FOUND_AT_MOST: Final = 200
_AROUND_CHARS: Final = 60
_ALONE_CHARS: Final = 4


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]``, in code points, end excluded."""

    start: int
    end: int


def find(text: str, asked: str) -> list[Span]:
    """The first ``FOUND_AT_MOST`` places where the words of ``asked`` follow one another; where
    they never do, those of any of them.

    Capitals, accents and punctuation between words make no difference; a word may be begun only.
    """
    words = folded_words(asked)
    if not words:
        return []
    folded, places = _folded(text)
    together = r"[\W_]+".join(map(re.escape, words))
    apart = "|".join(re.escape(word) for word in words if len(word) >= _ALONE_CHARS)
    for wanted in filter(None, (together, apart)):
        matches = islice(re.finditer(rf"\b(?:{wanted})\w*", folded), FOUND_AT_MOST)
        found = [Span(places[m.start()], places[m.end() - 1] + 1) for m in matches]
        if found:
            return found
    return []


def around(text: str, span: Span) -> tuple[str, str, str]:
    """What stands before a place, the place, what stands after, within one line of the text."""
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    last = len(text) if last < 0 else last
    before, after = text[first : span.start], text[span.end : last]
    if len(before) > _AROUND_CHARS:
        before = "…" + before[-_AROUND_CHARS:].partition(" ")[2]
    if len(after) > _AROUND_CHARS:
        after = after[:_AROUND_CHARS].rpartition(" ")[0] + "…"
    return before, text[span.start : span.end], after


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """``text`` folded, and the place in ``text`` of each of its characters."""
    pieces, places = [], []
    for at, character in enumerate(text):
        piece = fold(character) if not unicodedata.combining(character) else ""
        pieces.append(piece)
        places += [at] * len(piece)
    return "".join(pieces), places
