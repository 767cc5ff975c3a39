"""What the person behind a request may do; the door writes it, routes read it."""

from typing import Final

from starlette.requests import Request
from starlette.types import Scope

from ui.access.callers import caller_of
from ui.access.people import Person

_PERSON: Final = "reperes.person"
_MANAGES: Final = "reperes.manages"


def with_person(scope: Scope, person: Person | None, *, is_guarded: bool) -> Scope:
    """The scope that tells who asks; on a server without sign-in everybody manages it."""
    manages = person.role == "administrateur" if person else not is_guarded
    return {**scope, _PERSON: person, _MANAGES: manages}


def person_of(scope: Scope) -> Person | None:
    """Who asks: ``None`` for somebody unknown, or where nobody signs in."""
    person: Person | None = scope.get(_PERSON)
    return person


def may_manage(request: Request) -> bool:
    """Whether they may add and remove documents: an administrator, or anybody on this machine."""
    return bool(request.scope.get(_MANAGES, False))


def is_signed_in(scope: Scope) -> bool:
    """Whether they signed in here; one whom a proxy names can't sign out here."""
    return person_of(scope) is not None and caller_of(scope).claimed is None
