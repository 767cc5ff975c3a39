"""Whether quotes are short and no claim is there for nothing."""

from statistics import median

from evals.cases import Case
from evals.outcome import Ground, Outcome
from evals.scorers import Score
from evals.scorers.facts import is_held
from evals.scorers.marks import failed, no_claim, share, unscored

QUOTE_CHARS = 300
"""Longest median quote that costs nothing (contract.md, property 7)."""


def quote_length(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """One when the median quote has at most 300 characters, else 300 over its length."""
    if outcome.answer is None:
        return no_claim(case, outcome)
    lengths = [len(citation["quote"]) for citation in outcome.answer["citations"]]
    if not lengths:
        return unscored("Aucune citation.")
    chars = median(lengths)
    value = 1.0 if chars <= QUOTE_CHARS else QUOTE_CHARS / chars
    return Score(value, f"Citation médiane de {chars:.0f} caractères.")


def brevity(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of claims that hold an expected or a helpful fact: the others are padding."""
    wanted = (*case.expected, *case.okay)
    if case.status == "refused" or not wanted:
        return unscored("Le cas n'attend aucun fait.")
    if outcome.answer is None:
        return failed(outcome)
    claims = outcome.answer["claims"]
    if not claims:
        return unscored("Aucune phrase.")
    idle = [
        f"phrase {at}"
        for at, claim in enumerate(claims, 1)
        if not any(is_held(claim["text"], fact) for fact in wanted)
    ]
    done = len(claims) - len(idle)
    return share(done, idle, ("phrase utile", "phrases utiles"), "sans fait attendu")
