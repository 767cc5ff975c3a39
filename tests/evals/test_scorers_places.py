import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.outcome import Place
from evals.scorers import Scorer
from evals.scorers.retrieval import mrr, ndcg_10, recall_5, recall_10
from evals.scorers.sources import source_precision, source_recall
from tests.evals.answers import (
    CRASH,
    FACTS,
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

BOTH = a_case(facts=["F1", "F2"])
SIGNED = "Les contrats sont signés avant le 30 septembre 2021."
FUND = "Le FIR apporte 33 M€."
OTHERS = tuple(("autre", f"Section {n}") for n in range(20))
PLACES = st.sampled_from([*OTHERS, *frozenset().union(*FACTS.values())])
MEASURES = (ndcg_10, mrr, recall_5, recall_10)


def test_a_citation_counts_where_a_fact_of_the_case_stands() -> None:
    reply = outcome(quoting(SIGNED))
    assert source_precision(BOTH, reply, GROUND).value == 1.0
    found = source_recall(BOTH, reply, GROUND)
    assert (found.value, found.reason) == (0.5, "1 source citée sur 2 : manque « F2 ».")


def test_one_place_of_a_fact_is_enough() -> None:
    reply = outcome(quoting(FUND, locator="Crédits"))
    assert source_recall(a_case(facts=["F2"]), reply, GROUND).value == 1.0


def test_a_citation_of_another_section_costs_precision() -> None:
    both = [citation(1, SIGNED), citation(2, FUND, locator="Annexe")]
    reply = outcome(an_answer(claim(SIGNED, 1), claim(FUND, 2), citations=both))
    found = source_precision(BOTH, reply, GROUND)
    assert found.value == 0.5 and "« [2] circulaire »" in found.reason


def test_a_named_document_counts_whatever_the_section() -> None:
    case = a_case(documents=["circulaire", "loi"])
    reply = outcome(quoting(FUND, locator="Annexe"))
    assert source_precision(case, reply, GROUND).value == 1.0
    assert source_recall(case, reply, GROUND).value == 0.5


def test_what_only_a_warning_cites_is_not_a_source() -> None:
    told = warning("general_rule", 1)
    reply = outcome(an_answer(citations=[citation(1, SIGNED)], warnings=[told]))
    assert source_recall(BOTH, reply, GROUND).value == 0.0
    assert source_precision(BOTH, reply, GROUND).value is None


@pytest.mark.parametrize("scorer", [source_precision, source_recall])
def test_sources_are_unscored_when_the_case_says_none_or_wants_a_refusal(scorer: Scorer) -> None:
    for case in (a_case(), a_case(facts=["F9"]), a_refusal_case()):
        assert scorer(case, outcome(quoting(SIGNED)), GROUND).value is None
        assert scorer(case, CRASH, GROUND).value is None
    assert scorer(BOTH, CRASH, GROUND).value == 0.0


def test_a_perfect_search_scores_one_everywhere() -> None:
    ranked = [*FACTS["F1"], *sorted(FACTS["F2"]), *OTHERS]
    reply = outcome(saying("Oui."), ranked)
    assert [m(BOTH, reply, GROUND).value for m in MEASURES] == [pytest.approx(1.0)] * 4


def test_recall_counts_facts_and_not_their_places() -> None:
    ranked = [("instruction", "Crédits"), *OTHERS[:5], ("circulaire", "Calendrier")]
    reply = outcome(saying("Oui."), ranked)
    found = recall_5(BOTH, reply, GROUND)
    assert found.value == 0.5 and "hors des 5 premiers « F1 »" in found.reason
    assert recall_10(BOTH, reply, GROUND).value == 1.0


def test_the_first_place_gives_the_reciprocal_rank() -> None:
    reply = outcome(saying("Oui."), [*OTHERS[:3], ("circulaire", "Crédits")])
    found = mrr(BOTH, reply, GROUND)
    assert (found.value, found.reason) == (0.25, "Premier bon passage au rang 4.")
    late = outcome(saying("Oui."), [*OTHERS[:10], ("circulaire", "Crédits")])
    assert mrr(BOTH, late, GROUND).value == ndcg_10(BOTH, late, GROUND).value == 0.0


def test_ndcg_discounts_each_place_by_its_rank() -> None:
    reply = outcome(saying("Oui."), [OTHERS[0], ("circulaire", "Calendrier")])
    found = ndcg_10(a_case(facts=["F1"]), reply, GROUND).value
    assert found == pytest.approx(0.63093, abs=1e-5)  # 1 / log2(3)


@given(st.lists(PLACES, unique=True, max_size=15))
def test_search_scores_agree_on_success(ranked: list[Place]) -> None:
    scores = [m(BOTH, outcome(saying("Oui."), ranked), GROUND).value for m in MEASURES]
    reached = any(place in FACTS["F1"] | FACTS["F2"] for place in ranked[:10])
    assert all(0 <= s <= 1 for s in scores if s is not None)
    assert [bool(s) for s in (scores[0], scores[1], scores[3])] == [reached] * 3


@pytest.mark.parametrize("scorer", MEASURES)
def test_search_is_unscored_when_it_is_not_told_or_not_placed(scorer: Scorer) -> None:
    assert scorer(BOTH, outcome(saying("Oui.")), GROUND).value is None
    assert scorer(a_case(facts=["F9"]), outcome(saying("Oui."), OTHERS), GROUND).value is None
    assert scorer(BOTH, outcome(saying("Oui."), ()), GROUND).value == 0.0
    assert scorer(BOTH, CRASH, GROUND).value == 0.0
