"""The corpus as scorers see it, read from a published index."""

from collections.abc import Mapping

from evals.facts import places_of
from evals.outcome import Ground, Place
from ingest.index import Index


def ground(index: Index) -> Ground:
    """Where facts stand, and the text and identity card of each document of an index."""

    def text(document_id: str) -> str | None:
        document = index.texts.document(document_id)
        return None if document is None else document.text

    return Ground(
        with_wholes(places_of(index)), text, lambda document_id: _identity(index, document_id)
    )


def with_wholes(places: Mapping[str, frozenset[Place]]) -> dict[str, frozenset[Place]]:
    """``places``, and those of the facts that the corpus cut (« AJM.3a » also holds « AJM.3 »)."""
    found = dict(places)
    for fact, where in places.items():
        whole = whole_of(fact)
        if whole != fact:
            found[whole] = found.get(whole, frozenset()) | where
    return found


def whole_of(fact: str) -> str:
    """The fact of the dossiers that an anchor names, without the letter of a part."""
    return fact[:-1] if fact[-1:].islower() else fact


def _identity(index: Index, document_id: str) -> str:
    """The words of an identity card that may prove a claim; empty for an unknown document."""
    document = index.texts.document(document_id)
    if document is None:
        return ""
    card = document.identity
    words = [card.title, card.short_title, card.number, card.nor, card.issuer]
    dates = (card.signed_on, card.published_on, card.in_force_from, card.in_force_until)
    words += [day.isoformat() for day in dates if day]
    words += [str(year) for year in card.exercices]
    return " ; ".join(word for word in words if word)
