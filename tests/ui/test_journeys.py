"""Whole journeys of people in a real browser, from what they come for to what they leave with."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from assistant.answering import Assistant
from corpus.errors import ReperesError
from evals.feedback import FeedbackStore
from ingest.embedding import load_embeddings
from ingest.pipeline import ingest
from ingest.serving import Service
from ingest.settings import Settings
from tests.fakes import FakeEmbeddings
from tests.ui.accounts import PASSWORD, Clock, cheap_hashes, two_people
from tests.ui.browsing import answered, ask, opened_source, served, settled
from tests.ui.fakes import FakeAssistant
from ui import chat_texts, texts
from ui.access import words
from ui.api import create_app
from ui.pages.navigation import ADDING, CALENDAR, DOCUMENTS, PAGES
from ui.settings import ServerSettings

pytestmark = pytest.mark.browser
QUESTION = "Quelle est la date limite de signature des contrats de 2021 ?"
LIMIT = "30 septembre 2021"
DRUM = "Quel est le montant du fonds tambourin ?"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own, that a person may let copy."""
    made = browser.new_context(
        viewport={"width": 1280, "height": 900},
        locale="fr-FR",
        permissions=["clipboard-read", "clipboard-write"],
    )
    made.set_default_timeout(30_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    settled(page)
    return page


@pytest.fixture(scope="module")
def shipped_address(shipped_service: Service, store: FeedbackStore) -> Iterator[str]:
    """The shipped corpus, answered for real."""
    assistant = Assistant(shipped_service.index, lambda: shipped_service.fault)
    with served(create_app(assistant, ServerSettings(), store)) as one:
        yield one


@pytest.mark.long
@pytest.mark.model
def test_an_agent_asks_checks_changes_the_exercice_copies_and_exports(
    page: Page, context: BrowserContext, shipped_address: str
) -> None:
    ask(opened(page, shipped_address), QUESTION)
    expect(answered(page, 1)).to_contain_text(LIMIT)
    card = opened_source(page, 1)
    expect(card.locator("mark")).to_contain_text(LIMIT)
    with context.expect_page() as tab:
        card.get_by_role("link", name=chat_texts.IN_DOCUMENT).click()
    expect(tab.value.locator("mark").first).to_contain_text(LIMIT)
    tab.value.close()
    check_copy(page)
    change_exercice(page, "2022")
    expect(answered(page, 1)).to_contain_text("2022")
    expect(answered(page, 1)).not_to_contain_text(LIMIT)
    change_exercice(page, "2021")
    expect(answered(page, 1)).to_contain_text(LIMIT)
    ask(page, "et en 2022 ?")
    expect(answered(page, 2)).not_to_contain_text(LIMIT)
    expect(page.locator("#puce-exercices .valeur")).to_have_text("2022")
    check_export(page)


def check_copy(page: Page) -> None:
    """The clipboard holds the date, its call and its reference."""
    page.get_by_role("button", name=chat_texts.COPY, exact=True).click()
    expect(page.locator(".actions .dit")).to_have_text(chat_texts.SCRIPT["copied"])
    copied = page.evaluate("navigator.clipboard.readText()")
    assert LIMIT in copied and "[1]" in copied and "Sources" in copied


def change_exercice(page: Page, year: str) -> None:
    """Puts the last question again for another exercice, with the chip under its answer."""
    page.locator("#puce-exercices > summary").click()
    page.locator("#puce-exercices").get_by_role("button", name=year, exact=True).click()
    expect(page.locator("#puce-exercices .valeur")).to_have_text(year)


def check_export(page: Page) -> None:
    """The dates of 2021 leave as a calendar that holds the limit."""
    page.get_by_role("link", name=PAGES[CALENDAR], exact=True).click()
    page.get_by_label("Exercice", exact=True).select_option("2021")
    page.get_by_role("button", name="Afficher").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Exporter (.ics)").click()
    days = [
        event.decoded("dtstart")
        for event in Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    ]
    assert date(2021, 9, 30) in days


@pytest.fixture(scope="module")
def fake_address(store: FeedbackStore) -> Iterator[str]:
    with served(create_app(FakeAssistant(pause_s=0.02), ServerSettings(), store)) as one:
        yield one


def test_a_keyboard_alone_reaches_everything_and_is_never_trapped(
    page: Page, fake_address: str
) -> None:
    ask(opened(page, fake_address), QUESTION)
    answered(page, 1)
    tab_stops(page)  # from the question box to the end: the next press enters at the top
    stops = tab_stops(page)
    places = [stop["at"] for stop in stops]
    wanted = ["Poser une question", "source 1", chat_texts.COPY, "Question comprise", "QUESTION"]
    wanted += [texts.SEND, texts.CLEAR, "Sources pour"]
    found = [next(i for i, at in enumerate(places) if one in at) for one in wanted]
    assert found == sorted(found), places
    assert [stop["at"] for stop in stops if not stop["shown"]] == []
    assert len({stop["first"] for stop in stops}) == len(stops), "le clavier tourne en rond"


def tab_stops(page: Page) -> list[dict[str, Any]]:
    """What each press of Tab reaches, until it leaves the page: its name, whether it is seen."""
    describe = """() => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      const style = getComputedStyle(one), box = one.getBoundingClientRect();
      window.stops = window.stops || [];
      window.stops.push(one);
      const name = one.matches('#question textarea') ? 'QUESTION' : one.textContent.trim();
      const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      return {at: name, first: window.stops.indexOf(one), shown: ring && box.width > 1};
    }"""
    stops: list[dict[str, Any]] = []
    for _press in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(describe)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("150 appuis sur Tab ne sortent pas de la page")


@pytest.mark.long
def test_a_keyboard_alone_asks_reads_a_source_and_changes_the_frame(
    page: Page, fake_address: str
) -> None:
    opened(page, fake_address)
    go(page, page.locator("#question textarea"))
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    answered(page, 1)
    call = page.locator("#reponse-1 a.appel").first
    go(page, call, back=True)
    page.keyboard.press("Enter")
    expect(page.locator("#source-1-1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(call).to_be_focused()
    chip = page.locator("#puce-cohort > summary")
    go(page, chip)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    go(page, page.locator("#puce-cohort button[value='cohort=2020']"))
    page.keyboard.press("Enter")
    expect(page.locator(".restrictions")).to_contain_text("2020")


def go(page: Page, place: Locator, back: bool = False) -> None:
    """Presses Tab until the focus is there."""
    for _press in range(60):
        if place.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"60 appuis n'atteignent pas {place}")


@pytest.mark.long
def test_a_refused_sign_in_says_so_shows_nothing_and_may_be_tried_again(
    page: Page, store: FeedbackStore, tmp_path: Path
) -> None:
    settings = ServerSettings(host="0.0.0.0", allowed_hosts="127.0.0.1")
    with cheap_hashes():
        app = create_app(FakeAssistant(), settings, store, people=two_people(tmp_path, Clock()))
        with served(app) as address:
            page.goto(f"{address}{DOCUMENTS}?q=contrats")
            for password in ("mauvais mot de passe", PASSWORD):
                page.get_by_label("Nom du compte").fill("claire")
                page.get_by_label("Mot de passe").fill(password)
                page.keyboard.press("Enter")
                if password != PASSWORD:
                    expect(page.get_by_role("alert")).to_have_text(words.WRONG)
                    expect(page.get_by_label("Mot de passe")).to_have_value("")
                    assert page.request.get(f"{address}/api/documents").status == 401
            expect(page).to_have_url(f"{address}{DOCUMENTS}?q=contrats")
            assert page.request.get(f"{address}/api/documents").status == 200


class Held(FakeAssistant):
    """Says its first step, then waits until the test lets it go, as a slow machine would."""

    def __init__(self) -> None:
        super().__init__()
        self.started = threading.Event()
        self.free = threading.Event()

    def events(self, request: Any) -> Iterator[Any]:
        yield "step", "Je cherche dans les documents…"
        self.started.set()
        self.free.wait(60)
        yield "answer", self.answer(request)


@pytest.mark.long
def test_a_server_restarted_in_mid_answer_gives_the_question_back(
    page: Page, store: FeedbackStore
) -> None:
    held = Held()
    with served(create_app(held, ServerSettings(), store)) as address:
        ask(opened(page, address), QUESTION)
        assert held.started.wait(15)
    held.free.set()
    notice = page.get_by_role("alert").filter(has_text=chat_texts.SCRIPT["away"][:30])
    expect(notice).to_be_visible()
    with served(create_app(FakeAssistant(), ServerSettings(), store), port_of(address)):
        page.get_by_role("button", name=chat_texts.SCRIPT["reload"]).click()
        box = page.get_by_label(texts.QUESTION_LABEL)
        expect(box).to_have_value(QUESTION)
        settled(page)
        box.press("Enter")
        expect(answered(page, 1)).to_contain_text(texts.STATUS_LABELS["answered"])


def port_of(address: str) -> int:
    return int(address.rsplit(":", 1)[1])


def test_an_index_replaced_in_mid_conversation_answers_the_next_question(
    page: Page, published: Settings, store: FeedbackStore, tmp_path: Path
) -> None:
    service = Service(published)
    assistant = Assistant(service.index, lambda: service.fault)
    with served(create_app(assistant, ServerSettings(), store)) as address:
        ask(opened(page, address), "Quand le contrat départemental est-il signé ?")
        expect(answered(page, 1)).to_contain_text(LIMIT)
        ask(page, DRUM)
        expect(answered(page, 2)).to_contain_text(texts.STATUS_LABELS["refused"])
        ingest([fund(tmp_path)], published, FakeEmbeddings())
        ask(page, DRUM)
        expect(answered(page, 3)).to_contain_text("8 millions")
        expect(answered(page, 1)).to_contain_text(LIMIT)
        opened_source(page, 1)


def fund(folder: Path) -> Path:
    """A document that no index holds yet."""
    file = folder / "fonds.md"
    text = "# Fonds tambourin\n\nLe montant du fonds tambourin est de 8 millions d'euros.\n"
    file.write_text(text, encoding="utf-8")
    return file


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """« reperes serve » in a process of its own, over an index of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "REPERES_INDEX": str(settings.index_folder),
        "REPERES_CACHE": str(settings.cache),
        "REPERES_EMBEDDING_MODEL": "none",
    }
    command = [
        sys.executable,
        "-c",
        "from ui.cli import main; main()",
        "serve",
        "--port",
        str(port),
    ]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        line = server.stdout.readline()
        if "http://" not in line:
            raise ReperesError(f"Le serveur n'a pas démarré : {line}")
        yield line.split()[-1]
    finally:
        server.terminate()  # a tab is still open on it
        try:
            server.wait(60)
        finally:
            server.kill()
            server.stdout.close()


@pytest.mark.long
def test_a_person_adds_a_pdf_asks_about_it_and_takes_it_out(
    page: Page, corpus: Path, settings: Settings, tmp_path: Path
) -> None:
    ingest([corpus], settings, load_embeddings(settings))
    file = tmp_path / "fonds.pdf"
    canvas = Canvas(str(file))
    canvas.drawString(72, 720, "Le montant du fonds tambourin est de 8 millions d'euros.")
    canvas.save()
    with running(settings) as address:
        page.goto(f"{address}{ADDING}")
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Publier").click()
        expect(page.get_by_role("link", name="Lire le document publié")).to_be_visible(
            timeout=60_000
        )
        ask(opened(page, address), DRUM)
        expect(answered(page, 1)).to_contain_text("8 millions")
        expect(opened_source(page, 1)).to_contain_text("fonds")
        page.goto(f"{address}{ADDING}")
        page.get_by_role("link", name="Retirer fonds.pdf").click()
        page.get_by_role("button", name="Retirer").click()
        expect(page.get_by_text("C'est fait")).to_be_visible(timeout=60_000)
        opened(page, address)  # the tab kept its first answer
        expect(page.locator("#etat")).to_have_text(chat_texts.RECALLED)
        ask(page, DRUM)
        expect(answered(page, 2)).to_contain_text(texts.STATUS_LABELS["refused"])
