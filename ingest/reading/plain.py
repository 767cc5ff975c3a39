"""Plain text: lines to paragraphs, items, notes and headings; web pages saved as text."""

import re
from dataclasses import replace

from corpus.errors import UnreadableFile
from ingest.reading.cleaning import as_is, clean
from ingest.reading.content import Content, RawBlock, Reading
from ingest.reading.identity import (
    author,
    cited_numbers,
    date_of_line,
    published_on,
    publisher,
)
from ingest.reading.sanitising import decode, one_line, sanitise
from ingest.reading.shapes import looks_like_page

_BULLET = re.compile(r"( *)(?:[-–—*·](?:\s+|$)|[•‣◦▪▫●○■□➢➤✓]\s*)(.*)")
_LABEL = re.compile(r"( *)(\d{1,3}[.)]|\d{1,3}°\)?|[a-zA-Z]\))\s+(.*)")
_NOTE = re.compile(r"\[\d{1,3}\]\s+\S")
_RULE = re.compile(r"[\W_]+")
_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}")
_ADMINISTRATIVE = re.compile(
    r"(?:(?:livre|titre|chapitre|section|sous-section|partie|article|art\.|annexe|fiche)\b"
    r"|[ivxlc]{1,6} ?[-–—.)/]|[a-z] ?[-–—.)/]|\d{1,3}(?:\.\d{1,3}){0,4} ?[-–—.)°/])",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:objet|nor|date|réf|références?|p\. ?j|pièces? jointes?|annexes?|copie|destinataires?"
    r"|classement|mots[ -]clés|résumé|contacts?|visas?|n[°o]) ?\.? ?:",
    re.IGNORECASE,
)
_PLACE_AND_DATE = re.compile(r", le \d{1,2}(?:er)? \w{3,9} \d{4}$")
_SENTENCE_ENDS = (".", "!", "…", ";", ":", ",", "»", ".)", "?")
_SENTENCE_CHARS = 25
_LONG_CHARS = 120
_HEADING_CHARS = 110
_HEADING_WORDS = 16
_WRAPPED_CHARS = range(45, 131)
_WRAPPED_SHARE = 0.6
_DATED_LINES = 80


def read(name: str, data: bytes) -> Reading:
    """Read one text file; what looks like a web page saved as text loses its menus and forms.

    Raises:
        UnreadableFile: binary content, or no text at all.
    """
    text = sanitise(decode(name, data))
    blocks = blocks_of(text)
    if not blocks:
        raise UnreadableFile(f"« {name} » ne contient aucun texte.")
    return Reading((content_of(blocks),))


def content_of(blocks: list[RawBlock]) -> Content:
    """Give the content of a plain text's blocks, cleaned if they are those of a web page."""
    lines = [block.text for block in blocks]
    is_page = looks_like_page(blocks)
    page = clean(blocks) if is_page else as_is(blocks)
    return Content(
        blocks=page.blocks,
        title=page.title,
        published_on=published_on(lines[:_DATED_LINES]),
        publisher=publisher(lines) if is_page else None,
        author=author(lines) or page.author,
        references=cited_numbers(page.blocks),
    )


def blocks_of(text: str, *, by_line: bool = False) -> list[RawBlock]:
    """Give the blocks of a sanitised plain text.

    Args:
        text: the text.
        by_line: each line is a block (data, where a line break is meant); else the lines of a
            text wrapped at a fixed width are joined, and only a line that stands alone between
            blank lines may be a heading.

    Returns:
        Paragraphs, items, notes and headings (level 2; 1 and 2 where underlined) that hold all
        words of the text.
    """
    groups = _groups(text)
    headings = set() if by_line else _headings(groups)
    blocks: list[RawBlock] = []
    indents: list[int] = []
    for number, group in enumerate(groups):
        after = groups[number + 1][0] if number + 1 < len(groups) else ""
        if number in headings:
            blocks.append(RawBlock("heading", one_line(group[0]), 2))
            indents.clear()
        elif not by_line and _is_wrapped(group):
            parts = [_joined(part) for part in _at_markers(group)]
            blocks += _lines(parts, after, indents, by_line)
        else:
            blocks += _lines(group, after, indents, by_line)
    return blocks


def _headings(groups: list[list[str]]) -> set[int]:
    """Give the groups of one short line above prose, or above such a heading (a title)."""
    found: set[int] = set()
    above_prose = False
    for number in range(len(groups) - 2, -1, -1):
        lone = len(groups[number]) == 1 and _may_head(groups[number][0])
        direct = lone and _is_prose(groups[number + 1][0])
        if direct or (lone and above_prose):
            found.add(number)
        above_prose = direct
    return found


def _groups(text: str) -> list[list[str]]:
    """Give the runs of lines without a blank one; a bullet alone on its line takes the next."""
    groups: list[list[str]] = [[]]
    bullet = ""
    for line in text.expandtabs(4).split("\n"):
        stripped = line.strip()
        if not stripped:
            if groups[-1] and not bullet:
                groups.append([])
        elif len(stripped) == 1 and _BULLET.match(stripped):
            bullet = stripped + " "
        elif _RULE.fullmatch(stripped) and not _UNDERLINE.fullmatch(stripped):
            continue
        else:
            groups[-1].append(bullet + line if bullet else line.rstrip())
            bullet = ""
    return [group for group in groups if group]


def _is_wrapped(group: list[str]) -> bool:
    longest = max(map(len, group))
    return (
        len(group) > 1
        and longest in _WRAPPED_CHARS
        and all(len(line) >= _WRAPPED_SHARE * longest for line in group[:-1])
    )


def _at_markers(group: list[str]) -> list[list[str]]:
    """Cut a wrapped group before each item or note."""
    parts: list[list[str]] = []
    for line in group:
        starts = _BULLET.match(line) or _LABEL.match(line) or _NOTE.match(line)
        if starts or not parts:
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _joined(lines: list[str]) -> str:
    return "".join([lines[0], *(" " + line.strip() for line in lines[1:])])


def _lines(group: list[str], after: str, indents: list[int], by_line: bool) -> list[RawBlock]:
    blocks: list[RawBlock] = []
    for number, line in enumerate(group):
        if _UNDERLINE.fullmatch(line.strip()):
            if blocks and blocks[-1].kind == "paragraph" and _may_head(blocks[-1].text):
                level = 1 if "=" in line else 2
                blocks[-1] = replace(blocks[-1], kind="heading", level=level)
            continue
        following = group[number + 1] if number + 1 < len(group) else after
        block = _block(line, indents)
        if _continues(block, blocks, line):
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text} {block.text}")
            continue
        if block.kind == "paragraph":
            indents.clear()
            ended = not blocks or blocks[-1].text.endswith(_SENTENCE_ENDS)
            if by_line and ended and _may_head(line) and _is_prose(following):
                block = replace(block, kind="heading", level=2)
        blocks.append(block)
    return blocks


def _block(line: str, indents: list[int]) -> RawBlock:
    text = one_line(line)
    if _NOTE.match(text):
        return RawBlock("note", text)
    found = _BULLET.match(line)
    if found and found[2]:
        return RawBlock("item", one_line(found[2]), _depth(len(found[1]), indents))
    if label := _LABEL.match(line):
        depth = _depth(len(label[1]), indents)
        return RawBlock("item", one_line(label[3]), depth, label=label[2])
    return RawBlock("paragraph", text)


def _depth(indent: int, indents: list[int]) -> int:
    while indents and indent < indents[-1]:
        indents.pop()
    if not indents or indent > indents[-1]:
        indents.append(indent)
    return len(indents) - 1


def _continues(block: RawBlock, blocks: list[RawBlock], line: str) -> bool:
    """Tell the second line of an item: indented under it, or going on in lower case."""
    if block.kind != "paragraph" or not blocks or blocks[-1].kind != "item":
        return False
    if blocks[-1].text.endswith(_SENTENCE_ENDS):
        return False
    return line.startswith("  ") or block.text[0].islower()


def _may_head(line: str) -> bool:
    """Tell a line that may be a heading; administrative ones are left to sectioning."""
    text = line.strip()
    return (
        3 <= len(text) <= _HEADING_CHARS
        and len(text.split()) <= _HEADING_WORDS
        and (text[0].isupper() or text[0].isdigit() or text[0] == "«")
        and any(char.isalpha() for char in text)
        and (text[-1] == "?" or not text.endswith(_SENTENCE_ENDS))
        and not _ADMINISTRATIVE.match(text)
        and not _FIELD.match(text)
        and not _PLACE_AND_DATE.search(text)
        and date_of_line(text) is None
    )


def _is_prose(line: str) -> bool:
    """Tell a line with a sentence in it from one more short line."""
    text = line.strip()
    if _BULLET.match(text) or _LABEL.match(text):
        return True
    ends = text.endswith(_SENTENCE_ENDS[:5])
    return len(text) >= _LONG_CHARS or (ends and len(text) > _SENTENCE_CHARS)
