"""What an address of « /eligibilite » names, and which disagreements bear on a collectivité."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final

from assistant.entries import Entry
from corpus.collectivites import Collectivite, collectivites, find_collectivites
from corpus.errors import InvalidRequest
from corpus.lexicon import fold
from corpus.registry import Conflict

Bearing = Callable[[Entry[Conflict]], bool]
KNOWN_CHOICES: Final = ("departement", "exercice", "q", "collectivite")
_COUNTS_PLACES: Final = re.compile(r"nombre de (?:departements|territoires|collectivites)\b")


def search(typed: str) -> tuple[Collectivite, ...]:
    """Collectivités whose code is ``typed`` or one of whose names holds it, accents aside."""
    sought = fold(typed).replace("-", " ")
    same = tuple(c for c in collectivites() if fold(c.code).lstrip("0") == sought.lstrip("0"))
    return same or tuple(
        c
        for c in collectivites()
        if any(sought in fold(name).replace("-", " ") for name in (c.name, *c.forms))
    )


def named(typed: str) -> tuple[Collectivite, ...]:
    """The collectivités that an address may mean by a code or a name: that of the very name where
    there is one.

    Raises:
        InvalidRequest: nothing has that code nor that name (French).
    """
    found = search(typed)
    if not found:
        raise InvalidRequest(
            f"Aucune collectivité n'a « {typed} » pour code ni pour nom : essayez un nom plus "
            "court, ou choisissez-la dans la liste."
        )
    same = tuple(c for c in found if fold(c.name) == fold(typed))
    return same or found


def unread(query: Mapping[str, str]) -> tuple[str, ...]:
    """Names of an address's choices that the page doesn't know, and so leaves aside."""
    return tuple(name for name in query if name not in KNOWN_CHOICES)


def bears_on(found: Entry[Conflict], code: str, texts_shown: Collection[str]) -> bool:
    """Whether a disagreement bears on a collectivité: it is about a text (by identifier) on which
    the rows shown rest first, counts no collectivités, and doesn't name others alone."""
    about = found.row.about
    places = {one.collectivite.code for one in find_collectivites(about)}
    return (
        (not places or code in places)
        and not _COUNTS_PLACES.search(fold(about))
        and any(unit.document.document_id in texts_shown for unit in found.units)
    )
