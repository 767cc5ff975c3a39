"""A document of a pack, the same for Word, LibreOffice, PDF and Markdown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.teaching.pack import Pack
from assistant.teaching.schedule import Block
from ui.exporting.footnotes import Footnotes
from ui.exporting.run_sheet import in_sequence
from ui.exporting.syntax import Blocks, heading
from ui.exporting.typography import line


@dataclass(frozen=True, slots=True)
class Flavour:
    """What differs from one format to the next.

    ``picture`` is how a picture is written; ``linked`` as in ``Footnotes``; ``plain`` leaves
    out what Markdown can't say (lettered lists, blank lines to write on, several lines a cell).
    """

    picture: Literal["svg", "png"] = "png"
    linked: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading: its level (1 or 2), its words, the name that links lead to, and whether it opens
    a page (sheets to hand out, the trainer's pages)."""

    level: int
    text: str
    name: str
    opens_page: bool = False


@dataclass(slots=True)
class Draft:
    """A document while its chapters are written, in order: notes and headings count on it."""

    pack: Pack
    flavour: Flavour
    notes: Footnotes
    blocks: Blocks = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    """What each picture shows, in order."""

    def head(self, level: int, text: str, opens_page: bool = False) -> None:
        """Begins a chapter (1) or a part of it (2)."""
        entry = Entry(level, line(text), f"partie{len(self.entries) + 1}", opens_page)
        self.entries.append(entry)
        css = "ouvre" if opens_page else ""
        self.blocks.append(heading(level, text, entry.name, css))


def drafted(pack: Pack, flavour: Flavour) -> Draft:
    """The whole document: what is shown, what is handed out, the trainer's pages, the sources."""
    from ui.exporting import bibliography, chapters, exercises

    draft = Draft(pack, flavour, Footnotes(pack, flavour.linked, flavour.plain))
    of_block: Mapping[Block, Callable[[Draft], None]] = {
        "words": chapters.glossary,
        "points": chapters.points,
        "timeline": chapters.timeline,
        "roles": chapters.roles,
        "comparison": chapters.comparison,
        "cases": exercises.cases,
        "disputes": chapters.disputes,
        "quiz": exercises.quiz,
        "closing": exercises.evaluation,
    }
    for write in (
        chapters.frame,
        chapters.objectives,
        chapters.run_sheet,
        *in_sequence(of_block),
        exercises.case_answers,
        exercises.quiz_key,
        chapters.notes,
        chapters.missing,
        bibliography.sources,
    ):
        write(draft)
    return draft
