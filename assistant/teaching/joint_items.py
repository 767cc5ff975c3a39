"""Items that gather several facts: put in order, match, choose all that fit."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from assistant.checking import facts as stated
from assistant.teaching.fact import Fact
from assistant.teaching.gaps import magnitude
from assistant.teaching.holdings import terms_of
from assistant.teaching.items import Maker
from assistant.teaching.pack import Option, Proved, QuizItem, QuizKind
from assistant.teaching.prompts import (
    OBJECTIVES,
    capital,
    gives_away,
    list_named,
    sentence,
    task_of,
)
from assistant.teaching.rivals import are_kin
from corpus.quantities import find_quantities
from corpus.registry import Deadline, Funding, Obligation

Joint = tuple[QuizItem, tuple[Fact, ...]]
LEAST, MOST = 3, 5
LONGEST_LABEL = 130
_DRAWS = 6
_SAME_THING = 0.4
"""Share of the words of the shorter of two tasks from which they are on the same thing."""


def joint_items(facts: Sequence[Fact], maker: Maker, most: int) -> list[Joint]:
    """Items that gather several facts each, as many as ``most`` and as kinds in turn allow.

    Returns:
        Each item with the facts it gathers; no fact is in two of them. ``item.fact`` is one of
        them, which needs no item of its own.
    """
    found: list[Joint] = []
    used: set[str] = set()
    turns = [list(make(facts)) for make in (_orders, _matches, _choices)]
    for turn in turns:
        maker.chance.shuffle(turn)
    maker.chance.shuffle(turns)
    while len(found) < most and any(turns):
        for turn in turns:
            joint = None
            while turn and joint is None and len(found) < most:
                joint = turn.pop()(maker, used)
            if joint is not None:
                found.append(joint)
                used |= {fact.id for fact in joint[1]}
    return found


Make = Callable[[Maker, set[str]], Joint | None]


def _orders(facts: Sequence[Fact]) -> Iterator[Make]:
    """One order item an exercice: its events that have a day."""
    for year, events in _events(facts).items():
        yield lambda maker, used, y=year, held=events: _order(maker, used, y, held)  # type: ignore[misc]


def _order(maker: Maker, used: set[str], year: int, events: Sequence[Fact]) -> Joint | None:
    prompt = (
        f"Exercice {year}. Remettez ces dates du calendrier dans l'ordre, de la première à la "
        "dernière."
    )
    chosen = _apart([e for e in events if e.id not in used], prompt, maker)
    if len(chosen) < LEAST:
        return None
    chosen.sort(key=lambda fact: magnitude(fact.value))
    return _joint(maker, "order", prompt, chosen, order=tuple(text_of(e) for e in chosen))


def _matches(facts: Sequence[Fact]) -> Iterator[Make]:
    """Amounts of an exercice, dates of an exercice, actors: each to its label."""
    for year, amounts in _amounts(facts).items():
        prompt = f"Exercice {year}. Associez chaque crédit à son montant."
        yield lambda maker, used, p=prompt, held=amounts: _match(maker, used, p, held)  # type: ignore[misc]
    for year, events in _events(facts).items():
        prompt = f"Exercice {year}. Associez chaque événement à sa date."
        yield lambda maker, used, p=prompt, held=events: _match(maker, used, p, held)  # type: ignore[misc]
    actors = [fact for fact in facts if fact.kind == "actor" and text_of(fact)]
    prompt = "Associez chaque tâche à celui qui en est chargé."
    yield lambda maker, used: _match(maker, used, prompt, actors)


def _match(maker: Maker, used: set[str], prompt: str, facts: Sequence[Fact]) -> Joint | None:
    """Pairs whose every other pairing is refuted."""
    chosen = _apart([fact for fact in facts if fact.id not in used], prompt, maker)
    if len(chosen) < LEAST:
        return None
    pairs = tuple((text_of(fact), fact.shown) for fact in chosen)
    return _joint(maker, "match", prompt, chosen, pairs=pairs)


def _choices(facts: Sequence[Fact]) -> Iterator[Make]:
    """All that are of one list, one wave, one date or one actor."""
    for kind in OBJECTIVES:
        listed: dict[str, list[Fact]] = {}
        for one in (f for f in facts if f.kind == "objective" and f.subject == kind):
            listed.setdefault(list_named(kind, one.unit, several=True), []).append(one)
        for named, right in listed.items():
            yield _choice(f"Lesquels de ces objectifs sont {named} ?", right, "objective")
    for wave in sorted({f.value for f in facts if f.kind == "wave"}):
        right = [f for f in facts if f.value == wave]
        entry = wave.partition(":")[2]
        prompt = f"Lesquelles de ces collectivités sont entrées dans la démarche en {entry} ?"
        yield _choice(prompt, right, "wave")
    for year, events in _events(facts).items():
        for value in sorted({f.value for f in events}):
            right = [f for f in events if f.value == value]
            prompt = f"Exercice {year}. Lesquels de ces événements datent du {right[0].shown} ?"
            yield _choice(prompt, right, "date")
    for value in sorted({f.value for f in facts if f.kind == "actor"}):
        right = [f for f in facts if f.value == value and text_of(f)]
        if right:
            prompt = f"Lesquelles de ces tâches reviennent à cet acteur : {right[0].shown} ?"
            yield _choice(prompt, right, "actor")


def _choice(prompt: str, right: Sequence[Fact], kind: str) -> Make:
    return lambda maker, used: _multiple(maker, used, prompt, right, kind)


def _multiple(
    maker: Maker, used: set[str], prompt: str, right: Sequence[Fact], kind: str
) -> Joint | None:
    """Two or three right options, two or three wrong ones: facts of that kind whose value isn't
    the one asked, which is refuted for them."""
    left = [fact for fact in right if fact.id not in used]
    if len(left) < 2:
        return None
    chosen = _unlike(maker.chance.sample(left, len(left)))[:3]
    if len(chosen) < 2:
        return None
    wrong: dict[str, Fact] = {}
    others = maker.chance.sample(maker.pool, len(maker.pool))
    others.sort(key=lambda one: not are_kin(chosen[0], one))
    for other in others:
        if other.kind == kind and text_of(other) and _fails(other, chosen[0], maker):
            wrong.setdefault(text_of(other), other)
        if len(wrong) == 3:
            break
    if len(wrong) < 2:
        return None
    options = [maker.right(fact, text_of(fact)) for fact in chosen]
    options += [maker.not_of(other, text) for text, other in wrong.items()]
    maker.chance.shuffle(options)
    return _joint(maker, "multiple", prompt, chosen, options=tuple(options))


def _unlike(facts: Sequence[Fact]) -> list[Fact]:
    """Facts but the tasks of an actor that are on much the same thing as one before: the rule and
    its exception, both right, would contradict one another."""
    kept: list[Fact] = []
    for fact in facts:
        mine = _plain_terms(fact.subject)
        others = (_plain_terms(one.subject) for one in kept if fact.kind == "actor")
        if all(len(mine & its) < _SAME_THING * min(len(mine), len(its)) for its in others):
            kept.append(fact)
    return kept


def _plain_terms(text: str) -> frozenset[str]:
    return frozenset(term for term in terms_of(text) if term.isalpha())


def _fails(other: Fact, asked: Fact, maker: Maker) -> bool:
    """Whether another fact isn't of what is asked, under any reading."""
    if asked.kind == "objective":
        return other.subject != asked.subject and maker.refuted(asked, other.value)
    near = asked.kind != "date" or (other.exercices == asked.exercices and are_kin(asked, other))
    return near and other.value != asked.value and maker.refuted(other, asked.value)


def _joint(
    maker: Maker,
    kind: QuizKind,
    prompt: str,
    chosen: Sequence[Fact],
    *,
    options: tuple[Option, ...] = (),
    pairs: tuple[tuple[str, str], ...] = (),
    order: tuple[str, ...] = (),
) -> Joint | None:
    """The item, when what it shows stands in the quotes of its facts."""
    shown = [o.text for o in options if o.right] + [word for pair in pairs for word in pair]
    quotes = " ".join(fact.unit.text for fact in chosen)
    if len({*shown, *order}) < len(shown) + len(order):
        return None
    if any(stated(one) - stated(quotes) - _years(prompt) for one in (*shown, *order)):
        return None
    leader = maker.chance.choice(list(chosen))
    years = tuple(sorted({year for fact in chosen for year in fact.exercices}))
    told = " ".join(dict.fromkeys(sentence(fact.unit) for fact in chosen))
    numbers = maker.numbers(*(fact.unit for fact in chosen))
    key = Proved(leader.id, told, numbers, capital(leader.subject), years)
    item = QuizItem(f"{kind}:{leader.id}", kind, prompt, leader.id, key, options, pairs, order)
    return item, tuple(chosen)


def _apart(facts: Sequence[Fact], prompt: str, maker: Maker) -> list[Fact]:
    """Facts taken by chance whose values and labels differ, each one's refuted for the others;
    the most of a few draws. Only those whose own statement says all that is shown of them."""
    held = [fact for fact in facts if _is_stated(fact, prompt)]
    agree = cache(partial(_exclude_each_other, maker))
    drawn: list[list[Fact]] = []
    for _ in range(_DRAWS):
        chosen: list[Fact] = []
        for n in maker.chance.sample(range(len(held)), len(held)):
            if len(chosen) < MOST and all(agree(held[n], one) for one in chosen):
                chosen.append(held[n])
        drawn.append(chosen)
    return max(drawn, key=len)


def _exclude_each_other(maker: Maker, one: Fact, other: Fact) -> bool:
    return (
        text_of(one) != text_of(other)
        and maker.refuted(one, other.value)
        and maker.refuted(other, one.value)
    )


def _is_stated(fact: Fact, prompt: str) -> bool:
    return not stated(text_of(fact)) - stated(fact.unit.text) - _years(prompt)


def _events(facts: Sequence[Fact]) -> dict[int, list[Fact]]:
    """Dates of each exercice's calendar whose label is short and says no date."""
    found: dict[int, list[Fact]] = {}
    for fact in facts:
        row = fact.row
        if isinstance(row, Deadline) and fact.kind == "date" and text_of(fact):
            found.setdefault(row.exercice, []).append(fact)
    return found


def _amounts(facts: Sequence[Fact]) -> dict[int, list[Fact]]:
    """Amounts of each exercice whose label is short and says no amount."""
    found: dict[int, list[Fact]] = {}
    for fact in facts:
        row = fact.row
        if isinstance(row, Funding) and text_of(fact):
            found.setdefault(row.exercice, []).append(fact)
    return found


def text_of(fact: Fact) -> str:
    """A fact's label in a list; empty when it is too long or holds a date or an amount, and for a
    statement, which has but the heading that it stands under."""
    if fact.row is None:
        return ""
    text = fact.shown if fact.kind == "objective" else capital(_named(fact))
    told = {q.kind for q in find_quantities(text)} & {"date", "month", "amount"}
    long = len(text) > LONGEST_LABEL and fact.kind != "objective"
    return "" if long or (gives_away(text, fact) and fact.kind != "objective") or told else text


def _named(fact: Fact) -> str:
    """What a fact is of; a task with what it depends on, and that it is no duty where it isn't."""
    row = fact.row
    if fact.kind == "actor" and isinstance(row, Obligation):
        return task_of(row)
    return fact.subject


def _years(text: str) -> frozenset[str]:
    return frozenset(one for one in stated(text) if one.startswith("year:"))
