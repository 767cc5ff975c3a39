"""Every page and every state of the chat: read by all, at any width, in both schemes, zoomed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.answer import Answer, Request
from assistant.answering import Assistant
from evals.feedback import FeedbackStore
from ingest.serving import Service
from ingest.settings import Settings
from tests.ui.accounts import Clock, cheap_hashes, two_people
from tests.ui.browsing import (
    answered,
    ask,
    check_reading,
    cut_texts,
    opened_source,
    served,
    settled,
    sideways,
)
from tests.ui.fakes import FakeAssistant
from tests.ui.fakes import answered as answer_to
from ui import chat_texts, feedback_texts, texts
from ui.adding import Desk
from ui.api import create_app
from ui.pages.navigation import ADDING, PAGES, SIGN_IN, document_address
from ui.settings import ServerSettings

pytestmark = pytest.mark.browser
QUESTION = "À quelle date signer les contrats de 2021 ?"
Scheme = Literal["light", "dark"]
WIDTHS = (320, 768, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LOOKS = list(product(WIDTHS, SCHEMES))
SHOWN = (
    *(page for page in PAGES if page != "/"),
    document_address("circulaire-2021-25"),
    "/documents?q=absolument-rien",
    "/eligibilite?departement=29&exercice=2021",
    "/comparer?a=2021&b=2022",
    ADDING,
    "/documents/absent",
    "/comparer?a=2021",
)
TABLE = {
    "columns": ["2021", "2022", "2023"],
    "rows": [
        {"label": "Date limite de signature", "cells": [[0], [], []]},
        {"label": "Crédits de l'État", "cells": [[1], [2], []]},
    ],
}


class StatesAssistant(FakeAssistant):
    """Takes the words of a question for the state that the chat must show.

    « attente » waits until ``let_go``.
    """

    def __init__(self, lexical: bool = False) -> None:
        super().__init__(lexical=lexical)
        self.free = threading.Event()

    def let_go(self) -> None:
        """Ends every wait."""
        self.free.set()
        self.free = threading.Event()

    def answer(self, request: Request, *, recorded: bool = True) -> Answer:
        """As the fake does, and a table, a partial answer, a crash, a wait."""
        question = request.question.lower()
        if "panne" in question:
            raise RuntimeError("Traceback")
        if "attente" in question:
            self.free.wait(60)
        if "tableau" in question:
            return replace(answer_to(request.question), table=TABLE)
        if "partielle" in question:
            return replace(answer_to(request.question), status="partial")
        return super().answer(request, recorded=recorded)


@pytest.fixture(scope="module")
def states() -> StatesAssistant:
    return StatesAssistant()


@pytest.fixture(scope="module")
def address(states: StatesAssistant, store: FeedbackStore) -> Iterator[str]:
    with served(create_app(states, ServerSettings(), store)) as one:
        yield one


@contextmanager
def looking(browser: Browser, address: str, width: int, scale: float = 1) -> Iterator[Page]:
    """A page of that width, ``scale`` device pixels for each of its own."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        device_scale_factor=scale,
        locale="fr-FR",
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def said(question: str) -> Callable[[Page], None]:
    """Asks, and waits for the whole answer."""

    def state(page: Page) -> None:
        before = page.locator(".echange").count()
        ask(page, question)
        answered(page, before + 1)

    return state


def with_open_source(page: Page) -> None:
    said(QUESTION)(page)
    opened_source(page, 1)


def with_open_opinion(page: Page) -> None:
    said(QUESTION)(page)
    page.get_by_role("button", name=feedback_texts.NO, exact=True).click()
    expect(page.locator("#avis-envoyer")).to_be_visible()


def with_open_chips(page: Page) -> None:
    said(QUESTION)(page)
    page.evaluate("for (const one of document.querySelectorAll('.plis')) one.open = true")
    page.locator("#puce-departement > summary").click()


def restricted(page: Page) -> None:
    said(QUESTION)(page)
    page.locator(".restreindre button").first.click()
    expect(page.locator(".restrictions")).to_be_visible()


def waiting(page: Page) -> None:
    ask(page, "En attente ?")
    expect(page.locator(".etape")).to_be_visible()


def without_server(page: Page) -> None:
    page.context.set_offline(True)
    ask(page, QUESTION)
    expect(page.get_by_role("alert").first).to_be_visible()


STATES: dict[str, tuple[Callable[[Page], None], str]] = {
    "empty": (settled, texts.WELCOME),
    "answered": (said(QUESTION), texts.STATUS_LABELS["answered"]),
    "partial": (said("Une réponse partielle ?"), texts.STATUS_LABELS["partial"]),
    "source": (with_open_source, chat_texts.IN_DOCUMENT),
    "opinion": (with_open_opinion, feedback_texts.REASON),
    "chips": (with_open_chips, chat_texts.RERUN),
    "restricted": (restricted, chat_texts.RESTRICTIONS_TITLE),
    "refused": (said("La liste ?"), texts.STATUS_LABELS["refused"]),
    "warning": (said("Réponse hostile ?"), texts.WARNING_TITLES["conflict"]),
    "danger": (said("Un enfant en danger ?"), "119"),
    "table": (said("Un tableau ?"), "Date limite de signature"),
    "error": (said("Une panne ?"), texts.TECHNICAL_ERROR),
    "loading": (waiting, "Je cherche"),
    "offline": (without_server, chat_texts.SCRIPT["away"]),
}
"""How to bring the chat to each state, and words that say it without colour or shape."""


def check_looks(page: Page, where: str) -> None:
    """Reads the page at every width, in both schemes."""
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        check_reading(page, f"{where}, {width} px, {scheme}")


def test_a_table_an_error_and_a_wait_are_read_without_fault(
    browser: Browser, address: str, states: StatesAssistant
) -> None:
    with looking(browser, address, 320) as page:
        page.goto("/")
        settled(page)
        for name in ("table", "error", "loading"):  # other tests read the others every day
            STATES[name][0](page)
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                check_reading(page, f"{name}, {width} px")
    states.let_go()


@pytest.mark.long
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_read_without_fault_at_every_width_in_both_schemes(
    browser: Browser, address: str, states: StatesAssistant, name: str
) -> None:
    bring, words = STATES[name]
    with looking(browser, address, 320) as page:
        page.goto("/")
        settled(page)
        bring(page)
        expect(page.locator("body")).to_contain_text(words)
        check_looks(page, name)
    states.let_go()


@pytest.mark.long
def test_a_search_by_words_alone_is_said_and_read_without_fault(
    browser: Browser, store: FeedbackStore
) -> None:
    app = create_app(StatesAssistant(lexical=True), ServerSettings(), store)
    with served(app) as address, looking(browser, address, 320) as page:
        page.goto("/")
        expect(page.locator("#corpus .bandeau")).to_contain_text("mots seulement")
        check_looks(page, "lexical")


@pytest.fixture(scope="module")
def shipped_address(
    shipped_service: Service, store: FeedbackStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The shipped corpus with its whole pages, and a desk to add documents to another index."""
    elsewhere = Settings(index=tmp_path_factory.mktemp("desk") / "index", embedding_model="none")
    assistant = Assistant(shipped_service.index, lambda: shipped_service.fault)
    with served(create_app(assistant, ServerSettings(), store, Desk(elsewhere))) as one:
        yield one


@pytest.mark.long
@pytest.mark.model
@pytest.mark.parametrize("path", SHOWN)
def test_every_page_is_read_without_fault_at_every_width_in_both_schemes(
    browser: Browser, shipped_address: str, path: str
) -> None:
    with looking(browser, shipped_address, 320) as page:
        page.goto(path)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        check_looks(page, path)


@pytest.mark.long
def test_the_sign_in_page_is_read_without_fault_at_every_width_in_both_schemes(
    browser: Browser, store: FeedbackStore, tmp_path: Path
) -> None:
    settings = ServerSettings(host="0.0.0.0", allowed_hosts="127.0.0.1")
    with cheap_hashes():
        app = create_app(FakeAssistant(), settings, store, people=two_people(tmp_path, Clock()))
        with served(app) as address, looking(browser, address, 320) as page:
            page.goto(SIGN_IN)
            check_looks(page, SIGN_IN)


@pytest.mark.long
@pytest.mark.parametrize("name", STATES)
def test_a_zoom_of_200_per_cent_loses_nothing_of_the_chat(
    browser: Browser, address: str, states: StatesAssistant, name: str
) -> None:
    with looking(browser, address, 640, scale=2) as page:
        page.goto("/")
        settled(page)
        STATES[name][0](page)
        assert (sideways(page), cut_texts(page)) == (0, [])
    states.let_go()


@pytest.mark.long
@pytest.mark.model
def test_a_zoom_of_200_per_cent_loses_nothing_of_the_pages(
    browser: Browser, shipped_address: str
) -> None:
    with looking(browser, shipped_address, 640, scale=2) as page:
        for path in SHOWN:
            page.goto(path)
            assert (sideways(page), cut_texts(page)) == (0, []), path


def test_an_answer_is_announced_once_when_it_is_whole(browser: Browser, address: str) -> None:
    with looking(browser, address, 1280) as page:
        page.goto("/")
        settled(page)
        page.evaluate(
            "window.said = []; const state = document.getElementById('etat');"
            "new MutationObserver(() => said.push(state.textContent.trim()))"
            ".observe(state, {childList: true, subtree: true, characterData: true})"
        )
        said(QUESTION)(page)
        whole = texts.answer_shown("answered", 3)
        expect(page.locator("#etat")).to_have_text(whole)
        heard = page.evaluate("said")
        assert (heard.count(whole), heard[-1]) == (1, whole)
        live = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]"
        told = f"one => !!one.closest('{live}') || !!one.querySelector('{live}')"
        assert not page.locator("#reponse-1").evaluate(told)  # or it would be read out again
