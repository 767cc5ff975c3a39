"""What one material gives whatever the seed of its order: found once for all its quizzes."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Concatenate, ParamSpec, TypeVar

from assistant.teaching.material import Material

Others = ParamSpec("Others")
Found = TypeVar("Found")
_PARTS = tuple(field.name for field in fields(Material) if field.name != "order")


def once_a_material(
    find: Callable[Concatenate[Material, Others], Found],
) -> Callable[Concatenate[Material, Others], Found]:
    """``find``, which the seed doesn't change, kept for the last material that it was given.

    A material is the same when its parts are the very same objects and its order differs by the
    seed alone; so are the other arguments.
    """
    last: list[tuple[Material, tuple[object, ...], Found]] = []

    def found(material: Material, /, *args: Others.args, **kwargs: Others.kwargs) -> Found:
        given = (*args, *kwargs.values())
        held = last[0] if last else None  # one read: another thread may change it meanwhile
        if held is not None and _is_same(held[0], material) and _are_same(held[1], given):
            return held[2]
        made = find(material, *args, **kwargs)
        last[:] = [(material, given, made)]
        return made

    return found


def _is_same(one: Material, other: Material) -> bool:
    parts = all(getattr(one, name) is getattr(other, name) for name in _PARTS)
    return parts and replace(one.order, seed=other.order.seed) == other.order


def _are_same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))
