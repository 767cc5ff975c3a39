"""Vital facts, helpful facts and forbidden ones in what an answer claims.

Vital and okay facts are told apart as in nugget evaluation (Voorhees, TREC question answering
track, 2003). Only claims count: a fact that stands in a warning alone isn't the answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from evals.cases import Case, Wordings
from evals.outcome import Ground, Outcome
from evals.scorers import Score
from evals.scorers.marks import failed, quoted, share, unscored, verdict
from evals.scorers.wording import holds

_FACTS = ("fait", "faits")


def vital_recall(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of the expected facts that the claims hold, in one of their wordings."""
    return _recall(case, outcome, case.expected)


def okay_recall(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of the facts that help without being asked for."""
    return _recall(case, outcome, case.okay)


def forbidden(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Whether no plausible error of the case stands in a claim."""
    if not case.forbidden:
        return unscored("Le cas n'interdit rien.")
    if outcome.answer is None:
        return failed(outcome)
    text = claimed(outcome.answer)
    found = [wording for wording in case.forbidden if holds(text, wording)]
    return verdict(not found, "Aucune erreur attendue.", f"Dit à tort {quoted(found)}.")


def claimed(answer: Mapping[str, Any]) -> str:
    """The texts of the claims, one a line."""
    return "\n".join(claim["text"] for claim in answer["claims"])


def is_held(text: str, fact: Wordings) -> bool:
    """Whether a text holds a fact in one of its wordings."""
    return any(holds(text, wording) for wording in fact)


def _recall(case: Case, outcome: Outcome, wanted: Sequence[Wordings]) -> Score:
    if case.status == "refused":
        return unscored("Le cas demande un refus.")
    if not wanted:
        return unscored("Le cas n'attend aucun fait de cette sorte.")
    if outcome.answer is None:
        return failed(outcome)
    text = claimed(outcome.answer)
    missing = [fact[0] for fact in wanted if not is_held(text, fact)]
    return share(len(wanted) - len(missing), missing, _FACTS)
