"""The text of a document as HTML: an address for each section and statement, what is looked for
or cited marked, and what each statement rests on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from markupsafe import Markup

from corpus.lexicon import folded_words
from corpus.types import Anchor, Block, Document
from ui.markup import escape, tag
from ui.pages import words
from ui.pages.finding import Span

_CELLS: Final = " | "
_TEXT_LEVEL: Final = 3
"""The level of a document's widest headings in its page."""
_FRAGMENT_CHARS: Final = 80


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: its fragment in the page, its words, its level from 1."""

    fragment: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The text as HTML and its headings, in order."""

    body: Markup
    headings: tuple[Heading, ...]


def read(document: Document, found: Sequence[Span] = (), cited: Span | None = None) -> Reading:
    """The text of a document.

    A statement bears the fragment ``p<start>``, as does a block that begins with none; places
    ``found`` bear ``t1``, ``t2``… in their order, and what is ``cited`` bears ``p<start>``.
    """
    return _Writer(document, found, cited).reading()


class _Writer:
    """Writes each block once; no fragment is given twice."""

    def __init__(self, document: Document, found: Sequence[Span], cited: Span | None) -> None:
        self._text = document.text
        self._blocks = list(_blocks(document))
        self._anchors = sorted(document.anchors, key=lambda anchor: anchor.start)
        self._found = found
        self._cited = cited
        self._given: set[str] = set()
        self._headings: list[Heading] = []

    def reading(self) -> Reading:
        shown = []
        for kind, some in groupby(self._blocks, key=lambda block: block.kind):
            blocks = list(some)
            if kind == "item":
                shown.append(tag("ul", "".join(map(self._item, blocks))))
            elif kind == "row":
                shown += self._tables(blocks)
            else:
                shown += map(self._heading if kind == "heading" else self._paragraph, blocks)
        return Reading(Markup("".join(shown)), tuple(self._headings))

    def _heading(self, block: Block) -> str:
        title = " ".join(self._text[block.start : block.end].split())
        fragment = self._fragment("s-" + "-".join(folded_words(title))[:_FRAGMENT_CHARS])
        self._headings.append(Heading(fragment, title, max(block.level, 1)))
        link = tag("a", self._inline(block.start, block.end), href=f"#{fragment}")
        level = min(_TEXT_LEVEL - 1 + max(block.level, 1), 6)
        return tag(f"h{level}", link, id=fragment)

    def _paragraph(self, block: Block) -> str:
        css = "note" if block.kind == "note" else ""
        return tag("p", self._statements(block.start, block.end), css, id=self._at(block.start))

    def _item(self, block: Block) -> str:
        css = f"n{min(block.level, 2) + 1}" if block.level else ""
        return tag("li", self._statements(block.start, block.end), css, id=self._at(block.start))

    def _tables(self, rows: Sequence[Block]) -> Iterator[str]:
        """Rows with as many cells as those before are one table, its first row the header."""
        split = [list(_cells(self._text, row)) for row in rows]
        for count, some in groupby(split, key=len):
            lines = list(some)
            if count < 2:
                for (cell,) in lines:
                    yield tag("p", self._statements(*cell), id=self._at(cell[0]))
                continue
            head, *body = lines
            shown = [tag("thead", self._row(head, "th"))]
            shown.append(tag("tbody", "".join(self._row(line, "td") for line in body)))
            yield tag("div", tag("table", "".join(shown)), "tableau", tabindex="0")

    def _row(self, cells: Sequence[tuple[int, int]], name: str) -> str:
        scope = "col" if name == "th" else None
        shown = (tag(name, self._statements(*cell), scope=scope) for cell in cells)
        return tag("tr", "".join(shown), id=self._at(cells[0][0]))

    def _statements(self, start: int, end: int) -> str:
        """``text[start:end]`` with its statements, each followed by what it rests on."""
        shown, at = [], start
        for anchor in self._anchors:
            if anchor.start >= end or anchor.end <= at:
                continue
            shown.append(self._inline(at, max(anchor.start, at)))
            last = min(anchor.end, end)
            first = max(anchor.start, at)
            fragment = self._fragment_once(f"p{first}")
            shown.append(tag("span", self._inline(first, last), "enonce", id=fragment))
            if last == anchor.end:
                shown.append(_proof(anchor))
            at = last
        return "".join([*shown, self._inline(at, end)])

    def _inline(self, start: int, end: int) -> str:
        """``text[start:end]`` with what is looked for or cited marked."""
        spans = [span for span in (*self._found, self._cited) if span is not None]
        borders = {start, end} | {
            border for span in spans for border in (span.start, span.end) if start < border < end
        }
        cuts = sorted(borders)
        pairs = pairwise(cuts)
        return "".join(self._marked(first, last) for first, last in pairs)

    def _marked(self, start: int, end: int) -> str:
        piece = escape(self._text[start:end])
        number = next((n for n, s in enumerate(self._found, 1) if s.start <= start < s.end), None)
        if number is not None:
            piece = tag("mark", piece, id=self._fragment_once(f"t{number}"))
        if self._cited is not None and self._cited.start <= start < self._cited.end:
            fragment = self._fragment_once(f"p{self._cited.start}")
            piece = tag("mark", piece, "cite", id=fragment)
        return piece

    def _at(self, start: int) -> str | None:
        """The fragment of a block, unless its first statement or what is cited takes it."""
        taken = any(anchor.start == start for anchor in self._anchors)
        cited = self._cited is not None and self._cited.start == start
        return None if taken or cited else self._fragment_once(f"p{start}")

    def _fragment_once(self, name: str) -> str | None:
        if name in self._given:
            return None
        self._given.add(name)
        return name

    def _fragment(self, wanted: str) -> str:
        name, number = wanted, 1
        while self._fragment_once(name) is None:
            number += 1
            name = f"{wanted}-{number}"
        return name


def _proof(anchor: Anchor) -> str:
    said = words.proof(anchor.evidence, anchor.confidence)
    reserved = anchor.confidence not in words.SURE
    return " " + tag("span", f"({escape(said)})", "preuve reserve" if reserved else "preuve")


def _cells(text: str, row: Block) -> Iterator[tuple[int, int]]:
    start = row.start
    for cell in text[row.start : row.end].split(_CELLS):
        yield start, start + len(cell)
        start += len(cell) + len(_CELLS)


def _blocks(document: Document) -> Iterator[Block]:
    """Blocks that hold the whole text: what stands between two of them are paragraphs, a number
    or a letter before one of them is its own; bullets and bars are left out."""
    text, at = document.text, 0
    for block in sorted(document.blocks, key=lambda block: block.start):
        start = max(block.start, at)
        if start >= block.end:
            continue
        between = text[at:start]
        mark = between.rpartition("\n")[2] if "\n" in between or not at else ""
        begin = start - len(mark.lstrip()) if _says(mark) else start
        yield from _lines(text, at, start - len(mark))
        yield Block(block.kind, begin, block.end, block.level)
        at = block.end
    yield from _lines(text, at, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[Block]:
    for line in re.finditer(r"[^\n]+", text[start:end]):
        if _says(line[0]):
            yield Block("paragraph", start + line.start(), start + line.end())


def _says(text: str) -> bool:
    return any(character.isalnum() for character in text)
