"""Framing, refusals, warnings, length and time."""

import pytest

from evals.outcome import Outcome
from evals.scorers import Scorer
from evals.scorers.framing import departement, exercice
from evals.scorers.latency import latency
from evals.scorers.length import brevity, quote_length, reading_time
from evals.scorers.refusals import refusal_type, status
from evals.scorers.warnings import expected_warnings, unwanted_warnings
from tests.evals.answers import (
    CRASH,
    GROUND,
    a_case,
    a_refusal_case,
    an_answer,
    citation,
    claim,
    outcome,
    saying,
    warning,
)

FUND = "Le FIR apporte 33 M€."
REFUSED = outcome(an_answer(refusal="out_of_scope"))
ANSWERED = outcome(saying("Le préfet signe."))


def framed(*exercices: int, cited: tuple[int, ...] = (), departement: str | None = None) -> Outcome:
    frame = {"exercices": list(exercices), "departement": departement}
    quote = citation(1, FUND, exercices=cited)
    return outcome(an_answer(claim(FUND, 1), citations=[quote], frame=frame))


@pytest.mark.parametrize(("cited", "value"), [((), 1.0), ((2020, 2021), 1.0), ((2020,), 0.0)])
def test_the_exercice_is_read_and_no_other_is_cited(cited: tuple[int, ...], value: float) -> None:
    assert exercice(a_case(exercices=[2021]), framed(2021, cited=cited), GROUND).value == value


@pytest.mark.parametrize("read", [(), (2020,), (2020, 2021)])
def test_another_exercice_scores_zero(read: tuple[int, ...]) -> None:
    found = exercice(a_case(exercices=[2021]), framed(*read), GROUND)
    assert found.value == 0.0 and "au lieu de 2021" in found.reason


def test_the_departement_is_that_of_the_case() -> None:
    case = a_case(departement="18")
    assert departement(case, framed(departement="18"), GROUND).value == 1.0
    for other in ("19", None):
        assert departement(case, framed(departement=other), GROUND).value == 0.0


@pytest.mark.parametrize("scorer", [exercice, departement])
def test_framing_is_unscored_when_the_case_is_not_about_it(scorer: Scorer) -> None:
    assert scorer(a_case(), framed(2021, departement="18"), GROUND).value is None
    assert scorer(a_case(exercices=[2021], departement="18"), CRASH, GROUND).value == 0.0


def test_status_is_right_when_both_refuse_or_both_answer() -> None:
    wanted, unwanted = a_case(), a_refusal_case("out_of_scope")
    assert status(wanted, ANSWERED, GROUND).value == status(unwanted, REFUSED, GROUND).value == 1
    assert status(wanted, REFUSED, GROUND).value == status(unwanted, ANSWERED, GROUND).value == 0
    partial = outcome(saying("Le préfet signe.") | {"status": "partial"})
    assert status(wanted, partial, GROUND).value == 1.0
    assert status(unwanted, CRASH, GROUND).value == 0.0


def test_the_reason_of_a_refusal_is_one_that_the_case_accepts() -> None:
    accepted = a_refusal_case("individual_case", "out_of_scope")
    assert refusal_type(accepted, REFUSED, GROUND).value == 1.0
    found = refusal_type(a_refusal_case("known_unknown"), REFUSED, GROUND)
    assert found.value == 0.0 and "hors sujet, au lieu de point que personne" in found.reason


def test_a_due_refusal_that_does_not_come_has_no_right_reason() -> None:
    due = a_refusal_case("out_of_scope")
    assert refusal_type(due, ANSWERED, GROUND).value == 0.0
    assert refusal_type(a_case(), REFUSED, GROUND).value is None
    assert refusal_type(due, CRASH, GROUND).value == 0.0


def warned(*kinds: str) -> Outcome:
    return outcome(an_answer(claim(FUND), warnings=[warning(kind) for kind in kinds]))


def test_wanted_warnings_are_counted() -> None:
    case = a_case(warnings=["conflict", "inferred"])
    found = expected_warnings(case, warned("conflict", "lexical_only"), GROUND)
    assert found.value == 0.5 and "« déduction »" in found.reason
    assert expected_warnings(case, CRASH, GROUND).value == 0.0
    assert expected_warnings(a_case(), CRASH, GROUND).value is None


def test_only_a_strong_warning_that_is_not_wanted_costs() -> None:
    case = a_case(warnings=["conflict"])
    assert unwanted_warnings(case, warned("conflict", "inferred"), GROUND).value == 1.0
    found = unwanted_warnings(case, warned("superseded", "danger"), GROUND)
    assert (found.value, found.reason) == (0.0, "Avertit à tort : danger, texte remplacé.")
    assert unwanted_warnings(case, CRASH, GROUND).value == 0.0


def test_a_question_about_a_person_may_be_told_whom_to_call() -> None:
    case = a_case(category="individual_case", status="refused", refusal="individual_case")
    assert unwanted_warnings(case, warned("danger", "general_rule"), GROUND).value == 1.0
    assert unwanted_warnings(case, warned("conflict"), GROUND).value == 0.0


def test_the_median_quote_is_free_up_to_300_characters() -> None:
    def quotes(*lengths: int) -> Outcome:
        reply = [citation(n, "x" * length) for n, length in enumerate(lengths, 1)]
        return outcome(an_answer(claim(FUND, 1), citations=reply))

    assert quote_length(a_case(), quotes(10, 300, 9000), GROUND).value == 1.0
    assert quote_length(a_case(), quotes(600), GROUND).value == 0.5
    assert quote_length(a_case(), ANSWERED, GROUND).value is None
    assert quote_length(a_case(), CRASH, GROUND).value == 0.0


@pytest.mark.parametrize(
    ("chars", "facts", "value"), [(1200, 1, 1.0), (2400, 2, 0.5), (1600, 3, 1.0), (3200, 3, 0.5)]
)
def test_an_answer_is_read_in_a_minute_and_a_list_in_more(
    chars: int, facts: int, value: float
) -> None:
    case = a_case(expected=[[f"fait {n}"] for n in range(facts)])
    reply = outcome(saying("x" * (chars // 2), "x" * (chars // 2)))
    assert reading_time(case, reply, GROUND).value == value


def test_reading_time_is_unscored_without_claims() -> None:
    assert reading_time(a_case(), REFUSED, GROUND).value is None
    assert reading_time(a_refusal_case(), ANSWERED, GROUND).value is None
    assert reading_time(a_refusal_case(), CRASH, GROUND).value is None
    assert reading_time(a_case(), CRASH, GROUND).value == 0.0


def test_claims_without_any_wanted_fact_are_padding() -> None:
    case = a_case(expected=[["33 M€"]], okay=[["FIR"], ["préfet"]])
    reply = outcome(saying(FUND, "Le préfet signe.", "Un bilan suit.", "Il fait beau."))
    found = brevity(case, reply, GROUND)
    assert found.value == 0.5 and "« phrase 3 », « phrase 4 »" in found.reason


def test_sentences_gathered_in_one_claim_are_still_padding() -> None:
    reply = outcome(saying(f"{FUND} Il fait beau.\n- Un bilan suit ;\n- le FIR aussi."))
    assert brevity(a_case(expected=[["FIR"]]), reply, GROUND).value == 0.5


def test_brevity_is_unscored_without_claims_or_facts() -> None:
    case = a_case(expected=[["33 M€"]])
    assert brevity(case, REFUSED, GROUND).value is None
    assert brevity(a_case(), ANSWERED, GROUND).value is None
    assert brevity(case, CRASH, GROUND).value == 0.0


@pytest.mark.parametrize(("elapsed_ms", "value"), [(0, 1.0), (400, 1.0), (800, 0.5)])
def test_time_is_free_up_to_400_ms(elapsed_ms: float, value: float) -> None:
    reply = outcome(an_answer(), elapsed_ms=elapsed_ms)
    assert latency(a_case(), reply, GROUND).value == value
    assert latency(a_case(), CRASH, GROUND).value == 0.0
