"""A published index, opened read-only: texts, BM25 and Chroma behind one search surface."""

import re
import shutil
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexBroken, IndexMismatch, IndexMissing
from ingest.embedding import SentenceTransformerEmbeddings
from ingest.lexical import LexicalIndex
from ingest.manifest import Manifest
from ingest.nearest import Statement, Statements
from ingest.texts import Texts
from ingest.vectors import CHROMA_FOLDER, COLLECTION, STATEMENTS, chroma_client, chroma_store

CURRENT_FILE = "current"
_GENERATION = re.compile(r"[0-9a-f]{32}")
"""Names of our own folders: no other one in an index folder is ever read or removed."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents a search may use; empty means no restriction, never « everything else »."""

    exercices: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


class Index:
    """One generation. ``embeddings`` is ``None`` when the search is lexical only."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        embeddings: SentenceTransformerEmbeddings | None,
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self.embeddings = embeddings
        self.texts = Texts(folder / "texts.sqlite")
        self.lexical = LexicalIndex.load(folder / "lexical")
        self._stores: dict[str, Any] = {}
        self._clients: list[Any] = []
        self._statements: Statements | None = None
        self._opening = threading.Lock()
        if embeddings is not None:
            # Chroma writes into its folder even to read: each reader has a copy of its own, so
            # what is published never changes and two processes never share a database.
            self._copy = tempfile.mkdtemp(prefix="reperes-")
            self._discard = weakref.finalize(self, _discard_copy, self._copy, self._clients)
            shutil.copytree(
                folder / CHROMA_FOLDER,
                self._copy,
                copy_function=shutil.copyfile,
                dirs_exist_ok=True,
            )

    @property
    def store(self) -> Any:
        """LangChain's ``Chroma`` vector store over the passages (cosine distance)."""
        return self._opened(COLLECTION)

    def _opened(self, collection: str) -> Any:
        with self._opening:  # Chroma hands out a client that another thread is still starting
            if not self._clients:
                self._clients.append(chroma_client(Path(self._copy)))
            if collection not in self._stores:
                store = chroma_store(self._clients[0], self.embeddings, collection)
                self._stores[collection] = store
            return self._stores[collection]

    def allowed(self, filters: Filters) -> frozenset[str] | None:
        """Document ids that pass ``filters``; ``None`` when nothing is filtered."""
        if filters == Filters():
            return None
        texts = self.texts
        wanted = set(filters.exercices)
        return frozenset(
            d
            for d in (filters.documents or texts.document_ids)
            if d in texts.titles
            and d not in filters.excluded
            and (not filters.kinds or texts.kinds[d] in filters.kinds)
            and (not wanted or wanted & set(texts.exercices[d]))
        )

    def dense(
        self, vector: Sequence[float], count: int, allowed: frozenset[str] | None
    ) -> list[tuple[int, float]]:
        """Rows of the nearest passages with their cosine similarity, best first."""
        if allowed is not None and not allowed:
            return []
        found = self.store.similarity_search_by_vector_with_relevance_scores(
            list(vector), k=min(count, self.manifest.passages), filter=self._where(allowed)
        )
        rows = [(int(d.metadata["row"]), 1.0 - float(distance)) for d, distance in found]
        return sorted(rows, key=lambda pair: (-pair[1], pair[0]))

    def statements(
        self, vector: Sequence[float], count: int, allowed: frozenset[str] | None
    ) -> list[Statement]:
        """The nearest anchored statements, best first, by their own words or by those of a question
        that they answer."""
        empty = allowed is not None and not allowed
        if self.embeddings is None or not self.manifest.statements or empty:
            return []
        store = self._opened(STATEMENTS)
        with self._opening:
            if self._statements is None:
                self._statements = Statements(store._collection)
        return self._statements.nearest(vector, count, allowed)

    def _where(self, allowed: frozenset[str] | None) -> dict[str, Any] | None:
        """Chroma's filter on documents; ``None`` when all of them are allowed."""
        if allowed is None or len(allowed) >= len(self.texts.document_ids):
            return None
        return {"document_id": {"$in": sorted(allowed)}}

    def bm25(self, query: Sequence[str], allowed: frozenset[str] | None) -> NDArray[np.float32]:
        """BM25 score of every passage row; -1 where ``allowed`` excludes it."""
        scores = self.lexical.scores(query)
        if allowed is not None:
            mask = np.fromiter((d in allowed for d in self.texts.passage_documents), bool)
            scores = np.where(mask, scores, -1.0).astype(np.float32)
        return scores

    def close(self) -> None:
        """Closes the texts and drops the private copy of Chroma."""
        self.texts.close()
        if self.embeddings is not None:
            self._stores = {}
            self._discard()


def _discard_copy(folder: str, clients: list[Any]) -> None:
    """Ends Chroma's threads and open files, then removes the private copy."""
    for client in clients:
        client.close()
    shutil.rmtree(folder, ignore_errors=True)


def current_generation(index_folder: Path) -> Path:
    """Folder of the generation in service.

    Raises:
        IndexMissing: nothing was published there.
    """
    try:
        name = (index_folder / CURRENT_FILE).read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise IndexMissing(
            f"Aucun index dans {index_folder} : lancez « reperes ingest »."
        ) from error
    if not _GENERATION.fullmatch(name):
        raise IndexBroken(
            f"Le fichier {index_folder / CURRENT_FILE} est abîmé : lancez « reperes ingest »."
        )
    return index_folder / name


def former_generations(index_folder: Path, current: Path | None) -> Iterable[Path]:
    """Complete generations other than ``current``, newest first."""
    folders = (m.parent for m in index_folder.glob("*/manifest.json"))
    others = [f for f in folders if f != current and _GENERATION.fullmatch(f.name)]
    return sorted(others, key=_put_in_service_at, reverse=True)


def _put_in_service_at(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:  # a publication has just removed it
        return 0.0


def open_generation(folder: Path, embeddings: SentenceTransformerEmbeddings | None) -> Index:
    """Opens one generation after checking the digest of every file that it reads.

    Raises:
        IndexMissing, IndexBroken: no manifest, or files that don't match it.
        IndexMismatch: vectors of another model than ``embeddings``.
    """
    manifest = Manifest.read(folder)
    manifest.check_files(folder, but="" if embeddings is not None else CHROMA_FOLDER)
    if embeddings is not None and manifest.embedding_digest != embeddings.digest:
        raise IndexMismatch(
            f"L'index a été fait avec le modèle {manifest.embedding_model or '(aucun)'}, "
            f"le modèle demandé est {embeddings.name} : relancez « reperes ingest »."
        )
    try:
        return Index(folder, manifest, embeddings)
    except (OSError, sqlite3.Error) as error:
        raise IndexBroken(
            f"L'index {folder.name} ne s'ouvre pas ({error}) : relancez « reperes ingest »."
        ) from error
