"""One page's lines to its elements in reading order: paragraphs, tables, footnotes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.reading.paged.furniture import key_of
from ingest.reading.paged.grids import Grid, grids_of, merged
from ingest.reading.paged.layout import Flow, Region, regions_of
from ingest.reading.paged.lines import TABLE, Line, bulleted, line_of, lines_of
from ingest.reading.paged.notes import (
    SMALL,
    Note,
    calls_of,
    is_unfinished,
    notes_of,
    notes_start,
)
from ingest.reading.paged.sheets import Sheet, Word
from ingest.reading.paged.tables import Table, table_of_grid

_FEW_PAGES = 3
_EDGE_SHARE = 0.2
_FEW_NUMBERS = 4


@dataclass(slots=True)
class Leaf:
    """A page with its ruled tables apart from its lines; later its regions and its notes."""

    sheet: Sheet
    grids: list[Grid]
    lines: list[Line]
    regions: list[Region] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def leaf_of(sheet: Sheet) -> Leaf:
    """Give the ruled tables of a page, and the lines around them."""
    grids = grids_of(sheet)
    words = [w for w in sheet.words if not any(grid.holds(w) for grid in grids)]
    return Leaf(sheet, grids, lines_of(bulleted(words, sheet.dots), sheet.number))


def without_repeated_tables(leaves: Sequence[Leaf]) -> None:
    """Take out the small tables at the edges of pages that come back: framed running heads."""
    counts = Counter(key for leaf in leaves for key in {_key(grid) for grid in leaf.grids})
    wanted = 2 if len(leaves) <= _FEW_PAGES else 3
    for leaf in leaves:
        sheet = leaf.sheet
        edge = _EDGE_SHARE * (sheet.bottom - sheet.top)
        leaf.grids = [
            grid
            for grid in leaf.grids
            if counts[_key(grid)] < wanted
            or (grid.y1 > sheet.top + edge and grid.y0 < sheet.bottom - edge)
            or _numbers(grid) > _FEW_NUMBERS
        ]


def _words(grid: Grid) -> list[str]:
    return [word.text for row in grid.cells for cell in row for word in cell]


def _key(grid: Grid) -> str:
    return key_of(" ".join(_words(grid)))


def _numbers(grid: Grid) -> int:
    """Count numbers: more than a page and a date are figures, which differ though alike."""
    return sum(any(map(str.isdigit, text)) for text in _words(grid))


def lay_out(leaf: Leaf, lines: Sequence[Line], body_size: float, unfinished: bool) -> bool:
    """Fill in a page's regions and notes.

    Args:
        leaf: the page.
        lines: its lines without running heads.
        body_size: the size of running text.
        unfinished: whether the last note of the page before may go on here.

    Returns:
        Whether the last note of this page may go on on the next.
    """
    tables = [table_of_grid(grid, leaf.sheet.number) for grid in leaf.grids]
    stand_ins = [_stand_in(table, n, body_size) for n, table in enumerate(tables)]
    everything = sorted([*lines, *stand_ins], key=lambda line: line.y)
    called = calls_of(lines)
    across = merged(leaf.sheet.across)
    for region in regions_of(everything, across):
        if isinstance(region, Table):
            leaf.regions += _freed(region, tables)
            continue
        if _is_last(region, everything, body_size):
            start = notes_start(region.lines, body_size)
            begin, notes = notes_of(
                region.lines, start, called, across, unfinished and not leaf.notes
            )
            leaf.notes += notes
            region.lines = region.lines[:begin]
        leaf.regions += _with_tables(region, tables)
    return bool(leaf.notes) and is_unfinished(leaf.notes[-1])


def _stand_in(table: Table, number: int, size: float) -> Line:
    """Give a line as wide as a ruled table, so that it takes its place in the reading order."""
    word = Word(f"{TABLE}{number}", table.x0, table.x1, table.y0 + size, size)
    return line_of([word], table.page)


def _with_tables(flow: Flow, tables: Sequence[Table]) -> list[Region]:
    """Cut a flow at the lines that stand for tables."""
    regions: list[Region] = []
    lines: list[Line] = []
    for line in flow.lines:
        if not line.text.startswith(TABLE):
            lines.append(line)
            continue
        if lines:
            regions.append(Flow(lines, flow.left, flow.right))
            lines = []
        regions.append(tables[int(line.text[1:])])
    if lines:
        regions.append(Flow(lines, flow.left, flow.right))
    return regions


def _freed(table: Table, tables: Sequence[Table]) -> list[Region]:
    """Take ruled tables out of the cells of an aligned one: they follow it."""
    inner: list[Region] = []
    for row in table.rows:
        for cell in row:
            for line in [line for line in cell if line.text.startswith(TABLE)]:
                cell.remove(line)
                inner.append(tables[int(line.text[1:])])
    table.rows = [row for row in table.rows if any(row)]
    return [table, *inner] if table.rows else inner


def _is_last(flow: Flow, lines: Sequence[Line], body_size: float) -> bool:
    """Whether no running text stands under a flow in its column."""
    bottom = flow.lines[-1].y
    return not any(
        line.y > bottom
        and line.x0 < flow.right
        and line.x1 > flow.left
        and line.size > SMALL * body_size
        for line in lines
    )
