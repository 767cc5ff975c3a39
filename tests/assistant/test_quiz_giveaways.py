"""Wrong answers that their year, their noun or their actor alone doesn't give away."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.entries import Entries
from assistant.teaching.corrections import answered, tells
from assistant.teaching.dating import brought_to, year_given
from assistant.teaching.fact import Fact, existed
from assistant.teaching.facts import facts_of
from assistant.teaching.material import Bibliography
from assistant.teaching.pack import QuizItem
from assistant.teaching.prompts import betrays, choice_prompt, true_false_prompt
from assistant.teaching.quizzing import quiz
from assistant.teaching.rivals import register_facts, rivals
from corpus.registry import Obligation
from ingest.index import Index
from tests.assistant.quiz_materials import YEARS, everything, material_of


@pytest.fixture(scope="module")
def items(index: Index, assistant_entries: Entries) -> list[QuizItem]:
    entries = assistant_entries
    materials = [material_of(entries, year, seed) for year in YEARS for seed in (1, 2)]
    return [item for one in materials for item in quiz(one, entries, index, Bibliography(), 20)]


@pytest.fixture(scope="module")
def assistant_entries(index: Index) -> Entries:
    return Entries(index)


def dated(items: list[QuizItem], entries: Entries) -> Iterator[tuple[QuizItem, str]]:
    held = {fact.id: fact for fact in register_facts(entries)}
    for item in items:
        if item.kind == "single" and item.fact in held:
            yield item, year_given(held[item.fact], item.prompt)


def test_no_choice_is_told_by_the_year_of_its_question(
    items: list[QuizItem], assistant_entries: Entries
) -> None:
    found = [(item, year) for item, year in dated(items, assistant_entries) if year]
    assert len(found) > 5
    for item, year in found:
        assert len({year in option.text for option in item.options}) == 1, item.prompt


def test_a_day_brought_to_another_year_shows_none(assistant_entries: Entries) -> None:
    fact = next(one for one in register_facts(assistant_entries) if one.kind == "date")
    (moved,) = brought_to([replace(fact, value="date:2023-04-30", shown="30 avril 2023")], "2022")
    assert (moved.value, moved.shown) == ("date:2022-04-30", "30 avril")
    assert list(brought_to([replace(fact, value="date:2024-02-29")], "2022")) == []


def test_a_number_has_for_rivals_those_of_the_same_noun(
    index: Index, assistant_entries: Entries
) -> None:
    facts = facts_of(everything(assistant_entries, index))
    numbers = [one for one in facts if one.kind == "number"]
    found = [(one, other) for one in numbers for other in rivals(one, numbers)]
    assert found
    assert all(one.noun.rstrip("sx") == other.noun.rstrip("sx") for one, other in found)


def test_an_actor_is_no_wrong_answer_before_it_existed(assistant_entries: Entries) -> None:
    held = register_facts(assistant_entries)
    early = [one for one in held if one.kind == "actor" and min(one.exercices, default=9999) < 2023]
    assert not existed("GIP", (2021,)) and existed("GIP", (2023,)) and existed("juge", (2020,))
    assert early
    assert all(other.value != "actor:GIP" for one in early for other in rivals(one, held))


def test_a_duty_that_its_text_does_not_say_is_not_asked_as_one(assistant_entries: Entries) -> None:
    def said(fact: Fact) -> bool:
        return any(word in fact.unit.text for word in ("sont gérés", "est géré"))

    asked = [one for one in register_facts(assistant_entries) if one.kind == "actor" and said(one)]
    assert asked and all(isinstance(one.row, Obligation) for one in asked)
    for fact in asked:
        told = f"{choice_prompt(fact)} {true_false_prompt(fact, 'le préfet')}"
        assert "Qui doit" not in told and "Le préfet doit" not in told
        assert "à qui revient-il d" in told and "il revient au préfet d" in told


def test_a_date_beside_the_day_before_is_asked_by_its_event(assistant_entries: Entries) -> None:
    """« paru le 30 août 2023, en vigueur le 31 août »: the one tells the other."""
    held = {fact.id: fact for fact in register_facts(assistant_entries)}
    fact = next(f for f in held.values() if "30 août 2023" in f.unit.text and "31" in f.shown)
    assert betrays(fact) and "30 août" not in choice_prompt(fact)


def test_a_sentence_that_names_a_text_by_its_date_tells_when_it_was_signed(
    assistant_entries: Entries,
) -> None:
    held = {fact.id: fact for fact in register_facts(assistant_entries)}
    signed = held["calendar:date-circulaire-2021-signature"]
    assert tells("La circulaire du 1er avril 2021 a été mise en ligne le 28 avril.", signed)
    assert not tells("Le 1er avril 2021, le comité s'est réuni.", signed)


def test_an_amount_rounded_elsewhere_is_told(index: Index, assistant_entries: Entries) -> None:
    held = {fact.id: fact for fact in register_facts(assistant_entries)}
    exact, rounded = held["funding:action-17-2022-lfi"], held["funding:action-17-2022-plf"]
    assert exact.value != rounded.value and answered(exact, [rounded])
