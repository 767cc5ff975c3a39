import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking import facts
from evals.scorers import Scorer
from evals.scorers.citations import citation_precision, citation_recall, validity
from evals.scorers.figures import figures
from evals.scorers.proof import stated
from tests.evals.answers import (
    CRASH,
    GROUND,
    a_case,
    a_refusal_case,
    an_answer,
    citation,
    claim,
    outcome,
    quoting,
    saying,
    warning,
)

CASE = a_case()
SIGNED = "Les contrats sont signés avant le 30 septembre 2021."
FUND = "Le FIR apporte 33 M€."
VOLUNTEERS = "Les départements volontaires candidatent avant le 30 avril 2022."


def test_a_quote_proves_its_own_figures() -> None:
    found = figures(CASE, outcome(quoting(SIGNED)), GROUND)
    assert (found.value, found.reason) == (1.0, "1 donnée prouvée sur 1.")


def test_a_wrong_figure_is_named_and_counted_once() -> None:
    text = "Ils sont signés avant le 30 septembre 2022 pour 33 M€."
    reply = an_answer(claim(text, 1), citations=[citation(1, FUND)])
    found = figures(CASE, outcome(reply), GROUND)
    assert found.value == 0.5 and "« 30 septembre 2022 »" in found.reason


def test_identity_proves_a_date_and_a_number() -> None:
    text = "La circulaire n° 2021/25 du 1er avril 2021 donne 33 M€."
    reply = an_answer(claim(text, 1), citations=[citation(1, FUND)])
    assert figures(CASE, outcome(reply), GROUND).value == 1.0


def test_the_quote_of_another_claim_proves_nothing() -> None:
    both = [citation(1, FUND), citation(2, SIGNED)]
    reply = an_answer(claim(FUND, 1), claim(SIGNED, 1), citations=both)
    assert figures(CASE, outcome(reply), GROUND).value == 0.5


def test_an_invented_quote_or_collectivite_proves_nothing() -> None:
    assert figures(CASE, outcome(quoting("Le FIR apporte 35 M€.")), GROUND).value == 0.0
    reply = an_answer(claim("Le Cher est retenu.", 1), citations=[citation(1, FUND)])
    found = figures(CASE, outcome(reply), GROUND)
    assert found.value == 0.0 and "« Cher »" in found.reason


def test_figures_are_unscored_where_nothing_is_stated() -> None:
    for reply in (an_answer(), saying("Le préfet signe.")):
        assert figures(CASE, outcome(reply), GROUND).value is None
    assert figures(CASE, CRASH, GROUND).value == 0.0
    assert figures(a_refusal_case(), CRASH, GROUND).value is None


@given(st.lists(st.sampled_from(f"{SIGNED} {VOLUNTEERS} Cher 3 % L. 223-1 Nord".split())))
def test_what_is_stated_is_what_the_assistant_checks(words: list[str]) -> None:
    text = " ".join(words)
    assert stated(text).keys() <= facts(text)
    assert bool(stated(text)) == bool(facts(text))


def test_exact_and_used_citations_are_valid() -> None:
    told = warning("general_rule", 2)
    both = [citation(1, SIGNED), citation(2, VOLUNTEERS, "instruction")]
    reply = an_answer(claim(SIGNED, 1), citations=both, warnings=[told])
    found = validity(CASE, outcome(reply), GROUND)
    assert (found.value, found.reason) == (1.0, "2 citations exactes sur 2.")


@pytest.mark.parametrize(
    "changed",
    [{"quote": "Le FIR apporte 34 M€."}, {"start": 1}, {"end": 3}, {"quote": "", "end": 0}],
    ids=str,
)
def test_a_quote_that_is_not_the_span_is_not_valid(changed: dict[str, object]) -> None:
    reply = an_answer(claim(FUND, 1), citations=[citation(1, FUND) | changed])
    assert validity(CASE, outcome(reply), GROUND).value == 0.0


def test_a_quote_of_an_unknown_document_is_not_valid() -> None:
    unknown = citation(1, FUND) | {"document_id": "absent"}
    reply = an_answer(claim(FUND, 1), citations=[unknown])
    assert validity(CASE, outcome(reply), GROUND).value == 0.0


def test_an_unused_citation_and_a_marker_without_citation_are_not_valid() -> None:
    both = [citation(1, SIGNED), citation(2, FUND)]
    unused = an_answer(claim(SIGNED, 1), citations=both)
    assert validity(CASE, outcome(unused), GROUND).value == 0.5
    orphan = an_answer(claim(SIGNED, 1, 7), citations=both[:1])
    found = validity(CASE, outcome(orphan), GROUND)
    assert found.value == 0.5 and "« [7] »" in found.reason


def test_a_number_given_twice_is_not_valid() -> None:
    reply = an_answer(claim(SIGNED, 1), citations=[citation(1, SIGNED), citation(1, FUND)])
    assert validity(CASE, outcome(reply), GROUND).value == 0.5


def test_validity_is_unscored_without_citation_nor_marker() -> None:
    assert validity(CASE, outcome(an_answer()), GROUND).value is None
    assert validity(CASE, CRASH, GROUND).value == 0.0


def test_claims_are_proved_by_quotes_with_the_same_words_and_figures() -> None:
    right = "Avant le 30/09/2021, les contrats sont à signer."
    wrong = "Les stratégies nationales sont signées avant le 30 septembre 2021."
    reply = an_answer(claim(right, 1), claim(wrong, 1), citations=[citation(1, SIGNED)])
    found = citation_recall(CASE, outcome(reply), GROUND)
    assert found.value == 0.5 and "stratégies nationales" in found.reason


def test_two_citations_may_prove_a_claim_together() -> None:
    text = "Les contrats sont signés avant le 30 septembre 2021 et le FIR apporte 33 M€."
    both = [citation(1, SIGNED), citation(2, FUND)]
    reply = outcome(an_answer(claim(text, 1, 2), citations=both))
    assert citation_recall(CASE, reply, GROUND).value == 1.0
    assert citation_precision(CASE, reply, GROUND).value == 1.0


def test_a_citation_that_adds_nothing_costs_precision_only() -> None:
    both = [citation(1, SIGNED), citation(2, FUND)]
    reply = outcome(an_answer(claim(SIGNED, 1, 2), citations=both))
    assert citation_recall(CASE, reply, GROUND).value == 1.0
    found = citation_precision(CASE, reply, GROUND)
    assert found.value == 0.5 and "« [2] »" in found.reason


def test_two_citations_that_each_prove_are_both_precise() -> None:
    both = [citation(1, SIGNED), citation(2, SIGNED)]
    reply = outcome(an_answer(claim(SIGNED, 1, 2), citations=both))
    assert citation_precision(CASE, reply, GROUND).value == 1.0


def test_no_citation_of_an_unproved_claim_is_precise() -> None:
    reply = outcome(an_answer(claim(f"{SIGNED} Dès 2019.", 1), citations=[citation(1, SIGNED)]))
    assert citation_recall(CASE, reply, GROUND).value == 0.0
    assert citation_precision(CASE, reply, GROUND).value == 0.0


@pytest.mark.parametrize("scorer", [citation_recall, citation_precision])
def test_claims_without_citation_score_zero_and_refusals_nothing(scorer: Scorer) -> None:
    assert scorer(CASE, outcome(saying("Le préfet signe.")), GROUND).value == 0.0
    assert scorer(CASE, outcome(an_answer()), GROUND).value is None
    assert scorer(CASE, CRASH, GROUND).value == 0.0
    assert scorer(a_refusal_case(), CRASH, GROUND).value is None
