"""Tables of PDF files, ruled or only aligned, and what surrounds the text of pages."""

import pytest

from ingest.reading.pdf import read
from tests.ingest.pdf_pages import LEFT, RIGHT, Pages, prose

COLUMNS = (70.0, 200.0, 330.0, 460.0)
ROWS = (("Département", "Relais", "Crédits"), ("Ain", "12", "120 000"), ("Aisne", "8", "80 000"))
JOINED = ["Département | Relais | Crédits", "Ain | 12 | 120 000", "Aisne | 8 | 80 000"]


def texts(pages: Pages, kind: str = "row") -> list[str]:
    blocks = read("f.pdf", pages.data()).contents[0].blocks
    return [block.text for block in blocks if block.kind == kind]


def aligned(pages: Pages, rows: tuple[tuple[str, ...], ...] = ROWS) -> None:
    for cells in rows:
        for x, cell in zip(COLUMNS, cells, strict=False):
            pages.line(cell, x, y=pages.y)
        pages.gap(16)


def test_a_ruled_table_gives_rows_in_its_place() -> None:
    pages = Pages()
    pages.text("Avant. " + prose(50))
    pages.gap()
    pages.grid(COLUMNS, ROWS)
    pages.text("Ensuite, " + prose(50))
    blocks = read("f.pdf", pages.data()).contents[0].blocks
    assert [block.kind for block in blocks] == ["paragraph", "row", "row", "row", "paragraph"]
    assert [block.text for block in blocks[1:4]] == JOINED


def test_a_table_without_rules_gives_rows() -> None:
    pages = Pages()
    pages.text("Avant. " + prose(50))
    pages.gap()
    aligned(pages)
    pages.gap()
    pages.text("Ensuite, " + prose(50))
    assert texts(pages) == JOINED


def test_a_cell_of_several_lines_is_one_cell() -> None:
    pages = Pages()
    pages.grid(COLUMNS, (ROWS[0], ("Ain", "12 relais dont\ntrois mobiles", "120 000"), ROWS[2]))
    assert texts(pages)[1] == "Ain | 12 relais dont trois mobiles | 120 000"


def test_a_cell_wrapped_without_rules_is_one_cell() -> None:
    pages = Pages()
    for line in (
        (ROWS[0], 22),
        (("Ain", "12 relais dont", "120 000"), 13),
        (("", "trois mobiles", ""), 22),
        (("Aisne", "8 relais", "80 000"), 22),
        (("Allier", "9 relais", "85 000"), 22),
    ):
        for x, cell in zip(COLUMNS, line[0], strict=False):
            if cell:
                pages.line(cell, x, y=pages.y)
        pages.gap(line[1])
    assert texts(pages)[1:3] == [
        "Ain | 12 relais dont trois mobiles | 120 000",
        "Aisne | 8 relais | 80 000",
    ]


def test_a_cell_over_several_rows_is_said_in_each() -> None:
    pages = Pages()
    pages.grid(COLUMNS, ROWS[:1])
    pages.y += 16
    top = pages.y + 4
    pages.canvas.rect(70, top - 36, 130, 36)
    pages.line("Ain", 74, y=top - 20)
    for n, cells in enumerate((("12", "2022"), ("14", "2023"))):
        for x, cell in zip((200, 330), cells, strict=True):
            pages.canvas.rect(x, top - 18 * n - 18, 130, 18)
            pages.line(cell, x + 4, y=top - 18 * n - 13)
    assert texts(pages)[1:] == ["Ain | 12 | 2022", "Ain | 14 | 2023"]


def test_the_head_repeated_on_the_next_page_goes() -> None:
    pages = Pages()
    pages.text(prose(50))
    pages.gap()
    pages.grid(COLUMNS, ROWS[:2])
    pages.page()
    pages.grid(COLUMNS, (ROWS[0], ROWS[2]))
    assert texts(pages) == JOINED


def test_a_frame_around_text_is_no_table() -> None:
    pages = Pages()
    pages.canvas.rect(60, 690, 480, 110)
    pages.text(prose(60))
    blocks = read("f.pdf", pages.data()).contents[0].blocks
    assert [(block.kind, block.text) for block in blocks] == [("paragraph", prose(60))]


def test_a_table_in_a_column_stays_in_it() -> None:
    pages = Pages(size=9)
    top = pages.y
    pages.text(f"Gauche {prose(40)}.", right=285)
    pages.gap()
    pages.grid((70, 140, 280), (("Année", "Relais"), ("2023", "12")))
    pages.text(f"Dessous {prose(40)}.", right=285)
    pages.y = top
    pages.text(f"Droite {prose(110)}.", 305)
    blocks = read("f.pdf", pages.data()).contents[0].blocks
    firsts = [block.text.split()[0] for block in blocks]
    assert firsts == ["Gauche", "Année", "2023", "Dessous", "Droite"]


def furnished(pages: int) -> Pages:
    drawn = Pages()
    for number in range(1, pages + 1):
        drawn.line(f"Rapport des relais – édition {number}", y=810, size=9)
        drawn.text(prose(80, 11 * number) + ".")
        drawn.line(f"Page {number} sur {pages}", 270, y=40, size=9)
        drawn.page()
    return drawn


def test_running_heads_and_page_numbers_go() -> None:
    assert [len(text.split()) for text in texts(furnished(4), "paragraph")] == [80] * 4


@pytest.mark.parametrize("written", ["{}", "- {} -", "{}/12", "Page {}", "Page {} sur 12", "p. {}"])
def test_page_numbers_of_all_forms_go(written: str) -> None:
    pages = Pages()
    pages.text(prose(80))
    pages.line(written.format(3), 290, y=40)
    assert texts(pages, "paragraph") == [prose(80)]


def test_heads_of_odd_and_even_pages_go() -> None:
    pages = Pages()
    for number in range(1, 7):
        pages.line("Les relais" if number % 2 else "Ministère des relais", y=810, size=9)
        pages.text(prose(80, 11 * number) + ".")
        pages.page()
    assert len(texts(pages, "paragraph")) == 6


def test_framed_heads_of_pages_go() -> None:
    pages = Pages()
    for number in range(1, 5):
        pages.y = 800
        pages.grid((70, 300, 520), (("Ministère", "Relais"), ("Page", str(number))), 14)
        pages.text(prose(80, 11 * number) + ".")
        pages.page()
    assert texts(pages) == []


def test_titles_that_open_their_own_pages_stay() -> None:
    pages = Pages()
    for number in range(1, 5):
        pages.line(f"Fiche {number} : un relais", bold=True, size=14)
        pages.gap(20)
        pages.text(prose(80, 11 * number) + ".")
        pages.page()
    assert len(texts(pages, "heading")) == 4


def test_an_annex_named_on_each_of_its_pages_stays_once() -> None:
    pages = Pages()
    for number in range(1, 6):
        pages.line("Annexe 3", size=12, y=800)
        pages.text(prose(80, 11 * number) + ".")
        pages.page()
    assert texts(pages, "heading") == ["Annexe 3"]


def test_lines_of_a_table_of_contents_are_no_headings() -> None:
    pages = Pages()
    for title in ("Le cadre", "Le budget"):
        end = pages.line(title, bold=True, y=pages.y)
        pages.line(" . . . . . . . . . . . . . . 12", end)
    pages.gap()
    pages.text(prose(80))
    assert texts(pages, "heading") == []


def test_key_and_value_lines_are_no_table() -> None:
    pages = Pages()
    for key, value in (("Objet :", "les relais"), ("Date :", "juin"), ("Annexes :", "3")):
        pages.line(key, LEFT, y=pages.y)
        pages.line(value, LEFT + 120)
    pages.gap(20)
    pages.text(prose(80), right=RIGHT)
    assert texts(pages) == []
