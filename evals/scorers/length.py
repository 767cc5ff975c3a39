"""Whether quotes are short, the answer is read at once, and no sentence is there for nothing."""

from statistics import median

from corpus.sentences import split_sentences
from evals.cases import Case
from evals.outcome import Ground, Outcome
from evals.scorers import Score
from evals.scorers.facts import claimed, is_held
from evals.scorers.marks import failed, no_claim, share, unscored

QUOTE_CHARS = 300
"""Longest median quote that costs nothing (contract.md, property 7)."""
MINUTE_CHARS = 1200
"""About 200 French words, which a minute is enough to read."""
LISTED_CHARS = 400
"""What each expected fact after the second adds: a list takes longer to say."""


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


def reading_time(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """One when the claims are read in a minute, else the allowed length over theirs.

    A minute is 1,200 characters, and 400 more for each expected fact after the second.
    """
    if case.status == "refused":
        return unscored("Le cas demande un refus.")
    if outcome.answer is None or not outcome.answer["claims"]:
        return no_claim(case, outcome)
    chars = sum(len(claim["text"]) for claim in outcome.answer["claims"])
    allowed = MINUTE_CHARS + LISTED_CHARS * max(0, len(case.expected) - 2)
    value = 1.0 if chars <= allowed else allowed / chars
    return Score(value, f"{chars} caractères à lire, pour {allowed} au plus.")


def brevity(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of the claims' sentences that hold an expected or a helpful fact.

    The others are padding, be they claims of their own or lines of a long one.
    """
    wanted = (*case.expected, *case.okay)
    if case.status == "refused" or not wanted:
        return unscored("Le cas n'attend aucun fait.")
    if outcome.answer is None:
        return failed(outcome)
    text = claimed(outcome.answer)
    said = [text[start:end] for start, end in split_sentences(text)]
    if not said:
        return unscored("Aucune phrase.")
    idle = [
        f"phrase {at}"
        for at, sentence in enumerate(said, 1)
        if not any(is_held(sentence, fact) for fact in wanted)
    ]
    done = len(said) - len(idle)
    return share(done, idle, ("phrase utile", "phrases utiles"), "sans fait attendu")
