"""``reperes answers``: what it prints, how it ends; and which surfaces keep their answers."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.answer import Caution, Request, Turn
from assistant.answering import Assistant
from assistant.assembly import build_records
from assistant.privacy import MASK
from assistant.records import RecordStore
from assistant.replaying import Change, Replay, replay
from assistant.settings import RecordSettings
from ingest.serving import Service
from ingest.settings import Settings
from tests.conftest import NOTE
from tests.ui.commands import Ended, Run
from ui import texts
from ui.accounts import plain_record, plain_replay
from ui.serving import build_assistant

AS_OF = date(2026, 11, 21)
QUESTION = "Quand le contrat départemental est-il signé en 2021 ?"
OFF = (
    "Erreur : Aucune réponse n'est gardée : REPERES_RECORDS dit pendant combien de jours les "
    "garder (0 par défaut).\n"
)


@pytest.fixture
def reperes(
    tiny_index: None,
    command_line: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Runs a command lexically over the tiny corpus, answers being kept."""
    monkeypatch.setenv("REPERES_RECORDS", "30")
    return command_line


@pytest.fixture
def store(settings: Settings) -> RecordStore:
    return build_records(RecordSettings(records=30), settings.library_folder)


@pytest.fixture
def asked(reperes: Run, store: RecordStore) -> str:
    """The id of an answer that ``ask`` kept."""
    assert reperes("ask", QUESTION, "--as-of", AS_OF.isoformat()).code == 0
    (record,) = store.latest(9)
    return record.answer.id


# Which answers are kept.


def test_a_batch_and_the_server_keep_their_answers_too(
    reperes: Run, store: RecordStore, settings: Settings, tmp_path: Path
) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text(json.dumps({"id": "Claire Dubois", "question": QUESTION}), encoding="utf-8")
    assert reperes("ask", "--batch", batch).code == 0
    served = build_assistant(settings).answer(Request(QUESTION, AS_OF))
    newest, former = store.latest(9)
    assert (newest.answer.id, former.request.question) == (served.id, QUESTION)
    assert b"Dubois" not in store.path.read_bytes()


def test_nothing_is_kept_by_default(
    reperes: Run, store: RecordStore, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPERES_RECORDS")
    assert reperes("ask", QUESTION).code == 0
    build_assistant(settings).answer(Request(QUESTION, AS_OF))
    assert (RecordSettings().records, store.path.exists()) == (0, False)


@pytest.mark.parametrize("value", ["oui", "-1", "367", "1.5"])
def test_the_setting_is_a_number_of_days_within_a_year(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("REPERES_RECORDS", value)
    with pytest.raises(ValidationError):
        RecordSettings()


def test_kept_answers_stand_beside_the_library(settings: Settings) -> None:
    for chosen in (settings, Settings()):
        store = build_records(RecordSettings(), chosen.library_folder)
        assert store.path == chosen.library_folder.parent / "answers.sqlite"


def test_a_file_that_cannot_be_written_is_one_line_beside_the_answer(
    reperes: Run, store: RecordStore
) -> None:
    store.path.mkdir()
    outcome = reperes("ask", QUESTION)
    assert outcome.code == 0 and "30 septembre 2021 [1]" in outcome.out


# What the commands say.


def test_the_list_goes_from_the_newest(reperes: Run, asked: str, store: RecordStore) -> None:
    reperes("ask", "Mme Claire Dubois veut la recette de la tarte Tatin")
    newest, first = reperes("answers", "list").out.splitlines()
    assert first.startswith(f"{asked[:12]}  ") and first.endswith(
        f"Réponse prouvée  « {QUESTION} »"
    )
    assert MASK in newest and "Dubois" not in newest
    rows = json.loads(reperes("answers", "list", "--json", "-n", "1").out)["records"]
    assert [row["id"] for row in rows] == [store.latest(1)[0].answer.id]


def test_an_account_says_what_was_asked_answered_and_proved(reperes: Run, asked: str) -> None:
    outcome = reperes("answers", "show", asked[:6])
    lines = outcome.out.splitlines()
    assert (outcome.code, outcome.err) == (0, "")
    assert lines[0].startswith(f"Réponse {asked}, du ")
    assert f"Question : « {QUESTION} »" in lines
    assert "À la date du 21 novembre 2026" in lines
    assert "Cadre compris : exercices 2021" in lines
    assert "Le contrat départemental est signé avant le 30 septembre 2021 [1]." in lines
    assert lines[-1] == "  1. [1] extrait exact"
    assert "\ufffd" not in outcome.out


def test_a_record_in_json_holds_the_request_and_the_answer(reperes: Run, asked: str) -> None:
    found = json.loads(reperes("answers", "show", asked, "--json").out)
    assert set(found) == {"id", "answered_at", "until", "request", "answer"}
    assert found["request"]["question"] == found["answer"]["question"] == QUESTION
    assert found["answer"]["citations"][0]["quote"].endswith("30 septembre 2021.")


def test_a_replay_says_that_nothing_changed(reperes: Run, asked: str, store: RecordStore) -> None:
    outcome = reperes("answers", "replay", asked)
    head, said = outcome.out.splitlines()
    assert head.endswith("rejouée à la date du 21 novembre 2026.")
    assert said == "Rien n'a changé."
    assert len(store.latest(9)) == 1, "a replay keeps no answer"


def test_a_replay_over_a_changed_corpus_says_what_changed(
    reperes: Run, asked: str, tmp_path: Path
) -> None:
    changed = tmp_path / "note.md"
    changed.write_text(NOTE.replace("30 septembre", "31 octobre"), encoding="utf-8")
    assert (reperes("remove", "note").code, reperes("ingest", changed).code) == (0, 0)
    outcome = reperes("answers", "replay", asked, "--as-of", "2026-11-22")
    assert (outcome.code, outcome.err) == (0, "")
    for said in (
        "- Date de référence : 21 novembre 2026 → 22 novembre 2026",
        "- Le corpus a changé : ",
        "- Énoncé perdu : « Le contrat départemental est signé avant le 30 septembre 2021. »",
        "- Énoncé ajouté : « Le contrat départemental est signé avant le 31 octobre 2021. »",
    ):
        assert said in outcome.out
    found = json.loads(reperes("answers", "replay", asked, "--json").out)
    assert (found["as_of"], found["unchanged"], found["same_answer"]) == (
        "2026-11-21",
        False,
        False,
    )
    assert "quote_changed" in [change["kind"] for change in found["changes"]]


def test_forgetting_one_then_all(reperes: Run, asked: str, store: RecordStore) -> None:
    for _ in range(2):
        reperes("ask", QUESTION)
    assert reperes("answers", "forget", asked[:8]).out == f"Réponse {asked} oubliée.\n"
    assert reperes("answers", "forget", "--all").out == "Réponses oubliées : 2.\n"
    assert reperes("answers", "list").out == "Aucune réponse gardée.\n"


# How they end.


@pytest.mark.parametrize("command", [["list"], ["show", "abcdef"], ["forget", "--all"]])
def test_without_setting_nor_file_the_setting_is_named(
    reperes: Run, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("REPERES_RECORDS", "0")
    assert reperes("answers", *command) == Ended(1, "", OFF)


def test_what_was_kept_is_still_shown_once_the_setting_is_off(
    reperes: Run, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPERES_RECORDS", "0")
    assert QUESTION in reperes("answers", "show", asked).out


@pytest.mark.parametrize("command", ["show", "replay", "forget"])
def test_an_unknown_answer_is_one_error(reperes: Run, asked: str, command: str) -> None:
    name = f"{int(asked[:6], 16) ^ 1:06x}"
    outcome = reperes("answers", command, name)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"Erreur : Aucune réponse gardée « {name} »")


@pytest.mark.parametrize(
    "command",
    [
        ["show", "abcde"],
        ["replay", "réponse"],
        ["replay", "abcdef", "--as-of", "hier"],
        ["forget"],
        ["forget", "abcdef", "--all"],
        ["list", "-n", "0"],
    ],
)
def test_a_command_that_cannot_be_meant_is_misuse(reperes: Run, command: list[str]) -> None:
    outcome = reperes("answers", *command)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Commande incorrecte : ")


def test_a_damaged_file_is_one_error(reperes: Run, store: RecordStore) -> None:
    store.path.write_bytes(b"\xff" * 4096)
    outcome = reperes("answers", "list")
    assert outcome.code == 1
    assert outcome.err.startswith(f"Erreur : Le fichier des réponses gardées {store.path}")


# The words of every change.


@pytest.fixture
def replayed(
    asked: str, store: RecordStore, settings: Settings
) -> Callable[..., tuple[Any, Replay]]:
    """A record, its answer altered, and its replay over the same texts."""
    index = Service(settings).index()

    def again(**changes: Any) -> tuple[Any, Replay]:
        record = store.find(asked)
        record = replace(record, answer=replace(record.answer, **changes))
        return record, replay(record, Assistant(lambda: index))

    return again


def test_changes_are_worded_in_french(replayed: Callable[..., tuple[Any, Replay]]) -> None:
    record, made = replayed()
    (cited,) = record.answer.citations
    record, made = replayed(
        citations=(replace(cited, in_force_until=date(2021, 12, 31), evidence="press"),),
        warnings=(Caution("superseded", "Ce texte\nn'est plus en vigueur [1].", (1,)),),
        frame=replace(record.answer.frame, exercices=(), departement="29"),
        status="refused",
        refusal="known_unknown",
        settings_fingerprint="autre",
        retrieval="hybrid",
    )
    told = plain_replay(record, made).splitlines()
    assert "- Recherche : par le sens et par les mots → par les mots seulement" in told
    assert "- Cadre compris, exercices : aucun → 2021" in told
    assert "- Cadre compris, collectivité : 29 → non précisé" in told
    assert "- Avertissement levé, Texte remplacé depuis : Ce texte n'est plus en vigueur." in told
    end = "Pas de réponse prouvée (point que personne n'a pu établir) → Réponse prouvée"
    assert f"- Issue : {end}" in told
    status = "- Note sur les contrats, En vigueur jusqu'au : 31 décembre 2021 → non précisé"
    assert status in told
    press, other = texts.EVIDENCE_LABELS["press"], texts.EVIDENCE_LABELS["other"]
    assert f"- Note sur les contrats, Lu pour cet énoncé : {press} → {other}" in told


def test_a_reworded_answer_says_how_it_is_compared(
    replayed: Callable[..., tuple[Any, Replay]],
) -> None:
    told = plain_replay(*replayed(mode="written", model="rédacteur"))
    assert "rejouée sans modèle : les extraits cités sont comparés, pas les phrases." in told
    assert "- Rédaction : rédacteur → extraits exacts, sans modèle" in told
    assert told.endswith("La réponse dit la même chose, des mêmes textes.")


def test_what_left_the_corpus_is_named(replayed: Callable[..., tuple[Any, Replay]]) -> None:
    record, made = replayed()
    gone = (
        Change("document_gone", "Note sur les contrats", document_id="note"),
        Change("quote_changed", "Un délai\nde mai.", None, document_id="note"),
    )
    told = plain_replay(record, replace(made, changes=gone))
    assert "- Document retiré : Note sur les contrats (note)" in told
    assert (
        "- Passage changé dans Note sur les contrats : « Un délai de mai. » → n'y est plus" in told
    )


def test_an_account_shows_the_restrictions_and_the_former_questions(
    replayed: Callable[..., tuple[Any, Replay]],
) -> None:
    record, _made = replayed()
    request = replace(
        record.request, kinds=("presse",), exclude=("a", "b"), history=(Turn("Qui signe ?"),)
    )
    told = plain_record(replace(record, request=request))
    assert "Après « Qui signe ? »" in told
    assert "21 novembre 2026 ; types de source : presse ; sans : a, b" in told
