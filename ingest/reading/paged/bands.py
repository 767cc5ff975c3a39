"""Bands of lines that leave gutters blank: where columns and tables may stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.reading.paged.lines import Line
from ingest.reading.paged.tables import Cell, cells_of

Gap = tuple[float, float]

_FAR = 1e9
_GAP_EMS = 0.75
_BREAK_EMS = 5.0
_HEADING_EMS = 1.6
_LARGER = 1.08
_HEADED = 8
_WRITTEN_LINES = 3
_WRITTEN_WORDS = 3
_SAME_SIZE = 0.5
_EDGE_EMS = 2.0
_MAX_BANDS = 4
_MAX_LINES = 400
_MARKER = re.compile(
    r"[-–—−•‣◦▪▫●○■□➢➤✓*·…o§]|\(?(?:\d{1,3}(?:\.\d{1,2}){0,4}|[a-zA-Z]|[ivxlIVXL]{1,6})"
    r"\s?[.)°/-]{0,2}\s?[-–—]?"
)


@dataclass(slots=True)
class Band:
    """Lines one after the other that leave the same gutters blank.

    ``count`` of them, the last ones, come from where the band was looked for.
    """

    lines: list[Line]
    gutters: list[Gap]
    count: int
    _rows: list[list[Cell]] = field(default_factory=list)

    @property
    def rows(self) -> list[list[Cell]]:
        """Its lines, each cut at the gutters."""
        if not self._rows:
            self._rows = [cells_of(line, self.places) for line in self.lines]
        return self._rows

    @property
    def size(self) -> float:
        """The size of its type."""
        return median(line.size for line in self.lines)

    @property
    def places(self) -> list[float]:
        """Where its columns part."""
        return [(a + b) / 2 for a, b in self.gutters]


def bands_from(lines: Sequence[Line], at: int) -> list[Band]:
    """Give the runs of lines from this one on that leave gutters blank between words.

    The last runs as far as one gutter does; each before it ends where a gutter does.
    """
    common = _gaps(lines[at])
    found: list[tuple[int, list[Gap]]] = []
    last = at + 1
    for line, below in pairwise(lines[at : at + _MAX_LINES]):
        step = below.y - line.y
        if step > _BREAK_EMS * max(line.size, below.size):
            break
        if step > _HEADING_EMS * below.size and _ends_at(lines, at, last, common):
            break
        shared = _shared(common, _gaps(below), _GAP_EMS * below.size)
        if len(shared) < len(common) and last - at > 2 and len(found) < _MAX_BANDS:
            found.append((last, common))
        if not any(map(_is_inner, shared)):
            break
        common, last = shared, last + 1
    if not found or found[-1][0] != last:
        found.append((last, common))
    bands: list[Band] = []
    for end, gaps in found:
        run = list(lines[at:end])
        inner = [gap for gap in gaps if _is_inner(gap)] if len(run) > 1 else []
        gutters = _true_gutters(run, inner) if inner else []
        if gutters:
            bands.append(Band(run, gutters, len(run)))
    return bands


def _ends_at(lines: Sequence[Line], at: int, number: int, gaps: Sequence[Gap]) -> bool:
    """Whether a line after a blank is a heading that ends the band that begins at another.

    A large line does, but in a column of text; one as large as the heading that opens the band
    ends columns of text alone.
    """
    first, line = lines[at], lines[number]
    larger = line.size > _LARGER * first.size
    alike = first.size > _LARGER * lines[at + 1].size and line.size > first.size - _SAME_SIZE
    if not (larger or alike):
        return False
    written = _is_written(lines[at:number], gaps)
    inside = written and _is_inside(lines[number : number + _HEADED], gaps)
    return not inside and (larger or written)


def _is_written(lines: Sequence[Line], gaps: Sequence[Gap]) -> bool:
    """Whether lines of several words stand on both sides of the gutters: text, no table."""
    for gap in filter(_is_inner, gaps):
        place = (gap[0] + gap[1]) / 2
        for before in (True, False):
            counts = [
                sum((w.x0 < place) == before and w.text[0].isalpha() for w in line.words)
                for line in lines
            ]
            filled = [count for count in counts if count]
            if len(filled) < _WRITTEN_LINES or median(filled) < _WRITTEN_WORDS:
                return False
    return True


def _is_inside(lines: Sequence[Line], gaps: Sequence[Gap]) -> bool:
    """Whether the large line that is first stands in a column, and heads it alone.

    It leaves a gutter blank between its words, or the other column isn't cut at its height.
    """
    first = lines[0]
    inner = [gap for gap in _shared(gaps, _gaps(first), _GAP_EMS * first.size) if _is_inner(gap)]
    for gap in inner:
        before, after = first.x0 < gap[0], first.x1 > gap[1]
        if before and after:
            return True
        text = [line for line in lines[1:] if abs(line.size - first.size) > _SAME_SIZE]
        own = [line.y for line in text if (line.x0 < gap[0] if before else line.x1 > gap[1])]
        others = [
            line.y for line in lines[1:] if (line.x1 > gap[1] if before else line.x0 < gap[0])
        ]
        if not own or not others or abs(own[0] - others[0]) > first.size / 2:
            return True
    return False


def _is_inner(gap: Gap) -> bool:
    return gap[0] > -_FAR and gap[1] < _FAR


def _true_gutters(lines: Sequence[Line], gutters: list[Gap]) -> list[Gap]:
    """Leave out what only sets off bullets, numbers of a list or names of fields."""
    kept = list(gutters)
    n = 0
    while n < len(kept):
        start, place = kept[n - 1][1] - 0.1 if n else -_FAR, (kept[n][0] + kept[n][1]) / 2
        parts = [[w.text for w in line.words if start <= w.x0 < place] for line in lines]
        left = [" ".join(part) for part in parts if part]
        right = sum(line.x1 > place for line in lines)
        marks = all(_MARKER.fullmatch(text) for text in left)
        fields = all(text.endswith(":") for text in left)
        if len(left) < 2 or right < 2 or fields or (marks and (n == 0 or len(left) < right)):
            del kept[n]
        else:
            n += 1
    return kept


def _gaps(line: Line) -> list[Gap]:
    """Give the blanks of a line that may be part of a gutter, with those at its two ends."""
    gaps = [(-_FAR, line.x0)]
    end = line.x0
    least = _GAP_EMS * line.size
    led = False
    for word in line.words:
        leads = not word.text.strip(".…_·")
        if word.x0 - end >= least and not (led or leads):
            gaps.append((end, word.x0))
        end, led = max(end, word.x1), leads
    gaps.append((end, _FAR))
    return gaps


def _shared(first: Sequence[Gap], second: Sequence[Gap], least: float) -> list[Gap]:
    """Give where two sorted lists of blanks overlap enough."""
    out: list[Gap] = []
    i = j = 0
    while i < len(first) and j < len(second):
        a, b = max(first[i][0], second[j][0]), min(first[i][1], second[j][1])
        if b - a >= least:
            out.append((a, b))
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return out


def crosses(line: Line, gutter: Gap) -> bool:
    """Whether a word of a line stands in a gutter."""
    return any(word.x0 < gutter[1] and word.x1 > gutter[0] for word in line.words)


def table_lines(band: Band) -> range:
    """Give which lines of a band are the table: text on one side at its ends is left out."""
    filled = [sum(map(bool, row)) > 1 for row in band.rows]
    start, stop = filled.index(True), len(filled) - filled[::-1].index(True)
    larger = (n for n in range(start, stop) if band.lines[n].size > _LARGER * band.size)
    stop = max(start + 1, next(larger, stop))  # a heading ends it
    steps = [b.y - a.y for a, b in pairwise(band.lines[start:stop])]
    usual = min(steps, default=band.size)
    while stop < len(filled):
        line, above = band.lines[stop], band.lines[stop - 1]
        first = line.x0 < band.gutters[0][0]
        if first or line.y - above.y > 1.2 * usual or line.size != above.size:
            break
        stop += 1
    return range(start, stop)


def columns_end(band: Band) -> int:
    """Give where columns end: lines of one side after a wide blank belong to what follows.

    Unless one of them goes to the edge of its column: that one is but longer than the others.
    """
    lines, rows = band.lines, band.rows
    rights = [
        max((row[n][0].x1 for row in rows if row[n]), default=0.0) for n in range(len(rows[0]))
    ]
    usual = median([b.y - a.y for a, b in pairwise(lines)] or [band.size])
    written = _is_written(lines, band.gutters)
    end = len(lines)
    seen: set[int] = set()
    for number in range(len(lines) - 1, 0, -1):
        held = {n for n, cell in enumerate(rows[number]) if cell}
        seen |= held
        edge = _EDGE_EMS * band.size
        if len(seen) > 1 or (
            written and any(rows[number][n][0].x1 > rights[n] - edge for n in held)
        ):
            break
        if lines[number].y - lines[number - 1].y > 1.8 * max(usual, band.size):
            end = number
    return end
