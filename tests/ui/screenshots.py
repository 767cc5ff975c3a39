"""Pictures of every page over the shipped corpus: each is meant to be looked at.

``python -m tests.ui.screenshots FOLDER [README]``; the default index must exist (``make index``).
The README's few go to the second folder, in 128 colours.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from evals.feedback import FeedbackStore
from ingest.settings import Settings
from tests.ui.accounts import two_people
from tests.ui.browsing import answered, ask, launched, opened_source, served, settled
from tests.ui.fakes import FakeAssistant
from ui.adding import Desk
from ui.api import create_app
from ui.pages.navigation import ADDING, PAGES, SIGN_IN, document_address
from ui.serving import build_assistant
from ui.settings import ServerSettings

QUESTION = "Quelles sont les trois sources de financement en 2021 et leurs montants ?"
SIZES = {"desktop": (1280, 900), "phone": (375, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
CHAT_STATES = {
    "chat": QUESTION,
    "chat-tableau": "Quelles sont les différences entre 2021 et 2022 ?",
    "chat-refus": "Quelle est la recette du cassoulet ?",
    "chat-danger": "Un enfant est en danger chez mes voisins, que faire ?",
}
CONSULTED = {
    "document": document_address("circulaire-2021-25"),
    "collectivite": "/eligibilite?departement=29&exercice=2021",
    "echeancier-2021": "/echeancier?exercice=2021",
    "comparer-2021-2022": "/comparer?a=2021&b=2022",
    "introuvable": "/documents/absent",
    "ajouter": ADDING,
}
README = ("chat-desktop-light", "chat-phone-light")
COLOURS = 128


def main(folder: Path, readme: Path | None = None) -> None:
    """Writes <page>-<size>-<scheme>.png into ``folder``, the whole height of each page."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings()
    with tempfile.TemporaryDirectory() as temporary, launched() as browser:
        feedback = FeedbackStore(Path(temporary) / "feedback.sqlite")
        app = create_app(build_assistant(settings), ServerSettings(), feedback, Desk(settings))
        with served(app) as address:
            for size, scheme in _looks():
                _shoot_all(browser, address, size, scheme, folder)
        guarded = ServerSettings(host="0.0.0.0", allowed_hosts="127.0.0.1")
        people = two_people(Path(temporary))
        with served(create_app(FakeAssistant(), guarded, feedback, people=people)) as address:
            for size, scheme in _looks():
                with _page(browser, address, size, scheme) as page:
                    page.goto(SIGN_IN)
                    _save(page, folder / f"connexion-{size}-{scheme}.png")
    if readme is not None:
        _reduce(folder, readme)


def _looks() -> Iterator[tuple[str, Literal["light", "dark"]]]:
    return ((size, scheme) for size in SIZES for scheme in SCHEMES)


def _shoot_all(
    browser: Browser, address: str, size: str, scheme: Literal["light", "dark"], folder: Path
) -> None:
    def shoot(name: str, path: str, then: Callable[[Page], None] = settled) -> None:
        with _page(browser, address, size, scheme) as page:
            page.goto(path)
            then(page)
            _save(page, folder / f"{name}-{size}-{scheme}.png", whole=name != "chat")

    for path in PAGES:
        shoot(path.strip("/") or "accueil", path)
    for name, path in CONSULTED.items():
        shoot(name, path)
    for name, question in CHAT_STATES.items():
        shoot(name, "/", lambda page, question=question: _answered(page, question))  # type: ignore[misc]
    shoot("chat-source", "/", _with_source)


def _answered(page: Page, question: str) -> None:
    settled(page)
    ask(page, question)
    answered(page, 1)
    page.wait_for_timeout(500)  # the page scrolls to its answer


def _with_source(page: Page) -> None:
    _answered(page, QUESTION)
    opened_source(page, 1)
    page.wait_for_timeout(500)


@contextmanager
def _page(
    browser: Browser, address: str, size: str, scheme: Literal["light", "dark"]
) -> Iterator[Page]:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="fr-FR",
    )
    yield context.new_page()
    context.close()


def _save(page: Page, file: Path, whole: bool = True) -> None:
    page.screenshot(path=file, full_page=whole)


def _reduce(folder: Path, readme: Path) -> None:
    """The README's pictures in few colours: a third of their bytes."""
    from PIL import Image

    for name in README:
        with Image.open(folder / f"{name}.png") as picture:
            few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(readme / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
