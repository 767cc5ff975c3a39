"""What the blocks of a page look like: sentences, pieces of forms and menus, repetitions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.reading.content import RawBlock
from ingest.reading.identity import date_of_line
from ingest.reading.vocabulary import (
    BREADCRUMB_START,
    BREADCRUMB_STEP,
    CHROME,
    STRONG_IN_LONG_TEXT,
)

SENTENCE_ENDS = (".", "!", "?", "…", "»", ".)", ".]", ";", ":", ",", "”", '."')
TITLE_CHARS = 250
RUN = 3
_LABEL_CHARS = 80
_LABEL_WORDS = 8
_ITEM_LABEL_WORDS = 5
_PROSE_CHARS = 60
_LONG_CHARS = 300
_NOTICE_CHARS = 700
_RUN_CHARS = 60
_PAGE_HITS = 2


@dataclass(frozen=True, slots=True)
class Shape:
    """What one block looks like."""

    chrome: bool
    prose: bool
    repeated: bool
    crumb: bool
    dated: bool

    @property
    def short(self) -> bool:
        return not self.prose and not self.chrome


def looks_like_page(blocks: Sequence[RawBlock]) -> bool:
    """Tell a web page saved as text from a plain document.

    A page shows a breadcrumb, two pieces of forms or menus, or a run of blocks that comes twice.
    """
    shapes = shapes_of(blocks)
    hits = sum(shape.chrome and not shape.repeated for shape in shapes)
    return (
        hits >= _PAGE_HITS
        or any(shape.crumb for shape in shapes)
        or any(shape.repeated for shape in shapes)
    )


def is_chrome(block: RawBlock) -> bool:
    """Tell a piece of form, menu, call or notice.

    A label of a few words needs one hit of the vocabulary, a short line two, a long text two
    groups of the strong ones.
    """
    text = block.text
    if len(text) > _NOTICE_CHARS or block.kind in ("note", "row"):
        return False
    hits = [match.lastgroup for match in CHROME.finditer(text)]
    if not hits:
        return False
    if len(text) <= _LABEL_CHARS:
        words = len(text.split())
        few = words <= (_ITEM_LABEL_WORDS if block.kind == "item" else _LABEL_WORDS)
        return len(hits) > 1 or (few and not text.endswith((".", ";", ",")))
    return len(set(hits) & STRONG_IN_LONG_TEXT) > 1


def shapes_of(blocks: Sequence[RawBlock]) -> list[Shape]:
    """Give the shape of each block."""
    repeated = _repeated(blocks)
    shapes = []
    for number, block in enumerate(blocks):
        text = block.text
        content = block.kind in ("note", "row")
        chrome = is_chrome(block)
        prose = not chrome and (content or _is_prose(block))
        crumb = len(text) <= TITLE_CHARS and _is_breadcrumb(text)
        dated = not prose and date_of_line(text) is not None
        shapes.append(Shape(chrome or crumb, prose, number in repeated, crumb, dated))
    return shapes


def _is_prose(block: RawBlock) -> bool:
    ends = block.text.endswith(SENTENCE_ENDS)
    if block.kind == "item":
        return ends
    return block.kind == "paragraph" and (
        len(block.text) >= _LONG_CHARS or (ends and len(block.text) >= _PROSE_CHARS)
    )


def _is_breadcrumb(text: str) -> bool:
    steps = len(BREADCRUMB_STEP.findall(text))
    starts = BREADCRUMB_START.match(text) is not None
    return (steps > 0 and starts) or (steps > 1 and not text.endswith(SENTENCE_ENDS))


def _repeated(blocks: Sequence[RawBlock]) -> set[int]:
    """Give the blocks of each run of three that comes again, all copies."""
    keys = [key_of(block.text) for block in blocks]
    runs = [tuple(keys[n : n + RUN]) for n in range(len(keys) - RUN + 1)]
    counts = Counter(runs)
    return {
        n + step
        for n, run in enumerate(runs)
        if counts[run] > 1 and len(set(run)) == RUN and sum(map(len, run)) >= _RUN_CHARS
        for step in range(RUN)
    }


def key_of(text: str) -> str:
    """Give what two copies of a block have in common."""
    return " ".join(text.casefold().replace("’", "'").split())
