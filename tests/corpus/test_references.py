"""Official references: one canonical form, and nothing else taken for one."""

import pytest

from corpus.references import Reference, find_references, folded
from tests.timing import is_under


def values(text: str) -> list[tuple[str, str]]:
    return [(reference.kind, reference.value) for reference in find_references(text)]


@pytest.mark.parametrize(
    "text",
    [
        "circulaire n° DGCS/SD2B/DGS/SP1/2021/25 du 1er avril 2021",
        "dgcs/sd2b/dgs/sp1/2021/25",
        "DGCS / SD2B / DGS / SP1 / 2021 / 25",
        "la circulaire 2021/25",
        "DGCS/SD2B/DGS/SP1/2021/025",
    ],
)
def test_the_long_and_the_short_number_of_a_circular_are_equal(text: str) -> None:
    assert values(text) == [("number", "2021/25")]


def test_the_long_number_keeps_its_services() -> None:
    (reference,) = find_references("n° DGCS/SD2B/DGS/SP1/2021/25")
    assert reference == Reference("number", "2021/25", 3, 28, "DGCS/SD2B/DGS/SP1/2021/25")


@pytest.mark.parametrize(
    "text",
    ["n° 2022-140", "N°2022-140", "loi n\u00b0\u00a02022-140", "loi 2022-140", "la 2022\u2011140"],
)
def test_the_number_of_a_law_is_found_however_it_is_written(text: str) -> None:
    assert values(text) == [("act", "2022-140")]


def test_decrees_and_old_laws_are_found() -> None:
    text = "décret n° 2022-1125 et loi n° 89-487"
    assert values(text) == [("act", "2022-1125"), ("act", "89-487")]


@pytest.mark.parametrize("text", ["NOR : SSAA2207127J", "ssaa2207127j", "SSAA 2207127 J"])
def test_a_nor_is_upper_case(text: str) -> None:
    assert values(text) == [("nor", "SSAA2207127J")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("L. 223-1-1", "L223-1-1"),
        ("L223-1-1", "L223-1-1"),
        ("l'article L.\u202f223-1-1 du CASF", "L223-1-1"),
        ("R. 226-2-5", "R226-2-5"),
        ("d. 226-2-5", "D226-2-5"),
        ("R.*421-1", "R421-1"),
        ("article 375-3 du code civil", "375-3"),
        ("art. 7 de la loi", "7"),
    ],
)
def test_articles_of_codes_have_one_form(text: str, value: str) -> None:
    assert values(text) == [("article", value)]


def test_a_list_of_articles_gives_its_letter_to_each() -> None:
    found = [value for _, value in values("aux articles L. 223-1, 223-2 et R. 226-1 à R. 226-4")]
    assert found == ["L223-1", "L223-2", "R226-1", "R226-4"]


def test_identifiers_of_legifrance_are_found() -> None:
    text = "JORFTEXT000045133771 et legiarti000045135354"
    assert [v for _, v in values(text)] == ["JORFTEXT000045133771", "LEGIARTI000045135354"]


@pytest.mark.parametrize(
    "text",
    [
        "01/04/2021",
        "2021-04-01",
        "2022-2024",
        "stratégie 2020-2022",
        "année scolaire 2020/2021 ou 2020/21",
        "107 000 000 €",
        "on compte de 300-400 à 500 places",
        "il y a 300-400 enfants",
        "https://exemple.fr/actu/2021/25",
        "un article 100 % gratuit",
        "avec 1234567 a",
    ],
)
def test_dates_ranges_amounts_and_addresses_are_no_references(text: str) -> None:
    assert values(text) == []


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "Vu l’article\u00a0L.\u202f223-1 et le NOR SSAA2207127J"
    assert [text[r.start : r.end] for r in find_references(text)] == [
        "L.\u202f223-1",
        "SSAA2207127J",
    ]


def test_folding_keeps_the_length() -> None:
    text = "İSTANBUL ’ \u2009 É"
    assert len(folded(text)) == len(text)


HOSTILE = [
    *("1" * 100_000, " " * 100_000, "a" * 100_000, "." * 100_000, "L." * 50_000, "1er" * 33_000),
    *("aa/" * 33_000, "AA/AA/2021/" * 9_000, "2021/" * 20_000, "2021-" * 20_000, "n° " * 33_000),
    *("article " * 12_500, "articles 1, " * 8_300, "L. 223-" * 14_000, "1-" * 50_000),
    *("aaaa 1234567 " * 7_700, "1, 1 et " * 12_500, "L. 1-1-1-1-1-1-1" * 6_000),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    assert is_under(0.2, lambda: find_references(text))
