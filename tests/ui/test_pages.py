import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from starlette.testclient import TestClient

from corpus.chains import links_of
from corpus.errors import IndexBroken
from corpus.lexicon import glossary
from corpus.types import Anchor, Block, Document, Identity, Relation
from evals.accepted import LATEST
from evals.accepted import read as read_run
from evals.charts import bracketed
from evals.summary import RIGHT, score
from tests.ui.fakes import (
    CIRCULAR_ID,
    CIRCULAR_TEXT,
    DEADLINE,
    HOSTILE_ID,
    HOSTILE_TEXT,
    PRESS_ID,
    FakeAssistant,
    documents,
)
from tests.ui.registers import pages
from ui import texts
from ui.pages import words
from ui.pages.about import HELD_OUT, Evaluation
from ui.pages.finding import find
from ui.pages.glossary import letter_of
from ui.pages.navigation import PAGES, document_address, is_page, nav_html
from ui.pages.reading import read
from ui.pages.site import render_error
from ui.pages.standing import standings

START = CIRCULAR_TEXT.index(DEADLINE)
CITED = document_address(CIRCULAR_ID, START, START + len(DEADLINE))


class Read(HTMLParser):
    """The links, fragments and headings of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fragments: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.fragments += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name in ("href", "src", "action") if (value := given.get(name))]


def crawled(client: TestClient, first: str) -> Iterator[tuple[str, Read]]:
    """Every page of ours that links lead to from ``first``, once."""
    waiting, seen = [first], {first}
    while waiting:
        address = waiting.pop()
        response = client.get(address, headers={"accept": "text/html"})
        assert response.status_code == 200, address
        page = Read(response.text if "html" in response.headers["content-type"] else "")
        yield address, page
        found = {urldefrag(urljoin(address, link))[0] for link in page.links}
        ours = {link for link in found if is_page(link.partition("?")[0])} - seen
        seen |= ours
        waiting += sorted(ours)


def test_every_link_of_every_page_resolves_and_every_fragment_exists(client: TestClient) -> None:
    pages = dict(crawled(client, "/documents"))
    assert {*PAGES} - {"/"} <= {*pages}
    assert document_address(PRESS_ID) in pages
    for address, page in pages.items():
        for link in page.links:
            target, fragment = urldefrag(urljoin(address, link))
            if fragment and target in pages:
                assert fragment in pages[target].fragments, (address, link)


def test_a_page_gives_no_fragment_twice_and_one_first_heading(client: TestClient) -> None:
    for address in (*list(PAGES)[1:], CITED.partition("#")[0]):
        page = Read(client.get(address).text)
        assert len(page.fragments) == len({*page.fragments}), address
        assert page.tags.count("h1") == 1, address


@pytest.mark.parametrize("address", list(PAGES)[1:])
def test_a_page_says_its_name_and_where_it_stands(client: TestClient, address: str) -> None:
    page = client.get(address).text
    assert '<html lang="fr">' in page
    assert re.search(r"<title>[^<]+ · Repères</title>", page)
    assert nav_html(address) in page


def test_the_chat_has_the_same_navigation(client: TestClient) -> None:
    assert nav_html("/") in client.get("/").text


def test_hostile_text_is_shown_as_text(client: TestClient) -> None:
    asked = {"q": "<script>alert('x')"}
    for address in (document_address(HOSTILE_ID), "/documents", "/glossaire"):
        page = client.get(address, params=asked).text
        assert page.count("<script") == page.count('<script src="/seance/seance.js" defer>') == 1
        assert "<img" not in page
        assert 'href="javascript' not in page
    assert "&lt;script&gt;" in client.get(document_address(HOSTILE_ID)).text


def test_control_marks_and_lone_surrogates_never_reach_a_page(
    client: TestClient, fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = Document("odd", "Texte \u202e\ud800.", Identity("Titre \u202e\ud800\x07"))
    monkeypatch.setattr(fake, "documents", lambda: [odd])
    monkeypatch.setattr(fake, "document", lambda name: odd)
    for address in ("/documents", "/documents/odd?q=texte"):
        page = client.get(address)
        assert page.status_code == 200
        assert not {"\u202e", "\x07"} & {*page.text}


def test_an_unknown_document_is_a_page_in_french(client: TestClient) -> None:
    response = client.get("/documents/absent<b>")
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "Le document « absent&lt;b&gt; » n&#39;est pas dans l&#39;index." in response.text


def test_an_unknown_address_is_a_page_for_people_and_json_for_programs(client: TestClient) -> None:
    person = client.get("/nulle-part", headers={"accept": "text/html,*/*"})
    assert (person.status_code, "<h1>Page introuvable</h1>" in person.text) == (404, True)
    assert client.get("/nulle-part").json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("POST", "/documents", 405),
        ("DELETE", "/glossaire", 405),
        ("GET", "/glossaire/plus", 404),
        ("GET", "/documents.txt", 404),
        ("GET", "/documents/circulaire-2021-25?debut=a", 422),
        ("GET", f"/glossaire?q={'a' * 201}", 422),
        ("HEAD", "/glossaire", 200),
    ],
)
def test_what_a_page_does_not_take_is_a_page_too(
    client: TestClient, method: str, address: str, status: int
) -> None:
    response = client.request(method, address)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")


def test_an_unusable_index_is_a_page(
    client: TestClient, fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> list[Document]:
        raise IndexBroken("L'index est abîmé : lancez « reperes ingest ».")

    monkeypatch.setattr(fake, "documents", broken)
    for address in ("/documents", "/glossaire", "/a-propos"):
        response = client.get(address)
        assert response.status_code == 503
        assert "lancez « reperes ingest »" in response.text


def test_a_crash_is_a_page_that_tells_nothing(
    client: TestClient, fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash() -> list[Document]:
        raise RuntimeError("secret")

    monkeypatch.setattr(fake, "documents", crash)
    response = client.get("/documents")
    assert response.status_code == 500
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {CIRCULAR_ID, PRESS_ID, HOSTILE_ID}),
        ("type=circulaire", {CIRCULAR_ID}),
        ("exercice=2021", {CIRCULAR_ID}),
        ("exercice=1999", set()),
        ("exercice=abc", set()),
        ("origine=original", {PRESS_ID, HOSTILE_ID}),
        ("q=ssaa2110502j", {CIRCULAR_ID}),
        ("q=PREVENTION+contractualisation", {CIRCULAR_ID}),
        ("q=prevention&type=presse", set()),
        ("q=%3F%21", {CIRCULAR_ID, PRESS_ID, HOSTILE_ID}),
    ],
)
def test_filters_keep_the_documents_that_have_all_that_is_asked(
    client: TestClient, query: str, shown: set[str]
) -> None:
    page = client.get(f"/documents?{query}").text
    links = {link for link in Read(page).links if link.startswith("/documents/")}
    assert links == {document_address(name) for name in shown}
    assert texts.counted(len(shown), "document", "documents") in page


def test_a_citation_is_marked_where_its_address_leads(client: TestClient) -> None:
    page = client.get(CITED.partition("#")[0]).text
    assert f'id="p{START}"' in page
    assert f'<mark class="cite">{DEADLINE}</mark>' in page


def test_a_citation_that_the_text_no_longer_holds_is_said(client: TestClient) -> None:
    page = client.get(document_address(CIRCULAR_ID, 5, 10**6).partition("#")[0]).text
    assert "<mark" not in page
    assert "Le passage demandé n'est pas dans ce texte" in page


def test_places_found_are_counted_and_marked(client: TestClient) -> None:
    page = Read(client.get(document_address(CIRCULAR_ID), params={"q": "DÉPARTEMENTS"}).text)
    count = len(find(CIRCULAR_TEXT, "départements"))
    assert count > 1
    assert page.tags.count("mark") == count
    assert {f"t{n}" for n in range(1, count + 1)} <= {*page.fragments}


def test_a_search_without_a_place_says_so(client: TestClient) -> None:
    page = client.get(document_address(CIRCULAR_ID), params={"q": "astronaute"}).text
    assert "Aucun passage trouvé pour « astronaute »" in page


def test_what_a_statement_rests_on_follows_it(client: TestClient) -> None:
    page = client.get(document_address(CIRCULAR_ID)).text
    proof = words.proof("press", "several")
    assert f'{DEADLINE}</span> <span class="preuve">({proof})</span>' in page


def test_an_unknown_statement_rests_on_nothing_read() -> None:
    assert words.proof("other", "unknown") == "non établi"
    assert words.proof("other", "single") == "copie ou association, une seule source"


def test_the_whole_text_is_shown_whatever_the_blocks() -> None:
    circular = documents()[0]
    for blocks in ((), circular.blocks, (Block("item", 3, 9, 2), Block("row", 5, 40))):
        body = read(replace(circular, blocks=blocks)).body.striptags()
        shown = re.findall(r"\w+", body.replace(words.proof("press", "several"), ""))
        assert "".join(shown) == "".join(re.findall(r"\w+", CIRCULAR_TEXT))


def test_rows_with_as_many_cells_are_a_table() -> None:
    text = "Année | Crédits\n2020 | 80\n2021 | 115\nTotal"
    blocks = tuple(Block("row", m.start(), m.end()) for m in re.finditer(r".+", text))
    body = read(Document("d", text, Identity("Titre"), blocks)).body
    assert body.count("<th ") == 2
    assert body.count("<tr") == 3
    assert "<p id=" in body


def test_headings_with_the_same_words_have_their_own_fragments() -> None:
    text = "Objet\nObjet"
    blocks = (Block("heading", 0, 5, 1), Block("heading", 6, 11, 1))
    headings = read(Document("d", text, Identity("Titre"), blocks)).headings
    assert [heading.fragment for heading in headings] == ["s-objet", "s-objet-2"]


def test_a_citation_over_two_statements_keeps_one_fragment() -> None:
    text = "Un fait. Un autre fait."
    anchors = (
        Anchor(0, 8, ("F1",), "single", "press", ()),
        Anchor(9, 23, ("F2",), "disputed", "press", ()),
    )
    document = Document("d", text, Identity("Titre"), anchors=anchors)
    body = read(document, find(text, "fait"), find(text, "Un fait. Un autre fait.")[0]).body
    assert [body.count(f'id="{name}"') for name in ("p0", "p9", "t1", "t2")] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("departements", ["Départements", "départements"]),
        ("DÉPARTEM", ["Départements", "départements"]),
        ("l’oeuvre sociale", ["l'œuvre  sociale"]),
        ("sociale départements", ["sociale", "Départements", "départements"]),
        ("épart", []),
        ("?", []),
        ("", []),
    ],
)
def test_words_are_found_whatever_their_accents(asked: str, found: list[str]) -> None:
    text = "Départements.\nDans l'œuvre  sociale des départements"
    assert sorted(text[s.start : s.end] for s in find(text, asked)) == sorted(found)


def test_what_became_of_a_text_names_the_years() -> None:
    cards = {
        "a": Identity("A", signed_on=date(2020, 1, 1), relations=(Relation("annulé par", "c"),)),
        "b": Identity("B", signed_on=date(2021, 1, 1), relations=(Relation("complète", "a"),)),
        "c": Identity("C", published_on=date(2024, 1, 1), relations=(Relation("complète", "a"),)),
        "d": Identity("D", text_status="en vigueur", relations=(Relation("applique", "b"),)),
    }
    found = standings(cards, links_of(cards))
    assert found["a"] == ["annulé en 2024", "complété en 2021 et 2024"]
    assert (found["b"], found["d"]) == ([], ["en vigueur"])


def test_the_glossary_shows_what_the_lexicon_holds(client: TestClient) -> None:
    page = client.get("/glossaire").text
    assert texts.counted(len(glossary()), "entrée", "entrées") in page
    some = client.get("/glossaire?q=ase").text
    assert texts.counted(len(glossary("ase")), "entrée", "entrées") in some
    assert "Aucune entrée" in client.get("/glossaire?q=zzzz").text


def test_the_glossary_is_folded_by_letter_until_one_is_asked(client: TestClient) -> None:
    folded, opened = '<details class="volet">', '<details class="volet" open>'
    whole = client.get("/glossaire").text
    assert (whole.count(opened), whole.count(folded)) == (
        0,
        len({letter_of(e) for e in glossary()}),
    )
    assert whole.count('id="lettre-2"') == 1
    one = client.get("/glossaire?lettre=a").text
    assert one.count(opened) == 1
    assert '<a href="/glossaire?lettre=A#lettre-2" aria-current="true">A</a>' in one
    for address in ("/glossaire?lettre=toutes", "/glossaire?q=ase"):
        assert folded not in client.get(address).text


def test_the_page_about_counts_what_is_in_use(client: TestClient) -> None:
    page = client.get("/a-propos").text
    assert "2 textes originaux".replace(" ", texts.NBSP, 1) in page
    assert texts.french_date(date(2026, 11, 21)) in page


def test_the_page_about_says_when_there_is_no_original(
    client: TestClient, fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    summaries = [d for d in documents() if d.identity.origin == "summary"]
    monkeypatch.setattr(fake, "documents", lambda: summaries)
    page = client.get("/a-propos").text
    assert "Aucun texte original et" in page
    assert "0 texte" not in page


def test_the_page_about_shows_the_accepted_run_with_its_held_out_part(client: TestClient) -> None:
    run = read_run(LATEST)
    assert run is not None
    held_out = [row for row in run.rows if row["split"] == HELD_OUT]
    assert 0 < len(held_out) < len(run.rows)
    page = client.get("/a-propos").text
    for rows in (run.rows, held_out):
        assert f'<td class="nombre">{bracketed(score(rows, RIGHT).interval)}</td>' in page


def test_the_page_about_and_the_menus_have_the_same_exercices() -> None:
    client = TestClient(pages())
    assert "montants relevés : 2021 à 2022." in client.get("/a-propos").text
    assert re.findall(r"<option>(20\d\d)<", client.get("/echeancier").text)[:2] == ["2021", "2022"]


def test_a_number_of_the_page_about_has_its_thousands_apart(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = (("Justes", "80 %", 1054, "79 %"),)
    run = Evaluation(date(2026, 11, 21), 1054, 200, "95 %", scores)
    monkeypatch.setattr("ui.pages.about.evaluation", lambda: run)
    page = client.get("/a-propos").text
    assert page.count(f"1{texts.THIN}054") == 2
    assert "1054" not in page


def test_the_navigation_keeps_every_word_and_marks_those_that_a_phone_hides() -> None:
    nav = nav_html("/")
    assert '<span class="de-trop">Poser une </span>question</a>' in nav
    assert re.sub("<[^>]+>", " ", nav).split() == " ".join(PAGES.values()).split()


def test_the_style_is_kept_by_browsers_and_named_by_its_content(client: TestClient) -> None:
    address = next(x for x in Read(client.get("/documents").text).links if "style" in x)
    style = client.get(address)
    assert style.headers["content-type"].startswith("text/css")
    assert "immutable" in style.headers["cache-control"]
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_offsets_make_an_address_that_survives_odd_identifiers() -> None:
    address = document_address("a b/ç?#", 3, 9)
    assert address == "/documents/a%20b/%C3%A7%3F%23?debut=3&fin=9#p3"


def test_hostile_words_fill_no_filter(client: TestClient) -> None:
    page = client.get("/documents", params={"q": f'"><b>{HOSTILE_TEXT}'[:200]}).text
    assert "<b>" not in page


def test_the_error_of_an_unknown_kind_has_a_title() -> None:
    from starlette.requests import Request

    request = Request({"type": "http", "path": "/x", "headers": [], "query_string": b""})
    assert words.ERROR_TITLES[500] in bytes(render_error(request, 418).body).decode()
