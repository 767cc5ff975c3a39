"""What the page of a draft says of a file: what was read of it, before it is published."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from corpus.types import Document, Identity
from ui import texts
from ui.drafts import Draft
from ui.natures import nature_of
from ui.pages import words

HEADINGS: Final = 12
FIRST_CHARS: Final = 600
LISTED: Final = 20


def report_of(draft: Draft) -> dict[str, Any]:
    """The values of the template « adding_draft » that come from the file.

    Of a file of several documents (jsonl), only their names are shown.
    """
    several = len(draft.documents) > 1
    values: dict[str, Any] = {
        "names": [words.name_of(d.identity, d.document_id) for d in draft.documents[:LISTED]],
        "refused": draft.reading.refused[:LISTED],
        "reading": None,
    }
    return values if several else values | {"reading": _reading(draft.documents[0])}


def _reading(document: Document) -> dict[str, Any]:
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind == "heading"]
    pages = {section.page for section in document.sections if section.page}
    first = document.text[:FIRST_CHARS].strip()
    identity = document.identity
    return {
        "identity": list(_identity(identity)),
        "title": identity.title,
        "unknown": not identity.title or identity.kind == "inconnue",
        "chars": len(document.text),
        "sections": len(document.sections),
        "pages": max(pages, default=0),
        "headings": headings[:HEADINGS],
        "more": max(0, len(headings) - HEADINGS),
        "first": first,
        "cut": len(document.text) > FIRST_CHARS,
    }


def _identity(identity: Identity) -> Iterator[tuple[str, str]]:
    """What the file shows of itself, label by label, and what it doesn't show."""
    yield "Titre", identity.title or texts.UNKNOWN
    yield "Nature", nature_of(identity.kind, identity.title)
    yield "Référence", identity.number or texts.UNKNOWN
    yield "NOR", identity.nor or texts.UNKNOWN
    yield "Auteur", identity.issuer or identity.author or texts.UNKNOWN
    yield "Signé le", _day(identity.signed_on)
    yield "Publié le", _day(identity.published_on)
    if identity.in_force_from:
        yield "En vigueur à partir du", _day(identity.in_force_from)
    years = [str(year) for year in identity.exercices]
    yield "Exercice", texts.listed(years) if years else texts.UNKNOWN


def _day(day: date | None) -> str:
    return texts.french_date(day) if day else texts.UNKNOWN
