"""Figures, dates, references and collectivités of the claims, held to their own citations."""

from evals.cases import Case
from evals.outcome import Ground, Outcome
from evals.scorers import Score
from evals.scorers.marks import no_claim, share, unscored
from evals.scorers.proof import cited, held, stated


def figures(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of what the claims state that stands in their citations (quotes or identity).

    Unscored when nothing is stated.
    """
    answer = outcome.answer
    if answer is None or not answer["claims"]:
        return no_claim(case, outcome)
    proved, unproved = 0, []
    for claim in answer["claims"]:
        proofs = held(cited(answer, claim["citations"]), ground)
        lacking = [said for key, said in stated(claim["text"]).items() if key not in proofs]
        proved += len(stated(claim["text"])) - len(lacking)
        unproved += lacking
    if not proved and not unproved:
        return unscored("Rien à prouver : ni chiffre, ni date, ni référence, ni collectivité.")
    return share(proved, unproved, ("donnée prouvée", "données prouvées"), "sans preuve")
