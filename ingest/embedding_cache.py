"""Vectors already computed, kept from one ingest to the next."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.errors import ReperesError, system_reason
from ingest.embedding import PassageEncoder, Vectors

_T = TypeVar("_T")
COMMIT_TEXTS = 128


class EmbeddingCache:
    """Vectors already computed, in SQLite, keyed by model digest and text hash.

    It is committed batch by batch, so an interrupted ingest resumes where it stopped. A file
    that SQLite can't read is set aside and begun anew: it only saves time.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "embeddings.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self._path, timeout=30)
        except (OSError, sqlite3.Error) as error:
            reason = system_reason(error) if isinstance(error, OSError) else "il ne s'ouvre pas"
            raise ReperesError(
                f"Le cache des vecteurs {self._path} ne s'ouvre pas ({reason}) : indiquez un autre "
                "dossier par REPERES_CACHE."
            ) from error
        self._guarded(self._prepare)

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS vectors "
            "(model TEXT, text BLOB, vector BLOB, PRIMARY KEY (model, text)) WITHOUT ROWID"
        )

    def _guarded(self, work: Callable[[], _T]) -> _T:
        """Does ``work``, once more over a new file when this one is broken."""
        try:
            return work()
        except sqlite3.OperationalError as error:  # busy or forbidden: the file itself is sound
            raise ReperesError(
                f"Le cache des vecteurs {self._path} ne s'ouvre pas ({error}) : réessayez, ou "
                "indiquez un autre dossier par REPERES_CACHE."
            ) from error
        except sqlite3.DatabaseError:
            self._db.close()
            self._path.replace(self._path.with_suffix(".broken"))
            for journal in ("-wal", "-shm"):
                self._path.with_name(self._path.name + journal).unlink(missing_ok=True)
            self._db = sqlite3.connect(self._path, timeout=30)
            self._prepare()
            return work()

    def encode(
        self,
        encoder: PassageEncoder,
        texts: Sequence[str],
        progress: Callable[[int], None] = lambda _count: None,
    ) -> tuple[Vectors, int]:
        """Vectors of ``texts`` (float32, one row a text) and how many had to be computed.

        Raises:
            ReperesError: another program holds the file, or it can't be written.
        """
        return self._guarded(lambda: self._encode(encoder, texts, progress))

    def _encode(
        self, encoder: PassageEncoder, texts: Sequence[str], progress: Callable[[int], None]
    ) -> tuple[Vectors, int]:
        out = np.zeros((len(texts), encoder.dimension), np.float32)
        keys = [hashlib.sha256(text.encode("utf-8")).digest() for text in texts]
        missing = [i for i, key in enumerate(keys) if not self._fill(out, i, encoder, key)]
        progress(len(texts) - len(missing))
        missing.sort(key=lambda i: len(texts[i]))  # batches of like lengths pad less
        for at in range(0, len(missing), COMMIT_TEXTS):
            batch = missing[at : at + COMMIT_TEXTS]
            out[batch] = encoder.encode_passages([texts[i] for i in batch])
            rows = [(encoder.digest, keys[i], out[i].tobytes()) for i in batch]
            with self._db:
                self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            progress(len(batch))
        return out, len(missing)

    def _fill(self, out: Vectors, row: int, encoder: PassageEncoder, key: bytes) -> bool:
        found = self._db.execute(
            "SELECT vector FROM vectors WHERE model = ? AND text = ?", (encoder.digest, key)
        ).fetchone()
        if found is None or len(found[0]) != 4 * encoder.dimension:
            return False
        out[row] = np.frombuffer(found[0], np.float32)
        return True

    def close(self) -> None:
        """Closes the database."""
        self._db.close()
