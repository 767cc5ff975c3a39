"""Tables to rows of cells: ruled ones by their grid, others by what is aligned."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading.paged.grids import Grid
from ingest.reading.paged.lines import Line, line_of, lines_of
from ingest.reading.paged.sheets import Rule

Cell = list[Line]

_SPANNED_CHARS = 80
_ROW_GAP = 1.25
_FILLED = 0.7
_WRAPPED_LINES = 4


@dataclass(slots=True)
class Table:
    """Rows of cells, each a list of lines; ``x0`` to ``y1`` is where the table stands."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    rows: list[list[Cell]]


def table_of_grid(grid: Grid, page: int) -> Table:
    """Give the rows of a ruled table.

    A short cell over several rows is said again in each; rows that no rule parts are told by what
    is aligned in them.
    """
    rows: list[list[Cell]] = []
    for number, words in enumerate(grid.cells):
        cells = [lines_of(cell, page) for cell in words]
        covered = sum((number, column) in grid.spans for column in range(len(cells)))
        parts = [cells] if covered else _unruled(cells)
        for part in parts:
            if any(part):
                rows.append(part)
        for column, cell in enumerate(cells):
            origin = grid.spans.get((number, column))
            if origin is None or cell or not any(cells):
                continue
            above = lines_of(grid.cells[origin[0]][origin[1]], page)
            if sum(len(line.text) for line in above) <= _SPANNED_CHARS:
                cells[column] = above
    return Table(page, grid.x0, grid.y0, grid.x1, grid.y1, _without_blank_columns(rows))


def aligned_table(
    lines: Sequence[Line], gutters: Sequence[tuple[float, float]], across: Sequence[Rule]
) -> Table:
    """Give the rows of a table without rules between its columns.

    Args:
        lines: its lines over the whole width.
        gutters: the blanks between its columns, ``(x0, x1)``.
        across: the rules that cross it, which part its rows if there are several.
    """
    places = [(x0 + x1) / 2 for x0, x1 in gutters]
    visual = [cells_of(line, places) for line in lines]
    rows = _grouped([line.y for line in lines], visual, across)
    return Table(
        lines[0].page,
        min(line.x0 for line in lines),
        lines[0].y - lines[0].size,
        max(line.x1 for line in lines),
        lines[-1].y,
        rows,
    )


def cells_of(line: Line, places: Sequence[float]) -> list[Cell]:
    """Cut a line at these places; an empty list stands for a column without a word."""
    words: list[list[int]] = [[] for _ in range(len(places) + 1)]
    for number, word in enumerate(line.words):
        words[bisect_right(places, (word.x0 + word.x1) / 2)].append(number)
    return [[line_of([line.words[n] for n in cell], line.page)] if cell else [] for cell in words]


def _grouped(
    ys: Sequence[float], visual: Sequence[list[Cell]], across: Sequence[Rule]
) -> list[list[Cell]]:
    """Join the lines of one row: by rules, else by wider gaps, else by the first column."""
    ruled = _by_rules(ys, across)
    groups = ruled or _by_gaps(ys)
    rows: list[list[Cell]] = []
    for first, last in groups:
        part = list(visual[first:last])
        starts = {0} if ruled and len(part) <= _WRAPPED_LINES else _starts(part)
        for number, cells in enumerate(part):
            if number in starts or not rows or number == 0:
                rows.append([list(cell) for cell in cells])
            else:
                for cell, more in zip(rows[-1], cells, strict=True):
                    cell += more
    return rows


def _by_rules(ys: Sequence[float], across: Sequence[Rule]) -> list[tuple[int, int]]:
    """Give the spans of lines between rules; none where too few rules part the lines."""
    cuts = sorted({bisect_right(ys, rule.at) for rule in across if ys[0] < rule.at < ys[-1]})
    if len(cuts) < 2:
        return []
    return list(pairwise([0, *cuts, len(ys)]))


def _by_gaps(ys: Sequence[float]) -> list[tuple[int, int]]:
    steps = [b - a for a, b in pairwise(ys)]
    if not steps:
        return [(0, len(ys))]
    least = min(steps)
    cuts = [n for n, step in enumerate(steps, 1) if step > _ROW_GAP * least]
    return list(pairwise([0, *cuts, len(ys)]))


def _starts(part: Sequence[list[Cell]]) -> set[int]:
    """Give which lines of a group begin a row.

    All that are filled, where most are; else the group is one row of wrapped cells.
    """
    if len(part) < 2:
        return {0}
    columns = len(part[0])
    full = [sum(map(bool, cells)) > columns / 2 and bool(cells[0]) for cells in part]
    begin = [is_full and not _wraps(cells) for is_full, cells in zip(full, part, strict=True)]
    if sum(begin) >= _FILLED * len(part) or (len(part) > 2 and sum(begin) >= len(part) / 2):
        return {number for number, starts in enumerate(begin) if starts}
    lead = [number for number, cells in enumerate(part) if cells[0]]
    if len(lead) < len(part) and not any(_wraps([part[n][0]]) for n in lead):
        return set(lead)
    return {0}


def _wraps(cells: Sequence[Cell]) -> bool:
    """Whether a line of cells goes on from the one above: most open in lower case."""
    texts = [cell[0].text for cell in cells if cell]
    return sum(text[:1].islower() for text in texts) > len(texts) / 2


def _unruled(cells: list[Cell]) -> list[list[Cell]]:
    """Part the rows of a ruled row that holds several (rules around the table alone)."""
    filled = [cell for cell in cells if cell]
    counts = {len(cell) for cell in filled}
    if len(filled) < 2 or len(counts) > 1 or max(counts) < 3:
        return [cells]
    size = filled[0][0].size
    for alike in zip(*filled, strict=True):
        level = max(line.y for line in alike) - min(line.y for line in alike) <= size / 3
        if not level or sum(line.text[:1].islower() for line in alike) > len(alike) / 2:
            return [cells]
    return [[[cell[n]] if cell else [] for cell in cells] for n in range(max(counts))]


def _without_blank_columns(rows: list[list[Cell]]) -> list[list[Cell]]:
    kept = [n for n in range(len(rows[0])) if any(row[n] for row in rows)] if rows else []
    return [[row[n] for n in kept] for row in rows]
