"""Wrong answers that somebody could choose, and tasks told with what they depend on."""

from dataclasses import replace

import pytest

from assistant.entries import Entries
from assistant.teaching.fact import Fact
from assistant.teaching.facts import facts_of
from assistant.teaching.joint_items import text_of
from assistant.teaching.plausible import is_absurd
from assistant.teaching.prompts import choice_prompt
from assistant.teaching.rivals import are_kin, register_facts, rivals
from ingest.index import Index
from tests.assistant.quiz_materials import everything


@pytest.fixture(scope="module")
def facts(index: Index) -> dict[str, Fact]:
    return {fact.id: fact for fact in facts_of(everything(Entries(index), index))}


@pytest.fixture(scope="module")
def tasks(index: Index) -> dict[str, Fact]:
    held = register_facts(Entries(index))
    return {fact.id.partition(":")[2]: fact for fact in held if fact.kind == "actor"}


@pytest.mark.parametrize(
    ("name", "value", "absurd"),
    [
        ("calendar:date-hotel-interdiction", "date:2024-12-03", True),  # « le premier jour du »
        ("calendar:date-hotel-interdiction", "date:2024-07-01", False),
        ("funding:action-17-2021-prevu", "amount:33000000", True),  # 153,4 M€ of it were spent
        ("funding:action-17-2021-prevu", "amount:200000000", False),
        ("calendar:date-demandes-de-credits-2024", "date:2024-08-14", True),  # its own date
        ("calendar:date-demandes-de-credits-2024", "date:2024-12-15", False),
        ("contrats-locaux-des-solidarites-2024-2027#PAU.4+2", "percent:44", True),
        ("contrats-locaux-des-solidarites-2024-2027#PAU.4+2", "percent:60", False),
        ("obligations:cdpe-copresidence-prefet", "actor:juge", False),
    ],
)
def test_what_the_sentence_shows_to_be_impossible_is_no_wrong_answer(
    name: str, value: str, absurd: bool, facts: dict[str, Fact]
) -> None:
    assert is_absurd(facts[name], replace(facts[name], value=value)) is absurd


def test_a_value_that_the_other_figures_give_is_not_asked(facts: dict[str, Fact]) -> None:
    assert "funding:solidarites-2024-pacte" in facts
    assert not [f for f in facts.values() if "dont 90 M€ au volet solidarités" in f.unit.text]


def test_amounts_of_another_scale_are_no_rivals(facts: dict[str, Fact]) -> None:
    fact = facts["funding:contractualisation-2021-fir"]
    values = [float(one.value.partition(":")[2]) for one in rivals(fact, facts.values())]
    assert len(values) > 3 and all(33e6 / 4 <= one <= 33e6 * 4 for one in values)


def test_a_precise_amount_stands_first_beside_precise_ones(facts: dict[str, Fact]) -> None:
    fact = facts["funding:jeunes-majeurs-2025-reparti"]
    amounts = [one for one in facts.values() if one.kind == "amount"]
    found = [one.shown for one in rivals(fact, amounts) if not are_kin(fact, one)]
    assert "," in fact.shown and "," in found[0] and "," not in found[-1]


def test_a_number_told_of_the_same_contracts_may_be_a_part_of_it(facts: dict[str, Fact]) -> None:
    whole = facts["instruction-2025-60#I25.3"]
    assert whole.value == "number:14"
    found = {one.value for one in rivals(whole, facts.values())}
    assert "number:12" in found and "number:7" not in found


def test_a_task_in_a_list_keeps_its_condition_and_says_when_it_is_no_duty(
    tasks: dict[str, Fact],
) -> None:
    assert text_of(tasks["controle-participation-du-prefet"]).endswith("(condition : si besoin)")
    may = text_of(tasks["controle-substitution-hebergement"])
    assert "possibilité" in may and "carence manifeste" in may
    assert text_of(tasks["parrainage-proposition"]) == ""  # too long to be told whole


def test_a_question_on_a_task_has_one_pair_of_brackets(tasks: dict[str, Fact]) -> None:
    asked = [choice_prompt(fact) for fact in tasks.values()]
    assert any("; condition : " in one for one in asked)
    assert not [one for one in asked if ") (" in one]


def test_the_day_a_text_was_signed_is_no_rival_of_a_limit(facts: dict[str, Fact]) -> None:
    fact = facts["calendar:date-signature-2021"]
    found = {one.value for one in rivals(fact, facts.values())}
    assert "date:2021-04-28" in found and "date:2021-04-01" not in found
