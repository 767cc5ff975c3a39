"""Whether the answer holds for the exercice and the département that the question is about."""

from evals.cases import Case
from evals.outcome import Ground, Outcome
from evals.scorers import Score
from evals.scorers.marks import failed, unscored, verdict
from evals.scorers.proof import claim_citations


def exercice(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Whether the frame has the case's exercices and no cited text is only of other ones."""
    if not case.exercices:
        return unscored("Le cas ne porte pas sur un exercice.")
    if outcome.answer is None:
        return failed(outcome)
    wanted, read = set(case.exercices), set(outcome.answer["frame"]["exercices"])
    if read != wanted:
        return Score(0.0, f"Exercice lu : {_years(read)}, au lieu de {_years(wanted)}.")
    others = [
        f"[{c['n']}]"
        for c in claim_citations(outcome.answer)
        if c["exercices"] and not wanted & set(c["exercices"])
    ]
    wrong = f"Cite un texte d'un autre exercice : {', '.join(others)}."
    return verdict(not others, f"Exercice bien lu : {_years(wanted)}.", wrong)


def departement(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Whether the frame has the case's collectivité."""
    if case.departement is None:
        return unscored("Le cas ne porte pas sur une collectivité.")
    if outcome.answer is None:
        return failed(outcome)
    read = outcome.answer["frame"]["departement"]
    wrong = f"Collectivité lue : {read or 'aucune'}, au lieu de {case.departement}."
    return verdict(read == case.departement, f"Collectivité bien lue : {read}.", wrong)


def _years(years: set[int]) -> str:
    return ", ".join(str(year) for year in sorted(years)) or "aucun"
