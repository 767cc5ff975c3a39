"""The page headers of an OpenDocument text: its letterhead, as ``word_headers`` gives Word's."""

from collections.abc import Iterator
from typing import Final

from ingest.reading.odt_styles import TEXT
from ingest.reading.sanitising import one_line, sanitise
from ingest.reading.walking import Tree

_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_USUAL: Final = "Standard"
_MOST_LINES: Final = 30
_LINE_CHARS: Final = 600
_BREAKS: Final = frozenset(f"{TEXT}{tag}" for tag in ("tab", "line-break"))
_COMPUTED: Final = frozenset(
    f"{TEXT}{tag}"
    for tag in ("page-number", "page-count", "page-continuation", "date", "time", "file-name")
    + ("print-date", "print-time", "modification-date", "modification-time", "creation-date")
)
_LEFT_OUT: Final = frozenset(f"{TEXT}{tag}" for tag in ("note", "hidden-text", "tracked-changes"))


def header_lines(styles: Tree, content: Tree) -> tuple[str, ...]:
    """Give the lines of the headers of the first page and of the next ones, each once.

    Args:
        styles: the root of ``styles.xml``, ``None`` where there is none.
        content: the root of ``content.xml``, whose first paragraph may ask for a page of its own.

    Returns:
        At most 30 lines; what is computed (a page number, today's date) is left out.
    """
    if styles is None:
        return ()
    pages = {page.get(f"{_STYLE}name"): page for page in styles.iter(f"{_STYLE}master-page")}
    first = pages.get(_opening(content), pages.get(_USUAL, next(iter(pages.values()), None)))
    if first is None:
        return ()
    following = pages.get(first.get(f"{_STYLE}next-style-name"), first)
    lines: dict[str, None] = {}
    for page, kind in ((first, "header-first"), (first, "header"), (following, "header")):
        header = page.find(f"{_STYLE}{kind}")
        if header is not None and header.get(f"{_STYLE}display") != "false":
            lines |= dict.fromkeys(_lines(header))
    return tuple(lines)[:_MOST_LINES]


def _opening(content: Tree) -> str | None:
    """Give the name of the page that the style of the first paragraph asks for."""
    first = next(content.iter(f"{TEXT}p", f"{TEXT}h"), None)
    name = None if first is None else first.get(f"{TEXT}style-name")
    named = (one for one in content.iter(f"{_STYLE}style") if one.get(f"{_STYLE}name") == name)
    style = next(named, None)
    return None if style is None else style.get(f"{_STYLE}master-page-name")


def _lines(header: Tree) -> Iterator[str]:
    for paragraph in header.iter(f"{TEXT}p", f"{TEXT}h"):
        for line in "".join(_words(paragraph)).split("\n"):
            if shown := one_line(sanitise(line[:_LINE_CHARS])):
                yield shown


def _words(element: Tree) -> Iterator[str]:
    """Give the words of a paragraph; those of a paragraph inside it are given by themselves."""
    yield _flat(element.text)
    for child in element:
        if child.tag in _BREAKS:
            yield "\n"
        elif child.tag == f"{TEXT}s":
            yield " "
        elif child.tag not in _COMPUTED | _LEFT_OUT and child.tag != f"{TEXT}p":
            yield from _words(child)
        yield _flat(child.tail)


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")
