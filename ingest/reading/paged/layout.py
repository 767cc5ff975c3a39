"""Lines of a page to regions in reading order: running text, columns, aligned tables.

A region is found by the blanks that stay at one place over several lines (gutters). Text fills
its columns from edge to edge; a table doesn't, and its lines are level.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.reading.paged.bands import Band, bands_from, columns_end, crosses, table_lines
from ingest.reading.paged.lines import TABLE, Line
from ingest.reading.paged.sheets import Rule
from ingest.reading.paged.tables import Table, aligned_table

_TABLE_GAP_EMS = 0.8
_BLOCK_GAP_EMS = 2.0
_MAX_LINES = 400
_MAX_SEARCHED_LINES = 6_000
_MAX_DEPTH = 3
_LEVEL = 0.3
_WRAPPED_EMS = 1.35
_STRAY_SHARE = 0.15
_MANY_LINES = 8
_WIDE = 1.3
_UNEVEN = 0.7
_CELL_LINES = 3
_NUMBER = re.compile(r"[-+−]?[\d\s.,]{1,20}\s?(?:%|€|k€|M€|euros|ans|jours)?|[-–—]|n[cds]\.?")


@dataclass(slots=True)
class Flow:
    """Lines of running text, from top to bottom, between the edges of their column."""

    lines: list[Line]
    left: float
    right: float


Region = Flow | Table


def regions_of(lines: list[Line], across: Sequence[Rule]) -> list[Region]:
    """Give the regions of a page in reading order; every line is in one of them."""
    if not lines:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    if len(lines) > _MAX_LINES:
        return [Flow(lines, left, right)]
    return _Split(across).split(lines, left, right, 0)


class _Split:
    """Cuts lines into regions; ``across`` are the page's horizontal rules."""

    def __init__(self, across: Sequence[Rule]) -> None:
        self.across = across
        self._budget = _MAX_SEARCHED_LINES

    def split(self, lines: list[Line], left: float, right: float, depth: int) -> list[Region]:
        """Give the regions of lines between two edges."""
        regions: list[Region] = []
        flow: list[Line] = []
        at = 0
        while at < len(lines):
            bands = bands_from(lines, at) if depth < _MAX_DEPTH and self._budget > 0 else []
            self._budget -= sum(band.count for band in bands)
            band, kind = self._chosen(bands)
            if band is None:
                longest = bands[-1].count if bands else 0
                step = max(1, longest // 20)  # a long search isn't made again at each line
                flow += lines[at : at + step]
                at += step
                continue
            if kind == "columns":
                end = columns_end(band)
                band = self._with_above(Band(band.lines[:end], band.gutters, end), flow)
                flow = flow[: len(flow) - (len(band.lines) - band.count)]
            inner, taken = self._inside(band, kind, depth)
            lead = band.lines[: taken.start]
            if flow or lead:
                regions.append(Flow(flow + lead, left, right))
            flow = []
            regions += inner
            at += band.count - (len(band.lines) - taken.stop)
        if flow:
            regions.append(Flow(flow, left, right))
        return regions

    def _inside(self, band: Band, kind: str, depth: int) -> tuple[list[Region], range]:
        """Give the regions of a band, and which of its lines they hold."""
        lines = band.lines
        if kind == "table":
            held = table_lines(band)
            inside = lines[held.start : held.stop]
            table = aligned_table(inside, band.gutters, self._rules(inside))
            return [table], held
        regions: list[Region] = []
        columns: list[list[Line]] = [[] for _ in range(len(band.gutters) + 1)]
        for row in band.rows:
            for column, cell in zip(columns, row, strict=True):
                column += cell
        for column in columns:
            column.sort(key=lambda line: line.y)
            if column:
                text = [line for line in column if not line.text.startswith(TABLE)] or column
                edges = min(line.x0 for line in text), max(line.x1 for line in text)
                regions += self.split(column, *edges, depth + 1)
        return regions, range(0, len(lines))

    def _rules(self, lines: Sequence[Line]) -> list[Rule]:
        """Give the rules that cross most of these lines' width."""
        text = [line for line in lines if not line.text.startswith(TABLE)] or lines
        x0, x1 = min(line.x0 for line in text), max(line.x1 for line in text)
        top, bottom = lines[0].y - 2 * lines[0].size, lines[-1].y + 2 * lines[-1].size
        return [
            rule
            for rule in self.across
            if top <= rule.at <= bottom
            and min(rule.end, x1) - max(rule.start, x0) >= (x1 - x0) * 0.6
        ]

    def _chosen(self, bands: list[Band]) -> tuple[Band | None, str]:
        """Give which of the bands from one line is read apart from running text, and how.

        Columns of prose go as far as they can; a table ends where one of its columns does.
        """
        bands = bands[:-1] + [self._without_strays(band) for band in bands[-1:]]
        kinds = [self._kind(band) for band in bands]
        tables = [b for b, kind in zip(bands, kinds, strict=True) if kind == "table"]
        for band in tables:
            if band is bands[-1] or self._is_sure(band):
                return band, "table"
        if kinds and kinds[-1] == "columns" and all(map(_is_prose, _columns(bands[-1]))):
            return bands[-1], "columns"
        for band in tables:
            if band.count > 2:
                return band, "table"
        return (bands[-1], kinds[-1]) if kinds and kinds[-1] != "text" else (None, "text")

    def _without_strays(self, band: Band) -> Band:
        """Leave out the gutter of a column of few lines where the others are columns of prose.

        What stands there (a number in the margin, a cell off the page) stays in its neighbour.
        """
        few = band.count < _MANY_LINES or len(band.gutters) < 2
        if few or self._kind(band) != "text":
            return band
        gutters = list(band.gutters)
        while len(gutters) > 1:
            counts = [len(column) for column in _columns(Band(band.lines, gutters, 0))]
            least = counts.index(min(counts))
            if counts[least] > _STRAY_SHARE * len(band.lines):
                break
            del gutters[min(least, len(gutters) - 1)]
            fewer = Band(band.lines, list(gutters), band.count)
            if self._kind(fewer) == "columns" and all(map(_is_prose, _columns(fewer))):
                return fewer
        return band

    def _is_sure(self, band: Band) -> bool:
        """Whether rules, numbers or a bold head tell a table."""
        columns = _columns(band)
        if len(self._rules(band.lines)) > 2 or any(map(_is_numeric, columns)):
            return True
        return band.lines[0].bold and len(columns) > 2 and not band.lines[1].bold

    def _kind(self, band: Band) -> str:
        """Tell what a band is: ``columns`` to read one by one, a ``table``, or just ``text``."""
        rows, columns = band.rows, _columns(band)
        if any(len(column) < 2 for column in columns):
            return "text"
        prose = all(_is_prose(column) for column in columns)
        ruled = len(self._rules(band.lines)) > 2
        if prose and not ruled and not _breaks_together(columns):
            return "columns"
        wide = min(b - a for a, b in band.gutters) >= _TABLE_GAP_EMS * band.size
        if wide and _is_tabular(rows, columns, ruled):
            return "table"
        if any(_is_numbers(column) for column in columns):
            return "text"  # page numbers of a table of contents
        apart = min(b - a for a, b in band.gutters) >= _BLOCK_GAP_EMS * band.size
        return "columns" if apart and len(columns) == 2 else "text"

    def _with_above(self, band: Band, flow: list[Line]) -> Band:
        """Add the lines just above that keep out of the gutters: a column may begin higher."""
        pulled = 0
        for line in reversed(flow):
            below = flow[len(flow) - pulled] if pulled else band.lines[0]
            near = below.y - line.y <= 2 * max(below.size, line.size)
            if not near or any(crosses(line, gutter) for gutter in band.gutters):
                break
            pulled += 1
        pulled -= _wrapped(flow[: len(flow) - pulled], flow[len(flow) - pulled :])
        if not pulled:
            return band
        return Band(flow[len(flow) - pulled :] + band.lines, band.gutters, band.count)


def _columns(band: Band) -> list[list[Line]]:
    """Give the lines of each column, ruled tables aside: those may be wider than theirs."""
    rows = band.rows
    cells = ([row[n][0] for row in rows if row[n]] for n in range(len(band.gutters) + 1))
    return [[line for line in column if not line.text.startswith(TABLE)] for column in cells]


def _wrapped(above: Sequence[Line], pulled: Sequence[Line]) -> int:
    """Count the lines that go on from the one above them: the end of a wide title or text."""
    count = 0
    for before, line in pairwise([*above[-1:], *pulled] if above else []):
        same = before.size == line.size and before.bold == line.bold
        if not same or not 0.8 * line.size < line.y - before.y < _WRAPPED_EMS * line.size:
            break
        count += 1
    return count


def _is_prose(column: Sequence[Line]) -> bool:
    """Whether lines fill their column: at least three, of several words, most up to the edge."""
    if len(column) < 3 or median(len(line.words) for line in column) < 3:
        return False
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    full = sum(line.x1 >= right - 0.2 * (right - left) for line in column)
    letters = sum(map(str.isalpha, "".join(line.text for line in column)))
    signs = sum(len(line.text) for line in column)
    return full >= len(column) / 2 and letters >= 0.6 * signs


def _breaks_together(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether wider blanks stand at the same height in all columns: rows of a table.

    The cells of a row rarely are as long as one another, unlike level paragraphs: the blanks
    under them differ, or each has but a few lines.
    """
    broken: list[dict[int, float]] = []
    for column in columns:
        steps = [(b.y - a.y, b.y, b.size) for a, b in pairwise(column)]
        usual = median(step for step, _, _ in steps)
        wide = [(step / usual, y, size) for step, y, size in steps if step > _WIDE * usual]
        broken.append({round(y / (size / 2)): step for step, y, size in wide})
    common = {
        y: [step, *(max(o.get(n, 0.0) for n in (y - 1, y, y + 1)) for o in broken[1:])]
        for y, step in broken[0].items()
        if all({y - 1, y, y + 1} & o.keys() for o in broken[1:])
    }
    if len(common) < 2 or not all(len(common) >= 0.7 * len(others) for others in broken):
        return False
    uneven = sum(max(steps) - min(steps) > _UNEVEN for steps in common.values())
    lines = max(map(len, columns)) / (len(common) + 1)
    return lines <= _CELL_LINES or uneven >= len(common) / 3


def _is_tabular(
    rows: Sequence[Sequence[Sequence[Line]]], columns: Sequence[list[Line]], ruled: bool
) -> bool:
    """Whether level cells look like a table: three columns, numbers, a bold head, or many rows."""
    level = [row for row in rows if sum(map(bool, row)) > 1]
    heads = [cell[0] for row in level[:1] for cell in row if cell]
    flat = sum(_is_level([cell[0] for cell in row if cell]) for row in level)
    if flat < 2 or flat < 0.8 * len(level):
        return False
    if ruled:
        return True
    if len(level) < 0.4 * len(rows):
        return False
    numeric = any(_is_numeric(column) for column in columns)
    headed = all(cell.bold for cell in heads) and not all(
        line.bold for column in columns for line in column
    )
    if len(columns) > 2 and flat >= 2:
        return flat >= 3 or numeric or headed
    return flat >= 3 and (numeric or headed or flat >= 5)


def _is_level(cells: Sequence[Line]) -> bool:
    ys = [cell.y for cell in cells]
    return max(ys) - min(ys) <= _LEVEL * cells[0].size


def _is_numbers(column: Sequence[Line]) -> bool:
    return all(line.text.isdigit() for line in column)


def _is_numeric(column: Sequence[Line]) -> bool:
    """Whether most cells under the first are numbers."""
    below = column[1:]
    return sum(bool(_NUMBER.fullmatch(line.text)) for line in below) >= max(2, 0.6 * len(below))
