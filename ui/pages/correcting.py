"""The identity that a person gives to a file: the form, and the card that it makes."""

import re
from collections.abc import Mapping
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
_YEARS: Final = re.compile(r"\s*(?:(?:19|20)\d\d\s*(?:,\s*|\Z))*\Z")


def correction_of(draft: Draft) -> dict[str, Any] | None:
    """The values of the form; ``None`` for several documents and for the text of an entry.

    Of the official kinds, only the one that the text shows is offered.
    """
    if len(draft.documents) != 1 or draft.documents[0].document_id.endswith(ORIGINAL):
        return None
    identity, found = draft.documents[0].identity, _found(draft)
    return {
        "identity": identity,
        "kinds": [kind for kind in KINDS if kind not in OFFICIAL_KINDS or kind == found.kind],
        "days": [
            (name, label, day.isoformat() if (day := getattr(identity, field)) else "")
            for name, (label, field) in _DAYS.items()
        ],
    }


def card_of_form(draft: Draft, form: Mapping[str, Any]) -> dict[str, Any]:
    """The card that a form makes, with what the file shows beside it; plain JSON values.

    Raises:
        InvalidRequest: the exercices aren't years, or nothing of this file can be corrected.
    """
    if correction_of(draft) is None:
        raise InvalidRequest(texts.BAD_FORM)
    given = {name: str(value).strip() for name, value in form.items()}
    found, kind = _found(draft), given.get("nature", "")
    if not _YEARS.fullmatch(given.get("exercices", "")):
        raise InvalidRequest(texts.YEARS)
    card: dict[str, Any] = {
        "title": given.get("titre", ""),
        "kind": kind,
        "authority": kind,
        "issuer": given.get("auteur") or None,
        "author": found.author,
        "addressees": list(found.addressees),
        "text_status": found.text_status,
        "exercices": [int(year) for year in re.findall(r"\d+", given.get("exercices", ""))],
    }
    return card | {field: given.get(name) or None for name, (_label, field) in _DAYS.items()}


def _found(draft: Draft) -> Identity:
    """What the file shows by itself."""
    return documents_of(draft.name, draft.reading)[0].identity
