"""The nearest anchored statements: an exact search over a few thousand vectors kept in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Statement:
    """A near anchored statement: its document, where it starts, the row of its passage, and its
    cosine similarity with the question."""

    document_id: str
    start: int
    row: int
    similarity: float


class Statements:
    """The vectors of a collection of statements, each a statement's own or that of a question
    that it answers.

    Args:
        collection: Chroma's collection, read once.
    """

    def __init__(self, collection: Any) -> None:
        held = collection.get(include=["embeddings", "metadatas"])
        vectors = np.asarray(held["embeddings"], np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        self._vectors: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-12)
        self._places = [
            (str(one["document_id"]), int(one["start"]), int(one["row"]))
            for one in held["metadatas"]
        ]
        self._documents = np.asarray([place[0] for place in self._places])

    def nearest(
        self, vector: Sequence[float], count: int, allowed: frozenset[str] | None
    ) -> list[Statement]:
        """The ``count`` nearest statements of the documents ``allowed``, best first, each by the
        nearest of its vectors; ``vector`` is L2-normalised."""
        cosines = self._vectors @ np.asarray(vector, np.float32)
        if allowed is not None:
            cosines[~np.isin(self._documents, sorted(allowed))] = -np.inf
        found: dict[tuple[str, int], Statement] = {}
        for at in np.argsort(-cosines, kind="stable"):
            if len(found) >= count or cosines[at] == -np.inf:
                break
            document_id, start, row = self._places[at]
            one = Statement(document_id, start, row, float(cosines[at]))
            found.setdefault((document_id, start), one)
        return sorted(found.values(), key=lambda one: (-one.similarity, one.document_id, one.start))
