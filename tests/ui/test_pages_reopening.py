"""A saved session once renewed opens in the page of a session just prepared, proved again."""

import base64
import html
import zlib
from dataclasses import replace
from datetime import date

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.teaching.pack import Note, Pack
from assistant.teaching.refreshing import Refresh
from assistant.teaching.saving import UnreadablePack, as_json, from_json
from tests.packs import AS_OF, pack
from tests.ui.fakes import CIRCULAR_ID, CIRCULAR_TEXT, DEADLINE, FakeAssistant
from tests.ui.registers import registers
from tests.ui.test_pages_preparing import fields, pressed, prompts
from ui.headers import PACK_BYTES
from ui.pages.reopening import folded, unfolded
from ui.pages.site import add_pages

INVENTED = "Tout est gratuit."


class Proving(FakeAssistant):
    """Takes what was invented out of a saved pack, as the real one does of what isn't proved."""

    def __init__(self) -> None:
        super().__init__()
        self.registers.rows = registers()
        self.renewals: list[tuple[Pack, date]] = []

    def renewed(self, saved: Pack, day: date) -> Refresh:
        """The saved pack less its invented points, as of the day."""
        self.renewals.append((saved, day))
        points = tuple(point for point in saved.points if point.text != INVENTED)
        return Refresh((), replace(saved, order=replace(saved.order, as_of=day), points=points))


@pytest.fixture
def fake() -> Proving:
    return Proving()


@pytest.fixture
def client(fake: Proving) -> TestClient:
    return TestClient(server(fake), raise_server_exceptions=False)


def server(fake: FakeAssistant) -> FastAPI:
    app = FastAPI()
    add_pages(app, fake)
    return app


def opened(client: TestClient, saved: Pack | None = None) -> str:
    """The page of a session whose file was given, then opened."""
    file = as_json(saved or pack()).encode()
    told = client.post("/seance/actualiser", files={"seance": ("a.json", file)})
    assert "Ouvrir et modifier la séance" in told.text
    page = client.post("/seance", data=fields(told.text))
    assert page.status_code == 200, page.text
    return page.text


def forged() -> Pack:
    """A pack with a point that nothing proves."""
    first, *others = pack().points
    return replace(pack(), points=(replace(first, text=INVENTED), *others))


def test_a_renewed_session_opens_in_the_page_of_a_new_one(client: TestClient) -> None:
    page = opened(client)
    for part in ("points", "timeline", "roles", "comparison", "cases", "quiz", "disputes", "notes"):
        assert f'id="{part}"' in page
    assert "Séance rouverte depuis son fichier" in page
    assert len(prompts(page)) == len(pack().quiz)


def test_what_was_reopened_is_moved_dropped_and_put_back(client: TestClient) -> None:
    page = opened(client)
    first, second, *rest = prompts(page)
    one, two = (item.id for item in pack().quiz[:2])
    moved = pressed(client, page, f"down:quiz:{one}")
    assert prompts(moved) == [second, first, *rest]
    dropped = pressed(client, moved, f"drop:quiz:{two}")
    assert prompts(dropped) == [first, *rest]
    assert prompts(pressed(client, dropped, "annuler")) == [second, first, *rest]


def test_what_was_reopened_takes_a_note_a_passage_and_another_question(
    client: TestClient, fake: Proving
) -> None:
    page = pressed(client, opened(client), "note", note="Prévoir le café.")
    start = CIRCULAR_TEXT.index(DEADLINE)
    place = f"{start}:{start + len(DEADLINE)}:{CIRCULAR_ID}"
    page = pressed(client, page, "ajouter", ajouter=place)
    page = pressed(client, page, f"again:quiz:{pack().quiz[1].id}")
    assert "Prévoir le café." in page and DEADLINE in html.unescape(page)
    assert prompts(page)[1].endswith("(2)")
    assert fake.orders == [replace(fake.renewals[0][0].order, as_of=date.today(), seed=2)]


def test_what_was_reopened_is_played_and_taken_away_with_its_changes(client: TestClient) -> None:
    page = pressed(client, opened(client), f"drop:quiz:{pack().quiz[0].id}")
    quiz = client.post("/seance/quiz", data=fields(page) | {"verifier": "2", "q2": "0"})
    assert 'class="verdict' in quiz.text and fields(quiz.text)["seance"] == fields(page)["seance"]
    assert client.post("/seance/quiz/feuille", data=fields(quiz.text)).status_code == 200
    saved = client.post("/seance/fichier", data=fields(page) | {"format": "json"})
    assert from_json(saved.text).quiz == from_json(as_json(pack())).quiz[1:]


def test_a_session_that_comes_back_is_proved_again_unless_this_server_proved_it(
    client: TestClient, fake: Proving
) -> None:
    page = pressed(client, opened(client, forged()), "note", note="Ma note.")
    assert len(fake.renewals) == 1 and INVENTED not in page
    other = Proving()  # the server was started again
    again = TestClient(server(other)).post("/seance", data=fields(page))
    assert prompts(again.text) == prompts(page) and "Ma note." in again.text
    assert [day for _saved, day in other.renewals] == [date.today()]


@pytest.mark.parametrize("path", ["/seance", "/seance/quiz", "/seance/quiz/feuille"])
def test_nothing_forged_in_the_page_s_form_is_believed(
    client: TestClient, fake: Proving, path: str
) -> None:
    page = client.post(path, data={"seance": folded(forged()), "modifications": "[]"})
    assert page.status_code == 200 and INVENTED not in page.text
    assert fake.renewals[0][1] == AS_OF


def test_a_forged_day_to_come_is_no_later_than_today(client: TestClient, fake: Proving) -> None:
    late = replace(pack(), order=replace(pack().order, as_of=date(2099, 1, 1)))
    client.post("/seance", data={"seance": folded(late)})
    assert fake.renewals[0][1] == date.today()


@pytest.mark.parametrize("line", ["x", "é", "AAAA", "eJw", folded(pack())[:-40], "." * 30_000])
def test_what_is_no_session_is_one_french_error(client: TestClient, line: str) -> None:
    page = client.post("/seance", data={"seance": line})
    assert page.status_code == 400
    assert "n'a pas pu être relue" in html.unescape(page.text)


def test_a_line_that_unfolds_to_more_than_a_file_may_hold_is_refused() -> None:
    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * (PACK_BYTES + 2), 9)).decode()
    with pytest.raises(UnreadablePack):
        unfolded(bomb.rstrip("="))
    assert unfolded(folded(pack())) == from_json(as_json(pack()))


def test_what_no_form_could_send_is_told_and_not_folded(client: TestClient) -> None:
    words = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(20_000))  # nothing to shorten
    notes = tuple(Note(f"note:{n}", words[n * 900 : n * 900 + 900]) for n in range(22))
    file = as_json(replace(pack(), notes=notes)).encode()
    told = client.post("/seance/actualiser", files={"seance": ("a.json", file)})
    assert told.status_code == 413
    assert "trop longue pour la page" in html.unescape(told.text)
