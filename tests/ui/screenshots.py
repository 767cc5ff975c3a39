"""Remakes the README's pictures over the shipped corpus: ``python -m tests.ui.screenshots docs``.

The default index must exist (``make index``). Each picture is meant to be looked at.
"""

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from evals.feedback import FeedbackStore
from ingest.settings import Settings
from tests.ui.browsing import launched, served
from ui import texts
from ui.api import create_app
from ui.serving import build_assistant
from ui.settings import ServerSettings

QUESTION = "Quelles sont les trois sources de financement en 2021 et leurs montants ?"
SIZES = {"desktop": (1280, 900), "phone": (375, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main(folder: Path) -> None:
    """Writes chat-<size>-<scheme>.png into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings()
    feedback = FeedbackStore(settings.feedback_file)
    app = create_app(build_assistant(settings), ServerSettings(), feedback)
    with served(app) as address, launched() as browser:
        for size in SIZES:
            for scheme in SCHEMES:
                _shoot(browser, address, size, scheme, folder)


def _shoot(
    browser: Browser, address: str, size: str, scheme: Literal["light", "dark"], folder: Path
) -> None:
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(address)
    page.get_by_label(texts.QUESTION_LABEL).fill(QUESTION)
    page.get_by_role("button", name=texts.SEND).click()
    page.locator("a.appel").first.wait_for()
    page.wait_for_timeout(500)
    page.screenshot(path=folder / f"chat-{size}-{scheme}.png")
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
