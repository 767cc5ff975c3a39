"""Makes a Word part plain before mammoth reads it: what it would guess is settled here."""

import re
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from ingest.reading.office import (
    HEADING_CHARS,
    LABEL_END,
    LABEL_START,
    raised,
)
from ingest.reading.sanitising import one_line, sanitise
from ingest.reading.walking import Tree
from ingest.reading.word_styles import (
    BODY_LEVEL,
    LEVELS,
    VAL,
    Numbering,
    Styles,
    W,
    switched,
    value_of,
    whole,
)

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LIST_NAME = re.compile(r"(?:list|liste)\D{0,20} ([2-5])$")
_CONTENTS_NAME = re.compile(r"(?:toc|tm) ?(?:\d|heading)$|table des matières")
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{4}")
_MOST_COLUMNS = 63
_MOST_FILLED = 20_000
_MERGED_CHARS = 200
_MARKS = frozenset(f"{W}{tag}" for tag in ("rPr", "trPr", "tcPr", "pPr"))
_GONE = [f"{W}{tag}" for tag in ("del", "moveFrom", "drawing", "bookmarkStart", "commentReference")]
_GONE += [f"{_V}imagedata", f"{W}object", f"{W}altChunk"]
_UNWRAPPED = [f"{W}{tag}" for tag in ("fldSimple", "bdo", "dir", "hyperlink")]


@dataclass
class Writer:
    """Rewrites the parts of a document so that mammoth has nothing left to guess."""

    styles: Styles
    numbering: Numbering
    title: str | None = None
    filled: int = 0

    def make_plain(self, root: Tree) -> None:
        """Rewrite one part: only text, tables, notes calls and our own style names stay."""
        _open_boxes(root)
        for element in list(root.iter(*_GONE)):
            parent = element.getparent()
            if parent is not None and parent.tag not in _MARKS:
                parent.remove(element)
        for symbol in list(root.iter(f"{W}sym")):
            if not _HEXADECIMAL.fullmatch(symbol.get(f"{W}char") or ""):
                symbol.getparent().remove(symbol)
        for element in list(root.iter(*_UNWRAPPED)):
            element.tag = f"{W}smartTag"
        for element in list(root.iter(f"{W}noBreakHyphen")):
            element.tag, element.text = f"{W}t", "-"
        for formula in list(root.iter(f"{_M}oMath")):
            words = "".join(element.text or "" for element in formula.iter(f"{_M}t"))
            formula.getparent().replace(formula, _run(words))
        for table in root.iter(f"{W}tbl"):
            self._fill(table)
        for paragraph in list(root.iter(f"{W}p")):
            self._paragraph(paragraph)

    def _paragraph(self, paragraph: Tree) -> None:
        style = value_of(paragraph, "pPr", "pStyle")
        if _CONTENTS_NAME.match(self.styles.name(style)):
            paragraph.getparent().remove(paragraph)
            return
        bold = self._runs(paragraph, self.styles.is_bold(style))
        text = one_line(_words(paragraph))
        label = self._label(paragraph, style) if text else None
        code = self._code(paragraph, style, text)
        if code is None and label is not None:
            code = f"u{self._depth(paragraph, style)}"
        elif code is None and bold:
            code = "b"
        properties = paragraph.find(f"{W}pPr")
        deleted = None if properties is None else properties.find(f"{W}rPr/{W}del")
        if properties is not None:
            paragraph.remove(properties)
        properties = etree.Element(f"{W}pPr")
        if code:
            etree.SubElement(properties, f"{W}pStyle").set(VAL, code)
        if deleted is not None:
            etree.SubElement(etree.SubElement(properties, f"{W}rPr"), f"{W}del")
        paragraph.insert(0, properties)
        if label:
            paragraph.insert(1, _run(f"{LABEL_START}{label}{LABEL_END}"))

    def _code(self, paragraph: Tree, style: str | None, text: str) -> str | None:
        """Give the style of a heading in our map, ``None`` for any other paragraph."""
        if not text or len(text) > HEADING_CHARS:
            return None
        if self.styles.is_title(style):
            self.title = self.title or one_line(sanitise(text)) or None
            return "h1"
        direct = whole(value_of(paragraph, "pPr", "outlineLvl"), BODY_LEVEL)
        level = direct + 1 if direct < BODY_LEVEL else self.styles.level(style)
        return f"h{min(6, level + (self.title is not None))}" if level else None

    def _numbered(self, paragraph: Tree, style: str | None) -> tuple[str, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        styled = self.styles.numbered(style)
        found = [properties for properties in (own, styled) if properties is not None]
        keys = (value_of(properties, "numId") for properties in found)
        depths = (value_of(properties, "ilvl") for properties in found)
        depth = whole(next((level for level in depths if level), None), 0)
        return next((key for key in keys if key), ""), min(depth, LEVELS - 1)

    def _label(self, paragraph: Tree, style: str | None) -> str | None:
        key, depth = self._numbered(paragraph, style)
        return self.numbering.next_label(key, depth)

    def _depth(self, paragraph: Tree, style: str | None) -> int:
        named = _LIST_NAME.match(self.styles.name(style))
        return max(self._numbered(paragraph, style)[1], int(named[1]) - 1 if named else 0)

    def _runs(self, paragraph: Tree, bold: bool | None) -> bool:
        """Take hidden text away, raise figures that stand above the line; tell if all is bold."""
        all_bold = True
        for run in list(paragraph.iter(f"{W}r")):
            properties = run.find(f"{W}rPr")
            if switched(properties, "vanish"):
                run.getparent().remove(run)
                continue
            own = switched(properties, "b")
            styled = None if properties is None else value_of(properties, "rStyle")
            own = self.styles.is_bold(styled) if own is None else own
            words = "".join(t.text or "" for t in run.iterchildren(f"{W}t"))
            all_bold = all_bold and not (words.strip() and not (bold if own is None else own))
            above = self.styles.is_raised(styled, properties)
            for text in run.iterchildren(f"{W}t"):
                text.text = re.sub(f"[{LABEL_START}{LABEL_END}]", "", text.text or "")
                text.text = raised(text.text) if above else text.text
            if properties is not None:
                run.remove(properties)
        return all_bold

    def _fill(self, table: Tree) -> None:
        """Give each row of a table all its cells: those merged downwards repeat their text."""
        above: dict[int, str | None] = {}
        for row in table.iterchildren(f"{W}tr"):
            cells = list(row.iterchildren(f"{W}tc"))
            column = whole(value_of(row, "trPr", "gridBefore"), 0)
            for cell in cells:
                span = min(whole(value_of(cell, "tcPr", "gridSpan"), 1), _MOST_COLUMNS)
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                if merged is not None and merged.get(VAL) != "restart":
                    self._put(cell, above.get(column))
                else:
                    words = one_line(" ".join(map(_words, cell.iter(f"{W}p"))))
                    kept = merged is not None and len(words) <= _MERGED_CHARS
                    above[column] = words if kept else None
                if (properties := cell.find(f"{W}tcPr")) is not None:
                    cell.remove(properties)
                for _ in range(span - 1 if len(cells) > 1 else 0):
                    if self.filled < _MOST_FILLED:
                        self.filled += 1
                        cell.addnext(etree.Element(f"{W}tc"))
                column += span

    def _put(self, cell: Tree, words: str | None) -> None:
        if words and self.filled < _MOST_FILLED:
            self.filled += 1
            etree.SubElement(cell, f"{W}p").append(_run(words))


def _words(element: Tree) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def _run(words: str) -> Tree:
    run = etree.Element(f"{W}r")
    text = etree.SubElement(run, f"{W}t")
    text.text = words
    return run


def _open_boxes(root: Tree) -> None:
    """Leave of each drawing its text boxes only, once, in the older form that mammoth reads."""
    drawn = [f"{_MC}AlternateContent", f"{W}drawing", f"{W}pict"]
    for drawing in list(root.iter(*drawn)):
        parent = drawing.getparent()
        if parent is None or any(above.tag in drawn for above in drawing.iterancestors()):
            continue
        choices = list(drawing) if drawing.tag == drawn[0] else [drawing]
        boxes = next((b for c in choices if (b := list(c.iter(f"{W}txbxContent")))), [])
        if not boxes and drawing.tag == drawn[0]:
            continue  # its fallback may be words
        plain = etree.Element(f"{W}pict")
        for box in boxes:
            if not any(above in boxes for above in box.iterancestors(f"{W}txbxContent")):
                etree.SubElement(plain, f"{_V}textbox").append(box)
        parent.replace(drawing, plain)
