"""HTML pages: trafilatura finds the article, a plain walk of the tree when it finds too little."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from corpus.errors import UnreadableFile
from corpus.quantities import find_quantities
from ingest.reading.cleaning import Page, clean
from ingest.reading.content import Content, RawBlock, Reading
from ingest.reading.identity import author, cited_numbers, published_on, publisher
from ingest.reading.sanitising import decode, one_line, repaired, sanitise
from ingest.reading.shapes import key_of
from ingest.reading.walking import Tree, blocks_of_tree, take_notes

_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset=[\"']?\s{0,3}([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^<>]*>")
_PARSER_FAILURES = (
    etree.LxmlError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    AssertionError,
    RecursionError,
)
_HEAD_BYTES = 4096
_FOUND_SHARE = 0.5
_FEW_BLOCKS = 3
_LINES_OF_HEAD = 60


def read(name: str, data: bytes) -> Reading:
    """Read one HTML page: its article, and what its metadata says.

    Raises:
        UnreadableFile: binary content, no HTML tree, or no text at all.
    """
    tree = _tree(name, _decoded(name, data))
    notes = take_notes(tree)
    walked = blocks_of_tree(_body(tree))
    known = _Known(tree)
    title = known.text("title")
    found = blocks_of_tree(known.body) if known.body is not None else []
    if _is_enough(found, walked):
        page = clean(_in_order(found, notes), title, whole=True)
    else:
        page = clean(_in_order(walked, notes), title)
    if not page.blocks:
        raise UnreadableFile(f"« {name} » ne contient aucun texte lisible.")
    return Reading((_content(page, known, walked),))


class _Known:
    """What trafilatura says of a page; nothing where it fails."""

    def __init__(self, tree: Tree) -> None:
        self.document: Any = _extracted(tree)
        self.body: Tree | None = getattr(self.document, "body", None)

    def text(self, field: str) -> str | None:
        value = getattr(self.document, field, None)
        return one_line(sanitise(value)) or None if isinstance(value, str) else None


def _extracted(tree: Tree) -> Any:
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            tree,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
        )
    except _PARSER_FAILURES:  # a strange page: the walk of the tree remains
        return None


def _decoded(name: str, data: bytes) -> str:
    """Decode by byte order mark, else by the page's own ``charset``, else as any text."""
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            text = data.decode(declared[1].decode("ascii", "replace"))
        except (LookupError, ValueError):
            text = decode(name, data)
        else:
            decode(name, data[:_HEAD_BYTES])  # refuses binary content
    else:
        text = decode(name, data)
    return sanitise(repaired(text))


def _tree(name: str, text: str) -> Tree:
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(_XML_DECLARATION.sub("", text, count=1), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile(f"« {name} » n'est pas une page HTML lisible.") from error
    return tree


def _body(tree: Tree) -> Tree:
    body = tree.find("body")
    return tree if body is None else body


def _is_enough(found: Sequence[RawBlock], walked: Sequence[RawBlock]) -> bool:
    """Compare what trafilatura found with the article that a plain walk shows.

    Enough is half of its words; fewer than three blocks (its last resort joins a whole page in
    one) must be those of the walk.
    """
    shown = clean(walked).blocks
    half = sum(len(block.text) for block in shown) * _FOUND_SHARE
    if len(found) >= _FEW_BLOCKS:
        return sum(len(block.text) for block in found) >= half
    keys = {key_of(block.text) for block in found}
    return sum(len(block.text) for block in shown if key_of(block.text) in keys) >= half


def _in_order(blocks: Sequence[RawBlock], notes: Sequence[RawBlock]) -> list[RawBlock]:
    return [*blocks, *notes]


def _content(page: Page, known: _Known, walked: Sequence[RawBlock]) -> Content:
    lines = [block.text for block in walked]
    site = known.text("sitename")
    return Content(
        blocks=page.blocks,
        title=page.title,
        published_on=published_on(lines[:_LINES_OF_HEAD]) or _shown_day(known, lines),
        publisher=site or publisher(lines),
        author=known.text("author") or author(lines[:_LINES_OF_HEAD]) or page.author,
        references=cited_numbers(page.blocks, page.title),
        url=known.text("url"),
    )


def _shown_day(known: _Known, lines: Sequence[str]) -> date | None:
    """Give the day that trafilatura found, but not one that it made from a bare year."""
    value = known.text("date")
    try:
        day = date.fromisoformat(value or "")
    except ValueError:
        return None
    if (day.month, day.day) != (1, 1):
        return day
    shown = {q.value for q in find_quantities("\n".join(lines[:_LINES_OF_HEAD]))}
    return day if value in shown else None
