"""Tables drawn with rules: the grid of a group of crossing lines, and the words in its cells."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.reading.paged.sheets import Rule, Sheet, Word

_NEAR = 3.0
_MAX_RULES = 400
_MAX_CELLS = 6_000
_MIDDLE = 0.3
_LONG_CELL_WORDS = 250


@dataclass(slots=True)
class Grid:
    """A ruled table: where it stands, and the words of each cell (``None``: hidden by a span).

    ``cells[row][column]`` holds words; a cell over several rows is given in its first one, and
    ``spans`` maps the places that it covers below to its own.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    edges: list[float]
    cells: list[list[list[Word]]]
    spans: dict[tuple[int, int], tuple[int, int]]

    def holds(self, word: Word) -> bool:
        """Whether a word stands inside the table."""
        x, y = (word.x0 + word.x1) / 2, word.y - _MIDDLE * word.size
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


def grids_of(sheet: Sheet) -> list[Grid]:
    """Give the ruled tables of a page, from top to bottom; frames around text are none."""
    across, down = merged(sheet.across), merged(sheet.down)
    if not across or not down or len(across) + len(down) > _MAX_RULES:
        return []
    found: list[Grid] = []
    for flat, upright in _groups(across, down):
        grid = _grid(flat, upright, sheet)
        if grid is not None:
            found.append(grid)
    found.sort(key=lambda grid: (grid.y0, grid.x0))
    return [g for n, g in enumerate(found) if not any(_inside(g, h) for h in found[:n])]


def _inside(grid: Grid, other: Grid) -> bool:
    return (
        other.x0 - _NEAR <= grid.x0
        and grid.x1 <= other.x1 + _NEAR
        and other.y0 - _NEAR <= grid.y0
        and grid.y1 <= other.y1 + _NEAR
    )


def merged(rules: Sequence[Rule]) -> list[Rule]:
    """Join rules that touch on one line: the borders of neighbouring cells."""
    found: list[Rule] = []
    open_: list[Rule] = []
    for rule in sorted(rules):
        open_ = [other for other in open_ if rule.at - other.at <= _NEAR / 2]
        for place, other in enumerate(open_):
            if rule.start <= other.end + _NEAR and other.start <= rule.end + _NEAR:
                joined = Rule(other.at, min(other.start, rule.start), max(other.end, rule.end))
                found[found.index(other)] = open_[place] = joined
                break
        else:
            found.append(rule)
            open_.append(rule)
        if len(found) > _MAX_RULES:
            break
    return found


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Give the sets of rules that cross or touch one another."""
    owner = list(range(len(across) + len(down)))

    def root(number: int) -> int:
        while owner[number] != number:
            owner[number] = owner[owner[number]]
            number = owner[number]
        return number

    for i, flat in enumerate(across):
        for j, upright in enumerate(down, len(across)):
            if (
                flat.start - _NEAR <= upright.at <= flat.end + _NEAR
                and upright.start - _NEAR <= flat.at <= upright.end + _NEAR
            ):
                owner[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, flat in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(flat)
    for j, upright in enumerate(down, len(across)):
        groups.setdefault(root(j), ([], []))[1].append(upright)
    return [group for group in groups.values() if group[0] and group[1]]


def _steps(places: list[float]) -> list[float]:
    """Give sorted places, near ones as one."""
    steps: list[float] = []
    for place in sorted(places):
        if not steps or place - steps[-1] > _NEAR:
            steps.append(place)
    return steps


def _grid(across: list[Rule], down: list[Rule], sheet: Sheet) -> Grid | None:
    """Give the table of a group of rules, or ``None`` where it is a frame or a drawing."""
    xs = _steps([r.at for r in down] + [min(r.start for r in across), max(r.end for r in across)])
    ys = _steps([r.at for r in across] + [min(r.start for r in down), max(r.end for r in down)])
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 2 or columns * rows > _MAX_CELLS:
        return None
    words = [w for w in sheet.words if ys[0] <= w.y - _MIDDLE * w.size <= ys[-1]]
    owner = _owners(xs, ys, across, down)
    if xs[-1] >= sheet.right - _NEAR:  # it is cut by the page's edge, its words aren't
        xs[-1] = max([xs[-1], *(word.x1 for word in words)])
    cells: list[list[list[Word]]] = [[[] for _ in range(columns)] for _ in range(rows)]
    for word in words:
        x, y = (word.x0 + word.x1) / 2, word.y - _MIDDLE * word.size
        if xs[0] <= x <= xs[-1]:
            column = min(columns, bisect_right(xs, x)) - 1
            row = min(rows, bisect_right(ys, y)) - 1
            row, column = owner[row][column]
            cells[row][column].append(word)
    filled = [len(cell) for row in cells for cell in row if cell]
    if len(filled) < 2 or max(filled) > _LONG_CELL_WORDS or not _is_table(cells):
        return None
    spans = {
        (row, column): owner[row][column]
        for row in range(rows)
        for column in range(columns)
        if owner[row][column][0] < row and owner[row][column][1] == column
    }
    return Grid(xs[0], ys[0], xs[-1], ys[-1], xs, cells, spans)


def _is_table(cells: list[list[list[Word]]]) -> bool:
    """Whether two columns and two rows hold words."""
    columns = sum(any(row[n] for row in cells) for n in range(len(cells[0])))
    return columns > 1 and sum(any(row) for row in cells) > 1


def _owners(
    xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> list[list[tuple[int, int]]]:
    """Give, for each place of the grid, the first place of the cell that covers it."""
    columns, rows = len(xs) - 1, len(ys) - 1
    owner = [[(row, column) for column in range(columns)] for row in range(rows)]
    for row in range(rows):
        y = (ys[row] + ys[row + 1]) / 2
        walls = [r.at for r in down if r.start <= y <= r.end]
        for column in range(columns):
            x = (xs[column] + xs[column + 1]) / 2
            if column and not any(abs(at - xs[column]) <= _NEAR for at in walls):
                owner[row][column] = owner[row][column - 1]
            if row and not any(
                abs(r.at - ys[row]) <= _NEAR and r.start <= x <= r.end for r in across
            ):
                above = owner[row - 1][column]
                if owner[row][column] == (row, column) or owner[row][column][0] == row:
                    _take_over(owner[row], owner[row][column], above)
    return owner


def _take_over(row: list[tuple[int, int]], old: tuple[int, int], new: tuple[int, int]) -> None:
    for column, place in enumerate(row):
        if place == old:
            row[column] = new
