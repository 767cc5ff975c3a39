"""What people say of answers, by HTTP, in the chat's handlers and on the command line."""

import json
import socket
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.answer import Turn
from assistant.privacy import MASK
from corpus.errors import IndexMissing, InvalidRequest
from evals.cases import load_cases
from evals.feedback import REASONS, FeedbackStore
from ingest.settings import Settings
from tests.ui.commands import Ended, Run
from tests.ui.fakes import FakeAssistant
from ui import feedback_texts, texts
from ui.feedback import FORM, FeedbackScreen, give
from ui.serving import run

ID = "0123456789abcdef" * 2
ADDRESS = f"/api/answers/{ID}/feedback"
QUESTION = "À quelle date signer les contrats de 2021 ?"
TURN = Turn(QUESTION, ID)


@pytest.fixture
def own(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "feedback.sqlite")


@pytest.fixture
def said(store: FeedbackStore) -> Iterator[Any]:
    """What the application keeps of the latest word on ``ID``."""
    yield lambda: next(one for one in store.read() if one.answer_id == ID)
    store.add(ID, useful=True)


def test_an_opinion_is_kept_and_says_until_when(client: TestClient, said: Any) -> None:
    body = {"useful": False, "reason": "outdated", "comment": " Écrire à a.b@exemple.fr "}
    response = client.post(ADDRESS, json=body)
    assert response.status_code == 201
    until = date.today() + timedelta(days=30)
    assert response.json() == {"stored": True, "question_kept": False, "until": until.isoformat()}
    kept = said()
    assert (kept.useful, kept.reason, kept.comment) == (False, "outdated", f"Écrire à {MASK}")
    assert (kept.question, kept.corpus_digest) == (None, "c0ffee")


def test_an_agreed_question_is_kept_masked(client: TestClient, said: Any) -> None:
    body = {"useful": False, "question": "Qui est au 06 12 34 56 78 ?", "agreed": True}
    assert client.post(ADDRESS, json=body).json()["question_kept"] is True
    assert said().question == f"Qui est au {MASK} ?"


@pytest.mark.parametrize("agreed", [{}, {"agreed": False}])
def test_a_question_without_agreement_is_refused_and_nothing_is_kept(
    client: TestClient, store: FeedbackStore, agreed: dict[str, bool]
) -> None:
    before = store.read()
    response = client.post(ADDRESS, json={"useful": False, "question": QUESTION} | agreed)
    assert response.status_code == 400
    assert response.json()["error"]["message"] == feedback_texts.NOT_AGREED
    assert store.read() == before


def test_agreement_without_a_question_keeps_no_question(client: TestClient, said: Any) -> None:
    assert client.post(ADDRESS, json={"useful": True, "agreed": True}).status_code == 201
    assert said().question is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"useful": "oui"}, feedback_texts.INVALID_FIELDS["useful"]),
        ({"useful": None}, feedback_texts.INVALID_FIELDS["useful"]),
        ({"reason": "météo"}, feedback_texts.INVALID_FIELDS["reason"]),
        ({"comment": "a" * 1001}, feedback_texts.COMMENT_LENGTH),
        ({"agreed": "true"}, feedback_texts.INVALID_FIELDS["agreed"]),
        ({"question": " "}, texts.QUESTION_LENGTH),
        ({"name": "x"}, texts.unknown_field("name")),
    ],
)
def test_a_wrong_field_is_said_in_french(
    client: TestClient, store: FeedbackStore, change: dict[str, Any], message: str
) -> None:
    before = store.read()
    response = client.post(ADDRESS, json={"useful": True} | change)
    assert response.status_code == 422
    assert response.json()["error"] == {"code": "invalid_request", "message": message}
    assert store.read() == before


@pytest.mark.parametrize("name", ["a1", ID + "0", ID.upper(), f"{ID[:-1]}g", f"{ID}%0A"])
def test_an_id_that_no_answer_has_is_refused(client: TestClient, name: str) -> None:
    response = client.post(f"/api/answers/{name}/feedback", json={"useful": True})
    assert response.status_code == 422
    assert response.json()["error"]["message"] == feedback_texts.INVALID_FIELDS["answer_id"]


def test_a_large_opinion_is_refused_whole(client: TestClient) -> None:
    response = client.post(ADDRESS, json={"useful": True, "comment": "a" * 70_000})
    assert (response.status_code, response.json()["error"]["code"]) == (413, "too_large")


def test_the_longest_comment_is_counted_after_trimming(client: TestClient, said: Any) -> None:
    client.post(ADDRESS, json={"useful": False, "comment": f"  {'é' * 1000}\n"})
    assert said().comment == "é" * 1000


def test_a_store_that_cant_be_written_is_one_french_sentence(
    client: TestClient, store: FeedbackStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(store, "_path", tmp_path)
    error = client.post(ADDRESS, json={"useful": True}).json()["error"]
    assert "Le fichier des avis" in error["message"]


def test_the_page_sends_the_question_it_shows_only_when_agreed(own: FeedbackStore) -> None:
    fake = FakeAssistant()
    first = give(fake, own, TURN, useful=False, reason="wrong", comment="Non.", agreed=False)
    assert own.read()[0].question is None
    second = give(fake, own, TURN, useful=False, reason="wrong", comment="Non.", agreed=True)
    assert own.read()[0].question == QUESTION
    assert not (first.asked or first.form or second.asked or second.form)
    assert "sans votre question" in first.message
    assert "avec votre question" in second.message


def test_a_yes_is_kept_without_question(own: FeedbackStore) -> None:
    give(FakeAssistant(), own, TURN, useful=True)
    (kept,) = own.read()
    assert (kept.answer_id, kept.useful, kept.question, kept.reason) == (ID, True, None, None)


@pytest.mark.parametrize("agreed", [None, "true", 1, False])
def test_only_true_is_an_agreement(own: FeedbackStore, agreed: Any) -> None:
    give(FakeAssistant(), own, TURN, useful=False, reason="météo", comment=" ", agreed=agreed)
    (kept,) = own.read()
    assert (kept.question, kept.reason, kept.comment) == (None, None, None)


def test_a_long_comment_leaves_the_form_open(own: FeedbackStore) -> None:
    screen = give(FakeAssistant(), own, TURN, useful=False, comment="a" * 1001)
    assert screen == FeedbackScreen(form=True, message=feedback_texts.COMMENT_LENGTH)
    assert own.read() == ()


def test_an_answer_that_the_page_forgot_is_said(own: FeedbackStore) -> None:
    screen = give(FakeAssistant(), own, None, useful=True)
    assert screen == FeedbackScreen(asked=False, message=feedback_texts.GONE)
    assert own.read() == ()


def test_the_page_shows_an_error_as_one_sentence(
    own: FeedbackStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeAssistant()
    there = give(fake, FeedbackStore(tmp_path), TURN, useful=False)
    assert "Le fichier des avis" in there.message
    monkeypatch.setattr(fake, "health", lambda: 1 / 0)
    assert give(fake, own, TURN, useful=True).message == texts.HTTP_MESSAGES[500]
    assert (there.form, FORM.asked) == (True, True)


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command_line: Run) -> Run:
    """Runs ``reperes eval feedback …`` over an index folder of its own."""
    monkeypatch.setenv("REPERES_INDEX", str(tmp_path / "index"))
    return partial(command_line, "eval", "feedback")


@pytest.fixture
def filled(tmp_path: Path) -> None:
    store = FeedbackStore(Settings(index=tmp_path / "index").feedback_file)
    store.add("a" * 32, useful=True)
    store.add(
        "b" * 32, useful=False, reason="wrong", comment="Voir\n\x1b[31mici", question=QUESTION
    )


@pytest.mark.usefixtures("filled")
def test_the_command_counts_then_lists(command: Run) -> None:
    ended = command()
    assert (ended.code, ended.err) == (0, "")
    head, reason, yes, no = ended.out.splitlines()
    assert head == "2 avis gardés : 1 oui, 1 non."
    assert reason == f"  {REASONS['wrong']} : 1"
    assert yes == f"{date.today()}  aaaaaaaaaaaa  oui"
    assert f"non  faux  « {QUESTION} »  commentaire : Voir " in no
    assert "\x1b" not in ended.out


@pytest.mark.usefixtures("filled")
def test_the_command_in_json_holds_everything(command: Run) -> None:
    found = json.loads(command("--json").out)
    assert (found["useful"], found["useless"], found["reasons"]) == (1, 1, {"wrong": 1})
    assert found["feedback"][1]["question"] == QUESTION
    assert found["feedback"][1]["day"] == date.today().isoformat()


@pytest.mark.usefixtures("filled")
def test_drafts_are_written_once_and_never_over_a_file(command: Run, tmp_path: Path) -> None:
    path = tmp_path / "brouillons.yaml"
    assert f"1 brouillon(s) dans {path}." in command("--drafts", path).out
    written = path.read_text(encoding="utf-8")
    assert QUESTION in written
    said = f"Erreur : {path} existe déjà : choisissez un autre fichier pour les brouillons.\n"
    again = command("--drafts", path)
    assert (again.code, again.err) == (1, said)
    assert path.read_text(encoding="utf-8") == written
    with pytest.raises(InvalidRequest, match="brouillon"):
        load_cases([path])


def test_no_feedback_is_said_and_drafts_nothing(command: Run, tmp_path: Path) -> None:
    path = tmp_path / "brouillons.yaml"
    said = "Aucun avis gardé.\nAucun brouillon à faire.\n"
    assert command("--drafts", path) == Ended(0, said, "")
    assert not path.exists()


def test_the_server_forgets_what_is_old_when_it_starts(settings: Settings) -> None:
    long_ago = FeedbackStore(settings.feedback_file, lambda: date(2001, 1, 1))
    long_ago.add(ID, useful=False, comment="Vieux commentaire.")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(IndexMissing):
        run(settings, None, port)
    assert b"Vieux" not in settings.feedback_file.read_bytes()


def test_feedback_stands_beside_the_library(settings: Settings) -> None:
    for chosen in (settings, Settings()):
        assert chosen.feedback_file == chosen.library_folder.parent / "feedback.sqlite"
