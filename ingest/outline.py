"""Decides which blocks of a document are headings, from what stands around them.

A line that opens as a heading may still be an element of a list, a line of a table of contents or
the initial of a person: its neighbours tell. What is decided keeps every word: a heading whose
text runs on is cut in two blocks, never shortened.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.headings import SOFT_TITLE_CHARS, Opening, is_title, opening_of
from ingest.reading.content import RawBlock

_LABELS = ("degree", "number", "small")
_ITEM_CHARS = 600


@dataclass(frozen=True, slots=True)
class Outlined:
    """A block as it will stand in the text; ``opening`` is set for administrative headings.

    A heading that the reader gave keeps its own level; its ``opening`` is then only what its
    words say (« Titre II »), so that headings found in the text can be placed beside it.
    """

    block: RawBlock
    opening: Opening | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A block with its first line, the lines after it, and the opening of the first.

    ``continued`` says that the next opening of its shape bears the next number.
    """

    block: RawBlock
    first: str
    others: str
    opening: Opening | None
    continued: bool = False


def outline(blocks: Sequence[RawBlock]) -> list[Outlined]:
    """The same blocks in the same order, administrative headings relabelled as such.

    Blank blocks are left out. A paragraph that is an element of an enumeration (« 1° … ; »)
    becomes an item with its label; « I. – Le président … » becomes a heading « I. – » and a
    paragraph; « TITRE Ier » and its title on the next line become one heading.
    """
    lines = _confirmed([_line(block) for block in blocks if block.text.strip()])
    out: list[Outlined] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        if line.block.kind == "heading":
            out.append(Outlined(line.block, line.opening, own=True))
        elif line.opening is None:
            out.append(Outlined(line.block))
        elif not _is_heading(lines, position, line.opening):
            out.append(Outlined(_as_item(line, line.opening, out)))
        elif _title_follows(lines, position, line.opening):
            title = lines[position + 1].block.text.strip()
            out.append(_heading(line, f"{line.first}\n{title}", line.opening))
            position += 1
        else:
            out.extend(_cut(line, line.opening, _body_follows(lines, position, line.opening)))
        position += 1
    return out


def relabel(blocks: Sequence[RawBlock]) -> tuple[RawBlock, ...]:
    """The blocks of ``outline``, each administrative heading at the level of its own words."""
    return tuple(
        found.block
        if found.own or found.opening is None
        else replace(found.block, level=found.opening.shown)
        for found in outline(blocks)
    )


def _line(block: RawBlock) -> _Line:
    """Reads the first line of a block; an anchored statement or a table row is no heading."""
    text = block.text.strip()
    if block.kind == "item" and block.label and not text.startswith(block.label):
        text = f"{block.label} {text}"
    first, _, others = text.partition("\n")
    first, others = first.rstrip(), others.strip()
    if block.kind in {"row", "note"} or block.mark is not None:
        return _Line(block, first, others, None)
    opening = opening_of(first)
    in_list = block.kind == "item" and (not block.label or block.level > 0)
    if in_list and opening is not None and not opening.strong:
        opening = None  # the list's own structure stands
    return _Line(block, first, others, opening)


def _confirmed(lines: list[_Line]) -> list[_Line]:
    """Settles what only siblings can: « I. » after « H. », and « A. Taquet » without « B. »."""
    chains: dict[str, list[int]] = {}
    for position, line in enumerate(lines):
        if line.opening is None or line.opening.strong:
            continue
        opening = _as_letter(line.opening, line.first, lines, chains)
        lines[position] = replace(line, opening=opening)
        chains.setdefault(opening.shape, []).append(position)
    for chain in chains.values():
        ordinals = [_ordinal(lines[position]) for position in chain]
        for place, position in enumerate(chain):
            if ordinals[place] + 1 in ordinals[place + 1 : place + 2]:
                lines[position] = replace(lines[position], continued=True)
            opening_here = lines[position].opening
            if opening_here is None or opening_here.firm:
                continue
            wanted = {ordinals[place] - 1, ordinals[place] + 1}
            confirmed = wanted & set(ordinals[max(0, place - 1) : place + 2])
            settled = replace(opening_here, firm=True) if confirmed else None
            lines[position] = replace(lines[position], opening=settled)
    return lines


def _ordinal(line: _Line) -> int:
    """The number of a line's opening; far from any other when it has none."""
    return line.opening.ordinal if line.opening and line.opening.ordinal is not None else -9


def _as_letter(
    opening: Opening, first: str, lines: list[_Line], chains: dict[str, list[int]]
) -> Opening:
    """Reads « I. », « V. », « X. », « L. » as a letter where the letter before it stands."""
    if opening.shape != "roman" or first[1:2] in "IVXL":
        return opening
    letter = ord(first[0]) - ord("A") + 1
    last = {shape: _ordinal(lines[chain[-1]]) for shape, chain in chains.items()}
    if last.get("capital") != letter - 1 or last.get("roman") == (opening.ordinal or 0) - 1:
        return opening
    return replace(opening, shape="capital", rank=70, shown=7, ordinal=letter)


def _is_heading(lines: list[_Line], position: int, opening: Opening) -> bool:
    """Whether the opening of this line is a heading, by what stands before and after it."""
    line = lines[position]
    before = lines[position - 1] if position else None
    after = lines[position + 1] if position + 1 < len(lines) else None
    if opening.form == "listed":
        return False
    if line.block.kind == "item" and not line.block.label:
        beside = [n for n in (before, after) if n is not None]
        if any(n.block.kind == "item" for n in beside):
            return False
    announced = before is not None and before.block.kind != "heading" and _announces(before)
    # After a colon stands a list, or a codified article that an amending one quotes.
    quoted = opening.shape == "article" and opening.ordinal is None
    if opening.form == "run_in":
        return not (announced and (quoted or opening.shape == "degree"))
    if announced and (quoted or not (opening.strong or line.continued)):
        return False
    if opening.form == "bare" and opening.strong:
        return after is not None or bool(line.others)
    return _stands_alone(line, before, after, opening) and _body_follows(lines, position, opening)


def _announces(line: _Line) -> bool:
    """Whether a line introduces a list: it ends with a colon."""
    return (line.others or line.first).endswith(":")


def _stands_alone(line: _Line, before: _Line | None, after: _Line | None, opening: Opening) -> bool:
    """Whether no sibling touches this line: siblings in a row make a list or a summary.

    The last of a row may be a heading again when it holds a word: the first annex after the list
    of annexes, whose number starts anew.
    """
    if not line.others and after is not None and _siblings(opening, after.opening):
        return False
    if before is None or before.others or not _siblings(opening, before.opening):
        return True
    if not opening.strong:
        return False
    restarts = (opening.ordinal or 0) <= _ordinal(before)
    return restarts or opening.shape not in {"annexe", "fiche"}


def _siblings(opening: Opening, other: Opening | None) -> bool:
    """Whether the other line opens alike and holds no body of its own."""
    return other is not None and other.shape == opening.shape and other.form != "run_in"


def _body_follows(lines: list[_Line], position: int, opening: Opening) -> bool:
    """Whether something stands under this heading before one as wide."""
    if lines[position].others:
        return True
    if position + 1 >= len(lines):
        return False
    after = lines[position + 1]
    if after.block.kind == "heading":
        return opening.strong
    if after.opening is None:
        return True
    if after.opening.form == "listed" or after.opening.shape == opening.shape:
        return after.opening.shape != opening.shape
    nested = not after.opening.strong and after.opening.ordinal == 1
    return nested or after.opening.rank > opening.rank or after.opening.thematic


def _title_follows(lines: list[_Line], position: int, opening: Opening) -> bool:
    """Whether the next block is the title of this bare heading: « TITRE Ier », then its title."""
    if opening.form != "bare" or opening.shape == "préambule" or lines[position].others:
        return False
    if position + 2 >= len(lines):
        return False
    title, body = lines[position + 1], lines[position + 2]
    return (
        title.block.kind == "paragraph"
        and title.opening is None
        and title.block.mark is None
        and not title.others
        and title.first[-1] != ":"
        and is_title(title.first, SOFT_TITLE_CHARS)
        and (
            body.block.kind != "heading"
            if body.opening is None
            else body.opening.rank > opening.rank
        )
    )


def _heading(line: _Line, text: str, opening: Opening) -> Outlined:
    """A heading block with this text, on the line's page."""
    return Outlined(RawBlock("heading", text, opening.shown, line.block.page), opening)


def _cut(line: _Line, opening: Opening, body_follows: bool) -> list[Outlined]:
    """The heading, and what follows it in the same block as a paragraph of its own."""
    inside = opening.form == "run_in" or (opening.shape == "article" and not body_follows)
    if inside and opening.form != "bare":
        heading = line.first[: opening.cut].strip()
        body = f"{line.first[opening.cut :].strip()}\n{line.others}".strip()
    else:
        heading, body = line.first, line.others
    found = [_heading(line, heading, opening)]
    if body:
        found.append(Outlined(RawBlock("paragraph", body, page=line.block.page)))
    return found


def _as_item(line: _Line, opening: Opening, before: list[Outlined]) -> RawBlock:
    """The block, as a list item when it is a paragraph with an enumerator (« 1° … ; »)."""
    block = line.block
    label = line.first[: opening.cut].strip()
    kept = block.kind != "paragraph" or opening.shape.rstrip("1234") not in _LABELS
    if kept or label[-1] not in ".)°" or opening.form == "bare" or len(block.text) > _ITEM_CHARS:
        return block
    last = before[-1].block if before else None
    nested = (
        opening.shape == "small"
        and last is not None
        and last.kind == "item"
        and (last.level > 0 or last.label[:1].isdigit())
    )
    text = f"{line.first[opening.cut :].strip()}\n{line.others}".strip()
    return replace(block, kind="item", text=text, label=label, level=int(nested))
