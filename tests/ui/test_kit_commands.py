"""``reperes kit``: what it understands, where it writes, how it ends."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.teaching.offering import Pool
from assistant.teaching.pack import Order, Pack
from assistant.teaching.saving import as_json, from_json
from corpus.errors import InvalidRequest
from ingest.settings import Settings
from tests.packs import pack
from ui.cli import main

THEME = "contractualisation"
QUESTION = "Quand le contrat départemental est-il signé ?"


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """What packs were asked for; a sample pack is made of each, a step being told."""
    asked: list[Order] = []

    def make(_assistant: Any, _index: Any, order: Order, progress: Callable[[str], None]) -> Pack:
        asked.append(order)
        progress("Je lis les registres…")
        return replace(pack(), order=order)

    monkeypatch.setattr("assistant.teaching.making.make_pack", make)
    monkeypatch.setattr("assistant.teaching.renewing.pool_of", lambda *_given: Pool())
    return asked


@pytest.fixture
def kit(
    published: Settings,
    orders: list[Order],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs ``reperes kit …`` in this process, lexically, over a tiny index."""
    monkeypatch.setenv("REPERES_EMBEDDING_MODEL", "none")
    monkeypatch.setenv("REPERES_INDEX", str(published.index_folder))
    for name in ("REPERES_MODEL", "REPERES_MODEL_URL"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["reperes", "kit", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        written = capsys.readouterr()
        return Outcome(int(end.value.code or 0), written.out, written.err)

    return run


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A saved pack of June 2022."""
    file = tmp_path / "seance.json"
    file.write_text(as_json(pack()), encoding="utf-8")
    return file


# What is asked.


@pytest.mark.parametrize("name", [THEME, "Contractualisation", "CONTRACTUALISATION "])
def test_a_theme_is_forgiven_its_capitals(kit: Run, orders: list[Order], name: str) -> None:
    assert kit(name, "--format", "json").code == 0
    assert (orders[0].theme, orders[0].question) == (THEME, "")


def test_every_option_reaches_the_order(kit: Run, orders: list[Order]) -> None:
    options = "--exercice 2022 --audience elus --minutes 90 --as-of 2022-06-01 --seed 7".split()
    assert kit(*options, "Jeunes majeurs", "--format", "json").code == 0
    assert orders == [Order("jeunes-majeurs", date(2022, 6, 1), 2022, "élus", 90, 7)]


def test_a_question_is_masked_and_kept(kit: Run, orders: list[Order]) -> None:
    assert kit(f"{QUESTION} Écrire à jeanne@exemple.fr", "--format", "json").code == 0
    assert orders[0].theme == "" and orders[0].question.startswith(QUESTION)
    assert "jeanne" not in orders[0].question


def test_the_saved_pack_goes_to_stdout_and_the_account_to_stderr(kit: Run) -> None:
    outcome = kit(THEME, "--format", "json", "--as-of", "2022-06-01")
    made = replace(pack(), order=Order(THEME, date(2022, 6, 1)))
    assert from_json(outcome.out) == made
    step, writing, account, missing = outcome.err.splitlines()
    assert (step, writing) == ("Je lis les registres…", "J'écris le fichier…")
    for said in ("3 faits", "5 questions", "60 minutes sur 60", "état au 1er juin 2022"):
        assert said in account
    assert missing == "Manque : Le corpus ne dit pas le montant de 2020."


def test_alone_it_lists_the_themes(kit: Run, orders: list[Order]) -> None:
    alone, named = kit(), kit("list")
    assert alone == named and (alone.code, orders) == (0, [])
    assert any(line.startswith(f"{THEME} — ") for line in alone.out.splitlines())
    rows = json.loads(kit("list", "--json").out)["themes"]
    assert {"id", "title", "exercices"} == set(rows[0])


def test_an_index_without_a_theme_lists_the_themes(kit: Run, published: Settings) -> None:
    folder = published.index_folder
    assert kit("--index", folder) == kit("list") == kit(f"--index={folder}")
    assert json.loads(kit("--json", "--index", folder).out)["themes"]


def test_help_is_about_themes_and_names_the_other_commands(kit: Run) -> None:
    outcome = kit("--help")
    assert outcome.code == 0
    for said in ("THEME | list | refresh FICHIER", "--exercice", "--questions", "refresh Refait"):
        assert said in " ".join(outcome.out.split())
    assert "--minutes" in kit(THEME, "--help").out


# Where it goes.


def test_the_name_of_the_file_gives_the_format(kit: Run, tmp_path: Path) -> None:
    target = tmp_path / "dossier" / "seance.JSON"
    target.parent.mkdir()
    outcome = kit(THEME, "--output", target)
    assert (outcome.code, outcome.out) == (0, f"Séance écrite dans {target}.\n")
    assert from_json(target.read_text(encoding="utf-8")).title == pack().title
    assert [path.name for path in target.parent.iterdir()] == ["seance.JSON"]
    assert target.stat().st_mode & 0o400 and target.stat().st_mode & 0o040


@pytest.mark.parametrize(("name", "first"), [("quiz.txt", "$CATEGORY"), ("seance.markdown", "# ")])
def test_another_usual_ending_gives_the_format_too(
    kit: Run, tmp_path: Path, name: str, first: str
) -> None:
    assert kit(THEME, "--output", tmp_path / name).code == 0
    assert (tmp_path / name).read_text().startswith(first)


def test_a_file_is_never_overwritten_unasked(kit: Run, orders: list[Order], tmp_path: Path) -> None:
    target = tmp_path / "seance.json"
    target.write_text("à moi", encoding="utf-8")
    refused = kit(THEME, "--output", target)
    assert refused == Outcome(
        1, "", f"Erreur : « {target} » existe déjà : ajoutez --replace pour l'écraser.\n"
    )
    assert (target.read_text(encoding="utf-8"), orders) == ("à moi", [])
    assert kit(THEME, "--output", target, "--replace").code == 0
    assert from_json(target.read_text(encoding="utf-8")).title == pack().title


def test_a_folder_is_no_file(kit: Run, tmp_path: Path) -> None:
    outcome = kit(THEME, "--format", "json", "--output", tmp_path, "--replace")
    assert (outcome.code, outcome.err) == (
        1,
        f"Erreur : « {tmp_path} » est un dossier : donnez un nom de fichier.\n",
    )


@pytest.mark.parametrize("options", [[], ["--replace"]])
def test_a_pipe_or_a_link_to_nothing_stays_and_costs_no_work(
    kit: Run, orders: list[Order], tmp_path: Path, options: list[str]
) -> None:
    pipe, link = tmp_path / "tube.json", tmp_path / "lien.json"
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "absent.json")
    for target, said in ((pipe, "n'est pas un fichier ordinaire"), (link, "un lien qui ne mène")):
        outcome = kit(THEME, "--output", target, *options)
        assert (outcome.code, outcome.err.count("\n"), orders) == (1, 1, [])
        assert f"« {target} »" in outcome.err and said in outcome.err
    assert pipe.is_fifo() and link.is_symlink() and not link.exists()


def test_replacing_through_a_link_changes_its_target(kit: Run, tmp_path: Path) -> None:
    target, link = tmp_path / "cible.json", tmp_path / "lien.json"
    target.write_text("à moi", encoding="utf-8")
    link.symlink_to(target)
    assert kit(THEME, "--output", link).code == 1
    assert kit(THEME, "--output", link, "--replace").code == 0
    assert link.is_symlink() and from_json(target.read_text(encoding="utf-8"))


def test_a_folder_that_is_not_there_is_not_made(
    kit: Run, saved: Path, orders: list[Order], tmp_path: Path
) -> None:
    folder = tmp_path / "absent" / "plus loin"
    said = f"Erreur : Le dossier « {folder} » n'existe pas : créez-le, ou donnez un autre --output."
    for arguments in ([THEME], ["refresh", saved]):
        outcome = kit(*arguments, "--output", folder / "a.json")
        assert outcome == Outcome(1, "", f"{said}\n")
    assert (orders, folder.parent.exists()) == ([], False)


@pytest.mark.parametrize(
    ("name", "form"), [("a.xml", "moodle"), ("a.JSON", "json"), ("a.exe", "json"), ("a", "md")]
)
def test_a_format_asked_goes_to_a_name_that_says_no_other(
    kit: Run, tmp_path: Path, name: str, form: str
) -> None:
    assert kit(THEME, "--format", form, "--output", tmp_path / name).code == 0
    assert (tmp_path / name).stat().st_size > 100


def test_a_failed_export_leaves_the_former_file(
    kit: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_pack: Pack, _name: str) -> bytes:
        raise InvalidRequest("Le format ne s'écrit pas.")

    target = tmp_path / "seance.json"
    target.write_text("à moi", encoding="utf-8")
    monkeypatch.setattr("ui.exporting.formats.export", fail)
    assert kit(THEME, "--output", target, "--replace").code == 1
    assert [path.read_text(encoding="utf-8") for path in tmp_path.glob("seance*")] == ["à moi"]


@pytest.mark.parametrize("name", ["docx", "odt", "pptx", "pdf"])
def test_a_terminal_is_not_given_bytes(
    kit: Run, orders: list[Order], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("ui.kit_commands._is_terminal", lambda: True)
    outcome = kit(THEME, "--format", name)
    assert (outcome.code, outcome.out, orders) == (2, "", [])
    assert outcome.err.count("\n") == 1
    assert f"le format {name} ne se lit pas dans un terminal" in outcome.err


# How it ends.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([THEME, "--minutes", "20"], "--minutes : de 30 à 420 minutes, pas 20"),
        ([THEME, "--minutes", "421"], "--minutes : de 30 à 420 minutes, pas 421"),
        ([THEME, "--audience", "tous"], "--audience : nouveaux agents, élus, associations"),
        ([THEME, "--format", "doc"], "--format : choisissez parmi docx, odt"),
        ([THEME, "--output", "seance.exe"], "« seance.exe » ne dit pas le format"),
        ([THEME, "--output", "seance"], "« seance » ne dit pas le format"),
        ([THEME, "--as-of", "hier"], "valeur incorrecte"),
        ([THEME, "--as-of", "1066-01-01"], "--as-of : une date de 2000 à 2100"),
        (["refresh", "a.json", "--as-of", "2101-01-01"], "--as-of : une date de 2000 à 2100"),
        ([THEME, "--exercice", "20220"], "--exercice : de 2000 à 2100"),
        ([THEME, "--seed", "0"], "--seed : de 1 à 99"),
        ([THEME, "--seed", "-5"], "--seed : de 1 à 99"),
        ([THEME, "--seed", "100"], "--seed : de 1 à 99"),
        (
            [THEME, "--format", "docx", "--output", "a.pdf"],
            "--format et --output se contredisent : « a.pdf » n'est pas un nom de fichier docx",
        ),
        ([THEME, "--questions", "0"], "valeur incorrecte"),
        ([THEME, "--couleur"], "l'option --couleur n'existe pas"),
        (["--minutes", "60"], "il manque 'THEME'"),
        ([THEME, "de", "trop"], "commande ou argument inconnu"),
        (["refresh"], "il manque 'FICHIER'"),
    ],
)
def test_a_command_that_cannot_be_meant_is_misuse(
    kit: Run, orders: list[Order], arguments: list[str], said: str
) -> None:
    outcome = kit(*arguments)
    assert (outcome.code, outcome.out, orders) == (2, "", [])
    assert outcome.err.startswith("Commande incorrecte : ") and said in outcome.err
    assert outcome.err.count("\n") == 1


def test_an_unknown_theme_is_one_error_with_the_list(kit: Run, orders: list[Order]) -> None:
    outcome = kit("contractualistaion")
    assert (outcome.code, outcome.out, orders) == (1, "", [])
    assert outcome.err.startswith("Erreur : Le thème « contractualistaion » n'existe pas.")
    assert THEME in outcome.err and outcome.err.count("\n") == 1


def test_an_unknown_theme_is_given_back_cut(kit: Run) -> None:
    outcome = kit("a" * 100_000)
    assert outcome.code == 1 and f"« {'a' * 80}… » n'existe pas" in outcome.err
    assert len(outcome.err) < 1_000


def test_a_question_longer_than_the_chats_is_refused(kit: Run, orders: list[Order]) -> None:
    outcome = kit("Quand signer ? " * 140)
    said = "Erreur : La question doit compter au plus 2000 caractères.\n"
    assert (outcome, orders) == (Outcome(1, "", said), [])


def test_a_question_is_saved_without_what_no_file_holds(kit: Run, orders: list[Order]) -> None:
    made = kit("Quand\x02 le contrat\u2028est-il signé ?", "--format", "json")
    assert orders[0].question == "Quand le contrat est-il signé ?"
    assert from_json(made.out).order == orders[0]


def test_fewer_questions_are_kept_in_the_quiz_and_the_run_sheet(kit: Run) -> None:
    made = from_json(kit(THEME, "--format", "json", "--questions", "2").out)
    assert made.quiz == pack().quiz[:2]


def test_more_questions_than_facts_are_refused_with_both_numbers(kit: Run) -> None:
    outcome = kit(THEME, "--format", "json", "--questions", "40")
    assert (outcome.code, outcome.out) == (1, "")
    error = outcome.err.splitlines()[-1]
    assert error.startswith("Erreur : 40 questions de quiz sont demandées")
    assert "en permettent 5 " in error


# A saved pack, later.


def test_a_refresh_tells_each_item_before_and_after(
    kit: Run, saved: Path, orders: list[Order]
) -> None:
    other = saved.read_text(encoding="utf-8").replace('"circulaire-inventee"', '"texte-retire"')
    saved.write_text(other, encoding="utf-8")
    outcome = kit("refresh", saved, "--as-of", "2022-09-01")
    assert (outcome.code, orders[0].as_of) == (0, date(2022, 9, 1))
    head = outcome.out.splitlines()[0]
    assert head.startswith("« La contractualisation, exercice 2021 », du 1er juin 2022 au 1er")
    assert "Circulaire inventée du 1er février 2021 » n'est plus dans le corpus" in outcome.out
    assert "\ufffd" not in outcome.out


def test_a_refresh_in_json_counts_and_details(kit: Run, saved: Path) -> None:
    found = json.loads(kit("refresh", saved, "--json").out)
    assert set(found["counts"]) == {"holds", "changed", "gone", "new"}
    assert sum(found["counts"].values()) == len(found["items"])
    named = {"part", "id", "outcome", "before", "after", "why", "texts"}
    assert all(set(item) == named for item in found["items"])


def test_a_refresh_writes_the_pack_of_today(kit: Run, saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "a-jour.json"
    assert kit("refresh", saved, "--as-of", "2022-09-01", "--output", target).code == 0
    today = from_json(target.read_text(encoding="utf-8"))
    assert (today.order.as_of, today.notes) == (date(2022, 9, 1), pack().notes)
    again = kit("refresh", saved, "--output", saved)
    assert again.code == 1 and "--replace" in again.err


def test_a_session_that_cannot_be_made_again_is_still_looked_up(
    kit: Run, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: Any) -> Pack:
        raise InvalidRequest("Le thème n'existe plus.")

    monkeypatch.setattr("assistant.teaching.making.make_pack", refuse)
    outcome = kit("refresh", saved)
    assert outcome.code == 0
    assert outcome.err.startswith("Attention : la séance ne peut plus être refaite")
    assert "Disparu" in outcome.out and "Le thème n'existe plus." in outcome.err


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{}", b"PK\x03\x04", b'{"a": 1'])
def test_a_bad_file_is_one_error_that_names_it(kit: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "autre.json"
    file.write_bytes(content)
    outcome = kit("refresh", file)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("Erreur : « autre.json » : Ce fichier n'est pas une séance")
    assert outcome.err.count("\n") == 1


def test_a_file_that_is_not_there_is_one_error(kit: Run, tmp_path: Path) -> None:
    outcome = kit("refresh", tmp_path / "rien.json")
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert "ce fichier ou dossier n'existe pas" in outcome.err


def test_rewording_without_a_model_is_misuse_before_any_work(kit: Run, orders: list[Order]) -> None:
    outcome = kit(THEME, "--reworded")
    assert (outcome.code, orders) == (2, [])
    assert "aucun modèle de rédaction" in " ".join(outcome.err.split())


def test_a_folder_that_takes_no_file_names_the_path_before_any_work(
    kit: Run, orders: list[Order]
) -> None:
    outcome = kit(THEME, "--output", "/proc/x.docx")
    assert (outcome.code, orders) == (1, [])
    assert "« /proc/x.docx » ne s'écrit pas" in outcome.err and ".writing-" not in outcome.err
