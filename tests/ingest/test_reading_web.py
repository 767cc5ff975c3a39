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


@pytest.mark.parametrize("box", ["{}", "<div>{}</div>", "<form>{}</form>", "<div>{}<hr></div>"])
@pytest.mark.parametrize("times", [1, 4])
def test_headings_without_an_article_around_stay(box: str, times: int) -> None:
    parts = "".join(f"<h2>Partie {n}</h2><p>{n}. {PROSE * times}</p>" for n in "abcdefgh")
    found = content(box.format(f"<h1>Le rapport</h1>{parts}"), "<title>Rapport</title>").blocks
    headings = [(b.level, b.text) for b in found if b.kind == "heading"]
    assert headings == [(1, "Le rapport"), *((2, f"Partie {n}") for n in "abcdefgh")]
    above = [found[n - 1].text for n, b in enumerate(found) if b.text.startswith("c. ")]
    assert above == ["Partie c"]


@pytest.mark.parametrize("parts", ["a", "abcdefgh"])
@pytest.mark.parametrize("menu", ["", "<h3>Rubriques</h3><nav><a href='/b'>Boutique</a></nav>"])
def test_headings_of_what_was_left_out_stay_out(menu: str, parts: str) -> None:
    body = "".join(f"<h2>Partie {n}</h2><p>{n}. {PROSE * 4}</p>" for n in parts)
    end = f"<h3>À lire aussi</h3><p>{PROSE} Autre.</p>"
    head = "<meta property='og:site_name' content='Le Val'><title>Le relais - Le Val</title>"
    head += "<meta property='og:title' content='Le relais'>"
    found = content(f"<h1>Le Val</h1>{menu}<h2>Le relais</h2>{body}{end}", head).blocks
    headings = [block.text for block in found if block.kind == "heading"]
    assert headings == ["Le relais", *(f"Partie {n}" for n in parts)]


def test_a_line_above_the_parts_titles_a_document_saved_as_a_page() -> None:
    parts = f"<h1>1. Les actions</h1><p>{PROSE}</p><h1>2. Les crédits</h1><p>{PROSE} Fin.</p>"
    found = content(f"<p>Réunion du relais du Val</p>{parts}", "<title></title>")
    assert found.title == "Réunion du relais du Val"
    headings = [b.text for b in found.blocks if b.kind == "heading"]
    assert headings == ["Réunion du relais du Val", "1. Les actions", "2. Les crédits"]


def test_the_first_part_of_a_document_is_not_its_title() -> None:
    parts = f"<h1>1. Les actions</h1><p>{PROSE}</p><h1>2. Les crédits</h1><p>{PROSE} Fin.</p>"
    assert content(f"<p>{PROSE}</p>{parts}").title is None


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='created' content='2013-12-23T23:15:00'>",
        "<meta name='changed' content='2013-12-23T23:15:00'>",
        "<meta name='dcterms.created' content='2013-12-23'>",
        "<meta property='article:modified_time' content='2013-12-23T08:00:00Z'>",
        "<meta property='article:published_time' content='2013'>",
        "<meta property='article:published_time' content='2013-12-43'>",
        '<script type=\'application/ld+json\'>{"dateModified": "2013-12-23"}</script>',
    ],
)
def test_the_dates_of_a_file_are_not_its_publication(head: str) -> None:
    body = (
        f"<h1>Relais</h1><p>Créé par la loi du 5 mars 2007, le relais est ouvert. {PROSE * 4}</p>"
    )
    assert content(body, head).published_on is None


@pytest.mark.parametrize(
    "stated",
    [
        "<meta property='article:published_time' content='2023-06-12T08:00:00+02:00'>",
        "<meta name='DC.date.issued' content='2023-06-12'>",
        "<meta name='citation_publication_date' content='2023/06/12'>",
        '<script type="application/ld+json">{"datePublished" : "2023-06-12T08:00"}</script>',
        "<time itemprop='datePublished' datetime='2023-06-12'>12 juin</time>",
    ],
)
def test_the_metadata_of_an_article_date_it(stated: str) -> None:
    assert content(f"{stated}<h1>Relais</h1><p>{PROSE * 3}</p>").published_on == date(2023, 6, 12)


def test_a_page_of_two_articles_has_no_date() -> None:
    times = "".join(f"<time pubdate datetime='2023-06-{day}'>{day}</time>" for day in (12, 13))
    assert content(f"{times}<h1>Relais</h1><p>{PROSE * 3}</p>").published_on is None


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
