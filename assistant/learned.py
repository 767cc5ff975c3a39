"""What was learned from development questions: which field a question is of, when to answer.

``learned.json`` is written by ``python -m evals.learning``, from questions of the development
split and questions of other fields (``evals/off_field.yaml``); nothing here is chosen by hand.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SIGNALS = ("score", "coverage", "similarity", "found", "gap", "field")
"""What sureness is read from, in the order of its weights."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Two logistic regressions.

    ``field`` reads a question's vector (one weight a dimension of ``model``), ``sureness`` the
    ``SIGNALS`` of the best evidence.
    """

    model: str
    field: tuple[float, ...]
    field_bias: float
    sureness: tuple[float, ...]
    sureness_bias: float


@cache
def learned() -> Learned:
    """The regressions in use."""
    values = json.loads((files("assistant") / "learned.json").read_text(encoding="utf-8"))
    return Learned(
        values["model"],
        tuple(values["field"]),
        values["field_bias"],
        tuple(values["sureness"]),
        values["sureness_bias"],
    )


def field_of(vector: Sequence[float] | None, model: str | None) -> float | None:
    """Log-odds that a question is of our field; ``None`` without a vector of the model learned on.

    Args:
        vector: the question's, from ``model``.
        model: name of the embedding model of the index.
    """
    known = learned()
    if vector is None or model != known.model or len(vector) != len(known.field):
        return None
    return known.field_bias + sum(w * x for w, x in zip(known.field, vector, strict=True))


def sureness_of(signals: Sequence[float]) -> float:
    """Probability (0 to 1) that the corpus answers, from the ``SIGNALS``."""
    known = learned()
    odds = known.sureness_bias
    odds += sum(w * x for w, x in zip(known.sureness, signals, strict=True))
    return 1.0 / (1.0 + math.exp(-odds))
