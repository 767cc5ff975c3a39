"""How scorers say what they found: a share with its reason, unscored, or zero for a crash."""

from collections.abc import Sequence

from evals.cases import Case
from evals.outcome import Outcome
from evals.scorers import Score

SHOWN = 3
"""How many missing things a reason names; the others are counted."""


def unscored(reason: str) -> Score:
    """The scorer doesn't apply."""
    return Score(None, reason)


def failed(outcome: Outcome) -> Score:
    """Zero: a crash or a time limit is worse than any answer."""
    return Score(0.0, f"Pas de réponse : {outcome.error or 'raison inconnue'}")


def no_claim(case: Case, outcome: Outcome) -> Score:
    """What a scorer of claims says of an answer without claim, or of a crash.

    Zero for a crash on a question that has an answer; unscored where there is nothing to judge, be
    it a refusal or a question whose only right answer is one.
    """
    if case.status == "refused" or outcome.answer is not None:
        return unscored("Rien à juger : aucune phrase affirmée.")
    return failed(outcome)


def verdict(holds: bool, right: str, wrong: str) -> Score:
    """One or zero, each with its sentence."""
    return Score(1.0, right) if holds else Score(0.0, wrong)


def share(
    done: int, missing: Sequence[str], things: tuple[str, str], lack: str = "manque"
) -> Score:
    """The share of things that are as they should be: « 2 faits sur 3 : manque « 20 % » ».

    Args:
        done: how many are.
        missing: the others, one description each; with ``done``, at least one thing in all.
        things: their name, singular and plural.
        lack: what to say before the missing ones.
    """
    total = done + len(missing)
    reason = f"{done} {things[done > 1]} sur {total}"
    if missing:
        reason += f" : {lack} {quoted(missing)}"
    return Score(done / total, f"{reason}.")


def quoted(texts: Sequence[str]) -> str:
    """A list of texts in quotation marks, cut after the first ones."""
    shown = ", ".join(f"« {text} »" for text in texts[:SHOWN])
    rest = len(texts) - SHOWN
    return f"{shown} et {rest} de plus" if rest > 0 else shown
