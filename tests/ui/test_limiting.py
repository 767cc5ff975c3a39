"""Rates: how often somebody may ask, and who counts as one client."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ui.access import words
from ui.access.callers import Proxy
from ui.access.door import AccessDoor
from ui.access.limiting import Rate, network
from ui.access.people import PeopleStore
from ui.access.sessions import Sessions

TRUSTED = Proxy("10.0.0.1")


async def _said_yes(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"oui"})


def behind(rate: Rate, address: str, proxy: Proxy | None = None) -> TestClient:
    """A client at ``address`` of a door that only limits."""
    door = AccessDoor(_said_yes, None, rate, proxy=proxy)
    return TestClient(door, base_url="http://localhost", client=(address, 1))


def test_the_next_use_waits_for_the_window() -> None:
    rate = Rate(2, 60)
    assert [rate.take("a"), rate.take("a")] == [0, 0]
    assert 1 <= rate.take("a") <= 61
    assert rate.take("b") == 0


def test_looking_counts_nothing() -> None:
    rate = Rate(1, 60)
    assert [rate.wait_s("a") for _ in range(3)] == [0, 0, 0]
    rate.take("a")
    assert rate.wait_s("a") > 0
    rate.forget("a")
    assert rate.wait_s("a") == 0


def test_several_uses_count_all_or_none() -> None:
    rate = Rate(5, 60)
    assert rate.take("a", 3) == 0
    assert rate.take("a", 3) > 0
    assert rate.used("a") == 3
    assert rate.take("a", 2) == 0


def test_what_no_period_holds_is_allowed_in_a_period_of_its_own() -> None:
    rate = Rate(5, 60)
    assert rate.take("a") == 0  # the request itself
    assert rate.take("a", 40) == 0
    assert rate.take("a") > 0


def test_zero_is_no_limit() -> None:
    rate = Rate(0, 60)
    assert not any(rate.take("a") for _ in range(200))
    assert rate.wait_s("a") == 0


@pytest.mark.parametrize("path", ["/api/answers", "/gradio_api/queue/join"])
def test_too_many_questions_are_refused_in_french(path: str) -> None:
    client = behind(Rate(1, 60), "10.0.0.9")
    assert client.post(path).status_code == 200
    response = client.post(path)
    wait_s = int(response.headers["retry-after"])
    assert response.status_code == 429
    assert response.json()["error"] == {
        "code": "too_many_requests",
        "message": words.later(wait_s),
    }


def test_the_page_of_the_chat_can_show_why() -> None:
    client = behind(Rate(1, 60), "10.0.0.9")
    client.post("/gradio_api/queue/join")
    refused = client.post("/gradio_api/queue/join").json()
    assert refused["detail"] == refused["error"]["message"]


def test_reading_is_never_limited() -> None:
    client = behind(Rate(1, 60), "10.0.0.9")
    assert {client.get("/api/documents").status_code for _ in range(5)} == {200}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/seance"),
        ("GET", "/seance?theme=contractualisation"),
        ("GET", "/seance?question=Qui+signe"),
        ("POST", "/seance/fichier"),
        ("GET", "/seance/fichier?theme=contractualisation&format=pdf"),
        ("GET", "/seance/fichier?theme=contractualisation&format=pdf&modifier=oui"),
        ("POST", "/seance/quiz"),
        ("GET", "/seance/quiz/feuille?theme=contractualisation"),
    ],
)
def test_a_session_that_is_made_counts_as_a_question(method: str, path: str) -> None:
    client = behind(Rate(1, 60), "10.0.0.9")
    assert client.post("/api/answers").status_code == 200
    assert client.request(method, path).status_code == 429


@pytest.mark.parametrize(
    "path", ["/seance", "/seance/seance.js", "/seance?theme=a&modifier=oui", "/seances?q=a"]
)
def test_the_form_of_a_session_counts_as_nothing(path: str) -> None:
    client = behind(Rate(1, 60), "10.0.0.9")
    assert {client.get(path).status_code for _ in range(3)} == {200}


def test_each_address_has_its_own_rate() -> None:
    rate = Rate(1, 60)
    statuses = [
        behind(rate, address).post("/api/answers").status_code
        for address in ("10.0.0.8", "10.0.0.9", "10.0.0.9")
    ]
    assert statuses == [200, 200, 429]


def test_a_client_cannot_name_another_address() -> None:
    client = behind(Rate(1, 60), "10.0.0.9", TRUSTED)
    headers = [{"X-Forwarded-For": f"192.0.2.{n}"} for n in range(2)]
    assert [client.post("/api/answers", headers=h).status_code for h in headers] == [200, 429]


def test_the_trusted_proxy_names_the_address_at_the_end_of_its_list() -> None:
    client = behind(Rate(1, 60), "10.0.0.1", TRUSTED)
    given = ["192.0.2.1", "192.0.2.2", "198.51.100.7, 192.0.2.2"]
    statuses = [
        client.post("/api/answers", headers={"X-Forwarded-For": one}).status_code for one in given
    ]
    assert statuses == [200, 200, 429]


def test_a_known_person_has_one_rate_from_everywhere(tmp_path: Path) -> None:
    sessions = Sessions(PeopleStore(tmp_path / "people.sqlite"), b"a" * 32)
    proxy = Proxy("10.0.0.1", "X-Remote-User")
    door = AccessDoor(_said_yes, sessions, Rate(1, 60), proxy=proxy)
    client = TestClient(door, client=("10.0.0.1", 1))
    asked = [("claire", "192.0.2.1"), ("bruno", "192.0.2.1"), ("claire", "192.0.2.2")]
    statuses = [
        client.post("/api/answers", headers={"X-Remote-User": name, "X-Forwarded-For": place})
        for name, place in asked
    ]
    assert [response.status_code for response in statuses] == [200, 200, 429]


def test_an_ipv6_client_is_its_whole_network() -> None:
    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9")
    assert network("2001:db8:1:2::1") != network("2001:db8:1:3::1")
    assert network("10.0.0.1") != network("10.0.0.2")


@pytest.mark.parametrize(
    ("wait_s", "said"),
    [(1, "1\u00a0seconde."), (60, "60\u00a0secondes."), (850, "15\u00a0minutes.")],
)
def test_the_wait_is_said_in_french(wait_s: int, said: str) -> None:
    assert words.later(wait_s).endswith(said)
