"""The published texts: documents and passages in one read-only SQLite file."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from corpus.references import find_references
from corpus.types import (
    Anchor,
    Block,
    Document,
    Identity,
    Passage,
    Relation,
    Section,
    Source,
)

_SCHEMA = """
CREATE TABLE documents (row INTEGER PRIMARY KEY, document_id TEXT UNIQUE, title TEXT, kind TEXT,
                        exercices TEXT, card TEXT, structure TEXT, text TEXT);
CREATE TABLE passages (row INTEGER PRIMARY KEY, passage_id TEXT UNIQUE, document INTEGER,
                       start INTEGER, end INTEGER, locator TEXT, context TEXT, page INTEGER,
                       ignorance INTEGER);
CREATE TABLE refs (reference TEXT, document_id TEXT);
CREATE INDEX passages_by_document ON passages (document);
"""
_DATES = ("signed_on", "published_on", "in_force_from", "in_force_until", "checked_on")


def write_texts(path: Path, documents: Iterable[Document], passages: Iterable[Passage]) -> None:
    """Writes a new file; passage rows count from 0 in the order given."""
    db = sqlite3.connect(path)
    db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
    rows: dict[str, int] = {}
    anchors: dict[str, tuple[Anchor, ...]] = {}
    with db:
        for row, document in enumerate(documents):
            rows[document.document_id] = row
            anchors[document.document_id] = document.anchors
            db.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _record(row, document)
            )
            refs = [(ref, document.document_id) for ref in _references(document.identity)]
            db.executemany("INSERT INTO refs VALUES (?, ?)", refs)
        db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *(n, p.passage_id, rows[p.document_id], p.start, p.end),
                    *(p.locator, p.context, p.page),
                    _only_ignorance(p, anchors[p.document_id]),
                )
                for n, p in enumerate(passages)
            ),
        )
    db.execute("VACUUM")
    db.close()


def _only_ignorance(passage: Passage, anchors: Sequence[Anchor]) -> bool:
    """Whether all that the passage states is that nobody could establish something."""
    held = [a.confidence for a in anchors if passage.start <= a.start < passage.end]
    return bool(held) and set(held) == {"unknown"}


def _references(identity: Identity) -> list[str]:
    """What names a document: its number, its NOR, its kind with a date (« circulaire@2021-04-01 »,
    and « circulaire@--04-01 » for a day said without its year)."""
    known = f"n° {identity.number or ''} {identity.nor or ''}"
    days = [day.isoformat() for day in (identity.signed_on, identity.published_on) if day]
    named = [f"{identity.kind}@{form}" for day in days for form in (day, f"-{day[4:]}")]
    return [*dict.fromkeys([r.value for r in find_references(known)] + named)]


def _record(row: int, document: Document) -> tuple[Any, ...]:
    identity = document.identity
    card = asdict(identity) | {"sources": [asdict(s) for s in document.sources]}
    for name in _DATES:
        card[name] = card[name].isoformat() if card[name] else None
    structure = {
        "blocks": [[b.kind, b.start, b.end, b.level] for b in document.blocks],
        "sections": [[s.start, s.end, s.heading_path, s.page] for s in document.sections],
        "anchors": [
            [a.start, a.end, a.facts, a.confidence, a.evidence, a.sources, a.asked]
            for a in document.anchors
        ],
    }
    return (
        row,
        document.document_id,
        identity.title or document.document_id,
        identity.kind,
        json.dumps(identity.exercices),
        json.dumps(card, ensure_ascii=False),
        json.dumps(structure, ensure_ascii=False),
        document.text,
    )


class Texts:
    """Reads a published file; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._lock = threading.Lock()
        self._documents: dict[str, Document] = {}
        rows = self._rows("SELECT document_id, title, kind, exercices FROM documents ORDER BY row")
        self.document_ids: tuple[str, ...] = tuple(row[0] for row in rows)
        self.titles: dict[str, str] = {row[0]: row[1] for row in rows}
        self.kinds: dict[str, str] = {row[0]: row[2] for row in rows}
        self.exercices: dict[str, tuple[int, ...]] = {
            row[0]: tuple(json.loads(row[3])) for row in rows
        }
        self.references: dict[str, tuple[str, ...]] = {}
        """Documents by what names them: own number, NOR, kind and date."""
        for reference, document_id in self._rows("SELECT reference, document_id FROM refs"):
            self.references[reference] = (*self.references.get(reference, ()), document_id)
        self.passage_documents: tuple[str, ...] = tuple(
            self.document_ids[row[0]]
            for row in self._rows("SELECT document FROM passages ORDER BY row")
        )
        self.ignorance: frozenset[int] = frozenset(
            row[0] for row in self._rows("SELECT row FROM passages WHERE ignorance")
        )
        """Rows of the passages that only say what nobody could establish."""

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def passage_ids(self) -> list[str]:
        """Ids of all passages, in row order."""
        return [row[0] for row in self._rows("SELECT passage_id FROM passages ORDER BY row")]

    def passage_at(self, document_id: str, offset: int) -> Passage:
        """The passage of a document that holds ``offset`` (every quotable span has one)."""
        rows = self._rows(
            "SELECT passages.row FROM passages JOIN documents ON documents.row = document "
            "WHERE document_id = ? AND start <= ? ORDER BY start DESC LIMIT 1",
            (document_id, offset),
        )
        return self.passage(rows[0][0])

    def passage(self, row: int) -> Passage:
        """The passage of that row."""
        ((passage_id, start, end, locator, context, page, text),) = self._rows(
            "SELECT passage_id, start, end, locator, context, page, "
            "substr(text, start + 1, end - start) "
            "FROM passages JOIN documents ON documents.row = document WHERE passages.row = ?",
            (row,),
        )
        document_id = self.passage_documents[row]
        return Passage(passage_id, document_id, start, end, text, locator, context, page)

    def document(self, document_id: str) -> Document | None:
        """The whole document, ``None`` when the index doesn't hold it."""
        if document_id not in self.titles:
            return None
        if document_id not in self._documents:
            ((card, structure, text),) = self._rows(
                "SELECT card, structure, text FROM documents WHERE document_id = ?",
                (document_id,),
            )
            if len(self._documents) > 500:
                self._documents.clear()
            self._documents[document_id] = _document(document_id, card, structure, text)
        return self._documents[document_id]

    def close(self) -> None:
        """Closes the file."""
        self._db.close()


def _document(document_id: str, card: str, structure: str, text: str) -> Document:
    values = json.loads(card)
    sources = tuple(Source(**row) for row in values.pop("sources"))
    for name in _DATES:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    values["relations"] = tuple(Relation(**row) for row in values["relations"])
    for name in ("addressees", "exercices", "cohorts"):
        values[name] = tuple(values[name])
    shape = json.loads(structure)
    return Document(
        document_id,
        text,
        Identity(**values),
        blocks=tuple(Block(*row) for row in shape["blocks"]),
        sections=tuple(Section(s, e, tuple(path), page) for s, e, path, page in shape["sections"]),
        anchors=tuple(
            Anchor(s, e, tuple(facts), confidence, evidence, tuple(codes), tuple(asked))
            for s, e, facts, confidence, evidence, codes, asked in shape["anchors"]
        ),
        sources=sources,
    )
