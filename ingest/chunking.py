"""From a document to its passages: the units that are searched and quoted.

A passage is a run of whole blocks of one section while they fit; a block that doesn't is cut
where it hurts least: at a sentence, else at a clause, else between words.
"""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.sentences import split_sentences
from corpus.types import Block, Document, Passage, Section
from ingest.context import Contexts

_CLAUSE = re.compile(r"[;:,](?=\s)|(?<=\s)[–—|](?=\s)")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Chunking:
    """How passages are cut, in characters of their text (their context isn't counted).

    ``max_chars`` is never exceeded; passages tend to ``target_chars``; a section longer than
    ``max_chars`` avoids a last passage shorter than ``min_chars``.
    """

    max_chars: int = 900
    target_chars: int = 700
    min_chars: int = 200
    version: int = 1

    @property
    def fingerprint(self) -> str:
        """What the manifest says of the chunker: it changes whenever passages do."""
        return (
            f"sections-v{self.version} max={self.max_chars} target={self.target_chars} "
            f"min={self.min_chars}"
        )


CHUNKING = Chunking()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a section that no passage cuts, without its outer blanks.

    ``repeated`` is what a passage that begins here must recall: the sentence introducing its
    list, or the header of its table. ``holds_next`` marks such a sentence or header itself: the
    next piece stays with it where both fit.
    """

    start: int
    end: int
    repeated: str = ""
    holds_next: bool = False


def passages(document: Document, chunking: Chunking = CHUNKING) -> tuple[Passage, ...]:
    """The passages of a document, in order and without overlap.

    Args:
        document: its blocks and sections as ``assemble`` gives them; without sections, the
            whole text counts as one.
        chunking: the lengths to keep to.

    Returns:
        Passages whose ``text`` is ``document.text[start:end]``, trimmed. Every non-blank
        character of a section is in exactly one of them, and none goes over a section's end.
    """
    text = document.text
    contexts = Contexts(document.identity)
    sections = document.sections or ((Section(0, len(text), ()),) if text.strip() else ())
    starts = [block.start for block in document.blocks]
    lists = _Lists(text)
    found: list[Passage] = []
    for section in sections:
        first, last = bisect_left(starts, section.start), bisect_left(starts, section.end)
        if first and document.blocks[first - 1].kind == "heading":
            lists = _Lists(text)
        pieces = _pieces(text, section, document.blocks[first:last], lists, chunking)
        for run in _packed(pieces, chunking):
            start, end = pieces[run.start].start, pieces[run.stop - 1].end
            context = contexts.of(section.heading_path, pieces[run.start].repeated)
            found.append(_passage(document, section, start, end, context))
    return tuple(found)


def _passage(document: Document, section: Section, start: int, end: int, context: str) -> Passage:
    """The passage over this span of the document, with its stable id."""
    text = document.text[start:end]
    digest = hashlib.sha256(f"{document.document_id}\0{start}\0{text}".encode()).hexdigest()
    return Passage(
        digest[:16],
        document.document_id,
        start,
        end,
        text,
        section.locator,
        context,
        section.page,
    )


class _Lists:
    """What introduces the list or table being read, from block to block."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lead = ""
        self._parents: list[tuple[int, str]] = []
        self._header = ""
        self._kind = ""

    def repeated_by(self, block: Block) -> str:
        """What a passage that begins with this block must recall, "" for nothing."""
        body = self._text[block.start : block.end]
        before, self._kind = self._kind, block.kind
        if block.kind == "item":
            return self._repeated_by_item(block.level, body)
        self._parents.clear()
        self._lead = _last_sentence(body) if body.endswith(":") else ""
        if block.kind == "row" and before == "row":
            return self._header
        self._header = body if block.kind == "row" else ""
        return ""

    def _repeated_by_item(self, level: int, body: str) -> str:
        """The nearest item above that introduces this one, else the sentence before the list."""
        while self._parents and self._parents[-1][0] >= level:
            self._parents.pop()
        repeated = self._parents[-1][1] if self._parents else self._lead
        if body.endswith(":"):
            self._parents.append((level, _last_sentence(body)))
        return repeated

    def introduces(self, block: Block, following: Block | None) -> bool:
        """Whether the block just read introduces the next: a lead-in, or a table's header."""
        if following is None:
            return False
        if block.kind == "row":
            first = self._header == self._text[block.start : block.end]
            return following.kind == "row" and first
        ends = self._text[block.end - 1 : block.end] == ":"
        return ends and following.kind in {"item", "row"}


def _last_sentence(body: str) -> str:
    """The last sentence of a block, which introduces what follows."""
    spans = split_sentences(body)
    return body[spans[-1][0] : spans[-1][1]] if spans else ""


def _pieces(
    text: str, section: Section, blocks: Sequence[Block], lists: _Lists, chunking: Chunking
) -> list[_Piece]:
    """Cuts a section into what passages are made of; together they hold all but its blanks."""
    if not blocks:
        return [_Piece(*cut) for cut in _cut_block(text, section.start, section.end, chunking)]
    pieces: list[_Piece] = []
    position = section.start
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        # From the end of the block before, so that the marker of an item is in the piece.
        end = section.end if following is None else min(block.end, section.end)
        repeated = lists.repeated_by(block)
        holds = lists.introduces(block, following)
        cuts = list(_cut_block(text, position, end, chunking))
        pieces += [_Piece(*cut, repeated) for cut in cuts[:-1]]
        pieces += [_Piece(*cut, repeated, holds) for cut in cuts[-1:]]
        position = end
    return pieces


def _cut_block(text: str, start: int, end: int, chunking: Chunking) -> Iterator[tuple[int, int]]:
    """The block's span without its blanks, or its sentences when it is too long."""
    start, end = _trimmed(text, start, end)
    if start >= end:
        return
    if end - start <= chunking.max_chars:
        yield start, end
        return
    for first, last in split_sentences(text[start:end]):
        yield from _cut_sentence(text, start + first, start + last, chunking.max_chars)


def _cut_sentence(text: str, start: int, end: int, max_chars: int) -> Iterator[tuple[int, int]]:
    """The sentence, or even parts of it cut at clauses, else between words, else anywhere."""
    if end - start <= max_chars:
        yield start, end
        return
    spans: list[tuple[int, int]] = []
    position = start
    for mark in [*(m.end() for m in _CLAUSE.finditer(text, start, end)), end]:
        clause = _trimmed(text, position, mark)
        if clause[1] - clause[0] <= max_chars:
            spans.append(clause)
        else:
            spans += _words(text, *clause, max_chars)
        position = mark
    parts = [_Piece(*span) for span in spans if span[0] < span[1]]
    for run in _packed(parts, Chunking(max_chars, max_chars, 0)):
        yield parts[run.start].start, parts[run.stop - 1].end


def _words(text: str, start: int, end: int, max_chars: int) -> Iterator[tuple[int, int]]:
    """The words of a span, one longer than the limit in parts."""
    for word in _WORD.finditer(text, start, end):
        for at in range(word.start(), word.end(), max_chars):
            yield at, min(at + max_chars, word.end())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without its outer blanks."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _packed(pieces: Sequence[_Piece], chunking: Chunking) -> Iterator[range]:
    """Joins pieces into passages, as runs of their places.

    The length aimed at shares what is left of the section evenly, so that a text a little over
    the limit gives two halves and not a passage and a crumb.
    """
    first = 0
    for place in range(1, len(pieces)):
        if _ends_before(pieces, first, place, chunking):
            yield range(first, place)
            first = place
    if pieces:
        yield range(first, len(pieces))


def _ends_before(pieces: Sequence[_Piece], first: int, place: int, chunking: Chunking) -> bool:
    """Whether the passage that begins at piece ``first`` ends before piece ``place``."""
    start, last = pieces[first].start, pieces[-1].end
    now, longer = pieces[place - 1].end - start, pieces[place].end - start
    if longer > chunking.max_chars:
        return True
    left = last - start
    if left <= chunking.max_chars:
        return False
    if pieces[place].holds_next and place + 1 < len(pieces):
        held = pieces[place + 1].end
        if held - start > chunking.max_chars >= held - pieces[place].start:
            return True
    small = now < chunking.min_chars or last - pieces[place].start < chunking.min_chars
    if small or pieces[place - 1].holds_next:
        return False
    shares = max(round(left / chunking.target_chars), -(-left // chunking.max_chars))
    goal = left / shares
    return longer - goal > goal - now
