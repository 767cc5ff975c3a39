"""HTML pages: the article with its lists, tables and notes, without the site around it."""

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from ingest.reading import Content, RawBlock, read

PAGE = Path(__file__).parent / "fixtures" / "page.html"
PROSE = "Le relais accueille les familles du quartier chaque samedi, sans rendez-vous. " * 4


def page() -> Content:
    return read(PAGE.name, PAGE.read_bytes()).contents[0]


def content(body: str, head: str = "") -> Content:
    text = f"<html><head>{head}</head><body>{body}</body></html>"
    return read("p.html", text.encode()).contents[0]


def test_metadata_name_the_page() -> None:
    read_ = page()
    assert read_.title == "Un plan d'accueil pour la petite enfance"
    assert (read_.published_on, read_.author) == (date(2023, 6, 12), "Odile Ferrandon")
    assert (read_.publisher, read_.references) == ("Le Relais du Val", ("2023-118",))
    assert read_.url == "https://relais-du-val.example/plan-accueil"


@pytest.mark.parametrize(
    "part",
    ["Rubriques", "Boutique", "crèches du plateau", "Un musée", "lettre d'information", "cookies"]
    + ["Partager", "Imprimer", "jamais lu", "color", "À lire aussi", "Mentions"],
)
def test_the_site_around_goes(part: str) -> None:
    assert not any(part in block.text for block in page().blocks)


def test_headings_keep_their_levels() -> None:
    headings = [(b.level, b.text) for b in page().blocks if b.kind == "heading"]
    assert headings == [
        (1, "Un plan d'accueil pour la petite enfance"),
        (2, "Les mesures retenues"),
        (2, "Le calendrier des crédits"),
    ]


def test_lists_nest_and_ordered_ones_are_numbered() -> None:
    items = [(b.level, b.label) for b in page().blocks if b.kind == "item"]
    assert items == [(0, ""), (0, ""), (1, ""), (1, ""), (0, "1."), (0, "2.")]


def test_tables_give_rows() -> None:
    rows = [b.text for b in page().blocks if b.kind == "row"]
    assert rows == ["Année | Crédits", "2023 | 1 200 000 €", "2024 | 1 500 000 €"]


def test_footnotes_come_last_and_their_calls_are_bracketed() -> None:
    blocks = page().blocks
    assert blocks[-1] == RawBlock("note", "[1] Délibération n° 2023-118 du 5 juin 2023.")
    assert any("sur trois ans[1]." in block.text for block in blocks)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_the_declared_encoding_is_used(encoding: str) -> None:
    html = f"<meta charset='{encoding}'><title>Été</title><p>{'Été à l’école. ' * 30}</p>"
    data = html.replace("’", "'").encode(encoding)
    assert read("p.html", data).contents[0].blocks[-1].text.startswith("Été à l'école.")


def test_an_unknown_encoding_falls_back() -> None:
    data = f"<meta charset='klingon'><p>{'Été. ' * 30}</p>".encode()
    assert "Été." in read("p.html", data).contents[0].blocks[0].text


def test_external_entities_are_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secretword", encoding="utf-8")
    doctype = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    read_ = read("p.html", f"{doctype}<html><body><p>{PROSE}&e;</p></body></html>".encode())
    assert not any("secretword" in b.text for b in read_.contents[0].blocks)


def test_a_whole_page_inside_a_form_is_read() -> None:
    body = f"<form id='aspnet'><h1>Le relais</h1><p>{PROSE * 5}</p><p>{PROSE} Fin.</p></form>"
    assert any("Fin." in block.text for block in content(body).blocks)


def test_a_page_without_article_keeps_its_words() -> None:
    blocks = content("<h1>Relais</h1><p>12 rue des Tilleuls</p><p>Ouvert le samedi</p>").blocks
    assert {"12 rue des Tilleuls", "Ouvert le samedi"} <= {block.text for block in blocks}


def test_line_breaks_that_list_things_are_kept_apart() -> None:
    body = f"<p>{PROSE}</p><p>Il faut :<br>- un local ;<br>- un agent.</p><p>{PROSE} Fin.</p>"
    texts = " / ".join(block.text for block in content(body).blocks)
    assert "local ;- " not in texts
    assert "un local ;" in texts


def test_a_year_of_copyright_is_no_date_of_publication() -> None:
    read_ = content(f"<h1>Relais</h1><p>{PROSE * 3}</p><footer>© 2021 Relais</footer>")
    assert read_.published_on is None


def test_a_page_of_markup_alone_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"p\.html"):
        content("<script>var a = 1</script><nav><a>Menu</a></nav>")


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 20_000,
        "<table><tr><td>" * 5_000,
        "<ul><li>" * 5_000,
        "<b>" * 20_000,
        "<a<" * 20_000,
    ]
    + ["&" * 50_000, "<p>a" * 20_000, "<sup><a>1</a></sup>" * 3_000, "<!--" * 20_000],
    ids=lambda markup: markup[:8],
)
def test_hostile_markup_is_read_or_refused(markup: str) -> None:
    try:
        blocks = content(f"<p>{PROSE}</p>{markup}").blocks
    except UnreadableFile:
        return
    assert blocks
