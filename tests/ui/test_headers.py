from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.ui.fakes import FakeAssistant
from ui import texts
from ui.headers import BODY_BYTES, SECURITY_HEADERS, french_page


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/api/health"),
        ("GET", "/api/documents"),
        ("GET", "/api/absent"),
        ("POST", "/api/answers"),
        ("GET", "/openapi.json"),
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


@pytest.mark.parametrize("path", ["/assets/absent.js", "/static/../../etc/passwd"])
def test_an_error_of_gradio_is_french_json(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (403, 404)
    assert response.json()["error"]["message"].endswith(".")


@pytest.mark.parametrize("path", ["/api/answers", "/gradio_api/queue/join"])
def test_a_large_body_is_refused(client: TestClient, path: str) -> None:
    response = client.post(path, content=b"a" * (BODY_BYTES + 1))
    assert response.status_code == 413
    assert response.json()["error"] == {"code": "too_large", "message": texts.HTTP_MESSAGES[413]}


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
    assert shown.endswith("</head><body>é</body></html>")
