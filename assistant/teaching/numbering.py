"""Citation numbers of any part of a pack, changed at any depth."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any


def renumbered(value: Any, number: Callable[[int], int]) -> Any:
    """A copy of a part of a pack whose citation numbers went through ``number``, in its order."""
    if isinstance(value, tuple):
        return tuple(renumbered(one, number) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: tuple(dict.fromkeys(map(number, getattr(value, field.name))))
        if field.name == "citations"
        else renumbered(getattr(value, field.name), number)
        for field in fields(value)
    }
    return replace(value, **changed)


def numbers_in(value: Any) -> tuple[int, ...]:
    """Citation numbers that a part of a pack uses, each once, in its order."""
    found: dict[int, None] = {}

    def seen(n: int) -> int:
        found[n] = None
        return n

    renumbered(value, seen)
    return tuple(found)
