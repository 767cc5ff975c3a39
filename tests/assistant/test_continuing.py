"""« Et en 2019 ? »: another exercice is answered as well as the former one, or not at all."""

import pytest

from assistant.answer import Answer, Turn
from tests.assistant.conftest import Ask
from tests.assistant.test_answering import claimed

pytestmark = pytest.mark.model


def then(ask: Ask, *questions: str) -> Answer:
    """The answer to the last question after the others."""
    *former, last = questions
    return ask(last, history=tuple(Turn(question) for question in former))


@pytest.mark.parametrize(
    "question",
    ["Qui signe le contrat ?", "Combien de départements contractualisent en 2021 ?",
     "Qui pilote la contractualisation en 2020 ?", "Quel est le montant du FIR en 2021 ?"],
)  # fmt: skip
def test_an_exercice_without_a_rule_is_refused_not_answered_beside(ask: Ask, question: str) -> None:
    assert ask(question).status == "answered"
    answer = then(ask, question, "Et pour l'exercice 2019 ?")
    assert answer.refusal in ("other_exercice", "not_in_corpus")
    assert answer.frame.exercices == (2019,)


def test_an_exercice_with_a_rule_is_answered_by_who_acts(ask: Ask) -> None:
    told = claimed(then(ask, "Qui pilote la contractualisation en 2020 ?", "et en 2021 ?"))
    assert "ARS" in told and "préfet" in told and "2021" in told


def test_what_nobody_could_establish_is_still_told(ask: Ask) -> None:
    answer = then(ask, "Quelle est la date limite de signature en 2021 ?", "et en 2022 ?")
    assert answer.refusal == "known_unknown"


def test_several_questions_of_a_follow_up_are_each_answered(ask: Ask) -> None:
    answer = then(ask, "Quels départements en 2020 ?", "Et qui signe ? Et combien ?")
    assert [part.question for part in answer.parts] == ["Et qui signe ?", "Et combien ?"]
    assert all(2020 in c.exercices or "2020" in c.quote for c in answer.citations)


def test_each_question_of_a_message_is_asked_of_the_other_exercice(ask: Ask) -> None:
    answer = then(
        ask, "combien on touche du FIR en 2021 et c koi le total des 3 sources", "et en 2022 ?"
    )
    assert len(answer.parts) == 2 and "600 M€" not in claimed(answer)
    assert answer.parts[0].refusal == "known_unknown"


def test_nothing_is_said_twice_in_an_answer_of_several_parts(ask: Ask) -> None:
    answer = ask("le 38 a signé quand, combien d objectifs et combien d argent")
    told = [n for part in answer.parts for n in part.claims]
    assert len(told) == len(set(told)) == len(answer.claims)
    leads = [answer.claims[part.claims[0]].text for part in answer.parts]
    assert all(word in lead for word, lead in zip(("20 juin", "13", "7 M€"), leads, strict=True))


def test_what_a_corrected_premise_leaves_asked_is_refused_by_itself(ask: Ask) -> None:
    answer = ask(
        "puisque les 101 departements sont obligés de contractualiser, "
        "quelle sanction si on refuse ?"
    )
    assert [part.refusal for part in answer.parts] == [None, "not_in_corpus"]
