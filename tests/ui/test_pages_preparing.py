"""« Préparer une séance »: the form, the session and its changes, its files, the quiz."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from assistant.teaching.saving import as_json, from_json
from assistant.teaching.schedule import TITLES
from assistant.teaching.themes import find_theme
from corpus.errors import IndexUnusable, InvalidRequest
from tests.packs import pack
from tests.ui.browsing import WCAG, served
from tests.ui.fakes import CIRCULAR_ID, CIRCULAR_TEXT, DEADLINE, FakeAssistant
from tests.ui.registers import registers
from ui.exporting.formats import FORMATS
from ui.headers import BODY_BYTES, PACK_BYTES, Guard
from ui.pages.bench import Bench
from ui.pages.site import add_pages, render_error

ASKED = "/seance?theme=contractualisation&exercice=2021&au=2022-06-01"
START = CIRCULAR_TEXT.index(DEADLINE)
PLACE = f"{START}:{START + len(DEADLINE)}:{CIRCULAR_ID}"
FIRST, SECOND = (item.id for item in pack().quiz[:2])
BAD = {
    "theme=inconnu": "Ce thème n'est pas dans la liste",
    "theme=&au=": "Choisissez un thème",
    "theme=contractualisation&exercice=1900": "Cet exercice n'est pas dans la liste",
    "theme=contractualisation&minutes=5": "va de 30 à 420",
    "theme=contractualisation&minutes=٣٠": "va de 30 à 420",
    "theme=contractualisation&au=hier": "Donnez une date",
    "theme=contractualisation&public=chats": "Ce public",
    "theme=contractualisation&groupe=0": "va de 1 à 99",
    "question=" + "a" * 2_001: "au plus 2000 caractères",
    "theme=contractualisation&modifications={": "repartez du formulaire",
    "theme=contractualisation&modifications=[{%22do%22:%22prove%22}]": "repartez du formulaire",
    "theme=contractualisation&modifications=" + "[" * 40_001: "trop modifiée",
}


@pytest.fixture
def fake() -> FakeAssistant:
    made = FakeAssistant()
    made.registers.rows = registers()
    return made


@pytest.fixture
def app(fake: FakeAssistant) -> FastAPI:
    made = FastAPI()
    add_pages(made, fake)
    return made


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


def fields(page: str) -> dict[str, str]:
    """What the page's form gives back."""
    found = re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def pressed(client: TestClient, page: str, doing: str, **given: Any) -> str:
    """The page that a button of the session leads to."""
    answer = client.post("/seance", data=fields(page) | {"faire": doing} | given)
    assert answer.status_code == 200, answer.text
    return answer.text


def prompts(page: str) -> list[str]:
    """The questions of the quiz, in their order."""
    quiz = page.partition('id="quiz"')[2].partition('id="disputes"')[0]
    return re.findall(r'<p class="titre">(.*?)</p>', quiz)


def test_a_session_is_asked_for_from_the_form(client: TestClient, fake: FakeAssistant) -> None:
    assert "Préparer une séance" in client.get("/seance").text
    page = client.get(f"{ASKED}&public=élus&minutes=90&groupe=2").text
    order = fake.orders[0]
    assert (order.theme, order.exercice, order.audience) == ("contractualisation", 2021, "élus")
    assert (order.minutes, order.seed, order.as_of.isoformat()) == (90, 2, "2022-06-01")
    assert "La contractualisation, exercice 2021" in page
    assert "État au 1er\u00a0juin 2022" in html.unescape(page)


def test_a_free_question_goes_masked_and_before_the_theme(
    client: TestClient, fake: FakeAssistant
) -> None:
    client.get("/seance?theme=contractualisation&question=Que+dire+à+jean.dupont@exemple.fr+?")
    assert fake.orders[0].theme == ""
    assert "jean.dupont" not in fake.orders[0].question


def test_every_part_is_shown_and_every_call_leads_to_its_statement(client: TestClient) -> None:
    page = client.get(ASKED).text
    for part in ("points", "timeline", "roles", "comparison", "cases", "quiz", "disputes", "words"):
        assert f'id="{part}"' in page
    assert page.count(f'href="/documents/{CIRCULAR_ID}?debut={START}') > 3
    assert "Résumé Repères, d&#39;après" in page
    assert "note de l'animateur, non vérifiée" in page
    assert "&lt;badges&gt; &amp; du café" in page


def test_parts_come_in_the_order_of_the_run_sheet(client: TestClient) -> None:
    page = client.get(ASKED).text
    places = [page.index(f'id="{block}"') for block in TITLES if f'id="{block}"' in page]
    assert len(places) == len(TITLES) - len(("welcome", "closing"))
    assert places == sorted(places) and places[-1] < page.index('id="evaluation"')


@pytest.mark.parametrize(("query", "said"), BAD.items())
def test_a_bad_field_is_said_in_french_and_what_was_typed_stays(
    client: TestClient, query: str, said: str
) -> None:
    answer = client.get(f"/seance?{query}")
    assert answer.status_code == 400
    assert said in html.unescape(answer.text)
    assert 'role="alert"' in answer.text


def test_a_pack_that_cannot_be_made_says_why(client: TestClient, fake: FakeAssistant) -> None:
    fake.error = InvalidRequest("Rien n'est prouvé sur ce thème.")
    answer = client.get(ASKED)
    assert (answer.status_code, "Rien n&#39;est prouvé" in answer.text) == (400, True)
    fake.error = IndexUnusable("L'index n'est pas lisible.")
    assert client.get(ASKED).status_code == 503


def test_an_item_is_dropped_moved_and_the_last_change_undone(client: TestClient) -> None:
    page = client.get(ASKED).text
    first, second, *rest = prompts(page)
    moved = pressed(client, page, f"down:quiz:{FIRST}")
    assert prompts(moved) == [second, first, *rest]
    dropped = pressed(client, moved, f"drop:quiz:{SECOND}")
    assert prompts(dropped) == [first, *rest]
    assert prompts(pressed(client, dropped, "annuler")) == [second, first, *rest]


def test_one_question_is_drawn_again_with_another_seed(client: TestClient) -> None:
    page = client.get(ASKED).text
    once = pressed(client, page, f"again:quiz:{SECOND}")
    twice = pressed(client, once, f"again:quiz:{SECOND}")
    assert [prompts(one)[1][-3:] for one in (page, once, twice)] == ["(1)", "(2)", "(3)"]
    assert prompts(twice)[0] == prompts(page)[0]


def test_items_are_drawn_again_twenty_times_at_most(
    client: TestClient, fake: FakeAssistant
) -> None:
    again = {"do": "again", "part": "quiz", "id": SECOND}
    asked = fields(client.get(ASKED).text)
    for draws in (6, 12, 18, 20):
        asked |= {"modifications": json.dumps([again] * draws)}
        page = client.post("/seance", data=asked)
    assert (page.status_code, len(fake.orders)) == (200, 21)
    more = client.post("/seance", data=fields(page.text) | {"faire": f"again:quiz:{SECOND}"})
    assert more.status_code == 400
    assert "sert au plus 20 fois par séance" in html.unescape(more.text)
    assert (prompts(more.text), len(fake.orders)) == (prompts(page.text), 21)


def test_a_request_makes_few_packs_and_goes_on_when_it_is_sent_again(
    client: TestClient, fake: FakeAssistant
) -> None:
    again = {"do": "again", "part": "quiz", "id": SECOND}
    asked = fields(client.get(ASKED).text) | {"modifications": json.dumps([again] * 10)}
    first = client.post("/seance", data=asked)
    assert (first.status_code, len(fake.orders)) == (503, 7)
    assert "rechargez la page" in first.text
    assert client.post("/seance", data=asked).status_code == 200


@pytest.mark.parametrize("part", ["points", "timeline", "words", "notes", "comparison"])
def test_what_no_seed_changes_is_not_drawn(
    client: TestClient, fake: FakeAssistant, part: str
) -> None:
    page = client.get(ASKED).text
    answer = client.post("/seance", data=fields(page) | {"faire": f"again:{part}:x"})
    assert (answer.status_code, len(fake.orders)) == (400, 1)
    assert "Seuls un cas ou une question du quiz" in html.unescape(answer.text)


def test_a_note_is_the_trainers_own_and_acts_as_text(client: TestClient) -> None:
    page = pressed(client, client.get(ASKED).text, "note", note="<script>x</script> 12 M€")
    assert "&lt;script&gt;x&lt;/script&gt; 12 M€" in page
    shown = page.rpartition("&lt;script&gt;")[0].rpartition("<li")[2]
    assert "note de l'animateur, non vérifiée" in shown


def test_notes_that_no_form_could_send_are_refused_in_a_sentence(client: TestClient) -> None:
    page, note = client.get(ASKED).text, "é" * 1_000
    for _ in range(60):
        sent = fields(page) | {"faire": "note", "note": note}
        assert len(urlencode(sent)) <= BODY_BYTES
        answer = client.post("/seance", data=sent)
        page = answer.text
        if answer.status_code != 200:
            break
    assert answer.status_code == 400 and "trop modifiée" in html.unescape(page)
    assert len(json.loads(fields(page)["modifications"])) >= 5


@pytest.mark.parametrize("by", ["button", "changes"])
def test_a_note_holds_nothing_that_a_saved_session_refuses(client: TestClient, by: str) -> None:
    asked = fields(client.get(ASKED).text)
    note = "Pause\x02\x85à 10\u2028h\ufffe \x1bici\ttard"
    if by == "button":
        page = client.post("/seance", data=asked | {"faire": "note", "note": note}).text
    else:
        changes = json.dumps([{"do": "note", "text": note}])
        page = client.post("/seance", data=asked | {"modifications": changes}).text
    saved = client.post("/seance/fichier", data=fields(page) | {"format": "json"})
    assert from_json(saved.text).notes[-1].text == "Pause\nà 10\nh ici\ttard"


def test_a_question_holds_nothing_that_a_saved_session_refuses(
    client: TestClient, fake: FakeAssistant
) -> None:
    client.get("/seance", params={"question": "Qui\x02 signe\u2028le contrat ?"})
    assert fake.orders[0].question == "Qui signe le contrat ?"


@pytest.mark.parametrize("more", ["&au=hier", "&modifier=oui", "&minutes=5", "x" * 2_000])
def test_a_form_that_comes_back_is_masked(client: TestClient, more: str) -> None:
    typed = "Que dire à Mme Jeanne Dupont, 06 12 34 56 78 ?"
    page = html.unescape(client.get(f"/seance?question={typed}{more}").text)
    assert "Dupont" not in page and "06 12" not in page
    assert 'value="Que dire à ' in page and "[donnée masquée]" in page


def test_a_question_that_masking_lengthens_is_refused_at_once(client: TestClient) -> None:
    answer = client.get(f"/seance?question={'mots ' * 398}a@b.fr")
    assert answer.status_code == 400
    assert "au plus 2000 caractères" in html.unescape(answer.text)


@pytest.mark.parametrize(
    "place",
    ["²:5:loi", "٣:5:loi", "5:²:loi", "-1:5:loi", "1:" + "9" * 5_000 + ":loi", "1:2:", ":", ""],
)
def test_a_place_that_is_no_number_is_refused_in_french(client: TestClient, place: str) -> None:
    answer = client.get(f"{ASKED}&faire=ajouter&ajouter={place}")
    assert answer.status_code == 400
    assert "Un passage à ajouter n'a pas pu être lu." in html.unescape(answer.text)


def test_a_kept_passage_is_read_again_by_the_server(client: TestClient) -> None:
    page = client.get(ASKED).text
    added = pressed(client, page, "ajouter", ajouter=[PLACE, "0:5:absent"])
    points = added.partition('id="points"')[2].partition('id="timeline"')[0]
    assert DEADLINE in html.unescape(points)
    assert "Un passage ajouté n'est plus dans les documents" in html.unescape(added)
    assert [edit["id"] for edit in json.loads(fields(added)["modifications"])] == [CIRCULAR_ID]


def test_nothing_of_the_browser_is_shown_as_proved(client: TestClient) -> None:
    forged = json.dumps([{"do": "add", "id": CIRCULAR_ID, "end": 9, "text": "Tout est gratuit."}])
    page = client.get("/seance", params={"theme": "contractualisation", "modifications": forged})
    assert page.status_code == 200
    shown = re.sub(r'<input type="hidden"[^>]*>', "", page.text)
    assert "Tout est gratuit." not in shown


@pytest.mark.parametrize("doing", ["drop:nulle-part:x", "prove:points:x", "x", "note", "ajouter"])
def test_a_change_that_cannot_be_read_leaves_the_session(client: TestClient, doing: str) -> None:
    page = client.get(ASKED).text
    answer = client.post("/seance", data=fields(page) | {"faire": doing})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_the_last_packs_are_not_made_again(client: TestClient, fake: FakeAssistant) -> None:
    page = client.get(ASKED).text
    pressed(client, page, f"drop:quiz:{FIRST}")
    assert len(fake.orders) == 1


def test_the_steps_of_a_session_come_line_by_line_and_its_pack_is_kept(
    client: TestClient, fake: FakeAssistant
) -> None:
    steps = client.get(ASKED.replace("/seance?", "/seance/etapes?"))
    assert steps.text.splitlines() == ["Je lis les registres…", "J'écris le quiz…"]
    assert client.get(ASKED).status_code == 200
    assert len(fake.orders) == 1


def test_no_step_is_told_of_what_cannot_be_made(client: TestClient, fake: FakeAssistant) -> None:
    assert client.get("/seance/etapes?theme=inconnu").status_code == 204
    fake.error = InvalidRequest("Le thème manque.")
    assert client.get("/seance/etapes?theme=contractualisation").status_code == 200
    assert "Le thème manque." in client.get(ASKED).text


def saved() -> bytes:
    return as_json(pack()).encode()


def renewed(client: TestClient, content: bytes, **data: str) -> Any:
    return client.post("/seance/actualiser", files={"seance": ("a.json", content)}, data=data)


def test_a_saved_session_is_told_item_by_item_before_and_after(client: TestClient) -> None:
    assert 'type="file"' in client.get("/seance/actualiser").text
    page = html.unescape(renewed(client, saved()).text).replace("\u00a0", " ")
    assert "1 élément tient, 1 changé, 1 disparu, 1 nouveau" in page
    assert "Maintenant" in page and "Le programme apporte <20> M€." in page
    assert "ne contient plus cette phrase" in page and "Le préfet signe." in page


def test_a_renewed_session_is_taken_away_as_a_file(client: TestClient) -> None:
    page = renewed(client, saved()).text
    answer = client.post("/seance/fichier", data=fields(page) | {"format": "json"})
    assert "attachment" in answer.headers["content-disposition"]
    assert len(from_json(answer.text).points) == len(pack().points) - 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choisissez le fichier"),
        (b"\xff\xfe\x00", "n'est pas du JSON"),
        (b'{"format": "autre"}', "ne commence pas par"),
        (as_json(pack()).encode()[:500], "n'est pas du JSON, ou il est coup"),
    ],
)
def test_a_bad_file_is_one_french_error(client: TestClient, content: bytes, said: str) -> None:
    answer = renewed(client, content)
    assert answer.status_code == 400
    assert said in html.unescape(answer.text) and answer.text.count('role="alert"') == 1


def test_the_size_of_a_saved_session_is_bounded(app: FastAPI) -> None:
    client = TestClient(Guard(app, {"testserver"}, render_error))
    heavy = saved().replace(b"{", b"{" + b" " * 200_000, 1)
    assert renewed(client, heavy).status_code == 200
    answer = renewed(client, b" " * (PACK_BYTES + 1))
    assert answer.status_code == 413
    assert "2 Mo au plus" in answer.text.replace("\u00a0", " ")


def test_a_session_that_the_page_s_own_form_could_not_send_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.reopening.MOST_FOLDED", 1_000)
    answer = renewed(client, saved())
    assert answer.status_code == 413 and 'name="seance" value=' not in answer.text


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_offered_and_the_file_holds_the_changes(
    client: TestClient, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ui.pages.preparing.export", lambda made, name: f"{name} {len(made.quiz)}".encode()
    )
    page = pressed(client, client.get(ASKED).text, f"drop:quiz:{FIRST}")
    assert f'name="format" value="{name}"' in page
    answer = client.post("/seance/fichier", data=fields(page) | {"format": name})
    assert answer.content == f"{name} 4".encode()
    assert f".{FORMATS[name].extension}" in answer.headers["content-disposition"]


def test_an_unknown_format_is_a_page_in_french_and_makes_nothing(
    client: TestClient, fake: FakeAssistant
) -> None:
    answer = client.get(ASKED.replace("/seance", "/seance/fichier") + "&format=exe")
    assert answer.status_code == 400
    assert "Le format « exe » n&#39;existe pas" in answer.text
    assert fake.orders == []


RIGHT = {"1": {"q1": "0"}, "2": {"q2": ["0", "1"]}, "3": {"q3": "1"}}
WRONG = {"1": {"q1": "2"}, "2": {"q2": ["0"]}, "3": {"q3": "0"}, "5": {"q5-0": "0", "q5-1": "0"}}


@pytest.mark.parametrize(
    ("given", "verdict"),
    [(RIGHT, "right"), (WRONG, "wrong")],
)
def test_an_answer_is_checked_with_its_proof(
    client: TestClient, given: dict[str, dict[str, Any]], verdict: str
) -> None:
    page = client.get(ASKED).text
    for n, answers in given.items():
        shown = client.post("/seance/quiz", data=fields(page) | {"verifier": n} | answers).text
        question = shown.partition(f'id="q{n}"')[2].partition("</fieldset>")[0]
        assert f'class="verdict {verdict}"' in question
        assert f'href="/documents/{CIRCULAR_ID}?debut=' in question
        assert shown.count('class="verdict') == 1


@pytest.mark.parametrize(
    "given",
    [{"verifier": "1"}, {"verifier": "1", "q1": "99"}, {"verifier": "2"}, {"verifier": "4"}]
    + [{"verifier": "5", "q5-0": "a"}, {"vu": "3", "verifier": "3"}],
)
def test_nothing_chosen_shows_no_answer_and_leaves_the_question_to_play(
    client: TestClient, given: dict[str, str]
) -> None:
    asked = fields(client.get(ASKED).text)
    before = client.post("/seance/quiz", data=asked).text
    shown = html.unescape(client.post("/seance/quiz", data=asked | given).text)
    assert shown.count('class="verdict') == 1 and "Choisissez d'abord" in shown
    for told in ("bonne réponse", "Il fallait", "votre réponse", "<blockquote>", 'name="vu"'):
        assert shown.count(told) == before.count(told) == 0, told
    assert "il en reste" not in shown and "Score final" not in shown


@pytest.mark.parametrize(
    "path", ["/seance/quiz", "/seance/quiz?theme=", "/seance/quiz/feuille", "/seance/quiz?a=b"]
)
def test_a_quiz_without_its_session_leads_to_the_form(client: TestClient, path: str) -> None:
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer.url.path) == (200, "/seance")
        assert "Préparer une séance" in answer.text


def test_a_match_and_an_order_are_right_when_every_line_is(client: TestClient) -> None:
    page = client.get(ASKED.replace("/seance", "/seance/quiz")).text
    given: dict[str, str] = {"verifier": "5"}
    for i, (label, at) in enumerate([("Circulaire", 0), ("Signature", 1), ("Bilan", 2)]):
        name = re.search(rf'<label for="(q5-\d)">[A-C]\. {label}</label>', page)
        assert name is not None, i
        given[name[1]] = str(at)
    shown = client.post("/seance/quiz", data=fields(page) | given).text
    assert 'class="verdict right"' in shown


def test_how_many_answers_are_wanted_is_said_before_the_choices(client: TestClient) -> None:
    shown = client.get(ASKED.replace("/seance", "/seance/quiz")).text
    question = shown.partition('id="q2"')[2].partition("</fieldset>")[0]
    assert question.index("Une ou plusieurs") < question.index("checkbox")


def test_the_score_counts_what_was_checked(client: TestClient) -> None:
    given: dict[str, Any] = {"vu": ["2", "3", "4", "5"], "verifier": "1", "q1": "0", "q3": "1"}
    given |= {"q2": "0", "q4-0": "0", "q5-0": "0"}
    page = client.post("/seance/quiz", data=fields(client.get(ASKED).text) | given).text
    assert "Score final&nbsp;: 2 sur 5." in page


def test_the_sheet_is_printed_with_or_without_the_answers(client: TestClient) -> None:
    sheet = ASKED.replace("/seance", "/seance/quiz/feuille")
    assert "(bonne réponse)" not in client.get(sheet).text
    assert (
        "15 octobre 2021 <strong>(bonne réponse)</strong>"
        in client.get(f"{sheet}&corrige=oui").text
    )


# In a real browser


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    with served(app) as one:
        yield one


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scheme"),
    [(1280, "dark"), pytest.param(320, "light", marks=pytest.mark.long)],
)
def test_no_accessibility_fault_no_outside_request_no_sideways_scroll(
    browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda r: outside.append(r.url) if not r.url.startswith(address) else None)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    quiz = "/seance/quiz?theme=contractualisation"
    checked = f"{quiz}&vu=2&vu=4&verifier=1&q1=1&q2=0&q4-0=0"
    for path in ("/seance?theme=x", ASKED, checked, f"{quiz}&verifier=1"):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page, options=WCAG)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert page.evaluate(overflow) == 0, path
    context.close()
    assert outside == []


@pytest.mark.browser
def test_focus_comes_back_to_the_item_that_was_moved(page: Page, address: str) -> None:
    page.goto(address + ASKED)
    page.get_by_role("button", name="Descendre : question 1").press("Enter")
    expect(page.locator("#quiz-2")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#quiz-2 :focus")).to_have_count(1)


@pytest.mark.browser
def test_a_passage_kept_while_reading_joins_the_session(page: Page, address: str) -> None:
    page.goto(f"{address}/documents/{CIRCULAR_ID}?debut={START}&fin={START + len(DEADLINE)}")
    keep = page.get_by_role("button", name="Ajouter à ma séance")
    keep.press("Enter")
    expect(keep).to_have_attribute("aria-pressed", "true")
    page.goto(address + ASKED)
    page.get_by_role("button", name="Ajouter les passages cochés").click()
    expect(page.locator("#points + .rangs")).to_contain_text(DEADLINE)
    expect(page.locator(".gardes")).to_be_hidden()


@pytest.mark.browser
def test_the_quiz_is_played_from_the_keyboard_without_a_new_page(page: Page, address: str) -> None:
    page.goto(address + ASKED.replace("/seance", "/seance/quiz"))
    page.evaluate("window.same = true")
    page.locator("#q1 input").first.focus()
    page.keyboard.press("Space")
    check = page.get_by_role("button", name="Vérifier la question 1")
    check.press("Enter")
    expect(page.locator("#q1 .correction")).to_contain_text("Exact.")
    expect(check).to_be_focused()
    expect(page.locator("#score")).to_contain_text("1 bonne réponse sur 1 question vérifiée")
    assert page.evaluate("window.same")


@pytest.mark.browser
def test_nothing_chosen_is_said_where_it_is_heard_and_can_be_played(
    page: Page, address: str
) -> None:
    page.goto(address + ASKED.replace("/seance", "/seance/quiz"))
    check = page.get_by_role("button", name="Vérifier la question 1")
    check.press("Enter")
    said = page.locator("#q1 [aria-live=polite]")
    expect(said).to_contain_text("Choisissez d'abord une réponse")
    expect(said).not_to_contain_text("La bonne réponse")
    expect(check).to_be_focused()
    page.locator("#q1 input").first.check()
    check.press("Enter")
    expect(said).to_contain_text("Exact.")


@pytest.mark.browser
def test_the_quiz_is_played_without_javascript(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address + ASKED.replace("/seance", "/seance/quiz"))
    page.locator("#q1 input").nth(1).check()
    page.get_by_role("button", name="Vérifier la question 1").click()
    expect(page.locator("#q1 .correction")).to_contain_text("La bonne réponse : 15 octobre 2021.")
    page.context.close()


def ask(page: Page, address: str) -> None:
    page.goto(f"{address}/seance")
    page.get_by_label("Thème", exact=True).select_option("contractualisation")
    page.get_by_role("button", name="Préparer la séance").click()


@pytest.mark.browser
def test_the_steps_are_read_on_the_way_to_the_session(page: Page, address: str) -> None:
    with page.expect_request("**/seance/etapes?*") as steps:
        ask(page, address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("La contractualisation")
    assert "theme=contractualisation" in steps.value.url and "/seance?" in page.url


@pytest.mark.browser
def test_a_session_is_asked_for_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    ask(page, address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("La contractualisation")
    context.close()


@pytest.mark.browser
def test_the_pages_of_a_renewal_have_no_accessibility_fault(page: Page, address: str) -> None:
    page.goto(f"{address}/seance/actualiser")
    assert Axe().run(page, options=WCAG).response["violations"] == []
    file = {"name": "a.json", "mimeType": "application/json", "buffer": saved()}
    page.get_by_label("Fichier de la séance").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Actualiser la séance").click()
    expect(page.get_by_text("Le préfet signe.")).to_be_visible()
    assert Axe().run(page, options=WCAG).response["violations"] == []


def test_what_is_missing_follows_the_content_and_is_told_in_a_line_on_top(
    client: TestClient,
) -> None:
    page = client.get(ASKED).text
    assert page.index('href="#manques"') < page.index('id="points"') < page.index('id="manques"')


def test_each_theme_tells_the_form_its_own_exercices(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = [(find_theme("eligibilite"), (2020, 2021)), (find_theme("accueil"), ())]
    monkeypatch.setattr(Bench, "offers", lambda _self: offers)
    page = client.get("/seance").text
    told = dict(re.findall(r'<option value="([\w-]+)" data-exercices="([\d ]*)"', page))
    assert told == {"eligibilite": "2020 2021", "accueil": ""}
