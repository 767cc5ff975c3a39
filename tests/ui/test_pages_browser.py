"""The pages to consult in a real browser: who can read them, what they ask of the machine."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from evals.feedback import FeedbackStore
from tests.ui.browsing import WCAG, served, sideways
from tests.ui.fakes import CIRCULAR_ID, CIRCULAR_TEXT, DEADLINE, HOSTILE_ID, FakeAssistant
from ui.api import create_app
from ui.pages.navigation import PAGES, document_address
from ui.settings import ServerSettings

pytestmark = pytest.mark.browser
WIDTHS = {"desktop": (1280, 900), "phone": (320, 640)}
START = CIRCULAR_TEXT.index(DEADLINE)
CITED = document_address(CIRCULAR_ID, START, START + len(DEADLINE))
SHOWN = (
    *list(PAGES)[1:],
    CITED,
    f"{document_address(CIRCULAR_ID)}?q=contrats",
    document_address(HOSTILE_ID),
    "/documents?q=absent",
    "/glossaire?q=ase",
)


@pytest.fixture(scope="module")
def address(store: FeedbackStore) -> Iterator[str]:
    with served(create_app(FakeAssistant(), ServerSettings(), store)) as one:
        yield one


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page at a width and in a scheme; no script, nothing from outside, no error."""
    width: str
    scheme: Literal["light", "dark"]
    width, scheme = getattr(request, "param", ("desktop", "light"))
    wide, high = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": wide, "height": high},
        color_scheme=scheme,
        locale="fr-FR",
        base_url=address,
    )
    context.set_default_timeout(10_000)
    made = context.new_page()
    wrong: list[str] = []
    made.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    made.on("request", lambda r: None if r.url.startswith(address) else wrong.append(r.url))
    made.on("response", lambda r: wrong.append(r.url) if r.status >= 400 else None)
    yield made
    context.close()
    assert wrong == []


@pytest.mark.parametrize(
    "page",
    [
        ("phone", "dark"),
        *(
            pytest.param(look, marks=pytest.mark.long)
            for look in (("desktop", "light"), ("desktop", "dark"), ("phone", "light"))
        ),
    ],
    indirect=True,
    ids=lambda param: "-".join(param),
)
def test_no_accessibility_fault_and_no_sideways_scroll(page: Page) -> None:
    axe = Axe()
    for shown in SHOWN:
        page.goto(shown)
        found = axe.run(page, options=WCAG)
        assert found.violations_count == 0, f"{shown}\n{found.generate_report()}"
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow == 0, shown


@pytest.mark.parametrize("page", [("phone", "light")], indirect=True)
@pytest.mark.parametrize("part", [".titre a", ".quoi"])
def test_a_word_without_an_end_wraps_in_a_list(page: Page, part: str) -> None:
    page.goto("/documents")
    page.locator(f".lignes {part}").first.evaluate("one => { one.textContent = 'x'.repeat(120) }")
    assert sideways(page) == 0


def test_a_citation_comes_into_view(page: Page) -> None:
    page.goto(CITED)
    mark = page.locator("mark.cite")
    expect(mark).to_have_text(DEADLINE)
    expect(mark).to_be_in_viewport()


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page: Page) -> None:
    page.goto("/glossaire")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_filters_and_searches_work_from_the_keyboard(page: Page) -> None:
    page.goto("/documents")
    page.get_by_label("Nature").select_option("circulaire")
    page.get_by_label("Mots du titre").fill("2021")
    page.keyboard.press("Enter")
    expect(page.locator(".lignes .titre")).to_have_count(1)
    expect(page.get_by_label("Nature")).to_have_value("circulaire")
    page.locator(".lignes .titre a").press("Enter")
    page.get_by_role("searchbox").fill("contrats")
    page.keyboard.press("Enter")
    page.locator(".trouves a").last.press("Enter")
    expect(page.locator("mark").last).to_be_in_viewport()


def test_a_printed_document_keeps_its_text_and_leaves_the_controls(page: Page) -> None:
    page.goto(document_address(CIRCULAR_ID))
    page.emulate_media(media="print")
    expect(page.locator(".texte")).to_be_visible()
    for left in (".rubriques", ".filtres", ".evitement"):
        expect(page.locator(left).first).to_be_hidden()


def test_a_folded_page_prints_whole(page: Page) -> None:
    page.goto("/glossaire")
    last = page.locator("dl.mots dt").last
    expect(last).to_be_hidden()
    page.emulate_media(media="print")
    expect(last).to_be_visible()
    expect(page.locator("summary").first).to_be_hidden()


def test_the_chat_leads_to_the_pages_in_the_same_tab(page: Page) -> None:
    page.goto("/")
    expect(page.locator("#corpus")).to_contain_text("vérifiés au")  # leaving earlier aborts it
    page.get_by_role("link", name="Documents", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Documents")
