"""French quantities: two wordings of one quantity give one value."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities import find_quantities, normalised
from tests.timing import is_under


def values(text: str) -> list[tuple[str, str]]:
    return [(quantity.kind, quantity.value) for quantity in find_quantities(text)]


@pytest.mark.parametrize(
    "text",
    [
        "1er avril 2021",
        "1 AVRIL 2021",
        "01/04/2021",
        "1/4/2021",
        "2021-04-01",
        "premier avril 2021",
    ],
)
def test_a_full_date_is_iso_however_it_is_written(text: str) -> None:
    assert values(text) == [("date", "2021-04-01")]
    assert {"date:2021-04-01", "month:2021-04", "year:2021"} <= normalised(text)


def test_a_day_without_year_and_a_month_have_their_own_forms() -> None:
    assert values("le 11 mars puis en avril 2021") == [("date", "--03-11"), ("month", "2021-04")]


def test_a_full_date_proves_its_month_and_its_day() -> None:
    assert normalised("en avril 2021, le 1er avril") <= normalised("le 01/04/2021")


def test_a_two_digit_year_makes_no_date() -> None:
    assert all(kind == "number" for kind, _ in values("1/4/21"))


def test_a_range_gives_both_years() -> None:
    assert values("2022-2024, 2020/21") == [
        *(("year", "2022"), ("year", "2024"), ("year", "2020"), ("year", "2021")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "107 M€",
        "107M€",
        "107 millions d'euros",
        "107 millions d’euros",
        "107 000 000 €",
        "107\u202f000\u00a0000 euros",
        "107.000.000 €",
        "0,107 Md€",
        "107 000 K€",
        "cent sept millions d'euros",
    ],
)
def test_an_amount_is_in_euros_however_it_is_written(text: str) -> None:
    assert values(text) == [("amount", "107000000")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8,4 M€", "8400000"),
        ("1,2 Md€", "1200000000"),
        ("8,4 milliards d'euros", "8400000000"),
        ("663 600 €", "663600"),
        ("13 000 euros", "13000"),
        ("35 K€", "35000"),
        ("12,50 €", "12.5"),
        ("un million d'euros", "1000000"),
    ],
)
def test_amounts_keep_their_decimals(text: str, value: str) -> None:
    assert values(text) == [("amount", value)]


def test_bare_millions_after_an_amount_are_euros_too() -> None:
    text = "107 millions d'euros sur le budget, 33 millions sur le fonds. 5 millions d'habitants."
    assert values(text) == [
        *(("amount", "107000000"), ("amount", "33000000"), ("number", "5000000")),
    ]
    assert normalised("33 millions") <= normalised("33 M€")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("onze objectifs", "11"),
        ("Trente départements", "30"),
        ("vingt et un", "21"),
        ("vingt-quatre", "24"),
        ("soixante-dix", "70"),
        ("quatre-vingt-dix-sept", "97"),
        ("deux cent vingt et un", "221"),
        ("1 501 283 mineurs", "1501283"),
        ("1,50 place", "1.5"),
        ("007", "7"),
    ],
)
def test_numbers_in_words_and_digits_are_equal(text: str, value: str) -> None:
    assert values(text) == [("number", value)]


@pytest.mark.parametrize(
    "text",
    [
        "une trentaine",
        "un département",
        "le 2e",
        "la 3ème",
        "1er",
        "1° le",
        "COVID-19",
        "[1]",
        "SD2B",
    ],
)
def test_ordinals_articles_and_note_calls_are_no_numbers(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["20 %", "20%", "20 pour cent", "vingt pour cent", "20,0 %"])
def test_a_percentage_is_a_plain_decimal(text: str) -> None:
    assert values(text) == [("percent", "20")]


def test_durations_compare_in_words_and_digits() -> None:
    assert normalised("trois mois") == normalised("3 mois") == {"duration:3 mois"}
    assert values("2 ans, deux années, un an") == [
        *(("duration", "2 ans"), ("duration", "2 ans"), ("duration", "1 an")),
    ]


def test_digits_of_references_are_no_numbers() -> None:
    text = "L. 223-1, 2021/25, NOR SSAA2207127J, n° 2022-140, article 375-3 du code civil"
    assert values(text) == []


def test_a_sentence_of_the_press_gives_all_its_quantities() -> None:
    text = "La circulaire n° DGCS/SD2B/DGS/SP1/2021/25 du 1er avril 2021 vise 40 départements."
    assert values(text) == [("date", "2021-04-01"), ("number", "40")]


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "Il y a 1\u202f501\u00a0283\u00a0€ ou 20\u00a0%."
    assert [text[q.start : q.end] for q in find_quantities(text)] == [
        *("1\u202f501\u00a0283\u00a0€", "20\u00a0%"),
    ]


@given(st.integers(1_000, 999_999_999))
def test_spaces_in_a_number_change_nothing(number: int) -> None:
    spaced = f"{number:,}".replace(",", "\u202f")
    assert normalised(f"{spaced} €") == normalised(f"{number} €") == normalised(f"{spaced} euros")


@given(st.text(alphabet="0123456789 ,./-€%LRn°aerunmMd'\n", max_size=60))
def test_quantities_are_ordered_and_inside_the_text(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end


HOSTILE = [
    *("1" * 100_000, "1 " * 50_000, " " * 100_000, "a" * 100_000, "." * 100_000, "L." * 50_000),
    *("1er" * 33_000, "1er " * 25_000, "1/" * 50_000, "1 000 " * 16_000, "1.000" * 20_000),
    *("2021-" * 20_000, "quatre-" * 14_000, "deux cent " * 10_000, "vingt et un " * 8_000),
    *("1 avril " * 12_500, "107 millions " * 7_700, "100 € 33 millions " * 5_500, "1,1" * 33_000),
    *("223-1 " * 16_000, "mille " * 16_000, "1 000a" * 16_000, "articles 1, " * 8_300),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
@pytest.mark.parametrize("function", [find_quantities, normalised])
def test_hostile_text_is_read_in_linear_time(function: Callable[[str], object], text: str) -> None:
    assert is_under(0.3, lambda: function(text))  # measured: 0.15 at most
