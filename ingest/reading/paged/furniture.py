"""Running heads, running feet and page numbers: lines at the edge of pages that come back."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from ingest.headings import opening_of
from ingest.reading.paged.lines import Line, uncalled
from ingest.reading.paged.sheets import Sheet

_EDGE_LINES = 5
_EDGE_SHARE = 0.16
_NUMBER_SHARE = 0.13
_COUNTED_SHARE = 0.25
_SAME_PLACE = 6.0
_MANY_PARTS = 3
_PART_GAP_EMS = 1.5
_APART_EMS = 1.6
_MOST_ALONE = 2
_SMALLER = 0.92
_PROSE_LINES = 3
_FAR_PAGES = 3
_FEW_PAGES = 3
_DIGITS = re.compile(r"\d{1,6}|(?:^|(?<=\s))[ivxl]{1,7}(?=$|\s)")
_PAGE_NUMBER = re.compile(
    r"[-–—\[(|]?\s?(?:(?:page|p\.?|pg\.?)\s?(?:n°\s?)?)?\d{1,4}"
    r"(?:\s?(?:/|sur|de|of)\s?\d{1,4})?\s?[-–—\])|]?"
    r"|[-–—]?\s?(?-i:[ivxl]{1,7})\s?[-–—]?",
    re.IGNORECASE,
)

Pages = Sequence[list[Line]]


def without_furniture(pages: Pages, sheets: Sequence[Sheet], body_size: float) -> list[list[Line]]:
    """Give the lines of each page without what comes back at its top and foot.

    Args:
        pages: the lines of each page, from top to bottom.
        sheets: the pages, for the place of their edges.
        body_size: the size of running text; a heading as large (« Annexe 3 ») stays once.
    """
    tops = _Edge([list(lines[:_EDGE_LINES]) for lines in pages], sheets, body_size, top=True)
    kept = [list(lines[n:]) for lines, n in zip(pages, tops.counts, strict=True)]
    feet = [list(reversed(lines[-_EDGE_LINES:])) for lines in kept]
    bottoms = _Edge(feet, sheets, body_size, top=False)
    kept = [lines[: len(lines) - n] for lines, n in zip(kept, bottoms.counts, strict=True)]
    return [first + lines for first, lines in zip(tops.spared, kept, strict=True)]


class _Edge:
    """One edge of all pages; ``lines`` go from the edge inward.

    ``counts`` says how many lines of each page go; ``spared`` which of them stay after all.
    """

    def __init__(
        self, lines: Pages, sheets: Sequence[Sheet], body_size: float, *, top: bool
    ) -> None:
        self.lines, self.sheets, self.top, self.body_size = lines, sheets, top, body_size
        self.places: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self.exact: Counter[str] = Counter()
        for number, page in enumerate(lines):
            for line in page:
                self.places[key_of(line.text)].append((number, self._depth(number, line)))
                self.exact[_unnumbered(line.text)] += 1
        self.numbers = Counter(
            int(line.text) - number
            for number, page in enumerate(lines)
            for line in page[:1]
            if line.text.isdecimal() and len(line.text) <= 4
        )
        self.met: set[str] = set()
        self.counts: list[int] = []
        self.spared: list[list[Line]] = []
        for number in range(len(lines)):
            count, spared = self._of_page(number)
            self.counts.append(count)
            self.spared.append(spared)

    def _depth(self, page: int, line: Line) -> float:
        sheet = self.sheets[page]
        return line.y - sheet.top if self.top else sheet.bottom - line.y

    def _of_page(self, page: int) -> tuple[int, list[Line]]:
        lines = self.lines[page]
        count = 0
        while count < len(lines) and self._goes(page, count, lines[count]):
            count += 1
        while count and not self._ends_apart(lines, count):
            count -= 1
        wrapped = sum(line.text[:1].islower() for line in lines[:count])
        if count >= _PROSE_LINES and 2 * wrapped >= count:
            count = 0  # a paragraph that two pages share
        spared: list[Line] = []
        for line in lines[:count]:
            plain = line.text == _unnumbered(line.text)
            if self.top and plain and self._is_heading(line) and line.text not in self.met:
                self.met.add(line.text)
                spared.append(line)
        return count, spared

    def _ends_apart(self, lines: Sequence[Line], count: int) -> bool:
        """Whether a blank, or another size, stands between these first lines and the text."""
        last = lines[count - 1]
        if _PAGE_NUMBER.fullmatch(uncalled(last.text)):
            return True
        if count == len(lines):
            return count <= _MOST_ALONE
        inner = lines[count]
        if last.size < _SMALLER * inner.size:
            return True
        return abs(inner.y - last.y) >= _APART_EMS * max(last.size, inner.size)

    def _is_heading(self, line: Line) -> bool:
        """Whether a line that comes back is the heading of what it stands above."""
        opening = opening_of(uncalled(line.text)) if line.size >= self.body_size else None
        return opening is not None and opening.strong

    def _goes(self, page: int, place: int, line: Line) -> bool:
        sheet = self.sheets[page]
        depth, height = self._depth(page, line), sheet.bottom - sheet.top
        if _PAGE_NUMBER.fullmatch(uncalled(line.text)):
            numbered = line.text.isdecimal() and len(line.text) <= 4
            counted = place == 0 and numbered and self.numbers[int(line.text) - page] > 2
            return depth <= (_COUNTED_SHARE if counted else _NUMBER_SHARE) * height
        if depth > _EDGE_SHARE * height or not any(map(str.isalnum, line.text)):
            return False
        if self._is_heading(line) and self.exact[_unnumbered(line.text)] < 2:
            return False  # « Fiche 1 », « Fiche 2 »: each opens its own page
        others = self.places[key_of(line.text)]
        near = {n for n, y in others if n != page and abs(y - depth) <= _SAME_PLACE}
        wanted = 1 if len(self.lines) <= _FEW_PAGES else 2
        if len(near) < wanted or not self._is_near(page, near):
            return False
        return not self._is_table_head(page, place, line)

    def _is_near(self, page: int, others: Iterable[int]) -> bool:
        """Whether one of these pages is near: running heads follow one another."""
        return any(abs(page - other) <= _FAR_PAGES for other in others)

    def _is_table_head(self, page: int, place: int, line: Line) -> bool:
        """Whether a line of several parts stands just above the text: the head of a table."""
        ends = [word.x1 for word in line.words]
        parts = 1 + sum(
            word.x0 - end > _PART_GAP_EMS * line.size
            for end, word in zip(ends, line.words[1:], strict=False)
        )
        after = self.lines[page][place + 1 : place + 2]
        return (
            self.top
            and parts >= _MANY_PARTS
            and bool(after)
            and abs(after[0].y - line.y) < _APART_EMS * line.size
        )


def _unnumbered(text: str) -> str:
    """Give a running head without the page number at its end or its beginning."""
    words = text.split()
    if len(words) > 2 and words[-1].isdecimal():
        return " ".join(words[:-1])
    return " ".join(words[1:]) if len(words) > 2 and words[0].isdecimal() else text


def key_of(text: str) -> str:
    """Give what running heads share: their text, digits aside."""
    return _DIGITS.sub("#", uncalled(text).casefold())
