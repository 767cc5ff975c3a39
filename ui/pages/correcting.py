"""The identity that a person gives to a file: the form, and the card that it makes."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from corpus.errors import InvalidRequest
from corpus.types import KINDS, OFFICIAL_KINDS, Identity
from ingest.library import ORIGINAL
from ui import adding_texts as texts
from ui.drafts import Draft, documents_of

_DAYS: Final = {
    "signe": ("Signé le", "signed_on"),
    "publie": ("Publié le", "published_on"),
    "debut": ("En vigueur à partir du", "in_force_from"),
    "fin": ("En vigueur jusqu'au", "in_force_until"),
}
TITLE_CHARS: Final = 300
_YEARS: Final = re.compile(r"\s*(?:(?:19|20)\d\d\s*(?:,\s*|\Z))*\Z")


def correction_of(
    draft: Draft, given: Mapping[str, str] | None = None, faults: Mapping[str, str] | None = None
) -> dict[str, Any] | None:
    """The values of the form; ``None`` for several documents and for the text of an entry.

    Of the official kinds, only the one that the text shows is offered.

    Args:
        draft: whose document.
        given: what a person has just typed, by field; what is known by default.
        faults: what is wrong with it, by field.
    """
    if len(draft.documents) != 1 or draft.documents[0].document_id.endswith(ORIGINAL):
        return None
    identity, found = draft.documents[0].identity, _found(draft)
    known = {
        "titre": identity.title,
        "nature": identity.kind,
        "auteur": identity.issuer or "",
        "exercices": ", ".join(map(str, identity.exercices)),
    }
    for name, (_label, field) in _DAYS.items():
        known[name] = day.isoformat() if (day := getattr(identity, field)) else ""
    return {
        "values": known | dict(given or {}),
        "faults": dict(faults or {}),
        "kinds": [kind for kind in KINDS if kind not in OFFICIAL_KINDS or kind == found.kind],
        "days": [(name, label) for name, (label, _field) in _DAYS.items()],
    }


def typed(form: Mapping[str, Any]) -> dict[str, str]:
    """What was typed in the fields of the form, each on one line."""
    fields = ("titre", "nature", "auteur", "exercices", *_DAYS)
    return {name: " ".join(str(form[name]).split()) for name in fields if name in form}


def faults_of(draft: Draft, given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with what was typed, by field: one French sentence each.

    Raises:
        InvalidRequest: nothing of this file can be corrected.
    """
    correction = correction_of(draft)
    if correction is None:
        raise InvalidRequest(texts.BAD_FORM)
    faults = {}
    if not 0 < len(given.get("titre", "")) <= TITLE_CHARS:
        faults["titre"] = texts.NO_TITLE
    if given.get("nature", "") not in correction["kinds"]:
        faults["nature"] = texts.BAD_KIND
    for name in _DAYS:
        if (day := given.get(name)) and not _is_day(day):
            faults[name] = texts.BAD_DAY
    begin, end = given.get("debut"), given.get("fin")
    if begin and end and not {"debut", "fin"} & faults.keys() and end < begin:
        faults["fin"] = texts.ENDS_BEFORE
    if not _YEARS.fullmatch(given.get("exercices", "")):
        faults["exercices"] = texts.YEARS
    return faults


def card_of(draft: Draft, given: Mapping[str, str]) -> dict[str, Any]:
    """The card that a form without faults makes, with what the file shows beside it; plain JSON
    values."""
    found, kind = _found(draft), given["nature"]
    card: dict[str, Any] = {
        "title": given["titre"],
        "kind": kind,
        "authority": kind,
        "issuer": given.get("auteur") or None,
        "author": found.author,
        "addressees": list(found.addressees),
        "text_status": found.text_status,
        "exercices": [int(year) for year in re.findall(r"\d+", given.get("exercices", ""))],
    }
    return card | {field: given.get(name) or None for name, (_label, field) in _DAYS.items()}


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _found(draft: Draft) -> Identity:
    """What the file shows by itself."""
    return documents_of(draft.name, draft.reading)[0].identity
