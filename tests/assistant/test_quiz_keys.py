"""Keys that another reading of the same texts would make wrong."""

import pytest

from assistant.entries import Entries
from assistant.teaching.bounds import holds
from assistant.teaching.corrections import tells
from assistant.teaching.distractors import refuted
from assistant.teaching.fact import Fact
from assistant.teaching.facts import facts_of
from assistant.teaching.gaps import shown
from assistant.teaching.joint_items import _unlike, text_of
from assistant.teaching.prompts import choice_prompt, sentence
from assistant.teaching.rivals import register_facts, rivals
from corpus.registry import Obligation
from ingest.index import Index
from tests.assistant.quiz_materials import everything, statements_of


@pytest.fixture(scope="module")
def entries(index: Index) -> Entries:
    return Entries(index)


@pytest.fixture(scope="module")
def facts(index: Index, entries: Entries) -> tuple[Fact, ...]:
    return facts_of(everything(entries, index))


def said(facts: tuple[Fact, ...], words: str) -> Fact:
    return next(fact for fact in facts if words in fact.unit.text)


def test_what_was_not_yet_so_on_the_day_of_a_reading_is_not_asked(facts: tuple[Fact, ...]) -> None:
    assert not [fact for fact in facts if fact.unit.text.startswith("Au 3 avril 2026, la réforme")]


def test_a_heading_is_no_option(facts: tuple[Fact, ...]) -> None:
    assert {text_of(fact) for fact in facts if fact.row is None} == {""}


@pytest.mark.parametrize(
    ("words", "value", "held"),
    [
        ("d'au moins 13 ans", "duration:16 ans", True),
        ("d'au moins 13 ans", "duration:11 ans", False),
        ("mineurs de moins de 16 ans ni", "duration:13 ans", True),
        ("mineurs de moins de 16 ans ni", "duration:18 ans", False),
        ("proposé à l'enfant dès 11 ans", "duration:13 ans", True),
        ("jusqu'à 15 objectifs", "number:12", True),
        ("plus de 60 % des hébergements", "percent:80", True),
    ],
)
def test_a_rule_with_a_bound_holds_what_is_within(
    words: str, value: str, held: bool, facts: tuple[Fact, ...]
) -> None:
    assert holds(said(facts, words), value) is held


def test_a_part_of_what_a_statement_gives_as_a_whole_is_never_wrong(
    entries: Entries, index: Index
) -> None:
    told = facts_of(statements_of(entries, index, "communique-2020-02-03"))
    whole = next(f for f in told if f.row is None and f.value == "amount:80000000")
    assert not refuted(whole, "amount:50000000", entries, index)


def test_a_rule_and_its_exception_are_not_both_right(entries: Entries) -> None:
    state = [f for f in register_facts(entries) if f.value == "actor:État" and "GIP" in f.subject]
    shares = [f for f in state if "part" in f.subject]
    assert len(shares) > 1 and len(_unlike(shares)) == 1


def test_a_date_that_is_the_morrow_of_another_is_not_left_in_its_sentence(
    facts: tuple[Fact, ...],
) -> None:
    fact = next(f for f in facts if f.id == "calendar:date-decret-2022-1125-entree-en-vigueur")
    assert "lendemain" in fact.unit.text and "lendemain" not in choice_prompt(fact)


def test_a_sentence_tells_its_own_fact_alone(facts: tuple[Fact, ...]) -> None:
    fact, other = said(facts, "d'au moins 13 ans"), said(facts, "60 % des hébergements")
    assert tells(sentence(fact.unit), fact) and not tells(sentence(other.unit), fact)


def test_neither_our_summaries_nor_an_unnamed_delay_are_asked(facts: tuple[Fact, ...]) -> None:
    assert not [f for f in facts if f.kind == "duration" and "le délai est de" in f.unit.text]
    assert not [f for f in facts if "texte : Financements" in choice_prompt(f)]


def test_hours_of_hearings_are_not_taken_for_hours_of_training(facts: tuple[Fact, ...]) -> None:
    fact = said(facts, "240 heures de formation")
    assert "duration:83 heures" not in {one.value for one in rivals(fact, facts)}


def test_a_judge_is_no_party_to_a_contract(entries: Entries) -> None:
    held = register_facts(entries)
    asked = [f for f in held if f.kind == "actor" and f.exercices]
    assert asked and all(
        one.value != "actor:juge" or one.exercices for f in asked for one in rivals(f, held)
    )


def test_a_task_that_no_one_sentence_says_whole_is_not_asked(entries: Entries) -> None:
    """Its condition stands in another text, or « ces jeunes » were named before."""
    asked = {fact.id for fact in register_facts(entries) if fact.kind == "actor"}
    held = {entry.row.id: entry.row for entry in entries.of(Obligation)}
    pointing = [name for name, row in held.items() if "ces jeunes" in row.what]
    assert "juge-mediation-familiale" in held and pointing
    assert not asked & {f"obligations:{name}" for name in ("juge-mediation-familiale", *pointing)}


def test_great_amounts_are_told_in_millions(facts: tuple[Fact, ...]) -> None:
    assert shown("amount", "32300000") == "32,3 millions d'euros"
    assert shown("amount", "249181725") == "249 181 725 euros"
