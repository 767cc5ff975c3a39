"""The application over the fake assistant."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from assistant.settings import WriterSettings
from evals.feedback import FeedbackStore
from ingest.settings import Settings
from tests.ui.browsing import launched
from tests.ui.commands import Ended, Run
from tests.ui.evaluation import CASE
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
def command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``reperes …`` in this process."""

    def run(*arguments: str | Path | int) -> Ended:
        monkeypatch.setattr(sys, "argv", ["reperes", *map(str, arguments)])
        capsys.readouterr()
        try:
            main()
            code: Any = 0
        except SystemExit as end:
            code = end.code or 0
        written = capsys.readouterr()
        return Ended(code, written.out, written.err)

    return run


@pytest.fixture
def tiny_index(published: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands read the tiny index, without vectors or language model."""
    monkeypatch.setenv("REPERES_EMBEDDING_MODEL", "none")
    monkeypatch.setenv("REPERES_INDEX", str(published.index_folder))
    for name in WriterSettings.model_fields:
        monkeypatch.delenv(f"REPERES_{name.upper()}", raising=False)


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
    tiny_index: None,
    questions: Path,
    command_line: Run,
) -> Run:
    """Runs ``reperes eval …`` lexically over a tiny index."""
    return partial(command_line, "eval")
