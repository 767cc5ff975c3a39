"""``reperes eval report, gate, accept, suite``: files written, verdicts, exit codes."""

import json
from pathlib import Path

import pytest

from tests.ui.commands import Run
from tests.ui.evaluation import CASE


@pytest.fixture
def evals_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where accepted runs and thresholds stand: no test writes those of the repository."""
    monkeypatch.setattr("evals.accepted.LATEST", tmp_path / "evals" / "reports" / "latest.jsonl")
    monkeypatch.setattr("evals.gate.THRESHOLDS", tmp_path / "evals" / "thresholds.toml")
    return tmp_path / "evals"


@pytest.fixture
def many(questions: Path) -> Path:
    """Eight questions whose answer the tiny corpus holds."""
    one = CASE.format(id="{n}", split="development", wording="30 septembre 2021")
    rows = [one.removeprefix("cases:\n").replace("{n}", f"c{n}") for n in range(8)]
    (questions / "c.yaml").write_text("cases:\n" + "".join(rows), encoding="utf-8")
    return questions


@pytest.fixture
def passe(eval_command: Run, many: Path, evals_folder: Path, tmp_path: Path) -> Path:
    """A run of the product, accepted with its thresholds."""
    path = tmp_path / "product.jsonl"
    eval_command("run", "--output", path)
    assert eval_command("accept", path, "--thresholds").code == 0
    return path


def spoilt(path: Path) -> Path:
    """A copy of a run where every answer of a question « c… » became wrong."""
    first, *rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    for row in rows:
        if row["id"].startswith("c"):
            row["scores"]["vital_recall"] = row["scores"]["right"] = [0.0, "abîmé"]
    copy = path.with_name("abîmée.jsonl")
    lines = [json.dumps(row, ensure_ascii=False) for row in (first, *rows)]
    copy.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return copy


def test_a_report_is_printed_or_written_the_product_first(
    eval_command: Run, tmp_path: Path
) -> None:
    bm25, product = tmp_path / "b.jsonl", tmp_path / "p.jsonl"
    eval_command("run", "--assistant", "bm25", "--output", bm25)
    eval_command("run", "--output", product)
    printed = eval_command("report", bm25, product)
    assert printed.out.startswith("# Rapport d'évaluation\n")
    assert "| Note | Repères | BM25 seul | Notées |" in printed.out
    html, markdown = tmp_path / "rapport" / "r.html", tmp_path / "r.md"
    ended = eval_command("report", bm25, product, "--markdown", markdown, "--html", html)
    assert (ended.code, ended.out) == (0, "")
    assert markdown.read_text(encoding="utf-8") == printed.out
    assert "<html" in html.read_text(encoding="utf-8")


def test_a_report_is_not_written_through_a_link_to_nothing(
    eval_command: Run, passe: Path, tmp_path: Path
) -> None:
    link = tmp_path / "lien.md"
    link.symlink_to(tmp_path / "absent.md")
    ended = eval_command("report", passe, "--markdown", link)
    assert (ended.code, "ne mène à aucun fichier" in ended.err) == (1, True)
    assert link.is_symlink() and not link.exists()


def test_a_report_on_another_index_says_what_it_loses(eval_command: Run, tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    eval_command("run", "--output", path)
    ended = eval_command("report", path, "--index", tmp_path / "vide")
    assert ended.code == 0
    assert ended.err.startswith("Attention : l'index n'est pas celui de la passe")


def test_the_accepted_run_passes_its_own_gate(eval_command: Run, passe: Path) -> None:
    ended = eval_command("gate", passe)
    assert ended.code == 0
    assert ended.out.startswith("10 cas comparés à la passe acceptée du ")
    assert ended.out.endswith("aucun score sous son seuil, aucun en baisse.\n")


def test_a_worse_run_ends_in_1_with_its_cases(eval_command: Run, passe: Path) -> None:
    ended = eval_command("gate", spoilt(passe))
    assert ended.code == 1
    assert "- « Entièrement juste », mise au point : 11,1 %, sous le seuil de" in ended.out
    assert "cas en baisse : c0, c1, c2, c3, c4, c5, c6, c7." in ended.out
    found = json.loads(eval_command("gate", spoilt(passe), "--json").out)
    assert (found["holds"], len(found["faults"])) == (False, 4)


def test_accepting_writes_light_scores_a_report_and_thresholds_only_when_asked(
    eval_command: Run, passe: Path, evals_folder: Path
) -> None:
    thresholds = (evals_folder / "thresholds.toml").read_text(encoding="utf-8")
    ended = eval_command("accept", spoilt(passe))
    assert ended.out == "Passe acceptée : 10 cas. Vérifiez et enregistrez evals/ dans git.\n"
    assert (evals_folder / "thresholds.toml").read_text(encoding="utf-8") == thresholds
    report = (evals_folder / "reports" / "latest.md").read_text(encoding="utf-8")
    assert report.startswith("# Rapport d'évaluation")
    assert "abîmé" not in (evals_folder / "reports" / "latest.jsonl").read_text(encoding="utf-8")


def test_a_partial_run_is_neither_judged_nor_accepted(
    eval_command: Run, passe: Path, tmp_path: Path
) -> None:
    part = tmp_path / "part.jsonl"
    eval_command("run", "--case", "a", "--output", part)
    for command in ("gate", "accept"):
        ended = eval_command(command, part)
        assert (ended.code, ended.out) == (1, "")
        assert "Il manque 9 cas à cette passe" in ended.err


def test_the_suite_writes_runs_and_reports_and_ends_by_the_gate(
    eval_command: Run, passe: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "suite"
    ended = eval_command("suite", "--output", folder)
    assert ended.code == 0
    names = {path.name for path in folder.iterdir()}
    assert names == {"product.jsonl", "bm25.jsonl", "bm25-1.jsonl", "report.md", "report.html"}
    assert "« quickstart » laissée de côté : Cet index n'a pas de vecteurs" in ended.err
    assert ended.out.startswith("Note ")
    assert "La barrière laisse passer" in ended.out


def test_the_suite_goes_on_with_a_run_and_begins_anew_one_made_otherwise(
    eval_command: Run, passe: Path, many: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "suite"
    eval_command("suite", "--output", folder)
    begun = (folder / "product.jsonl").read_bytes().splitlines(keepends=True)[:4]
    (folder / "product.jsonl").write_bytes(b"".join(begun))
    eval_command("suite", "--output", folder)
    lines = (folder / "product.jsonl").read_bytes().splitlines(keepends=True)
    assert (lines[:4], len(lines)) == (begun, 11)
    (many / "b.yaml").unlink()
    eval_command("suite", "--output", folder)
    assert len((folder / "product.jsonl").read_bytes().splitlines()) == 10


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("retrieval", "--set", "nulle-part"), 1, "nulle-part n'est pas un jeu de questions"),
        (("retrieval", "--set", ".", "--part", "dev"), 2, "--part : une valeur parmi development"),
        (("retrieval", "--set", ".", "--modes", "bm25"), 2, "--modes : des valeurs parmi lexical"),
        (("run", "--judge"), 1, "Aucun modèle pour juger : donnez son nom par REPERES_MODEL."),
        (("report", "nulle-part.jsonl"), 1, "ce fichier ou dossier n'existe pas"),
    ],
)
def test_a_wrong_choice_is_one_line(
    eval_command: Run,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.delenv("REPERES_MODEL", raising=False)
    ended = eval_command(*options)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert len(ended.err.splitlines()) == 1
