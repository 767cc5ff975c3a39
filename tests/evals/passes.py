"""Small runs for the tests of reports."""

from collections.abc import Mapping
from typing import Any

from evals.cases import Case
from evals.summary import Run
from tests.evals.answers import a_case, a_refusal_case, an_answer, quoting

QUOTE = "Les contrats sont signés avant le 30 septembre 2021."
REFUSAL = an_answer(text="Aucun passage ne le prouve.")


def a_row(
    case: Case, answer: Mapping[str, Any] | None, right: float, **more: Any
) -> dict[str, Any]:
    """A line of a run, whose only scores are the one that sums up and those of ``scores``."""
    scores = {"right": [right, "Entièrement juste." if right else "0 fait sur 1."]}
    return (
        {
            "id": case.id,
            "category": case.category,
            "split": case.split,
            "base": case.base,
            "rewording": case.rewording,
            "elapsed_ms": 120.0,
            "error": None if answer else "Pas de réponse en 30 s.",
            "answer": answer,
            "retrieved": None,
        }
        | {"scores": scores | more.pop("scores", {})}
        | more
    )


def a_run(*rows: Mapping[str, Any], assistant: str = "product", **fingerprint: Any) -> Run:
    """A run whose fingerprint is complete."""
    given = {
        "assistant": assistant,
        "date": "2026-11-22T03:16:05+01:00",
        "commit": "378aa803bcba0123",
        "dirty": False,
        "corpus_digest": "a992aea4ed960123",
        "embedding_model": "e5",
        "machine": {"cpu": "EPYC", "cores": 2},
        "n_cases": len(rows),
        "cases_digest": "c",
    }
    return Run(given | fingerprint, rows)


SIGNED = a_case(id="q1", question="Signer <quand> ?", expected=[["30 septembre 2021"]])
SIGNED_TOO = a_case(id="q2", base="q1", rewording="typos", expected=[["30 septembre 2021"]])
PAID = a_case(id="q3", category="amount", expected=[["33 M€"]], forbidden=["140 M€"], facts=["F2"])
UNKNOWN = a_refusal_case("not_in_corpus").model_copy(update={"id": "q4", "base": "q4"})
CASES = (SIGNED, SIGNED_TOO, PAID, UNKNOWN)
PRODUCT = a_run(
    a_row(SIGNED, quoting(QUOTE), 1.0),
    a_row(SIGNED_TOO, REFUSAL, 0.0),
    a_row(PAID, quoting(QUOTE), 0.0, elapsed_ms=900.0),
    a_row(UNKNOWN, REFUSAL, 1.0),
)
BM25 = a_run(*(a_row(case, quoting(QUOTE), 0.0) for case in CASES), assistant="bm25")
