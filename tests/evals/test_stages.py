from typing import Any, get_args

import pytest

from evals.cases import Case
from evals.stages import LABELS, MEANINGS, STAGES, Stage, stage
from tests.evals.answers import (
    GROUND,
    TEXTS,
    a_case,
    a_refusal_case,
    an_answer,
    citation,
    claim,
    quoting,
)
from tests.evals.passes import QUOTE, REFUSAL, a_row

DATE = a_case(facts=["F1"], expected=[["30 septembre 2021"]], exercices=[2021])
CALENDAR, CREDITS = ("circulaire", "Calendrier"), ("circulaire", "Crédits")
IN_2021 = {"exercices": [2021], "departement": None}
ELSEWHERE = an_answer(
    claim(TEXTS["instruction"], 1),
    citations=[citation(1, TEXTS["instruction"], "instruction", "Volontaires")],
)


def failed_at(case: Case, answer: Any, **more: Any) -> Stage | None:
    return stage(case, a_row(case, answer, 0.0, **more), GROUND)


def test_a_right_answer_failed_nowhere() -> None:
    assert stage(DATE, a_row(DATE, quoting(QUOTE), 1.0), GROUND) is None


def test_an_answer_that_is_not_scored_has_no_stage() -> None:
    assert stage(DATE, a_row(DATE, quoting(QUOTE), 0.0, scores={"right": [None, ""]})) is None


def test_no_answer_at_all_is_a_crash() -> None:
    assert failed_at(DATE, None) == "crashed"


def test_an_answer_where_a_refusal_was_wanted_is_wrongly_answered() -> None:
    assert failed_at(a_refusal_case("out_of_scope"), quoting(QUOTE)) == "wrongly_answered"


def test_a_refusal_for_another_reason_is_of_the_wrong_type() -> None:
    assert failed_at(a_refusal_case("out_of_scope"), REFUSAL) == "wrong_type_of_refusal"


def test_a_fact_without_a_place_is_not_in_the_corpus() -> None:
    assert failed_at(a_case(facts=["F1", "F9"]), REFUSAL) == "not_in_corpus"


def test_a_wanted_document_that_the_index_lacks_is_not_in_the_corpus() -> None:
    assert failed_at(a_case(documents=["loi"]), REFUSAL) == "not_in_corpus"


def test_an_answer_for_another_year_is_misframed_before_anything_is_searched() -> None:
    answer = quoting(QUOTE) | {"frame": {"exercices": [2022]}}
    assert failed_at(DATE, answer, retrieved=[CREDITS]) == "misframed"


def test_every_fact_held_without_the_year_is_misframed() -> None:
    assert failed_at(DATE, quoting(QUOTE), scores={"vital_recall": [1.0, ""]}) == "misframed"


def test_a_fact_beyond_the_first_ten_is_not_retrieved() -> None:
    others = [("instruction", str(n)) for n in range(10)]
    assert failed_at(DATE, REFUSAL, retrieved=[*others, CALENDAR]) == "not_retrieved"
    assert failed_at(DATE, REFUSAL, retrieved=[*others[:9], CALENDAR]) == "wrongly_refused"


def test_a_section_found_and_not_cited_is_not_selected() -> None:
    assert failed_at(DATE, ELSEWHERE, retrieved=[CALENDAR]) == "not_selected"


def test_a_section_that_only_a_warning_cites_is_not_selected() -> None:
    answer = ELSEWHERE | {"citations": [*ELSEWHERE["citations"], citation(2, QUOTE)]}
    assert failed_at(DATE, answer, retrieved=[CALENDAR]) == "not_selected"


def test_the_right_section_cited_for_a_wrong_answer_is_misread() -> None:
    answer = quoting(QUOTE) | {"frame": IN_2021}
    assert failed_at(DATE, answer, retrieved=[CALENDAR]) == "misread"


def test_places_in_a_wanted_document_are_wanted_when_no_fact_is_named() -> None:
    case = a_case(documents=["circulaire"])
    assert failed_at(case, quoting(QUOTE), retrieved=[["circulaire", "Annexe"]]) == "misread"
    assert failed_at(case, ELSEWHERE, retrieved=[["circulaire", "Annexe"]]) == "not_selected"


def test_every_fact_in_an_answer_too_long_to_read_is_drowned() -> None:
    long = {"vital_recall": [1.0, ""], "reading_time": [0.5, ""], "figures": [1.0, ""]}
    answer = quoting(QUOTE) | {"frame": IN_2021}
    assert failed_at(DATE, answer, scores=long) == "drowned"
    assert failed_at(DATE, answer, scores=long | {"figures": [0.5, ""]}) == "misread"
    assert failed_at(DATE, answer, scores=long | {"vital_recall": [0.0, ""]}) == "misread"


@pytest.mark.parametrize(
    ("answer", "wanted"), [(REFUSAL, "wrongly_refused"), (ELSEWHERE, "misread")]
)
def test_without_the_corpus_only_the_answer_tells(answer: Any, wanted: Stage) -> None:
    row = a_row(DATE, answer, 0.0, retrieved=[("instruction", "1")])
    assert stage(DATE, row) == wanted


def test_every_stage_has_its_french_words() -> None:
    assert set(LABELS) == set(MEANINGS) == set(get_args(Stage)) == set(STAGES)
