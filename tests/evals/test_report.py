import re
from dataclasses import replace
from typing import Any, get_args

import pytest
from lxml import html

from evals.cases import Category, Rewording, Split
from evals.glossary import CATEGORIES, FATES, REWORDINGS, SCORES, SPLITS
from evals.report import markdown
from evals.report_page import page
from evals.report_tables import (
    category_fate_table,
    category_table,
    latency_classes,
    operating_table,
    score_table,
    stage_table,
)
from evals.scoring import LABELS as SCORE_LABELS
from evals.summary import Fate, Run, failures, fates, measure, operating
from tests.evals.answers import GROUND, a_case, quoting
from tests.evals.passes import (
    BM25,
    CASES,
    PRODUCT,
    QUOTE,
    REFUSAL,
    SIGNED,
    UNKNOWN,
    a_row,
    a_run,
)

RUNS = (PRODUCT, BM25)
KNOWN = {case.id: case for case in CASES}


@pytest.fixture(scope="module")
def shown() -> Any:
    return html.document_fromstring(page(RUNS, CASES, GROUND))


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def rows_of(shown: Any, caption: str) -> list[list[str]]:
    (table,) = shown.xpath("//table[caption[.=$caption]]", caption=caption)
    return [[words(cell) for cell in row] for row in table.iterfind(".//tbody/tr")]


def plain(rows: Any) -> list[list[str]]:
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def test_rewordings_of_a_question_count_once() -> None:
    whole = measure(PRODUCT.rows, lambda row: row["scores"]["right"][0])
    assert whole.interval is not None
    assert whole.interval.mean == pytest.approx((0.5 + 0 + 1) / 3)
    assert (whole.cases, whole.bases) == (4, 3)


def test_the_fates_of_the_questions_make_a_whole() -> None:
    found = fates([*PRODUCT.rows, a_row(a_case(id="q5"), None, 0.0)])
    assert sum(found.values()) == pytest.approx(1)
    assert found["crashed"] == found["right_refusal"] == pytest.approx(1 / 4)
    assert found["right_answer"] == found["wrong_refusal"] == pytest.approx(1 / 8)


def test_risk_counts_only_the_answers_that_were_given() -> None:
    point = operating(PRODUCT.rows)
    assert point.coverage.interval is not None and point.risk.interval is not None
    assert point.coverage.interval.mean == pytest.approx((0.5 + 1 + 0) / 3)
    assert point.risk.interval.mean == pytest.approx((0 + 1) / 2)
    assert point.curve == ()


def test_a_curve_is_drawn_only_from_answers_that_say_how_sure_they_are() -> None:
    sure = [(0.9, 1.0), (0.5, 0.0), (0.5, 1.0), (0.1, 0.0)]
    rows = [
        a_row(a_case(id=f"q{n}"), quoting(QUOTE), right, sureness=sureness)
        for n, (sureness, right) in enumerate(sure)
    ]
    coverages, risks = zip(*operating(rows).curve, strict=True)
    assert coverages == pytest.approx((0.25, 0.75, 1))
    assert risks == pytest.approx((0, 1 / 3, 0.5))
    assert "courbe risque-couverture : la part" in page([a_run(*rows)], CASES)
    assert operating([*rows, a_row(UNKNOWN, quoting(QUOTE), 0.0)]).curve == ()


def test_the_first_failures_are_the_gravest_and_the_least_complete() -> None:
    partly = a_row(SIGNED, quoting(QUOTE), 0.0, scores={"vital_recall": [0.5, ""]})
    run = a_run(partly, *BM25.rows[1:])
    found = failures(run, KNOWN, GROUND)
    assert list(found) == ["wrongly_answered", "misread", "not_selected"]
    assert [each.case.id for each in found["misread"]] == ["q2", "q1"]


def test_a_row_whose_case_is_gone_still_counts_in_the_scores() -> None:
    assert failures(BM25, {}) == {}
    assert "0\u00a0% [0\u00a0;\u00a00]" in markdown([BM25], [])


def test_latency_classes_double_and_hold_every_answer() -> None:
    assert latency_classes([PRODUCT])[1] == [
        ["200\u00a0ms", "3"],
        ["400\u00a0ms", "0"],
        ["800\u00a0ms", "0"],
        ["1,6\u00a0s", "1"],
    ]


def test_markdown_holds_scores_categories_and_the_ids_of_failures() -> None:
    text = markdown(RUNS, CASES, GROUND)
    assert (
        "| Entièrement juste | 50\u00a0% [0\u00a0;\u00a0100] | 0\u00a0% [0\u00a0;\u00a00] |" in text
    )
    assert "| Montant | 0\u00a0%" in text
    assert "- A refusé à tort (1) : q2\n" in text
    assert "378aa803bcba\n" in text and "378aa803bcba0" not in text


def test_a_cell_never_breaks_a_markdown_table() -> None:
    text = markdown([a_run(*PRODUCT.rows, assistant="a|b")], CASES)
    assert "| Note | a\\|b | Notées |" in text


def test_an_interrupted_or_unlike_run_is_said() -> None:
    text = markdown([a_run(*PRODUCT.rows, n_cases=9), a_run(*BM25.rows, corpus_digest="b")], CASES)
    assert "passe interrompue, 4 cas sur 9 (Repères)" in text
    assert "les passes n'ont pas le même corpus" in text
    assert "Attention" not in markdown(RUNS, CASES)


def test_a_difference_is_said_only_when_enough_questions_show_it() -> None:
    cases = [a_case(id=f"q{n}") for n in range(20)]
    good = a_run(*(a_row(case, quoting(QUOTE), 1.0) for case in cases))
    bad = a_run(*(a_row(case, quoting(QUOTE), 0.0) for case in cases), assistant="bm25")
    assert "C'est 100 points [100\u00a0;\u00a0100] de plus que BM25 seul" in markdown(
        [good, bad], cases
    )
    assert "Aucune différence montrée" in markdown([good, replace(good)], cases)
    assert "points" not in markdown(RUNS, CASES)


@pytest.mark.parametrize(
    ("caption", "table"),
    [
        ("Toutes les notes, par assistant", score_table(RUNS, KNOWN)),
        ("entièrement juste, par catégorie", category_table(RUNS)),
        ("le sort des questions, par catégorie", category_fate_table(PRODUCT)),
        ("Répondre ou refuser, par assistant", operating_table(RUNS, KNOWN)),
        ("nombre de réponses par durée", latency_classes(RUNS)),
        ("les étapes en échec", stage_table(failures(PRODUCT, KNOWN, GROUND))),
    ],
)
def test_tables_of_the_page_hold_the_figures(shown: Any, caption: str, table: Any) -> None:
    assert rows_of(shown, caption) == plain(table[1])
    assert len(table[1]) > 0


def test_every_picture_has_its_words_and_a_table_in_its_section(shown: Any) -> None:
    pictures = shown.xpath("//*[local-name()='svg'][@role='img']")
    assert len(pictures) == 7
    for picture in pictures:
        names = picture.get("aria-labelledby").split()
        assert all(words(shown.get_element_by_id(name)) for name in names)
        assert picture.xpath("ancestor::section//table")
    whole = "//*[local-name()='svg'][not(ancestor::*[local-name()='svg'])]"
    assert not shown.xpath(f"{whole}[not(@role)][not(@aria-hidden='true')]")


def test_ids_are_unique_and_inner_links_lead_somewhere(shown: Any) -> None:
    ids = shown.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in shown.xpath("//a/@href")} <= set(ids)


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    text = page(RUNS, CASES, GROUND)
    loads = html.document_fromstring(text).xpath("//script|//link|//img|//iframe|//@src|//@srcset")
    assert not loads
    assert set(re.findall(r"url\(([^)]*)\)", text)) == {"#points", "#hachures"}
    assert "@import" not in text and "http" not in text


def test_what_people_wrote_acts_as_text(shown: Any) -> None:
    (question,) = shown.xpath("//details[contains(., 'q3')]/summary")
    assert "Avant quelle date signer ?" in words(question)
    marked = a_case(id="q1", question="<script>x</script>", expected=[["<b>"]])
    text = page([a_run(a_row(marked, REFUSAL, 0.0))], [marked])
    assert "<script>" not in text and "&lt;script&gt;" in text and "<b>" not in text


def test_a_wrong_answer_is_shown_with_what_was_wanted_and_cited(shown: Any) -> None:
    (told,) = shown.xpath("//details[@class='cas'][contains(., 'q3')]")
    assert "« 33 M€ » (et surtout pas « 140 M€ »)" in words(told)
    assert f"[1] circulaire, Calendrier « {QUOTE} »" in words(told).replace(
        "Calendrier«", "Calendrier «"
    )
    assert "Entièrement juste : 0 fait sur 1." in words(told)


def test_the_page_without_any_failure_or_answer_still_stands() -> None:
    right = a_run(a_row(UNKNOWN, REFUSAL, 1.0))
    assert "Aucune réponse fausse." in page([right], CASES)
    assert "n&#39;est notée" in page([Run({}, ())], CASES)


def test_a_page_of_six_hundred_cases_and_three_runs_is_under_a_megabyte() -> None:
    cases = [a_case(id=f"q{n}") for n in range(600)]
    long = quoting(QUOTE) | {"text": "Une longue phrase de réponse. " * 150}
    rows = [a_row(case, long, 0.0, scores={"vital_recall": [0.0, "x"]}) for case in cases]
    runs = [a_run(*rows, assistant=name) for name in ("product", "quickstart", "bm25")]
    assert len(page(runs, cases, GROUND).encode()) < 1_000_000


def test_two_runs_of_one_assistant_keep_two_names(shown: Any) -> None:
    rows = score_table((PRODUCT, PRODUCT), KNOWN)[0]
    assert rows == ["Note", "Repères", "Repères (2)", "Notées"]
    twice = html.document_fromstring(page((PRODUCT, a_run(*BM25.rows)), CASES))
    found = rows_of(twice, "le sort des questions, par assistant")
    assert [row[0] for row in found] == ["Repères", "Repères (2)"]


def test_every_score_category_and_fate_has_french_words() -> None:
    assert set(SCORES) == set(SCORE_LABELS)
    assert set(CATEGORIES) == set(get_args(Category))
    assert set(SPLITS) == set(get_args(Split))
    assert set(REWORDINGS) == {None, *get_args(Rewording)}
    assert set(FATES) == set(get_args(Fate))
