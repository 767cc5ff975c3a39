"""What a request costs beyond itself: the door writes how to count it, routes count."""

from collections.abc import Callable
from typing import Final

from starlette.types import Scope

Charge = Callable[[int], int]
"""Counts so many more uses of who asks: 0 when they are allowed, else the seconds to wait."""
_CHARGE: Final = "reperes.charge"


def with_charge(scope: Scope, charge: Charge) -> Scope:
    """The scope that lets a route count what it does."""
    return {**scope, _CHARGE: charge}


def charge_of(scope: Scope) -> Charge:
    """How to count; where there is no door, everything is allowed."""
    charge: Charge = scope.get(_CHARGE, lambda _uses: 0)
    return charge
