"""The corrections of a quiz beside its other questions: none gives the answer of another one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.teaching.fact import Fact, names
from assistant.teaching.holdings import same, terms_of
from assistant.teaching.pack import Option, QuizItem
from assistant.teaching.prompts import sentence
from corpus.lexicon import fold
from corpus.quantities import normalised

_TELLS = 0.7
"""Share of the words of what is asked from which a sentence tells it."""
_NAMED_BY = re.compile(r"\b(circulaire|instruction|decret|arrete|loi|ordonnance) du \0")
_ELSEWHERE = ", que ce quiz demande aussi."
_values = lru_cache(maxsize=4_096)(normalised)  # each sentence is read beside each other fact


def tells(text: str, fact: Fact) -> bool:
    """Whether a sentence gives a fact's answer: it holds it, and most words of what is asked."""
    if _is_named_by(fact, text):
        return True
    if fact.gaps:
        held = any(same(fact.value, one) for one in _values(text))
    else:
        held = fact.kind == "actor" and names(fact.value.partition(":")[2], text)
    if not held:
        return False
    asked = {t for t in terms_of(fact.words if fact.gaps else fact.subject) if t[0] not in "=@"}
    return len(asked & terms_of(text)) >= _TELLS * max(1, len(asked))


def _is_named_by(fact: Fact, text: str) -> bool:
    """Whether a sentence names by its date the text whose date is asked: « la circulaire du
    1er avril 2021 »."""
    if fact.kind != "date" or fact.shown not in text:
        return False
    of = _NAMED_BY.findall(fold(text).replace(fold(fact.shown), "\0"))
    return any(word in fold(fact.words) for word in of)


def answered(fact: Fact, asked: Iterable[Fact]) -> bool:
    """Whether the correction of a fact gives the answer of one already asked, or the other way
    round."""
    own = sentence(fact.unit)
    return any(tells(own, one) or tells(sentence(one.unit), fact) for one in asked)


def most_items(facts: Iterable[Fact]) -> int:
    """How many items the facts allow when none gives the answer of another: those of one
    statement, or of two that say the same, are asked by one item."""
    groups: list[list[Fact]] = []
    for fact in facts:
        near = [group for group in groups if answered(fact, group) or _is_in(fact, group)]
        groups = [group for group in groups if group not in near]
        groups.append([fact, *(one for group in near for one in group)])
    return len(groups)


def _is_in(fact: Fact, group: Iterable[Fact]) -> bool:
    return any(fact.unit.key == one.unit.key for one in group)


def kept_apart(items: Sequence[QuizItem], facts: Mapping[str, Sequence[Fact]]) -> list[QuizItem]:
    """``items`` whose wrong options no longer quote what another of them asks.

    Args:
        facts: the facts that each item asks, by its id.
    """
    found = []
    for item in items:
        others = [fact for one in items if one is not item for fact in facts.get(one.id, ())]
        options = tuple(_apart(option, others) for option in item.options)
        found.append(replace(item, options=options))
    return found


def _apart(option: Option, others: Sequence[Fact]) -> Option:
    source, quoted, told = option.why.partition(" : « ")
    gives = any(sentence(fact.unit) in told or tells(told, fact) for fact in others)
    if option.right or not quoted or not gives:
        return option
    return replace(option, why=f"{source}{_ELSEWHERE}")
