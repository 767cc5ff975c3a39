"""What became of a text, in two or three words: « complété en 2021 », « annulé en 2024 »."""

from collections.abc import Iterable, Mapping
from typing import Final

from corpus.chains import Link, day_of
from corpus.types import Identity, RelationKind
from ui import texts

_BECAME: Final[Mapping[RelationKind, str]] = {
    "annulé par": "annulé",
    "abroge": "abrogé",
    "remplace": "remplacé",
    "modifie": "modifié",
    "complète": "complété",
}
"""What a relation makes of the text that undergoes it, weightiest first."""
_OVER: Final = ("annulé", "abrogé", "remplacé", "sans objet")


def standings(identities: Mapping[str, Identity], links: Iterable[Link]) -> dict[str, list[str]]:
    """What each text became, weightiest first; its own status first when no link says as much.

    Args:
        identities: every card, by document id.
        links: the relations between them; an « applique » changes nothing.
    """
    found: dict[str, dict[str, set[int]]] = {name: {} for name in identities}
    for link in links:
        if link.kind in _BECAME:
            annulled = link.kind == "annulé par"
            changed, by = (link.source, link.target) if annulled else (link.target, link.source)
            day = day_of(identities[by])
            years = found[changed].setdefault(_BECAME[link.kind], set())
            years |= {day.year} if day else set()
    return {name: _said(identities[name], became) for name, became in found.items()}


def is_over(standing: str) -> bool:
    """Whether a text of that standing no longer holds."""
    return standing.startswith(_OVER)


def _said(identity: Identity, became: Mapping[str, set[int]]) -> list[str]:
    known = [word for word in _BECAME.values() if word in became]
    said = [_dated(word, became[word]) for word in known]
    status = identity.text_status
    return said if status == "inconnu" or status in known else [status, *said]


def _dated(word: str, years: set[int]) -> str:
    return f"{word} en {texts.listed([str(year) for year in sorted(years)])}" if years else word
