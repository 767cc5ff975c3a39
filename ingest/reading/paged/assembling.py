"""Elements of all pages to the blocks of a document, joined over page and column ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.reading.content import RawBlock
from ingest.reading.paged.hyphens import Joiner
from ingest.reading.paged.layout import Flow
from ingest.reading.paged.lines import settled
from ingest.reading.paged.naming import names_text
from ingest.reading.paged.notes import Note
from ingest.reading.paged.pages import Leaf
from ingest.reading.paged.paragraphs import Paragraph, ends_sentence, leading_of, paragraphs_of
from ingest.reading.paged.styles import Headings, is_subject
from ingest.reading.paged.tables import Table
from ingest.reading.plain import blocks_of
from ingest.reading.sanitising import one_line, sanitise

Element = Paragraph | Table

_BARE_BULLET = re.compile(r"[oO§−]\s|[-–—−](?=\w)")
_SAME_SIZE = 0.06
_DEPTH_POINTS = 4.0
_LETTERHEAD_BLOCKS = 60


def blocks_of_leaves(leaves: Sequence[Leaf], body_size: float) -> list[RawBlock]:
    """Give the blocks of a document.

    A paragraph over two pages carries its first; the notes of a page come after the paragraph
    that ends it.
    """
    leading = leading_of(r for leaf in leaves for r in leaf.regions if isinstance(r, Flow))
    pages = [_elements(leaf, leading, body_size) for leaf in leaves]
    paragraphs = [e for page in pages for e in page if isinstance(e, Paragraph)]
    assembly = _Assembly(Headings(paragraphs, body_size), _joiner(leaves))
    for leaf, elements in zip(leaves, pages, strict=True):
        for element in elements:
            assembly.add(element)
        assembly.note(leaf.notes)
    return _without_letterhead(assembly.done())


def _elements(leaf: Leaf, leading: float, body_size: float) -> list[Element]:
    out: list[Element] = []
    for region in leaf.regions:
        if isinstance(region, Table):
            out.append(region)
        else:
            out += paragraphs_of(region, leading, body_size)
    return out


def _joiner(leaves: Sequence[Leaf]) -> Joiner:
    def texts() -> Iterator[str]:
        for leaf in leaves:
            for line in leaf.lines:
                yield line.text

    return Joiner(texts())


@dataclass(slots=True)
class _Assembly:
    """The blocks so far; ``open_`` is the last paragraph, which the next page may continue."""

    headings: Headings
    joiner: Joiner
    blocks: list[RawBlock] = field(default_factory=list)
    open_: Paragraph | None = None
    waiting: list[Table | Note] = field(default_factory=list)
    table: Table | None = None
    notes: dict[int, int] = field(default_factory=dict)
    indents: list[float] = field(default_factory=list)

    def add(self, element: Element) -> None:
        """Add an element; a table waits until it is known whether the text before it goes on."""
        if isinstance(element, Table):
            self._table(element)
        elif self.open_ is not None and self._goes_on(self.open_, element):
            self.open_.lines += element.lines
        else:
            self._flush()
            self.open_, self.table = element, None

    def note(self, notes: Sequence[Note]) -> None:
        """Add the notes of a page."""
        self.waiting += notes

    def done(self) -> list[RawBlock]:
        """Give all blocks."""
        self._flush()
        return [block for block in self.blocks if block.text]

    def _table(self, table: Table) -> None:
        """Add a table; on a later page, without the head that it repeats."""
        before, self.table = self.table, table
        if before is not None and before.page < table.page:
            same = 0
            for row, head in zip(table.rows, before.rows, strict=False):
                if self._row(row) != self._row(head):
                    break
                same += 1
            table = replace(table, rows=table.rows[same:])
            self.table = replace(before, page=table.page)
        self.waiting.append(table)

    def _goes_on(self, open_: Paragraph, element: Paragraph) -> bool:
        """Whether a paragraph of another column or page goes on in this one."""
        last, first = open_.lines[-1], element.lines[0]
        if element.item or self.headings.level(open_) or self.headings.level(element):
            return False
        if last.page == first.page and first.y > last.y and not self.waiting:
            return False  # in one column, its own lines have told
        if abs(last.size - first.size) > _SAME_SIZE * last.size or last.leads:
            return False
        return first.text[:1].islower() and not ends_sentence(last.text)

    def _flush(self) -> None:
        """Write the open paragraph, then what waits."""
        if self.open_ is not None:
            self._paragraph(self.open_)
            self.open_ = None
        for element in self.waiting:
            if isinstance(element, Note):
                self._note(element)
            else:
                self.indents.clear()
                self._rows(element)
        self.waiting = []

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = self._joined([line.text for line in paragraph.lines])
        level = self.headings.level(paragraph)
        if level:
            self.indents.clear()
            self.blocks.append(RawBlock("heading", text, level, paragraph.page))
            return
        if paragraph.item and not text[0].isdigit() and _BARE_BULLET.match(text):
            text = f"• {text[1:].lstrip()}"
        found = blocks_of(text, by_line=True) if paragraph.item else []
        if len(found) != 1 or found[0].kind != "item":
            self.indents.clear()
            self.blocks.append(RawBlock("paragraph", text, page=paragraph.page))
            return
        depth = self._depth(paragraph.indent)
        self.blocks.append(replace(found[0], level=depth, page=paragraph.page))

    def _depth(self, indent: float) -> int:
        while self.indents and indent < self.indents[-1] - _DEPTH_POINTS:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1] + _DEPTH_POINTS:
            self.indents.append(indent)
        return len(self.indents) - 1

    def _rows(self, table: Table) -> None:
        for row in table.rows:
            cells = self._row(row)
            filled = [cell for cell in cells if cell]
            if len(filled) > 1 or (len(cells) > 1 and filled):
                self.blocks.append(RawBlock("row", " | ".join(cells), page=table.page))
            elif filled:
                self.blocks.append(RawBlock("paragraph", filled[0], page=table.page))

    def _row(self, row: Sequence[Sequence[object]]) -> list[str]:
        return [self._joined([line.text for line in cell]) for cell in row]  # type: ignore[attr-defined]

    def _note(self, note: Note) -> None:
        text = self._joined(note.texts)
        if note.number:
            block = RawBlock("note", f"[{note.number}] {text}", page=note.lines[0].page)
            self.blocks.append(block)
            return
        for place in range(len(self.blocks) - 1, -1, -1):  # it goes on from the page before
            if self.blocks[place].kind == "note":
                whole = self.joiner.joined(self.blocks[place].text, text)
                self.blocks[place] = replace(self.blocks[place], text=whole)
                return
        self.blocks.append(RawBlock("paragraph", text, page=note.lines[0].page))

    def _joined(self, texts: Sequence[str]) -> str:
        return one_line(sanitise(settled(self.joiner.join(texts))))


def _without_letterhead(blocks: list[RawBlock]) -> list[RawBlock]:
    """Make paragraphs of what is large or bold above the subject of a letter."""
    subject = next(
        (n for n, block in enumerate(blocks[:_LETTERHEAD_BLOCKS]) if is_subject(block.text)), 0
    )
    return [
        replace(block, kind="paragraph", level=0)
        if number < subject and block.kind == "heading" and not names_text(block.text)
        else block
        for number, block in enumerate(blocks)
    ]
