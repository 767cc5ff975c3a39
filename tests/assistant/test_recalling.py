"""« Cite le texte » shows the quotes again, in full; « pourquoi ? » gives a reason or none."""

import pytest

from assistant.answer import Answer, Request, Turn
from assistant.answering import Assistant
from assistant.drafting import Draft
from assistant.recalling import IN_FULL_CHARS, in_full
from assistant.units import UnitReader
from ingest.index import Index
from tests.assistant.conftest import AS_OF, Ask
from tests.assistant.test_contract import check_facts, check_markers, check_refusal

pytestmark = pytest.mark.model

DECISION = "Le Conseil d'État a décidé quoi sur le décret 2024-119 ?"
DEADLINE = "Quelle est la date limite de signature en 2021 ?"


def then(ask: Ask, *questions: str) -> Answer:
    """The answer to the last question after the others."""
    *former, last = questions
    return ask(last, history=tuple(Turn(question) for question in former))


@pytest.mark.parametrize("question", [DEADLINE, DECISION, "À quoi sert le parrainage ?"])
def test_the_same_quotes_come_back_in_full(question: str, ask: Ask, index: Index) -> None:
    before, after = ask(question), then(ask, question, "tu peux me citer le passage ?")
    for c in before.citations[: len(before.claims)]:
        around = [o for o in after.citations if o.document_id == c.document_id]
        assert any(o.start <= c.start and c.end <= o.end for o in around)
    check_markers(after, index)
    check_facts(after)


def test_a_short_section_comes_with_its_heading(ask: Ask) -> None:
    answer = then(ask, "Quelles pièces conditionnent l'avenant 2021 ?", "cite le texte")
    whole = [one.quote for one in answer.citations if one.quote.startswith(one.locator)]
    assert whole and all(len(quote) <= IN_FULL_CHARS for quote in whole)


def test_the_words_of_a_refusal_are_a_refusal(ask: Ask) -> None:
    assert then(ask, "Quelle est la recette de la tarte ?", "cite le texte").claims == ()


def test_a_refused_draft_stays_as_it_was(index: Index) -> None:
    draft = Draft(refusal="not_in_corpus")
    assert in_full(draft, UnitReader(index), index) == Draft(refusal="not_in_corpus")


def test_a_reason_that_the_texts_give_is_quoted(ask: Ask, index: Index) -> None:
    answer = then(ask, DECISION, "pourquoi ?")
    assert answer.status == "answered" and "parce qu" in answer.text
    check_markers(answer, index)


@pytest.mark.parametrize("question", [DEADLINE, "Combien le FIR apporte-t-il en 2021 ?"])
def test_a_reason_that_no_text_gives_is_never_made_up(question: str, ask: Ask) -> None:
    answer = then(ask, question, "pourquoi ?")
    assert answer.refusal == "not_in_corpus" and "raison" in answer.text and answer.nearby
    check_refusal(answer)


def test_the_words_of_a_reason_can_be_asked_for(ask: Ask) -> None:
    answer = then(ask, DECISION, "pourquoi ?", "cite le texte")
    assert len(answer.text) > len(then(ask, DECISION, "pourquoi ?").text)


def test_a_follow_up_keeps_the_collectivite_of_its_former_answer(assistant: Assistant) -> None:
    history = (Turn("Quel est le montant du contrat en 2021 ?", departement="26"),)
    answer = assistant.answer(
        Request("et en 2020 ?", AS_OF, history=history),
    )
    assert answer.frame.departement == "26"


def test_when_no_reason_is_given_the_words_are_those_of_the_answer(ask: Ask) -> None:
    assert then(ask, DEADLINE, "pourquoi ?").status == "refused"
    answer = then(ask, DEADLINE, "pourquoi ?", "cite le texte")
    assert answer.text == then(ask, DEADLINE, "cite le texte").text
