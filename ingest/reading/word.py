"""Word documents (.docx): the parts are made plain first, then mammoth turns them into HTML.

What mammoth doesn't know is settled before it: labels of automatic numbering, levels of headings
by style or outline, bold type inherited from styles, merged cells, hidden text, note numbers.
"""

import zipfile
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Final
from xml.parsers.expat import ExpatError

from lxml import etree, html  # type: ignore[import-untyped]

from ingest.reading.content import Reading
from ingest.reading.office import (
    Package,
    head_bold_lines,
    reading_of,
    relabelled,
)
from ingest.reading.simplifying import Writer
from ingest.reading.walking import Tree, blocks_of_tree, take_notes
from ingest.reading.word_headers import RELATIONSHIP, header_lines
from ingest.reading.word_styles import (
    LEVELS,
    STRICT,
    Numbering,
    Styles,
    W,
)

_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_ITEM_PATH = "ul > li > "
_STYLE_MAP: Final = "\n".join(
    [f"p.h{level} => h{level}:fresh" for level in range(1, 7)]
    + [f"p.u{depth} => {_ITEM_PATH * depth}ul > li:fresh" for depth in range(LEVELS)]
    + ["p.b => p.bold:fresh"]
)
_FAILURES = (
    ExpatError,
    etree.LxmlError,
    zipfile.BadZipFile,
    OSError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    AssertionError,
    RecursionError,
)


def read(name: str, data: bytes) -> Reading:
    """Read one .docx file.

    Deleted text, comments, page footers, tables of contents and pictures are left out; page
    headers are no blocks, and are given apart.

    Raises:
        UnreadableFile: something else, damaged, protected by a password, or no text at all.
    """
    package = Package(name, data, ".docx", "un document Word")
    main = _main_part(package)
    document = _root(package, main)
    if document is None or document.find(f"{W}body") is None:
        raise package.unreadable()
    folder = main.rpartition("/")[0]
    styles, numbering, footnotes, endnotes = (
        _root(package, f"{folder}/{part}.xml".lstrip("/"))
        for part in ("styles", "numbering", "footnotes", "endnotes")
    )
    properties = package.root("docProps/core.xml")
    stated = None if properties is None else next(properties.iter(_DC_TITLE), None)
    try:
        header = header_lines(partial(_root, package), main, document, styles)
        writer = Writer(Styles(styles), Numbering(numbering))
        writer.make_plain(document)
        notes = _noted(document, {"footnote": footnotes, "endnote": endnotes})
        writer.make_plain(notes)
        body = _html(document, notes)
        called = take_notes(body)
        head_bold_lines(body)
        blocks = [*relabelled(blocks_of_tree(body)), *relabelled(called)]
    except _FAILURES as error:
        raise package.unreadable() from error
    found = reading_of(name, blocks, writer.title, None if stated is None else stated.text)
    return Reading(tuple(replace(content, header=header) for content in found.contents))


def _main_part(package: Package) -> str:
    relationships = package.root("_rels/.rels")
    for link in () if relationships is None else relationships.iter(RELATIONSHIP):
        if (link.get("Type") or "").endswith("/officeDocument"):
            target = (link.get("Target") or "").lstrip("/")
            if target in package:
                return target
    return "word/document.xml"


def _root(package: Package, part: str) -> Tree:
    """Give the root of a part; the strict names of its elements become the usual ones."""
    root = package.root(part)
    if root is not None and str(root.tag).startswith(STRICT):
        for element in root.iter(etree.Element):
            element.tag = element.tag.replace(STRICT, W)
            for key in [key for key in element.attrib if key.startswith(STRICT)]:
                element.set(key.replace(STRICT, W), element.attrib.pop(key))
    return root


def _html(document: Tree, notes: Tree) -> Tree:
    """Give the body of the HTML that mammoth makes of plain parts, its notes by their number."""
    import mammoth

    plain = BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("word/document.xml", etree.tostring(document, encoding="utf-8"))
        archive.writestr("word/footnotes.xml", etree.tostring(notes, encoding="utf-8"))
    converted = mammoth.convert_to_html(
        plain,
        style_map=_STYLE_MAP,
        include_default_style_map=False,
        include_embedded_style_map=False,
        convert_image=lambda _: [],
    )
    body = html.document_fromstring(f"<html><body>{converted.value}</body></html>").find("body")
    for call in body.iterfind(".//sup/a"):
        if (call.get("href") or "").startswith("#footnote-"):
            call.text = f"[{call.get('href').rpartition('-')[2]}]"
    seen: set[str] = set()
    for item in list(body.iterfind(".//li[@id]")):
        number = item.get("id").rpartition("-")[2]
        if number in seen:
            item.drop_tree()
        seen.add(number)
        item.text = f"[{number}] {item.text or ''}"
    return body


def _noted(document: Tree, parts: dict[str, Tree]) -> Tree:
    """Give one part of footnotes that holds all notes called, numbered in their order."""
    numbers: dict[tuple[str, str], int] = {}
    notes = etree.Element(f"{W}footnotes", nsmap={"w": W[1:-1]})
    bodies = {
        (kind, note.get(f"{W}id")): note
        for kind, root in parts.items()
        if root is not None
        for note in root.iter(f"{W}{kind}")
        if note.get(f"{W}type") in (None, "normal")
    }
    for call in list(document.iter(f"{W}footnoteReference", f"{W}endnoteReference")):
        key = (etree.QName(call).localname.removesuffix("Reference"), call.get(f"{W}id"))
        if key not in bodies:
            call.getparent().remove(call)
            continue
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            note = bodies[key]
            note.tag = f"{W}footnote"
            note.attrib.clear()
            note.set(f"{W}id", str(numbers[key]))
            notes.append(note)
        call.tag = f"{W}footnoteReference"
        call.attrib.clear()
        call.set(f"{W}id", str(numbers[key]))
    return notes
