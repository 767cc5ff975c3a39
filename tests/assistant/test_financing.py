"""The national amounts of an exercice of which some are unknown."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Request, Turn
from assistant.answering import Assistant
from tests.assistant.conftest import AS_OF, Ask


def after(assistant: Assistant, *questions: str) -> Answer:
    """The answer to the last question, the others asked before it."""
    turns = tuple(Turn(question) for question in questions[:-1])
    return assistant.answer(replace(Request(questions[-1], AS_OF), history=turns))


def warned(answer: Answer) -> str:
    return " ".join(warning.text for warning in answer.warnings)


@pytest.mark.parametrize(
    "asked",
    [
        ("Quels sont les trois financements de 2021 ?", "et en 2022 ?"),
        ("Quels financements en 2022 ?",),
        ("Quels sont les crédits de la contractualisation en 2022 ?",),
    ],
)
def test_known_amounts_come_alone_and_unknown_ones_are_said(
    lexical_assistant: Assistant, asked: tuple[str, ...]
) -> None:
    answer = after(lexical_assistant, *asked)
    assert [claim for claim in answer.claims if "140 M€" in claim.text] == list(answer.claims)
    assert "FIR" in warned(answer) and "ONDAM" in warned(answer)


@pytest.mark.parametrize("last", ["Et le FIR 2022 ?", "Et le FIR en 2022 ?"])
@pytest.mark.parametrize(
    "first", ["Quels financements en 2022 ?", "Quels sont les trois financements de 2021 ?"]
)
def test_a_source_of_unknown_amount_is_refused_however_it_is_asked(
    lexical_assistant: Assistant, first: str, last: str
) -> None:
    answer = after(lexical_assistant, first, "et en 2022 ?", last)
    assert answer.refusal == "known_unknown" and "FIR" in warned(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Quels financements en 2021 ?",  # all are known
        "Quelle est la hausse des crédits en 2022 ?",
        "Combien de départements en 2022 ?",
    ],
)
def test_another_question_on_money_is_left_to_the_search(lexical_ask: Ask, question: str) -> None:
    assert lexical_ask(question).sureness < 1.0
