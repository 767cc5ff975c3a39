"""What a page header adds to a head: there Word files often keep a letterhead, a number, a date.

The text's own lines win. A header that names another text than they do is passed over: annexes and
forms carry the header of the text they go with.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.identifying.local import Local, called, local_text
from ingest.identifying.naming import Line, Naming, is_blocked, is_letterhead, line_of
from ingest.identifying.titling import Titled, begins_title, plain, titled
from ingest.reading.content import Content

_OPENING_LINES: Final = 5
_NUMERO: Final = ("n°", "n °")


def with_header(content: Content, head: Sequence[Line]) -> tuple[Line, ...]:
    """Give the head under the lines of the page header that it doesn't repeat."""
    said = {line.plain for line in head}
    over = [line for line in map(line_of, content.header) if line.plain not in said]
    named = {called(line.text) or "" for line in over if _names(line)}
    opening = next((line for line in head[:_OPENING_LINES] if _opens_another(line)), None)
    if opening is not None and named - {called(opening.text)}:
        return tuple(head)
    return (*over, *head)


def completed(naming: Naming, over: Sequence[Line]) -> Naming:
    """Give the name that a text gives itself, with the number that a header gives to its kind."""
    if naming.number is not None or naming.kind == "inconnue":
        return naming
    found = {read.number: read for line in over if (read := _numbered(naming, line))}
    if len(found) != 1:
        return naming
    ((number, read),) = found.items()
    if naming.day and read.day not in (None, naming.day):
        return naming
    return replace(naming, number=number, nor=naming.nor or read.nor, day=naming.day or read.day)


def local_of(head: Sequence[Line], whole: Sequence[Line], text: str) -> Local | None:
    """Give what a local body's text says of itself, and what only its page header says."""
    own = local_text(head, text)
    if len(whole) == len(head):
        return own
    more = local_text(whole, text)
    if own is None or more is None:
        return own or more
    if own.number and more.number and own.number != more.number:
        return own
    return replace(own, number=own.number or more.number, day=own.day or more.day)


def entitled(title: str, content: Content, whole: Sequence[Line], head: Sequence[Line]) -> str:
    """Give a title; one that stands in the page header alone has the document's own after it."""
    over = whole[: len(whole) - len(head)]
    alone = any(plain(title) in line.plain for line in over)
    if not alone or not content.title or is_letterhead(line_of(content.title)):
        return title
    return f"{title} – {content.title}"


def _opens_another(line: Line) -> bool:
    return is_blocked(line) and not line.plain.startswith("objet")


def _names(line: Line) -> bool:
    return begins_title(line.plain) or called(line.text) is not None


def _numbered(naming: Naming, line: Line) -> Titled | None:
    bare = line.plain.startswith(_NUMERO)
    read = titled(f"{naming.kind} {line.text}" if bare else line.text)
    return read if read and read.kind == naming.kind and read.number else None
