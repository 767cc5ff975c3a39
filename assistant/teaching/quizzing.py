"""The quiz of a pack: items from facts, each wrong answer refuted, each explained with proof."""

import random
from collections.abc import Callable, Sequence

from assistant.entries import Entries
from assistant.teaching.fact import Fact
from assistant.teaching.facts import facts_of, most_items
from assistant.teaching.items import Maker, item_of
from assistant.teaching.joint_items import joint_items
from assistant.teaching.material import Bibliography, Material
from assistant.teaching.pack import QuizItem
from assistant.teaching.rivals import pool
from ingest.index import Index

__all__ = ["facts_of", "most_items", "quiz"]


def quiz(
    material: Material, entries: Entries, index: Index, bibliography: Bibliography, most: int
) -> tuple[QuizItem, ...]:
    """Items on the facts of a material, no more than ``most``; the order's seed alone chooses.

    Each fact is asked once; with ``most`` at ``most_items(facts)`` or above, all are. The quotes
    used join ``bibliography``.
    """
    facts = facts_of(material)
    chance = random.Random(material.order.seed)
    maker = Maker(entries, index, bibliography, pool(facts, material, entries), chance)
    most = min(most, most_items(facts))
    joint = joint_items(facts, maker, most // 3)
    asked = {item.fact for item, _members in joint}
    members = {fact.id for _item, several in joint for fact in several}
    left = [fact for fact in _spread(facts, chance) if fact.id not in asked]
    seen = {fact.unit.key for _item, several in joint for fact in several}
    left.sort(key=lambda fact: fact.id in members or fact.unit.key in seen)
    left.sort(key=_repeats(left))
    items = [item for item, _members in joint]
    for fact in left[: max(0, most - len(items))]:
        items.append(item_of(fact, maker, items))
    chance.shuffle(items)
    return tuple(items)


def _spread(facts: Sequence[Fact], chance: random.Random) -> list[Fact]:
    """Facts in an order of chance that takes one of each group in turn."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.group, []).append(fact)
    held = list(groups.values())
    chance.shuffle(held)
    for group in held:
        chance.shuffle(group)
    longest = max((len(group) for group in held), default=0)
    return [group[turn] for turn in range(longest) for group in held if turn < len(group)]


def _repeats(facts: Sequence[Fact]) -> Callable[[Fact], bool]:
    """Whether a fact's statement is also that of one before it: the one would answer the other."""
    first: dict[tuple[str, int], str] = {}
    for fact in facts:
        first.setdefault(fact.unit.key, fact.id)
    return lambda fact: first[fact.unit.key] != fact.id
