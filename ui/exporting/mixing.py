"""The order in which the participants see what they must match or put in order."""

import random
from collections.abc import Sequence


def mixed(values: Sequence[str], salt: str) -> tuple[str, ...]:
    """The values in another order, always the same for the same ``salt``.

    Two different values or more never stay as they were.
    """
    drawn = list(values)
    random.Random(salt).shuffle(drawn)
    if drawn == list(values):
        drawn = [*drawn[1:], *drawn[:1]]
    return tuple(drawn)


def letter(n: int) -> str:
    """« A » for 0, « B » for 1, « AA » after « Z »."""
    return (letter(n // 26 - 1) if n >= 26 else "") + chr(ord("A") + n % 26)
