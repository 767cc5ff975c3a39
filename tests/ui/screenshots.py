"""Pictures of every page over the shipped corpus: each is meant to be looked at.

``python -m tests.ui.screenshots FOLDER [README] [--only NAME…]``; the default index must exist
(``make index``). The README's few go to the second folder, in 128 colours; ``--only`` takes the
pictures whose name begins so.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect

from evals.feedback import FeedbackStore
from ingest.settings import Settings
from tests.ui.accounts import PASSWORD, two_people
from tests.ui.browsing import answered, ask, launched, opened_source, served, settled
from tests.ui.fakes import FakeAssistant
from tests.ui.played import answered_right, answered_wrong, ended, note_read, nothing_read
from ui.access import words
from ui.adding import Desk
from ui.api import create_app
from ui.pages.navigation import ADDING, CHAT, PAGES, SESSION, SIGN_IN, SIGN_OUT, document_address
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
ASKED = "theme=contractualisation&exercice=2022&public=nouveaux+agents&minutes=60"
MADE = f"{SESSION}?{ASKED}"
QUIZ = f"{SESSION}/quiz?{ASKED}"
README = ("chat-desktop-light", "chat-phone-light")
COLOURS = 128
EXAMPLES_MS = 60_000  # drawn by the first visit of a cold server


def main(folder: Path, readme: Path | None = None, only: tuple[str, ...] = ("",)) -> None:
    """Writes <page>-<size>-<scheme>.png into ``folder``, most the whole height of their page."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings()
    with tempfile.TemporaryDirectory() as temporary, launched() as browser:
        feedback = FeedbackStore(Path(temporary) / "feedback.sqlite")
        app = create_app(build_assistant(settings), ServerSettings(), feedback, Desk(settings))
        with served(app) as address:
            for size, scheme in _looks():
                _shoot_all(Camera(browser, address, size, scheme, folder, only))
        guarded = ServerSettings(host="0.0.0.0", allowed_hosts="127.0.0.1")
        people = two_people(Path(temporary), time.time)
        with served(create_app(FakeAssistant(), guarded, feedback, people=people)) as address:
            for size, scheme in _looks():
                _shoot_signing(Camera(browser, address, size, scheme, folder, only))
    if readme is not None:
        _reduce(folder, readme)


def _looks() -> Iterator[tuple[str, Literal["light", "dark"]]]:
    return ((size, scheme) for size in SIZES for scheme in SCHEMES)


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes the pictures of one server in one look; those whose name begins as ``only`` says."""

    browser: Browser
    address: str
    size: str
    scheme: Literal["light", "dark"]
    folder: Path
    only: tuple[str, ...]

    def shoot(
        self, name: str, path: str, then: Callable[[Page], None] = settled, whole: bool = True
    ) -> None:
        """One page after what a person does there; without ``whole``, what the window shows."""
        if not name.startswith(self.only):
            return
        with _page(self.browser, self.address, self.size, self.scheme) as page:
            page.goto(path)
            then(page)
            file = self.folder / f"{name}-{self.size}-{self.scheme}.png"
            page.screenshot(path=file, full_page=whole)


def _shoot_all(camera: Camera) -> None:
    for path in PAGES:
        camera.shoot(path.strip("/") or "accueil", path, settled if path != CHAT else _welcomed)
    for name, path in CONSULTED.items():
        camera.shoot(name, path)
    for name, question in CHAT_STATES.items():
        camera.shoot(name, "/", partial(_answered, question=question), whole=name != "chat")
    camera.shoot("chat-source", "/", _with_source)
    camera.shoot("ajouter-rapport", ADDING, note_read)
    camera.shoot("ajouter-refus", ADDING, nothing_read)
    camera.shoot("seance-preparee", MADE)
    camera.shoot("quiz-questions", QUIZ)
    camera.shoot("quiz-juste", QUIZ, answered_right, whole=False)
    camera.shoot("quiz-faux", QUIZ, answered_wrong, whole=False)
    camera.shoot("quiz-fin", QUIZ, ended, whole=False)


def _shoot_signing(camera: Camera) -> None:
    camera.shoot("connexion", SIGN_IN)
    camera.shoot("connexion-refusee", SIGN_IN, partial(_signed, password="un mauvais mot"))
    camera.shoot("deconnexion", f"{SIGN_IN}?suite={SIGN_OUT}", _leaving)


def _welcomed(page: Page) -> None:
    settled(page)
    expect(page.locator("#exemples button").first).to_be_visible(timeout=EXAMPLES_MS)


def _signed(page: Page, password: str) -> None:
    page.get_by_label("Nom").fill("claire")
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
    if password != PASSWORD:
        expect(page.get_by_text(words.WRONG)).to_be_visible()


def _leaving(page: Page) -> None:
    _signed(page, PASSWORD)
    page.wait_for_url("**/")
    page.goto(SIGN_OUT)


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


def _reduce(folder: Path, readme: Path) -> None:
    """The README's pictures in few colours: a third of their bytes."""
    from PIL import Image

    for name in README:
        with Image.open(folder / f"{name}.png") as picture:
            few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(readme / f"{name}.png", optimize=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("readme", type=Path, nargs="?")
    parser.add_argument("--only", nargs="+", default=("",))
    given = parser.parse_args()
    main(given.folder, given.readme, tuple(given.only))
