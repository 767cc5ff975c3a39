"""Remakes the README's pictures over the shipped corpus: ``python -m tests.ui.screenshots docs``.

The default index must exist (``make index``). Each picture is meant to be looked at.
"""

import sys
import threading
import time
from pathlib import Path
from typing import Literal

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from evals.feedback import FeedbackStore
from ingest.settings import Settings
from ui import texts
from ui.api import create_app
from ui.serving import build_assistant
from ui.settings import ServerSettings

CHROMIUM = "/usr/bin/chromium"
QUESTION = "Quelles sont les trois sources de financement en 2021 et leurs montants ?"
SIZES = {"desktop": (1280, 900), "phone": (375, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main(folder: Path) -> None:
    """Writes chat-<size>-<scheme>.png into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings()
    feedback = FeedbackStore(settings.feedback_file)
    app = create_app(build_assistant(settings), ServerSettings(), feedback)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
            for size in SIZES:
                for scheme in SCHEMES:
                    _shoot(browser, address, size, scheme, folder)
            browser.close()
    finally:
        server.should_exit = True
        thread.join(timeout=10)


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
