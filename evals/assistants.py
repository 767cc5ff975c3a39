"""What is evaluated: the product as the chat uses it, and how any assistant is asked a case."""

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from threading import Thread
from typing import Any, Protocol, TypeVar

from assistant.answer import Request, Turn
from assistant.answering import Assistant
from assistant.asking import read_question
from assistant.assembling import settings_fingerprint
from assistant.following import with_subject
from assistant.privacy import masked
from assistant.reading import SEARCHED
from assistant.retrieval import search
from corpus.errors import ReperesError
from evals.cases import Case
from evals.outcome import Outcome, Place
from ingest.index import Index

PLACES_KEPT = 10
LIMIT_S = 30.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """What an assistant gave: the JSON of the contract, the sections found, its time alone.

    ``retrieved`` are ranked places, each once; ``None`` when the assistant doesn't tell.
    """

    answer: Mapping[str, Any]
    retrieved: tuple[Place, ...] | None
    elapsed_ms: float


class Evaluated(Protocol):
    """An assistant under evaluation."""

    @property
    def name(self) -> str:
        """How runs and commands call it."""

    @property
    def setup(self) -> Mapping[str, Any]:
        """All that changes its answers (corpus, model, settings), as JSON values."""

    def answer(self, case: Case) -> Given:
        """Its answer to a case; whatever it raises counts against it."""


def attempt(evaluated: Evaluated, case: Case, limit_s: float = LIMIT_S) -> Outcome:
    """The outcome of a case: an error when the assistant crashes or takes over ``limit_s``."""
    started = time.monotonic()
    held = in_background(lambda: evaluated.answer(case))
    wait([held], limit_s)
    elapsed_ms = 1000 * (time.monotonic() - started)
    if not held.done():
        return Outcome(case.id, None, None, elapsed_ms, f"Pas de réponse en {limit_s:g} s.")
    try:
        given = held.result()
    except ReperesError as error:
        return Outcome(case.id, None, None, elapsed_ms, str(error))
    except Exception as error:
        message = f"L'assistant a échoué : {type(error).__name__} ({error})."
        return Outcome(case.id, None, None, elapsed_ms, message)
    return Outcome(case.id, given.answer, given.retrieved, given.elapsed_ms)


def in_background(work: Callable[[], T]) -> "Future[T]":
    """What ``work`` gives or raises, in a thread that never keeps the process alive."""
    held: Future[T] = Future()

    def worked() -> None:
        try:
            held.set_result(work())
        except BaseException as error:
            held.set_exception(error)

    Thread(target=worked, daemon=True).start()
    return held


def first_places(places: Iterable[Place]) -> tuple[Place, ...]:
    """The ten best places, each once."""
    return tuple(dict.fromkeys(places))[:PLACES_KEPT]


def setup_of(index: Index, settings: str) -> dict[str, Any]:
    """What an assistant over ``index`` depends on, with a digest or a line for its settings."""
    return {
        "corpus_digest": index.manifest.corpus_digest,
        "embedding_model": index.embeddings.name if index.embeddings else None,
        "settings_fingerprint": settings,
    }


class Product:
    """The assistant itself, over an index, asked as the chat asks it."""

    name = "product"

    def __init__(self, index: Index) -> None:
        self._index = index
        self._assistant = Assistant(lambda: index)

    @property
    def setup(self) -> Mapping[str, Any]:
        """Corpus, model, and the product's own fingerprint of its settings."""
        return setup_of(self._index, settings_fingerprint())

    def answer(self, case: Case) -> Given:
        """The answer after the case's former questions, which the time leaves out."""
        history = self._conversation(case)
        request = Request(case.question.strip(), case.as_of, history=history)
        started = time.monotonic()
        answer = self._assistant.answer(request, case_id=case.id)
        elapsed_ms = 1000 * (time.monotonic() - started)
        return Given(answer.as_dict(), self._retrieved(request), elapsed_ms)

    def _conversation(self, case: Case) -> tuple[Turn, ...]:
        """The former turns, each with the frame that its answer had."""
        turns: tuple[Turn, ...] = ()
        for question in case.history:
            former = self._assistant.answer(Request(question.strip(), case.as_of, history=turns))
            frame = former.frame
            turn = Turn(former.question, former.id, frame.exercices, frame.departement, frame.text)
            turns = (*turns, turn)
        return turns

    def _retrieved(self, request: Request) -> tuple[Place, ...]:
        """The sections that the hybrid search finds for the question as the assistant reads it."""
        asked = read_question(
            with_subject(masked(request.question), request.history, request.as_of)
        ).text
        hits = search(self._index, asked, SEARCHED)
        return first_places((hit.passage.document_id, hit.passage.locator) for hit in hits)
