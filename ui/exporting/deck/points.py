"""Slides of the key points, short ones together, each with its sources below."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches

from assistant.answer import Citation
from assistant.teaching.pack import Proved
from ui import texts
from ui.exporting import crediting, sourcing
from ui.exporting.crediting import line
from ui.exporting.deck import template
from ui.exporting.deck.canvas import BODY_SIZES, CREDIT_PT, TIGHT_SIZES, Deck, body, body_room
from ui.exporting.deck.fitting import Paragraph, Room, pages, total_pt
from ui.exporting.deck.noting import notes_of

_ALONE_SIZES, _GROUP_SIZES, _MOST_POINTS = BODY_SIZES, TIGHT_SIZES, 4
_CREDIT_HEIGHT, _CREDIT_GAP = Inches(1.6), 2.0
_POINT_HEIGHT = Emu(template.BODY - _CREDIT_HEIGHT - Inches(0.1))


def lay_points(deck: Deck) -> None:
    """The key points, up to four short ones a slide, each with its source below."""
    points = list(enumerate(deck.pack.points, start=1))
    while points:
        room = body_room(_GROUP_SIZES[-1], _POINT_HEIGHT)
        count = _MOST_POINTS
        while count > 1 and not _shareable(deck, [one for _, one in points[:count]], room):
            count -= 1
        together, points = points[:count], points[count:]
        if len(together) > 1:
            first, last = together[0][0], together[-1][0]
            told = [one for _, one in together]
            title = f"Points clés {first} {'et' if last == first + 1 else 'à'} {last}"
            said = [_labelled(one, number) for number, one in together]
            _lay_points(deck, title, told, said, _largest(said, _GROUP_SIZES))
        else:
            _lay_alone(deck, *together[0])


def _shareable(deck: Deck, points: Sequence[Proved], room: Room) -> bool:
    """Whether several points and all their sources fit on one slide."""
    said = [_labelled(one, len(deck.pack.points)) for one in points]
    shown, more = _credits(deck, points)
    return total_pt(said, room) <= room.height_pt and not more and bool(shown)


def _labelled(point: Proved, number: int) -> Paragraph:
    label, told = sourcing.headed(point)
    lead = f"{number}. {sourcing.ended(label)}" if label else f"{number}."
    return Paragraph(line(told.text), point.citations, lead=line(lead))


def _lay_alone(deck: Deck, number: int, point: Proved) -> None:
    """A point under its own heading, its sentence as large as fits, overleaf if it must."""
    label, shown = sourcing.headed(point)
    told = Paragraph(line(shown.text), point.citations)
    title = f"{number}. {label}" if label else f"Point clé {number}"
    _lay_points(deck, title, [point], [told], _largest([told], _ALONE_SIZES))


def _lay_points(
    deck: Deck, title: str, points: Sequence[Proved], said: Sequence[Paragraph], size_pt: float
) -> None:
    notes = notes_of(deck, [one.id for one in points], points)
    parts = pages(said, body_room(size_pt, _POINT_HEIGHT))
    for at, part in enumerate(parts, start=1):
        slide = deck.slide(title, notes, part=(at, len(parts)))
        shape = body(slide)
        shape.left, shape.top = template.LEFT, template.TOP
        shape.width, shape.height = template.INNER, _POINT_HEIGHT
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        deck.fill(slide, shape, part, size_pt)
        shown, _ = _credits(deck, points)
        top = template.TOP + template.BODY - _CREDIT_HEIGHT
        where = (template.LEFT, top, template.INNER, _CREDIT_HEIGHT)
        deck.fill(slide, deck.box(slide, "Sources", where, low=True), shown, CREDIT_PT, _CREDIT_GAP)


def _largest(said: Sequence[Paragraph], sizes: Sequence[float]) -> float:
    """The first of ``sizes`` in which all of it fits, else the last one."""
    rooms = (body_room(size, _POINT_HEIGHT) for size in sizes)
    return next((r.size_pt for r in rooms if total_pt(said, r) <= r.height_pt), sizes[-1])


def _credits(deck: Deck, points: Sequence[Proved]) -> tuple[list[Paragraph], int]:
    """The sources of a slide's points, each a link, with the state of the corpus; how many are
    left to the notes for want of room."""
    known = [n for one in points for n in one.citations if n in deck.citations]
    shown = _by_credit(
        deck, known, lambda one: crediting.credit(one, short=True, placed=len(points) == 1)
    )
    base = replace(body_room(CREDIT_PT, _CREDIT_HEIGHT), gap_pt=_CREDIT_GAP)
    if len(points) > 1 and total_pt(shown, base) + 2 * CREDIT_PT > base.height_pt:
        shown = _by_credit(deck, known, crediting.brief)
    years = sorted({year for one in points for year in one.exercices})
    scope = [sourcing.exercices(tuple(years))] if years else []
    state = line(", ".join([*scope, sourcing.as_of(deck.pack)]))
    more = 0
    while True:
        others = f" ; {texts.counted(more, 'autre source', 'autres sources')} en notes"
        last = Paragraph(line(state[:1].upper() + state[1:] + (others if more else "")))
        if len(shown) < 2 or total_pt([*shown, last], base) <= base.height_pt:
            return [*shown, last], more
        more += len(shown.pop().citations)


def _by_credit(
    deck: Deck, numbers: Sequence[int], credit: Callable[[Citation], str]
) -> list[Paragraph]:
    """A line a credit, with the numbers that it is of."""
    alike: dict[str, list[int]] = {}
    for n in dict.fromkeys(numbers):
        alike.setdefault(credit(deck.citations[n]), []).append(n)
    return [Paragraph(said, tuple(found)) for said, found in alike.items()]
