"""What a rule with a bound holds already: « moins de 16 ans » is true of those under 10."""

import re

from assistant.teaching.fact import Fact
from assistant.teaching.gaps import magnitude
from corpus.lexicon import fold

_BELOW = re.compile(
    r"(?:\bmoins d(?:e |')|\bjusqu'(?:a|aux?) |\bavant (?:les |l'age de )?|\b(?:inferieure?s? a )"
    r"|\bau plus |[<≤])\s*$"
)
_ABOVE = re.compile(
    r"(?:\bau moins |\bplus d(?:e |')|\bdes (?:l'age de )?|\ba partir d(?:e |')"
    r"|\b(?:superieure?s? a )|[>≥])\s*$"
)
_OR_LESS = re.compile(r"\s*(?:revolus )?(?:ou moins|et moins|au plus|maximum)\b")
_OR_MORE = re.compile(r"\s*(?:revolus )?(?:ou plus|et plus|au moins|minimum)\b")
_APART = re.compile(r"(?:\b(?:moins|plus) d(?:e |')|[<>≤≥])\s*$")
_MAY_REACH = re.compile(r"\bpeu(?:t|vent)\b.*\bjusqu'(?:a|aux?) $")
_REQUIRED = re.compile(r"\b(?:doi(?:t|vent)|faut|exig\w+|impos\w+)\b")


def holds(fact: Fact, value: str) -> bool:
    """Whether what a fact tells with a bound may hold another value of it.

    An age from which or under which a rule holds is one of those who are within it, and where the
    rule demands that age, one of those who are beyond it too. What may reach a number may stop
    before it. « plus de » and « moins de » another quantity are read neither way.
    """
    return any(_holds(fact, gap, value) for gap in fact.gaps)


def _holds(fact: Fact, gap: tuple[int, int], value: str) -> bool:
    before, after = fold(fact.unit.text[: gap[0]]), fold(fact.unit.text[gap[1] :])
    mine, its = magnitude(fact.value), magnitude(value)
    if fact.kind in ("date", "month"):
        return False
    if not fact.is_age:
        return _APART.search(before) is not None or (
            _MAY_REACH.search(before) is not None and its <= mine
        )
    below = _BELOW.search(before) or _OR_LESS.match(after)
    above = _ABOVE.search(before) or _OR_MORE.match(after)
    if not (below or above):
        return False
    return _REQUIRED.search(before) is not None or (its <= mine if below else its >= mine)
