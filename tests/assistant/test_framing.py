"""The frame of a question: years, dates, collectivités and texts that it names."""

from datetime import date

import pytest

from assistant.answer import Request
from assistant.framing import Named, read_frame, read_named
from ingest.index import Index
from tests.assistant.conftest import AS_OF


def named(text: str, index: Index, as_of: date = AS_OF) -> Named:
    return read_named(text, as_of, index)


def test_years_come_once_in_order(lexical_index: Index) -> None:
    assert named("En 2021, 2020 et le 3 mars 2021 ?", lexical_index).years == (2021, 2020)


@pytest.mark.parametrize(
    ("text", "year"),
    [("l'an dernier", 2025), ("cette année", 2026), ("l’année prochaine", 2027)],
)
def test_relative_years_count_from_the_given_day(
    text: str, year: int, lexical_index: Index
) -> None:
    assert named(f"Combien {text} ?", lexical_index).years == (year,)


@pytest.mark.parametrize("text", ["en 1998", "2 021 euros", "le 3 mars", "n° 2021/25"])
def test_what_is_no_exercice_is_left_out(text: str, lexical_index: Index) -> None:
    assert named(text, lexical_index).years == ()


def test_full_dates_and_days_without_year_are_kept(lexical_index: Index) -> None:
    found = named("entre le 1er avril 2021 et le 30 septembre", lexical_index)
    assert found.dates == ("2021-04-01", "--09-30")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Le Cher est-il retenu ?", "18"), ("et la drôme ?", "26"), ("dpt de la Côte-d’Or", "21")],
)
def test_collectivites_are_named_by_their_code(text: str, code: str, lexical_index: Index) -> None:
    assert [c for c, _name in named(text, lexical_index).collectivites] == [code]


def test_an_ordinary_word_is_no_collectivite(lexical_index: Index) -> None:
    assert named("est-ce trop cher pour nous ?", lexical_index).collectivites == ()


@pytest.mark.parametrize("text", ["la circulaire n° 2021/25", "DGCS/SD2B/DGS/SP1/2021/25"])
def test_a_number_designates_its_text(text: str, lexical_index: Index) -> None:
    assert named(text, lexical_index).text == "circulaire-2021-25"


def test_an_unknown_number_designates_nothing(lexical_index: Index) -> None:
    found = named("l'instruction n° DGCS/SD2B/2021/148", lexical_index)
    assert found.text is None and found.references == ("2021/148",)


def test_the_request_wins_over_the_question(lexical_index: Index) -> None:
    request = Request("Et le Cher en 2021 ?", AS_OF, exercices=(2022,), departement="26")
    frame = read_frame(request, named(request.question, lexical_index))
    assert (frame.exercices, frame.departement, frame.assumed) == ((2022,), "26", ())


def test_a_question_that_names_nothing_has_an_empty_frame(lexical_index: Index) -> None:
    frame = read_frame(Request("Qui signe ?", AS_OF), named("Qui signe ?", lexical_index))
    assert (frame.exercices, frame.departement, frame.text) == ((), None, None)
