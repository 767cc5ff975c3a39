"""The application over the fake assistant."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from evals.feedback import FeedbackStore
from ingest.settings import Settings
from tests.ui.browsing import launched
from tests.ui.evaluation import CASE, Command, Ended
from tests.ui.fakes import FakeAssistant
from ui.api import create_app
from ui.cli import main
from ui.settings import ServerSettings


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module."""
    with launched() as one:
        yield one


@pytest.fixture(scope="session")
def shared_fake() -> FakeAssistant:
    """One for the session: building the chat's page takes a second."""
    return FakeAssistant()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> FeedbackStore:
    """Where the application keeps what people say of answers."""
    return FeedbackStore(tmp_path_factory.mktemp("feedback") / "feedback.sqlite")


@pytest.fixture(scope="session")
def app(shared_fake: FakeAssistant, store: FeedbackStore) -> FastAPI:
    """The whole application, chat included."""
    return create_app(shared_fake, ServerSettings(), store)


@pytest.fixture
def fake(shared_fake: FakeAssistant) -> Iterator[FakeAssistant]:
    """The assistant behind ``client``, without memory of other tests."""
    shared_fake.requests.clear()
    shared_fake.error = None
    yield shared_fake
    shared_fake.error = None


@pytest.fixture
def client(app: FastAPI, fake: FakeAssistant) -> TestClient:
    """A client that gets a response even to a crash."""
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture
def questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two cases, one a split, that the tiny corpus proves."""
    folder = tmp_path / "questions"
    folder.mkdir()
    for name, split in (("a", "development"), ("b", "validation")):
        text = CASE.format(id=name, split=split, wording="30 septembre 2021")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("evals.cases.QUESTIONS", folder)
    return folder


@pytest.fixture
def eval_command(
    published: Settings,
    questions: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Command:
    """Runs ``reperes eval …`` in this process, lexically, over a tiny index."""
    monkeypatch.setenv("REPERES_EMBEDDING_MODEL", "none")
    monkeypatch.setenv("REPERES_INDEX", str(published.index_folder))

    def run(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["reperes", "eval", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        written = capsys.readouterr()
        return Ended(int(end.value.code or 0), written.out, written.err)

    return run
