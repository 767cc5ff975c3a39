"""What the product must beat: LangChain's quickstart and BM25 alone, over the same documents.

Both give their first passages as the answer, in the shape of the contract: the same scorers apply.
They keep no conversation and never refuse, as the quickstart doesn't.
"""

import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings

from assistant.answer import Request
from assistant.assembling import assembled
from assistant.citing import cite, claim
from assistant.drafting import Draft
from assistant.extracting import Quote
from assistant.reading import SEARCHED
from assistant.retrieval import search
from assistant.units import Unit
from corpus.errors import InvalidRequest
from corpus.types import Document, Section
from evals.assistants import PLACES_KEPT, Given, first_places, setup_of
from evals.cases import Case
from evals.outcome import Place
from ingest.embedding import SentenceTransformerEmbeddings
from ingest.embedding_cache import EmbeddingCache
from ingest.index import Index

CHUNK_CHARS = 1000
OVERLAP_CHARS = 200
PASSAGES_GIVEN = 4
Span = tuple[Document, int, int]
"""``document.text[start:end]``."""


class CachedEmbeddings(Embeddings):
    """A model whose passage vectors are computed once and kept in the ingest's own cache."""

    def __init__(self, model: SentenceTransformerEmbeddings, cache: Path) -> None:
        self._model = model
        self._cache = cache

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text."""
        cache = EmbeddingCache(self._cache)
        try:
            vectors, _computed = cache.encode(self._model, texts)
        finally:
            cache.close()
        return [[float(value) for value in row] for row in vectors]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self._model.embed_query(text)


class Quickstart:
    """LangChain's quickstart: recursive splitter, the same model, Chroma in memory, 4 passages.

    Args:
        index: where the documents and the model come from.
        cache: folder of the embedding cache.

    Raises:
        InvalidRequest: the index has no vectors, so no model to compare with.
    """

    name = "quickstart"

    def __init__(self, index: Index, cache: Path) -> None:
        if index.embeddings is None:
            raise InvalidRequest("Cet index n'a pas de vecteurs : quickstart en demande un modèle.")
        self._index = index
        self._store = _chroma_of(index, CachedEmbeddings(index.embeddings, cache))

    @property
    def setup(self) -> Mapping[str, Any]:
        """Corpus, model, and the sizes of its chunks."""
        return setup_of(self._index, f"chunks {CHUNK_CHARS}/{OVERLAP_CHARS}, k={PASSAGES_GIVEN}")

    def answer(self, case: Case) -> Given:
        """The nearest chunks; a chunk over several sections counts as having found them all."""
        started = time.monotonic()
        found = self._store.similarity_search(case.question, k=PLACES_KEPT)
        spans = [span for chunk in found if (span := self._span(chunk)) is not None]
        places = first_places(
            (document.document_id, section.locator)
            for document, start, end in spans
            for section in sections_of(document, start, end)
        )
        return _given(case, spans[:PASSAGES_GIVEN], places, self._index, started)

    def _span(self, chunk: Any) -> Span | None:
        document = self._index.texts.document(chunk.metadata["document_id"])
        start = int(chunk.metadata["start_index"])
        return None if document is None else (document, start, start + len(chunk.page_content))


def _chroma_of(index: Index, embeddings: Embeddings) -> Any:
    from chromadb.config import Settings
    from langchain_chroma import Chroma
    from langchain_core.documents import Document as Page
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    texts = [d for i in index.texts.document_ids if (d := index.texts.document(i)) is not None]
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARS, chunk_overlap=OVERLAP_CHARS, add_start_index=True
    )
    chunks = splitter.split_documents(
        [Page(document.text, metadata={"document_id": document.document_id}) for document in texts]
    )
    return Chroma.from_documents(
        chunks,
        embeddings,
        collection_name=f"quickstart-{uuid.uuid4().hex}",  # Chroma shares what is in memory
        client_settings=Settings(anonymized_telemetry=False),
    )


def sections_of(document: Document, start: int, end: int) -> Sequence[Section]:
    """The sections whose body a span overlaps, or the one that its heading opens."""
    overlapped = [s for s in document.sections if s.start < end and start < s.end]
    return overlapped or [next(s for s in document.sections if start < s.end)]


class Lexical:
    """BM25 alone over the product's own passages, the first ones as the answer.

    Args:
        index: the passages.
        count: how many are given: four answer more, one is as short as an answer.
    """

    def __init__(self, index: Index, count: int = PASSAGES_GIVEN) -> None:
        self.name = "bm25-1" if count == 1 else "bm25"
        self._index = index
        self._count = count

    @property
    def setup(self) -> Mapping[str, Any]:
        """Corpus and number of passages; no model."""
        values = setup_of(self._index, f"BM25, k={self._count}")
        return values | {"embedding_model": None}

    def answer(self, case: Case) -> Given:
        """The passages that share the question's words."""
        started = time.monotonic()
        passages = [
            hit.passage for hit in search(self._index, case.question, SEARCHED, retrieval="lexical")
        ]
        places = first_places((passage.document_id, passage.locator) for passage in passages)
        spans = [
            (document, passage.start, passage.end)
            for passage in passages[: self._count]
            if (document := self._index.texts.document(passage.document_id)) is not None
        ]
        return _given(case, spans, places, self._index, started)


def _given(
    case: Case,
    spans: Sequence[Span],
    places: tuple[Place, ...],
    index: Index,
    began: float,
) -> Given:
    """Spans as an answer: one claim each, which cites itself."""
    citations = cite([_quote(span) for span in spans], index)
    draft = Draft(claims=[claim(citation) for citation in citations], citations=citations)
    elapsed_ms = 1000 * (time.monotonic() - began)
    request = Request(case.question, case.as_of)
    answer = assembled(request, index, draft, round(elapsed_ms), case.id)
    return Given(answer.as_dict(), places, elapsed_ms)


def _quote(span: Span) -> Quote:
    """The whole span as a quote, placed in the section where it begins."""
    document, start, end = span
    section = sections_of(document, start, end)[0]
    # a chunk may begin in a heading, which no passage holds
    return Quote((Unit(document, max(start, section.start), end, section, None),), start, end)
