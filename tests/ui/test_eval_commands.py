"""``reperes eval``: what it prints, where it writes, how it ends."""

import json
import sys
from pathlib import Path

import pytest

from corpus.errors import ReperesError
from tests.ui.commands import Ended, Run
from tests.ui.evaluation import CASE
from ui.evaluating import evals_extra


@pytest.fixture
def enough(questions: Path) -> None:
    """298 more sound cases: as many as there must be."""
    one = CASE.format(id="{n}", split="development", wording="30 septembre 2021")
    rows = [one.removeprefix("cases:\n").replace("{n}", f"c{n}") for n in range(298)]
    (questions / "c.yaml").write_text("cases:\n" + "".join(rows), encoding="utf-8")


@pytest.mark.usefixtures("enough")
def test_sound_cases_are_counted(eval_command: Run) -> None:
    said = "Aucune faute : 300 cas (1 de validation), 300 questions différentes, 1 catégories.\n"
    assert eval_command("check") == Ended(0, said, "")


@pytest.mark.usefixtures("enough")
def test_a_case_that_nothing_proves_is_a_line_and_ends_in_1(
    eval_command: Run, questions: Path
) -> None:
    wrong = CASE.format(id="a", split="development", wording="1er mai 1998")
    (questions / "a.yaml").write_text(wrong, encoding="utf-8")
    ended = eval_command("check")
    said = "a : « 1er mai 1998 » ne se lit pas dans ce qui le prouve (note).\n"
    assert ended == Ended(1, said, "")
    assert json.loads(eval_command("check", "--json").out) == {
        "cases": 300,
        "faults": [said.strip()],
    }


def test_a_run_says_its_score_and_its_file(eval_command: Run, tmp_path: Path) -> None:
    path = tmp_path / "passe.jsonl"
    ended = eval_command("run", "--output", path)
    assert ended.code == 0
    assert (
        "2 cas, 2 questions différentes : entièrement juste 100,0 % [100,0 ; 100,0], 0 sans"
        in ended.out
    )
    assert f"Passe écrite dans {path}." in ended.out
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (("--split", "validation"), ["b"]),
        (("--case", "a"), ["a"]),
        (("--case", "b", "--case", "a"), ["a", "b"]),
        (("--category", "deadline", "--split", "development"), ["a"]),
    ],
)
def test_a_run_takes_only_the_cases_asked_for(
    eval_command: Run, tmp_path: Path, options: tuple[str, ...], kept: list[str]
) -> None:
    path = tmp_path / "passe.jsonl"
    assert eval_command("run", "--assistant", "bm25", "--output", path, *options).code == 0
    _fingerprint, *rows = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["id"] for row in rows] == kept


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--split", "test"), 2, "--split : une valeur parmi development, validation"),
        (("--assistant", "gpt"), 2, "--assistant : product, quickstart, bm25 ou bm25-1"),
        (("--category", "météo"), 2, "--category : une valeur parmi obligation"),
        (("--case", "z"), 1, "Erreur : Aucun cas « z » dans les questions."),
        (("--category", "amount"), 1, "Erreur : Aucun cas ne répond à ces choix."),
    ],
)
def test_a_wrong_choice_is_one_line(
    eval_command: Run, options: tuple[str, ...], code: int, said: str
) -> None:
    ended = eval_command("run", *options)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_run_made_otherwise_is_refused_then_restarted(eval_command: Run, tmp_path: Path) -> None:
    path = tmp_path / "passe.jsonl"
    eval_command("run", "--output", path)
    refused = eval_command("run", "--output", path, "--split", "validation")
    assert refused.code == 1
    assert "(le nombre de cas, les cas)" in refused.err
    assert eval_command("run", "--output", path, "--split", "validation", "--restart").code == 0


def test_two_runs_are_compared_in_words_and_in_json(eval_command: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    eval_command("run", "--output", first)
    eval_command("run", "--output", second, "--assistant", "bm25")
    ended = eval_command("compare", first, second)
    assert "2 cas comparés, 0 laissés de côté" in ended.out
    assert "Ce qui diffère : l'assistant, les réglages." in ended.out
    found = json.loads(eval_command("compare", first, second, "--json").out)
    assert (found["cases"], found["changes"][0]["name"]) == (2, "right")


def test_a_file_that_is_no_run_is_one_error(eval_command: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text("bonjour\n", encoding="utf-8")
    ended = eval_command("compare", path, path)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"Erreur : {path}#1 : cette ligne n'est pas celle d'une passe.\n"


@pytest.mark.parametrize(
    ("missing", "package"),
    [
        ("yaml", "PyYAML"),
        ("ir_measures.providers", "ir-measures"),
        ("langchain_text_splitters", "langchain-text-splitters"),
    ],
)
def test_a_missing_package_is_one_sentence_with_its_remedy(missing: str, package: str) -> None:
    with pytest.raises(ReperesError) as raised, evals_extra():
        raise ModuleNotFoundError(name=missing)
    said = f"L'évaluation demande {package}, qui n'est pas installé : pip install 'reperes[evals]'."
    assert str(raised.value) == said


def test_a_missing_module_of_ours_is_no_missing_package() -> None:
    with pytest.raises(ModuleNotFoundError), evals_extra():
        raise ModuleNotFoundError(name="evals.scoring")


def test_every_command_says_which_package_it_lacks(
    eval_command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for loaded in [module for module in sys.modules if module.startswith("evals.")]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, "yaml", None)
    for arguments in (("check",), ("run",), ("compare", tmp_path, tmp_path), ("suite",)):
        ended = eval_command(*arguments)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.startswith("Erreur : L'évaluation demande PyYAML")
