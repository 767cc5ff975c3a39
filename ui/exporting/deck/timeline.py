"""The timeline, drawn with native shapes: a line, a dot a date, the words beside it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from assistant.teaching.pack import Event
from ui import texts
from ui.exporting.crediting import line, marks
from ui.exporting.deck import template
from ui.exporting.deck.canvas import Deck, body_room, describe
from ui.exporting.deck.fitting import Paragraph, Room, height_pt, pages

_PT = 20.0
_DATE_WIDTH, _AXIS, _TEXT = Inches(3.0), Inches(3.85), Inches(4.15)
_DOT, _DROP = Inches(0.22), Inches(0.1)
_TEXT_WIDTH = template.LEFT + template.INNER - _TEXT
_DECOR = (
    '<a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
)
Row = tuple[Paragraph, Paragraph]


def lay_timeline(
    deck: Deck, title: str, events: Sequence[Event], notes: Sequence[str] = ()
) -> list[Any]:
    """Slides with the dates from top to bottom, as many a slide as fit."""
    made: list[list[Row]] = [[]]
    most = Emu(template.BODY - _DROP).pt
    left = most
    for row in (row for event in events for row in _rows(event)):
        height = _height(row)
        if height > left and made[-1]:
            made.append([])
            left = most
        made[-1].append(row)
        left -= height
    slides = []
    for number, page in enumerate(made, start=1):
        slide = deck.slide(title, notes, "Titre seul", (number, len(made)))
        _draw(deck, slide, page)
        slides.append(slide)
    return slides


def when(event: Event) -> str:
    """« 15 octobre 2021 », « fin 2021 »."""
    return line(texts.french_date(event.on) if event.on else event.words or "date non établie")


def _rows(event: Event) -> list[Row]:
    """One row, or several when the words take more than a slide."""
    date = Paragraph(when(event), bold=True)
    words = Paragraph(line(event.told.text), event.told.citations)
    parts = pages([words], _text_room(Emu(template.BODY).pt - 20))
    return [(date, part) for page in parts for part in page]


def _height(row: Row) -> float:
    date, words = row
    return (
        max(height_pt(date, body_room(_PT, width=_DATE_WIDTH)), height_pt(words, _text_room(0)))
        + 12
    )


def _text_room(height_pt: float) -> Room:
    return replace(body_room(_PT, width=_TEXT_WIDTH), height_pt=height_pt)


def _draw(deck: Deck, slide: Any, rows: Sequence[Row]) -> None:
    """One group with an alternative text, so that it moves and is read as one picture."""
    group = slide.shapes.add_group_shape()
    top = int(template.TOP + _DROP)
    foot = top + sum(int(Pt(_height(row))) for row in rows)
    axis = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, _AXIS, top, _AXIS, foot)
    axis.line.color.rgb, axis.line.width = template.BLUE, Pt(3)
    template.flat(axis._element)
    _decorate(axis, "Axe (décor)")
    for number, (date, words) in enumerate(rows, start=1):
        height = int(Pt(_height((date, words))))
        dot = group.shapes.add_shape(
            MSO_SHAPE.OVAL, _AXIS - _DOT // 2, top + int(Inches(0.12)), _DOT, _DOT
        )
        dot.fill.solid()
        dot.fill.fore_color.rgb = dot.line.color.rgb = template.BLUE
        template.flat(dot._element)
        _decorate(dot, f"Point {number} (décor)")
        for name, paragraph, left, width in (
            (f"Date {number}", date, template.LEFT, _DATE_WIDTH),
            (f"Texte {number}", words, _TEXT, _TEXT_WIDTH),
        ):
            box = group.shapes.add_textbox(left, top, width, height)
            box.name = name
            deck.fill(slide, box, [paragraph], _PT)
        top += height
    told = " ; ".join(
        f"{date.text} : {words.text} {marks(words.citations)}".strip() for date, words in rows
    )
    describe(group, "Frise", f"Frise chronologique. {told}")


def _decorate(shape: Any, name: str) -> None:
    """Marks a shape as decoration: screen readers pass over it."""
    shape.name = name
    properties = next(shape._element.iter(qn("p:cNvPr")))
    extensions = properties.makeelement(qn("a:extLst"), {})
    extensions.append(parse_xml(_DECOR))
    properties.append(extensions)
