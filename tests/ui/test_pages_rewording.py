"""A session whose key points a model rewords, and what a session costs who asks for it."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant import prompting
from assistant.assembly import build_writer
from assistant.settings import WriterSettings
from assistant.teaching.pack import Order, Pack
from assistant.teaching.saving import from_json
from tests.model_server import ModelServer, status
from tests.packs import DEADLINE, SIGNED, VISITED, pack
from tests.ui.fakes import FakeAssistant
from tests.ui.registers import registers
from tests.ui.test_pages_preparing import ASKED, SECOND, fields, pressed
from ui import texts
from ui.access.door import AccessDoor
from ui.access.limiting import Rate
from ui.exporting.numbering import in_order
from ui.pages.preparing import NOT_REWORDED
from ui.pages.site import add_pages

SAME = "Au plus tard le 15 octobre 2021, les contrats de 2021 sont signés."
CALL = r'debut=(\d+)[^>]*>\[<span class="hors-ecran">source </span>(\d+)'
OFFER = "Reformuler les points clés"


class Sample(FakeAssistant):
    """Makes the sample pack with two points, each proved by its own quote."""

    def pack(self, order: Order, progress: Any = None) -> Pack:
        self.orders.append(order)
        return replace(pack(), order=order, points=(SIGNED, VISITED))


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer().running() as one:
        yield one


@pytest.fixture
def fake(server: ModelServer) -> FakeAssistant:
    made = Sample()
    made.registers.rows = registers()
    settings = WriterSettings(model="essai", model_url=server.url, model_timeout_s=5.0)
    made.writer = build_writer(settings)
    return made


@pytest.fixture
def app(fake: FakeAssistant) -> FastAPI:
    made = FastAPI()
    add_pages(made, fake)
    return made


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app)


def read(page: str) -> str:
    return html.unescape(page).replace("\u00a0", " ")


def reply() -> str:
    return f"{SAME} [k:{prompting.key_of(pack().citations[0])}]"


def test_without_a_model_nothing_is_offered(client: TestClient, fake: FakeAssistant) -> None:
    assert OFFER in client.get(ASKED).text
    fake.writer = None
    shown = client.get(ASKED + "&reformuler=oui").text
    assert "reformul" not in shown.partition('id="points"')[2].lower()


def test_a_reworded_point_says_so_beside_the_words_of_its_source(
    client: TestClient, server: ModelServer
) -> None:
    server.will(reply())
    shown = pressed(client, client.get(ASKED).text, "reformuler")
    points = read(shown.partition('id="points"')[2].partition('id="timeline"')[0])
    assert SAME in points and f"Phrase d'origine : « {DEADLINE} »" in points
    assert texts.REWORDED.replace("\u00a0", " ") in points
    assert "1 point reformulé sur 2" in points


def test_a_reworded_session_keeps_its_words_and_asks_the_model_once(
    client: TestClient, server: ModelServer
) -> None:
    server.will(reply())
    shown = pressed(client, client.get(ASKED).text, "reformuler")
    asked = len(server.asked)
    moved = pressed(client, shown, f"down:points:{SIGNED.id}")
    saved = client.post("/seance/fichier", data=fields(moved) | {"format": "json"})
    assert [point.text for point in from_json(saved.text).points] == [VISITED.text, SAME]
    assert len(server.asked) == asked
    assert SAME not in read(pressed(client, moved, "origine"))


def test_a_model_that_fails_is_said_and_leaves_the_words_of_the_texts(
    client: TestClient, server: ModelServer
) -> None:
    server.will(status(500))
    asked = fields(client.get(ASKED).text)
    shown = client.post("/seance", data=asked | {"faire": "reformuler"}).text
    assert NOT_REWORDED in html.unescape(shown)
    assert DEADLINE in read(shown) and "reformuler" not in fields(shown)


def test_what_a_model_says_wrong_is_never_shown(client: TestClient, server: ModelServer) -> None:
    wrong = reply().replace("15 octobre", "17 octobre")
    server.will(wrong, wrong)
    asked = fields(client.get(ASKED).text)
    shown = client.post("/seance", data=asked | {"faire": "reformuler"}).text
    assert "17 octobre" not in read(shown)


def behind(app: FastAPI, uses: int) -> TestClient:
    """A client that may use the pages so often in a minute."""
    door = AccessDoor(app, None, Rate(uses, 60))
    return TestClient(door, base_url="http://localhost", client=("10.0.0.9", 1))


def test_each_item_drawn_again_counts_as_a_session_made(app: FastAPI) -> None:
    client = behind(app, 6)
    asked = fields(client.get(ASKED).text)
    again = {"do": "again", "part": "quiz", "id": SECOND}
    asked |= {"modifications": json.dumps([again] * 3)}
    assert client.post("/seance", data=asked).status_code == 200  # one more, and three drawn
    assert client.post("/seance", data=asked).status_code == 200  # all of it is known
    refused = client.post("/seance", data=asked)
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0


def test_draws_over_the_rate_are_refused_in_the_middle(app: FastAPI) -> None:
    client = behind(app, 4)
    asked = fields(client.get(ASKED).text)
    again = {"do": "again", "part": "quiz", "id": SECOND}
    asked |= {"modifications": json.dumps([again] * 3)}
    refused = client.post("/seance", data=asked)
    assert refused.status_code == 429 and "Trop de demandes" in refused.text
    assert int(refused.headers["retry-after"]) > 0


def test_each_point_that_a_model_is_asked_about_counts(app: FastAPI, server: ModelServer) -> None:
    server.will(reply())
    client = behind(app, 3)
    asked = fields(client.get(ASKED).text)
    refused = client.post("/seance", data=asked | {"faire": "reformuler"})
    assert (refused.status_code, server.asked) == (429, [])


def test_page_quiz_and_files_number_a_source_alike(client: TestClient, fake: FakeAssistant) -> None:
    fake.writer = None
    page = client.get(ASKED).text
    files = in_order(Sample().pack(pack().order))
    quiz = client.get(ASKED.replace("/seance", "/seance/quiz") + "&verifier=1&q1=1").text
    for shown, wanted in ((page, {1, 2, 3}), (quiz, set(files.quiz[0].key.citations))):
        for n, at in re.findall(
            r'debut=(\d+)[^>]*>\[<span class="hors-ecran">source </span>(\d+)', shown
        ):
            assert files.citations[int(at) - 1].start == int(n)
        called = {int(n) for n in re.findall(r"source </span>(\d+)<", shown)}
        assert wanted <= called
