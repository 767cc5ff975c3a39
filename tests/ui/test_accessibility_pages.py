"""Every page and every error page: read by all, at any width, in both schemes, zoomed."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from assistant.answering import Assistant
from corpus.errors import IndexUnusable
from evals.feedback import FeedbackStore
from ingest.serving import Service
from ingest.settings import Settings
from tests.fakes import FakeEmbeddings
from tests.ui.accounts import PASSWORD, Clock, cheap_hashes, two_people
from tests.ui.browsing import check_looks, check_zoom, looking, served, settled
from tests.ui.fakes import FakeAssistant
from ui import adding_texts
from ui.access import signing, words
from ui.adding import Desk, Job
from ui.api import create_app
from ui.pages.adding import WORK
from ui.pages.navigation import (
    ABOUT,
    ADDING,
    CHAT,
    DOCUMENTS,
    GLOSSARY,
    PAGES,
    SESSION,
    SIGN_IN,
    SIGN_OUT,
    document_address,
)
from ui.pages.playing import QUIZ, SHEET
from ui.pages.words import ERROR_TITLES
from ui.settings import ServerSettings

pytestmark = [pytest.mark.browser, pytest.mark.long]
DOCUMENT = document_address("circulaire-2021-25")
ORDER = "theme=contractualisation&exercice=2022"
WRONG = f"{SESSION}?theme=inconnu"
CHECKED = "&".join(f"vu={n}&q{n}=0&q{n}-0=0" for n in range(1, 6))
PLAYED = f"{QUIZ}?{ORDER}&{CHECKED}"
EMPTY = f"{QUIZ}?{ORDER}&verifier=1"
SHOWN = (
    *(page for page in PAGES if page != CHAT),
    ADDING,
    DOCUMENT,
    f"{DOCUMENT}?q=contrats",
    document_address("circulaire-2021-25", 0, 80),
    "/documents?q=absolument-rien",
    "/eligibilite?departement=29&exercice=2021",
    "/eligibilite?q=absolument-rien",
    "/echeancier?exercice=2021",
    "/comparer?a=2021&b=2022",
    "/glossaire?q=ase",
    "/glossaire?q=absolument-rien",
    WRONG,
    f"{SESSION}?{ORDER}",
    f"{QUIZ}?{ORDER}",
    PLAYED,
    EMPTY,
    f"{SHEET}?{ORDER}",
    f"{SHEET}?{ORDER}&corrige=oui",
)


@pytest.fixture(scope="module")
def shipped_address(
    shipped_service: Service, store: FeedbackStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The shipped corpus with its whole pages, and a desk to add documents to another index."""
    elsewhere = Settings(index=tmp_path_factory.mktemp("desk") / "index", embedding_model="none")
    assistant = Assistant(shipped_service.index, lambda: shipped_service.fault)
    with served(create_app(assistant, ServerSettings(), store, Desk(elsewhere))) as one:
        yield one


def come(page: Page, path: str) -> None:
    """Opens a page, which must be the one that is meant."""
    response = page.goto(path)
    assert response is not None
    assert response.status == (400 if path == WRONG else 200), path
    assert path != PLAYED or page.locator(".verdict").count() == 5


@pytest.mark.model
@pytest.mark.parametrize("path", SHOWN)
def test_every_page_is_read_without_fault_at_every_width_in_both_schemes(
    browser: Browser, shipped_address: str, path: str
) -> None:
    with looking(browser, shipped_address) as page:
        come(page, path)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        check_looks(page, path)


@pytest.mark.model
def test_a_zoom_of_200_per_cent_loses_nothing_of_the_pages(
    browser: Browser, shipped_address: str
) -> None:
    with looking(browser, shipped_address, 640, scale=2) as page:
        for path in SHOWN:
            come(page, path)
            check_zoom(page, path)


def send(page: Page, fields: Mapping[str, str], path: str) -> None:
    """Sends a form of ours from the page that is open."""
    with page.expect_navigation():
        page.evaluate(
            """([path, fields]) => {
              const form = document.createElement('form');
              Object.assign(form, {method: 'post', action: path});
              for (const [name, value] of Object.entries(fields)) {
                const one = document.createElement('textarea');
                Object.assign(one, {name, value});
                form.append(one);
              }
              document.body.append(form);
              form.submit();
            }""",
            [path, fields],
        )


def crashed(page: Page, fake: FakeAssistant, error: Exception) -> None:
    fake.error = error
    page.goto(f"{SESSION}?theme=contractualisation")
    fake.error = None


def too_often(page: Page, _fake: FakeAssistant) -> None:
    for minutes in (30, 45, 60, 75):
        page.goto(f"{SESSION}?{ORDER}&minutes={minutes}")


ERRORS: dict[int, Callable[[Page, FakeAssistant], object]] = {
    400: lambda page, _fake: page.goto(f"{SESSION}/fichier?{ORDER}&format=exe"),
    404: lambda page, _fake: page.goto("/documents/absent"),
    405: lambda page, _fake: send(page, {}, DOCUMENTS),
    413: lambda page, _fake: send(page, {"note": "a" * 70_000}, GLOSSARY),
    422: lambda page, _fake: page.goto(f"{DOCUMENT}?debut=ici"),
    429: too_often,
    500: lambda page, fake: crashed(page, fake, RuntimeError("Traceback")),
    503: lambda page, fake: crashed(page, fake, IndexUnusable("L'index est à reconstruire.")),
}
"""How a person comes to each error page."""


@pytest.mark.parametrize("status", ERRORS)
def test_every_error_page_is_read_without_fault_at_every_width_in_both_schemes(
    browser: Browser, store: FeedbackStore, status: int
) -> None:
    fake = FakeAssistant()
    with (
        served(create_app(fake, ServerSettings(rate_per_minute=3), store)) as address,
        looking(browser, address) as page,
    ):
        page.goto(ABOUT)
        statuses: list[int] = []
        page.on("response", lambda response: statuses.append(response.status))
        ERRORS[status](page, fake)
        assert status in statuses
        expect(page.get_by_role("heading", level=1)).to_have_text(ERROR_TITLES[status])
        check_looks(page, str(status))


def test_every_step_of_signing_in_is_read_without_fault(
    browser: Browser, published: Settings, store: FeedbackStore, tmp_path: Path
) -> None:
    settings = ServerSettings(host="0.0.0.0", allowed_hosts="127.0.0.1")
    people, desk = two_people(tmp_path, Clock()), Desk(published, FakeEmbeddings)
    with (
        cheap_hashes(),
        served(create_app(FakeAssistant(), settings, store, desk, people)) as address,
        looking(browser, address) as page,
    ):
        page.goto(SIGN_IN)
        check_looks(page, SIGN_IN)
        sign_in(page, "un mauvais mot de passe")
        expect(page.get_by_role("alert")).to_have_text(words.WRONG)
        check_looks(page, "refused")
        sign_in(page, PASSWORD)
        page.goto(CHAT)
        settled(page)
        check_looks(page, "chat of a person")
        page.goto(ADDING)
        expect(page.locator("main")).to_contain_text(adding_texts.NOT_ALLOWED)
        check_looks(page, "forbidden")
        page.goto(SIGN_OUT)
        check_looks(page, SIGN_OUT)
        page.get_by_role("button", name="Se déconnecter").click()
        for _wrong in range(signing.TRIES_A_NAME + 1):
            page.goto(SIGN_IN)
            sign_in(page, "un autre", "inconnue")
        expect(page.get_by_role("alert")).not_to_have_text(words.WRONG)
        check_looks(page, "slowed")


def sign_in(page: Page, password: str, name: str = "claire") -> None:
    page.get_by_label("Nom du compte").fill(name)
    page.get_by_label("Mot de passe").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Se connecter").click()


def test_every_step_of_adding_is_read_without_fault(
    browser: Browser,
    published: Settings,
    store: FeedbackStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    desk = Desk(published, FakeEmbeddings)
    app = create_app(Assistant(Service(published).index), ServerSettings(), store, desk)
    with served(app) as address, looking(browser, address) as page:
        page.goto(ADDING)
        files = ("charte.md", "autre.txt", "x.xlsx")
        page.locator("input[type=file]").set_input_files([a_file(name) for name in files])
        expect(page.locator("#lus .titre a")).to_have_count(2)
        check_looks(page, "files read")
        page.get_by_role("link", name="charte.md", exact=True).click()
        check_looks(page, "one file")
        page.get_by_label("Exercices").fill("deux mille")
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.locator(".manque")).to_be_visible()
        check_looks(page, "a fault in a correction")
        for state in ("running", "failed"):
            desk.job = Job("Publication de charte.md", (), state, "découpage", 1, 3, "Refusé.")
            page.goto(WORK)
            check_looks(page, state)
        desk.job = None
        page.goto(ADDING)
        page.get_by_role("button", name="Publier ensemble").click()
        expect(page.get_by_text("C'est fait")).to_be_visible(timeout=60_000)
        check_looks(page, "published")
        page.goto(ADDING)
        page.get_by_role("link", name="Retirer charte.md").click()
        check_looks(page, "removal")


def a_file(name: str) -> FilePayload:
    text = f"# Charte {name}\n\nLe relais parental de {name} accueille les familles le mardi.\n"
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
