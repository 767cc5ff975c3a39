"""Years as people write and say them: in words, shortened, open, set aside, spanned."""

from datetime import date
from functools import partial

import pytest

from assistant import exercices, numerals, places
from assistant.exercices import dated, find_years
from assistant.numerals import in_digits
from tests.ingest.test_linear_patterns import is_slow, patterns_in, texts_for
from tests.timing import is_under

AS_OF = date(2026, 11, 21)
PATTERNS = {
    f"{module.__name__}.{variable}.{number}": pattern
    for module in (exercices, numerals, places)
    for variable, value in vars(module).items()
    for number, pattern in enumerate(patterns_in(value))
}


def years(text: str) -> list[int]:
    return [year.value for year in find_years(text, AS_OF) if year.role == "exercice"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la date limite de signature en deux mille vingt et un ?", 2021),
        ("quelles pièces en deux-mille-vingt-deux ?", 2022),
        ("les crédits de l'exercice deux mille vingt", 2020),
        ("la date limite en 20 21 ?", 2021),
        ("la date limite pour l'année 21 ?", 2021),
        ("exercice 22, quelles pièces ?", 2022),
        ("c'est quoi l'exo vingt-deux", 2022),
        ("que fournir pour l'avenant 22 ?", 2022),
        ("qui a signé en 21 ?", 2021),
        ("la date limite en 22 pour les nouveaux", 2022),
    ],
)
def test_an_exercice_in_words_or_shortened_is_read(text: str, expected: int) -> None:
    assert years(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "les jeunes de vingt et un ans",
        "deux mille vingt et un euros",
        "deux mille vingt et une places",
        "en deux mille vingt et un enfants",
        "en 21 jours",
        "les moins de 21 ans",
        "l'article 21",
        "n° 2021/25",
        "21 millions en 22 mois",
        "de 20 25 ans",
        "l'avenant 22 objectifs",
        "le département 21",
        "20 21 000 euros",
        "l'exercice MMXXI",
    ],
)
def test_ages_amounts_articles_and_numbers_are_no_exercice(text: str) -> None:
    assert years(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quelles pièces, pas en 2021 mais en 2020", [2020]),
        ("ni en 2020 ni en 2021 mais l'année d'après", [2022]),
        ("les crédits de 2020 et non 2021", [2020]),
        ("plutôt 2022 que 2021", [2022]),
        ("toutes les années sauf 2021", []),
        ("ce n'est pas en 2021 mais en 2020 ?", [2020]),
        ("ce n'est pas en 2021 ?", [2021]),
        ("le 93 a candidaté ou pas en 2020", [2020]),
        ("qui n'a pas signé en 2021 ?", [2021]),
        ("la loi de 2022, pas en 2021", []),
        ("les engagements de 2025, pas ceux de la stratégie de 2020", [2025]),
    ],
)
def test_a_year_set_aside_is_not_asked_about(text: str, expected: list[int]) -> None:
    assert years(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("les contrats signés avant 2021", [2020]),
        ("les contrats d'après 2023", [2024, 2025, 2026]),
        ("jusqu'en 2021, quels crédits ?", [2020, 2021]),
        ("avant 2020", []),
        ("avant le 30 juin 2021", [2021]),
        ("avant fin 2021", [2021]),
        ("l'évolution avant 2021", [2021]),
        ("entre 2020 et 2022", [2020, 2021, 2022]),
        ("de deux mille vingt à deux mille vingt-deux", [2020, 2021, 2022]),
        ("exercices 20 à 22", [2020, 2021, 2022]),
        ("2021/2022", [2021, 2022]),
        ("2021-2022", [2021, 2022]),
        ("2021 et 2022", [2021, 2022]),
        ("les crédits de 2021 de la stratégie 2020-2022", [2021]),
        ("signé en 2019, le contrat 2020-2022", [2019, 2020, 2021, 2022]),
    ],
)
def test_open_and_closed_spans_give_the_years_that_the_words_allow(
    text: str, expected: list[int]
) -> None:
    assert years(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("qui signe cette anée", 2026),
        ("les pièces de l'anné derniere", 2025),
        ("notre contrat vient d'être signé, pour quelles années ?", 2026),
        ("nous venons de signer l'avenant", 2026),
    ],
)
def test_what_is_said_from_today_is_read_as_typed(text: str, expected: int) -> None:
    assert years(text) == [expected]


def test_a_year_spans_the_words_as_they_were_typed() -> None:
    text = "signé en deux mille vingt, et en 20 22 puis en 2023 ?"
    spans = [text[slice(*year.span)] for year in find_years(text, AS_OF)]
    assert spans == ["deux mille vingt", "20 22", "2023"]


def test_the_year_of_a_law_in_words_is_that_of_a_text() -> None:
    found = find_years("la loi de deux mille vingt-deux", AS_OF)
    assert [(year.value, year.role) for year in found] == [(2022, "text")]


def test_a_question_is_searched_with_its_years_in_digits() -> None:
    assert dated("en deux mille vingt et un ou l'exercice 22 ?", AS_OF) == (
        "en 2021 ou l'exercice 2022 ?"
    )


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear(name: str) -> None:
    def read_all(text: str) -> None:
        for _ in PATTERNS[name].finditer(text):
            pass

    texts = texts_for(PATTERNS[name])
    assert not [kind for kind, text in texts.items() if is_slow(partial(read_all), text)]


@pytest.mark.parametrize("piece", ["en 20 21 ", "exercice 22 ", "deux mille vingt ", "20 21 "])
def test_many_years_in_words_are_read_fast(piece: str) -> None:
    assert is_under(0.5, lambda: in_digits(piece * 200))


def test_the_year_of_a_birth_is_no_exercice() -> None:
    assert years("née en 2009 à Lille, droit au mentorat ?") == []
    assert years("née le 3 mai 2009, droit au mentorat en 2025 ?") == [2025]
    assert years("combien d'enfants nés en 2019 ?") == [2019]
