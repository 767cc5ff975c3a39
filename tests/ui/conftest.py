"""The application over the fake assistant."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.ui.fakes import FakeAssistant
from ui.api import create_app
from ui.settings import ServerSettings


@pytest.fixture(scope="session")
def shared_fake() -> FakeAssistant:
    """One for the session: building the chat's page takes a second."""
    return FakeAssistant()


@pytest.fixture(scope="session")
def app(shared_fake: FakeAssistant) -> FastAPI:
    """The whole application, chat included."""
    return create_app(shared_fake, ServerSettings())


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
