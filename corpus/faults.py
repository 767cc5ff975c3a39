"""Faults of the corpus, each at its line: what ``corpus check`` prints."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from corpus.types import Anchor, Document

_NAMED_LINE = re.compile(r"(?:, ligne|at line) (\d{1,7})")
_FIELD = re.compile(r"champ « ([^»]{1,200}) »")
_QUOTED = re.compile(r"(?:l'ancre|source inconnue|ancre «) ?([^\s»]{1,200})")
_HEADER = re.compile(r"[ \t]*(\[\[?[^\[\]]{1,200}\]\]?)[ \t]*(?:#|$)")
_FOLDED_CHARS = 40


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong and where; ``line`` counts from 1, 0 for the whole file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """« fichier:ligne : ce qui ne va pas »."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} : {self.message}"


@dataclass(frozen=True)
class Lines:
    """The lines of a document or register, found by what they hold; all count from 1."""

    lines: tuple[str, ...]

    @classmethod
    def of(cls, path: Path) -> "Lines":
        """Those of a file; none when it can't be read."""
        try:
            return cls(tuple(path.read_text(encoding="utf-8").splitlines()))
        except (OSError, UnicodeDecodeError):
            return cls(())

    @property
    def body(self) -> int:
        """The first line after the card; 1 without a card."""
        if self.lines[:1] != ("+++",):
            return 1
        return next((n for n, line in enumerate(self.lines[1:], 3) if line.rstrip() == "+++"), 1)

    def first(self, holds: Callable[[str], bool], start: int = 1, end: int | None = None) -> int:
        """The first line from ``start`` to ``end`` that ``holds``, 0 when none does."""
        numbered = enumerate(self.lines[start - 1 : end], start)
        return next((number for number, line in numbered if holds(line)), 0)

    def holding(self, words: str, start: int = 1, end: int | None = None) -> int:
        """The first line that holds these words as a whole, 0 when none does."""
        whole = re.compile(rf"(?<!\w){re.escape(words)}(?![\w#-])")
        return self.first(lambda line: whole.search(line) is not None, start, end)

    def key(self, name: str, start: int = 1, end: int | None = None) -> int:
        """The first line that gives the field ``name`` of TOML a value, 0 when none does."""
        given = re.compile(rf"""[ \t]*["']?{re.escape(name)}["']?[ \t]*=""")
        return self.first(lambda line: given.match(line) is not None, start, end)

    def table(self, header: str, position: int = 0) -> tuple[int, int]:
        """First and last line of the table of TOML at that position among those so headed.

        ``(1, last line)`` when there is no such table.
        """
        starts = self._headers.get(header, ())
        if position >= len(starts):
            return 1, len(self.lines)
        start = starts[position]
        after = bisect_right(self._borders, start)
        last = self._borders[after] - 1 if after < len(self._borders) else len(self.lines)
        return start, last

    @cached_property
    def _headers(self) -> dict[str, list[int]]:
        """Lines of the tables of TOML by header, in order."""
        found: dict[str, list[int]] = {}
        for number in self._borders:
            if header := _HEADER.match(self.lines[number - 1]):
                found.setdefault(header[1], []).append(number)
        return found

    @cached_property
    def _borders(self) -> list[int]:
        """Lines that open a table of TOML or end the card, in order."""
        numbered = enumerate(self.lines, 1)
        return [n for n, line in numbered if line.rstrip() == "+++" or _HEADER.match(line)]

    def statement(self, text: str, *, anchored: bool) -> int:
        """The line of the body that holds a statement, whatever its markup; 0 when none does."""
        wanted = _letters(text)[:_FOLDED_CHARS]

        def holds(line: str) -> bool:
            letters = _letters(line)
            same = wanted in letters or (bool(letters) and wanted.startswith(letters))
            return same and line.rstrip().endswith("-->") == anchored

        return self.first(holds, self.body)


def _letters(text: str) -> str:
    return "".join(char for char in text.split("<!--")[0].casefold() if char.isalnum())


@dataclass
class Corpus:
    """What is checked: parsed documents by id, and the folders that they and the rows come from."""

    documents: Mapping[str, Document]
    documents_folder: Path
    registers_folder: Path
    faults: list[Fault] = field(default_factory=list)
    _lines: dict[Path, Lines] = field(default_factory=dict)

    def path(self, document_id: str) -> Path:
        """The file of a document."""
        return self.documents_folder / f"{document_id}.md"

    def lines(self, path: Path) -> Lines:
        """The lines of a file, read once."""
        if path not in self._lines:
            self._lines[path] = Lines.of(path)
        return self._lines[path]

    def fault(self, path: Path, line: int, message: str) -> None:
        """Adds a fault."""
        self.faults.append(Fault(path.name, line, message))

    def is_absent(self, document_id: str) -> bool:
        """Whether no file has that id; a file that doesn't parse is a fault of its own."""
        return document_id not in self.documents and not self.path(document_id).is_file()

    def proofs(self, proof: str) -> list[Anchor]:
        """Anchors that ``document_id#fact`` names (``#F1+F2``: those that hold both)."""
        document_id, _, facts = proof.partition("#")
        document = self.documents.get(document_id)
        wanted = set(facts.split("+"))
        return [a for a in document.anchors if wanted <= set(a.facts)] if document else []

    def statements(self, proof: str) -> str:
        """Text of the statements that a proof names, each under its heading path."""
        document = self.documents.get(proof.partition("#")[0])
        if document is None:
            return ""
        return "\n".join(_said(document, anchor) for anchor in self.proofs(proof))


def _said(document: Document, anchor: Anchor) -> str:
    section = next((s for s in document.sections if s.start <= anchor.start < s.end), None)
    path = " > ".join(section.heading_path) if section else ""
    return f"{path}\n{document.text[anchor.start : anchor.end]}"


def misread(path: Path, reason: str) -> Fault:
    """The fault of a document that its reader refused, at the line that the reason speaks of."""
    lines = Lines.of(path)
    for introduction in (f"« {path.name} », ", f"« {path.name} » ", f"{path.name} : "):
        reason = reason.removeprefix(introduction)
    if named := _NAMED_LINE.search(f", {reason}"):
        return Fault(path.name, int(named[1]), reason)
    if spoken := _FIELD.search(reason):
        return Fault(path.name, _field_line(lines, spoken[1]), reason)
    words = [match[1].rstrip(".") for match in _QUOTED.finditer(reason)]
    found = (lines.holding(word, lines.body) for word in words)
    return Fault(path.name, next(filter(None, found), 0), reason)


def _field_line(lines: Lines, place: str) -> int:
    """The line of a field named ``sources.A1.url`` or ``relations.0.kind``."""
    head, *rest = place.split(".")
    start, end = 1, lines.body
    if rest and head == "sources":
        start, end = lines.table(f"[sources.{rest[0]}]")
    elif rest and rest[0].isdigit() and head == "relations":
        start, end = lines.table("[[relations]]", int(rest[0]))
    names = [part for part in (*reversed(rest), head) if not part.isdigit()]
    found = (lines.key(name, start, end) for name in names)
    return next(filter(None, found), start)
