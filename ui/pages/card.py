"""What the page of a document shows: identity, chain of texts, what was read, the text."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from corpus.chains import PASSIVE, Chain, chain_of, links_of
from corpus.types import Document, Identity
from ui import texts
from ui.chain_picture import NARROW, WIDE, draw_chain
from ui.markup import web_address
from ui.natures import nature_of
from ui.pages import words
from ui.pages.finding import FOUND_AT_MOST, Span, around, find
from ui.pages.reading import read
from ui.pages.ruling import rulings
from ui.pages.standing import standings

_NAMED: Final = 4
_SHORT_CHAIN: Final = 8


def card_of(
    document: Document,
    identities: Mapping[str, Identity],
    asked: str = "",
    start: int | None = None,
    end: int | None = None,
) -> dict[str, Any]:
    """The values of the template « document ».

    Args:
        document: the document shown.
        identities: every card of the index, by document id.
        asked: words to look for in the text.
        start: the first code point of what is cited.
        end: the code point after it.
    """
    found = find(document.text, asked)
    cited = _cited(document, start, end)
    chain = chain_of(identities, document.document_id)
    identity = document.identity
    return {
        "document": document,
        "name": words.name_of(identity, document.document_id),
        "kind": words.KINDS[identity.kind],
        "origin": texts.origin_line(identity.origin, _publishers(document)),
        "standing": standings(identities, links_of(identities))[document.document_id],
        "identity": list(_identity(document)),
        "official": web_address(identity.url),
        "evidence": texts.EVIDENCE_LABELS,
        "founding": texts.FOUNDING_FILE,
        "reading": read(document, found, cited),
        "asked": asked,
        "found": [around(document.text, span) for span in found],
        "all_found": len(found) < FOUND_AT_MOST,
        "cited": cited,
        "lost": start is not None and cited is None,
        **_chain(identities, chain),
    }


def _cited(document: Document, start: int | None, end: int | None) -> Span | None:
    if start is None or end is None or not start < end <= len(document.text):
        return None
    return Span(start, end)


def _publishers(document: Document) -> list[str]:
    """Who published what was read, each once: the first few, then how many others."""
    names = list(dict.fromkeys(source.publisher for source in document.sources))
    others = len(names) - _NAMED
    return names if others < 2 else [*names[:_NAMED], words.others(others)]


def _identity(document: Document) -> Iterator[tuple[str, str]]:
    """What is known of a document, label by label; what isn't known is said too."""
    identity = document.identity
    yield "Nature", nature_of(identity.kind, identity.title)
    if identity.authority not in (identity.kind, "inconnue"):
        yield "Autorité du texte décrit", identity.authority
    yield "Référence", identity.number or texts.UNKNOWN
    yield "NOR", identity.nor or texts.UNKNOWN
    yield "Auteur", identity.issuer or identity.author or texts.UNKNOWN
    if identity.addressees:
        yield "Destinataires", ", ".join(identity.addressees)
    yield "Signé le", _day(identity.signed_on)
    yield "Publié le", _day(identity.published_on)
    yield "En vigueur à partir du", _day(identity.in_force_from)
    if identity.in_force_until:
        yield "En vigueur jusqu'au", _day(identity.in_force_until)
    status = identity.text_status
    yield "Statut du texte", texts.UNKNOWN if status == "inconnu" else status
    if identity.exercices:
        yield "Exercice", texts.listed([str(year) for year in identity.exercices])
    if identity.cohorts:
        yield "Années d'entrée visées", texts.listed(identity.cohorts)
    if identity.checked_on:
        yield "Vérifié le", _day(identity.checked_on)
    yield "Identifiant", document.document_id


def _day(day: date | None) -> str:
    return texts.french_date(day) if day else texts.UNKNOWN


def _chain(identities: Mapping[str, Identity], chain: Chain) -> dict[str, Any]:
    """The chain as a picture, and all that the picture says as links and words."""

    def named(name: str) -> tuple[str, str]:
        return name, words.name_of(identities[name], name)

    near: dict[str, list[tuple[str, str]]] = {}
    for link in chain.parents:
        near.setdefault(link.kind, []).append(named(link.target))
    for link in chain.children:
        near.setdefault(PASSIVE[link.kind], []).append(named(link.source))
    pictures = [draw_chain(identities, chain, look) for look in (WIDE, NARROW)] if near else []
    return {
        "near": {how: (some, len(some) <= _SHORT_CHAIN) for how, some in near.items()},
        "members": [
            (*named(name), [(k.kind, *named(k.target)) for k in chain.links if k.source == name])
            for name in chain.members
        ],
        "governing": {
            year: own
            for year, all_texts in rulings(identities).items()
            if (own := [text for text in all_texts if text.id in chain.members])
        },
        "pictures": [Markup(one[one.index("<svg") :]) for one in pictures],
        "short": len(chain.members) <= _SHORT_CHAIN,
    }
