import asyncio
import json
import threading
from datetime import date
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from corpus.errors import InvalidRequest
from tests.ui.fakes import CIRCULAR_ID, PRESS_ID, TODAY, FakeAssistant, answered
from ui import texts

QUESTION = "À quelle date signer les contrats de 2021 ?"


def error_of(response: Any) -> tuple[int, str, str]:
    body = response.json()
    assert list(body) == ["error"]
    assert list(body["error"]) == ["code", "message"]
    return response.status_code, body["error"]["code"], body["error"]["message"]


def test_an_answer_is_the_json_of_the_contract(client: TestClient) -> None:
    response = client.post("/api/answers", json={"question": QUESTION, "as_of": "2026-11-21"})
    assert response.status_code == 200
    assert response.json() == answered(QUESTION).as_dict()
    assert "À quelle date" in response.text


def test_every_field_reaches_the_assistant(client: TestClient, fake: FakeAssistant) -> None:
    frame = {
        "exercices": [2020],
        "departement": "18",
        "text": CIRCULAR_ID,
        "cohort": None,
        "assumed": [],
    }
    client.post(
        "/api/answers",
        json={
            "question": "  Et ensuite ?  ",
            "as_of": "2024-02-01",
            "exercices": [2021, 2022],
            "departement": "2A",
            "cohort": "2020",
            "kinds": ["circulaire"],
            "include": ["a/b"],
            "exclude": ["c"],
            "mode": "written",
            "history": [{"question": "Avant ?", "answer_id": "a0", "frame": frame}],
        },
    )
    (request,) = fake.requests
    assert request.question == "Et ensuite ?"
    assert request.as_of == date(2024, 2, 1)
    assert (request.exercices, request.departement, request.cohort) == ((2021, 2022), "2A", "2020")
    assert (request.kinds, request.include, request.exclude) == (("circulaire",), ("a/b",), ("c",))
    assert request.mode == "written"
    (turn,) = request.history
    assert (turn.question, turn.answer_id, turn.exercices) == ("Avant ?", "a0", (2020,))
    assert (turn.departement, turn.text) == ("18", CIRCULAR_ID)


def test_as_of_defaults_to_today(client: TestClient, fake: FakeAssistant) -> None:
    client.post("/api/answers", json={"question": QUESTION})
    assert fake.requests[0].as_of == date.today()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("question", ""),
        ("question", " \t\n "),
        ("question", "a" * 2001),
        ("question", 3),
        ("question", None),
        ("as_of", "21/11/2026"),
        ("as_of", "2026-02-30"),
        ("as_of", 1),
        ("as_of", "1999-12-31"),
        ("as_of", "2101-01-01"),
        ("exercices", [2006]),
        ("exercices", [2101]),
        ("exercices", ["2021"]),
        ("exercices", [True]),
        ("exercices", 2021),
        ("kinds", ["roman"]),
        ("include", [""]),
        ("exclude", "a"),
        ("history", [{"question": "a"}] * 21),
        ("history", "a"),
        ("history", ["a"]),
        ("history", [{"question": "a", "frame": {"departement": "999"}}]),
        ("mode", "inventive"),
        ("departement", ""),
        ("departement", "999"),
        ("departement", "Cher"),
        ("cohort", "a" * 21),
        ("cohort", "<script>"),
        ("cohort", "deux"),
        ("cohort", "²"),
        ("cohort", "٢٠٢٠"),
        ("cohort", "2020.5"),
        ("cohort", "1999"),
        ("cohort", ""),
        ("history", [{"question": "a", "frame": {"cohort": "deux"}}]),
    ],
)
def test_a_wrong_field_is_one_french_sentence(client: TestClient, field: str, value: Any) -> None:
    response = client.post("/api/answers", json={"question": QUESTION} | {field: value})
    assert error_of(response) == (422, "invalid_request", texts.INVALID_FIELDS[field])


def test_the_longest_question_is_counted_after_trimming(client: TestClient) -> None:
    response = client.post("/api/answers", json={"question": f"  {'a' * 2000}  "})
    assert response.status_code == 200


def test_an_unknown_field_is_named(client: TestClient) -> None:
    response = client.post("/api/answers", json={"question": QUESTION, "k": 5})
    assert error_of(response)[2] == texts.unknown_field("k")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"{", texts.INVALID_JSON),
        (b"", texts.BODY_NOT_OBJECT),
        (b"[]", texts.BODY_NOT_OBJECT),
        (b'"a"', texts.BODY_NOT_OBJECT),
        (b"null", texts.BODY_NOT_OBJECT),
        (b"{}", texts.QUESTION_LENGTH),
    ],
)
def test_a_body_that_is_no_request_is_refused(
    client: TestClient, body: bytes, message: str
) -> None:
    response = client.post(
        "/api/answers", content=body, headers={"content-type": "application/json"}
    )
    assert error_of(response) == (422, "invalid_request", message)


@pytest.mark.parametrize("body", [b"\xff\xfe{", b"[" * 60_000])
def test_bytes_that_break_a_parser_are_refused(client: TestClient, body: bytes) -> None:
    response = client.post(
        "/api/answers", content=body, headers={"content-type": "application/json"}
    )
    assert error_of(response)[0] in (400, 422)


@pytest.mark.parametrize("question", ["\\ud800 seul", "a\\u0000b", "\\u202eretourné", "\\u007f x"])
def test_strange_characters_are_answered(
    client: TestClient, fake: FakeAssistant, question: str
) -> None:
    response = client.post(
        "/api/answers",
        content=f'{{"question": "{question}"}}'.encode(),
        headers={"content-type": "application/json"},
    )
    assert response.status_code == 200
    fake.requests[0].question.encode("utf-8")


def test_events_come_in_order_and_end_with_the_answer(client: TestClient) -> None:
    response = client.post(
        "/api/answers", json={"question": QUESTION}, headers={"accept": "text/event-stream"}
    )
    assert response.headers["content-type"].startswith("text/event-stream")
    events = read_events(response.text)
    assert [name for name, _ in events] == ["step", "step", *["sentence"] * 3, "answer"]
    assert events[0][1] == "Je cherche dans les documents…"
    assert events[2][1] == answered().as_dict()["claims"][0]
    assert events[-1][1] == answered(QUESTION).as_dict()
    assert "vérifie" in response.text


def test_an_error_ends_the_stream_as_an_event(client: TestClient, fake: FakeAssistant) -> None:
    fake.error = RuntimeError("secret")
    response = client.post(
        "/api/answers", json={"question": QUESTION}, headers={"accept": "text/event-stream"}
    )
    name, value = read_events(response.text)[-1]
    assert name == "error"
    assert value == {"error": {"code": "internal", "message": texts.HTTP_MESSAGES[500]}}


def read_events(text: str) -> list[tuple[str, Any]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [
        (lines[0].removeprefix("event: "), json.loads(lines[1].removeprefix("data: ")))
        for lines in blocks
    ]


def test_a_known_error_says_its_message(client: TestClient, fake: FakeAssistant) -> None:
    fake.error = InvalidRequest("La question est mal posée.")
    response = client.post("/api/answers", json={"question": QUESTION})
    assert error_of(response) == (400, "bad_request", "La question est mal posée.")


def test_a_crash_tells_nothing(
    client: TestClient, fake: FakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    fake.error = RuntimeError("mon secret")
    response = client.post("/api/answers", json={"question": "Question privée"})
    assert error_of(response) == (500, "internal", texts.HTTP_MESSAGES[500])
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text
    assert "privée" not in caplog.text


def test_a_slow_answer_blocks_nobody(
    app: FastAPI, fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    monkeypatch.setattr(fake, "answer", lambda r: released.wait(10) and answered(r.question))

    async def both() -> tuple[int, int]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
            slow = asyncio.create_task(http.post("/api/answers", json={"question": QUESTION}))
            await asyncio.sleep(0.05)
            quick = await http.get("/api/health")
            assert not slow.done()
            released.set()
            return quick.status_code, (await slow).status_code

    assert asyncio.run(both()) == (200, 200)


def test_documents_are_listed_without_their_text(client: TestClient) -> None:
    rows = client.get("/api/documents").json()["documents"]
    assert [row["id"] for row in rows] == [CIRCULAR_ID, PRESS_ID, "hostile"]
    first = rows[0]
    assert first["kind"] == first["authority"] == "circulaire"
    assert first["origin"] == "summary"
    assert first["signed_on"] == "2021-04-01"
    assert first["exercices"] == [2021]
    assert first["sources_count"] == 3
    assert first["checked_on"] == TODAY.isoformat()
    assert "text" not in first


def test_a_document_shows_its_structure_and_proofs(client: TestClient) -> None:
    document = client.get(f"/api/documents/{CIRCULAR_ID}").json()
    section, anchor = document["sections"][0], document["anchors"][0]
    assert section["heading_path"] == ["Circulaire", "Calendrier"]
    assert document["text"][section["start"] : section["end"]].startswith("Les contrats")
    assert (anchor["facts"], anchor["confidence"], anchor["evidence"]) == (
        ["F084"],
        "several",
        "press",
    )
    assert anchor["sources"] == ["DIR21", "BDT21"]
    assert document["sources"][0]["publisher"] == "Direction[s]"
    assert document["blocks"][0] == {"kind": "heading", "start": 0, "end": 28, "level": 1}
    assert document["relations"] == [{"kind": "complète", "target": "circulaire-2020-34"}]


@pytest.mark.parametrize("path", ["presse/localtis 2021", "presse%2Flocaltis%202021"])
def test_an_id_may_hold_a_slash(client: TestClient, path: str) -> None:
    assert client.get(f"/api/documents/{path}").json()["id"] == PRESS_ID


def test_an_unknown_document_is_not_found(client: TestClient) -> None:
    response = client.get("/api/documents/absent/ici")
    assert error_of(response) == (404, "not_found", texts.unknown_document("absent/ici"))


@pytest.mark.parametrize("path", ["/api/documents/", "/api/documents/%20"])
def test_a_document_without_an_id_is_not_found(client: TestClient, path: str) -> None:
    assert error_of(client.get(path)) == (404, "not_found", texts.NO_DOCUMENT_ID)


def test_the_glossary_lists_each_word_with_its_forms(client: TestClient) -> None:
    rows = {row["id"]: row for row in client.get("/api/glossary").json()["entries"]}
    assert len(rows) >= 200
    assert rows["ase"]["term"] == "aide sociale à l'enfance"
    assert rows["ase"]["forms"] == ["aide sociale à l'enfance", "ASE"]
    assert all(row["definition"] for row in rows.values())


def test_a_word_names_a_document_only_when_it_is_indexed(client: TestClient) -> None:
    rows = {row["id"]: row for row in client.get("/api/glossary").json()["entries"]}
    assert rows["circulaire-2021"]["document_id"] == CIRCULAR_ID
    assert rows["loi-taquet"]["document_id"] is None


@pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31"])
def test_the_first_and_last_day_are_accepted(client: TestClient, day: str) -> None:
    response = client.post("/api/answers", json={"question": QUESTION, "as_of": day})
    assert response.status_code == 200


def test_health_says_what_answers(client: TestClient) -> None:
    health = client.get("/api/health").json()
    assert health["status"] == "ok"
    assert health["corpus_checked_on"] == "2026-11-21"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/api", 404),
        ("GET", "/docs", 404),
        ("GET", "/redoc", 404),
        ("GET", "/api/answers", 405),
        ("DELETE", "/api/documents", 405),
        ("POST", "/api/documents/a", 405),
        ("POST", "/", 405),
        ("PUT", "/api/health", 405),
    ],
)
def test_a_wrong_address_or_method_is_said_in_french(
    client: TestClient, method: str, path: str, status: int
) -> None:
    response = client.request(method, path)
    assert error_of(response) == (status, texts.CODES[status], texts.HTTP_MESSAGES[status])


def test_the_openapi_description_is_french_and_whole(client: TestClient) -> None:
    api = client.get("/openapi.json").json()
    assert api["info"]["title"] == "Repères"
    assert set(api["paths"]) == {
        "/api/answers",
        "/api/answers/{answer_id}/feedback",
        "/api/documents",
        "/api/documents/{document_id}",
        "/api/glossary",
        "/api/health",
    }
    for path in api["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"]
    assert "HTTPValidationError" not in json.dumps(api["paths"])
