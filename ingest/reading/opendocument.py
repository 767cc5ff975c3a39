"""OpenDocument text (.odt), and what Word files have in common with it.

Both are zip files of XML parts (``Package``), number their lists and headings by rule
(``numeral``), and often show a heading by bold type alone (``head_bold_lines``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree, html  # type: ignore[import-untyped]

from corpus.errors import UnreadableFile
from ingest.reading.content import RawBlock, Reading
from ingest.reading.odt_headers import header_lines
from ingest.reading.odt_styles import TEXT, Level, Styles, count_of
from ingest.reading.office import (
    HEADING_CHARS,
    LABEL_END,
    LABEL_START,
    Package,
    head_bold_lines,
    numeral,
    raised,
    reading_of,
    relabelled,
)
from ingest.reading.sanitising import one_line, sanitise
from ingest.reading.walking import Tree, blocks_of_tree

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_ENCRYPTION = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"
_MOST_SPACES = 20
_MOST_COLUMNS = 63
_MOST_ROWS = 100
_MOST_CELLS = 100_000
_MERGED_CHARS = 200
_LEFT_OUT = frozenset(
    [f"{_OFFICE}{tag}" for tag in ("annotation", "annotation-end", "forms")]
    + [f"{TEXT}{tag}" for tag in ("tracked-changes", "table-of-content", "alphabetical-index")]
    + [f"{TEXT}{tag}" for tag in ("illustration-index", "table-index", "hidden-text", "number")]
    + [f"{TEXT}{tag}" for tag in ("hidden-paragraph", "ruby-text", "sequence-decls")]
    + [f"{_DRAW}{tag}" for tag in ("image", "object", "plugin")]
)


def read(name: str, data: bytes) -> Reading:
    """Read one .odt file; deleted text, comments, tables of contents and pictures are left out.

    Page headers are no blocks, and are given apart.

    Raises:
        UnreadableFile: something else, damaged, protected by a password, or no text at all.
    """
    package = Package(name, data, ".odt", "un document OpenDocument")
    manifest = package.root("META-INF/manifest.xml")
    locked = manifest is not None and next(manifest.iter(_ENCRYPTION), None) is not None
    if locked or "encrypted-package" in package:
        raise package.locked()
    content = package.root("content.xml")
    body = None if content is None else content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise package.unreadable()
    styles = package.root("styles.xml")
    writer = _Writer(Styles([styles, content]))
    meta = package.root("meta.xml")
    stated = None if meta is None else next(meta.iter(_DC_TITLE), None)
    try:
        writer.blocks(body, writer.body)
        header = header_lines(styles, content)
    except RecursionError as error:
        raise package.unreadable() from error
    except OverflowError as error:
        raise UnreadableFile(f"« {name} » contient un tableau trop grand.") from error
    head_bold_lines(writer.body)
    blocks = [*relabelled(blocks_of_tree(writer.body)), *writer.notes]
    found = reading_of(name, blocks, writer.title, None if stated is None else stated.text)
    return Reading(tuple(replace(one, header=header) for one in found.contents))


@dataclass
class _List:
    """The list that holds a paragraph: its style, its counters, its depth (0 first)."""

    style: str
    counters: list[int]
    depth: int


@dataclass
class _Writer:
    """A tree of HTML from the one of OpenDocument, the notes apart, and the title."""

    styles: Styles
    body: Tree = field(default_factory=lambda: html.Element("body"))
    notes: list[RawBlock] = field(default_factory=list)
    title: str | None = None
    counters: dict[str, list[int]] = field(default_factory=dict)
    cells: int = 0

    def blocks(self, source: Tree, target: Tree, label: str = "") -> None:
        """Write the blocks that ``source`` holds into ``target``, the label before the first."""
        for element in source:
            tag = element.tag
            if tag in _LEFT_OUT or element.get(f"{TEXT}display") == "none":
                continue
            if tag in (f"{TEXT}h", f"{TEXT}p"):
                self._paragraph(element, target, label)
                label = ""
            elif tag == f"{TEXT}list":
                self._list(element, target, None)
            elif tag == f"{_TABLE}table":
                self._table(element, etree.SubElement(target, "table"))
            else:
                self.blocks(element, target, label)

    def _paragraph(self, element: Tree, target: Tree, label: str) -> None:
        style = element.get(f"{TEXT}style-name")
        pieces: list[tuple[str, bool]] = []
        boxes: list[Tree] = []
        self._words(element, bool(self.styles.is_bold(style)), pieces, boxes)
        text = "".join(piece for piece, _ in pieces)
        tag, attributes = "p", {}
        if text.strip() and len(text) <= HEADING_CHARS:
            if self.styles.is_title(style):
                tag = "h1"
                self.title = self.title or one_line(sanitise(text)) or None
            elif element.tag == f"{TEXT}h":
                level = count_of(element, f"{TEXT}outline-level", 1, 10)
                tag = f"h{min(6, level + (self.title is not None))}"
                label = label or self._outlined(element, level)
            elif all(bold for piece, bold in pieces if piece.strip()):
                attributes = {"class": "bold"}
        if label:
            text = f"{LABEL_START}{label}{LABEL_END}{text}"
        written = etree.SubElement(target, tag, attributes)
        lines = text.split("\n")
        written.text = lines[0]
        for line in lines[1:]:
            etree.SubElement(written, "br").tail = line
        for box in boxes:
            self.blocks(box, target)

    def _words(
        self, source: Tree, bold: bool, pieces: list[tuple[str, bool]], boxes: list[Tree]
    ) -> None:
        """Gather the words of a paragraph with their type, and the text boxes anchored in it."""
        words = _flat(source.text)
        above = source.tag == f"{TEXT}span" and words.strip().isdigit()
        above = above and self.styles.is_raised(source.get(f"{TEXT}style-name"))
        pieces.append((raised(words) if above else words, bold))
        for element in source:
            tag = element.tag
            if tag == f"{TEXT}s":
                spaces = count_of(element, f"{TEXT}c", 1, _MOST_SPACES)
                pieces.append((" " * spaces, bold))
            elif tag == f"{TEXT}tab":
                pieces.append((" ", bold))
            elif tag == f"{TEXT}line-break":
                pieces.append(("\n", bold))
            elif tag == f"{TEXT}note":
                pieces.append((self._note(element), bold))
            elif tag == f"{_DRAW}text-box":
                boxes.append(element)
            elif tag not in _LEFT_OUT:
                own = self.styles.is_bold(element.get(f"{TEXT}style-name"))
                self._words(element, bold if own is None else own, pieces, boxes)
            pieces.append((_flat(element.tail), bold))

    def _note(self, element: Tree) -> str:
        body = element.find(f"{TEXT}note-body")
        number = len(self.notes) + 1
        self.notes.append(RawBlock("note", f"[{number}]"))
        pieces: list[tuple[str, bool]] = []
        for paragraph in () if body is None else body.iter(f"{TEXT}p", f"{TEXT}h"):
            self._words(paragraph, False, pieces, [])
            pieces.append((" ", False))
        text = one_line(sanitise("".join(piece for piece, _ in pieces)))
        self.notes[number - 1] = RawBlock("note", f"[{number}] {text}".strip())
        return f"[{number}]"

    def _outlined(self, element: Tree, level: int) -> str:
        """Give the number that the chapter numbering writes before a heading."""
        if element.get(f"{TEXT}is-list-header") == "true":
            return ""
        counters = self.counters.setdefault("", [])
        return _next(counters, level - 1, self.styles.outline)

    def _list(self, element: Tree, target: Tree, within: _List | None) -> None:
        style = element.get(f"{TEXT}style-name") or (within.style if within else "")
        levels = self.styles.lists.get(style, {})
        depth = min(within.depth + 1, 9) if within else 0
        goes_on = element.get(f"{TEXT}continue-numbering") == "true"
        goes_on = goes_on or element.get(f"{TEXT}continue-list") is not None
        kept = self.counters.get(style, []) if goes_on else []
        here = _List(style, within.counters if within else list(kept), depth)
        if not goes_on:
            del here.counters[depth:]
        written = etree.SubElement(target, "ul")
        for item in element:
            if item.tag == f"{TEXT}list-item":
                if item.get(f"{TEXT}start-value"):
                    start = count_of(item, f"{TEXT}start-value", 1, 10_000)
                    here.counters[depth:] = [start - 1]
                self._item(item, etree.SubElement(written, "li"), here, levels)
            elif item.tag == f"{TEXT}list-header":
                self.blocks(item, written)
        self.counters[style] = here.counters

    def _item(self, item: Tree, target: Tree, here: _List, levels: dict[int, Level]) -> None:
        first = next((child for child in item if child.tag != f"{TEXT}number"), None)
        wraps = first is not None and first.tag == f"{TEXT}list"
        label = "" if wraps else _next(here.counters, here.depth, levels)
        for element in item:
            if element.tag == f"{TEXT}list":
                self._list(element, target, here)
            else:
                self.blocks([element], target, label)
                label = ""

    def _table(self, element: Tree, table: Tree) -> None:
        """Write a table; a cell merged downwards is repeated on each of its rows."""
        above: dict[int, tuple[str, int]] = {}
        for row in _rows(element):
            again = count_of(row, f"{_TABLE}number-rows-repeated", 1, _MOST_ROWS)
            for _ in range(again if "".join(row.itertext()).strip() else 1):
                self._row(row, etree.SubElement(table, "tr"), above)

    def _row(self, row: Tree, target: Tree, above: dict[int, tuple[str, int]]) -> None:
        column = 0
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            again = count_of(cell, f"{_TABLE}number-columns-repeated", 1, 1 << 20)
            if again > _MOST_COLUMNS:
                again = _MOST_COLUMNS if "".join(cell.itertext()).strip() else 0
            for _ in range(again):
                self.cells += 1
                if self.cells > _MOST_CELLS:
                    raise OverflowError
                written = etree.SubElement(target, "td")
                if cell.tag == f"{_TABLE}covered-table-cell":
                    text, left = above.get(column, ("", 0))
                    written.text = text if left else None
                    above[column] = (text, max(0, left - 1))
                else:
                    self.blocks(cell, written)
                    rows = count_of(cell, f"{_TABLE}number-rows-spanned", 1, 10_000)
                    text = one_line("".join(written.itertext()))
                    above[column] = (text if len(text) <= _MERGED_CHARS else "", rows - 1)
                column += 1


def _rows(table: Tree) -> Iterator[Tree]:
    for element in table:
        if element.tag == f"{_TABLE}table-row":
            yield element
        elif element.tag in [
            f"{_TABLE}table-{kind}" for kind in ("header-rows", "rows", "row-group")
        ]:
            yield from _rows(element)


def _next(counters: list[int], depth: int, levels: dict[int, Level]) -> str:
    """Count one more at this depth (0 first) and give its label, "" for a bullet."""
    for above in range(len(counters), depth):
        counters.append(levels.get(above + 1, Level()).start)
    del counters[depth + 1 :]
    level = levels.get(depth + 1, Level())
    if len(counters) == depth:
        counters.append(level.start - 1)
    counters[depth] += 1
    if not level.form:
        return ""
    shown = range(max(0, depth + 1 - level.shown), depth + 1)
    forms = [(counters[at], levels.get(at + 1, Level()).form) for at in shown]
    number = ".".join(numeral(value, form) for value, form in forms if form)
    return f"{level.prefix}{number}{level.suffix}".strip()


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").replace(LABEL_START, "").replace(LABEL_END, "")
