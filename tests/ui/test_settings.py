import pytest
from pydantic import ValidationError

from corpus.errors import InvalidRequest
from evals.feedback import FeedbackStore
from tests.ui.fakes import FakeAssistant
from ui.api import create_app
from ui.settings import ServerSettings, check_host


def test_the_server_listens_on_this_machine_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPERES_HOST", raising=False)
    monkeypatch.delenv("REPERES_PORT", raising=False)
    assert (ServerSettings().host, ServerSettings().port) == ("127.0.0.1", 7860)


def test_the_environment_sets_host_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPERES_HOST", "::1")
    monkeypatch.setenv("REPERES_PORT", "8000")
    settings = ServerSettings()
    assert (settings.host, settings.port) == ("::1", 8000)
    assert "[::1]" in settings.trusted_hosts


def test_a_port_out_of_range_is_refused() -> None:
    with pytest.raises(ValidationError):
        ServerSettings(port=70_000)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.0.1", "::1", "LocalHost"])
def test_loopback_hosts_are_accepted(host: str) -> None:
    check_host(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "::", "reperes.example", ""])
def test_other_hosts_are_refused_in_french(host: str) -> None:
    with pytest.raises(InvalidRequest, match=r"127\.0\.0\.1"):
        check_host(host)


def test_no_application_is_made_for_another_host(store: FeedbackStore) -> None:
    with pytest.raises(InvalidRequest):
        create_app(FakeAssistant(), ServerSettings(host="0.0.0.0"), store)
