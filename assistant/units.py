"""Candidate quotes: statements, sentences and list items of the passages found."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.collectivites import find_collectivites
from corpus.sentences import split_sentences
from corpus.types import Anchor, Block, Document, Section
from ingest.index import Index

_ANAPHORA = re.compile(
    r"(?:ce(?:lui|lle|ux|lles|t|tte|s)?|il|elle|ils|elles|y|en|cela|ceci|leur|son|sa|ses|dont"
    r"|toutefois|cependant|néanmoins|en revanche|de même|à défaut|dans ce cas|à ce titre)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A quotable span: ``document.text[start:end]``, understood with its heading and lead-in.

    ``group`` numbers the list the unit belongs to inside its document (``None`` outside lists);
    ``lead_in`` is the span of the sentence that introduces that list.
    """

    document: Document
    start: int
    end: int
    section: Section
    anchor: Anchor | None
    group: int | None = None
    lead_in: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The quote itself."""
        return self.document.text[self.start : self.end]

    @property
    def context(self) -> str:
        """What surrounds the quote and says what it is about: headings and lead-in."""
        lead = self.document.text[slice(*self.lead_in)] if self.lead_in else ""
        return f"{' '.join(self.section.heading_path)} {lead}"

    @property
    def unknown(self) -> bool:
        """Whether it states that nobody could establish the point."""
        return self.anchor is not None and self.anchor.confidence == "unknown"

    @property
    def key(self) -> tuple[str, int]:
        """Identity of the unit in its index."""
        return self.document.document_id, self.start


def document_units(document: Document) -> tuple[Unit, ...]:
    """All units of a document, in reading order.

    An anchored block is one unit; other blocks are cut into sentences, and a sentence that
    leans on the one before (« Ce délai… ») takes it along.
    """
    units: list[Unit] = []
    anchors = {(a.start, a.end): a for a in document.anchors}
    starts = [section.start for section in document.sections]
    group, previous, lead = 0, None, None
    for block in document.blocks:
        if block.kind == "heading":
            previous = lead = None
            continue
        section = document.sections[max(bisect_right(starts, block.start) - 1, 0)]
        in_list = block.kind in ("item", "row")
        if in_list and not (previous and previous.kind == block.kind):
            group += 1
            lead = _lead_in(document, previous) if block.kind == "item" else None
        anchor = anchors.get((block.start, block.end))
        for start, end in _spans(document, block, anchor):
            units.append(
                Unit(
                    document,
                    start,
                    end,
                    section,
                    anchor,
                    group if in_list else None,
                    lead if in_list else None,
                )
            )
        previous = block
    return tuple(units)


def list_units(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Each list of a document as one unit, from its lead-in to its last item; a list of what
    nobody could establish answers nothing."""
    lists: dict[int, list[Unit]] = {}
    for unit in units:
        if unit.group is not None:
            lists.setdefault(unit.group, []).append(unit)
    return tuple(
        replace(
            items[0],
            start=items[0].lead_in[0] if items[0].lead_in else items[0].start,
            end=items[-1].end,
            anchor=None,
            lead_in=None,
        )
        for items in lists.values()
        if len(items) > 1
        and not any(u.anchor is not None and u.anchor.confidence == "unknown" for u in items)
    )


def _lead_in(document: Document, block: Block | None) -> tuple[int, int] | None:
    """The sentence that introduces a list: the end of the paragraph before, when it ends in :"""
    if block is None or not document.text[: block.end].rstrip().endswith(":"):
        return None
    start, end = split_sentences(document.text[block.start : block.end])[-1]
    return block.start + start, block.start + end


def _spans(document: Document, block: Block, anchor: Anchor | None) -> Iterator[tuple[int, int]]:
    if anchor is not None or block.kind == "row":
        yield block.start, block.end
        return
    text = document.text[block.start : block.end]
    if text.rstrip().endswith(":"):
        return  # a lead-in says nothing without its list
    before: tuple[int, int] | None = None
    for start, end in split_sentences(text):
        leans = before is not None and _ANAPHORA.match(text, start)
        first = before[0] if leans and before and end - before[0] <= 500 else start
        yield block.start + first, block.start + end
        before = (start, end)


class UnitReader:
    """Units of an index's documents, kept once cut (a few hundred documents at most)."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._units: dict[str, tuple[Unit, ...]] = {}
        self._lists: dict[str, tuple[Unit, ...]] = {}

    def document(self, document_id: str) -> tuple[Unit, ...]:
        """All units of a document; empty when the index doesn't hold it."""
        if document_id not in self._units:
            document = self._index.texts.document(document_id)
            if len(self._units) >= 300:
                self._units.clear()
                self._lists.clear()
            self._units[document_id] = document_units(document) if document else ()
        return self._units[document_id]

    def lists(self, document_id: str) -> tuple[Unit, ...]:
        """The lists of a document, each as one unit."""
        if document_id not in self._lists:
            self._lists[document_id] = list_units(self.document(document_id))
        return self._lists[document_id]

    def inside(self, document_id: str, start: int, end: int) -> Iterable[Unit]:
        """Units of a passage."""
        return (u for u in self.document(document_id) if start <= u.start and u.end <= end)


def holds_for(unit: Unit, code: str | None) -> bool:
    """Whether a quote may answer for the collectivité of a request: it names that one, or none.

    Figures of another collectivité would be shown as if they were its own.
    """
    if code is None:
        return True
    found = {m.collectivite.code for m in find_collectivites(f". {unit.text} {unit.context}")}
    return not found or code in found
