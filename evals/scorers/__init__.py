"""Scorers: one pure function a file, from a case and its outcome to a value or *unscored*."""

from collections.abc import Callable
from dataclasses import dataclass

from evals.cases import Case
from evals.outcome import Ground, Outcome


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` is between 0 (worst) and 1 (best); ``None`` means that the scorer doesn't apply.

    ``reason`` says why, in one short French sentence.
    """

    value: float | None
    reason: str


Scorer = Callable[[Case, Outcome, Ground], Score]
