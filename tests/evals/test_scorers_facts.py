import pytest

from evals.scorers import Scorer
from evals.scorers.facts import forbidden, okay_recall, vital_recall
from tests.evals.answers import (
    CRASH,
    GROUND,
    a_case,
    a_refusal_case,
    an_answer,
    citation,
    outcome,
    saying,
    warning,
)

TWO = a_case(expected=[["30 septembre 2021"], ["33 M€", "33 millions"]])


def test_all_vital_facts_in_any_wording_score_one() -> None:
    reply = saying("Avant le 30/09/2021.", "Le FIR apporte 33 millions d'euros.")
    found = vital_recall(TWO, outcome(reply), GROUND)
    assert (found.value, found.reason) == (1.0, "2 faits sur 2.")


def test_a_missing_vital_fact_is_named() -> None:
    found = vital_recall(TWO, outcome(saying("Le FIR apporte 33 M€.")), GROUND)
    assert found.value == 0.5
    assert found.reason == "1 fait sur 2 : manque « 30 septembre 2021 »."


def test_a_fact_is_not_pieced_together_from_two_claims() -> None:
    case = a_case(expected=[["30 départements"]])
    reply = saying("Ils sont 30", "départements volontaires")
    assert vital_recall(case, outcome(reply), GROUND).value == 0.0


def test_a_fact_that_only_a_warning_quotes_is_missing() -> None:
    told = warning("general_rule", 1, text="Avant le 30 septembre 2021, et 33 M€ [1].")
    quote = citation(1, "Le FIR apporte 33 M€.")
    reply = an_answer(citations=[quote], warnings=[told], text="30 septembre 2021, 33 M€")
    assert vital_recall(TWO, outcome(reply), GROUND).value == 0.0


def test_okay_facts_are_counted_apart() -> None:
    case = a_case(expected=[["33 M€"]], okay=[["1er juillet"], ["crise sanitaire"]])
    reply = outcome(saying("Avant le 1er juillet, puis reporté."))
    assert okay_recall(case, reply, GROUND).value == 0.5
    assert vital_recall(case, reply, GROUND).value == 0.0


@pytest.mark.parametrize("scorer", [vital_recall, okay_recall])
def test_facts_are_unscored_for_a_due_refusal_or_without_any(scorer: Scorer) -> None:
    assert scorer(a_refusal_case(), outcome(saying("33 M€.")), GROUND).value is None
    assert scorer(a_case(), CRASH, GROUND).value is None


def test_a_crash_holds_no_fact() -> None:
    found = vital_recall(TWO, CRASH, GROUND)
    assert (found.value, found.reason) == (0.0, "Pas de réponse : L'assistant a échoué.")


def test_a_forbidden_fact_in_a_claim_scores_zero() -> None:
    case = a_case(forbidden=["15 octobre 2020", "140 M€"])
    found = forbidden(case, outcome(saying("Avant le 15/10/2020.")), GROUND)
    assert (found.value, found.reason) == (0.0, "Dit à tort « 15 octobre 2020 ».")


def test_a_forbidden_fact_may_stand_in_a_warning() -> None:
    case = a_case(forbidden=["15 octobre 2020"])
    told = warning("conflict", text="Une source dit le 15 octobre 2020.")
    reply = an_answer(*saying("Avant le 30 septembre 2021.")["claims"], warnings=[told])
    assert forbidden(case, outcome(reply), GROUND).value == 1.0


def test_a_refusal_says_nothing_forbidden() -> None:
    case = a_case(forbidden=["140 M€"])
    assert forbidden(case, outcome(an_answer()), GROUND).value == 1.0
    assert forbidden(case, CRASH, GROUND).value == 0.0
    assert forbidden(a_case(), outcome(an_answer()), GROUND).value is None
