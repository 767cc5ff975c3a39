import pytest
from pydantic import ValidationError

from corpus.errors import InvalidRequest
from evals.feedback import FeedbackStore
from tests.ui.fakes import FakeAssistant
from ui.api import create_app
from ui.settings import ServerSettings, check_access


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
def test_loopback_hosts_need_no_account(host: str) -> None:
    check_access(ServerSettings(host=host), accounts=0)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "::", "reperes.example", ""])
def test_other_hosts_are_refused_in_french_without_an_account(host: str) -> None:
    with pytest.raises(InvalidRequest, match=r"reperes users add"):
        check_access(ServerSettings(host=host), accounts=0)


@pytest.mark.parametrize("changes", [{"allowed_hosts": "reperes.example"}, {"host": "10.0.0.1"}])
def test_a_server_that_a_proxy_shows_needs_accounts_too(changes: dict[str, str]) -> None:
    with pytest.raises(InvalidRequest, match=r"reperes users add"):
        check_access(ServerSettings(**changes), accounts=0)
    check_access(ServerSettings(**changes), accounts=1)
    check_access(ServerSettings(**changes, proxy_header="X-Remote-User"), accounts=0)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_a_server_on_every_address_must_know_its_name(host: str) -> None:
    with pytest.raises(InvalidRequest, match="REPERES_ALLOWED_HOSTS"):
        check_access(ServerSettings(host=host), accounts=1)
    check_access(ServerSettings(host=host, allowed_hosts="reperes.example"), accounts=1)


def test_public_names_are_trusted_without_their_port() -> None:
    settings = ServerSettings(host="0.0.0.0", allowed_hosts="Reperes.example, b.example:8443,")
    assert settings.names == {"reperes.example", "b.example"}
    assert settings.names < settings.trusted_hosts


@pytest.mark.parametrize("header", ["Cookie", "host", "X Remote", "X-User\r\nA: b", ""])
def test_a_header_that_clients_write_names_nobody(header: str) -> None:
    with pytest.raises(ValidationError):
        ServerSettings(proxy_header=header)


def test_questions_are_limited_only_where_others_come_in() -> None:
    elsewhere = {"host": "10.0.0.1"}
    assert ServerSettings().questions_per_minute == 0
    assert ServerSettings(rate_per_minute=5).questions_per_minute == 5
    assert ServerSettings(**elsewhere).questions_per_minute == 60
    assert ServerSettings(**elsewhere, rate_per_minute=0).questions_per_minute == 0


def test_no_application_is_made_for_another_host(store: FeedbackStore) -> None:
    with pytest.raises(InvalidRequest):
        create_app(FakeAssistant(), ServerSettings(host="0.0.0.0"), store)
