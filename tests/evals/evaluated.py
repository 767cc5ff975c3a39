"""A fake assistant with a queue and a memory, and runs made of rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from evals.assistants import Given
from evals.cases import Case
from evals.summary import Run
from tests.evals.answers import saying


class FakeEvaluated:
    """Gives what its queue holds (an answer, an error to raise, a function to call), in order.

    Once the queue is empty, it says « 30 septembre 2021 ». ``asked`` holds the ids of the cases.
    """

    name = "fake"

    def __init__(self, *queue: Any) -> None:
        self.queue = list(queue)
        self.asked: list[str] = []
        self.setup: dict[str, Any] = {"corpus_digest": "c1", "embedding_model": None}

    def answer(self, case: Case) -> Given:
        """The next of the queue."""
        self.asked.append(case.id)
        given = self.queue.pop(0) if self.queue else saying("Avant le 30 septembre 2021.")
        if isinstance(given, BaseException):
            raise given
        return Given(given() if callable(given) else given, None, 12.0)


def a_run(rows: Iterable[Mapping[str, Any]], **fingerprint: Any) -> Run:
    """A run of rows made by ``a_row``."""
    return Run({"assistant": "fake", "date": "2026-11-21"} | fingerprint, list(rows))


def a_row(
    case_id: str, base: str | None = None, digest: str = "d", **scores: Any
) -> dict[str, Any]:
    """A row with scores given by name; ``None`` is unscored."""
    scored = {name: [value, "dit pourquoi"] for name, value in scores.items()}
    return {"id": case_id, "base": base or case_id, "digest": digest, "scores": scored}
