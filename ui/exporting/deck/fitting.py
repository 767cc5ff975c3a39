"""How much room a text takes: widths of Arial, lines and pages that never overflow.

Widths, in thousandths of the size, are the advance widths of Arial or of DejaVu Sans, whichever is
wider: the latter takes the place of Arial where a computer has no font of its widths. An unknown
letter counts as wide, so that an estimate errs on the side of room.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from ui.exporting.crediting import shortened

LINE = 1.2
"""Height of a line, in sizes of its letters."""
GAP_PT = 8
_AGAIN, _AGAIN_CHARS = " (suite)", 90
_WORD = re.compile("[^ ]* |[^ ]+")
_STEP_PT = 6.0
_ROUNDED_PT = 0.01
"""What sums of heights may differ by: a page exactly full is one page."""
Page = TypeVar("Page")
_BOLD = 1.13
_SAFETY = 1.02
_GROUPS = {
    278: "ijl'\u202f",
    318: "‘’ \u00a0,.I",
    361: "/:;\\|f-",
    411: "[]()t!r",
    500: '"`°J“”',
    556: "szc?_–*L",
    592: "kvxy•",
    615: "FToea«»",
    636: "hnubdgpq0123456789$€{}",
    686: "EKPSYAVZXB",
    752: "CRUNH",
    787: "DGOQ&",
    838: "w#+<>=~^",
    974: "Mm",
    1070: "W%@æÆœŒ…—→",
}
_WIDTHS = {sign: width for width, signs in _GROUPS.items() for sign in signs}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a slide: a bold ``lead``, a text, the numbers of its citations."""

    text: str
    citations: tuple[int, ...] = ()
    lead: str = ""
    bullet: bool = False
    bold: bool = False

    @property
    def shown(self) -> str:
        """All that is read, calls of citations included."""
        calls = "".join(f"\u00a0[{n}]" for n in self.citations)
        return (f"{self.lead} " if self.lead and self.text else self.lead) + self.text + calls


@dataclass(frozen=True, slots=True)
class Room:
    """A box, the size of its letters and the gap after a paragraph, in points."""

    width_pt: float
    height_pt: float
    size_pt: float
    gap_pt: float = GAP_PT


def width_pt(text: str, size_pt: float, *, bold: bool = False) -> float:
    """The width of ``text`` on one line, a little over-estimated."""
    return _thousandths(text) * size_pt / 1000 * _SAFETY * (_BOLD if bold else 1)


def wrapped(text: str, room: Room, *, bold: bool = False) -> list[str]:
    """The lines of ``text`` in that width: slices that join to it again (line breaks aside)."""
    return [line for part in text.split("\n") for line in _lines(part, room, bold)]


def height_pt(paragraph: Paragraph, room: Room) -> float:
    """The height that a paragraph takes, with the gap after it."""
    bold = paragraph.bold or bool(paragraph.lead)
    lines = len(wrapped(paragraph.shown, _inner(paragraph, room), bold=bold))
    return lines * room.size_pt * LINE + room.gap_pt


def total_pt(paragraphs: Sequence[Paragraph], room: Room) -> float:
    """The height of several paragraphs."""
    return sum(height_pt(one, room) for one in paragraphs)


def pages(paragraphs: Sequence[Paragraph], room: Room) -> list[list[Paragraph]]:
    """The paragraphs by page, none taller than ``room``, each about as full as the others; a long
    one goes on overleaf.

    A heading (bold, without a call) goes overleaf with what it announces, and is told again over
    a list that goes on.
    """
    pieces = [piece for paragraph in paragraphs for piece in _pieces(paragraph, room)]
    return balanced(lambda limit: _filled(pieces, room, limit), room.height_pt)


def _filled(pieces: Sequence[Paragraph], room: Room, limit: float) -> list[list[Paragraph]]:
    found: list[list[Paragraph]] = [[]]
    left = limit
    for piece in pieces:
        height = height_pt(piece, room)
        if height > left + _ROUNDED_PT and found[-1]:
            found.append(_carried(found[-1], piece, room))
            left = limit - total_pt(found[-1], room)
        found[-1].append(piece)
        left -= height
    return found


def balanced(fill: Callable[[float], list[Page]], most_pt: float) -> list[Page]:
    """What ``fill`` makes at the least height that asks for no more pages than ``most_pt`` does:
    as few pages, and none left nearly empty after full ones."""
    made = fill(most_pt)
    if len(made) < 2:
        return made
    low, high = 0, int(most_pt / _STEP_PT)
    while low < high:
        middle = (low + high) // 2
        tried = fill(middle * _STEP_PT)
        if len(tried) > len(made):
            low = middle + 1
        else:
            high = middle
            made = tried
    return made


def packed(
    blocks: Sequence[Sequence[Paragraph]], room: Room, most: int = 99
) -> list[list[Sequence[Paragraph]]]:
    """The blocks by slide, in order, each whole: ``most`` at most, on as few slides as hold them,
    each about as full as the others; one that fits nowhere stands alone."""
    heights = [total_pt(block, room) for block in blocks]

    def fill(limit: float) -> list[list[Sequence[Paragraph]]]:
        found: list[list[Sequence[Paragraph]]] = []
        left = 0.0
        for block, height in zip(blocks, heights, strict=True):
            if not found or height > left or len(found[-1]) == most:
                found.append([])
                left = limit
            found[-1].append(block)
            left -= height
        return found

    return balanced(fill, room.height_pt)


def _carried(page: list[Paragraph], piece: Paragraph, room: Room) -> list[Paragraph]:
    """The heading that a new page begins with before ``piece``: taken off the foot of the page
    before, or told again over a list that goes on; none where there is no room for both."""
    last = next((one for one in reversed(page) if _is_heading(one)), None)
    if last is None or (_is_heading(piece) and last is not page[-1]):
        return []
    again = shortened(last.text.removesuffix(_AGAIN), _AGAIN_CHARS) + _AGAIN
    heading = last if last is page[-1] else replace(last, text=again)
    if total_pt([heading, piece], room) > room.height_pt:
        return []
    if heading is last:
        return [page.pop()] if len(page) > 1 else []
    return [heading] if piece.bullet or piece.lead else []


def _is_heading(paragraph: Paragraph) -> bool:
    return paragraph.bold and not paragraph.citations


def _pieces(paragraph: Paragraph, room: Room) -> Iterator[Paragraph]:
    """A paragraph as it stands, or in parts of at most one page; calls follow the last part."""
    if height_pt(paragraph, room) <= room.height_pt:
        yield paragraph
        return
    # The lead and the calls also take room: they are counted as if each part bore them.
    around = replace(paragraph, text="").shown
    inner = _inner(paragraph, room)
    taken = len(wrapped(around, inner, bold=True)) if around else 0
    most = max(1, int((room.height_pt - room.gap_pt) / (room.size_pt * LINE)) - taken)
    bold = paragraph.bold or bool(paragraph.lead)
    lines = wrapped(paragraph.text, inner, bold=bold)
    parts = ["".join(lines[at : at + most]).strip() for at in range(0, len(lines), most)]
    for number, part in enumerate(parts):
        yield replace(
            paragraph,
            text=part,
            lead=paragraph.lead if number == 0 else "",
            citations=paragraph.citations if number == len(parts) - 1 else (),
        )


def _inner(paragraph: Paragraph, room: Room) -> Room:
    return replace(room, width_pt=room.width_pt - (room.size_pt if paragraph.bullet else 0))


def _lines(text: str, room: Room, bold: bool) -> Iterator[str]:
    line, used = "", 0.0
    for word in _words(text, room, bold):
        width = width_pt(word.rstrip(" "), room.size_pt, bold=bold)
        if line and used + width > room.width_pt:
            yield line
            line, used = "", 0.0
        line += word
        used += width_pt(word, room.size_pt, bold=bold)
    yield line


def _words(text: str, room: Room, bold: bool) -> Iterator[str]:
    """Words with the spaces after them; one that is wider than a line comes in parts."""
    for word in _WORD.findall(text):
        if width_pt(word, room.size_pt, bold=bold) <= room.width_pt:
            yield word
            continue
        part, used = "", 0.0
        for sign in word:
            width = width_pt(sign, room.size_pt, bold=bold)
            if part and used + width > room.width_pt:
                yield part
                part, used = "", 0.0
            part += sign
            used += width
        yield part


@lru_cache(maxsize=4096)
def _thousandths(word: str) -> int:
    return sum(map(_sign_width, word))


def _sign_width(sign: str) -> int:
    known = _WIDTHS.get(sign)
    if known is not None:
        return known
    base = unicodedata.normalize("NFD", sign)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    category = unicodedata.category(sign)
    return 0 if category in ("Mn", "Cf") else 850 if ord(sign) < 0x2000 else 1050
