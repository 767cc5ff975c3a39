"""Learns when to answer: ``python -m evals.learning`` writes ``assistant/learned.json``.

Two logistic regressions over the development split and ``off_field.yaml``: which questions are of
our field, from their vectors; then whether the corpus answers, from the signals of the best
evidence. What is printed is measured by cross-validation, all wordings of a question on one side.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.answering import Assistant
from assistant.individual import is_individual
from assistant.refusing import SURE
from evals.cases import Case, load_cases
from ingest.embedding import load_embeddings
from ingest.index import Index, current_generation, open_generation
from ingest.settings import Settings

WRITTEN = Path(__file__).parent.parent / "assistant" / "learned.json"
OFF_FIELD = Path(__file__).parent / "off_field.yaml"
AS_OF = date(2026, 11, 21)
FOLDS, SEED = 5, 20211
FIELD_STRENGTH, SURENESS_STRENGTH = 30.0, 10.0
"""Inverse of the ridge: smaller is stiffer."""
OFF_FIELD_WEIGHT = 0.1
"""What a question of another field counts beside a case: they are many and easy."""

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """A question with its vector and the signals of its best evidence (field left out)."""

    question: str
    vector: tuple[float, ...]
    signals: tuple[float, ...]
    of_field: bool
    answered: bool
    group: str
    weight: float


def samples(index: Index) -> list[Sample]:
    """The development questions asked alone, and those of other fields."""
    assistant = Assistant(lambda: index)
    asked = [(c.question, c.as_of, c) for c in load_cases() if _teaches(c)]
    others = yaml.safe_load(OFF_FIELD.read_text(encoding="utf-8"))["questions"]
    found = [_sample(assistant, text, as_of, case) for text, as_of, case in asked]
    found += [_sample(assistant, text, AS_OF, None) for text in others]
    return [one for one in found if one is not None]


def _teaches(case: Case) -> bool:
    """Whether a case says something of field and evidence: no follow-up, no person, no trick."""
    apart = case.category in ("injection", "individual_case") or "not_a_question" in case.refusal
    return case.split == "development" and not case.history and not apart


def _sample(assistant: Assistant, text: str, as_of: date, case: Case | None) -> Sample | None:
    read = assistant.evidence(text, as_of)
    if read is None or is_individual(text):
        return None
    vector, signals = read
    return Sample(
        text,
        vector,
        signals,
        case is not None and case.category != "out_of_scope",
        case is not None and case.status != "refused",
        case.base if case else text,
        1.0 if case else OFF_FIELD_WEIGHT,
    )


def learn(found: Sequence[Sample]) -> tuple[dict[str, Any], Floats, Floats]:
    """The content of ``learned.json``, then cross-validated log-odds of the field and sureness."""
    vectors = np.array([one.vector for one in found])
    of_field = np.array([one.of_field for one in found])
    answered = np.array([one.answered for one in found])
    weights = np.array([one.weight for one in found])
    folds = _folds(found)
    field, odds = _fitted(vectors, of_field, None, FIELD_STRENGTH, folds)
    signals = np.column_stack([np.array([one.signals for one in found]), odds])
    sureness, sure_odds = _fitted(signals, answered, weights, SURENESS_STRENGTH, folds)
    values = {
        "field": [round(float(w), 3) for w in field.coef_[0]],
        "field_bias": round(float(field.intercept_[0]), 3),
        "sureness": [round(float(w), 2) for w in sureness.coef_[0]],
        "sureness_bias": round(float(sureness.intercept_[0]), 2),
    }
    return values, odds, 1.0 / (1.0 + np.exp(-sure_odds))


def _folds(found: Sequence[Sample]) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    from sklearn.model_selection import GroupKFold

    groups = [one.group for one in found]
    return list(GroupKFold(FOLDS, shuffle=True, random_state=SEED).split(groups, groups=groups))


def _fitted(
    rows: Floats,
    truth: Truths,
    weights: Floats | None,
    strength: float,
    folds: Sequence[tuple[NDArray[np.intp], NDArray[np.intp]]],
) -> tuple[Any, Floats]:
    """A regression fitted on all rows, and log-odds of each row by one that didn't see it."""
    from sklearn.linear_model import LogisticRegression

    balance = "balanced" if weights is None else None

    def fit(chosen: Any) -> Any:
        model = LogisticRegression(C=strength, max_iter=3000, class_weight=balance)
        share = None if weights is None else weights[chosen]
        return model.fit(rows[chosen], truth[chosen], sample_weight=share)

    odds = np.zeros(len(rows))
    for seen, unseen in folds:
        odds[unseen] = fit(seen).decision_function(rows[unseen])
    return fit(slice(None)), odds


def main() -> int:
    """Writes what was learned and prints what it is worth."""
    settings = Settings()
    index = open_generation(current_generation(settings.index_folder), load_embeddings(settings))
    if index.embeddings is None:
        print("Cet index n'a pas de vecteurs : rien ne peut être appris.", file=sys.stderr)
        return 1
    found = samples(index)
    values, odds, sure = learn(found)
    values = {"model": index.manifest.embedding_model, "questions": len(found)} | values
    WRITTEN.write_text(json.dumps(values) + "\n", encoding="utf-8")
    field = np.array([one.of_field for one in found])
    answered = np.array([one.answered for one in found])
    case = np.array([one.weight == 1.0 for one in found])
    print(f"{len(found)} questions, dont {case.sum()} cas de mise au point.")
    print(f"Domaine reconnu : {((odds > 0) == field).mean():.3f}")
    print(f"Refus à tort : {(sure < SURE)[answered].mean():.3f}")
    print(
        f"Réponses à tort : {(sure >= SURE)[case & ~answered].mean():.3f} des cas à refuser, ",
        end="",
    )
    print(f"{(sure >= SURE)[~case].mean():.3f} des questions d'un autre domaine")
    return 0


if __name__ == "__main__":
    sys.exit(main())
