"""Whether a text holds an accepted wording: figures in any French form, words as they are read.

A figure is a quantity or an official reference. A wording with figures needs each of them in the
text, in its order and close together, and its other words about them. A wording without figures
needs its words in a row, but for articles and plurals.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.collectivites import find_collectivites
from corpus.lexicon import fold
from corpus.quantities import Quantity, find_quantities, normalised
from corpus.references import find_references

NEAR_CHARS = 60
"""How far from a figure the words that go with it may stand."""
JOINED_CHARS = 20
"""How far from each other the figures of one wording may stand (« 2020 à 2023 »)."""

_WORD = re.compile(r"[^\W_]+|\+")
_SENTENCE_END = re.compile(r"[.!?;\n](?!\w)")
_WRITTEN = re.compile(r"\d(?:[\d\s.,]*\d)?")
_BARE_ARTICLE = re.compile(r"\s*\d{1,4}(?:-\d{1,4})+\s*")
_ARTICLES = frozenset("le la les l de du des d au aux".split())
_INDEFINITE = frozenset({"un", "une"})
_JOINTS = frozenset("a et ou".split())
_NAMING = frozenset("article art n no numero nor".split())
_DATED = frozenset({"date", "month", "year"})


@dataclass(frozen=True, slots=True)
class _Figure:
    """``keys`` is all that it proves, the first one what it says; ``counts``: it may have a noun
    of its own (« 30 départements »), as a date may not."""

    keys: tuple[str, ...]
    start: int
    end: int
    counts: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in lower case, without accents nor plural."""

    root: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with its figures and its words, in order."""

    text: str
    figures: tuple[_Figure, ...]
    words: tuple[_Word, ...]

    def same_sentence(self, start: int, end: int) -> bool:
        return _SENTENCE_END.search(self.text, start, end) is None

    def counted_between(self, start: int, end: int) -> bool:
        first = bisect_left(self.figures, start, key=lambda figure: figure.start)
        last = bisect_right(self.figures, end, key=lambda figure: figure.start)
        return any(f.counts and f.end <= end for f in self.figures[first:last])


def holds(text: str, wording: str) -> bool:
    """Whether ``text`` says ``wording``.

    A collectivité is held by its own name only (« Moselle » isn't in « Meurthe-et-Moselle »); a
    bare number also by an amount written with it (« 67,5 » by « 67,5 M€ »), never by a date, a
    percentage or a duration. A bare « 375-3 » is also held by « article 375-3 ». A wording without
    any word or figure is never held.
    """
    said, wanted = _read(text), _read(wording)
    if wanted.figures:
        if _BARE_ARTICLE.fullmatch(wording) and _stands(said, _read(f"article {wording.strip()}")):
            return True
        return _stands(said, wanted)
    code = _collectivite(wording)
    if code is not None:
        return code in {m.collectivite.code for m in find_collectivites(f". {text}")}
    return _in_a_row(said, wanted)


@lru_cache(maxsize=4096)
def _read(text: str) -> _Read:
    text = unicodedata.normalize("NFC", text)
    figures = [_quantity(q, text) for q in find_quantities(text)]
    for reference in find_references(text):
        key = f"reference:{reference.value}"
        figures.append(_Figure((key,), reference.start, reference.end, False))
    words = (_Word(_root(m[0]), *m.span()) for m in _WORD.finditer(text))
    return _Read(text, tuple(sorted(figures, key=lambda f: f.start)), tuple(words))


def _quantity(quantity: Quantity, text: str) -> _Figure:
    """A quantity with what it implies: a date its month, « 107 M€ » the bare 107."""
    written = text[quantity.start : quantity.end]
    keys = [f"{quantity.kind}:{quantity.value}", *sorted(normalised(written))]
    if quantity.kind == "amount" and (digits := _WRITTEN.match(written)):
        keys += sorted(normalised(digits[0]))
    counts = quantity.kind not in _DATED
    return _Figure(tuple(keys), quantity.start, quantity.end, counts)


def _root(word: str) -> str:
    plain = fold(word)
    return plain[:-1] if len(plain) > 3 and plain[-1] in "sx" else plain


def _collectivite(wording: str) -> str | None:
    """The code of the collectivité that the whole wording names."""
    found = find_collectivites(f". {wording.strip()}")
    if len(found) == 1 and (found[0].start, found[0].end) == (2, 2 + len(wording.strip())):
        return found[0].collectivite.code
    return None


def _in_a_row(said: _Read, wanted: _Read) -> bool:
    dropped = _ARTICLES | _INDEFINITE
    row = [w.root for w in wanted.words if w.root not in dropped]
    row = row or [w.root for w in wanted.words]
    kept = [w for w in said.words if w.root not in dropped or w.root in row]
    for at in range(len(kept) - len(row) + 1) if row else ():
        found = kept[at : at + len(row)]
        if [w.root for w in found] == row and said.same_sentence(found[0].start, found[-1].end):
            return True
    return False


def _stands(said: _Read, wanted: _Read) -> bool:
    """Whether a wording with figures stands anywhere."""
    return any(_stands_at(said, wanted, at, 0) for at in range(len(said.figures)))


def _stands_at(said: _Read, wanted: _Read, at: int, nth: int) -> bool:
    """Whether the wording stands from its ``nth`` figure on, that one being ``figures[at]``."""
    here, figure = said.figures[at], wanted.figures[nth]
    if figure.keys[0] not in here.keys:
        return False
    before, after = _company(wanted, nth)
    around = _around(said, here)
    if not all(any(w.root == root and _precedes(said, w, here) for w in around) for root in before):
        return False
    if not all(any(w.root == root and _goes_with(said, w, here) for w in around) for root in after):
        return False
    if nth + 1 == len(wanted.figures):
        return True
    return any(_stands_at(said, wanted, other, nth + 1) for other in _joined(said, at))


def _company(wanted: _Read, nth: int) -> tuple[Sequence[str], Sequence[str]]:
    """The words that go before a figure of a wording (the first one only), and after it."""
    figures, figure = wanted.figures, wanted.figures[nth]
    dropped = _ARTICLES | _JOINTS
    if figure.keys[0].startswith("reference:"):
        dropped |= _NAMING
    words = [w for w in wanted.words if w.root not in dropped]
    before = [w.root for w in words if nth == 0 and w.end <= figure.start]
    end = figures[nth + 1].start if nth + 1 < len(figures) else len(wanted.text)
    after = [w.root for w in words if figure.end <= w.start and w.end <= end]
    return before, after


def _around(said: _Read, figure: _Figure) -> Sequence[_Word]:
    """The words that begin or end near a figure."""
    first = bisect_left(said.words, figure.start - NEAR_CHARS, key=lambda word: word.end)
    last = bisect_right(said.words, figure.end + NEAR_CHARS, key=lambda word: word.start)
    return said.words[first:last]


def _near(said: _Read, start: int, end: int) -> bool:
    """Whether nothing stands between two places: neither a distance, a sentence nor a count."""
    return (
        0 <= end - start <= NEAR_CHARS
        and said.same_sentence(start, end)
        and not said.counted_between(start, end)
    )


def _precedes(said: _Read, word: _Word, figure: _Figure) -> bool:
    return _near(said, word.end, figure.start)


def _goes_with(said: _Read, word: _Word, figure: _Figure) -> bool:
    """Whether a count is of that noun: « 30 départements », or « départements : 30 » where no
    number before the noun takes it."""
    if _near(said, figure.end, word.start):
        return True
    return _precedes(said, word, figure) and not any(
        f.counts and _near(said, f.end, word.start) for f in said.figures
    )


def _joined(said: _Read, at: int) -> Iterator[int]:
    """Figures that stand just after another."""
    here = said.figures[at]
    for other in range(at + 1, len(said.figures)):
        gap = said.figures[other].start - here.end
        if gap > JOINED_CHARS:
            return
        if gap >= 0 and said.same_sentence(here.end, said.figures[other].start):
            yield other
