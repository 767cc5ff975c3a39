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
from ingest.reading.shapes import SENTENCE_ENDS, TITLE_CHARS, chrome_kinds, key_of
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
_DAY = re.compile(r"\s{0,9}(\d{4})[-/](\d\d)[-/](\d\d)(?!\d)")
_JSON_DAY = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"]{8,40})"')
_ISSUED = frozenset(
    (
        "article:published_time",
        "og:article:published_time",
        "article:published",
        "datepublished",
        "publication_date",
        "publish-date",
        "publishdate",
        "pubdate",
        "parsely-pub-date",
        "citation_publication_date",
        "citation_online_date",
        "dc.date.issued",
        "dcterms.issued",
    )
)
"""Names under which a page states its publication; ``created``, ``date``… are its file's."""
_HEAD_BYTES = 4096
_FOUND_SHARE = 0.5
_FEW_BLOCKS = 3
_LINES_OF_HEAD = 60
_COMPARED_CHARS = 120


def read(name: str, data: bytes) -> Reading:
    """Read one HTML page: its article, and what its metadata says.

    Raises:
        UnreadableFile: binary content, no HTML tree, or no text at all.
    """
    tree = _tree(name, _decoded(name, data))
    notes = take_notes(tree)
    walked = blocks_of_tree(_body(tree))
    known = _Known(tree)
    title = _title(known, walked)
    found = blocks_of_tree(known.body) if known.body is not None else []
    if _is_enough(found, walked):
        whole = _with_headings(found, walked, known.text("sitename"))
        page = clean(_in_order(whole, notes), title, whole=True)
    else:
        page = clean(_in_order(walked, notes), title)
    if not page.blocks:
        raise UnreadableFile(f"« {name} » ne contient aucun texte lisible.")
    return Reading((_content(page, known, walked),))


class _Known:
    """What a page states of itself, and what trafilatura says of it; nothing where it fails."""

    def __init__(self, tree: Tree) -> None:
        self.day = _stated_day(tree)
        self.named = _names_itself(tree)
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


def _with_headings(
    found: Sequence[RawBlock], walked: Sequence[RawBlock], site: str | None
) -> list[RawBlock]:
    """Put back the headings that the extraction lost right above a block that it kept.

    Outside an article's container it keeps paragraphs, lists and tables alone. A heading that
    only leads what was left out (a menu, other articles), or names the site, stays out.
    """
    name = key_of(site or "")
    found = [b for b in found if b.kind != "heading" or key_of(b.text) != name]
    places: dict[str, list[int]] = {}
    for number in range(len(found) - 1, -1, -1):
        places.setdefault(_letters(found[number].text), []).append(number)
    lost: dict[int, list[RawBlock]] = {}
    pending: list[RawBlock] = []
    after = -1
    for block in walked:
        if block.kind == "heading":
            if after < 0:  # above the article, only the chain of headings that leads to it
                pending = [above for above in pending if above.level < block.level]
            if key_of(block.text) != name:
                pending.append(block)
            continue
        at = places.get(_letters(block.text), [])
        while at and at[-1] <= after:
            at.pop()
        if at:
            after = at[-1]
            lost[after] = pending
        pending = []
    return _merged(found, lost)


def _merged(found: Sequence[RawBlock], lost: dict[int, list[RawBlock]]) -> list[RawBlock]:
    """Put headings above blocks, in place of the copies that already stand there."""
    blocks: list[RawBlock] = []
    for number, block in enumerate(found):
        headings = lost.get(number, [])
        copies = {_letters(heading.text) for heading in headings}
        while blocks and _letters(blocks[-1].text) in copies:
            blocks.pop()
        blocks += [*headings, block]
    return blocks


def _letters(text: str) -> str:
    """Give what a block keeps from one extraction to another."""
    return "".join(char for char in text[:_COMPARED_CHARS].casefold() if char.isalnum())


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
    """Give the day that the page states, but a first of January only where it is shown too.

    Many sites write a bare year so.
    """
    day = known.day
    if day is None or (day.month, day.day) != (1, 1):
        return day
    shown = {q.value for q in find_quantities("\n".join(lines[:_LINES_OF_HEAD]))}
    return day if day.isoformat() in shown else None


def _stated_day(tree: Tree) -> date | None:
    """Give the day of publication of an article's metadata, the surest place first.

    Several days in one place (a page of several articles) state none.
    """
    metas = [
        element.get("content")
        for element in tree.iter("meta")
        if (element.get("property") or element.get("name") or "").strip().lower() in _ISSUED
    ]
    scripts = [
        stated
        for element in tree.iter("script")
        if "ld+json" in (element.get("type") or "").lower()
        for stated in _JSON_DAY.findall(element.text or "")
    ]
    marked = [
        element.get("datetime") or element.get("content") or element.text_content()
        for element in tree.iter("time", "meta", "span")
        if (element.get("itemprop") or "").lower() == "datepublished"
        or element.get("pubdate") is not None
    ]
    for place in (metas, scripts, marked):
        days = {day for stated in place if (day := _day_of(stated or "")) is not None}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _day_of(stated: str) -> date | None:
    found = _DAY.match(stated)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _names_itself(tree: Tree) -> bool:
    """Tell a page with a title of its own: its ``title``, or the one it gives to be shared."""
    names = [one_line(element.text_content()) for element in tree.findall("head/title")]
    names += [
        element.get("content") or ""
        for element in tree.iter("meta")
        if (element.get("property") or element.get("name") or "").lower().endswith(":title")
    ]
    return any(name.strip() for name in names)


def _title(known: _Known, walked: Sequence[RawBlock]) -> str | None:
    """Give the page's title; the first of several widest headings is that of a part, not of all.

    A document saved as a page without a title shows its own in a line above its parts.
    """
    title = known.text("title")
    parts = {block.text for block in walked if block.kind == "heading" and block.level == 1}
    if known.named or not walked or len(parts) < 2 or title not in parts:
        return title
    first = walked[0]
    if first.kind == "heading":
        return title
    short = len(first.text) <= TITLE_CHARS and not first.text.endswith(SENTENCE_ENDS)
    words = len(first.text.split())
    return first.text if short and words > 1 and not chrome_kinds(first) else None
