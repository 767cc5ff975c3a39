"""What every reader gives: clean blocks in reading order, and what the file says of itself."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

BlockKind = Literal["heading", "paragraph", "item", "row", "note"]


@dataclass(frozen=True, slots=True)
class RawBlock:
    """One sanitised block of text, without its markup (no ``#``, no ``- ``, no ``|`` frame).

    ``level`` is the heading's level (1 is the widest) or the depth of a list item (0 first).
    A table's ``row`` holds its cells joined by `` | ``; the first row of a table is its header.
    ``label`` is an item's own marker where it means something (``1°``, ``a)``, ``2.``), else "".
    ``mark`` is the inside of an anchor comment of our corpus (``F084 several press``), else None.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    label: str = ""
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """One document as read from a file (a jsonl file gives several).

    ``front_matter`` is the parsed TOML of a corpus document; ``record_id`` the ``_id`` of a
    jsonl record; ``references`` official references in the order of the text; ``header`` the lines
    printed above the first page, which are no part of the text. ``None`` means that the file
    doesn't show it.
    """

    blocks: tuple[RawBlock, ...]
    title: str | None = None
    published_on: date | None = None
    publisher: str | None = None
    author: str | None = None
    references: tuple[str, ...] = ()
    url: str | None = None
    record_id: str | None = None
    front_matter: dict[str, Any] | None = None
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part that could not be read: ``file`` names it (``f.jsonl#3``), ``reason`` is French."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file gave: contents in file order, and what was refused by itself."""

    contents: tuple[Content, ...]
    refused: tuple[Refusal, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Entry:
    """A file inside a container.

    ``name`` is as shown (``dossier/note.pdf``): never absolute, without ``..`` nor controls.
    """

    name: str
    data: bytes
