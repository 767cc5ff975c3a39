"""Web pages saved as text: the article stays, the site around it goes.

What goes is told by shape first (what is repeated, runs of short lines without a sentence,
breadcrumbs, what lies outside the densest stretch of sentences), then by a modest vocabulary of
forms and menus. One pass a rule, each linear in the blocks.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.reading.content import RawBlock
from ingest.reading.identity import is_name
from ingest.reading.shapes import (
    RUN,
    SENTENCE_ENDS,
    TITLE_CHARS,
    Shape,
    key_of,
    shapes_of,
)
from ingest.reading.vocabulary import BREADCRUMB_STEP

_SUBJECT = re.compile(r"objet ?: ?(.{3,240}?)\.?$", re.IGNORECASE)
_TEXT_NAME = re.compile(
    r"(?:circulaire|instruction|note|loi|décret|arrêté|ordonnance|délibération|décision|avis|rapport"
    r"|guide|convention|contrat|protocole|charte|référentiel|communiqué|projet|proposition"
    r"|compte[- ]rendu|procès[- ]verbal|relevé de (?:décisions|conclusions)|schéma)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}|[A-H]) ?[-–—.)°/] ?[^\W\d]")
"""The heading of a part (« 2. Les moyens », « I – Le cadre ») isn't a document's title."""
_HEAD_BLOCKS = 30
_FULL_STOPS = (".", "…", "»", ".)", ";", ":")
_REPEATED_CHARS = 40
_MENU_RUN = 4
_WEIGHT_AT_MOST = 400
_CHROME_WEIGHT = -60
_SHORT_WEIGHT = -12
_SHORT_RUN_WEIGHT = -150
_HEADINGS_BEFORE = 2
_ARTICLE_CHARS = 150


@dataclass(frozen=True, slots=True)
class Page:
    """What stays of a page: its blocks, its title as its first heading, a name that signs it."""

    blocks: tuple[RawBlock, ...]
    title: str | None = None
    author: str | None = None


def as_is(blocks: Sequence[RawBlock]) -> Page:
    """Give a plain document with its title, nothing removed."""
    title = _document_title(blocks)
    return Page(tuple(blocks), title)


def clean(blocks: Sequence[RawBlock], title: str | None = None, *, whole: bool = False) -> Page:
    """Give the article of a web page.

    Args:
        blocks: all blocks of the page in reading order.
        title: the article's title where the file says it; else it is guessed.
        whole: the blocks are those of an article already; only pieces of forms, menus and
            repetitions go.

    Returns:
        The title as a level-1 heading, the line that dates the page, then the article with its
        headings, lists, tables and notes. When no article stands out, all that is neither form,
        menu nor repetition.
    """
    shapes = shapes_of(blocks)
    core = (0, len(blocks)) if whole else _core(blocks, shapes)
    if core is None:
        kept = [b for b, s in zip(blocks, shapes, strict=True) if not s.chrome]
        return Page(tuple(_once(kept)), title or _document_title(kept))
    start, end = core
    start = _with_headings(blocks, shapes, start)
    at = _title_at(blocks, shapes, start) if title is None else None
    found = title if at is None else blocks[at].text
    head = [RawBlock("heading", found, 1)] if found else []
    head += [b for b, s in zip(blocks[:start], shapes, strict=False) if s.dated][:1]
    body = [
        blocks[n]
        for n in _kept(blocks, shapes, start, end, menus=not whole)
        if not (found and blocks[n].kind != "row" and key_of(blocks[n].text) == key_of(found))
    ]
    tail = [b for b in blocks[end:] if b.kind == "note"]
    return Page(tuple(_once([*head, *body, *tail])), found, _signature(blocks, shapes, end))


def _core(blocks: Sequence[RawBlock], shapes: Sequence[Shape]) -> tuple[int, int] | None:
    """Give the stretch of blocks with the greatest sum of weights, from prose to prose.

    Kadane's maximum subarray; a run of short lines costs at most 150, each form piece 60.
    """
    best = total = run = 0
    start = 0
    core: tuple[int, int] | None = None
    seen: set[str] = set()
    for number, (block, shape) in enumerate(zip(blocks, shapes, strict=True)):
        weight, run = _weight(block, shape, run, seen)
        if total <= 0:
            total, start = 0, number
        total += weight
        if total > best and shape.prose:
            best, core = total, (start, number + 1)
    if core is None or best < _ARTICLE_CHARS:
        return None
    return _with_ends(blocks, shapes, core)


def _weight(block: RawBlock, shape: Shape, run: int, seen: set[str]) -> tuple[int, int]:
    if shape.prose:
        key = key_of(block.text)
        if key in seen:
            return 0, 0
        seen.add(key)
        return min(len(block.text), _WEIGHT_AT_MOST), 0
    if shape.chrome:
        return _CHROME_WEIGHT, run
    weight = max(_SHORT_WEIGHT, _SHORT_RUN_WEIGHT - run)
    return weight, run + weight


def _with_ends(
    blocks: Sequence[RawBlock], shapes: Sequence[Shape], core: tuple[int, int]
) -> tuple[int, int]:
    """Add the short sentences that touch the article, and the list that directly follows it."""
    start, end = core
    while start > 0 and _touches(blocks[start - 1], shapes[start - 1], ("item",)):
        start -= 1
    while end < len(blocks) and _touches(blocks[end], shapes[end], ("item", "row", "note")):
        end += 1
    return start, end


def _touches(block: RawBlock, shape: Shape, kinds: tuple[str, ...]) -> bool:
    if shape.chrome or shape.repeated or shape.dated:
        return False
    return block.kind in kinds or (block.kind == "paragraph" and block.text.endswith(_FULL_STOPS))


def _with_headings(blocks: Sequence[RawBlock], shapes: Sequence[Shape], start: int) -> int:
    first = start
    while (
        first > 0
        and start - first < _HEADINGS_BEFORE
        and blocks[first - 1].kind == "heading"
        and not shapes[first - 1].chrome
        and not shapes[first - 1].repeated
    ):
        first -= 1
    return first


def _kept(
    blocks: Sequence[RawBlock], shapes: Sequence[Shape], start: int, end: int, *, menus: bool
) -> list[int]:
    """Give the numbers of the blocks of the article: sentences, their headings, true lists.

    ``menus`` tells whether a run of short lines that nothing introduces is a menu, to remove.
    """
    kept: list[int] = []
    number = start
    while number < end:
        run_end = number
        while run_end < end and not shapes[run_end].prose:
            run_end += 1
        if run_end > number:
            kept += _kept_of_run(blocks, shapes, (number, run_end, end), menus)
            number = run_end
        else:
            kept.append(number)
            number += 1
    return kept


def _kept_of_run(
    blocks: Sequence[RawBlock], shapes: Sequence[Shape], span: tuple[int, int, int], menus: bool
) -> list[int]:
    """Keep, of a run without sentences, lists that a sentence introduces and headings of prose."""
    first, after, end = span
    introduced = first > 0 and blocks[first - 1].text.endswith(":")
    short = [
        n for n in range(first, after) if not shapes[n].chrome and blocks[n].kind == "paragraph"
    ]
    is_menu = menus and len(short) >= _MENU_RUN and not introduced
    kept: list[int] = []
    dropping = False
    for n in range(first, after):
        if shapes[n].chrome:
            dropping = dropping or menus or shapes[n].leads_links
        elif blocks[n].kind == "heading":
            leads = n + 1 < end and not shapes[n + 1].chrome
            headings = sum(blocks[m].kind == "heading" for m in range(n, min(after, n + _MENU_RUN)))
            dropping = menus and (not leads or headings >= RUN)
            if not dropping:
                kept.append(n)
        elif (
            (menus and shapes[n].repeated)
            or dropping
            or (is_menu and blocks[n].kind == "paragraph")
        ):
            continue
        else:
            kept.append(n)
    return kept


def _title_at(blocks: Sequence[RawBlock], shapes: Sequence[Shape], start: int) -> int | None:
    """Give the block that is most likely the article's title, among the short ones above it."""
    counts = Counter(key_of(block.text) for block in blocks)
    crumbs = {
        key_of(BREADCRUMB_STEP.split(b.text)[-1])
        for b, s in zip(blocks, shapes, strict=True)
        if s.crumb
    }
    best: tuple[float, int] | None = None
    stop = min(len(blocks), start + _HEADINGS_BEFORE)
    for n in range(stop):
        block, shape = blocks[n], shapes[n]
        if shape.chrome or shape.prose or shape.repeated or shape.dated:
            continue
        if len(block.text) > TITLE_CHARS or len(block.text.split()) < 2:
            continue
        if block.kind == "heading" and _NUMBERED.match(block.text):
            continue
        score = min(len(block.text.split()), 12) / 4
        score += 4 * (n + 1 < len(blocks) and shapes[n + 1].dated)
        score += 6 * (key_of(block.text) in crumbs)
        score += 3 * (counts[key_of(block.text)] == 2)
        score += 5 * (block.kind == "heading" and block.level == 1)
        if best is None or score > best[0]:
            best = (score, n)
    return best[1] if best else None


def _signature(blocks: Sequence[RawBlock], shapes: Sequence[Shape], end: int) -> str | None:
    """Give the name that stands alone just under the article and its notes."""
    for n in range(end, len(blocks)):
        if blocks[n].kind == "note":
            continue
        name = not shapes[n].chrome and is_name(blocks[n].text)
        return blocks[n].text if name else None
    return None


def _once(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Keep the first copy of each long block."""
    seen: set[str] = set()
    kept: list[RawBlock] = []
    for block in blocks:
        key = key_of(block.text)
        if len(key) >= _REPEATED_CHARS and block.kind not in ("row", "heading"):
            if key in seen:
                continue
            seen.add(key)
        kept.append(block)
    return kept


def _document_title(blocks: Sequence[RawBlock]) -> str | None:
    """Give the « Objet », else the level-1 heading, else the short line that names a text.

    The number of a part (« 1. Le cadre ») tells that the first heading isn't the document's.
    """
    head: list[str] = []
    for block in blocks[:_HEAD_BLOCKS]:
        if found := _SUBJECT.match(block.text):
            return found[1]
        short = len(block.text) <= TITLE_CHARS and not block.text.endswith(SENTENCE_ENDS)
        if short and block.kind in ("heading", "paragraph") and len(block.text.split()) > 1:
            head.append(block.text)
        elif len(block.text) > TITLE_CHARS:
            break
    widest = next((b.text for b in blocks if b.kind == "heading" and b.level == 1), None)
    if widest and _NUMBERED.match(widest):
        widest = None
    named = next((text for text in head if _TEXT_NAME.match(text)), None)
    first = head[0] if head and head[0] == blocks[0].text else None
    heading = next((block.text for block in blocks if block.kind == "heading"), None)
    return widest or named or first or heading
