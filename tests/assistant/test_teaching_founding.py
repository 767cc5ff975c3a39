"""What a theme rests on opens its sessions; what a day couldn't know is said."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering import Assistant
from assistant.teaching.founding import found_in
from assistant.teaching.making import make_pack
from assistant.teaching.pack import Order, Pack
from assistant.teaching.themes import Founding, themes
from assistant.units import UnitReader
from ingest.index import Index
from tests.assistant.conftest import AS_OF

MADE: dict[Order, Pack] = {}


def made(assistant: Assistant, index: Index, order: Order) -> Pack:
    """A pack, made once an order."""
    if order not in MADE:
        MADE[order] = make_pack(assistant, index, order)
    return MADE[order]


def test_every_founding_statement_is_in_the_corpus(index: Index) -> None:
    reader = UnitReader(index)
    founding = [one for theme in themes().values() for one in theme.founding]
    assert founding and [one for one in founding if found_in(one, reader) is None] == []


@pytest.mark.parametrize("exercice", [2020, 2022, 2025])
def test_newcomers_are_told_first_what_the_contract_is_and_its_three_parties(
    assistant: Assistant, index: Index, exercice: int
) -> None:
    order = Order("contractualisation", AS_OF, exercice, "nouveaux agents")
    opening = " ".join(point.text for point in made(assistant, index, order).points[:2])
    assert all(word in opening for word in ("préfet", "ARS", "président du conseil départemental"))
    assert "contractualisation" in opening


@pytest.mark.parametrize("theme", ["information-preoccupante", "gouvernance", "justice"])
def test_a_theme_opens_with_its_founding_statements(
    assistant: Assistant, index: Index, theme: str
) -> None:
    reader, pack = UnitReader(index), made(assistant, index, Order(theme, AS_OF))
    units = [found_in(one, reader) for one in themes()[theme].founding]
    told = [point.text for point in pack.points[: len(units)]]
    assert [unit.text for unit in units if unit] == told


def test_a_founding_statement_of_a_later_day_is_not_told(
    assistant: Assistant, index: Index
) -> None:
    order = Order("gouvernance", date(2021, 6, 1))
    said = " ".join(point.text for point in made(assistant, index, order).points)
    assert "article 37 de la loi du 7 février 2022" not in said


def test_a_founding_statement_holds_for_its_exercices() -> None:
    one = Founding("a", "b", since=2021, until=2022)
    assert [year for year in (2020, 2021, 2022, 2023) if one.holds_for(year)] == [2021, 2022]
    assert not one.holds_for(None) and replace(one, since=None).holds_for(None)


def test_sources_without_date_are_said_to_be_read_after_an_earlier_day(
    assistant: Assistant, index: Index
) -> None:
    early = made(assistant, index, Order("jeunes-majeurs", date(2023, 3, 1)))
    later = made(assistant, index, Order("jeunes-majeurs", AS_OF.replace(day=30)))
    assert any("lues le 21 novembre 2026" in text for text in early.missing)
    assert not any("lues le" in text for text in later.missing)


def test_a_short_quiz_says_how_many_facts_there_are(assistant: Assistant, index: Index) -> None:
    pack = made(assistant, index, Order("contractualisation", AS_OF, 2023))
    assert any(
        f"{len(pack.quiz)} questions au lieu de 8" in text and f"{pack.facts} faits" in text
        for text in pack.missing
    )


@pytest.mark.parametrize("theme", ["accueil", "jeunes-majeurs", "loi-du-7-fevrier-2022"])
def test_group_b_is_asked_other_facts_as_far_as_they_go(
    assistant: Assistant, index: Index, theme: str
) -> None:
    first = made(assistant, index, Order(theme, AS_OF))
    second = made(assistant, index, Order(theme, AS_OF, seed=2))
    asked = [{item.key.text for item in pack.quiz} for pack in (first, second)]
    members = sum(
        max(1, len(i.order), len(i.pairs), i.kind == "multiple" and 3) for i in first.quiz
    )
    assert len(asked[0] & asked[1]) <= max(0, members + len(second.quiz) - first.facts)
    same = {item.prompt for item in first.quiz} & {item.prompt for item in second.quiz}
    assert len(same) <= (first.facts < len(first.quiz) + len(second.quiz))  # one, where facts lack


def test_facts_asked_again_of_group_b_are_counted(assistant: Assistant, index: Index) -> None:
    pack = made(assistant, index, Order("projet-pour-l-enfant", AS_OF, seed=2))
    assert any("déjà demandés au groupe A" in text for text in pack.missing)


@pytest.mark.parametrize("exercice", [2021, 2022])
def test_an_item_told_of_another_exercice_says_it(
    assistant: Assistant, index: Index, exercice: int
) -> None:
    pack = made(assistant, index, Order("objectifs", AS_OF, 2021, minutes=420))
    pack = pack if exercice == 2021 else made(
        assistant, index, Order("contractualisation", AS_OF, 2022, minutes=420)
    )  # fmt: skip
    held = {citation.n: citation.document_id for citation in pack.citations}
    for item in pack.quiz:
        documents = [index.texts.document(held[n]) for n in item.key.citations]
        years = {year for d in documents if d for year in d.identity.exercices}
        assert not years or exercice in years or "20" in item.prompt
