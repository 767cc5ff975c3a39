"""The exact search over statements agrees with a plain loop."""

import numpy as np

from ingest.nearest import Statements


class Held:
    """A collection of Chroma as far as it is read."""

    def __init__(self, places: list[tuple[str, int, int]], vectors: list[list[float]]) -> None:
        self.held = {
            "embeddings": np.asarray(vectors, np.float32),
            "metadatas": [{"document_id": d, "start": s, "row": r} for d, s, r in places],
        }

    def get(self, include: list[str]) -> dict[str, object]:
        return {name: self.held[name] for name in include}


PLACES = [("a", 0, 0), ("a", 0, 0), ("a", 9, 0), ("b", 3, 1)]
VECTORS = [[1.0, 0.0], [0.6, 0.8], [0.0, 2.0], [0.8, 0.6]]


def test_a_statement_is_as_near_as_its_nearest_vector() -> None:
    found = Statements(Held(PLACES, VECTORS)).nearest([0.6, 0.8], 3, None)
    assert [(one.document_id, one.start) for one in found] == [("a", 0), ("b", 3), ("a", 9)]
    assert [round(one.similarity, 2) for one in found] == [1.0, 0.96, 0.8]


def test_only_allowed_documents_are_found() -> None:
    statements = Statements(Held(PLACES, VECTORS))
    assert [one.row for one in statements.nearest([1.0, 0.0], 9, frozenset({"b"}))] == [1]
    assert statements.nearest([1.0, 0.0], 9, frozenset({"c"})) == []


def test_no_more_than_asked_are_found() -> None:
    assert len(Statements(Held(PLACES, VECTORS)).nearest([1.0, 0.0], 1, None)) == 1
