"""Courtesies around a question are left out; what only looks polite stays."""

import pytest

from assistant.asking import read_question
from assistant.courtesies import without_choice, without_courtesies, without_parties

PLAIN = "quel est le montant du FIR en 2021 ?"
POLITE = (
    "Bonjour, {}",
    "Bonjour à tous, {} Bien cordialement.",
    "Auriez-vous l'obligeance de m'indiquer {}",
    "Pourriez-vous, s'il vous plaît, me préciser {}",
    "Je vous prie de bien vouloir nous communiquer {}",
    "Je vous saurais gré de me faire savoir {} Merci d'avance pour votre retour.",
    "Je souhaiterais savoir {}",
    "J'aurais besoin de savoir {}",
    "Merci de bien vouloir me dire {}",
    "{} Dans l'attente de votre réponse, je vous remercie par avance.",
    "svp {} merci beaucoup",
    "Serait-il possible de connaître {}",
)


@pytest.mark.parametrize("polite", POLITE)
def test_a_polite_question_has_the_terms_of_the_plain_one(polite: str) -> None:
    asked = without_courtesies(polite.format(PLAIN))
    assert read_question(asked).terms == read_question(PLAIN).terms


@pytest.mark.parametrize(
    "plain",
    [
        "Qui peut donner son avis sur le projet ?",
        "L'État peut-il donner des crédits ?",
        "Le préfet doit-il communiquer l'avenant ?",
        "Quel remerciement la ministre adresse-t-elle ?",
        "Le mineur peut-il connaître son dossier ?",
        "Quels indicateurs faut-il indiquer dans le tableau de bord ?",
    ],
)
def test_what_only_looks_polite_stays(plain: str) -> None:
    assert without_courtesies(plain) == plain


@pytest.mark.parametrize("greeting", ["Merci", "Bonjour", "Merci beaucoup !"])
def test_a_courtesy_alone_stays_as_it_is(greeting: str) -> None:
    assert without_courtesies(greeting) == greeting


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("À part le préfet, l'ARS et nous, qui signe ?", "qui signe ?"),
        ("Cosignataires hors préfet ARS CD", "Cosignataires"),
        ("Qui signe à côté du préfet, de l'ARS et du département ?", "Qui signe ?"),
        ("Combien l'État verse-t-il, hors ARS ?", "Combien l'État verse-t-il, hors ARS ?"),
        ("Qui paie hors de la commune ?", "Qui paie hors de la commune ?"),
    ],
)
def test_parties_set_aside_are_no_subject(text: str, left: str) -> None:
    assert without_parties(text).strip(" ,").removeprefix(", ") == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Qui signe le contrat : le procureur ou le préfet ?", "Qui signe le contrat ?"),
        ("Quelle date : le 30 juin ou le 30 septembre ?", None),
        ("Quel texte : la loi ou le décret ?", None),
    ],
)
def test_who_does_it_is_asked_without_those_between_whom_to_choose(
    text: str, left: str | None
) -> None:
    assert without_choice(text) == (left or text)
