"""The quizzes of several seeds: what they share is found once, and they stay what they were."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answering import Assistant
from assistant.entries import Entries
from assistant.teaching import distractors, quizzing
from assistant.teaching.fact import Fact
from assistant.teaching.making import make_pack
from assistant.teaching.material import Bibliography, Material
from assistant.teaching.pack import Order
from assistant.teaching.quizzing import quiz
from assistant.teaching.renewing import renewed
from assistant.teaching.rereading import once_a_material
from ingest.index import Index
from tests.assistant.quiz_materials import material_of

DAY = date(2026, 11, 21)
ORDER = Order("contractualisation", DAY, 2021)


@pytest.fixture
def made() -> list[Material]:
    return []


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        ({"order": replace(ORDER, seed=2)}, 1),
        ({"order": replace(ORDER, exercice=2022)}, 2),
        ({"order": replace(ORDER, as_of=date(2024, 1, 1))}, 2),
        ({"title": "Autre"}, 2),
    ],
)
def test_only_another_seed_finds_what_was_found(
    changed: dict[str, Any], count: int, made: list[Material]
) -> None:
    found = once_a_material(lambda material: made.append(material))
    material = Material(ORDER, "Titre")
    found(material)
    found(replace(material, **changed))
    assert len(made) == count


def test_another_seed_with_another_argument_is_found_again(made: list[Material]) -> None:
    found = once_a_material(lambda material, _more: made.append(material))
    for more in (["a"], ["a"]):  # equal, and not the same: nothing says that it stays so
        found(Material(ORDER, "Titre"), more)
    assert len(made) == 2


def test_a_quiz_is_the_same_whatever_was_drawn_before(index: Index) -> None:
    entries = Entries(index)
    first, second = (material_of(entries, 2021, seed) for seed in (1, 2))
    alone = quiz(second, Entries(index), index, Bibliography(), 8)
    quiz(first, entries, index, Bibliography(), 8)
    shared = replace(first, order=second.order)
    assert quiz(shared, entries, index, Bibliography(), 8) == alone


def test_an_edited_question_refutes_each_value_once_and_reads_its_facts_once(
    assistant: Assistant, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = make_pack(assistant, index, ORDER)
    asked: Counter[tuple[Any, ...]] = Counter()
    read: list[Material] = []
    refute, facts = distractors._refuted, quizzing.facts_of

    def counted(fact: Fact, value: str, entries: Entries, within: Index) -> bool:
        asked[id(entries), fact.id, fact.value, fact.unit.key, fact.subject, value] += 1
        return refute(fact, value, entries, within)

    monkeypatch.setattr(distractors, "_refuted", counted)
    monkeypatch.setattr(quizzing, "facts_of", lambda one: read.append(one) or facts(one))
    distractors._found.cache_clear()
    item = next(one for one in saved.quiz if one.kind == "single")
    forged = replace(
        item, options=(replace(item.options[0], text="3 mars 1999"), *item.options[1:])
    )
    quiz_ = tuple(forged if one is item else one for one in saved.quiz)
    found = renewed(replace(saved, quiz=quiz_), DAY, assistant, index)
    assert found.count("changed") == 1
    assert set(asked.values()) == {1} and len(read) <= 2
