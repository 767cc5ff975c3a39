"""Chooses the fusion weights on development queries, through the product's own search."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from assistant.fusion import WEIGHTS, Weights
from assistant.retrieval import search
from evals.retrieval import PASSAGES_ASKED, QuerySet, by_group, ranked, score
from ingest.index import Filters, Index
from ingest.nearest import Statement

STEP = 0.05
MEASURE = "nDCG@10"
_T = TypeVar("_T")


def candidates(base: Weights = WEIGHTS) -> tuple[Weights, ...]:
    """The weights that are tried: the dense share from 0 to 1, all else as it stands."""
    count = round(1 / STEP)
    return tuple(replace(base, dense=round(i * STEP, 2)) for i in range(count + 1))


class Remembering:
    """An index that computes each answer once: only the fusion is redone at each weight."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[Hashable, Any] = {}
        self.embeddings = self if index.embeddings is not None else None
        self.manifest = index.manifest
        self.texts = self
        self.titles = index.texts.titles
        self.ignorance = index.texts.ignorance

    def _once(self, key: Hashable, compute: Callable[[], _T]) -> _T:
        if key not in self._known:
            self._known[key] = compute()
        return cast(_T, self._known[key])

    def allowed(self, filters: Filters) -> frozenset[str] | None:
        """As ``Index.allowed``."""
        return self._index.allowed(filters)

    def embed_query(self, text: str) -> tuple[float, ...]:
        """As the model's, hashable."""
        model = self._index.embeddings
        if model is None:
            raise ValueError("This index has no vectors.")
        return self._once(("vector", text), lambda: tuple(model.embed_query(text)))

    def dense(
        self, vector: tuple[float, ...], count: int, allowed: frozenset[str] | None
    ) -> list[tuple[int, float]]:
        """As ``Index.dense``."""
        key = ("dense", vector, count, allowed)
        return self._once(key, lambda: self._index.dense(vector, count, allowed))

    def statements(
        self, vector: tuple[float, ...], count: int, allowed: frozenset[str] | None
    ) -> list[Statement]:
        """As ``Index.statements``."""
        key = ("statements", vector, count, allowed)
        return self._once(key, lambda: self._index.statements(vector, count, allowed))

    def bm25(self, query: Sequence[str], allowed: frozenset[str] | None) -> Any:
        """As ``Index.bm25``."""
        key = ("bm25", tuple(query), allowed)
        return self._once(key, lambda: self._index.bm25(query, allowed))

    def passage(self, row: int) -> Any:
        """As ``Texts.passage``."""
        return self._once(("passage", row), lambda: self._index.texts.passage(row))


@dataclass(frozen=True, slots=True)
class Tuning:
    """What the development queries say.

    ``by_set`` holds nDCG@10 of each weight in the order of ``tried``, averaged by intent.
    """

    tried: tuple[Weights, ...]
    by_set: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def averages(self) -> tuple[float, ...]:
        """Mean over the sets (each counts once, whatever its size) of each weight's score."""
        return tuple(
            sum(column) / len(column) for column in zip(*self.by_set.values(), strict=True)
        )

    @property
    def best(self) -> Weights:
        """The weights with the highest average, the first ones of equals."""
        averages = self.averages
        return self.tried[averages.index(max(averages))]


def tune(sets: Sequence[tuple[QuerySet, Path]], tried: Sequence[Weights] | None = None) -> Tuning:
    """Development scores of every weight on each set, whose index folder comes with it."""
    weights = tuple(tried if tried is not None else candidates())
    return Tuning(weights, {one.name: _curve(one, folder, weights) for one, folder in sets})


def _curve(one: QuerySet, folder: Path, tried: Sequence[Weights]) -> tuple[float, ...]:
    queries = one.part("development")
    index = open_index(folder)
    per_weight: list[dict[str, list[str]]] = [{} for _ in tried]
    for query in queries:
        memory = cast(Index, Remembering(index))
        for run, weights in zip(per_weight, tried, strict=True):
            hits = search(memory, query.text, PASSAGES_ASKED, weights=weights)
            run[query.query_id] = ranked(hit.passage.document_id for hit in hits)
    index.close()
    scores = [by_group(score(run, queries, one.qrels)[MEASURE], queries) for run in per_weight]
    return tuple(sum(values) / len(values) for values in scores)


def open_index(folder: Path) -> Index:
    """The generation in service in an index folder, with the model of the settings.

    Raises:
        IndexUnusable: none there, broken, or of another model.
        ModelUnavailable: no model here.
    """
    from ingest.embedding import load_embeddings
    from ingest.index import current_generation, open_generation
    from ingest.settings import Settings

    return open_generation(current_generation(folder), load_embeddings(Settings(index=folder)))
