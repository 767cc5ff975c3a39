"""« /ajouter » through HTTP, and once in a real browser."""

import html
import re
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from starlette.requests import Request
from starlette.testclient import TestClient

from assistant.answering import Assistant
from evals.feedback import FeedbackStore
from ingest.serving import Service
from ingest.settings import Settings
from tests.fakes import FakeEmbeddings
from tests.ui.browsing import WCAG, served
from ui import adding_texts as texts
from ui.adding import Desk
from ui.api import create_app
from ui.drafts import MOST_DRAFTS
from ui.headers import UPLOAD_BYTES
from ui.pages.navigation import ADDING, nav_html
from ui.settings import ServerSettings
from ui.texts import french_date

SAID = "Le relais parental accueille les familles chaque mardi."
TEXT = f"# Charte du relais\n\n{SAID}\n".encode()
FOREIGN = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "http://ailleurs.example"},
    {"origin": "http://localhost:1"},
)


@pytest.fixture
def desk(published: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk over a tiny published index; its drafts stand in a folder of the test."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return Desk(published, FakeEmbeddings)


@pytest.fixture
def adding(desk: Desk, published: Settings, store: FeedbackStore) -> TestClient:
    """A client of an application that adds documents."""
    app = create_app(Assistant(Service(published).index), ServerSettings(), store, desk)
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


def send(client: TestClient, desk: Desk, name: str, data: bytes = TEXT) -> str:
    """Sends a file; gives the page that follows."""
    response = client.post(ADDING, data={"cle": desk.key}, files={"fichier": (name, data)})
    return response.text


def test_a_file_is_read_shown_published_found_and_taken_out(adding: TestClient, desk: Desk) -> None:
    page = send(adding, desk, "charte.md")
    assert "Charte du relais" in page and SAID in page
    (draft,) = desk.drafts.all()
    own = {"cle": desk.key}
    adding.post(f"{ADDING}/{draft.token}/publier", data=own)
    desk.wait(60)
    assert "C'est fait" in html.unescape(adding.get(f"{ADDING}/travail").text)
    assert SAID in adding.get("/documents/charte").text
    (held,) = [held for held in desk.held() if held.document_id == "charte"]
    assert "Retirer « charte.md »" in adding.get(f"{ADDING}/retirer/{held.key}").text
    adding.post(f"{ADDING}/retirer/{held.key}", data=own)
    desk.wait(60)
    assert adding.get("/documents/charte").status_code == 404


def test_the_page_of_a_publication_that_a_restart_cut_says_so(adding: TestClient) -> None:
    page = adding.get(f"{ADDING}/travail")
    assert (page.status_code, texts.NO_WORK in html.unescape(page.text)) == (200, True)


def test_asking_for_a_page_changes_nothing(adding: TestClient, desk: Desk) -> None:
    send(adding, desk, "charte.md")
    (draft,) = desk.drafts.all()
    before = desk.held()
    for address in ("publier", "abandonner"):
        assert adding.get(f"{ADDING}/{draft.token}/{address}").status_code in (404, 405)
    assert adding.get(f"{ADDING}/retirer/{before[0].key}").status_code == 200
    assert (desk.drafts.all(), desk.held(), desk.job) == ([draft], before, None)


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_adds_nothing(adding: TestClient, desk: Desk, headers: dict[str, str]) -> None:
    given = {"data": {"cle": desk.key}, "files": {"fichier": ("charte.md", TEXT)}}
    response = adding.post(ADDING, headers=headers, **given)  # type: ignore[arg-type]
    assert response.status_code == 403
    assert "Accès refusé" in response.text
    assert desk.drafts.all() == []


def test_a_form_without_the_key_does_nothing(adding: TestClient, desk: Desk) -> None:
    send(adding, desk, "charte.md")
    (draft,) = desk.drafts.all()
    (held, *_) = desk.held()
    for address in (f"{draft.token}/publier", f"{draft.token}/abandonner", f"retirer/{held.key}"):
        for data in ({}, {"cle": "fausse"}, {"cle": "é"}):
            response = adding.post(f"{ADDING}/{address}", data=data)
            assert response.status_code == 403
            assert texts.FOREIGN in html.unescape(response.text)
    sent = adding.post(ADDING, data={"cle": ""}, files={"fichier": ("autre.md", TEXT)})
    assert (sent.status_code, desk.drafts.all(), desk.job) == (403, [draft], None)


def test_who_may_not_manage_sees_nothing(
    adding: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_request: Request) -> bool:
        return False

    assert nav_html("/", managing=True) in adding.get("/").text
    monkeypatch.setattr("ui.pages.adding.may_manage", refused)
    monkeypatch.setattr("ui.pages.site.may_manage", refused)
    assert nav_html("/documents") in adding.get("/documents").text
    assert nav_html("/") in adding.get("/").text
    for path in (ADDING, f"{ADDING}/travail", f"{ADDING}/x", f"{ADDING}/retirer/x"):
        response = adding.get(path)
        assert response.status_code == 403
        assert texts.NOT_ALLOWED in html.unescape(response.text)
    assert texts.NOT_ALLOWED in html.unescape(send(adding, desk, "charte.md"))
    assert desk.drafts.all() == []


def test_without_a_desk_there_is_no_such_page(client: TestClient) -> None:
    assert client.get(ADDING).status_code == 404
    assert f'href="{ADDING}"' not in client.get("/documents").text


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("vide.md", b"", 400, "est vide"),
        ("table.xlsx", b"PK", 400, "exportez-le au format .pdf"),
        ("lot.zip", b"PK", 400, "lot.zip"),
        ("", TEXT, 400, "Choisissez d'abord un fichier."),
        ("gros.txt", b"a" * (UPLOAD_BYTES + 1), 413, "dépasse 25"),
    ],
)
def test_what_is_refused_says_why_on_the_same_page(
    adding: TestClient, desk: Desk, name: str, data: bytes, status: int, said: str
) -> None:
    files = {"fichier": (name, data)}
    response = adding.post(ADDING, data={"cle": desk.key}, files=files)
    assert response.status_code == status
    fault = re.search(r'id="faute" role="alert">([^<]+)', html.unescape(response.text))
    assert fault is not None and said in fault[1]
    assert desk.drafts.all() == []


@pytest.mark.parametrize("body", [b"", b"--x", b"rien", b"\xff" * 100])
def test_a_body_that_is_no_form_is_refused(adding: TestClient, body: bytes) -> None:
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "text/plain"):
        response = adding.post(ADDING, content=body, headers={"content-type": kind})
        assert response.status_code == 400, kind
        assert response.headers["content-type"].startswith("text/html")


def test_other_routes_keep_their_small_bodies(adding: TestClient, desk: Desk) -> None:
    for address in ("/api/answers", f"{ADDING}/x/publier"):
        assert adding.post(address, content=b"a" * 70_000).status_code == 413


def test_hostile_names_and_texts_are_shown_as_text(adding: TestClient, desk: Desk) -> None:
    page = send(adding, desk, "<img src=x onerror=alert(1)>.txt", b"<script>alert(1)</script> ici")
    assert "<img" not in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_correction_is_kept_and_shown(adding: TestClient, desk: Desk) -> None:
    send(adding, desk, "charte.md")
    (draft,) = desk.drafts.all()
    form = {"cle": desk.key, "titre": "Charte <revue>", "nature": "contrat local", "auteur": "Ici"}
    form |= {"signe": "2031-05-12", "exercices": "2031, 2032"}
    page = adding.post(f"{ADDING}/{draft.token}", data=form).text
    assert french_date(date(2031, 5, 12)) in page
    for said in ("Charte &lt;revue&gt;", "contrat local", "Ici", "2031 et 2032"):
        assert said in page


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"titre": ""}, texts.NO_TITLE),
        ({"nature": "loi"}, texts.BAD_KIND),
        ({"signe": "hier"}, texts.BAD_DAY),
        ({"debut": "2031-05-12", "fin": "2031-05-11"}, texts.ENDS_BEFORE),
        ({"exercices": "deux mille"}, texts.YEARS),
    ],
)
def test_a_wrong_correction_comes_back_as_it_was_typed(
    adding: TestClient, desk: Desk, wrong: dict[str, str], fault: str
) -> None:
    send(adding, desk, "charte.md")
    (draft,) = desk.drafts.all()
    form = {"cle": desk.key, "titre": "Charte revue", "nature": "contrat local", "auteur": "Ici"}
    response = adding.post(f"{ADDING}/{draft.token}", data=form | wrong)
    page, name = html.unescape(response.text), list(wrong)[-1]
    assert response.status_code == 400
    assert f'<p class="manque" id="manque-{name}">{fault}</p>' in page
    assert re.search(rf'name="{name}"[^>]*aria-describedby="manque-{name}" autofocus', page)
    for typed in (form | wrong).values():
        shown = f'value="{typed}"' in page or f">{typed}</textarea>" in page
        assert shown or typed in ("loi", "", desk.key)
    assert (texts.TO_CORRECT in page, desk.drafts.all()) == (True, [draft])


def test_a_draft_that_is_gone_is_a_page(adding: TestClient) -> None:
    response = adding.get(f"{ADDING}/absent")
    assert response.status_code == 404
    assert "ajoutez le fichier de nouveau" in response.text


def test_too_many_files_at_once_are_refused_with_the_limit(adding: TestClient, desk: Desk) -> None:
    files = [("fichier", (f"note-{n}.md", TEXT)) for n in range(40)]
    response = adding.post(ADDING, data={"cle": desk.key}, files=files)
    assert response.status_code == 400
    assert html.escape(texts.too_many_files(40, MOST_DRAFTS)).replace("&#x27;", "&#39;") in (
        response.text
    )
    assert desk.drafts.all() == []


def test_several_files_are_sent_at_once_each_with_its_report(
    adding: TestClient, desk: Desk
) -> None:
    sent = [
        ("charte.md", TEXT),
        ("table.xlsx", b"PK"),
        ("autre.md", b"# Autre\n\nLe relais ferme."),
    ]
    files = [("fichier", one) for one in sent]
    response = adding.post(ADDING, data={"cle": desk.key}, files=files)
    page = html.unescape(response.text)
    assert response.status_code == 200
    assert "exportez-le au format .pdf" in page
    for draft in desk.drafts.all():
        assert f'<a href="{ADDING}/{draft.token}">{draft.name}</a>' in page
        assert f'href="{ADDING}/{draft.token}">Vérifier et publier<' in page
    assert "Publier ensemble ces 2 fichiers" in page
    adding.post(f"{ADDING}/tout/publier", data={"cle": desk.key})
    desk.wait(60)
    assert "C'est fait" in html.unescape(adding.get(f"{ADDING}/travail").text)
    assert desk.drafts.all() == []


def test_records_are_listed(adding: TestClient, desk: Desk) -> None:
    rows = b'{"_id": "a", "title": "Une", "text": "Un."}\nabc\n{"_id": "b", "text": "Deux."}\n'
    page = send(adding, desk, "fiches.jsonl", rows)
    assert "<li>Une</li>" in page
    assert "fiches.jsonl#2" in page


@pytest.fixture
def address(adding: TestClient) -> Iterator[str]:
    """The application on a real port."""
    with served(adding.app) as one:  # type: ignore[arg-type]
        yield one


@pytest.mark.browser
def test_files_dropped_together_are_read_one_by_one_and_published_together(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, locale="fr-FR")
    page = context.new_page()
    page.goto(ADDING)
    files = [
        {"name": name, "mimeType": "text/plain", "buffer": data}
        for name, data in (
            ("charte.md", TEXT),
            ("autre.txt", b"Le relais ferme."),
            ("x.xlsx", b"PK"),
        )
    ]
    page.get_by_label("Choisir des fichiers").set_input_files(files)  # type: ignore[arg-type]
    expect(page.locator(".bilan li")).to_have_count(1)
    expect(page.locator(".bilan li")).to_contain_text("exportez-le au format .pdf")
    expect(page.locator(".avance")).to_have_text(
        "2 fichiers lus, 1 fichier refusé ou lu en partie :"
    )
    expect(page.locator("#lus .titre a")).to_have_text(["charte.md", "autre.txt"])
    assert Axe().run(page, options=WCAG).violations_count == 0
    page.get_by_role("button", name="Publier ensemble ces 2 fichiers").click()
    expect(page.get_by_text("C'est fait")).to_be_visible(timeout=60_000)
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_person_adds_a_pdf_finds_it_and_takes_it_out(
    browser: Browser, address: str, tmp_path: Path, script: bool
) -> None:
    file = tmp_path / "charte.pdf"
    canvas = Canvas(str(file))
    canvas.drawString(72, 720, SAID)
    canvas.save()
    context = browser.new_context(base_url=address, java_script_enabled=script, locale="fr-FR")
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(ADDING)
    page.get_by_label("Choisir des fichiers").set_input_files(file)
    if not script:
        page.get_by_role("button", name="Lire les fichiers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("charte.pdf")
    expect(page.locator("blockquote")).to_contain_text("relais parental")
    if script:
        assert Axe().run(page, options=WCAG).violations_count == 0
    page.get_by_role("button", name="Publier").click()
    page.get_by_role("link", name="Lire le document publié").click(timeout=60_000)
    expect(page.locator(".texte")).to_contain_text("relais parental")
    page.get_by_role("link", name="Ajouter", exact=True).click()
    page.get_by_role("link", name="Retirer charte.pdf").click()
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("C'est fait")).to_be_visible(timeout=60_000)
    page.goto("/documents")
    expect(page.get_by_role("link", name="charte")).to_have_count(0)
    context.close()
