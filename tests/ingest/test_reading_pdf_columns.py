"""Columns of PDF pages stay apart, whatever stands in them; raised letters in their word."""

from collections.abc import Sequence

import pytest

from ingest.reading.content import RawBlock
from ingest.reading.pdf import read
from tests.ingest.pdf_pages import LEFT, Pages, prose

MIDDLE, SECOND, EDGE = 285.0, 305.0, 525.0
Part = tuple[str, float]


def blocks(pages: Pages) -> tuple[RawBlock, ...]:
    return read("f.pdf", pages.data()).contents[0].blocks


def firsts(found: Sequence[RawBlock]) -> list[str]:
    return [block.text.split()[0] for block in found]


def column(pages: Pages, parts: str, top: float, *, second: bool = False) -> float:
    """Write headings (« H1 », of one line) and paragraphs (« a40 », of 40 words) in a column."""
    pages.y = top
    x, right = (SECOND, EDGE) if second else (LEFT, MIDDLE)
    for part in parts.split():
        if part[0].isupper():
            pages.gap(10)
            pages.line(f"{part} relais", x, size=15, bold=True)
            pages.gap(4)
        else:
            pages.text(f"{part.title()} {prose(int(part[1:]))}.", x, right)
            pages.gap()
    return pages.y


@pytest.mark.parametrize("lower", [0.0, 3.0, 6.0, 30.0])
def test_headings_at_nearly_one_height_stay_in_their_columns(lower: float) -> None:
    pages = Pages(size=9)
    column(pages, "a60 b60 H1 c50", 780)
    column(pages, "d60 e60 H2 f50", 780 - lower, second=True)
    assert firsts(blocks(pages)) == ["A60", "B60", "H1", "C50", "D60", "E60", "H2", "F50"]


def test_a_column_longer_than_the_other_is_read_whole() -> None:
    pages = Pages(size=9)
    low = column(pages, "a60 b60 H1 c60 H2 d50", 780)
    column(pages, "e50 H3 f30", 780, second=True)
    pages.y = low - 14
    pages.line("Suite des relais", size=15, bold=True)
    pages.text("Ensuite, " + prose(80))
    assert firsts(blocks(pages)) == "A60 B60 H1 C60 H2 D50 E50 H3 F30 Suite Ensuite,".split()


def test_a_heading_over_columns_parts_those_above_from_those_below() -> None:
    pages = Pages(size=9)
    low = 780.0
    for chapter in ("Un", "Deux"):
        pages.line(chapter, size=16, bold=True, y=low - 14)
        low = min(
            column(pages, f"{chapter[0].lower()}90", low - 40),
            column(pages, "x90", low - 40, second=True),
        )
        low -= 12
    assert firsts(blocks(pages)) == ["Un", "U90", "X90", "Deux", "D90", "X90"]


def test_level_paragraphs_of_two_columns_are_no_table() -> None:
    pages = Pages(size=9)
    column(pages, "H1 a60 b25 c60 d60", 780)
    column(pages, "H2 a60 b25 c60 d60", 780, second=True)
    found = blocks(pages)
    assert [block.kind for block in found] == (["heading"] + ["paragraph"] * 4) * 2
    assert firsts(found)[:6] == ["H1", "A60", "B25", "C60", "D60", "H2"]


def test_cells_of_several_lines_without_rules_are_rows() -> None:
    pages = Pages(size=9)
    top = 780.0
    for words, more in ((50, 20), (24, 60), (70, 30), (40, 80)):
        ends = []
        for x, right, count in ((LEFT, MIDDLE, words), (SECOND, EDGE, more)):
            pages.y = top
            pages.text(f"Cellule {prose(count)}.", x, right)
            ends.append(pages.y)
        top = min(ends) - 8
    assert [block.kind for block in blocks(pages)] == ["row"] * 4


def test_a_table_wider_than_its_column_mixes_no_text() -> None:
    pages = Pages(size=9)
    column(pages, "a60 b60 c60 d60", 780)
    low = column(pages, "e40", 778, second=True)
    pages.y = low
    pages.grid((302, 420, 540, 660), (("Année", "Prévu", "Réel"), ("2022", "46", "48")))
    column(pages, "f40 g40", pages.y, second=True)
    found = blocks(pages)
    assert firsts(found) == "A60 B60 C60 D60 E40 Année 2022 F40 G40".split()
    assert [block.text for block in found[5:7]] == ["Année | Prévu | Réel", "2022 | 46 | 48"]


def test_a_lone_mark_in_the_margin_mixes_no_columns() -> None:
    pages = Pages(size=9)
    column(pages, "a60 b60 c60", 780)
    column(pages, "d60 e60 f60", 776, second=True)
    for number in range(0, 20, 5):
        pages.line("(a)", EDGE + 30, y=776 - 11.25 * number)
    found = [word for word in firsts(blocks(pages)) if word.endswith("60")]
    assert found == ["A60", "B60", "C60", "D60", "E60", "F60"]


def test_a_title_on_three_lines_above_columns_is_one_heading() -> None:
    pages = Pages(size=9)
    lines = (
        "Rapport annuel des relais de quartier et des",
        "lieux d'accueil des enfants et des jeunes du",
    )
    for line in lines:
        pages.line(line, size=20, bold=True)
    pages.line("Cher", size=20, bold=True)
    pages.gap(6)
    pages.line("Bourges, le 14 juin 2023")
    top = pages.y - 12
    column(pages, "a60 b60", top)
    column(pages, "c60 d60", top + 7, second=True)
    found = blocks(pages)
    assert found[0].text == f"{lines[0]} {lines[1]} Cher"
    assert firsts(found)[1:] == ["Bourges,", "A60", "B60", "C60", "D60"]


def test_a_heading_of_three_lines_in_a_column_is_one() -> None:
    pages = Pages(size=9)
    for line in ("Les relais de quartier", "ouverts aux familles", "pendant les vacances"):
        pages.line(line, size=15, bold=True)
    pages.gap(4)
    column(pages, "a60 b60", pages.y)
    column(pages, "c60 d60", 778, second=True)
    found = blocks(pages)
    assert found[0].text == "Les relais de quartier ouverts aux familles pendant les vacances"
    assert firsts(found)[1:] == ["A60", "B60", "C60", "D60"]


@pytest.mark.parametrize("share", [0.6, 0.7, 0.84])
@pytest.mark.parametrize(
    ("written", "text"),
    [
        (("le 1", "er", "avril 2023"), "le 1er avril 2023"),
        (("le XXI", "e", "plan"), "le XXIe plan"),
        (("l'arrêté n", "o", "2021-17"), "l'arrêté n° 2021-17"),
        (("les arrêtés n", "os", "17 et 18"), "les arrêtés n°s 17 et 18"),
        (("une salle de 40 m", "2", "par groupe"), "une salle de 40 m2 par groupe"),
        (("la M", "me", "Ferrandon"), "la Mme Ferrandon"),
        (("selon la délibération", "3", "du conseil"), "selon la délibération[3] du conseil"),
    ],
)
def test_raised_letters_stay_in_their_word(
    written: tuple[str, str, str], text: str, share: float
) -> None:
    pages = Pages()
    before, raised, after = written
    pages.text(prose(40) + ".")
    pages.gap()
    pages.line(before, y=600)
    end = LEFT + pages.canvas.stringWidth(before, "Helvetica", 11)
    size = round(11 * share, 1)
    pages.line(after, end + pages.canvas.stringWidth(raised, "Helvetica", size) + 3, y=600)
    pages.line(raised, end, y=604.6, size=size)
    assert blocks(pages)[-1].text == text


def test_raised_letters_of_columns_that_are_not_level_stay_in_theirs() -> None:
    pages = Pages()
    for x, right, y, rise in ((LEFT, MIDDLE, 760.0, 4.0), (SECOND, EDGE, 756.5, 6.1)):
        end = pages.line("Le relais ouvre le 1", x, y=y)
        pages.line("avril 2023", end + 10, y=y)
        pages.line("er", end, y=y + rise, size=6.6)
        pages.y = y - 13.75
        pages.text(prose(60) + ".", x, right)
    start = "Le relais ouvre le 1er avril 2023"
    assert [block.text for block in blocks(pages)].count(start) == 2


def test_a_running_head_printed_over_text_goes() -> None:
    pages = Pages()
    for number in range(4):
        pages.text(prose(90, 11 * number) + ".")
        pages.line("Conseil départemental — rapport annuel des relais de quartier", size=8, y=779)
        pages.page()
    assert [block.text for block in blocks(pages)] == [f"{prose(90, 11 * n)}." for n in range(4)]
