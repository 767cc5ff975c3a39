"""Runs: one line a case, resumed where they stopped, refused where they were made otherwise."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import InvalidRequest
from evals.cases import Case
from evals.fingerprint import code_digest, differences
from evals.runner import read_run, run
from evals.summary import Run
from tests.evals.answers import GROUND, a_case, saying
from tests.evals.evaluated import FakeEvaluated

CASES = tuple(a_case(id=f"q{n}", expected=(("30 septembre 2021",),)) for n in range(3))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "passes" / "passe.jsonl"


def passed(path: Path, fake: FakeEvaluated, cases: tuple[Case, ...] = CASES, **given: Any) -> Run:
    return run(cases, fake, GROUND, path, **given)


def ids(path: Path) -> list[str]:
    return [row["id"] for row in read_run(path).rows]


def test_a_run_is_a_fingerprint_then_a_line_a_case(path: Path) -> None:
    passed(path, FakeEvaluated())
    first, *rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    assert (first["assistant"], first["n_cases"], first["corpus_digest"]) == ("fake", 3, "c1")
    assert set(first["machine"]) == {"cpu", "cores"}
    assert [row["id"] for row in rows] == ["q0", "q1", "q2"]
    assert {"category", "split", "base", "answer", "elapsed_ms", "error"} <= set(rows[0])


def test_each_case_is_scored_with_a_reason(path: Path) -> None:
    wrong = saying("Avant le 15 octobre 2020.")
    found = passed(path, FakeEvaluated(wrong)).rows
    assert [row["scores"]["vital_recall"][0] for row in found] == [0, 1, 1]
    assert found[0]["scores"]["right"][0] == 0
    assert all(isinstance(reason, str) for _value, reason in found[0]["scores"].values())


def test_a_crash_scores_zero_and_the_run_goes_on(path: Path) -> None:
    rows = passed(path, FakeEvaluated(ValueError("cassé"))).rows
    assert rows[0]["error"] == "L'assistant a échoué : ValueError (cassé)."
    assert (rows[0]["answer"], rows[0]["scores"]["right"][0]) == (None, 0)
    assert rows[1]["error"] is None


def test_an_interrupted_run_goes_on_where_it_stopped(path: Path) -> None:
    fake = FakeEvaluated(saying("Un."), KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        passed(path, fake)
    again = FakeEvaluated()
    passed(path, again)
    assert again.asked == ["q1", "q2"]
    assert ids(path) == ["q0", "q1", "q2"]


def test_a_run_cut_at_any_byte_ends_as_if_it_had_not_been(path: Path) -> None:
    rows = passed(path, FakeEvaluated()).rows
    whole = path.read_bytes()
    for size in range(0, len(whole), len(whole) // 8):
        path.write_bytes(whole[:size])
        again = passed(path, FakeEvaluated()).rows
        assert [row["scores"]["right"] for row in again] == [row["scores"]["right"] for row in rows]
        assert [row["id"] for row in again] == [row["id"] for row in rows]


def test_a_half_written_last_line_is_left_out_by_readers(path: Path) -> None:
    passed(path, FakeEvaluated())
    path.write_bytes(path.read_bytes()[:-10])
    assert ids(path) == ["q0", "q1"]


def test_a_finished_run_asks_nothing_again(path: Path) -> None:
    passed(path, FakeEvaluated())
    again = FakeEvaluated()
    passed(path, again)
    assert again.asked == []


def test_a_run_made_otherwise_is_refused_in_words(path: Path) -> None:
    passed(path, FakeEvaluated())
    before = path.read_bytes()
    other = FakeEvaluated()
    other.setup["corpus_digest"] = "c2"
    with pytest.raises(
        InvalidRequest, match=r"\(le corpus, le nombre de cas, les cas\).*--restart"
    ):
        passed(path, other, CASES[:2])
    assert (path.read_bytes(), other.asked) == (before, [])


def test_a_restart_begins_anew(path: Path) -> None:
    passed(path, FakeEvaluated())
    again = FakeEvaluated()
    passed(path, again, CASES[:2], restart=True)
    assert (again.asked, ids(path)) == (["q0", "q1"], ["q0", "q1"])


def test_a_case_that_changed_is_not_taken_as_done(path: Path) -> None:
    passed(path, FakeEvaluated())
    changed = (CASES[0].model_copy(update={"expected": (("1er mai",),)}), *CASES[1:])
    with pytest.raises(InvalidRequest, match="les cas"):
        passed(path, FakeEvaluated(), changed)


def test_progress_counts_from_what_was_done(path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        passed(path, FakeEvaluated(saying("Un."), KeyboardInterrupt()))
    seen: list[tuple[int, int]] = []
    passed(path, FakeEvaluated(), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    "content", [b"", b"{}\n", b"[]\n", b"\xff\n", b'{"_id": "a"}\n', b"pas du json\n"]
)
def test_another_file_is_no_run(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(InvalidRequest, match="passe"):
        read_run(path)


def test_another_file_is_never_written_over(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"mes notes\n")
    with pytest.raises(InvalidRequest):
        passed(path, FakeEvaluated())
    assert path.read_bytes() == b"mes notes\n"


def test_a_link_to_nothing_stays(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(path.parent / "absent.jsonl")
    with pytest.raises(InvalidRequest, match="ne mène à aucun fichier"):
        passed(path, FakeEvaluated())
    assert path.is_symlink() and not path.exists()


def test_the_code_has_another_digest_when_a_file_changes(tmp_path: Path) -> None:
    (tmp_path / "assistant").mkdir()
    (tmp_path / "assistant" / "a.py").write_text("A = 1\n", encoding="utf-8")
    before = code_digest(tmp_path)
    assert code_digest(tmp_path) == before
    (tmp_path / "assistant" / "a.py").write_text("A = 2\n", encoding="utf-8")
    assert code_digest(tmp_path) != before


def test_the_date_alone_is_no_difference() -> None:
    a = {"date": "2026-11-21", "commit": "a", "python": "3.11.2"}
    assert differences(a, a | {"date": "2026-11-22"}) == []
    assert differences(a, a | {"commit": "b", "python": "3.12.1"}) == ["le commit", "Python"]


ROW = {
    "id": "q1", "category": "amount", "split": "development", "base": "q1",
    "scores": {"right": [1.0, "Juste."]},
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"id": [1]},
        {"scores": "x"},
        {"scores": {"right": 1}},
        {"scores": {"right": [7.5, ""]}},
        {"scores": {"right": [float("nan"), ""]}},
        {"scores": {"right": ["a", "b"]}},
        {"base": None},
    ],
)
def test_a_line_of_another_shape_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "passe.jsonl"
    lines = [json.dumps({"assistant": "product"}), json.dumps(ROW | change)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(InvalidRequest, match="#2 : cette ligne n'est pas celle d'une passe"):
        read_run(path)


def test_a_case_twice_in_a_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "passe.jsonl"
    lines = [json.dumps({"assistant": "product"}), *[json.dumps(ROW)] * 2]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(InvalidRequest, match="deux lignes portent le cas « q1 »"):
        read_run(path)
