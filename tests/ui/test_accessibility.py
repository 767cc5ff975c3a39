"""Every state of the chat: read by all, at any width, in both schemes, zoomed."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import get_args

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.answer import Answer, Caution, Request, WarningKind
from evals.feedback import FeedbackStore
from tests.ui.browsing import (
    EVERYDAY_LOOKS,
    LOOKS,
    answered,
    ask,
    check_looks,
    check_zoom,
    looking,
    opened_source,
    served,
    settled,
)
from tests.ui.fakes import FakeAssistant
from tests.ui.fakes import answered as answer_to
from ui import chat_texts, feedback_texts, texts
from ui.access.limiting import Rate
from ui.api import create_app
from ui.settings import ServerSettings

pytestmark = pytest.mark.browser
CAUTIONS: tuple[WarningKind, ...] = get_args(WarningKind)
QUESTION = "À quelle date signer les contrats de 2021 ?"
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
        """As the fake does, and a table, a partial answer, every warning, a crash, a wait."""
        question = request.question.lower()
        if "panne" in question:
            raise RuntimeError("Traceback")
        if "attente" in question:
            self.free.wait(60)
        if "tableau" in question:
            return replace(answer_to(request.question), table=TABLE)
        if "partielle" in question:
            return replace(answer_to(request.question), status="partial")
        if "avertissement" in question:
            warnings = tuple(Caution(kind, f"À savoir : {kind} [1].", (1,)) for kind in CAUTIONS)
            return replace(answer_to(request.question), warnings=warnings)
        return super().answer(request, recorded=recorded)


@pytest.fixture(scope="module")
def states() -> StatesAssistant:
    return StatesAssistant()


@pytest.fixture(scope="module")
def address(states: StatesAssistant, store: FeedbackStore) -> Iterator[str]:
    with served(create_app(states, ServerSettings(), store)) as one:
        yield one


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


def with_all_open(page: Page) -> None:
    """A source left out, the reasons of an opinion, every chip."""
    said(QUESTION)(page)
    page.locator(".restreindre button").first.click()
    expect(page.locator(".restrictions")).to_be_visible()
    page.get_by_role("button", name=feedback_texts.NO, exact=True).click()
    expect(page.locator("#avis-envoyer")).to_be_visible()
    page.evaluate("for (const one of document.querySelectorAll('.plis')) one.open = true")
    for name in ("as_of", "departement", "exercices"):
        page.locator(f"#puce-{name} > summary").click()


def copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    said(QUESTION)(page)
    page.get_by_role("button", name=chat_texts.COPY, exact=True).click()
    expect(page.locator(".actions .dit")).to_be_visible()


def thanked(page: Page) -> None:
    said(QUESTION)(page)
    page.get_by_role("button", name=feedback_texts.YES, exact=True).click()
    expect(page.locator("#avis-etat")).to_contain_text("sans votre question")


def waiting(page: Page) -> None:
    ask(page, "En attente ?")
    expect(page.locator(".etape")).to_be_visible()


def without_server(page: Page) -> None:
    page.context.set_offline(True)
    ask(page, QUESTION)
    expect(page.get_by_role("alert").first).to_be_visible()


def with_server_back(page: Page) -> None:
    without_server(page)
    page.context.set_offline(False)
    expect(page.get_by_role("button", name=chat_texts.SCRIPT["reload"])).to_be_visible()


STATES: dict[str, tuple[Callable[[Page], None], str]] = {
    "empty": (settled, texts.WELCOME),
    "answered": (said(QUESTION), texts.STATUS_LABELS["answered"]),
    "partial": (said("Une réponse partielle ?"), texts.STATUS_LABELS["partial"]),
    "source": (with_open_source, chat_texts.IN_DOCUMENT),
    "open": (with_all_open, chat_texts.RESTRICTIONS_TITLE),
    "copied": (copied, chat_texts.SCRIPT["copied"]),
    "thanked": (thanked, "sans votre question"),
    "refused": (said("La liste ?"), texts.STATUS_LABELS["refused"]),
    "hostile": (said("Réponse hostile ?"), texts.WARNING_TITLES["conflict"]),
    "warnings": (said("Un avertissement ?"), texts.WARNING_TITLES["false_premise"]),
    "danger": (said("Un enfant en danger ?"), "119"),
    "table": (said("Un tableau ?"), "Date limite de signature"),
    "error": (said("Une panne ?"), texts.TECHNICAL_ERROR),
    "loading": (waiting, "Je cherche"),
    "offline": (without_server, chat_texts.SCRIPT["away"]),
    "back": (with_server_back, chat_texts.SCRIPT["back"]),
}
"""How to bring the chat to each state, and words that say it without colour or shape."""
EVERYDAY = ("open", "refused", "danger", "table", "error", "loading")


def test_six_states_are_read_without_fault_on_a_phone_and_on_a_desk(
    browser: Browser, address: str, states: StatesAssistant
) -> None:
    with looking(browser, address) as page:
        page.goto("/")
        settled(page)
        for name in EVERYDAY:
            bring, words = STATES[name]
            bring(page)
            expect(page.locator("body")).to_contain_text(words)
            check_looks(page, name, EVERYDAY_LOOKS)
            states.let_go()
            page.get_by_role("button", name=texts.CLEAR).click()
            expect(page.locator(".echange")).to_have_count(0)


@pytest.mark.long
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_read_without_fault_at_every_width_in_both_schemes(
    browser: Browser, address: str, states: StatesAssistant, name: str
) -> None:
    bring, words = STATES[name]
    with looking(browser, address) as page:
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
    with served(app) as address, looking(browser, address) as page:
        page.goto("/")
        expect(page.locator("#corpus .bandeau")).to_contain_text("mots seulement")
        check_looks(page, "lexical")


@pytest.mark.long
def test_a_question_too_soon_and_the_offer_of_a_model_are_read_without_fault(
    browser: Browser, store: FeedbackStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPERES_MODEL", "petit-modele")
    monkeypatch.setenv("REPERES_MODEL_URL", "https://modeles.example/v1")
    app = create_app(StatesAssistant(), ServerSettings(), store)
    with served(app) as address, looking(browser, address) as page:
        page.goto("/")
        expect(page.locator("#modele")).to_contain_text("partent vers modeles.example")
        check_looks(page, "model")
        monkeypatch.setattr(Rate, "take", lambda rate, key: 30)
        for look in LOOKS:  # what says so goes away after ten seconds
            ask(page, QUESTION)
            expect(page.locator(".toast-title")).to_contain_text(chat_texts.SCRIPT["refused"])
            expect(page.get_by_role("button", name=chat_texts.SCRIPT["close"])).to_be_visible()
            check_looks(page, "slowed", [look])


@pytest.mark.long
@pytest.mark.parametrize("name", STATES)
def test_a_zoom_of_200_per_cent_loses_nothing_of_the_chat(
    browser: Browser, address: str, states: StatesAssistant, name: str
) -> None:
    with looking(browser, address, 640, scale=2) as page:
        page.goto("/")
        settled(page)
        STATES[name][0](page)
        check_zoom(page, name)
    states.let_go()


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
