"""Hybrid search over a published index, and the LangChain retriever that wraps nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.fusion import WEIGHTS, Weights, fuse
from corpus.errors import InvalidRequest
from corpus.lexicon import generic_notions
from corpus.types import Passage
from ingest.index import Filters, Index
from ingest.lexical import terms
from ingest.nearest import Statement
from ingest.reading.sanitising import sanitise

Retrieval = Literal["hybrid", "dense", "lexical"]
CANDIDATES = 100
STATEMENTS_READ = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage; ``score`` grows with closeness and only compares within one search.

    ``similarity`` is its cosine with the question (``None`` when it wasn't among the nearest),
    ``bm25`` its lexical score.
    """

    passage: Passage
    title: str
    score: float
    similarity: float | None
    bm25: float


def search(
    index: Index,
    query: str,
    count: int,
    filters: Filters = Filters(),
    retrieval: Retrieval = "hybrid",
    weights: Weights = WEIGHTS,
    vector: Sequence[float] | None = None,
    statements: Sequence[Statement] | None = None,
) -> list[Hit]:
    """The ``count`` best passages, best first; none when the filters match no document.

    ``vector`` is the question's own and ``statements`` those nearest to it, best first, when they
    are already known.

    Raises:
        InvalidRequest: a dense search was asked of an index without vectors.
    """
    query = sanitise(query).strip()
    allowed = index.allowed(filters)
    if not query or (allowed is not None and not allowed):
        return []
    if retrieval == "dense" and index.embeddings is None:
        raise InvalidRequest("Cet index n'a pas de vecteurs : utilisez --retrieval lexical.")
    nearest: dict[int, float] = {}
    if retrieval != "lexical" and index.embeddings is not None:
        vector = vector or index.embeddings.embed_query(query)
        nearest = dict(index.dense(vector, max(CANDIDATES, count), allowed))
    words = [t for t in terms(query) if t[1:] not in generic_notions() or t[0] != "="]
    bm25 = index.bm25(words, allowed)
    if retrieval == "dense":
        scores = nearest
    else:
        told: dict[int, float] = {}
        if nearest and vector is not None:
            if statements is None:
                statements = index.statements(vector, STATEMENTS_READ, allowed)
            for one in reversed(statements):
                told[one.row] = one.similarity
        exact = _exact(index, words, allowed)
        scores = fuse(nearest, bm25, exact, weights, told, index.texts.ignorance)
    best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:count]
    return [
        Hit(
            passage,
            index.texts.titles[passage.document_id],
            score,
            nearest.get(row),
            max(float(bm25[row]), 0.0),
        )
        for row, score in best
        for passage in (index.texts.passage(row),)
    ]


def _exact(index: Index, words: Sequence[str], allowed: frozenset[str] | None) -> dict[int, float]:
    """Share of the question's official references (``@…``) that each row holds."""
    references = sorted({word for word in words if word.startswith("@")})
    found: dict[int, float] = {}
    for reference in references:
        scores = index.bm25([reference], allowed)
        for row in scores.nonzero()[0]:
            if scores[row] > 0:
                found[int(row)] = found.get(int(row), 0.0) + 1.0 / len(references)
    return found


class PassageRetriever(BaseRetriever):
    """LangChain's retriever over a published index: drops into anybody's chain.

    Each document's metadata holds ``passage_id``, ``document_id``, ``title``, ``locator``,
    ``start``, ``end`` and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Any
    k: int = 10
    filters: Filters = Filters()
    retrieval: Retrieval = "hybrid"

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        hits = search(self.index, query, self.k, self.filters, self.retrieval)
        return [
            LangChainDocument(
                id=hit.passage.passage_id,
                page_content=hit.passage.text,
                metadata={
                    "passage_id": hit.passage.passage_id,
                    "document_id": hit.passage.document_id,
                    "title": hit.title,
                    "locator": hit.passage.locator,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "score": hit.score,
                },
            )
            for hit in hits
        ]
