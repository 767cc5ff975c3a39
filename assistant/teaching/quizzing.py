"""The quiz of a pack: items from facts, each wrong answer refuted, each explained with proof."""

import random
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from assistant.entries import Entries
from assistant.teaching.corrections import answered, kept_apart, most_items
from assistant.teaching.fact import Fact
from assistant.teaching.facts import facts_of
from assistant.teaching.items import Maker, can_be_chosen, can_be_judged_false, item_of
from assistant.teaching.joint_items import Joint, joint_items
from assistant.teaching.knowing import is_known
from assistant.teaching.material import Bibliography, Material
from assistant.teaching.pack import REVISION, QuizItem
from assistant.teaching.prompts import sentence
from assistant.teaching.rereading import once_a_material
from assistant.teaching.retaining import worth_asking
from assistant.teaching.rivals import pool
from assistant.teaching.themes import themes
from ingest.index import Index

REVISIONS = 2
"""Items, at most, that put together what others of their quiz ask, where these are few."""

__all__ = ["allowed", "asked_again", "asked_of", "choices_of", "most_items", "of_group_a", "quiz"]


def quiz(
    material: Material,
    entries: Entries,
    index: Index,
    bibliography: Bibliography,
    most: int,
    least: int | None = None,
    former: tuple[QuizItem, ...] | None = None,
) -> tuple[QuizItem, ...]:
    """Items on the facts of a material, no more than ``most``; the order's seed alone chooses.

    Each fact is asked once, by itself or with others. Items that gather several facts are given
    up one by one where fewer than ``least`` would be left (``most`` by default), and true or
    false where they would be uneven; facts that have no safe wrong answer fill what is left, as
    true. Unless ``least`` is given, one revision ends the quiz, an item that puts together facts
    already asked, and two where these are fewer than ``most``. Group B, each even seed, is asked
    what group A, the seed before, isn't; where facts lack, the same ones by other questions;
    ``former`` is the quiz of group A, made here when it isn't given. The quotes used join
    ``bibliography``.
    """
    other = of_group_a(material, entries, index, most, least) if former is None else former
    facts = asked_of(material, entries, index)
    gathered = _told(material) if least is None else facts
    chance = random.Random(material.order.seed)
    day = material.order.as_of
    wrong = _wrong(material, _told(material), entries)
    avoided = frozenset(item.prompt for item in other)
    maker = Maker(entries, index, bibliography, wrong, chance, day, avoided)
    wished, most = most, min(most, most_items(facts))
    fresh = [fact for fact in gathered if not _is_asked(fact, other)]
    joint = [
        (item, members)  # the days texts came out are put in order among days to keep
        for item, members in joint_items(fresh, maker, most // 3)
        if any(member in facts for member in members)
    ]
    spread = _spread(facts, chance)
    judged = frozenset(f.id for f in facts) - choices_of(material, entries, index)
    spread.sort(key=lambda fact: (_is_asked(fact, other), fact.id in judged))
    wanted = most if least is None else min(least, most)
    if wanted == most_items(facts) and least is not None:
        joint = []  # as long as the facts allow: each is asked by itself
    joint, left = _shared(joint, spread, wanted)
    if least is None:
        left += [fact for fact in _left(_worth(material), joint) if fact not in facts]
    made = _with_singles(joint, left, maker, most, judged)
    items = kept_apart([item for item, _facts in made], {item.id: told for item, told in made})
    chance.shuffle(items)
    if least is None:
        room = min(REVISIONS, max(1, wished - len(items)))
        items += islice(_revisions(gathered, tuple(items), maker), room)
    return tuple(items)


def _revisions(
    facts: Sequence[Fact], asked: Sequence[QuizItem], maker: Maker
) -> Iterator[QuizItem]:
    """An item of each kind that a quiz lacks: it puts together facts that are asked alone, with
    others that nothing asks (the days texts came out) where these are too few, half at most."""
    alone = [item for item in asked if item.kind in ("single", "true_false")]
    known = [fact for fact in facts if _is_asked(fact, alone)]
    others = [fact for fact in facts if fact not in known and not _is_asked(fact, asked)]
    kinds, used = {item.kind for item in asked}, set[Fact]()
    for held in (known, [*known, *others]):
        for item, members in joint_items(held, maker, len(held)):
            asks = 2 * sum(one in known for one in members) >= len(members)
            if asks and item.kind not in kinds and used.isdisjoint(members):
                kinds.add(item.kind)
                used |= {*members}
                yield replace(item, prompt=REVISION + item.prompt)


@once_a_material
def _told(material: Material) -> tuple[Fact, ...]:
    return facts_of(material)


@once_a_material
def _wrong(material: Material, gathered: Sequence[Fact], entries: Entries) -> tuple[Fact, ...]:
    """What wrong answers are taken from, as far as it was known on the day."""
    day = material.order.as_of
    return tuple(fact for fact in pool(gathered, material, entries) if is_known(fact.unit, day))


@once_a_material
def asked_of(material: Material, entries: Entries, index: Index) -> tuple[Fact, ...]:
    """The facts of a material that its quiz may ask: worth it, and with a safe wrong answer."""
    maker = _trial(material, entries, index)
    chosen = choices_of(material, entries, index)
    worth = _worth(material)
    return tuple(f for f in worth if f.id in chosen or can_be_judged_false(f, maker))


@once_a_material
def choices_of(material: Material, entries: Entries, index: Index) -> frozenset[str]:
    """Ids of the facts that have the wrong answers of a choice; the others are judged true or
    false."""
    maker = _trial(material, entries, index)
    return frozenset(fact.id for fact in _worth(material) if can_be_chosen(fact, maker))


def _trial(material: Material, entries: Entries, index: Index) -> Maker:
    wrong = _wrong(material, _told(material), entries)
    day = material.order.as_of
    return Maker(entries, index, Bibliography(), wrong, random.Random(0), day, among=2)


def allowed(material: Material, entries: Entries, index: Index) -> int:
    """How many questions a quiz on a material may have, which is the count that a pack prints."""
    return most_items(asked_of(material, entries, index))


def _worth(material: Material) -> tuple[Fact, ...]:
    theme = themes().get(material.order.theme)
    exercice = None if theme is not None and theme.compares else material.order.exercice
    return worth_asking(_told(material), exercice)


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
    return max(reversed(shares), key=lambda share: min(wanted, _count(*share)))


def _count(joint: Sequence[Joint], facts: Iterable[Fact]) -> int:
    """How many items these make, none of which answers another."""
    told = [member for _item, members in joint for member in members]
    return len(joint) + most_items(fact for fact in facts if not answered(fact, told))


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
    joint: Sequence[Joint],
    facts: Sequence[Fact],
    maker: Maker,
    most: int,
    judged: Container[str],
) -> list[Joint]:
    """``joint`` and an item for each of ``facts`` in turn, up to ``most``; those ``judged`` can be
    but true or false, and others are the less so. A fact that must wait for true and false to be
    even again comes back at the end. None whose correction would answer another's question."""
    made, waiting = list(joint), list(facts)
    while waiting and len(made) < most:
        before, left = len(made), []
        for n, fact in enumerate(waiting):
            if answered(fact, (one for _item, told in made for one in told)):
                continue
            done, room = [item for item, _told in made], most - len(made)
            to_come = sum(one.id in judged for one in waiting[n : n + room])
            item = item_of(fact, maker, done, to_come) if room else None
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
