"""PDF files: paragraphs, headings, columns, lists and notes in reading order, with their page."""

import time
from datetime import date

import pytest

from ingest.reading.content import Content, RawBlock
from ingest.reading.pdf import read
from tests.ingest.pdf_pages import LEFT, RIGHT, Pages, book, prose


def content(pages: Pages) -> Content:
    return read("f.pdf", pages.data()).contents[0]


def texts(pages: Pages, kind: str = "paragraph") -> list[str]:
    return [block.text for block in content(pages).blocks if block.kind == kind]


def test_lines_join_in_paragraphs_that_a_blank_parts() -> None:
    pages = Pages()
    pages.text(prose(50))
    pages.gap()
    pages.text(prose(40, 7))
    assert texts(pages) == [prose(50), prose(40, 7)]


def test_an_indent_begins_a_paragraph() -> None:
    pages = Pages()
    pages.text(f"{prose(50)} ici.")
    pages.text(f"Ensuite {prose(40)}", LEFT + 20, indent=-20)
    assert [text.split()[0] for text in texts(pages)] == ["Le", "Ensuite"]


def test_a_paragraph_over_two_pages_carries_its_first() -> None:
    pages = Pages()
    pages.text(prose(40) + " et la fin")
    pages.page()
    pages.text("suit sur la page d'après. " + prose(40))
    (block,) = content(pages).blocks
    assert block.page == 1
    assert "et la fin suit sur" in block.text


def test_each_block_has_its_physical_page() -> None:
    pages = Pages()
    for number in range(1, 4):
        pages.text(f"Page de {number} relais. {prose(30)} Fin.")
        pages.page()
    assert [block.page for block in content(pages).blocks] == [1, 2, 3]


@pytest.mark.parametrize("spaced", [0.0, 2.0])
def test_words_placed_letter_by_letter_are_whole(spaced: float) -> None:
    pages = Pages()
    x = LEFT
    for letter in "Le relais ouvre":
        end = pages.line(letter, x, y=700)
        x = end + spaced
    assert texts(pages) == ["Le relais ouvre"]


def test_words_placed_one_by_one_keep_their_blanks() -> None:
    pages = Pages()
    x = LEFT
    for word in ("Le", "relais", "ouvre", "samedi"):
        x = pages.line(word, x, y=700) + 3.1
    assert texts(pages) == ["Le relais ouvre samedi"]


def test_sizes_give_the_levels_of_headings() -> None:
    pages = Pages()
    pages.line("Les relais de quartier", size=18)
    for title in ("Le cadre", "Le budget"):
        pages.gap()
        pages.line(title, size=14)
        pages.text(prose(60) + ".")
    found = [(b.level, b.text) for b in content(pages).blocks if b.kind == "heading"]
    assert found == [(1, "Les relais de quartier"), (2, "Le cadre"), (2, "Le budget")]


def test_a_short_bold_line_is_a_heading_and_bold_words_are_not() -> None:
    pages = Pages()
    pages.line("Les conditions d'ouverture", bold=True)
    pages.text(prose(60) + ".")
    pages.gap()
    end = pages.line("Attention, ", y=pages.y, bold=True)
    pages.line("ce délai ne se prolonge pas.", end)
    assert texts(pages, "heading") == ["Les conditions d'ouverture"]


def test_a_centred_title_on_two_lines_is_one_heading() -> None:
    pages = Pages()
    for line in ("RAPPORT SUR LES RELAIS", "DE QUARTIER EN 2023"):
        pages.canvas.setFont("Helvetica", 18)
        pages.canvas.drawCentredString(297, pages.y, line)
        pages.y -= 22
    pages.gap()
    pages.text(prose(80))
    assert texts(pages, "heading") == ["RAPPORT SUR LES RELAIS DE QUARTIER EN 2023"]


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_by_one_under_their_title(columns: int) -> None:
    pages = Pages(size=9)
    pages.line("Un titre qui court sur toute la largeur de la page, sans coupure", size=15)
    pages.gap()
    top, width = pages.y, (RIGHT - LEFT) / columns
    for n in range(columns):
        pages.y = top
        pages.text(
            f"Colonne {n} {prose(70)} fin {n}.", LEFT + n * width, LEFT + (n + 1) * width - 14
        )
    pages.gap()
    pages.text("Sous les colonnes, " + prose(60))
    found = texts(pages)
    assert [text.split()[1] for text in found[:columns]] == [str(n) for n in range(columns)]
    assert found[-1].startswith("Sous les colonnes")


def test_columns_whose_lines_are_not_level_are_read_one_by_one() -> None:
    pages = Pages(size=9)
    top = pages.y
    pages.text(f"Gauche {prose(80)}", right=285)
    pages.y = top - 5
    pages.text(f"Droite {prose(80, 3)}", 305)
    assert [text.split()[0] for text in texts(pages)] == ["Gauche", "Droite"]


def test_footnotes_are_notes_and_their_calls_are_bracketed() -> None:
    pages = Pages()
    pages.text(prose(60) + ".")
    end = pages.line("Le relais est ouvert aux familles", y=700)
    pages.call(1, end, 700)
    pages.line(".", end + 4, y=700)
    pages.line("1", y=104, size=5)
    pages.line("Délibération du 5 juin 2023 sur les relais.", LEFT + 5, y=100, size=8)
    blocks = content(pages).blocks
    assert blocks[1].text == "Le relais est ouvert aux familles[1]."
    assert blocks[2] == RawBlock("note", "[1] Délibération du 5 juin 2023 sur les relais.", page=1)


def test_a_note_goes_on_over_the_page() -> None:
    pages = Pages()
    for number, note in ((1, "1 Une note qui ne finit"), (2, "pas sur sa page.")):
        pages.y = 780
        pages.text(prose(60, 9 * number) + ".")
        pages.canvas.line(LEFT, 112, 200, 112)
        pages.line(note, y=100, size=8)
        pages.page()
    assert texts(pages, "note") == ["[1] Une note qui ne finit pas sur sa page."]


def test_a_square_metre_is_no_call() -> None:
    pages = Pages()
    end = pages.line("Un local de 40 m", y=700)
    pages.call(2, end, 700)
    pages.line("par groupe", end + 8, y=700)
    assert texts(pages) == ["Un local de 40 m2 par groupe"]


def test_lists_have_their_labels_and_depth() -> None:
    pages = Pages()
    for x, text in (
        (
            LEFT,
            "1° un local adapté à l'accueil de groupes d'enfants, dont la surface est d'au moins",
        ),
        (LEFT + 14, "quarante mètres carrés ;"),
        (LEFT, "2° deux agents :"),
        (LEFT + 14, "- l'un formé ;"),
        (LEFT + 14, "• l'autre disponible."),
    ):
        pages.line(text, x)
    found = [(b.level, b.label, b.text[:9]) for b in content(pages).blocks]
    assert found == [
        (0, "1°", "un local "),
        (0, "2°", "deux agen"),
        (1, "", "l'un form"),
        (1, "", "l'autre d"),
    ]


def test_a_wrapped_line_that_opens_as_a_label_is_no_item() -> None:
    pages = Pages()
    pages.line(
        "La présente instruction précise les conditions de l'agrément délivré au titre du", y=700
    )
    pages.line("3° de l'article L. 121-3 du code.", y=686)
    assert [block.kind for block in content(pages).blocks] == ["paragraph"]


def test_signs_of_a_font_of_signs_are_bullets() -> None:
    pages = Pages()
    for text in ("un local ;", "un agent."):
        pages.canvas.setFont("ZapfDingbats", 10)
        pages.canvas.drawString(LEFT, pages.y, "n")
        pages.line(text, LEFT + 18)
    assert [(block.kind, block.text[:2]) for block in content(pages).blocks] == [("item", "un")] * 2


def test_dots_drawn_before_lines_are_bullets() -> None:
    pages = Pages()
    for text in ("un local ;", "un agent."):
        pages.canvas.circle(LEFT + 8, pages.y + 3.2, 1.6, stroke=0, fill=1)
        pages.line(text, LEFT + 18)
    assert [block.kind for block in content(pages).blocks] == ["item", "item"]


def test_a_letter_says_its_subject_number_and_references() -> None:
    pages = Pages()
    pages.line("MINISTÈRE DES RELAIS", size=16, bold=True)
    pages.gap()
    pages.line("NOR : SSAA2207127J", bold=True)
    pages.gap()
    pages.line("Objet : ouverture des relais de quartier.", bold=True)
    pages.gap()
    pages.text("La loi n° 2022-140 s'applique. " + prose(60) + ".")
    found = content(pages)
    assert found.title == "ouverture des relais de quartier"
    assert found.references == ("SSAA2207127J", "2022-140")
    assert all(block.kind == "paragraph" for block in found.blocks)


def test_a_decree_is_named_by_its_own_title() -> None:
    pages = Pages()
    pages.line("Décret n° 2022-140 du 7 février 2022 relatif aux relais", size=15)
    pages.gap()
    pages.line("Objet : conditions d'ouverture des relais.")
    pages.gap()
    pages.text(prose(60))
    assert content(pages).title == "Décret n° 2022-140 du 7 février 2022 relatif aux relais"


def test_accents_set_apart_join_their_letters() -> None:
    pages = Pages()
    pages.line("Le pr´efet d´el`egue `a la fa¸cade la for^et.", y=700)
    assert texts(pages) == ["Le préfet délègue à la façade la forêt."]


def test_spaced_out_capitals_are_a_word() -> None:
    pages = Pages()
    pages.line("C I R C U L A I R E", y=740, size=16)
    pages.gap(60)
    pages.text(prose(60))
    assert texts(pages, "heading") == ["CIRCULAIRE"]


def test_the_date_and_author_of_a_press_page_are_found() -> None:
    pages = Pages()
    pages.line("Un relais par quartier", size=20)
    pages.line("Publié le 12 juin 2023", size=9)
    pages.line("Par Odile Ferrandon", size=9)
    pages.gap()
    pages.text(prose(80))
    found = content(pages)
    assert (found.published_on, found.author) == (date(2023, 6, 12), "Odile Ferrandon")
    assert found.title == "Un relais par quartier"


@pytest.mark.parametrize(
    ("written", "title"),
    [("Guide des relais", "Guide des relais"), ("guide_relais_v3.docx", None), ("", None)],
)
def test_the_title_of_the_properties_serves_where_the_page_has_none(
    written: str, title: str | None
) -> None:
    pages = Pages()
    pages.canvas.setTitle(written)
    pages.text(prose(60))
    assert content(pages).title == title


def test_text_turned_with_its_page_is_read() -> None:
    pages = Pages()
    pages.canvas.setPageRotation(90)
    pages.canvas.rotate(90)
    pages.canvas.translate(0, -595)
    pages.y = 500
    pages.text(prose(60))
    assert texts(pages) == [prose(60)]


def test_a_hundred_pages_are_read_fast() -> None:
    data = book(100)
    start = time.process_time()
    blocks = read("livre.pdf", data).contents[0].blocks
    assert time.process_time() - start < 6
    assert {block.page for block in blocks} >= set(range(1, 100))
