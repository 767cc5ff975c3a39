"""Signing in, asking, signing out in a real browser, which says where its forms come from."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from evals.feedback import FeedbackStore
from tests.ui.accounts import PASSWORD, Clock, cheap_hashes, two_people
from tests.ui.browsing import WCAG, served
from tests.ui.fakes import FakeAssistant
from tests.ui.test_browser import QUESTION
from ui import texts
from ui.access import words
from ui.api import create_app
from ui.settings import ServerSettings

pytestmark = pytest.mark.browser
SETTINGS = ServerSettings(host="0.0.0.0", allowed_hosts="127.0.0.1", rate_per_minute=12)


@pytest.fixture(scope="module")
def address(store: FeedbackStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cheap_hashes():
        people = two_people(tmp_path_factory.mktemp("people"), Clock())
        with served(create_app(FakeAssistant(), SETTINGS, store, people=people)) as one:
            yield one


@pytest.fixture(params=[(1280, 900), (390, 800)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    wide, high = request.param
    context = browser.new_context(viewport={"width": wide, "height": high}, base_url=address)
    context.set_default_timeout(15_000)
    outside: list[str] = []
    made = context.new_page()
    made.on("request", lambda r: None if r.url.startswith(address) else outside.append(r.url))
    yield made
    context.close()
    assert outside == []


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Nom du compte").fill("claire")
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()


def test_the_sign_in_page_can_be_read_by_everybody(page: Page) -> None:
    page.goto("/documents")
    sign_in(page, "un mauvais mot de passe")
    expect(page.get_by_role("alert")).to_have_text(words.WRONG)
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0


def test_a_person_signs_in_asks_and_signs_out(page: Page) -> None:
    page.goto("/documents?q=contrats")
    sign_in(page)
    expect(page).to_have_url("/documents?q=contrats")
    page.goto("/")
    page.get_by_label(texts.QUESTION_LABEL).fill(QUESTION)
    page.get_by_role("button", name=texts.SEND, exact=True).click()
    expect(page.locator("#reponse-1 .reponse:not(.en-cours)")).to_be_visible()
    page.get_by_role("link", name="Se déconnecter").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/")
    expect(page.get_by_role("heading", name="Connexion")).to_be_visible()
