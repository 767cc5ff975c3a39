"""What the web asks of the assistant; ``assistant.answering`` provides it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Literal, Protocol

from assistant.answer import Answer, Citation, Request
from assistant.entries import Entries
from assistant.teaching.pack import Order, Pack
from assistant.teaching.refreshing import Refresh
from corpus.types import Document

EventName = Literal["step", "sentence", "answer"]


class Assistant(Protocol):
    """Answers questions and shows the documents of the index in use. Thread-safe."""

    def answer(self, request: Request, *, recorded: bool = True) -> Answer:
        """The whole answer; ``recorded`` is false for one that nobody asked.

        Raises:
            ReperesError: the question or the index can't be used (French sentence).
        """

    def events(self, request: Request) -> Iterator[tuple[EventName, Any]]:
        """``("step", str)`` and ``("sentence", Claim)`` as they come, then ``("answer", Answer)``.

        Raises:
            ReperesError: as ``answer``.
        """

    def documents(self) -> list[Document]:
        """All documents of the index in use."""

    def document(self, document_id: str) -> Document | None:
        """One document, ``None`` when the index doesn't hold it."""

    def entries(self) -> Entries:
        """The registers, as far as the index in use proves them.

        Raises:
            ReperesError: as ``answer``.
        """

    def pack(self, order: Order, progress: Callable[[str], None] = ...) -> Pack:
        """A trainer's pack; takes seconds. ``progress`` is told each step, in French.

        Raises:
            ReperesError: as ``answer``, or the order can't be met (French sentence).
        """

    @property
    def rewords(self) -> bool:
        """Whether a model is configured."""

    def reworded(self, pack: Pack) -> Pack:
        """A pack with its key points in a model's words where these pass every check."""

    def renewed(self, saved: Pack, day: date) -> Refresh:
        """A saved pack brought up to date, and what became of each of its items.

        Raises:
            ReperesError: as ``answer``.
        """

    def quoted(self, document_id: str, start: int, end: int) -> tuple[Citation, ...]:
        """The whole statements that a span of a document touches, as one quote, after what
        introduces them; empty when the index doesn't hold them, or they are too long."""

    def health(self) -> dict[str, Any]:
        """``status``, ``retrieval``, ``documents``, ``passages``, ``corpus_digest``,

        ``corpus_checked_on``, ``embedding_model`` and ``message`` (a French banner or ``None``).
        """
