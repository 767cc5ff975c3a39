"""The pages of the registers in a real browser: who can read them, and without JavaScript."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.ui.browsing import WCAG, served
from tests.ui.registers import pages

pytestmark = pytest.mark.browser
ADDRESSES = (
    "/eligibilite",
    "/eligibilite?departement=29&exercice=2021",
    "/echeancier",
    "/comparer",
    "/comparer?a=2021&b=2022",
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(pages()) as one:
        yield one


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(locale="fr-FR", java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(320, "light"), pytest.param(1280, "dark", marks=pytest.mark.long)],
)
def test_no_accessibility_fault_no_outside_request_no_sideways_scroll(
    browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda r: outside.append(r.url) if not r.url.startswith(address) else None)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for path in ADDRESSES:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page, options=WCAG)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert page.evaluate(overflow) == 0, path
    context.close()
    assert outside == []


def test_a_collectivite_is_chosen_from_the_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/eligibilite")
    page.get_by_label("Ou chercher par nom ou par code").fill("finistere")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Finistère (29)")
    page.get_by_label("Exercice", exact=True).select_option("2021")
    page.get_by_role("button", name="Afficher").press("Enter")
    expect(page.get_by_role("heading", name="Exercice 2021")).to_be_visible()


def test_a_tile_leads_to_its_collectivite(page: Page, address: str) -> None:
    page.goto(f"{address}/eligibilite")
    page.locator(".tuiles a", has_text="38").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Isère (38)")


def test_a_quote_is_shown_from_the_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/echeancier?exercice=2021")
    page.locator("#date-signature-2021 summary").press("Enter")
    expect(page.locator("#date-signature-2021 blockquote")).to_be_visible()


def test_a_proof_leads_to_its_statement(page: Page, address: str) -> None:
    page.goto(f"{address}/echeancier?exercice=2021")
    page.locator("#date-signature-2021 a.appel").click()
    expect(page.locator("mark").first).to_be_in_viewport()


def test_the_export_is_a_file(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/echeancier?exercice=2021")
    with page.expect_download() as download:
        page.get_by_role("link", name="Exporter (.ics)").click()
    assert download.value.suggested_filename == "echeancier-2021.ics"
    page.close()
