"""Native tables that never leave their slide: rows go on overleaf, tall ones are cut."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from pptx.util import Emu, Inches, Pt

from ui.exporting.deck import template
from ui.exporting.deck.canvas import TABLE_PT, Deck, body_room, describe
from ui.exporting.deck.fitting import Paragraph, Room, balanced, pages, total_pt

Cell = tuple[Paragraph, ...]
_MARGINS_PT, _GAP_PT = 8.0, 3.0
_DROP = Inches(0.1)
_LEFT, _TOP = template.LEFT + _DROP, template.TOP + _DROP
_INNER = template.INNER - 2 * _DROP


def lay_table(
    deck: Deck,
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    shares: Sequence[float],
    notes: Iterable[str] = (),
) -> list[Any]:
    """Slides with a table, its header row on each; ``shares`` are those of the width."""
    said = list(notes)
    widths, head = _widths(shares), _head(heads)
    made = table_pages(heads, rows, shares)
    slides = []
    for number, page in enumerate(made, start=1):
        slide = deck.slide(title, said, "Titre seul", (number, len(made)))
        _draw(deck, slide, (head, *page), widths, f"Tableau : {title}")
        slides.append(slide)
    return slides


def table_pages(
    heads: Sequence[str], rows: Sequence[Sequence[Cell]], shares: Sequence[float]
) -> list[list[Sequence[Cell]]]:
    """The rows of each slide that ``lay_table`` would make."""
    widths = _widths(shares)
    most = Emu(template.BODY - _DROP).pt - _height(_head(heads), widths)
    parts = [part for whole in rows for part in _parts(whole, widths, most)]
    measured = [(row, _height(row, widths)) for row in parts]
    return balanced(lambda limit: _filled(measured, limit), most)


def _widths(shares: Sequence[float]) -> list[int]:
    return [int(_INNER * share / sum(shares)) for share in shares]


def _head(heads: Sequence[str]) -> Sequence[Cell]:
    return tuple((Paragraph(name, bold=True),) for name in heads)


def _filled(
    rows: Sequence[tuple[Sequence[Cell], float]], most: float
) -> list[list[Sequence[Cell]]]:
    made: list[list[Sequence[Cell]]] = [[]]
    left = most
    for row, height in rows:
        if height > left and made[-1]:
            made.append([])
            left = most
        made[-1].append(row)
        left -= height
    return made


def _draw(
    deck: Deck, slide: Any, rows: Sequence[Sequence[Cell]], widths: Sequence[int], name: str
) -> None:
    heights = [Pt(_height(row, widths)) for row in rows]
    frame = slide.shapes.add_table(len(rows), len(widths), _LEFT, _TOP, _INNER, sum(heights))
    heads = ", ".join(cell[0].text for cell in rows[0] if cell and cell[0].text)
    describe(frame, name, f"{name}. Colonnes : {heads}. {len(rows) - 1} lignes.")
    table = frame.table
    table.first_row, table.horz_banding = True, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for at, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[at].height = height
        for column, cell in enumerate(row):
            deck.fill(slide, table.cell(at, column), cell, TABLE_PT, _GAP_PT)


def _parts(row: Sequence[Cell], widths: Sequence[int], most_pt: float) -> list[Sequence[Cell]]:
    """A row as it stands, or in rows of at most ``most_pt``."""
    if _height(row, widths) <= most_pt:
        return [row]
    room = most_pt - _MARGINS_PT
    columns = [pages(cell, _room(width, room)) for cell, width in zip(row, widths, strict=True)]
    made: list[Sequence[Cell]] = [
        tuple(tuple(cell) for cell in cells) for cells in zip_longest(*columns, fillvalue=[])
    ]
    if len(columns[0]) > 1:
        return made
    again = tuple(replace(one, text=f"{one.text} (suite)") for one in row[0])
    return [made[0], *((again, *cells[1:]) for cells in made[1:])]


def _height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    tallest = max(total_pt(cell, _room(width, 0)) for cell, width in zip(row, widths, strict=True))
    return max(tallest, TABLE_PT + _GAP_PT) + _MARGINS_PT


def _room(width: int, height_pt: float) -> Room:
    inner = body_room(TABLE_PT, width=width)
    return Room(inner.width_pt, height_pt, TABLE_PT, _GAP_PT)
