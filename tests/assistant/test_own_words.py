"""A question that goes on with another is answered by what speaks of its own words, or refused."""

import pytest

from assistant.answer import Answer, Turn
from tests.assistant.conftest import Ask
from tests.assistant.test_answering import claimed

pytestmark = pytest.mark.model


def second(answer: Answer) -> str:
    """What the last part of an answer says; empty when it is refused."""
    return "\n".join(answer.claims[n].text for n in answer.parts[-1].claims)


@pytest.mark.parametrize(
    "question",
    [
        "Quel délai pour le PPE et qui le signe ?",
        "Combien d'auditions a fait la commission d'enquête et elle a coûté combien ?",
        "Le parrainage, qui doit donner son accord et ça dure combien de temps ?",
        "Quelles pièces pour l'avenant 2021 et à qui les envoyer ?",
        "Le Nord, combien en 2022 ? et la Sarthe ?",
    ],
)
def test_a_second_question_without_its_answer_is_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert [part.status for part in answer.parts] == ["answered", "refused"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Qui préside le CDPE et ça dure combien de temps ?", "cinq ans"),
        ("Projet d'établissement d'une MECS : valable combien d'années et on l'envoie à qui ?",
         "autorisation"),
        ("Le GIP France enfance protégée existe depuis quand et qui le finance ?", "départements"),
        ("Le Nord, combien en 2022 ? et en 2024 ?", "2,2 millions"),
        ("combien pour les 30 départements en 2020, et d'où ça vient ?", "50 M€"),
        ("Combien l'État a mis en 2021, et ça sort de quelles lignes ?", "33 M€"),
    ],
)  # fmt: skip
def test_a_second_question_is_answered_by_itself(ask: Ask, question: str, told: str) -> None:
    assert told in second(ask(question))


def test_each_part_opens_with_the_sentence_of_its_own_question(ask: Ask) -> None:
    answer = ask("Le CNPE c'est combien de membres et il a été créé quand ?")
    assert "créé" in answer.claims[answer.parts[-1].claims[0]].text


def test_a_follow_up_without_its_answer_is_refused(ask: Ask) -> None:
    former = (Turn("Quel délai pour le PPE ?"),)
    assert ask("et qui le signe ?", history=former).status == "refused"


def test_the_cost_of_something_else_is_not_given(ask: Ask) -> None:
    answer = ask("La commission d'enquête a fait 92 recommandations, et ça a coûté combien ?")
    assert "38 Md€" not in claimed(answer)
