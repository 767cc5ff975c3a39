"""A server that other machines reach: nothing without signing in, and nobody in another's place."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import anyio
import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from corpus.errors import InvalidRequest
from evals.feedback import FeedbackStore
from tests.ui.accounts import NEW_PASSWORD, PASSWORD, Clock, cheap_hashes, two_people
from tests.ui.fakes import FakeAssistant
from ui.access import words
from ui.access.door import AccessDoor
from ui.access.isolation import OwnConversations
from ui.access.limiting import Rate
from ui.access.people import SESSION_S, PeopleStore, Person
from ui.access.rights import with_person
from ui.access.sessions import COOKIE, Sessions
from ui.access.signing import (
    IN_LINE,
    LONGEST_HOLD_S,
    TRIES_A_NAME,
    TRIES_AN_ADDRESS,
    UNSLOWED,
    UNSLOWED_THERE,
    SignInDesk,
    TooManyTries,
    local_path,
)
from ui.api import create_app
from ui.headers import SECURITY_HEADERS
from ui.settings import ServerSettings

HOST = "reperes.example"
FORM = {"nom": "claire", "mot_de_passe": PASSWORD}
PAGE = {"accept": "text/html"}
PROXY = "192.0.2.1"
SETTINGS = ServerSettings(
    host="0.0.0.0", allowed_hosts=HOST, proxy_header="X-Remote-User", proxy_address=PROXY
)


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[PeopleStore]:
    with cheap_hashes():
        yield two_people(tmp_path_factory.mktemp("people"), clock)


@pytest.fixture(scope="module")
def guarded(people: PeopleStore, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The whole application, for other machines."""
    store = FeedbackStore(tmp_path_factory.mktemp("feedback") / "feedback.sqlite")
    return create_app(FakeAssistant(), SETTINGS, store, people=people)


def at(app: FastAPI, address: str = "198.51.100.7", scheme: str = "http") -> TestClient:
    """A browser at ``address`` that follows no redirect."""
    return TestClient(
        app,
        base_url=f"{scheme}://{HOST}",
        raise_server_exceptions=False,
        follow_redirects=False,
        client=(address, 1),
    )


@pytest.fixture
def visitor(guarded: FastAPI) -> TestClient:
    return at(guarded)


@pytest.fixture
def claire(guarded: FastAPI) -> TestClient:
    return signed_in(guarded, "claire")


def signed_in(app: FastAPI, name: str) -> TestClient:
    client = at(app)
    assert client.post("/connexion", data=FORM | {"nom": name}).status_code == 303
    return client


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/documents"),
        ("GET", "/config"),
        ("GET", "/openapi.json"),
        ("GET", "/theme.css"),
        ("GET", "/assets/index.js"),
        ("GET", "/static/../etc/passwd"),
        ("GET", "/assets/%2e%2e/%2e%2e/etc/passwd"),
        ("GET", "/style.css/../documents"),
        ("GET", "/connexion/../documents"),
        ("GET", "/connexion%2f..%2fdocuments"),
        ("GET", "//connexion"),
        ("GET", "/api/documents"),
        ("GET", "/api/glossary"),
        ("POST", "/api/answers"),
        ("POST", "/api/health"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/queue/data?session_hash=a"),
        ("GET", "/gradio_api/heartbeat/a"),
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/gradio_api/upload"),
        ("POST", "/deconnexion"),
        ("DELETE", "/documents"),
    ],
)
def test_everything_is_closed_to_a_program_that_did_not_sign_in(
    visitor: TestClient, method: str, path: str
) -> None:
    response = visitor.request(method, path)
    assert response.status_code == 401
    assert response.json()["error"] == {
        "code": "sign_in_needed",
        "message": words.SIGN_IN_NEEDED,
    }
    assert {*SECURITY_HEADERS.items()} <= {*response.headers.items()}


def test_a_browser_is_led_to_the_sign_in_page_and_back(visitor: TestClient) -> None:
    asked = visitor.get("/documents?q=a&origine=original", headers=PAGE)
    assert asked.status_code == 303
    page = visitor.get(asked.headers["location"], headers=PAGE)
    wanted = "/documents?q=a&amp;origine=original"
    assert f'name="suite" value="{wanted}"' in page.text
    back = visitor.post("/connexion", data=FORM | {"suite": "/documents?q=a&origine=original"})
    assert back.headers["location"] == "/documents?q=a&origine=original"
    assert visitor.get("/documents", headers=PAGE).status_code == 200


def test_the_sign_in_page_has_the_security_headers_and_no_script(visitor: TestClient) -> None:
    page = visitor.get("/connexion", headers=PAGE)
    assert page.status_code == 200
    assert {*SECURITY_HEADERS.items()} <= {*page.headers.items()}
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text
    assert "set-cookie" not in page.headers
    assert visitor.get("/style.css").status_code == 200


def test_health_says_only_that_the_server_lives(visitor: TestClient, claire: TestClient) -> None:
    assert visitor.get("/api/health").json() == {"status": "ok"}
    assert claire.get("/api/health").json()["documents"] == 3


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    guarded: FastAPI, scheme: str
) -> None:
    response = at(guarded, scheme=scheme).post("/connexion", data=FORM)
    value, *flags = response.headers["set-cookie"].split("; ")
    expected = {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"}
    assert value.startswith(f"{COOKIE}=")
    assert {*flags} == expected | ({"Secure"} if scheme == "https" else set())


def test_the_cookie_is_secure_when_the_trusted_proxy_speaks_https(guarded: FastAPI) -> None:
    said = {"X-Forwarded-Proto": "https"}
    behind = at(guarded, PROXY).post("/connexion", data=FORM, headers=said)
    assert "; Secure" in behind.headers["set-cookie"]
    direct = at(guarded).post("/connexion", data=FORM, headers=said)
    assert "; Secure" not in direct.headers["set-cookie"]


@pytest.mark.parametrize("change", [{"mot_de_passe": "faux"}, {"nom": "nul"}, {"nom": '"><b>'}])
def test_a_wrong_password_and_an_unknown_name_look_alike(
    guarded: FastAPI, change: dict[str, str]
) -> None:
    response = at(guarded, "198.51.100.20").post("/connexion", data=FORM | change)
    assert response.status_code == 401
    assert words.WRONG in response.text
    assert "set-cookie" not in response.headers
    assert PASSWORD not in response.text
    assert '"><b>' not in response.text


@pytest.mark.parametrize("name", ["personne", "bruno"])
def test_guessing_a_name_is_refused_to_that_client_only(guarded: FastAPI, name: str) -> None:
    guess = {"nom": name, "mot_de_passe": "un mauvais mot"}
    client = at(guarded, f"198.51.100.3{len(name)}")
    statuses = [client.post("/connexion", data=guess).status_code for _ in range(TRIES_A_NAME)]
    response = client.post("/connexion", data=guess | {"mot_de_passe": PASSWORD})
    assert (statuses, response.status_code) == ([401] * TRIES_A_NAME, 429)
    assert "Trop d&#39;essais de connexion" in response.text
    assert int(response.headers["retry-after"]) > 0
    assert client.post("/connexion", data=FORM).status_code == 303
    assert signed_in(guarded, "bruno").get("/documents").status_code == 200


def test_an_account_guessed_at_from_everywhere_opens_late_and_still_opens(
    people: PeopleStore,
) -> None:
    held: list[float] = []

    async def hold(seconds: float) -> None:
        held.append(seconds)

    async def attack() -> str | None:
        desk = SignInDesk(Sessions(people, b"a" * 32), hold)
        for n in range(60):
            assert await desk.try_in("claire", "un mauvais mot", f"203.0.113.{n}") is None
        return await desk.try_in("claire", PASSWORD, "198.51.100.7")

    assert anyio.run(attack) is not None
    assert len(held) == 60 - UNSLOWED
    assert held == sorted(held) and 0 < held[0] < 1 and held[-1] == LONGEST_HOLD_S


def test_colleagues_behind_one_address_are_slowed_and_not_shut_out(people: PeopleStore) -> None:
    held: list[float] = []

    async def hold(seconds: float) -> None:
        held.append(seconds)

    async def office() -> str | None:
        desk = SignInDesk(Sessions(people, b"a" * 32), hold)
        for n in range(60):
            assert await desk.try_in(f"agent{n // 2}", "un mauvais mot", "203.0.113.9") is None
        return await desk.try_in("claire", PASSWORD, "203.0.113.9")

    assert anyio.run(office) is not None
    assert len(held) == 60 - UNSLOWED_THERE
    assert max(held) == LONGEST_HOLD_S


class Spray:
    """A client that was wrong as often as an address may, once for each name; holds are noted."""

    def __init__(self, people: PeopleStore) -> None:
        self.held: list[float] = []
        self.together = self.most = 0
        self.desk = SignInDesk(Sessions(people, b"a" * 32), self.hold)

    async def hold(self, seconds: float) -> None:
        """Notes a hold, which lasts until all the others wait."""
        self.held.append(seconds)
        self.together += 1
        self.most = max(self.most, self.together)
        await anyio.wait_all_tasks_blocked()
        self.together -= 1

    async def run(self) -> None:
        """The wrong passwords."""
        for n in range(TRIES_AN_ADDRESS):
            assert await self.tries(f"agent{n}", "un mauvais mot") is False
        self.held.clear()
        self.most = 0

    async def tries(self, name: str, password: str, address: str = "203.0.113.9") -> bool | None:
        """Whether the password opens; ``None`` when it isn't looked at."""
        try:
            return await self.desk.try_in(name, password, address) is not None
        except TooManyTries:
            return None


def test_where_many_names_were_guessed_a_name_never_wrong_still_opens_late(
    people: PeopleStore,
) -> None:
    async def office() -> None:
        spray = Spray(people)
        await spray.run()
        assert await spray.tries("claire", PASSWORD) is True
        assert spray.held == [LONGEST_HOLD_S]

    anyio.run(office)


@pytest.mark.parametrize("name", ["claire", "personne"])
def test_where_many_names_were_guessed_a_name_known_or_not_has_one_try(
    people: PeopleStore, name: str
) -> None:
    async def guess() -> None:
        spray = Spray(people)
        await spray.run()
        assert await spray.tries(name, "un mauvais mot") is False
        assert await spray.tries(name, PASSWORD) is None
        assert await spray.tries("agent0", PASSWORD) is None
        assert await spray.tries("claire", PASSWORD, "198.51.100.7") is True

    anyio.run(guess)


def test_guesses_sent_together_there_are_held_one_after_the_other(people: PeopleStore) -> None:
    outcomes: list[bool | None] = []

    async def guess() -> None:
        spray = Spray(people)
        await spray.run()

        async def one(name: str) -> None:
            outcomes.append(await spray.tries(name, "un mauvais mot"))

        async with anyio.create_task_group() as group:
            for n in range(3 * IN_LINE):
                group.start_soon(one, f"autre{n}")
        assert spray.most == 1

    anyio.run(guess)
    assert (outcomes.count(False), outcomes.count(None)) == (IN_LINE + 1, 2 * IN_LINE - 1)


def test_who_is_signed_in_feels_nothing_of_the_wrong_passwords_of_their_office(
    guarded: FastAPI, claire: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(_desk: SignInDesk, _name: str, _place: str) -> None:
        raise TooManyTries(60)

    monkeypatch.setattr(SignInDesk, "_check", shut)
    assert at(guarded).post("/connexion", data=FORM).status_code == 429
    assert claire.get("/documents").status_code == 200
    assert claire.post("/api/answers", json={"question": "Quand ?"}).status_code == 200


@pytest.mark.parametrize("name", ["claire", "personne"])
def test_a_known_name_is_held_and_refused_as_an_unknown_one(people: PeopleStore, name: str) -> None:
    seen: list[float | str] = []

    async def hold(seconds: float) -> None:
        seen.append(seconds)

    async def guess() -> None:
        desk = SignInDesk(Sessions(people, b"a" * 32), hold)
        for n in range(UNSLOWED + TRIES_A_NAME):
            try:
                await desk.try_in(name, "un mauvais mot", f"203.0.113.{n % 2}")
            except TooManyTries:
                seen.append("refusé")

    anyio.run(guess)
    assert seen == ["refusé"] * TRIES_A_NAME


@pytest.mark.parametrize("path", ["/", "/documents", "/documents/absent", "/api/documents"])
def test_nothing_shown_to_somebody_signed_in_is_kept(claire: TestClient, path: str) -> None:
    assert claire.get(path, headers=PAGE).headers["cache-control"] == "no-store"


def test_what_everybody_gets_may_be_kept(claire: TestClient) -> None:
    assert "immutable" in claire.get("/style.css").headers["cache-control"]
    assert claire.get("/seance/seance.js").headers["cache-control"] != "no-store"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://dehors.example/",
        "//dehors.example",
        "///dehors.example",
        "/\\dehors.example",
        "\\\\dehors.example",
        "/a\r\nSet-Cookie: a=b",
        "/\tdehors",
        "javascript:alert(1)",
        "dehors",
        "",
        "/connexion?suite=/",
        "/" + "a" * 3_000,
    ],
)
def test_nobody_is_led_outside_after_signing_in(visitor: TestClient, wanted: str) -> None:
    response = visitor.post("/connexion", data=FORM | {"suite": wanted})
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert local_path(wanted) == "/"


def test_a_local_address_is_kept_whole() -> None:
    wanted = "/documents/a%2Fb?debut=3&fin=9#p3"
    assert local_path(wanted) == wanted


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://dehors.example"},
        {"origin": "null"},
        {"origin": f"http://{HOST}:8080"},
        {"origin": f"http://{HOST}.dehors.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/connexion", "/deconnexion", "/api/answers"])
def test_a_foreign_page_cannot_post(claire: TestClient, headers: dict[str, str], path: str) -> None:
    response = claire.post(path, data=FORM, headers=headers)
    assert response.status_code == 403
    assert response.json()["error"] == {"code": "forbidden", "message": words.FOREIGN}


def test_who_reads_a_page_is_refused_by_a_page(claire: TestClient) -> None:
    headers = {"origin": "http://dehors.example", "accept": "text/html"}
    response = claire.post("/deconnexion", data=FORM, headers=headers)
    assert response.status_code == 403
    assert response.headers["content-type"].startswith("text/html")
    assert "Accès refusé" in response.text and words.FOREIGN in unescape(response.text)


def test_our_own_page_can_post(visitor: TestClient) -> None:
    own = {"origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}
    assert visitor.post("/connexion", data=FORM, headers=own).status_code == 303


def test_signing_out_ends_the_session_itself(guarded: FastAPI, claire: TestClient) -> None:
    kept = claire.cookies[COOKIE]
    assert "Se déconnecter" in claire.get("/deconnexion", headers=PAGE).text
    response = claire.post("/deconnexion")
    assert response.headers["location"] == "/connexion"
    assert "Max-Age=0" in response.headers["set-cookie"]
    thief = at(guarded)
    thief.cookies.set(COOKIE, kept)
    assert thief.get("/api/documents").status_code == 401


def test_signing_in_again_ends_the_session_before(guarded: FastAPI, claire: TestClient) -> None:
    before = claire.cookies[COOKIE]
    claire.post("/connexion", data=FORM)
    assert claire.cookies[COOKIE] != before
    other = at(guarded)
    other.cookies.set(COOKIE, before)
    assert other.get("/api/documents").status_code == 401


def test_a_session_expires(claire: TestClient, clock: Clock) -> None:
    assert claire.get("/api/documents").status_code == 200
    clock.now += SESSION_S
    assert claire.get("/api/documents").status_code == 401


def test_a_tampered_cookie_opens_nothing(guarded: FastAPI, claire: TestClient) -> None:
    forged = at(guarded)
    forged.cookies.set(COOKIE, claire.cookies[COOKIE][:-2] + "xx")
    assert forged.get("/api/documents").status_code == 401


def test_a_changed_password_closes_the_page(guarded: FastAPI, people: PeopleStore) -> None:
    people.add("dora", PASSWORD)
    dora = signed_in(guarded, "dora")
    people.change_password("dora", NEW_PASSWORD)
    assert dora.get("/", headers=PAGE).headers["location"].startswith("/connexion?suite=")


def test_the_way_out_is_in_the_navigation(claire: TestClient) -> None:
    for page in ("/", "/documents"):
        assert 'href="/deconnexion"' in claire.get(page, headers=PAGE).text


def test_one_person_never_reads_the_conversation_of_another(
    guarded: FastAPI, claire: TestClient
) -> None:
    call = {"data": ["Une question ?", None, False], "fn_index": 0, "session_hash": "partage"}
    assert claire.post("/gradio_api/queue/join", json=call).status_code == 200
    bruno = signed_in(guarded, "bruno")
    listening = bruno.get("/gradio_api/queue/data?session_hash=partage")
    assert listening.status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/gradio_api/queue/data?session_hash=partage", None),
        ("GET", "/gradio_api/heartbeat/partage", None),
        ("POST", "/gradio_api/queue/join", {"session_hash": "partage", "data": ["é"]}),
        ("POST", "/gradio_api/cancel", {"session_hash": "partage", "event_id": "a"}),
    ],
)
def test_a_chat_session_bears_the_mark_of_its_person(
    people: PeopleStore, method: str, path: str, body: dict[str, Any] | None
) -> None:
    sessions = Sessions(people, b"a" * 32)

    async def echo(scope: Any, receive: Any, send: Any) -> None:
        content = (await receive())["body"]
        seen = scope["path"].encode() + scope["query_string"] + content
        await PlainTextResponse(seen)(scope, receive, send)

    async def as_claire(scope: Any, receive: Any, send: Any) -> None:
        given = with_person(scope, Person("claire"), is_guarded=True)
        await OwnConversations(echo, sessions)(given, receive, send)

    seen = TestClient(as_claire).request(method, path, json=body).text
    assert f"{sessions.mark(Person('claire'))}partage" in seen
    assert sessions.mark(Person("claire")) != sessions.mark(Person("bruno"))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"[" * 60_000, b'{"session_hash": 3}', b"\xff"])
def test_an_unreadable_call_is_refused_as_before(claire: TestClient, body: bytes) -> None:
    assert claire.post("/gradio_api/queue/join", content=body).status_code == 422


def test_the_trusted_proxy_names_the_person(guarded: FastAPI) -> None:
    client = at(guarded, PROXY)
    named = [(b"X-Remote-User", "Élodie Martin".encode())]
    assert client.get("/api/documents", headers=named).status_code == 200
    page = client.get("/documents", headers=[*named, (b"Accept", b"text/html")])
    assert 'href="/deconnexion"' not in page.text
    assert "set-cookie" not in page.headers


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("198.51.100.7", [("X-Remote-User", "claire")]),
        ("198.51.100.7", [("X-Remote-User", "claire"), ("X-Forwarded-For", PROXY)]),
        (PROXY, [("X-Remote-User", "claire"), ("X-Remote-User", "bruno")]),
        (PROXY, [("X-Remote-User", " ")]),
        (PROXY, [("X-Remote-User", "a" * 201)]),
        (PROXY, []),
    ],
)
def test_nobody_else_names_a_person(
    guarded: FastAPI, address: str, headers: list[tuple[str, str]]
) -> None:
    assert at(guarded, address).get("/api/documents", headers=headers).status_code == 401


def test_a_foreign_host_is_refused_to_everybody(claire: TestClient) -> None:
    assert claire.get("/api/documents", headers={"host": "dehors.example"}).status_code == 400


def test_accounts_that_cannot_be_read_let_nobody_in(tmp_path: Path, store: FeedbackStore) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError

    broken = tmp_path / "people.sqlite"
    broken.write_bytes(b"pas une base" * 200)
    sessions = Sessions(PeopleStore(broken), b"a" * 32)
    client = TestClient(AccessDoor(app, sessions, Rate(0, 60)))
    client.cookies.set(COOKIE, sessions._signer.sign("a").decode())
    response = client.get("/documents", headers=PAGE)
    assert (response.status_code, str(broken) in response.text) == (500, False)


def test_somebody_signed_in_is_slowed_on_the_page_of_sessions(
    people: PeopleStore, store: FeedbackStore
) -> None:
    settings = SETTINGS.model_copy(update={"rate_per_minute": 2})
    claire = signed_in(create_app(FakeAssistant(), settings, store, people=people), "claire")
    asked = "/seance?theme=contractualisation"
    answers = [claire.get(asked, headers=PAGE) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Trop de demandes en peu de temps" in answers[-1].text
    assert int(answers[-1].headers["retry-after"]) > 0


def test_no_server_starts_for_others_without_account(tmp_path: Path, store: FeedbackStore) -> None:
    settings = ServerSettings(host="0.0.0.0", allowed_hosts=HOST)
    with pytest.raises(InvalidRequest, match="reperes users add"):
        create_app(FakeAssistant(), settings, store, people=PeopleStore(tmp_path / "p.sqlite"))


def test_this_machine_needs_no_account_and_gets_no_cookie(client: TestClient) -> None:
    for path in ("/", "/documents", "/api/documents", "/style.css"):
        response = client.get(path, headers=PAGE)
        assert response.status_code == 200
        assert "set-cookie" not in response.headers
        assert "/deconnexion" not in response.text
    assert client.get("/connexion", follow_redirects=False).headers["location"] == "/"


def test_this_machine_has_no_limit(client: TestClient) -> None:
    statuses = {client.post("/api/answers", json={"question": "a"}).status_code for _ in range(70)}
    assert statuses == {200}
