"""Places of a question whose names hold the name of a collectivité, and several asked at once."""

import pytest

from assistant.places import find_places, with_names
from tests.assistant.conftest import Ask


def codes(text: str) -> list[str]:
    return [mention.collectivite.code for mention in find_places(text)]


@pytest.mark.parametrize(
    "text",
    [
        "la commune de Saint-Martin-de-Ré a-t-elle signé ?",
        "Saint-Martin-d'Hères",
        "St-Martin-d'Hères",
        "Saint Martin d'Hères",
        "la rue Saint-Martin",
        "Seine-et-Oise",
        "Nogent-sur-Marne",
        "Marne-la-Vallée",
        "Montbéliard-Belfort",
        "le Nord-Isère",
        "départements du nord de la France",
        "Le Nord de la France",
        "le nord du pays",
        "les départements du nord",
        "Le Nord et l'Est",
        "st martin de ré a-t-il signé ?",
        "le contrat de saint martin de ré",
        "ST MARTIN DE RE",
        "saint martin d'hères",
        "Saint Martin en Vercors",
        "saint martin le vinoux",
        "saint martin du var",
        "saint barthélemy d'anjou",
        "belfort du quercy",
        "Nogent sur Marne",
        "vic sur aisne",
    ],
)
def test_a_longer_name_is_not_read_as_the_shorter_that_it_holds(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le contrat de Saint-Martin de 2021", ["978"]),
        ("st martin a signé quand ?", ["978"]),
        ("saint martin de quand date son contrat ?", ["978"]),
        ("saint martin en vigueur", ["978"]),
        ("le contrat de saint martin de la vague 2021", ["978"]),
        ("st-martin en guadeloupe", ["978", "971"]),
        ("Paris sur la période", ["75"]),
        ("un focus sur Paris", ["75"]),
        ("que sait-on sur la Marne", ["51"]),
        ("le point sur Aisne et Oise", ["02", "60"]),
        ("Mayotte en galère", ["976"]),
        ("la Drôme des collines", ["26"]),
        ("belfort de 2021 à 2022", ["90"]),
        ("le contrat du Nord de 2021", ["59"]),
        ("le Nord et le Doubs", ["59", "25"]),
        ("les départements du Nord et du Doubs", ["59", "25"]),
        ("les Côtes-du-Nord", ["22"]),
        ("en loire inférieure", ["44"]),
        ("Drôme-Ardèche", ["26", "07"]),
        ("la Creuse-t-elle", ["23"]),
    ],
)
def test_a_whole_name_is_still_read(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "question",
    [
        "La Creuse et la Haute-Vienne ont-elles été retenues en 2020 ?",
        "La Haute-Vienne et la Creuse sont-elles dans la vague 1 ?",
    ],
)
def test_each_of_two_places_is_told_or_said_unknown(lexical_ask: Ask, question: str) -> None:
    answer = lexical_ask(question)
    told = {part.question: (part.status, part.refusal) for part in answer.parts}
    assert told == {"Creuse": ("answered", None), "Haute-Vienne": ("refused", "known_unknown")}
    assert answer.status == "partial" and "« Haute-Vienne »" in answer.text


def test_two_known_places_are_both_told(lexical_ask: Ask) -> None:
    answer = lexical_ask("Loire-Atlantique et Nord ont signé ?")
    assert answer.status == "answered"
    assert [bool(part.claims) for part in answer.parts] == [True, True]


def test_a_number_gives_way_to_the_name_that_texts_use() -> None:
    told = with_names("le 54 et le Cher : contrat du 2A en 2022 ?")
    assert told == "le Meurthe-et-Moselle et le Cher : contrat du Corse-du-Sud en 2022 ?"


@pytest.mark.parametrize(
    ("text", "found"),
    [("77 : le contrat signé quand ?", ["77"]), ("30 départements, lesquels ?", []),
     ("33, 107, 15 : quelles sources ?", []), ("12 - quelles pièces", ["12"]),
     ("20 : combien ?", [])],
)  # fmt: skip
def test_a_number_before_a_colon_is_the_asker_s_departement(text: str, found: list[str]) -> None:
    assert codes(text) == found
