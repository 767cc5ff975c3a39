"""Footnotes: small type at the foot of a column, opened by a number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.reading.paged.lines import CALL, END, Line
from ingest.reading.paged.sheets import Rule

SMALL = 0.94
"""Type smaller than this share of the running text may be notes."""

_OPENING = re.compile(
    rf"(?:{CALL}(\d{{1,3}}){END}|[(\[](\d{{1,3}})[)\]]|(\d{{1,3}})[.)]?(?=\s))\s?"
)
_CALLS = re.compile(f"{CALL}(\\d{{1,3}}){END}")
_MAX_NUMBER = 999
_ENDS = (".", "!", "?", "…", "»", ".)")


@dataclass(slots=True)
class Note:
    """A footnote with its number and lines; number 0 for what goes on from the page before."""

    number: int
    lines: list[Line] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def notes_start(lines: Sequence[Line], body_size: float) -> int:
    """Give where the small lines that end a column begin; the end where there are none."""
    start = len(lines)
    while start > 0 and lines[start - 1].size <= SMALL * body_size:
        start -= 1
    return start


def notes_of(
    lines: Sequence[Line],
    start: int,
    called: set[int],
    across: Sequence[Rule],
    unfinished: bool,
) -> tuple[int, list[Note]]:
    """Give the footnotes that end a column.

    Args:
        lines: the lines of the column.
        start: where small lines begin, from ``notes_start``.
        called: the numbers called on the page.
        across: the horizontal rules of the page; one above the notes tells them.
        unfinished: whether the last note of the page before may go on here.

    Returns:
        Where the notes begin among the lines, and the notes.
    """
    first = next((n for n in range(start, len(lines)) if _opens(lines[n], called, 0)), None)
    ruled = start < len(lines) and _is_ruled(lines, start, across)
    if first is None:
        goes_on = start < len(lines) and ruled and unfinished and start > 0
        rest = list(lines[start:])
        more = [Note(0, rest, [line.text for line in rest])]
        return (start, more) if goes_on else (len(lines), [])
    number = _number(lines[first])
    raised = lines[first].text.startswith(CALL)
    if not (raised or number in called or (ruled and first == start)):
        return len(lines), []
    begin = start if first > start and ruled and unfinished else first
    notes = [Note(0, list(lines[start:first]))] if begin < first else []
    _divide(lines[first:], called, notes)
    return begin, notes


def _divide(lines: Sequence[Line], called: set[int], notes: list[Note]) -> None:
    """Add the notes that these lines hold; the first one opens a note."""
    for line in lines:
        last = notes[-1].number if notes else 0
        opening = _OPENING.match(line.text)
        if opening and _opens(line, called, last):
            notes.append(Note(_number(line), [line], [line.text[opening.end() :]]))
        else:
            notes[-1].lines.append(line)
    for note in notes:
        note.texts += [line.text for line in note.lines[len(note.texts) :]]


def calls_of(lines: Sequence[Line]) -> set[int]:
    """Give the numbers raised inside lines, not those that open one."""
    found: set[int] = set()
    for line in lines:
        if CALL in line.text:
            found |= {int(m[1]) for m in _CALLS.finditer(line.text) if m.start() > 0}
    return found


def is_unfinished(note: Note) -> bool:
    """Whether a note stops in the middle of a sentence."""
    return bool(note.texts) and not note.texts[-1].endswith(_ENDS)


def _opens(line: Line, called: set[int], last: int) -> bool:
    """Whether a line opens a note: a raised number, one called on the page, or the next one."""
    number = _number(line)
    if not number:
        return False
    if line.text.startswith(CALL):
        return True
    return number in called or number == last + 1 or (last == 0 and number <= _MAX_NUMBER)


def _number(line: Line) -> int:
    found = _OPENING.match(line.text)
    return int(found[1] or found[2] or found[3]) if found else 0


def _is_ruled(lines: Sequence[Line], start: int, across: Sequence[Rule]) -> bool:
    """Whether a rule stands between the text and its notes."""
    top = lines[start - 1].y if start else lines[start].y - 6 * lines[start].size
    return any(top < rule.at < lines[start].y for rule in across)
