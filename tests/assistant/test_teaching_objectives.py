"""What a session promises, from what its parts tell."""

from dataclasses import replace

import pytest

from assistant.teaching.pack import Case
from assistant.teaching.parts import objectives_of, words_of_pack
from assistant.teaching.studies import FREE_CASE
from assistant.teaching.timing import steps_of
from tests.packs import VISITED, pack

MONEY = "Dire d'où viennent les crédits"


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("L'amende va jusqu'à 3 750 euros.", False),
        ("Le département reçoit 3 750 euros de crédits de l'État.", True),
        ("Le programme 304 apporte 20 M€.", True),
    ],
)
def test_the_origin_of_money_is_promised_where_a_point_tells_it(text: str, promised: bool) -> None:
    made = pack()
    made = replace(made, points=(replace(made.points[0], text=text),))
    assert any(MONEY in one for one in objectives_of(made, {"money"})) == promised


def test_a_case_that_asks_the_question_again_promises_an_answer_and_is_short() -> None:
    made = pack()
    case = Case(FREE_CASE, "", "", ("Quand ?",), (made.points[:1],))
    made = replace(made, cases=(case,))
    said = objectives_of(made, ())
    assert "Répondre à la question posée, texte à l'appui." in said
    assert not any("situation concrète" in one for one in said)
    assert next(s.minutes for s in steps_of(made) if s.title == "Études de cas") == 5


def test_a_word_bears_the_acronym_of_its_own_letters() -> None:
    told = replace(
        VISITED,
        id="x#F1",
        text="Jeunes majeurs : jeune majeur, CJM, ASE, aide sociale à l'enfance.",
    )
    terms = [word.term for word in words_of_pack(replace(pack(), points=(told,)), 50)]
    assert "Jeunes majeurs" in terms and "Aide sociale à l'enfance (ASE)" in terms
