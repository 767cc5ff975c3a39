"""The gate: thresholds by split, falls beyond noise, and the accepted run it compares with."""

from pathlib import Path
from typing import Any

import pytest

from corpus.errors import InvalidRequest
from evals import accepted
from evals.fingerprint import case_digest
from evals.gate import (
    THRESHOLDS,
    as_text,
    as_toml,
    examine,
    read_thresholds,
    require_whole,
    thresholds_of,
)
from evals.scoring import LABELS
from evals.summary import Run
from tests.evals.answers import a_case, saying
from tests.evals.evaluated import a_row, a_run

MANY = 40


def reduced(values: list[float], name: str = "right", **fingerprint: Any) -> Run:
    """A run of one score, a case a base, half of them in each split."""
    splits = ("development", "validation")
    rows = [
        a_row(f"q{n}", **{name: value})
        | {"split": splits[n % 2], "category": "amount", "status": "answered"}
        for n, value in enumerate(values)
    ]
    return a_run(rows, **fingerprint)


def test_a_run_equal_to_the_accepted_one_passes() -> None:
    run = reduced([1.0] * MANY)
    verdict = examine(run, run, {"right": {"development": 1.0, "validation": 1.0}})
    assert verdict.holds
    assert verdict.notes == ("40 cas comparés à la passe acceptée du 2026-11-21.",)
    assert "La barrière laisse passer" in as_text(verdict)


def test_a_fall_beyond_noise_is_refused_with_the_cases_that_fell() -> None:
    after = reduced([0.0] * 8 + [1.0] * (MANY - 8))
    verdict = examine(after, reduced([1.0] * MANY), {})
    (fault,) = verdict.faults
    assert fault.startswith("« Entièrement juste » baisse de 100,0 % à 80,0 % (écart entre −")
    assert fault.endswith("cas en baisse : q0, q1, q2, q3, q4, q5, q6, q7.")
    assert f"- {fault}" in as_text(verdict)


def test_a_fall_within_noise_passes() -> None:
    before, after = [0.0, 1.0, 1.0], [1.0, 0.0, 0.0]
    rest = [1.0] * (MANY - 3)
    assert examine(reduced(after + rest), reduced(before + rest), {}).holds


def test_a_rise_passes() -> None:
    assert examine(reduced([1.0] * MANY), reduced([0.0] * MANY), {}).holds


def test_a_mean_under_the_threshold_of_a_split_is_refused() -> None:
    run = reduced([1.0, 0.5] * 20)
    verdict = examine(run, run, {"right": {"development": 0.99, "validation": 0.51}})
    said = "« Entièrement juste », validation : 50,0 %, sous le seuil de 51,0 %."
    assert verdict.faults == (said,)


def test_a_threshold_that_nothing_is_scored_for_is_refused() -> None:
    run = reduced([1.0] * MANY)
    verdict = examine(run, run, {"figures": {"validation": 0.5}})
    assert "« Chiffres prouvés », validation : plus aucun cas noté" in verdict.faults[0]


def test_a_slower_machine_is_no_fall() -> None:
    slow, fast = (reduced([value] * MANY, "latency") for value in (0.6, 1.0))
    assert examine(slow, fast, {}).holds


def test_without_an_accepted_run_only_the_thresholds_count() -> None:
    verdict = examine(reduced([0.5] * MANY), None, {"right": {"validation": 0.6}})
    assert verdict.notes == ("Aucune passe n'a encore été acceptée.",)
    assert len(verdict.faults) == 1


def test_cases_that_are_not_compared_are_counted() -> None:
    verdict = examine(reduced([1.0] * MANY), reduced([1.0] * (MANY + 2)), {})
    assert "2 cas ne sont pas comparés (nouveaux, retirés ou modifiés)." in verdict.notes


def test_an_accepted_run_that_knows_too_few_of_the_cases_is_refused() -> None:
    verdict = examine(reduced([1.0] * 10), reduced([1.0] * 4), {})
    assert "ne dit plus rien de 6 cas sur 10" in verdict.faults[0]


def test_a_run_of_another_assistant_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="est de « bm25 », la passe acceptée de « fake »"):
        examine(reduced([1.0] * 9, assistant="bm25"), reduced([1.0] * 9), {})


def test_a_partial_run_or_one_of_former_cases_is_refused() -> None:
    cases = [a_case(id="a"), a_case(id="b")]
    rows = [a_row(case.id, digest=case_digest(case)) for case in cases]
    require_whole(a_run(rows), cases)
    for run in (a_run(rows[:1]), a_run([rows[0], rows[1] | {"digest": "ancien"}])):
        with pytest.raises(InvalidRequest, match=r"Il manque 1 cas .* \(b, …\)"):
            require_whole(run, cases)


def test_thresholds_set_on_a_run_let_it_pass_and_are_read_as_written(tmp_path: Path) -> None:
    run = reduced([1.0, 0.0, 1.0] * 20, commit="0123456789abcdef")
    thresholds = thresholds_of(run)
    text = as_toml(thresholds, run)
    (tmp_path / "t.toml").write_text(text, encoding="utf-8")
    assert read_thresholds(tmp_path / "t.toml") == thresholds
    assert 0.4 < thresholds["right"]["development"] < 0.67
    assert examine(run, None, thresholds).holds
    assert "# Fixés le 2026-11-21 sur la passe de « fake », commit 012345678 :" in text


def test_the_threshold_of_speed_leaves_room_for_slower_machines() -> None:
    assert thresholds_of(reduced([1.0] * MANY, "latency"))["latency"]["validation"] == 0.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "t.toml : seuils illisibles .ce fichier ou dossier n'existe pas"),
        ("[right\n", "t.toml : seuils illisibles"),
        ("[right]\ntest = 0.5\n", "t.toml : seuil « right.test"),
        ("[right]\nvalidation = 55\n", "t.toml : seuil « right.validation » refusé."),
    ],
)
def test_wrong_thresholds_are_one_sentence(tmp_path: Path, text: str | None, said: str) -> None:
    if text is not None:
        (tmp_path / "t.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRequest, match=said):
        read_thresholds(tmp_path / "t.toml")


def test_the_committed_thresholds_name_known_scores_and_the_accepted_run_passes() -> None:
    thresholds = read_thresholds(THRESHOLDS)
    assert thresholds.keys() <= LABELS.keys()
    run = accepted.read(accepted.LATEST)
    assert run is not None
    assert examine(run, run, thresholds).faults == ()


def a_full_run(cases: int = 1) -> Run:
    """A run as the runner writes it, three wordings a question."""
    scores = {name: 1 / 3 for name in LABELS if name != "stability"}
    row = {"category": "known_unknown", "split": "development", "question": "Combien ?"}
    row |= {"answer": saying("33 M€."), "retrieved": None}
    return a_run(
        a_row(f"reformulation-{n:04}", f"base-{n // 3:04}", "0" * 16, **scores) | row
        for n in range(cases)
    )


def test_an_accepted_run_is_read_as_it_was_reduced_and_holds_no_word_of_answers(
    tmp_path: Path,
) -> None:
    path = tmp_path / "reports" / "latest.jsonl"
    found = accepted.scores_only(a_full_run(), [a_case(id="reformulation-0000")])
    accepted.write(found, path)
    assert accepted.read(path) == found
    assert found.rows[0]["scores"]["mrr"] == [0.3333, ""]
    assert found.rows[0]["status"] == "answered"
    written = path.read_text(encoding="utf-8")
    assert "33 M" not in written
    assert "Combien" not in written


def test_each_wording_bears_the_stability_of_its_question() -> None:
    cases = [a_case(id=f"reformulation-{n:04}", base="base-0000") for n in range(3)]
    rows = [dict(row) for row in a_full_run(3).rows]
    rows[0]["answer"] = saying("33 M€.") | {"status": "refused"}
    found = accepted.scores_only(a_run(rows), cases)
    assert [row["scores"]["stability"][0] for row in found.rows] == [0.3333] * 3


def test_an_accepted_run_of_900_cases_stays_light(tmp_path: Path) -> None:
    accepted.write(accepted.scores_only(a_full_run(900), []), tmp_path / "latest.jsonl")
    assert (tmp_path / "latest.jsonl").stat().st_size < 300_000


def test_no_accepted_run_is_none_and_a_broken_one_an_error(tmp_path: Path) -> None:
    assert accepted.read(tmp_path / "latest.jsonl") is None
    (tmp_path / "latest.jsonl").write_text('{"assistant": "product"}\n', encoding="utf-8")
    with pytest.raises(InvalidRequest, match="n'est pas une passe acceptée"):
        accepted.read(tmp_path / "latest.jsonl")
