"""The page headers of a Word document: no part of its text, but its letterhead often stands there.

Only those of the first section count, the first page's before the others'. What Word computes
(a page number, today's date) is left out: it says nothing of the text.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from corpus.errors import UnreadableFile
from ingest.reading.sanitising import one_line, sanitise
from ingest.reading.simplifying import Writer
from ingest.reading.walking import Tree
from ingest.reading.word_styles import Numbering, Styles, W

RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MOST_LINES: Final = 30
_LINE_CHARS: Final = 600
_BREAKS: Final = frozenset(f"{W}{tag}" for tag in ("tab", "br", "cr", "ptab"))
_COMPUTED = re.compile(
    r"(?:page|numpages|sectionpages|date|time|savedate|printdate|createdate|filename|edittime)\b",
    re.IGNORECASE,
)


def header_lines(
    root: Callable[[str], Tree], main: str, document: Tree, styles: Tree
) -> tuple[str, ...]:
    """Give the lines of the headers of the first section, each once.

    Args:
        root: gives the root of a part, ``None`` where there is none.
        main: the part that holds the body.
        document: its root, before it is made plain.
        styles: the root of the styles, or ``None``.

    Returns:
        At most 30 lines; none where the headers are damaged, since the text can do without them.
    """
    lines: dict[str, None] = {}
    for part in _parts(root, main, document):
        try:
            header = root(part)
        except UnreadableFile:
            continue
        if header is not None:
            _forget_computed(header)
            Writer(Styles(styles), Numbering(None)).make_plain(header)
            lines |= dict.fromkeys(_lines(header))
    return tuple(lines)[:_MOST_LINES]


def _parts(root: Callable[[str], Tree], main: str, document: Tree) -> list[str]:
    """Give the names of the headers' parts that the first section refers to."""
    section = next(document.iter(f"{W}sectPr"), None)
    folder, _, name = main.rpartition("/")
    try:
        links = root(f"{folder}/_rels/{name}.rels".lstrip("/"))
    except UnreadableFile:
        return []
    if section is None or links is None:
        return []
    targets = {link.get("Id"): link.get("Target") or "" for link in links.iter(RELATIONSHIP)}
    named = {
        header.get(f"{W}type", "default"): targets.get(_key(header), "")
        for header in section.iterchildren(f"{W}headerReference")
    }
    kinds = ("first", "default") if section.find(f"{W}titlePg") is not None else ("default",)
    found = [named[kind] for kind in kinds if named.get(kind)]
    return [one[1:] if one[0] == "/" else f"{folder}/{one}".lstrip("/") for one in found]


def _key(header: Tree) -> str | None:
    return next((value for key, value in header.attrib.items() if key.endswith("}id")), None)


def _forget_computed(header: Tree) -> None:
    """Empty the results of fields that Word computes, in their short and their long form."""
    for field in header.iter(f"{W}fldSimple"):
        if _COMPUTED.match((field.get(f"{W}instr") or "").lstrip()):
            for text in field.iter(f"{W}t"):
                text.text = ""
    fields: list[str] = []
    for element in header.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                fields.append("")
            elif kind == "end" and fields:
                fields.pop()
        elif element.tag == f"{W}instrText" and fields:
            fields[-1] += element.text or ""
        elif any(_COMPUTED.match(field.lstrip()) for field in fields):
            element.text = ""


def _lines(header: Tree) -> Iterator[str]:
    """Give the lines of a plain header; a tab parts its left, its middle and its right."""
    for paragraph in header.iter(f"{W}p"):
        words = ""
        for element in paragraph.iter(f"{W}t", *_BREAKS):
            if next(element.iterancestors(f"{W}p")) is paragraph:
                words += "\n" if element.tag in _BREAKS else element.text or ""
        for line in words.split("\n"):
            if shown := one_line(sanitise(line[:_LINE_CHARS])):
                yield shown
