"""A tree of HTML (or of trafilatura's XML, whose tags differ) to blocks, in reading order."""

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.reading.content import RawBlock
from ingest.reading.plain import blocks_of
from ingest.reading.sanitising import one_line, sanitise

SKIPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "aside",
        "footer",
        "button",
        "select",
        "option",
        "textarea",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "figcaption",
        "graphic",
        "input",
        "label",
        "legend",
        "dialog",
        "menu",
    )
)
_SMALL_FORM_CHARS = 1500
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "section",
        "article",
        "main",
        "body",
        "header",
        "address",
        "blockquote",
        "quote",
        "pre",
        "figure",
        "details",
        "summary",
        "fieldset",
        "form",
        "hr",
        "dl",
        "dt",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "center",
        "ab",
    )
)
_LISTS = frozenset(("ul", "ol", "list"))
_ITEMS = frozenset(("li", "item", "dd"))
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))
_LINE_BREAKS = frozenset(("br", "lb"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "head"))
_NOTE = re.compile(r"\[\d{1,3}\]\s*\S")
_NOTE_ID = re.compile(
    r"_?(?:fn|ftn|footnote|endnote|note|nb|cite_note)[-_:]?(?:\d{1,2}-)?(\d{1,3})"
)
_NOTE_TAGS = ("li", "p", "div", "aside", "dd")
_NOTE_MARK = re.compile(r"[\s\[(]{0,8}\d{1,3}[\])]?[.\s:]|[\s↑^]+")
_BACK_ARROWS = re.compile(r"[\s↩↑⤴^]+$")

Tree = Any  # lxml ships no types


def blocks_of_tree(root: Tree) -> list[RawBlock]:
    """Give the blocks of a tree, without what is never text (scripts, menus, buttons, forms).

    A table's row is one block, its cells joined by `` | ``; a list item has its depth and, in an
    ordered list, its number as label.
    """
    walk = _Walk()
    context = etree.iterwalk(root, events=("start", "end"))
    for event, element in context:
        if not isinstance(element.tag, str):
            if event == "end":
                walk.text(element.tail)
        elif event == "end":
            walk.leave(element.tag)
            if element is not root:
                walk.text(element.tail)
        elif _is_skipped(element):
            walk.pause()
            context.skip_subtree()
            walk.skip_end += 1
        else:
            walk.enter(element)
            walk.text(element.text)
    walk.flush()
    return walk.blocks


def take_notes(root: Tree) -> list[RawBlock]:
    """Take the footnotes out of an HTML tree and write note calls as ``[1]`` in its text.

    Returns:
        One ``note`` block a footnote, ``[1] …``, in their order.
    """
    for call in list(root.iter("sup")):
        digits = one_line(call.text_content()).strip("[]()")
        linked = call.find(".//a") is not None or (
            call.getparent() is not None and call.getparent().tag == "a"
        )
        if linked and digits.isdigit() and len(digits) <= 3:
            for child in list(call):
                call.remove(child)
            call.text = f"[{digits}]"
    notes: list[RawBlock] = []
    for element in list(root.iter(*_NOTE_TAGS)):
        found = _NOTE_ID.fullmatch((element.get("id") or "").lower())
        if found and element.getparent() is not None:
            text = _BACK_ARROWS.sub("", one_line(sanitise(element.text_content())))
            text = _NOTE_MARK.sub("", text, count=1) if _NOTE_MARK.match(text) else text
            if text.strip():
                notes.append(RawBlock("note", f"[{found[1]}] {text.strip()}"))
            element.drop_tree()
    return notes


def _is_skipped(element: Tree) -> bool:
    if element.tag == "form":
        return sum(map(len, element.itertext())) < _SMALL_FORM_CHARS
    return element.tag in SKIPPED or element.get("hidden") is not None


@dataclass
class _Walk:
    """The blocks so far, the words of the open one, and where in lists and tables it stands."""

    blocks: list[RawBlock] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    heading: int = 0
    counters: list[int | None] = field(default_factory=list)
    item: bool = False
    label: str = ""
    cells: list[str] | None = None
    tables: int = 0
    skip_end: int = 0

    def pause(self) -> None:
        """Keep the words on each side of a skipped element apart."""
        self.words.append(" ")

    def text(self, text: str | None) -> None:
        """Add text; white space of the source is one space."""
        if text:
            self.words.append(re.sub(r"\s+", " ", text))

    def enter(self, element: Tree) -> None:
        """Open an element."""
        tag = element.tag
        if self.cells is not None and self.tables:
            if tag in _CELLS:
                self._cell()
            elif tag in _ITEMS or tag in _BLOCKS or tag in _LINE_BREAKS:
                self.words.append(" ")
            if tag in _ROWS:
                self.tables += 1
            return
        if tag in _LINE_BREAKS:
            self.words.append("\n")
        elif tag in _LISTS:
            self.flush()
            ordered = tag == "ol" or element.get("rend") == "ol"
            self.counters.append(0 if ordered else None)
        elif tag in _ITEMS:
            self.flush()
            self._open_item()
        elif tag in _ROWS:
            self.flush()
            self.cells, self.tables = [], 1
        elif tag in _HEADINGS:
            self.flush()
            self.heading = _level(element)
        elif tag in _BLOCKS:
            self.flush()

    def _open_item(self) -> None:
        self.item, self.label = True, ""
        if self.counters and self.counters[-1] is not None:
            self.counters[-1] += 1
            self.label = f"{self.counters[-1]}."

    def leave(self, tag: str) -> None:
        """Close an element."""
        if self.skip_end:
            self.skip_end -= 1
            return
        if self.cells is not None and self.tables:
            if tag in _ROWS:
                self.tables -= 1
                if not self.tables:
                    self._row()
            elif tag in _CELLS or tag in _BLOCKS or tag in _ITEMS:
                self.words.append(" ")
            return
        if tag in _LISTS:
            self.flush()
            self.item = False
            if self.counters:
                self.counters.pop()
        elif tag in _ITEMS:
            self.flush()
            self.item = False
        elif tag in _HEADINGS:
            self.flush()
            self.heading = 0
        elif tag in _BLOCKS:
            self.flush()

    def _cell(self) -> None:
        if self.cells:
            self.cells[-1] += "".join(self.words)
        self.words = []
        if self.cells is not None:
            self.cells.append("")

    def _row(self) -> None:
        if self.cells:
            self.cells[-1] += "".join(self.words)
        cells = [one_line(sanitise(cell)) for cell in self.cells or []]
        self.words, self.cells = [], None
        if len(cells) > 1 and any(cells):
            self.blocks.append(RawBlock("row", " | ".join(cells)))
        elif cells and cells[0]:
            self.blocks.append(RawBlock("paragraph", cells[0]))

    def flush(self) -> None:
        """End the open block."""
        text = sanitise("".join(self.words)).strip()
        self.words = []
        if not text:
            return
        if self.heading:
            self.blocks.append(RawBlock("heading", one_line(text), self.heading))
        elif self.item:
            depth = max(0, len(self.counters) - 1)
            self.blocks.append(RawBlock("item", one_line(text), depth, label=self.label))
            self.item = False
        elif "\n" in text:
            self.blocks += blocks_of(text)
        else:
            kind = "note" if _NOTE.match(text) else "paragraph"
            self.blocks.append(RawBlock(kind, one_line(text)))  # type: ignore[arg-type]


def _level(element: Tree) -> int:
    written = element.get("rend") if element.tag == "head" else element.tag
    return int(written[1]) if written and written[1:2].isdigit() else 2
