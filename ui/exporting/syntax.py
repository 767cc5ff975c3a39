"""Pieces of a pandoc document (its JSON tree), made from plain text only.

Text never becomes markup here: pandoc escapes it for each format. A block or an inline is what
pandoc-types 1.23 says: ``{"t": name, "c": content}``.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from ui.exporting.typography import line
from ui.markup import web_address

Inline: TypeAlias = dict[str, Any]
Block: TypeAlias = dict[str, Any]
Inlines: TypeAlias = list[Inline]
Blocks: TypeAlias = list[Block]

API_VERSION = (1, 23, 1)
_SPACE: Inline = {"t": "Space"}


def words(text: str) -> Inlines:
    """A text as inlines, typeset; every blank but the no-break ones is one space."""
    parts = line(text).split(" ")
    found: Inlines = []
    for n, part in enumerate(parts):
        found += [_SPACE] if n else []
        found += [{"t": "Str", "c": part}] if part else []
    return found


def strong(text: str) -> Inlines:
    """A text in bold; nothing for an empty one."""
    return [{"t": "Strong", "c": words(text)}] if text else []


def emphasis(text: str) -> Inlines:
    """A text in italics."""
    return [{"t": "Emph", "c": words(text)}]


def link(text: str, target: str) -> Inlines:
    """A link to a web address or to ``#id``; plain words for any other target."""
    if not target.startswith("#") and web_address(target) is None:
        return words(text)
    return [{"t": "Link", "c": [_attributes(), words(text), [target, ""]]}]


def note(content: Inlines) -> Inline:
    """A footnote."""
    return {"t": "Note", "c": [para(content)]}


def superscript(content: Inlines) -> Inline:
    """Some inlines raised, as the call of a note is."""
    return {"t": "Superscript", "c": content}


def span(content: Inlines, css: str) -> Inline:
    """Some inlines with a class, for a style sheet."""
    return {"t": "Span", "c": [_attributes(classes=[css]), content]}


def anchor(content: Inlines, name: str) -> Inlines:
    """Some inlines that links lead to by ``#name``."""
    return [{"t": "Span", "c": [_attributes(name), content]}]


def image(alt: str, target: str, width: str) -> Inline:
    """A picture with its alternative text; ``width`` as « 16cm »."""
    return {"t": "Image", "c": [_attributes(pairs=[["width", width]]), words(alt), [target, ""]]}


def line_break() -> Inline:
    """A new line of the same paragraph."""
    return {"t": "LineBreak"}


def joined(parts: Iterable[Inlines], between: Inlines) -> Inlines:
    """The parts that hold something, with ``between`` between them."""
    found: Inlines = []
    for part in parts:
        if part:
            found += [*between, *part] if found else part
    return found


def para(content: Inlines) -> Block:
    """A paragraph."""
    return {"t": "Para", "c": content}


def plain(content: Inlines) -> Block:
    """Words in a list or a cell, without the space of a paragraph around them."""
    return {"t": "Plain", "c": content}


def heading(level: int, text: str, name: str, css: str = "") -> Block:
    """A heading, with the name that links lead to and a class for a style sheet."""
    return {"t": "Header", "c": [level, _attributes(name, [css] if css else ()), words(text)]}


def styled(style: str, blocks: Blocks, name: str = "") -> Block:
    """Blocks in a paragraph style of the reference documents, a class of the same name in HTML."""
    pairs = [["custom-style", style]]
    return {"t": "Div", "c": [_attributes(name, [style.lower()], pairs), blocks]}


def bullets(items: Iterable[Blocks]) -> Block:
    """A bullet list."""
    return {"t": "BulletList", "c": list(items)}


def numbered(items: Iterable[Blocks], letters: bool = False) -> Block:
    """A list numbered 1. 2. 3., or A. B. C."""
    style = {"t": "UpperAlpha" if letters else "Decimal"}
    return {"t": "OrderedList", "c": [[1, style, {"t": "Period"}], list(items)]}


def table(
    heads: Sequence[str], rows: Iterable[Sequence[Inlines]], widths: Sequence[float]
) -> Block:
    """A table with one row of headings, which is said again on each page.

    ``widths`` are shares of the page's width; the first cell of a row is its heading.
    """
    columns = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": width}] for width in widths]
    head = [_attributes(), [_row([words(text) for text in heads])]]
    body = [_attributes(), 1, [], [_row(cells) for cells in rows]]
    foot = [_attributes(), []]
    return {"t": "Table", "c": [_attributes(), [None, []], columns, head, [body], foot]}


def _row(cells: Sequence[Inlines]) -> list[Any]:
    return [
        _attributes(),
        [[_attributes(), {"t": "AlignDefault"}, 1, 1, [plain(c)]] for c in cells],
    ]


def document(blocks: Blocks, title: str) -> dict[str, Any]:
    """A whole document in French, without any personal data."""
    meta = {
        "lang": {"t": "MetaString", "c": "fr-FR"},
        "title": {"t": "MetaInlines", "c": words(title)},
        "toc-title": {"t": "MetaInlines", "c": words("Sommaire")},
    }
    return {"pandoc-api-version": [*API_VERSION], "meta": meta, "blocks": blocks}


def _attributes(
    name: str = "", classes: Sequence[str] = (), pairs: Sequence[Sequence[str]] = ()
) -> list[Any]:
    return [name, list(classes), [list(pair) for pair in pairs]]
