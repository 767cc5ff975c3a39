"""How long the person waits."""

from evals.cases import Case
from evals.outcome import Ground, Outcome
from evals.scorers import Score
from evals.scorers.marks import failed

LIMIT_MS = 400
"""An answer that comes within this time costs nothing."""


def latency(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """One within 400 ms, else 400 over the time."""
    if outcome.answer is None:
        return failed(outcome)
    value = 1.0 if outcome.elapsed_ms <= LIMIT_MS else LIMIT_MS / outcome.elapsed_ms
    return Score(value, f"{outcome.elapsed_ms:.0f} ms.")
