"""Wrong answers that somebody could choose: none that the sentence shows to be impossible."""

import math
from collections.abc import Iterator

from assistant.teaching.fact import Fact
from assistant.teaching.gaps import magnitude
from corpus.lexicon import fold
from corpus.quantities import find_quantities

_ROUND = 5
"""A multiple of which a percentage looks rounded."""
_NEAR_SUM = 0.001
_WHOLE = 100.0


def is_absurd(fact: Fact, other: Fact) -> bool:
    """Whether nobody would take the value of another fact for that of a fact.

    A number as great as the whole that the sentence takes it from: « au moins 40 objectifs, à
    choisir parmi près de 30 ». A date or an amount on the other side of one that it tells: in
    force before it was published, a whole under its part. A date that isn't the first of a month
    where it is said to be one, or is no later than the signature of the text that sets it. A
    percentage less round than the right one.
    """
    if fact.kind not in ("date", "amount", "percent", "number"):
        return False
    right, wrong, told = magnitude(fact.value), magnitude(other.value), list(_others(fact))
    if fact.kind == "date":
        return _is_absurd_date(fact, other) or any((right > one) != (wrong > one) for one in told)
    if fact.kind == "amount":
        return any((right > one) != (wrong > one) for one in told)
    if fact.kind == "percent":
        return right % _ROUND == 0 and wrong % _ROUND != 0
    return fact.kind == "number" and right < max(told, default=0.0) <= wrong


def _is_absurd_date(fact: Fact, other: Fact) -> bool:
    if "premier jour du" in fold(fact.unit.text) and not other.value.endswith("-01"):
        return True
    signed = fact.unit.document.identity.signed_on
    if signed is None:
        return False
    told = magnitude(f"date:{signed.isoformat()}")
    return magnitude(other.value) <= told < magnitude(fact.value)


def is_told_by_the_others(fact: Fact) -> bool:
    """Whether the other figures of a statement give the value: the sum of its parts, what is left
    of a whole, or of a hundred per cent."""
    if fact.kind not in ("amount", "number", "percent"):
        return False
    right, told = magnitude(fact.value), sorted(_others(fact))
    if fact.kind == "percent" and told and _are_near(right + sum(told), _WHOLE):
        return True
    if len(told) < 2:
        return False
    *parts, whole = told
    return _are_near(right, sum(told)) or _are_near(right + sum(parts), whole)


def _are_near(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_NEAR_SUM)


def _others(fact: Fact) -> Iterator[float]:
    """The other values of that kind which the statement tells, with a year for dates."""
    for quantity in find_quantities(fact.words):
        if quantity.kind == fact.kind and quantity.value[0] != "-":
            yield magnitude(f"{quantity.kind}:{quantity.value}")
