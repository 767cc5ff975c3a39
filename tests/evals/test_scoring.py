from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.cases import Case
from evals.glossary import SCORES
from evals.scoring import LABELS, SCORERS, right, score_all
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
    warning,
)

SIGNED = "Les contrats sont signés avant le 30 septembre 2021."
FRAME: dict[str, Any] = {"frame": {"exercices": [2021], "departement": "18"}}
FULL = a_case(
    expected=[["30 septembre 2021"]],
    okay=[["contrats"]],
    forbidden=["15 octobre 2020"],
    facts=["F1"],
    exercices=[2021],
    departement="18",
    warnings=["conflict"],
)
PERFECT = outcome(
    quoting(SIGNED) | FRAME | {"warnings": [warning("conflict", 1)]}, sorted(FACTS["F1"])
)


@st.composite
def outcomes(draw: st.DrawFn) -> Any:
    """Any outcome of the contract's shape, markers without citation and wrong quotes included."""
    numbers = st.integers(1, 4)
    texts = st.sampled_from([SIGNED, "Le FIR apporte 33 M€.", "Oui.", "Le Cher en 2020."])
    claims = draw(st.lists(st.builds(claim, texts, numbers), max_size=3))
    cited = draw(st.lists(st.builds(citation, numbers, texts), max_size=3))
    kinds = st.sampled_from(["conflict", "danger", "inferred"])
    warnings = draw(st.lists(st.builds(warning, kinds, numbers), max_size=2))
    answer = an_answer(*claims, citations=cited, warnings=warnings)
    places = st.sampled_from([("circulaire", "Calendrier"), ("autre", "Section")])
    retrieved = draw(st.none() | st.lists(places, unique=True))
    return outcome(answer, retrieved, draw(st.floats(0, 1e6)))


CASES = st.sampled_from([FULL, a_case(), a_refusal_case("out_of_scope")])


@given(CASES, outcomes())
def test_every_score_is_a_share_with_a_sentence_or_unscored(case: Case, reply: Any) -> None:
    scores = score_all(case, reply, GROUND) | {"right": right(case, reply, GROUND)}
    for name, score in scores.items():
        assert score.value is None or 0 <= score.value <= 1, name
        assert score.reason.endswith("."), name


def test_a_perfect_answer_scores_one_everywhere() -> None:
    scores = score_all(FULL, PERFECT, GROUND)
    unscored = {name for name, score in scores.items() if score.value is None}
    assert unscored == {"refusal_type"}
    assert all(s.value == pytest.approx(1) for n, s in scores.items() if n not in unscored)
    assert right(FULL, PERFECT, GROUND).value == 1.0


def test_a_crash_scores_zero_wherever_a_good_answer_is_scored() -> None:
    due = a_refusal_case("out_of_scope")
    refused = outcome(an_answer(refusal="out_of_scope"))
    for case, good in ((FULL, PERFECT), (due, refused)):
        judged, crashed = score_all(case, good, GROUND), score_all(case, CRASH, GROUND)
        for name, score in judged.items():
            assert crashed[name].value == (None if score.value is None else 0.0), name
        assert right(case, CRASH, GROUND).value == 0.0


@pytest.mark.parametrize(
    "changed",
    [
        {"expected": [["30 septembre 2022"]]},
        {"forbidden": ["30 septembre 2021"]},
        {"exercices": [2020]},
        {"status": "refused"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_one_vital_fault_is_enough_to_be_wrong(changed: dict[str, Any]) -> None:
    case = a_case(**(FULL.model_dump() | changed))
    found = right(case, PERFECT, GROUND)
    assert found.value == 0.0 and found.reason


def test_an_unproved_figure_is_wrong() -> None:
    reply = an_answer(claim(SIGNED, 1), citations=[citation(1, "Le FIR apporte 33 M€.")], **FRAME)
    assert right(FULL, outcome(reply), GROUND).value == 0.0


def test_an_answer_that_is_not_read_in_a_minute_is_wrong() -> None:
    long = "Les contrats sont signés. " * 60
    reply = quoting(SIGNED) | FRAME | {"claims": [claim(SIGNED, 1), claim(long, 1)]}
    found = right(FULL, outcome(reply), GROUND)
    assert found.value == 0.0 and "1200 au plus" in found.reason


def test_a_little_padding_and_slowness_do_not_make_an_answer_wrong() -> None:
    fund = "Le FIR apporte 33 M€."
    both = [citation(1, SIGNED), citation(2, fund)]
    reply = an_answer(claim(SIGNED, 1), claim(fund, 2), citations=both, **FRAME)
    assert right(FULL, outcome(reply, elapsed_ms=9000), GROUND).value == 1.0


def test_a_due_refusal_is_right_for_an_accepted_reason_only() -> None:
    refused = outcome(an_answer(refusal="out_of_scope"))
    assert right(a_refusal_case("out_of_scope"), refused, GROUND).value == 1.0
    assert right(a_refusal_case("known_unknown"), refused, GROUND).value == 0.0
    assert right(a_refusal_case(), refused, GROUND).value == 1.0


def test_every_scorer_has_a_french_name_and_an_explanation() -> None:
    assert ["right", *SCORERS, "stability"] == list(LABELS)
    assert LABELS.keys() == SCORES.keys()
