"""What the blocks of a page look like: sentences, pieces of forms and menus, repetitions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.reading.content import RawBlock
from ingest.reading.identity import date_of_line
from ingest.reading.vocabulary import (
    BREADCRUMB,
    BREADCRUMB_ARROW,
    CHROME,
    HEADS_OF_LINKS,
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
_PAGE_HITS = 3
_DOUBLE_BLOCKS = 100


@dataclass(frozen=True, slots=True)
class Shape:
    """What one block looks like."""

    chrome: bool
    leads_links: bool
    prose: bool
    repeated: bool
    crumb: bool
    dated: bool


def looks_like_page(blocks: Sequence[RawBlock]) -> bool:
    """Tell a web page saved as text from a plain document.

    A page shows « Vous êtes ici : », a piece of form, call or menu beside its article twice in a
    row, or three such pieces, of two kinds at least. A text of the administration often repeats
    its paragraphs (one a case): that alone proves nothing.
    """
    if any(BREADCRUMB.match(block.text) for block in blocks):
        return True
    found = [kinds for block in blocks if (kinds := chrome_kinds(block))]
    if found and _doubles(blocks):
        return True
    return len(found) >= _PAGE_HITS and len(frozenset().union(*found)) > 1


def chrome_kinds(block: RawBlock) -> frozenset[str]:
    """Give the kinds of form, menu, call or notice that a block is a piece of; none if it is text.

    A label of a few words needs one hit of the vocabulary, a short line two, a long text two
    groups of the strong ones. A heading may be named « Accueil ».
    """
    text = block.text
    if len(text) > _NOTICE_CHARS or block.kind in ("note", "row"):
        return frozenset()
    hits = [match.lastgroup or "" for match in CHROME.finditer(text.lower())]
    kinds = frozenset(hits) - ({"menu"} if block.kind == "heading" else set())
    if not kinds:
        return kinds
    if len(text) > _LABEL_CHARS:
        return kinds if len(kinds & STRONG_IN_LONG_TEXT) > 1 else frozenset()
    few = len(text.split()) <= (_ITEM_LABEL_WORDS if block.kind == "item" else _LABEL_WORDS)
    is_label = few and not text.endswith((".", ";", ","))
    return kinds if is_label or len(hits) > 1 else frozenset()


def shapes_of(blocks: Sequence[RawBlock]) -> list[Shape]:
    """Give the shape of each block."""
    repeated = _repeated(blocks)
    shapes = []
    for number, block in enumerate(blocks):
        text = block.text
        content = block.kind in ("note", "row")
        kinds = chrome_kinds(block)
        chrome = bool(kinds)
        prose = not chrome and (content or _is_prose(block))
        crumb = len(text) <= TITLE_CHARS and _is_breadcrumb(text)
        dated = not prose and date_of_line(text) is not None
        links = bool(kinds & HEADS_OF_LINKS)
        shapes.append(Shape(chrome or crumb, links, prose, number in repeated, crumb, dated))
    return shapes


def _is_prose(block: RawBlock) -> bool:
    ends = block.text.endswith(SENTENCE_ENDS)
    if block.kind == "item":
        return ends
    return block.kind == "paragraph" and (
        len(block.text) >= _LONG_CHARS or (ends and len(block.text) >= _PROSE_CHARS)
    )


def _is_breadcrumb(text: str) -> bool:
    arrows = len(BREADCRUMB_ARROW.findall(text)) > 1 and not text.endswith(SENTENCE_ENDS)
    return arrows or BREADCRUMB.match(text) is not None


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


def _doubles(blocks: Sequence[RawBlock]) -> bool:
    """Tell a text where a run of blocks with two sentences is followed at once by its copy."""
    keys = [key_of(block.text) for block in blocks]
    last: dict[tuple[str, ...], int] = {}
    for n in range(len(keys) - RUN + 1):
        before = last.get(tuple(keys[n : n + RUN]))
        last[tuple(keys[n : n + RUN])] = n
        if before is None or not RUN <= n - before <= _DOUBLE_BLOCKS:
            continue
        first = blocks[before:n]
        if keys[before:n] == keys[n : 2 * n - before] and sum(map(_is_prose, first)) > 1:
            return True
    return False


def key_of(text: str) -> str:
    """Give what two copies of a block have in common."""
    return " ".join(text.casefold().replace("’", "'").split())
