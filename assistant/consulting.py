"""What pages read of the index in use without asking a question: texts, registers, health."""

from collections.abc import Callable
from typing import Any

from assistant import wording
from assistant.answer import Citation
from assistant.entries import Entries
from assistant.teaching.composing import quoted
from assistant.units import UnitReader
from corpus.errors import IndexUnusable
from corpus.types import Document
from ingest.index import Index


class Reference:
    """The documents and the registers of the index that ``index`` gives at each call; what is
    read of one index is kept until another one is in use.

    Args:
        index: the index in service now.
        fault: why the search is only lexical, in one French sentence, or ``None``.
    """

    def __init__(
        self, index: Callable[[], Index], fault: Callable[[], str | None] = lambda: None
    ) -> None:
        self._index = index
        self._fault = fault
        self._readers: tuple[Index, UnitReader] | None = None
        self._registers: tuple[Index, Entries] | None = None

    def documents(self) -> list[Document]:
        """All documents of the index in use, in its order."""
        texts = self._index().texts
        return [d for i in texts.document_ids if (d := texts.document(i)) is not None]

    def document(self, document_id: str) -> Document | None:
        """One document, ``None`` when the index doesn't hold it."""
        return self._index().texts.document(document_id)

    def entries(self) -> Entries:
        """The registers, as far as the index in use proves them."""
        return self._entries(self._index())

    def quoted(self, document_id: str, start: int, end: int) -> tuple[Citation, ...]:
        """The whole statements that a span of a document touches, as one quote, after what
        introduces them; empty when the index doesn't hold them, or they are too long."""
        return quoted(document_id, start, end, self._index())

    def health(self) -> dict[str, Any]:
        """What answers now: counts, digest, retrieval; ``message`` when it is degraded."""
        try:
            index = self._index()
        except IndexUnusable as error:
            return {"status": "unavailable", "message": str(error)}
        lexical = index.embeddings is None
        fault = self._fault()
        manifest = index.manifest
        return {
            "status": "degraded" if lexical or fault else "ok",
            "retrieval": "lexical" if lexical else "hybrid",
            "documents": manifest.documents,
            "passages": manifest.passages,
            "corpus_digest": manifest.corpus_digest,
            "corpus_checked_on": manifest.checked_on,
            "embedding_model": manifest.embedding_model,
            "message": (fault or wording.NO_MODEL) if lexical else fault,
        }

    def _entries(self, index: Index) -> Entries:
        held = self._registers
        if held is None or held[0] is not index:
            held = (index, Entries(index))
            self._registers = held
        return held[1]

    def _reader(self, index: Index) -> UnitReader:
        held = self._readers
        if held is None or held[0] is not index:
            held = (index, UnitReader(index))
            self._readers = held
        return held[1]
