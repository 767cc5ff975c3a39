"""Whether the answer warns of what it must, and raises no false alarm."""

from collections.abc import Mapping
from typing import Any

from assistant.answer import WarningKind
from evals.cases import Case
from evals.glossary import WARNINGS
from evals.outcome import Ground, Outcome
from evals.scorers import Score
from evals.scorers.marks import failed, share, unscored, verdict

STRONG: frozenset[WarningKind] = frozenset(
    {
        "conflict",
        "superseded",
        "annulled",
        "false_premise",
        "danger",
        "personal_data",
        "other_exercice",
    }
)
"""Kinds that change how an answer is read: given without cause, they mislead."""


def expected_warnings(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of the wanted kinds of warning that are given."""
    if not case.warnings:
        return unscored("Le cas n'attend aucun avertissement.")
    if outcome.answer is None:
        return failed(outcome)
    wanted = dict.fromkeys(case.warnings)
    missing = [WARNINGS[kind] for kind in wanted if kind not in _given(outcome.answer)]
    done = len(wanted) - len(missing)
    return share(done, missing, ("avertissement donné", "avertissements donnés"))


def unwanted_warnings(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Whether no strong warning is given that the case doesn't want.

    A question about a person may always be told whom to call.
    """
    if outcome.answer is None:
        return failed(outcome)
    allowed = {*case.warnings} | ({"danger"} if case.category == "individual_case" else set())
    found = sorted(_given(outcome.answer) & STRONG - allowed)
    return verdict(
        not found,
        "Aucun avertissement de trop.",
        f"Avertit à tort : {', '.join(WARNINGS[kind] for kind in found)}.",
    )


def _given(answer: Mapping[str, Any]) -> set[WarningKind]:
    return {warning["kind"] for warning in answer["warnings"]}
