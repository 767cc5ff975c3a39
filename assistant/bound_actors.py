"""« Que doit faire le préfet ? »: what obliges or allows somebody else doesn't answer."""

import re

from assistant.citing import addressee_of
from assistant.spans import flat
from assistant.units import Unit

_MODALS = r"(?:doi(?:t|vent)|dev(?:ra|ront|ait|aient)|peu(?:t|vent)|pourr(?:a|ont))"
_ASKED = re.compile(
    rf"\b(?:que|quoi) {_MODALS}(?: bien)? faire (?P<who>[^,;:?]{{2,60}})"
    rf"|\b(?P<doer>[^,;:?]{{2,60}}?) {_MODALS}(?:-(?:il|elle)s?)? faire quoi\b"
    r"|\bobligations? (?:du |de la |de l'|des )(?P<bound>[^,;:?]{2,60})"
)


def asked_doer(text: str) -> str | None:
    """The actor whose duties a question asks for as a whole; ``None`` when it asks otherwise."""
    match = _ASKED.search(flat(text))
    return addressee_of(match[match.lastgroup or 0]) if match else None


def binds_another(unit: Unit, doer: str | None) -> bool:
    """Whether a statement says what another actor than ``doer`` must or may do."""
    if doer is None:
        return False
    other = addressee_of(unit.text, ruled=True)
    return other is not None and other != doer
