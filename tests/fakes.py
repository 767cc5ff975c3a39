"""A fake embedding model with memory: hashed bags of words, no download, no torch."""

import hashlib
from collections.abc import Sequence

import numpy as np

from ingest.embedding import SentenceTransformerEmbeddings, Vectors
from ingest.lexical import terms

DIMENSION = 32


class FakeEmbeddings(SentenceTransformerEmbeddings):
    """Deterministic vectors: texts that share words are near.

    ``encoded`` and ``queries`` hold what was asked, in order; after ``fail_after`` calls of
    ``encode_passages`` the next one is interrupted.
    """

    def __init__(self, name: str = "fake", digest: str = "fake-1") -> None:
        super().__init__(name)
        self._digest = digest
        self.encoded: list[list[str]] = []
        self.queries: list[str] = []
        self.fail_after: int | None = None

    @property
    def digest(self) -> str:
        """As given: two fakes of one digest are the same model."""
        return self._digest

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return DIMENSION

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, float32, one row a text, L2-normalised."""
        if self.fail_after is not None and len(self.encoded) >= self.fail_after:
            raise KeyboardInterrupt
        self.encoded.append(list(texts))
        return np.stack([_vector(text) for text in texts])

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        self.queries.append(text)
        return [float(value) for value in _vector(text)]


def _vector(text: str) -> Vectors:
    row = np.zeros(DIMENSION, np.float32)
    for term in terms(text) or ["vide"]:
        place = hashlib.blake2s(term.encode("utf-8")).digest()
        row[place[0] % DIMENSION] += 1 if place[1] % 2 else -1
    row[0] += 0.01  # never all zeros, even when terms cancel out
    return np.asarray(row / np.linalg.norm(row), np.float32)
