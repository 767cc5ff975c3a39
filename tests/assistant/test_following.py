"""Follow-ups take the subject of the turn before, and nothing more."""

import pytest

from assistant.answer import Turn
from assistant.following import with_subject

HISTORY = (
    Turn("Qui est Adrien Taquet ?"),
    Turn("Quelle est la date limite de signature en 2021 ?"),
)


def test_a_first_question_stands_by_itself() -> None:
    assert with_subject("Et en 2022 ?", ()) == "Et en 2022 ?"


def test_a_new_year_replaces_the_one_before() -> None:
    joined = with_subject("Et en 2022 ?", HISTORY)
    assert "date limite de signature" in joined and "2022" in joined and "2021" not in joined


def test_only_the_last_turn_is_taken_along() -> None:
    assert "Taquet" not in with_subject("Et en 2022 ?", HISTORY)


def test_a_follow_up_that_names_no_year_keeps_the_former() -> None:
    assert "2021" in with_subject("Et pour le Cher ?", HISTORY)


@pytest.mark.parametrize(
    "text", ["Quel est le montant du FIR en 2022 ?", "Qui signe ?", "Étape suivante ?"]
)
def test_a_whole_question_is_left_alone(text: str) -> None:
    assert with_subject(text, HISTORY) == text


def test_a_long_question_that_begins_with_and_is_a_new_one() -> None:
    text = "Et quelles pièces faut-il joindre au bilan annuel du contrat signé avec le préfet ?"
    assert with_subject(text, HISTORY) == text
