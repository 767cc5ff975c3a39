"""A real browser and a real server for the tests that need them."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from starlette.types import ASGIApp

from ui import texts
from ui.closing import server_of

CHROMIUM = "/usr/bin/chromium"
WCAG: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],  # the same rules; what passes isn't described, in half the time
}
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LOOKS = list(product((320, 768, 1280), SCHEMES))
"""Every width and scheme in which a page is read."""
EVERYDAY_LOOKS: list[tuple[int, Scheme]] = [(1280, "light"), (320, "dark")]
expect.set_options(timeout=15_000)  # a busy machine, not a slow page, is what 5 s would tell


@contextmanager
def launched() -> Iterator[Browser]:
    """Debian's chromium; without it the test is skipped, or fails where it is required."""
    if not Path(CHROMIUM).exists():
        reason = f"{CHROMIUM} n'est pas installé"
        if "browser" in os.environ.get("REPERES_REQUIRE", ""):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield one
        one.close()


@contextmanager
def served(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """The address of a server in a thread of its own."""
    server = server_of(app, grace_s=2, port=port, log_level="warning", ws="none")
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@contextmanager
def looking(browser: Browser, address: str, width: int = 320, scale: float = 1) -> Iterator[Page]:
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


def settled(page: Page) -> None:
    """Waits until a page shows all that it shows by itself; the chat fills its line last."""
    if urlsplit(page.url).path == "/":
        expect(page.locator("#corpus p").first).to_be_visible()


def ask(page: Page, question: str) -> None:
    """Types a question into the chat and sends it from the keyboard."""
    box = page.get_by_label(texts.QUESTION_LABEL)
    box.fill(question)
    box.press("Enter")


def answered(page: Page, number: int) -> Locator:
    """The whole answer of that number (from 1), once it is there."""
    answer = page.locator(f"#reponse-{number} .reponse:not(.en-cours)")
    expect(answer).to_be_visible()
    return answer


def opened_source(page: Page, number: int) -> Locator:
    """The card that the first call of an answer opens, once it has the focus."""
    page.locator(f"#reponse-{number} a.appel").first.press("Enter")
    card = page.locator(".carte.active")
    expect(card).to_be_focused()
    return card


def sideways(page: Page) -> int:
    """Pixels that a person must scroll sideways to read the page."""
    found: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return found


def check_reading(page: Page, where: str) -> None:
    """No fault of WCAG 2.1 and 2.2 A/AA that axe-core sees, and no sideways scroll."""
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, f"{where}\n{found.generate_report()}"
    assert sideways(page) == 0, where


def check_looks(page: Page, where: str, looks: list[tuple[int, Scheme]] = LOOKS) -> None:
    """Reads the page at those widths, in those schemes."""
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        check_reading(page, f"{where}, {width} px, {scheme}")


def check_zoom(page: Page, where: str) -> None:
    """Loses nothing of a page that ``looking`` zooms to 200 % (640 px, two device pixels each)."""
    assert (sideways(page), cut_texts(page)) == (0, []), where


def cut_texts(page: Page) -> list[str]:
    """Texts that their own box hides in part, or that stand outside the page."""
    found: list[str] = page.evaluate(_CUT)
    return found


_CUT = """() => {
  const wide = document.documentElement.clientWidth, cut = [];
  const hidden = (one) => one.closest('.hors-ecran, .copie, #pont, .evitement, .nom, select');
  for (const one of document.querySelectorAll('body *')) {
    const own = [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    const box = one.getBoundingClientRect();
    if (!own || !box.width || hidden(one) || !one.checkVisibility()) continue;
    const scrolls = (up) => up && (/auto|scroll/.test(getComputedStyle(up).overflowX)
      ? up : scrolls(up.parentElement));
    const clips = /hidden|clip/.test(getComputedStyle(one).overflowX);
    const short = one.scrollWidth > one.clientWidth + 1 && clips;
    if (short || ((box.right > wide + 1 || box.left < -1) && !scrolls(one)))
      cut.push(one.tagName + ' ' + one.textContent.trim().slice(0, 60));
  }
  return cut;
}"""
