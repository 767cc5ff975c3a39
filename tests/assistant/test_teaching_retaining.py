"""What a pack asks and tells: neither the day a text came out nor the same words at each line."""

import pytest

from assistant.answering import Assistant
from assistant.entries import Entries
from assistant.extracting import Quote
from assistant.teaching.distractors import refuted
from assistant.teaching.listing import unlabelled
from assistant.teaching.making import make_pack
from assistant.teaching.pack import Order, Pack
from assistant.teaching.quizzing import asked_of
from assistant.teaching.telling import FRAME
from assistant.units import document_units
from ingest.index import Index
from tests.assistant.conftest import AS_OF
from tests.assistant.quiz_materials import everything, fact_of, material_of, statements_of


@pytest.fixture(scope="module")
def pack(assistant: Assistant, index: Index) -> Pack:
    return make_pack(assistant, index, Order("contractualisation", AS_OF, 2022, "nouveaux agents"))


@pytest.fixture(scope="module")
def entries(index: Index) -> Entries:
    return Entries(index)


def test_the_day_a_text_came_out_is_not_asked_by_itself(entries: Entries, index: Index) -> None:
    ids = {fact.id for fact in asked_of(material_of(entries, 2022), entries, index)}
    assert "calendar:date-limite-candidature-2022" in ids or len(ids) > 3
    assert not [one for one in ids if "mise-en-ligne" in one or "publication" in one]


def test_the_activity_of_a_past_year_is_not_asked(entries: Entries, index: Index) -> None:
    asked = asked_of(
        statements_of(entries, index, "institution-119", "institution-crip"), entries, index
    )
    assert asked and not [fact for fact in asked if "a reçu" in fact.unit.text]


@pytest.mark.parametrize(
    "words", ["est modifié au 28 janvier", "a été promulguée le", "compte 42 articles en 8 titres"]
)
def test_what_tells_of_a_text_and_not_of_its_rules_is_not_asked(
    words: str, entries: Entries, index: Index
) -> None:
    from assistant.teaching.facts import facts_of
    from assistant.teaching.retaining import worth_asking

    facts = facts_of(everything(entries, index))
    told = [fact for fact in facts if words in fact.unit.text]
    assert told and not set(told) & set(worth_asking(facts))


def test_too_few_facts_worth_asking_leave_them_all(entries: Entries, index: Index) -> None:
    from assistant.teaching.facts import facts_of
    from assistant.teaching.retaining import worth_asking

    dull = [f for f in facts_of(everything(entries, index)) if "mise-en-ligne" in f.id][:2]
    assert len(dull) == 2 and worth_asking(dull) == tuple(dull)


def test_a_list_does_not_repeat_its_label(pack: Pack) -> None:
    pieces = [point.text for point in pack.points if "trois pièces" in point.text]
    assert pieces and "pièce obligatoire pour" not in pieces[0]
    assert pieces[0].count(";") == 2


def test_labels_that_differ_stay(index: Index) -> None:
    document = index.texts.document("circulaire-2021-25")
    assert document is not None
    items = [u for u in document_units(document) if u.group is not None and " : " in u.text]
    funds = [u for u in items if "M€" in u.text]
    quote = Quote(tuple(funds), funds[0].start, funds[-1].end)
    assert len(funds) > 1 and unlabelled(quote) == quote.text


def test_a_sentence_writes_its_amounts_in_one_way(assistant: Assistant, index: Index) -> None:
    found = make_pack(assistant, index, Order("financement", AS_OF, 2021))
    prompts = [item.prompt for item in found.quiz if "M€" in item.prompt]
    assert prompts and not [one for one in prompts if "millions d'euros" in one]


def test_a_contested_amount_answers_no_case(assistant: Assistant, index: Index) -> None:
    found = make_pack(assistant, index, Order("financement", AS_OF, 2021, minutes=420))
    told = [one.text for case in found.cases for answers in case.answers for one in answers]
    assert any("107 millions" in text for text in told)
    assert not any("200 millions" in text for text in told)


def test_no_two_choices_offer_the_same_answers(assistant: Assistant, index: Index) -> None:
    found = make_pack(assistant, index, Order("information-preoccupante", AS_OF, None, "élus", 90))
    offered = [
        frozenset(o.text for o in item.options) for item in found.quiz if item.kind == "single"
    ]
    assert offered and len(set(offered)) == len(offered)


def test_an_actor_that_the_question_names_is_never_its_wrong_answer(
    entries: Entries, index: Index
) -> None:
    fact = fact_of(material_of(entries, 2020), "obligations:rapport-annuel-preparation")
    assert fact.value == "actor:département"
    assert not refuted(fact, "actor:préfet", entries, index)


def test_the_text_that_rules_is_told_once(pack: Pack) -> None:
    ruling = [point.text for point in pack.points if point.label == FRAME]
    assert len([text for text in ruling if "n° 2022/61" in text]) == 1
