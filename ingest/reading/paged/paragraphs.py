"""Lines of a column to paragraphs: where one ends is told by blanks, indents and line ends."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.headings import opening_of
from ingest.reading.paged.layout import Flow
from ingest.reading.paged.lines import Line, uncalled

_BULLET = re.compile(
    r"(?:[-–—−*·•‣◦▪▫●○■□➢➤✓]|[oO§](?=\s\S))\s|[•‣◦▪▫●○■□➢➤✓]|[-–—−](?=[^\W\d_]{2})"
)
_LABEL = re.compile(r"\(?(?:\d{1,3}(?:[.)]|°\)?)|[a-zA-Z]\)|[ivx]{1,4}\))\s\S")
_ENDS = (".", "!", "?", "…", ";", ":", "»", ".)", ".]")
_SIZE_STEP = 0.06
_LEADING = 1.32
_INDENT_EMS = 0.8
_ROOM_EMS = 0.35
_ITEM_EMS = 0.4
_TITLE_SIZE = 1.05
_JUSTIFIED_SHARE = 0.2
_JUSTIFIED_WIDTH = 0.8


@dataclass(slots=True)
class Paragraph:
    """Lines of one paragraph; ``item`` when it opens with a bullet or a label.

    ``left`` and ``right`` are the edges of its column; ``indent`` is where it begins from the
    left one (points).
    """

    lines: list[Line]
    left: float
    right: float
    item: bool = False

    @property
    def indent(self) -> float:
        """How far it begins from the edge of its column."""
        return self.lines[0].x0 - self.left

    @property
    def size(self) -> float:
        """The size of most of its type."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all its letters are bold."""
        return all(line.bold for line in self.lines)

    @property
    def page(self) -> int:
        """Its first page."""
        return self.lines[0].page


def leading_of(flows: Iterable[Flow]) -> float:
    """Give the usual step from line to line in running text, in sizes of its type."""
    steps: Counter[float] = Counter()
    for flow in flows:
        for above, line in pairwise(flow.lines):
            if above.size == line.size and line.size:
                step = round((line.y - above.y) / line.size, 1)
                if 0.9 <= step <= 2.6:
                    steps[step] += 1
    return steps.most_common(1)[0][0] if steps else 1.2


def paragraphs_of(flow: Flow, leading: float, body_size: float) -> list[Paragraph]:
    """Give the paragraphs of a column.

    Args:
        flow: its lines and edges.
        leading: the document's usual step from line to line, from ``leading_of``.
        body_size: the size of running text; larger lines that are centred make one title.
    """
    leading, right = _local(flow.lines, leading), _right(flow)
    found: list[Paragraph] = []
    for line in flow.lines:
        open_ = found[-1] if found else None
        if open_ is None or _begins(open_, line, leading, body_size):
            item = is_item(line.text) and _is_true_item(open_, line)
            found.append(Paragraph([line], flow.left, right, item))
        else:
            open_.lines.append(line)
    return found


def is_item(text: str) -> bool:
    """Whether a line opens with a bullet or a label."""
    return bool(_BULLET.match(text) or _LABEL.match(text))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence (or the element of a list) does."""
    return uncalled(text).rstrip().endswith(_ENDS)


def _local(lines: Sequence[Line], leading: float) -> float:
    """Give the step of these lines where enough of them tell another than the document's."""
    steps = [
        (line.y - above.y) / line.size
        for above, line in pairwise(lines)
        if above.size == line.size and line.size
    ]
    return max(leading, sorted(steps)[len(steps) // 3]) if len(steps) >= 6 else leading


def _right(flow: Flow) -> float:
    """Give the edge that lines are justified to where many are; an overfull one sticks out."""
    ends = Counter(round(line.x1 / 2) for line in flow.lines)
    if not ends:
        return flow.right
    end, count = ends.most_common(1)[0]
    far = flow.left + _JUSTIFIED_WIDTH * (flow.right - flow.left)
    is_edge = count >= max(3, _JUSTIFIED_SHARE * len(flow.lines)) and 2 * end >= far
    return min(flow.right, 2.0 * end + 1) if is_edge else flow.right


def _begins(open_: Paragraph, line: Line, leading: float, body_size: float) -> bool:
    """Whether a line begins a paragraph under the open one."""
    above = open_.lines[-1]
    room = open_.right - above.x1 > _first_width(line) + _ROOM_EMS * line.size
    if _is_apart(above, line, leading) or above.leads:
        return True
    if above.bold != line.bold and _is_lettered(above) and _is_lettered(line) and room:
        return True
    if line.leads and above.text[-1].isdigit():
        return True  # a line of a table of contents, under one too long for its dots
    ended = ends_sentence(above.text)
    if is_item(line.text):
        return _is_true_item(open_, line)
    if (ended or room) and line.text[0].isupper() and _opens_heading(line.text):
        return True
    goes_on = line.text[0].islower() and not ended
    if (line.bold or line.size > _TITLE_SIZE * body_size) and _is_centred(open_, line):
        return ended
    if open_.item:
        return _leaves_item(open_, line, ended, room) and not goes_on
    indented = line.x0 - min(above.x0, open_.lines[0].x0) > _INDENT_EMS * line.size
    if indented and (ended or room) and not goes_on and not _is_centred(open_, line):
        return True
    if line.x0 < above.x0 - _INDENT_EMS * line.size and len(open_.lines) > 1 and not goes_on:
        return ended or room
    return room and not goes_on


def _is_apart(above: Line, line: Line, leading: float) -> bool:
    """Whether blank or another type stands between two lines."""
    size = max(above.size, line.size)
    if abs(above.size - line.size) > _SIZE_STEP * size:
        return True
    step = line.y - above.y
    return step < -size or step > _LEADING * leading * size


def _is_lettered(line: Line) -> bool:
    return sum(map(str.isalpha, line.text)) > 2


def _first_width(line: Line) -> float:
    """Give the width of a line's first word, with what is glued to it."""
    end = line.words[0].x1
    for word in line.words[1:]:
        if not word.glued:
            break
        end = word.x1
    return end - line.x0


def _is_true_item(open_: Paragraph | None, line: Line) -> bool:
    """Tell the element of a list from a wrapped line that happens to open as one.

    « … au titre du | 3° de l'article … » goes on: the line above is full and ends no sentence.
    """
    if open_ is None:
        return True
    above = open_.lines[-1]
    if ends_sentence(above.text) or above.text.endswith((",", " et", " ou")):
        return True
    if _LABEL.match(line.text):
        rest = line.text.split(None, 1)[1]
        full = open_.right - above.x1 <= _first_width(line) + _ROOM_EMS * line.size
        return not full or rest[:1].isupper() or line.x0 > above.x0 + _ITEM_EMS * line.size
    full = open_.right - above.x1 <= _first_width(line) + 4 * line.size
    same_edge = abs(line.x0 - above.x0) <= _ITEM_EMS * line.size
    return not (full and same_edge and line.text.lstrip("-–—− ")[:1].islower() and not open_.item)


def _leaves_item(open_: Paragraph, line: Line, ended: bool, room: bool) -> bool:
    """Whether a line stands out of the list's element above it."""
    first, above = open_.lines[0], open_.lines[-1]
    edge = _ITEM_EMS * line.size
    if line.x0 < first.x0 - edge:
        return ended or room
    hangs = above is not first and above.x0 > first.x0 + edge
    if hangs and line.x0 < above.x0 - edge:
        return ended or room
    if line.x0 > above.x0 + _INDENT_EMS * line.size and above is not first:
        return ended or room
    return room and (ended or line.x0 <= first.x0 + edge)


def _is_centred(open_: Paragraph, line: Line) -> bool:
    """Whether two lines share their middle, away from the edges of the column."""
    above = open_.lines[-1]
    middle = abs((above.x0 + above.x1) - (line.x0 + line.x1)) / 2
    return middle <= line.size / 2 and above.x0 - open_.left > 2 * line.size


def _opens_heading(text: str) -> bool:
    opening = opening_of(uncalled(text))
    return opening is not None and (opening.strong or opening.form in ("bare", "titled"))
