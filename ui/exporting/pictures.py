"""The timeline and the comparison of a pack as pictures that a grey print keeps readable."""

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias, TypeVar

from assistant.teaching.pack import Event, Pack, Proved, Table
from corpus.quantities import find_quantities
from ui import texts
from ui.exporting import drawing, sourcing
from ui.exporting.drawing import INK, PALE, PAPER, Picture
from ui.exporting.lettering import wrapped
from ui.exporting.typography import line, told

Row: TypeAlias = tuple[str, tuple[tuple[Proved, ...], ...]]
_Item = TypeVar("_Item")

_SIZE, _LEADING, _GAP = 20, 26, 16
_EDGE = drawing.WIDTH - 12
_AXIS, _TEXT_LEFT = 250, 282
_LABELS = 220
_PAD = 12
_FIGURES = frozenset({"amount", "percent", "date", "month", "duration"})
_MOST_FIGURES = 3
_MOST_NAMED = 6


def timeline(pack: Pack) -> tuple[Picture, ...]:
    """The dates one under the other, in as many pictures as pages need; none without a date."""
    as_of = pack.order.as_of
    pages = _pages([(_event_height(one), one) for one in pack.timeline], 90)
    return tuple(_timeline(events, as_of, n) for n, events in enumerate(pages, 1))


def comparison(pack: Pack) -> tuple[Picture, ...]:
    """The figures of the comparison side by side; none without a comparison."""
    table = pack.comparison
    if table is None or not table.columns or not table.rows:
        return ()
    pages = _pages([(_row_height(row, len(table.columns)), row) for row in table.rows], 60)
    return tuple(_comparison(table, rows, n) for n, rows in enumerate(pages, 1))


def when(event: Event) -> str:
    """« 15 octobre 2021 », or the words of an event without a day."""
    return line(told(event.on) if event.on else event.words or "date non établie")


def _pages(sized: Sequence[tuple[float, _Item]], around: float) -> list[list[_Item]]:
    """The items in pages about as tall, none too tall; ``around`` is what a page needs besides."""
    total, most = sum(height for height, _ in sized), drawing.TALLEST - around
    fair = total / max(1, -(-total // most))
    pages: list[list[_Item]] = []
    used = 0.0
    for height, item in sized:
        if not pages or used >= fair or used + height > most:
            pages.append([])
            used = 0.0
        pages[-1].append(item)
        used += height
    return pages


def _event_lines(event: Event) -> tuple[list[str], list[str]]:
    """The lines of its label, in bold, and of its sentence, cut: the table has it whole."""
    room = _EDGE - _TEXT_LEFT
    label = wrapped(event.told.label, room, _SIZE, True, 2) if event.told.label else []
    return label, wrapped(event.told.text, room, _SIZE, most=2)


def _event_height(event: Event) -> float:
    label, text = _event_lines(event)
    return max(len(label) + len(text), len(_date_lines(event))) * _LEADING + _GAP


def _date_lines(event: Event) -> list[str]:
    return wrapped(when(event), _AXIS - 30, _SIZE, True, 3)


def _timeline(events: Sequence[Event], as_of: date, number: int) -> Picture:
    shapes: list[str] = []
    y = 14.0
    marked = False
    for n, event in enumerate(events):
        coming = event.on is not None and event.on > as_of
        if coming and not marked and n:
            shapes.append(_today(y, as_of))
            y += 40
        marked = marked or coming
        shapes += _event(event, y, coming)
        y += _event_height(event)
    axis = drawing.line(_AXIS, 10, _AXIS, y - 6, thick=3)
    shapes = [axis, *shapes, *_legend(y + 26, as_of)]
    dates = {event.on for event in events if event.on}
    span = f", du {told(min(dates))} au {told(max(dates))}" if len(dates) > 1 else ""
    count = texts.counted(len(events), "repère", "repères")
    alt = f"Frise chronologique{texts.NBSP}: {count}{span}. Le tableau qui suit les donne tous."
    return drawing.picture(f"frise-{number}", alt, shapes, y + 46)


def _event(event: Event, y: float, coming: bool) -> list[str]:
    label, text = _event_lines(event)
    base = y + 20
    dates = [
        drawing.text(_AXIS - 28, base + n * _LEADING, said, _SIZE, True, end="end")
        for n, said in enumerate(_date_lines(event))
    ]
    said = [(one, True) for one in label] + [(one, False) for one in text]
    lines = [
        drawing.text(_TEXT_LEFT, base + n * _LEADING, one, _SIZE, bold)
        for n, (one, bold) in enumerate(said)
    ]
    return [*dates, _mark(base - 7, coming, event.on is not None), *lines]


def _mark(y: float, coming: bool, known: bool, x: float = _AXIS) -> str:
    """Full when passed, hollow when coming, dashed when only words are known."""
    return drawing.disc(x, y, PAPER if coming or not known else INK, "none" if known else "4 3")


def _today(y: float, as_of: date) -> str:
    said = f"État au {told(as_of)}"
    return drawing.line(12, y + 12, _EDGE, y + 12, "8 6") + "".join(
        [
            drawing.rect(_TEXT_LEFT - 6, y - 4, 300, 32, PAPER),
            drawing.text(_TEXT_LEFT, y + 19, said, _SIZE, True),
        ]
    )


def _legend(y: float, as_of: date) -> list[str]:
    shapes = []
    said = (
        (f"passé au {told(as_of)}", False, True),
        ("à venir", True, True),
        ("date connue en mots", False, False),
    )
    for n, (words, coming, known) in enumerate(said):
        x = 30 + n * 330
        shapes += [_mark(y - 6, coming, known, x), drawing.text(x + 20, y, words, 18)]
    return shapes


def _comparison(table: Table, rows: Sequence[Row], number: int) -> Picture:
    wide = (_EDGE - _LABELS) / len(table.columns)
    heads = [wrapped(name, wide - 2 * _PAD, _SIZE, True, 2) for name in table.columns]
    y = _LEADING * max(len(head) for head in heads) + 18.0
    shapes = [drawing.rect(0, 0, _EDGE, y, INK)]
    for n, head in enumerate(heads):
        x = _LABELS + n * wide + _PAD
        shapes += [
            drawing.text(x, 28 + i * _LEADING, said, _SIZE, True, PAPER)
            for i, said in enumerate(head)
        ]
    for n, row in enumerate(rows):
        tall = _row_height(row, len(table.columns))
        shapes += [drawing.rect(0, y, _EDGE, tall, PALE)] if n % 2 else []
        shapes += _row(row, y, tall, wide)
        y += tall
        shapes.append(drawing.line(0, y, _EDGE, y))
    compared = texts.listed([line(name) for name in table.columns])
    labels = texts.listed(_named([line(row[0]) for row in rows]))
    alt = f"Comparaison, {compared}{texts.NBSP}: {labels}. Le tableau qui suit dit tout."
    return drawing.picture(f"comparaison-{number}", alt, shapes, y + 8)


def _named(labels: Sequence[str]) -> list[str]:
    """The first labels, and how many more there are: what is read aloud stays short."""
    more = len(labels) - _MOST_NAMED
    if more < 2:
        return list(labels)
    return [*labels[:_MOST_NAMED], texts.counted(more, "autre", "autres")]


def _row(row: Row, y: float, tall: float, wide: float) -> list[str]:
    label, cells = row
    shapes = [
        drawing.text(_PAD, y + 28 + i * _LEADING, said, _SIZE, True)
        for i, said in enumerate(wrapped(label, _LABELS - 2 * _PAD, _SIZE, True, 5))
    ]
    for n, cell in enumerate(cells):
        x = _LABELS + n * wide
        if not cell:
            shapes.append(drawing.hatched(x, y, wide, tall))
            shapes.append(drawing.rect(x + _PAD - 4, y + 8, 104, 28, PAPER))
        shapes += [
            drawing.text(x + _PAD, y + 28 + i * _LEADING, said, _SIZE, bold)
            for i, (said, bold) in enumerate(_cell_lines(cell, wide))
        ]
    return shapes


def _row_height(row: Row, columns: int) -> float:
    wide = (_EDGE - _LABELS) / columns
    cells = max((len(_cell_lines(cell, wide)) for cell in row[1]), default=1)
    label = len(wrapped(row[0], _LABELS - 2 * _PAD, _SIZE, True, 5))
    return max(cells, label) * _LEADING + 20.0


def _cell_lines(cell: Sequence[Proved], wide: float) -> list[tuple[str, bool]]:
    """The figures of a cell in bold, as its sentences write them; else its first words."""
    room = wide - 2 * _PAD
    if not cell:
        return [(sourcing.UNKNOWN, False)]
    figures = list(dict.fromkeys(said for one in cell for said in _figures(one.text)))
    if not figures:
        text = " ".join(one.text for one in cell)
        return [(line, False) for line in wrapped(text, room, _SIZE, most=4)]
    shown = figures[:_MOST_FIGURES] + (["…"] if len(figures) > _MOST_FIGURES else [])
    return [(line, True) for said in shown for line in wrapped(said, room, _SIZE, True, 3)]


def _figures(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quantities(text) if q.kind in _FIGURES]
