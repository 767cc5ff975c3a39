"""From the blocks of a reader to one text with its headings, sections and marks.

The text is what every offset of the project counts in: blocks joined by blank lines, list items
and table rows by line breaks, items with their marker.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.types import Block, Section
from ingest.nesting import Nesting
from ingest.outline import Outlined, outline, relabel
from ingest.reading.content import RawBlock

__all__ = ["Assembled", "assemble", "relabel"]

_INDENT = "  "
_MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Assembled:
    """A text and its structure; offsets are code points of ``text``, end excluded.

    ``blocks`` are in order and don't overlap. ``marks`` holds ``(start, end, mark)`` of each
    block that carried an anchor comment. ``sections`` are in order and hold every block that is
    no heading.
    """

    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    marks: tuple[tuple[int, int, str], ...]


def assemble(blocks: Sequence[RawBlock], title: str | None = None) -> Assembled:
    """Joins the blocks of a document into its text and finds its sections.

    Args:
        blocks: what a reader gave, in reading order; blank ones are left out.
        title: the document's title. When the first heading repeats it, that heading stays a
            block of the text and out of every heading path.

    Returns:
        The text, each block's span (an item without its ``- ``, with its label), the sections,
        and the marks with the span of their block. A section ends at the next heading; one that
        runs over several pages has a section for each page, so that a passage names its page.
    """
    assembly = _Assembly(_folded(title or ""))
    for found in outline(blocks):
        assembly.add(found)
    return assembly.done()


@dataclass(slots=True)
class _Assembly:
    """The text as it grows, with the headings and the section open at its end."""

    title: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    nesting: Nesting = field(default_factory=Nesting)
    section: Section | None = None
    heading_page: int | None = None
    heading_seen: bool = False

    def add(self, found: Outlined) -> None:
        """Adds a block to the text and to the section it belongs to."""
        block = found.block
        if self.blocks:
            tight = block.kind in {"item", "row"} and self.blocks[-1].kind == block.kind
            self._write("\n" if tight else "\n\n")
        text, level = block.text.strip(), block.level
        line_start = self.length
        if block.kind == "item":
            indent = _INDENT * max(0, min(level, _MAX_DEPTH))
            line_start += len(indent)
            self._write(indent if block.label else f"{indent}- ")
            text = labelled(block)
        start = self.length
        self._write(text)
        if block.kind == "heading":
            level = self._open(found, text)
        else:
            self._extend(line_start, block.page)
        self.blocks.append(Block(block.kind, start, self.length, level))
        if block.mark is not None:
            self.marks.append((start, self.length, block.mark))

    def done(self) -> Assembled:
        """Everything that was added."""
        self._close()
        return Assembled(
            "".join(self.parts), tuple(self.blocks), tuple(self.sections), tuple(self.marks)
        )

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _open(self, found: Outlined, text: str) -> int:
        """Opens a heading, which closes the section before it; returns its level."""
        self._close()
        self.heading_page = found.block.page
        first, self.heading_seen = not self.heading_seen, True
        if first and self.title and _folded(text) == self.title:
            self.nesting.open_title()
            return max(1, found.block.level)
        title = path_title(text, found)
        if found.own or found.opening is None:
            return self.nesting.open_own(title, max(1, found.block.level), found.opening)
        return self.nesting.open_found(title, found.opening)

    def _extend(self, line_start: int, page: int | None) -> None:
        """Grows the open section to the end of the text, or opens one where none fits."""
        if self.section is not None and page is not None and self.section.page not in {None, page}:
            self._close()
        if self.section is None:
            first_page = page if page is not None else self.heading_page
            self.section = Section(line_start, self.length, self.nesting.path, first_page)
            return
        start, path, first_page = self.section.start, self.section.heading_path, self.section.page
        self.section = Section(start, self.length, path, page if first_page is None else first_page)

    def _close(self) -> None:
        if self.section is not None:
            self.sections.append(self.section)
        self.section = None


def labelled(item: RawBlock) -> str:
    """An item's text with its label in front (« 1° Recueil »), or as it is when it has none."""
    text = item.text.strip()
    if not item.label or text.startswith(item.label):
        return text
    return f"{item.label} {text}"


def path_title(heading: str, found: Outlined) -> str:
    """A heading as a path shows it: on one line, without the sign left at its end.

    « Article 2. – » reads « Article 2 »; « TITRE Ier » over its title « TITRE Ier – … ».
    """
    worded = not found.own and found.opening is not None and found.opening.strong
    lines = [" ".join(line.split()) for line in heading.splitlines()]
    title = (" – " if worded else " ").join(line for line in lines if line)
    return title.rstrip(" –—-:." if worded else " –—-:") or title


def _folded(title: str) -> str:
    """A title for comparison: case, blanks, apostrophes and a final full stop don't count."""
    return " ".join(title.replace("’", "'").split()).casefold().rstrip(" .")
