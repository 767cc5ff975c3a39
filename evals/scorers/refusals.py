"""Whether the assistant refuses when it must, only then, and for the right reason."""

from evals.cases import Case
from evals.glossary import REFUSALS
from evals.outcome import Ground, Outcome
from evals.scorers import Score
from evals.scorers.marks import failed, unscored, verdict


def status(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Whether it refuses what must be refused and answers, at least partly, the rest."""
    if outcome.answer is None:
        return failed(outcome)
    refused = outcome.answer["status"] == "refused"
    right = "Refuse à raison." if refused else "Répond à raison."
    wrong = "Refuse une question qui a sa réponse." if refused else "Répond au lieu de refuser."
    return verdict(refused == (case.status == "refused"), right, wrong)


def refusal_type(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Whether a due refusal comes, for one of the reasons that the case accepts.

    Zero when the assistant answers: leaving that out would reward who refuses only where it's easy.
    """
    if case.status != "refused" or not case.refusal:
        return unscored("Le cas n'attend pas de motif de refus.")
    if outcome.answer is None:
        return failed(outcome)
    if outcome.answer["status"] != "refused":
        return Score(0.0, "Répond au lieu de refuser.")
    given, wanted = outcome.answer["refusal"], " ou ".join(REFUSALS[one] for one in case.refusal)
    wrong = f"Motif donné : {REFUSALS.get(given, given)}, au lieu de {wanted}."
    return verdict(given in case.refusal, f"Motif attendu : {REFUSALS.get(given, given)}.", wrong)
