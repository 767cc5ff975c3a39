"""The quiz of a pack: items from facts, each wrong answer refuted, each explained with proof."""

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.entries import Entries
from assistant.teaching.corrections import answered, kept_apart
from assistant.teaching.fact import Fact
from assistant.teaching.facts import facts_of, most_items
from assistant.teaching.items import Maker, item_of
from assistant.teaching.joint_items import Joint, joint_items
from assistant.teaching.knowing import is_known
from assistant.teaching.material import Bibliography, Material
from assistant.teaching.pack import QuizItem
from assistant.teaching.prompts import sentence
from assistant.teaching.retaining import worth_asking
from assistant.teaching.rivals import pool
from assistant.teaching.themes import themes
from ingest.index import Index

__all__ = ["asked_again", "asked_of", "most_items", "of_group_a", "quiz"]
_JOINT_LEAVES = 0.75
"""Share of a quiz's length that items on several facts may not bring it under."""


def quiz(
    material: Material,
    entries: Entries,
    index: Index,
    bibliography: Bibliography,
    most: int,
    least: int | None = None,
) -> tuple[QuizItem, ...]:
    """Items on the facts of a material, no more than ``most``; the order's seed alone chooses.

    Each fact is asked once, by itself or with others. Items that gather several facts are given
    up one by one where fewer than ``least`` would be left (three quarters of ``most`` by
    default), and true or false where they would be uneven. Group B, each even seed, is asked what
    group A, the seed before, isn't; where facts lack, the same ones by other questions. The
    quotes used join ``bibliography``.
    """
    other = of_group_a(material, entries, index, most, least)
    facts = asked_of(material)
    gathered = facts_of(material) if least is None else facts
    chance = random.Random(material.order.seed)
    day = material.order.as_of
    wrong = tuple(fact for fact in pool(gathered, material, entries) if is_known(fact.unit, day))
    avoided = frozenset(item.prompt for item in other)
    maker = Maker(entries, index, bibliography, wrong, chance, day, avoided)
    most = min(most, most_items(facts))
    fresh = [fact for fact in gathered if not _is_asked(fact, other)]
    joint = [
        (item, members)  # the days texts came out are put in order among days to keep
        for item, members in joint_items(fresh, maker, most // 3)
        if any(member in facts for member in members)
    ]
    spread = _spread(facts, chance)
    spread.sort(key=lambda fact: _is_asked(fact, other))
    wanted = math.ceil(_JOINT_LEAVES * most) if least is None else min(least, most)
    joint, left = _shared(joint, spread, wanted)
    if least is not None and len(joint) + len(left) < wanted:  # a statement may be asked twice
        left += [fact for fact in spread if fact not in left]
    made = _with_singles(joint, left, maker, most, again=least is not None)
    items = kept_apart([item for item, _facts in made], {item.id: told for item, told in made})
    chance.shuffle(items)
    return tuple(items)


def asked_of(material: Material) -> tuple[Fact, ...]:
    """The facts of a material that its quiz may ask."""
    theme = themes().get(material.order.theme)
    exercice = None if theme is not None and theme.compares else material.order.exercice
    return worth_asking(facts_of(material), exercice)


def asked_again(items: Iterable[QuizItem], other: Iterable[QuizItem]) -> int:
    """How many items ask a fact that the other group's quiz asks too."""
    told = {item.fact for item in other}
    return sum(item.fact in told for item in items)


def of_group_a(
    material: Material, entries: Entries, index: Index, most: int, least: int | None = None
) -> tuple[QuizItem, ...]:
    """The quiz of the other group, for an even seed."""
    seed = material.order.seed
    if seed <= 0 or seed % 2:
        return ()
    former = replace(material, order=replace(material.order, seed=seed - 1))
    return quiz(former, entries, index, Bibliography(), most, least)


def _is_asked(fact: Fact, items: Iterable[QuizItem]) -> bool:
    """Whether one of some items tells a fact's statement."""
    told = sentence(fact.unit)
    return any(told in item.key.text for item in items)


def _shared(
    joint: Sequence[Joint], facts: Sequence[Fact], wanted: int
) -> tuple[list[Joint], list[Fact]]:
    """As many of the items on several facts as leave ``wanted`` items in all, or the most; and
    the facts left for items of their own."""
    shares = [(list(joint[:kept]), _left(facts, joint[:kept])) for kept in range(len(joint) + 1)]
    return max(reversed(shares), key=lambda share: min(wanted, len(share[0]) + len(share[1])))


def _left(facts: Sequence[Fact], joint: Sequence[Joint]) -> list[Fact]:
    """Facts that no item gathers, whose statement none has told: the one would answer the
    other."""
    told = {fact.unit.key for _item, members in joint for fact in members}
    kept: list[Fact] = []
    for fact in facts:
        if fact.unit.key not in told:
            told.add(fact.unit.key)
            kept.append(fact)
    return kept


def _with_singles(
    joint: Sequence[Joint], facts: Sequence[Fact], maker: Maker, most: int, again: bool
) -> list[Joint]:
    """``joint`` and an item for each of ``facts`` in turn, up to ``most``; a fact that must wait
    for true and false to be even again comes back at the end. Unless it may be asked ``again``,
    none whose correction would answer another's question."""
    made, waiting = list(joint), list(facts)
    while waiting and len(made) < most:
        before, left = len(made), []
        for fact in waiting:
            if not again and answered(fact, (one for _item, told in made for one in told)):
                continue
            done = [item for item, _told in made]
            item = item_of(fact, maker, done) if len(made) < most else None
            if item is None:
                left.append(fact)
            else:
                made.append((item, (fact,)))
        if len(made) == before:
            break
        waiting = left
    return made


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
