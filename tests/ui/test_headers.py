import asyncio
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from evals.feedback import FeedbackStore
from tests.ui.fakes import FakeAssistant
from ui import texts
from ui.chat import build_chat
from ui.gate import ChatDoor, ChatGate, french_page
from ui.headers import BODY_BYTES, SECURITY_HEADERS
from ui.pages.navigation import nav_html


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/api/health"),
        ("GET", "/api/documents"),
        ("GET", "/api/absent"),
        ("POST", "/api/answers"),
        ("GET", "/openapi.json"),
        ("GET", "/documents"),
        ("GET", "/documents/absent"),
        ("GET", "/style.css"),
        ("GET", "/theme.css"),
        ("GET", "/favicon.ico"),
        ("GET", "/static/js/iframeResizer.contentWindow.min.js"),
        ("GET", "/assets/absent.js"),
        ("POST", "/gradio_api/queue/join"),
        ("GET", "/config"),
        ("POST", "/gradio_api/upload"),
        ("DELETE", "/"),
    ],
)
def test_every_response_carries_the_security_headers(
    client: TestClient, method: str, path: str
) -> None:
    headers = client.request(method, path).headers
    for name, value in SECURITY_HEADERS.items():
        assert headers[name] == value


def test_a_crash_carries_the_security_headers(client: TestClient, fake: FakeAssistant) -> None:
    fake.error = RuntimeError("non")
    response = client.post("/api/answers", json={"question": "a"})
    assert response.status_code == 500
    assert response.headers["x-content-type-options"] == "nosniff"


def test_answers_are_never_cached(client: TestClient) -> None:
    assert client.get("/api/health").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/config",
        "/config/",
        "/monitoring",
        "/monitoring/summary",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/runs",
        "/gradio_api/proxy=https://a.hf.space/",
        "/gradio_api/deep_link",
        "/login",
        "/logout",
        "/manifest.json",
        "/pwa_icon",
        "/gradio_api/app_id",
        "/gradio_api/call/answer/x",
    ],
)
def test_what_the_page_does_not_need_stays_shut(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["message"] == texts.HTTP_MESSAGES[404]


def test_nothing_can_be_uploaded(client: TestClient) -> None:
    response = client.post("/gradio_api/upload", files={"files": ("a.txt", b"a")})
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("path", "status"), [("/assets/absent.js", 404), ("/assets/%2e%2e/%2e%2e/etc/passwd", 403)]
)
def test_an_error_of_gradio_is_french_json(client: TestClient, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.json()["error"]["message"] == texts.HTTP_MESSAGES[status]


@pytest.mark.parametrize("path", ["/api/answers", "/gradio_api/queue/join"])
def test_a_large_body_is_refused(client: TestClient, path: str) -> None:
    response = client.post(path, content=b"a" * (BODY_BYTES + 1))
    assert response.status_code == 413
    assert response.json()["error"] == {"code": "too_large", "message": texts.HTTP_MESSAGES[413]}


@pytest.mark.parametrize("path", ["/connexion", "/seance", "/documents"])
def test_a_large_body_sent_to_a_page_is_refused_by_a_page(client: TestClient, path: str) -> None:
    headers = {"accept": "text/html"}
    response = client.post(path, content=b"a" * (BODY_BYTES + 1), headers=headers)
    assert response.status_code == 413
    assert response.headers["content-type"].startswith("text/html")
    assert "Envoi trop volumineux" in response.text
    assert texts.HTTP_MESSAGES[413] in unescape(response.text)


def test_a_large_body_without_a_length_is_refused(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(70):
            yield b"a" * 1024

    assert client.post("/api/answers", content=parts()).status_code == 413


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "a:80"])
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/api/health", headers={"host": host})
    expected = 200 if host == "localhost." else 400
    assert response.status_code == expected
    if expected == 400:
        assert response.json()["error"] == {"code": "bad_request", "message": texts.BAD_HOST}


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1", "[::1]:7860", "LOCALHOST"])
def test_this_machine_is_let_in(client: TestClient, host: str) -> None:
    assert client.get("/api/health", headers={"host": host}).status_code == 200


def test_the_page_is_french_and_asks_nothing_outside(client: TestClient) -> None:
    page = client.get("/", headers={"accept-encoding": "gzip, br"}).text
    assert '<html\n\tlang="fr"' in page
    assert "<title>Repères</title>" in page
    assert "og:image" not in page
    assert 'rel="manifest"' not in page
    assert client.head("/").status_code == 200


def test_a_page_without_surprise_is_left_whole() -> None:
    page = '<html lang="en"><head><meta name="viewport" content="a"></head><body>é</body></html>'
    shown = french_page(page)
    assert '<meta name="viewport" content="a">' in shown
    assert shown.endswith(
        f'</head><body><header class="haut">{nav_html("/")}</header>é</body></html>'
    )


SECRET = "SECRETQ Marie 06 12 34 56 78"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"data": [SECRET]}, 422),
        ({"data": [SECRET, None]}, 422),
        ({"data": [SECRET, None, "oui"]}, 422),
        ({"data": [SECRET, None, False, None]}, 422),
        ({"data": SECRET}, 422),
        ({"data": [{"path": SECRET}, None, False]}, 422),
        ({"session_hash": None}, 422),
        ({"session_hash": SECRET}, 422),
        ({"fn_index": None}, 422),
        ({"fn_index": True}, 422),
        ({"fn_index": "0"}, 422),
        ({"fn_index": 999}, 404),
        ({"fn_index": -1}, 404),
        ({"fn_index": 98}, 404),
    ],
)
def test_a_call_that_the_chat_cannot_make_never_reaches_gradio(
    client: TestClient, capfd: pytest.CaptureFixture[str], change: dict[str, Any], status: int
) -> None:
    call = {"data": [SECRET, None, False], "fn_index": 0, "session_hash": "pp"} | change
    response = client.post("/gradio_api/queue/join", json=call)
    assert response.status_code == status
    error = response.json()["error"]
    assert error["code"] == texts.CODES[status]
    assert error["message"] in (texts.HTTP_MESSAGES[422], texts.UNKNOWN_ACTION)
    assert "SECRETQ" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"[" * 60_000, b"\xff"])
def test_a_call_that_is_no_object_is_refused(client: TestClient, body: bytes) -> None:
    assert client.post("/gradio_api/queue/join", content=body).status_code == 422


def test_a_question_of_the_page_reaches_gradio(client: TestClient) -> None:
    call = {"data": ["Une question ?", None, False], "fn_index": 0, "session_hash": "page1"}
    response = client.post("/gradio_api/queue/join", json=call)
    assert response.status_code == 200
    assert "event_id" in response.json()


def test_gradio_itself_never_prints_a_question(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, store: FeedbackStore
) -> None:
    async def call() -> None:
        blocks = build_chat(FakeAssistant(), store)
        with pytest.raises(Exception, match=r"erreur technique") as raised:
            await blocks.process_api(0, [SECRET])
        assert raised.value.__context__ is None
        assert getattr(raised.value, "print_exception", True) is False

    asyncio.run(call())
    assert "error=ValueError" in caplog.text
    assert "SECRETQ" not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("query", ["?session_hash=zz", "", "?session_hash="])
def test_an_unknown_session_has_no_events(client: TestClient, query: str) -> None:
    response = client.get(f"/gradio_api/queue/data{query}")
    assert response.status_code == 404
    assert response.json()["error"] == {"code": "not_found", "message": texts.UNKNOWN_SESSION}


def test_a_session_that_ends_in_the_middle_ends_its_body(caplog: pytest.LogCaptureFixture) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"data: {}", "more_body": True})
        raise RuntimeError(SECRET)

    gate = ChatGate(app, ChatDoor(has_session=lambda session: session == "zz"))
    response = TestClient(gate).get("/gradio_api/queue/data?session_hash=zz")
    assert (response.status_code, response.text) == (200, "data: {}")
    assert "SECRETQ" not in caplog.text


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "https"},
        {"Forwarded": "host=evil.example"},
        {"X-Gradio-Server": "http://evil.example"},
    ],
)
def test_what_a_proxy_says_is_not_believed(client: TestClient, headers: dict[str, str]) -> None:
    page = client.get("/", headers=headers).text
    assert "evil.example" not in page
    assert "https://localhost" not in page
    assert "http://localhost" in page
