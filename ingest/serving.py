"""Keeps the index in service open, follows its replacements, and falls back when it breaks."""

import threading
from pathlib import Path

from corpus.errors import IndexMissing, IndexUnusable, ModelUnavailable
from ingest.embedding import SentenceTransformerEmbeddings, load_embeddings
from ingest.index import (
    CURRENT_FILE,
    Index,
    current_generation,
    former_generations,
    open_generation,
)
from ingest.settings import Settings


class Service:
    """The index that answers now. Thread-safe; ``index()`` reopens after a publication.

    When the generation in service can't be used, the former one answers; else the texts of
    either answer lexically, and ``fault`` says why in one French sentence.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._seen: tuple[int, int] | None = None
        self.fault: str | None = None
        self._embeddings: SentenceTransformerEmbeddings | None = None
        try:
            self._embeddings = load_embeddings(settings)
            self._model_fault: str | None = None
        except ModelUnavailable as error:
            self._model_fault = str(error)

    def index(self) -> Index:
        """The index to use for one answer (keep it: a replacement doesn't close it).

        Raises:
            IndexMissing: nothing was ever published there.
            IndexUnusable: nothing published there can be read.
        """
        with self._lock:
            seen = _stamp(self._settings.index_folder / CURRENT_FILE)
            if self._index is None or seen != self._seen:
                self._index = self._opened()
                self._seen = seen
            return self._index

    def _opened(self) -> Index:
        self.fault = self._model_fault
        folder = self._settings.index_folder
        try:
            current: Path | None = current_generation(folder)
        except IndexUnusable as error:
            current = None
            first: IndexUnusable | ModelUnavailable = error
        else:
            first = IndexMissing(f"Aucun index dans {folder} : lancez « reperes ingest ».")
        candidates = [c for c in [current, *former_generations(folder, current)] if c]
        for embeddings in (self._embeddings, None):
            for number, candidate in enumerate(candidates):
                try:
                    index = open_generation(candidate, embeddings)
                except (IndexUnusable, ModelUnavailable) as error:
                    first = error if number == 0 and embeddings is self._embeddings else first
                    continue
                if candidate != current or embeddings is not self._embeddings:
                    self.fault = str(first)
                return index
        raise first


def _stamp(path: Path) -> tuple[int, int] | None:
    """Changes whenever the file is replaced."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns
