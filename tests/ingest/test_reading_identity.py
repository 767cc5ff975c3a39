"""Who wrote a page and when, by its own lines; what only looks like it is left unknown."""

from datetime import date

import pytest

from ingest.reading.identity import author, date_of_line


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Publié le 5 octobre 2023 par Odile Ferrandon", "Odile Ferrandon"),
        ("Par Odile Ferrandon le 5 octobre 2023", "Odile Ferrandon"),
        ("Par Jean de La Tour", "Jean de La Tour"),
        ("Propos recueillis par Marc Le Gall", "Marc Le Gall"),
    ],
)
def test_the_name_after_par_is_the_author(line: str, name: str) -> None:
    assert author([line]) == name


@pytest.mark.parametrize(
    "line",
    [
        "Validée par le CNP le 12 mars 2021",
        "Texte remplacé par la Note du 3 mai",
        "Modifiée par La Note du Préfet",
        "Visée par L’Inspection Générale",
        "Adoptée par DGCS SD2B",
        "Rédigé par Odile",
    ],
)
def test_a_body_or_a_text_is_no_author(line: str) -> None:
    assert author([line]) is None


def test_the_date_of_a_law_does_not_date_the_page() -> None:
    assert date_of_line("Créé par la loi du 5 mars 2007") is None
    assert date_of_line("Paru dans Le Relais du 5 mars 2007") == date(2007, 3, 5)
