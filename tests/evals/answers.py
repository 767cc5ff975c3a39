"""Tiny cases, answers and corpora for the tests of scorers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evals.cases import Case
from evals.outcome import Ground, Outcome, Place

TEXTS = {
    "circulaire": "Les contrats sont signés avant le 30 septembre 2021. Le FIR apporte 33 M€.",
    "instruction": "Les départements volontaires candidatent avant le 30 avril 2022.",
}
IDENTITIES = {
    "circulaire": "Circulaire n° DGCS/SD2B/2021/25 ; 2021-04-01",
    "instruction": "Instruction ; 2022-02-18",
}
FACTS = {
    "F1": frozenset({("circulaire", "Calendrier")}),
    "F2": frozenset({("circulaire", "Crédits"), ("instruction", "Crédits")}),
}


def a_case(**fields: Any) -> Case:
    given = {
        "id": "q1",
        "question": "Avant quelle date signer ?",
        "category": "deadline",
        "status": "answered",
        "as_of": date(2026, 11, 21),
        "split": "development",
        "base": fields.get("id", "q1"),
        "author": "test",
    }
    return Case.model_validate(given | fields)


def a_refusal_case(*refusals: str) -> Case:
    return a_case(category="not_in_corpus", status="refused", refusal=refusals)


def claim(text: str, *citations: int) -> dict[str, Any]:
    return {"text": text, "citations": list(citations)}


def citation(
    n: int,
    quote: str,
    document_id: str = "circulaire",
    locator: str = "Calendrier",
    exercices: Sequence[int] = (),
) -> dict[str, Any]:
    """An exact citation, when the document holds the quote."""
    start = max(TEXTS[document_id].find(quote), 0)
    place = {"document_id": document_id, "title": document_id, "locator": locator}
    span = {"quote": quote, "start": start, "end": start + len(quote)}
    return {"n": n, **place, **span, "exercices": list(exercices)}


def warning(kind: str, *citations: int, text: str = "Attention.") -> dict[str, Any]:
    return {"kind": kind, "text": text, "citations": list(citations)}


def an_answer(
    *claims: Mapping[str, Any],
    citations: Sequence[Mapping[str, Any]] = (),
    warnings: Sequence[Mapping[str, Any]] = (),
    **fields: Any,
) -> dict[str, Any]:
    """An answer that writes each claim followed by its markers."""
    lines = [c["text"] + "".join(f" [{n}]" for n in c["citations"]) for c in claims]
    given: dict[str, Any] = {
        "status": "answered" if claims else "refused",
        "refusal": None if claims else "not_in_corpus",
        "frame": {"exercices": [], "departement": None},
        "text": "\n".join(lines),
        "claims": list(claims),
        "citations": list(citations),
        "warnings": list(warnings),
    }
    return given | fields


def quoting(quote: str, n: int = 1, **fields: Any) -> dict[str, Any]:
    """An answer with one claim, the words of its quote."""
    return an_answer(claim(quote, n), citations=[citation(n, quote, **fields)])


def saying(*texts: str) -> dict[str, Any]:
    """An answer whose claims cite nothing."""
    return an_answer(*(claim(text) for text in texts))


def outcome(
    answer: Mapping[str, Any] | None,
    retrieved: Sequence[Place] | None = None,
    elapsed_ms: float = 50.0,
    case_id: str = "q1",
) -> Outcome:
    found = None if retrieved is None else tuple(retrieved)
    error = "L'assistant a échoué." if answer is None else None
    return Outcome(case_id, answer, found, elapsed_ms, error)


CRASH = outcome(None)
GROUND = Ground(FACTS, TEXTS.get, lambda document_id: IDENTITIES.get(document_id, ""))
