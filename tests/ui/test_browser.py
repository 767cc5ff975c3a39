"""The chat in a real browser: what a person sees, what leaves the machine, who can read it."""

from collections.abc import Iterator
from threading import Event
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from assistant.answer import Request
from corpus.asked import statement_key
from corpus.registry import Deadline
from evals.feedback import REASONS, FeedbackStore
from tests.ui.browsing import WCAG, served
from tests.ui.fakes import CIRCULAR_ID, CREDITS, DEADLINE, HOSTILE_TEXT, TODAY, FakeAssistant
from ui import chat_texts, feedback_texts, texts
from ui.api import create_app
from ui.settings import ServerSettings

pytestmark = pytest.mark.browser
EXAMPLE = "Quelle est la date limite de signature des contrats de 2021 ?"
QUESTION = "À quelle date signer les contrats de 2021 ?"
WIDTHS = {"desktop": (1280, 900), "phone": (320, 640)}


class Held(FakeAssistant):
    """An assistant that answers once it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go = Event()

    def events(
        self, request: Request
    ) -> Iterator[tuple[Literal["step", "sentence", "answer"], Any]]:
        """A step, then nothing before it may."""
        yield "step", "Je cherche dans les documents…"
        self.go.wait(60)
        yield from super().events(request)


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeAssistant]:
    """An assistant whose register of deadlines holds one statement, with its question."""
    made = FakeAssistant(pause_s=0.05)
    unit = SimpleNamespace(document=made.document(CIRCULAR_ID), text=DEADLINE)
    made.registers.rows[Deadline] = (SimpleNamespace(units=(unit,)),)
    asked = {statement_key(DEADLINE): (EXAMPLE,)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.examples.read_asked", lambda document_id: asked)
        yield made


@pytest.fixture(scope="module")
def address(fake: FakeAssistant, store: FeedbackStore) -> Iterator[str]:
    with served(create_app(fake, ServerSettings(), store)) as one:
        yield one


class Visit:
    """A page and what happened in it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.outside: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda r: self._requested(r.url, address))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("response", lambda r: self.errors.append(r.url) if r.status >= 400 else None)
        page.goto(address)
        expect(page.locator("#corpus")).to_contain_text("vérifiés au")

    def _requested(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:")):
            self.outside.append(url)

    def ask(self, question: str, number: int) -> None:
        self.page.get_by_label(texts.QUESTION_LABEL).fill(question)
        self.page.get_by_role("button", name=texts.SEND, exact=True).click()
        self.wait(number)

    def wait(self, number: int) -> None:
        answer = self.page.locator(f"#reponse-{number} .reponse:not(.en-cours)")
        expect(answer).to_be_visible()


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    """A visit at the width and in the scheme that the test asks for; it must end cleanly."""
    width: str
    scheme: Literal["light", "dark"]
    width, scheme = getattr(request, "param", ("desktop", "light"))
    wide, high = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": wide, "height": high},
        color_scheme=scheme,
        locale="fr-FR",
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    made = Visit(context.new_page(), address)
    yield made
    context.close()
    assert made.outside == []
    assert made.errors == []


def test_a_citation_leads_to_its_highlighted_quote(visit: Visit) -> None:
    visit.ask(QUESTION, 1)
    page = visit.page
    expect(page.locator("#reponse-1 .answered")).to_contain_text(DEADLINE[:-1])
    expect(page.locator("#reponse-1 li")).to_have_count(3)
    page.locator("#reponse-1 a.appel", has_text="[source 1]").first.click()
    card = page.locator(".carte.active")
    expect(card).to_have_attribute("id", "source-1-1")
    expect(card).to_be_focused()
    expect(card).to_be_in_viewport()
    assert card.locator("mark").text_content() == DEADLINE


def test_a_citation_works_from_the_keyboard(visit: Visit) -> None:
    page = visit.page
    page.get_by_label(texts.QUESTION_LABEL).fill(QUESTION)
    page.keyboard.press("Enter")
    visit.wait(1)
    page.locator("#reponse-1 a.appel", has_text="[source 2]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source-1-2")).to_be_focused()
    assert page.locator("#source-1-2 mark").text_content() == CREDITS
    page.locator("#source-1-2 a.retour").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reponse-1")).to_be_focused()


def test_older_answers_keep_their_sources(visit: Visit) -> None:
    visit.ask(QUESTION, 1)
    visit.ask("Encore ?", 2)
    card = visit.page.locator("#source-1-3")
    expect(card).to_be_hidden()
    visit.page.locator("#reponse-1 a.appel", has_text="[source 3]").first.click()
    expect(card).to_be_visible()
    expect(card).to_be_focused()


def test_a_refusal_looks_different(visit: Visit) -> None:
    visit.ask(QUESTION, 1)
    visit.ask("Quelle est la liste des signataires ?", 2)
    expect(visit.page.locator("#reponse-2")).to_contain_text(texts.STATUS_LABELS["refused"])
    style = "node => getComputedStyle(node).borderTopStyle + getComputedStyle(node).backgroundColor"
    answered, refused = (
        visit.page.locator(f"#reponse-{n} .reponse").evaluate(style) for n in (1, 2)
    )
    assert answered != refused
    assert "dashed" in refused


def test_examples_and_follow_ups_are_asked_by_a_click(visit: Visit, fake: FakeAssistant) -> None:
    page = visit.page
    page.get_by_role("button", name=EXAMPLE).click()
    visit.wait(1)
    expect(page.locator("#exemples")).to_be_hidden()
    page.get_by_role("button", name="Qui signe le contrat ?").click()
    visit.wait(2)
    assert fake.requests[-1].question == "Qui signe le contrat ?"
    assert fake.requests[-1].history[0].exercices == (2021,)


def test_a_chip_puts_the_question_again_from_the_keyboard(
    visit: Visit, fake: FakeAssistant
) -> None:
    page = visit.page
    visit.ask("Quels crédits ?", 1)
    page.get_by_label(texts.QUESTION_LABEL).fill("Un brouillon")
    chip = page.locator("#puce-cohort > summary")
    chip.press("Enter")
    page.locator("#puce-cohort").get_by_role("button", name="2020", exact=True).press("Enter")
    expect(page.locator(".restrictions")).to_contain_text("Vague d'entrée\u00a0: 2020")
    expect(chip).to_be_focused()
    assert fake.requests[-1].cohort == "2020"
    expect(page.locator("#reponse-2")).to_have_count(0)
    expect(page.get_by_label(texts.QUESTION_LABEL)).to_have_value("Un brouillon")
    page.locator(".restrictions").get_by_role("button", name=chat_texts.REMOVE).click()
    expect(page.locator(".restrictions")).to_have_count(0)
    visit.wait(1)  # they go when the question is put again, before the assistant hears it
    assert fake.requests[-1].cohort is None


def test_a_list_and_a_date_of_a_chip_are_read_when_its_button_is_pressed(
    visit: Visit, fake: FakeAssistant
) -> None:
    page = visit.page
    visit.ask(QUESTION, 1)
    for name, value in (("departement", "2A"), ("as_of", "2022-03-01")):
        page.locator(f"#puce-{name} > summary").click()
        field = page.locator(f"#choix-{name}")
        field.select_option(value) if name == "departement" else field.fill(value)
        page.locator(f"#puce-{name}").get_by_role("button", name=chat_texts.RERUN).click()
        expect(page.locator(f'.restrictions button[value="{name}="]')).to_be_visible()
    assert (fake.requests[-1].departement, str(fake.requests[-1].as_of)) == ("2A", "2022-03-01")


def test_escape_closes_a_chip(visit: Visit) -> None:
    visit.ask(QUESTION, 1)
    chip = visit.page.locator("#puce-kinds")
    chip.locator("summary").press("Enter")
    chip.get_by_role("button").first.press("Escape")
    expect(chip).not_to_have_attribute("open", "")
    expect(chip.locator("summary")).to_be_focused()


@pytest.mark.parametrize("visit", [("phone", "light")], indirect=True)
def test_chips_fold_on_a_phone(visit: Visit) -> None:
    visit.ask(QUESTION, 1)
    expect(visit.page.locator("#puce-kinds > summary")).to_be_hidden()
    visit.page.get_by_text(chat_texts.SCOPE_TITLE).click()
    expect(visit.page.locator("#puce-kinds > summary")).to_be_visible()


def test_a_source_is_left_out_and_the_question_put_again(visit: Visit, fake: FakeAssistant) -> None:
    visit.ask(QUESTION, 1)
    card = visit.page.locator("#source-1-1")
    card.get_by_role("button", name=chat_texts.WITHOUT_SOURCE).click()
    expect(visit.page.locator(".restrictions")).to_contain_text("sans «")
    assert fake.requests[-1].exclude == (CIRCULAR_ID,)


def test_quotes_follow_one_another_and_escape_goes_back_to_the_call(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION, 1)
    call = page.locator("#reponse-1 a.appel[href='#source-1-1']").first
    call.press("Enter")
    page.locator("#source-1-1").get_by_role("link", name=chat_texts.NEXT_QUOTE).press("Enter")
    expect(page.locator("#source-1-2")).to_be_focused()
    page.locator("#source-1-2").get_by_role("link", name=chat_texts.PREVIOUS_QUOTE).press("Enter")
    page.keyboard.press("Escape")
    expect(call).to_be_focused()


@pytest.mark.parametrize("clipboard", [True, False])
def test_an_answer_is_copied_with_its_references(visit: Visit, clipboard: bool) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(QUESTION, 1)
    if not clipboard:
        hide = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
        page.evaluate(f"window.read = () => window.pasted; {hide}")
        page.evaluate(
            "document.addEventListener('copy', () => {"
            "window.pasted = document.activeElement.value; })"
        )
    else:
        page.evaluate("window.read = () => navigator.clipboard.readText()")
    page.get_by_role("button", name=chat_texts.COPY, exact=True).click()
    expect(page.locator(".actions .dit")).to_have_text(chat_texts.SCRIPT["copied"])
    copied = page.evaluate("window.read()")
    assert f"{DEADLINE[:-1]} [1]." in copied
    assert "\n[1] Circulaire n°" in copied


def test_print_holds_the_answer_and_its_sources_without_controls(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION, 1)
    page.emulate_media(media="print")
    for shown in ("#reponse-1 .phrase >> nth=0", "#source-1-3 mark", "#reponse-1 .cadre-dit"):
        expect(page.locator(shown)).to_be_visible()
    for hidden in ("#saisie", "#cadre", ".actions", ".restreindre >> nth=0", "#avis"):
        expect(page.locator(hidden)).to_be_hidden()


def test_something_moves_at_once_when_a_question_leaves(visit: Visit) -> None:
    page = visit.page
    page.get_by_label(texts.QUESTION_LABEL).fill(QUESTION)
    moved = page.evaluate(
        "() => { document.getElementById('envoyer').click();"
        "return document.documentElement.classList.contains('parti'); }"
    )
    assert moved
    visit.wait(1)
    expect(page.locator("html")).not_to_have_class("parti")


def test_a_lost_server_is_said_and_the_question_given_back(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="fr-FR")
    page = Visit(context.new_page(), address).page
    context.set_offline(True)
    page.get_by_label(texts.QUESTION_LABEL).fill(QUESTION)
    page.get_by_role("button", name=texts.SEND, exact=True).click()
    notice = page.get_by_role("alert").filter(has_text=chat_texts.SCRIPT["away"])
    expect(notice).to_be_visible()
    expect(page.get_by_text("Connection")).to_be_hidden()
    context.set_offline(False)
    page.get_by_role("button", name=chat_texts.SCRIPT["reload"]).click()
    expect(page.get_by_label(texts.QUESTION_LABEL)).to_have_value(QUESTION)
    assert page.evaluate("sessionStorage.length") == 0
    context.close()


def test_a_restarted_server_says_that_it_forgot(
    browser: Browser, fake: FakeAssistant, store: FeedbackStore
) -> None:
    context = browser.new_context(locale="fr-FR")
    with served(create_app(fake, ServerSettings(), store)) as first:
        visit = Visit(context.new_page(), first)
        visit.ask(QUESTION, 1)
        visit.ask("Encore ?", 2)
    with served(create_app(fake, ServerSettings(), store), port=int(first.rsplit(":", 1)[1])):
        visit.ask("Et ensuite ?", 1)
        expect(visit.page.get_by_role("alert")).to_have_text(chat_texts.SCRIPT["forgotten"])
    context.close()


def test_a_server_restarted_in_mid_answer_gives_the_question_back(
    browser: Browser, store: FeedbackStore
) -> None:
    held, fake = Held(), FakeAssistant()
    context = browser.new_context(locale="fr-FR")
    with served(create_app(held, ServerSettings(), store)) as first:
        visit = Visit(context.new_page(), first)
        visit.page.get_by_label(texts.QUESTION_LABEL).fill(QUESTION)
        visit.page.get_by_role("button", name=texts.SEND, exact=True).click()
        expect(visit.page.locator(".en-cours").first).to_be_visible()
    notice = visit.page.get_by_role("alert").filter(has_text=chat_texts.SCRIPT["away"])
    expect(notice).to_be_visible()
    held.go.set()
    with served(create_app(fake, ServerSettings(), store), port=int(first.rsplit(":", 1)[1])):
        visit.page.get_by_role("button", name=chat_texts.SCRIPT["reload"]).click()
        expect(visit.page.get_by_label(texts.QUESTION_LABEL)).to_have_value(QUESTION)
        visit.page.get_by_role("button", name=texts.SEND, exact=True).click()
        visit.wait(1)
    context.close()


def test_a_question_asked_too_soon_is_refused_in_french_and_kept(
    browser: Browser, fake: FakeAssistant, store: FeedbackStore
) -> None:
    context = browser.new_context(locale="fr-FR")
    with served(create_app(fake, ServerSettings(rate_per_minute=4), store)) as slowed:
        visit = Visit(context.new_page(), slowed)
        box = visit.page.get_by_label(texts.QUESTION_LABEL)
        toast = visit.page.locator(".toast-body")
        for number in (1, 2):  # the page itself asks for what it shows first
            visit.ask(QUESTION, number)
        box.fill(QUESTION)
        visit.page.get_by_role("button", name=texts.SEND, exact=True).click()
        expect(toast).to_contain_text(chat_texts.SCRIPT["refused"])
        expect(toast).not_to_contain_text("Error")
        expect(box).to_have_value(QUESTION)
        expect(visit.page.locator("html")).not_to_have_class("parti")
    context.close()


def test_the_written_mode_is_offered_only_with_a_model(
    visit: Visit, browser: Browser, store: FeedbackStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect(visit.page.locator("#redaction")).to_be_hidden()
    monkeypatch.setenv("REPERES_MODEL", "petit-modele")
    monkeypatch.setenv("REPERES_MODEL_URL", "https://modeles.example/v1")
    own = FakeAssistant()
    context = browser.new_context(locale="fr-FR")
    with served(create_app(own, ServerSettings(), store)) as address:
        page = (other := Visit(context.new_page(), address)).page
        expect(page.locator("#modele")).to_contain_text("partent vers modeles.example")
        assert Axe().run(page, options=WCAG).violations_count == 0
        other.ask(QUESTION, 1)
        page.get_by_label(chat_texts.WRITTEN_LABEL).check()
        other.ask("Encore ?", 2)
    assert [request.mode for request in own.requests] == ["extractive", "written"]
    context.close()


def test_clearing_empties_the_page(visit: Visit) -> None:
    visit.ask(QUESTION, 1)
    visit.page.get_by_role("button", name=texts.CLEAR).click()
    expect(visit.page.locator("#conversation")).to_contain_text(texts.WELCOME)
    expect(visit.page.locator("#sources")).to_contain_text(texts.SOURCES_EMPTY)
    expect(visit.page.locator("#exemples")).to_be_visible()


def test_two_tabs_share_nothing(visit: Visit, browser: Browser, address: str) -> None:
    visit.ask("Ma question à moi ?", 1)
    other = browser.new_context(locale="fr-FR")
    stranger = Visit(other.new_page(), address)
    stranger.ask("Une autre ?", 1)
    assert "à moi" not in (stranger.page.text_content("body") or "")
    other.close()


def test_hostile_text_stays_text(visit: Visit) -> None:
    visit.ask("Réponse hostile ?", 1)
    page = visit.page
    assert page.locator("#source-1-1 mark").text_content() == HOSTILE_TEXT
    assert page.locator("#conversation img, #sources img, #conversation script").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


def test_an_error_is_one_sentence_and_gives_the_question_back(
    visit: Visit, fake: FakeAssistant
) -> None:
    fake.error = RuntimeError("Traceback")
    visit.ask(QUESTION, 1)
    fake.error = None
    expect(visit.page.locator("#reponse-1")).to_contain_text(texts.TECHNICAL_ERROR)
    expect(visit.page.get_by_label(texts.QUESTION_LABEL)).to_have_value(QUESTION)
    assert "Traceback" not in (visit.page.text_content("body") or "")


def test_the_page_says_what_it_is_in_french(visit: Visit) -> None:
    page = visit.page
    assert page.title() == "Repères"
    assert page.locator("html").get_attribute("lang") == "fr"
    expect(page.locator("#corpus")).to_contain_text(texts.french_date(TODAY))
    expect(page.locator("#vie-privee")).to_have_text(texts.PRIVACY_NOTICE)
    expect(page.locator("#etat")).to_have_attribute("role", "status")
    assert page.locator("footer").count() == 0


def test_an_opinion_is_given_from_the_keyboard(visit: Visit, store: FeedbackStore) -> None:
    page = visit.page
    visit.ask("Combien en 2021 <b>gras</b> ?", 1)
    page.get_by_role("button", name=feedback_texts.NO, exact=True).press("Enter")
    expect(page.get_by_role("group", name=feedback_texts.REASON)).to_be_in_viewport()
    expect(page.locator("#avis-accord")).to_contain_text("« Combien en 2021 <b>gras</b> ? »")
    assert Axe().run(page, options=WCAG).violations_count == 0
    page.get_by_label(REASONS["outdated"]).press("Space")
    page.keyboard.press("ArrowRight")
    page.get_by_label(feedback_texts.COMMENT).fill("La source est de 2020.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name=feedback_texts.SEND).press("Enter")
    thanks = page.locator("#avis-etat p")
    expect(thanks).to_contain_text("avec votre question")
    expect(thanks).to_be_focused()
    kept = store.read()[-1]
    assert (kept.reason, kept.comment) == ("other_departement", "La source est de 2020.")
    assert kept.question == "Combien en 2021 <b>gras</b> ?"


def test_a_yes_is_thanked_and_the_next_answer_is_asked_about_afresh(
    visit: Visit, store: FeedbackStore
) -> None:
    page = visit.page
    visit.ask(QUESTION, 1)
    page.get_by_role("button", name=feedback_texts.YES, exact=True).click()
    expect(page.locator("#avis-etat")).to_contain_text("sans votre question")
    assert (store.read()[-1].useful, store.read()[-1].question) == (True, None)
    visit.ask("Encore ?", 2)
    expect(page.get_by_role("button", name=feedback_texts.YES, exact=True)).to_be_visible()
    expect(page.locator("#avis-etat")).to_have_text("")
    expect(page.locator("#avis-formulaire")).to_be_hidden()


def test_each_tab_gives_its_own_opinion(
    visit: Visit, browser: Browser, address: str, store: FeedbackStore
) -> None:
    other = browser.new_context(locale="fr-FR")
    visits = [visit, Visit(other.new_page(), address)]
    for number, one in enumerate(visits):
        one.ask(f"Question de l'onglet {number} ?", 1)
        one.page.get_by_role("button", name=feedback_texts.NO, exact=True).click()
        one.page.locator("#avis-accord input").check()
    for number, one in enumerate(visits):
        one.page.get_by_role("button", name=feedback_texts.SEND).click()
        expect(one.page.locator("#avis-etat")).to_contain_text("avec votre question")
        assert store.read()[-1].question == f"Question de l'onglet {number} ?"
    other.close()
