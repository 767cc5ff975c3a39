"""The conversation stays in its tab: a reload gives it back, nothing else keeps it."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from corpus.errors import IndexMissing
from evals.feedback import FeedbackStore
from tests.ui.accounts import PASSWORD, Clock, cheap_hashes, two_people
from tests.ui.browsing import answered as whole
from tests.ui.browsing import ask, check_looks, looking, served, settled
from tests.ui.fakes import DEADLINE, TODAY, FakeAssistant, answered
from ui import chat_texts, texts
from ui.api import create_app
from ui.exchanges import exchange_of
from ui.handlers import ask as ask_handler
from ui.memories import memory_of, read_memories
from ui.recalling import recall
from ui.restrictions import Restriction
from ui.settings import ServerSettings

QUESTION = "À quelle date signer les contrats de 2021 ?"
KEY = "reperes-conversation"


def told(*numbers: int, restriction: Restriction | None = None) -> str:
    lines = [
        memory_of(n, f"Un {n} ?", answered(f"Deux {n} ?"), restriction or Restriction())
        for n in numbers
    ]
    return f"[{','.join(lines)}]"


def test_a_memory_tells_the_next_question_what_it_needs() -> None:
    (one,) = read_memories(told(3, restriction=Restriction(exclude=("x",), as_of=TODAY)))
    turn = exchange_of(3, answered("Deux 3 ?"), lambda _: None).turn
    assert (one.number, one.asked, one.said) == (3, "Un 3 ?", turn)
    assert one.limits == Restriction(exclude=("x",), as_of=TODAY)
    assert (one.frame, one.as_of) == (answered().frame, answered().as_of)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1]",
        told(2, 1),
        told(1, 1),
        told(*range(1, 22)),
        " " * 40_001,
        told(1).replace('"asked"', '"html"'),
        json.dumps([{**json.loads(told(1))[0], "day": "hier"}]),
    ],
)
def test_a_memory_that_is_not_ours_is_not_believed(text: str) -> None:
    assert read_memories(text) == ()


def test_after_a_reload_a_follow_up_knows_the_conversation() -> None:
    fake = FakeAssistant()
    back = recall(fake, told(1, 2))
    assert back is not None and back.status == chat_texts.RECALLED
    assert texts.WELCOME not in back.conversation and texts.SOURCES_EMPTY not in back.sources
    last = list(ask_handler(fake, "Et en 2022 ?", back.exchanges, today=lambda: TODAY))[-1]
    assert [e.number for e in last.exchanges] == [1, 2, 3]
    assert [t.question for t in fake.requests[0].history] == ["Deux 1 ?", "Deux 2 ?"]


def test_what_is_not_believed_starts_a_new_conversation_and_says_so() -> None:
    back = recall(FakeAssistant(), "[]")
    assert back is not None and back.exchanges == ()
    assert back.status == chat_texts.NOT_RECALLED


def test_a_conversation_that_goes_on_is_not_replaced() -> None:
    held = (exchange_of(1, answered(), lambda _: None),)
    assert recall(FakeAssistant(), told(1), held) is None


def test_without_an_index_the_conversation_still_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> list[object]:
        raise IndexMissing("Aucun index.")

    fake = FakeAssistant()
    monkeypatch.setattr(fake, "documents", missing)
    back = recall(fake, told(1))
    assert back is not None and back.scope == "" and len(back.exchanges) == 1


def test_only_the_masked_question_is_remembered() -> None:
    shown = exchange_of(1, replace(answered(), question="Où vit [nom] ?"), lambda _: None)
    assert "memoire" in shown.answer_html and "[nom]" in shown.answer_html


@pytest.fixture(scope="module")
def address(store: FeedbackStore) -> Iterator[str]:
    with served(create_app(FakeAssistant(), ServerSettings(), store)) as one:
        yield one


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with looking(browser, address, 1280) as one:
        one.goto("/")
        settled(one)
        yield one


def conversed(page: Page) -> None:
    """Two questions answered, then a reload whose follow-ups are there."""
    ask(page, QUESTION)
    whole(page, 1)
    ask(page, "Et en 2020 ?")
    whole(page, 2)
    expect(page.locator("#suites button").first).to_be_visible()
    page.reload()
    expect(page.locator("#etat")).to_have_text(chat_texts.RECALLED)


@pytest.mark.browser
def test_a_reload_gives_the_conversation_back_and_it_goes_on(page: Page) -> None:
    conversed(page)
    expect(page.locator("#conversation .echange")).to_have_count(2)
    expect(whole(page, 1)).to_contain_text(DEADLINE[:-1])
    expect(page.locator(".accueil, .panneau > .vide")).to_have_count(0)
    expect(page.locator("#exemples")).to_be_hidden()
    expect(page.locator("#cadre .puce").first).to_be_visible()
    page.locator("#reponse-2 a.appel").first.press("Enter")
    expect(page.locator(".carte.active")).to_be_focused()
    ask(page, "Et ensuite ?")
    whole(page, 3)
    page.reload()
    expect(page.locator("#conversation .echange")).to_have_count(3)
    ids = page.locator("#conversation .echange").evaluate_all("all => all.map(one => one.id)")
    assert ids == ["reponse-1", "reponse-2", "reponse-3"]


@pytest.mark.browser
@pytest.mark.long
def test_a_conversation_given_back_is_read_without_fault_at_every_width(page: Page) -> None:
    conversed(page)
    check_looks(page, "given back")


@pytest.mark.browser
def test_headings_are_ours_in_the_dark_even_before_the_chat_library_knows_of_it(
    page: Page,
) -> None:
    conversed(page)
    page.emulate_media(color_scheme="dark")
    seen = page.evaluate(
        """() => {
          document.body.classList.remove('dark');
          const found = document.querySelectorAll('.prose :is(h2, h3, h4):not(.hors-ecran)');
          const colours = [...found].map((one) => getComputedStyle(one).color);
          return [...new Set(colours)].concat(getComputedStyle(document.body).color);
        }"""
    )
    assert len(seen) > 1
    assert "rgb(39, 39, 42)" not in seen


@pytest.mark.browser
def test_after_a_reload_the_last_question_can_be_put_again(page: Page) -> None:
    conversed(page)
    page.locator("#cadre .puce summary").first.click()
    page.locator("#cadre .puce[open] button.relancer").first.click()
    expect(page.locator("#cadre .restrictions")).to_be_visible()
    expect(page.locator("#conversation .echange")).to_have_count(2)
    expect(page.locator("#sources .groupe")).to_have_count(2)


@pytest.mark.browser
def test_a_cleared_conversation_does_not_come_back(page: Page) -> None:
    conversed(page)
    page.get_by_role("button", name=texts.CLEAR).click()
    expect(page.locator(".accueil")).to_be_visible()
    expect(page.locator("#conversation .echange")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
    page.reload()
    settled(page)
    expect(page.locator("#conversation .echange")).to_have_count(0)


@pytest.mark.browser
def test_another_tab_starts_empty_and_nothing_lasts(page: Page) -> None:
    conversed(page)
    other = page.context.new_page()
    other.goto("/")
    settled(other)
    expect(other.locator(".accueil")).to_be_visible()
    assert other.evaluate("sessionStorage.length + localStorage.length") == 0
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.browser
def test_a_printed_answer_holds_its_quotes_and_nothing_around_them(page: Page) -> None:
    ask(page, QUESTION)
    whole(page, 1)
    page.emulate_media(media="print")
    expect(page.locator(".passage mark").first).to_be_visible()
    for unseen in (".passage .autour", ".carte .lu", ".actions", ".objet", "#corpus"):
        expect(page.locator(unseen).first).to_be_hidden()
    with closing(PdfDocument(page.pdf(format="A4"))) as printed:
        assert len(printed) == 1


@pytest.mark.browser
def test_an_answer_seen_in_the_dark_is_printed_in_black(page: Page) -> None:
    ask(page, QUESTION)
    whole(page, 1)
    page.emulate_media(color_scheme="dark", media="print")
    colours = page.locator(".phrase, .carte h4").evaluate_all(
        "all => all.map(one => getComputedStyle(one).color)"
    )
    assert set(colours) == {"rgb(0, 0, 0)"}


@pytest.mark.browser
def test_signing_out_empties_the_tab(
    browser: Browser, store: FeedbackStore, tmp_path: Path
) -> None:
    settings = ServerSettings(host="0.0.0.0", allowed_hosts="127.0.0.1")
    with cheap_hashes():
        app = create_app(FakeAssistant(), settings, store, people=two_people(tmp_path, Clock()))
        with served(app) as address, looking(browser, address, 1280) as page:
            page.goto("/documents")
            page.get_by_label("Nom du compte").fill("claire")
            page.get_by_label("Mot de passe").fill(PASSWORD)
            page.get_by_role("button", name="Se connecter").click()
            page.goto("/")
            settled(page)
            conversed(page)
            assert page.evaluate("sessionStorage.length") == 1
            page.get_by_role("link", name="Se déconnecter").click()
            page.get_by_role("button", name="Se déconnecter").click()
            page.wait_for_url("**/connexion**")
            assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.browser
def test_somebody_else_in_the_same_tab_sees_nothing_of_it(page: Page) -> None:
    conversed(page)

    def as_another(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace('name="personne" content="', 'name="personne" content="b')
        route.fulfill(response=answer, body=body)

    page.route("**/", as_another)
    page.reload()
    settled(page)
    expect(page.locator(".accueil")).to_be_visible()
    assert page.evaluate(f"sessionStorage.getItem('{KEY}')") is None
