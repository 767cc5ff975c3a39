"""Words to lines: those on one baseline, from left to right, with note calls between marks."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading.paged.sheets import Dot, Word

CALL, END = "\ufdd0", "\ufdd1"
"""What stands around the number of a note call until ``settled`` (no text holds them)."""

TABLE = "\ufdd2"
"""What opens the text of a line that stands for a ruled table, before its number."""

_SAME_LINE = 0.3
_RAISED_SIZE = 0.86
_RAISED_RISE = 0.7
_RAISED_NUMBER = 0.2
_RAISED_LONG = 0.82
_RAISED_WORDS = 4
_ENDING = 4
_NEXT_EMS = 0.5
_ROWS_BELOW = 4
_GLUED_EMS = 0.1
_LOWERED = 0.35
_CALL_EMS = 0.6
_MIDDLE = 0.28
_SPACED_LETTERS = 5
_SPACED_SHARE = 0.6
_SPACED_BREAK = 1.6
_DOT_OFF = 0.3
_DOT_EMS = 2.5
_OVER_SHARE = 0.4
_FEW_OVER = 3
_LEADERS = re.compile(r"(?:\s?[.…_·]){5,}")
_RAISED = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[^\W\d_][.,;»)])|^)[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?!\w)")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ORDINALS = {"o": "°", "os": "°s"}
_CALLS = re.compile(f"{CALL}(\\d{{1,3}}){END}")


@dataclass(slots=True)
class Line:
    """Words on one baseline; ``y`` grows downward, ``bold`` when all its letters are."""

    words: list[Word]
    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    page: int

    @property
    def leads(self) -> bool:
        """Whether a row of dots leads to a page number: a line of a table of contents."""
        return bool(_LEADERS.search(self.text))


def lines_of(words: Iterable[Word], page: int) -> list[Line]:
    """Give the lines of a page or of a part of it, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.y):
        if rows and word.y - rows[-1][0].y <= _SAME_LINE * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    parted = [part for row in rows for part in _overprinted(row)]
    return [line_of(row, page) for row in _with_raised(parted)]


def bulleted(words: Sequence[Word], dots: Sequence[Dot]) -> list[Word]:
    """Give words with a « • » for each drawn dot that stands just before a line."""
    out = list(words)
    for dot in dots:
        middle = (dot.y0 + dot.y1) / 2
        level = [w for w in words if abs(w.y - _MIDDLE * w.size - middle) <= _DOT_OFF * w.size]
        after = [w for w in level if 0 <= w.x0 - dot.x1 <= _DOT_EMS * w.size]
        if after and not any(-_DOT_EMS * w.size < w.x0 - dot.x1 < 0 for w in level):
            near = min(after, key=lambda w: w.x0)
            out.append(Word("•", dot.x0, dot.x1, near.y, near.size))
    return out


def line_of(words: Iterable[Word], page: int) -> Line:
    """Give one line of words, in any order."""
    row = _unspaced(sorted(words, key=lambda w: w.x0))
    sizes: Counter[float] = Counter()
    for word in row:
        sizes[word.size] += len(word.text)
    lettered = [w.bold for w in row if any(map(str.isalnum, w.text))]
    bold = all(lettered) if lettered else row[0].bold
    return Line(
        row,
        text_of(row),
        row[0].x0,
        max(w.x1 for w in row),
        max(w.y for w in row),
        sizes.most_common(1)[0][0],
        bold,
        page,
    )


def _overprinted(row: list[Word]) -> list[list[Word]]:
    """Part words of another size printed over those of a line: a running head laid over text."""
    size = row[0].size
    if all(word.size == size for word in row):
        return [row]
    sorted_ = sorted(row, key=lambda w: w.x0)
    over = sum(
        a.size != b.size and a.x1 - b.x0 > _OVER_SHARE * min(a.x1 - a.x0, b.x1 - b.x0)
        for a, b in pairwise(sorted_)
        if len(a.text) > 1 and len(b.text) > 1
    )
    if over < _FEW_OVER:
        return [row]
    main = Counter(word.size for word in row).most_common(1)[0][0]
    return [[w for w in row if w.size != main], [w for w in row if w.size == main]]


def _unspaced(row: list[Word]) -> list[Word]:
    """Join the letters of spaced-out words (« C I R C U L A I R E »): wider blanks part words."""
    lone = sum(len(word.text) == 1 and word.text.isalpha() for word in row)
    if lone < _SPACED_LETTERS or lone < _SPACED_SHARE * len(row):
        return row
    gaps = [word.x0 - before.x1 for before, word in pairwise(row)]
    usual = sorted(gaps)[len(gaps) // 3]
    if usual <= 0:
        return row
    return row[:1] + [
        word._replace(glued=gap < _SPACED_BREAK * usual)
        for gap, word in zip(gaps, row[1:], strict=True)
    ]


def text_of(words: Sequence[Word]) -> str:
    """Give the text of sorted words: one blank between two, none before a glued one."""
    parts: list[str] = []
    before: Word | None = None
    for word in words:
        plain = before is not None and before.size == word.size and not (before.call or word.call)
        glued = before is not None and (word.glued or (not plain and _touches(before, word)))
        if parts and not glued:
            parts.append(" ")
        small = before is not None and glued and word.size <= _RAISED_SIZE * before.size
        if word.call:
            parts.append(_called(word, before))
        else:
            parts.append(_ordinal(word, parts[-1][-1:]) if small else word.text)
        before = word
    text = "".join(parts)
    if text.isascii():
        return text
    return _RAISED.sub(lambda m: f"{CALL}{m[0].translate(_DIGITS)}{END}", text)


def _touches(before: Word, word: Word) -> bool:
    """Whether a note call follows its word, a stop follows a call, or small type its word."""
    if word.call:
        return word.x0 - before.x1 <= _CALL_EMS * before.size
    if before.call:
        return word.text[0] in ".,;:)]»" and word.text[-1] in ".,;:)]»"
    size = max(before.size, word.size)
    other = min(before.size, word.size) <= _RAISED_SIZE * size
    return other and abs(word.x0 - before.x1) <= _GLUED_EMS * size


def _ordinal(word: Word, before: str) -> str:
    """Give a raised « o » after a number or « n » as the sign that it stands for (« n° »)."""
    if before in ("n", "N") or before.isdigit():
        return _ORDINALS.get(word.text, word.text)
    return word.text


def _called(word: Word, before: Word | None) -> str:
    """Give a raised number as a call, or as it is after a unit (« 12 m2 »)."""
    number = word.text.strip("()[],")
    unit = before is not None and before.text in ("m", "km", "cm", "mm", "dm", "hm", "m.")
    return word.text if unit or not number.isdigit() or len(number) > 3 else f"{CALL}{number}{END}"


def settled(text: str) -> str:
    """Give a text with its note calls as ``[1]``."""
    return _CALLS.sub(r"[\1]", text).replace(CALL, "").replace(END, "") if CALL in text else text


def uncalled(text: str) -> str:
    """Give a text without its note calls."""
    return _CALLS.sub("", text) if CALL in text else text


def _with_raised(rows: list[list[Word]]) -> list[list[Word]]:
    """Join small words above (or just under) a baseline to the line they belong to.

    Those of one height may belong to several lines: of columns that aren't level.
    """
    out: list[list[Word]] = []
    for number, row in enumerate(rows):
        if out and _sits_under(row, out[-1]):
            out[-1] += [word._replace(y=out[-1][0].y) for word in row]
            continue
        left = row
        for below in rows[number + 1 : number + 1 + _ROWS_BELOW]:
            size = max(word.size for word in below)
            if not left or below[0].y - row[0].y > _RAISED_RISE * size:
                break
            runs, left = _runs(left), []
            for run in runs:
                if _hangs(run, below, size):
                    below += [_raised(word, below[0].y) for word in run]
                else:
                    left += run
        if left:
            out.append(left)
    return out


def _runs(row: list[Word]) -> list[list[Word]]:
    """Part words of one height where a blank of more than an em stands."""
    runs: list[list[Word]] = []
    for word in sorted(row, key=lambda w: w.x0):
        if runs and word.x0 - runs[-1][-1].x1 <= word.size:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _hangs(small: list[Word], row: list[Word], size: float) -> bool:
    """Whether words stand raised beside those of a line of this size."""
    number = len(small) == 1 and small[0].text.strip("()[],").isdigit()
    if number and row[0].y - small[0].y >= _RAISED_NUMBER * size:
        return _beside(small, row, size)
    short = all(len(word.text) <= _ENDING for word in small)
    most = _RAISED_SIZE if short else _RAISED_LONG
    if max(word.size for word in small) > most * size or len(small) > _RAISED_WORDS:
        return False
    ends, near = (small[0].x0, small[-1].x1), _NEXT_EMS * size
    close = any(abs(ends[0] - w.x1) <= near or abs(w.x0 - ends[1]) <= near for w in row)
    return (short or close) and _beside(small, row, size)


def _sits_under(small: list[Word], row: list[Word]) -> bool:
    size = max(word.size for word in row)
    under = small[0].y - row[0].y <= _LOWERED * size
    return under and max(w.size for w in small) <= _RAISED_SIZE * size and _beside(small, row, size)


def _beside(small: list[Word], row: list[Word], size: float) -> bool:
    """Whether each small word touches a word of the line, at most an em away."""
    return all(
        any(-size <= word.x0 - other.x1 <= size or -size <= other.x0 - word.x1 <= size
            for other in row)
        for word in small
    )  # fmt: skip


def _raised(word: Word, y: float) -> Word:
    number = word.text.strip("()[],")
    return word._replace(y=y, call=number.isdigit() and len(number) <= 3, glued=False)
