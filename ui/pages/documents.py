"""« /documents »: the documents by kind, filtered, and the page of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from corpus.chains import day_of, links_of
from corpus.lexicon import folded_words
from corpus.types import KINDS, Document, Identity, Kind
from ui import texts
from ui.pages import navigation, words
from ui.pages.card import card_of
from ui.pages.site import PageProblem, page_router, render
from ui.pages.standing import standings
from ui.service import Assistant

Words = Annotated[str, Query(max_length=words.QUERY_CHARS)]
Offset = Annotated[int | None, Query(ge=0)]


@dataclass(frozen=True, slots=True)
class Line:
    """A document in the list."""

    document_id: str
    name: str
    day: date | None
    facts: Sequence[str]
    standing: Sequence[str]


def router(assistant: Assistant) -> APIRouter:
    """The list of the documents and the page of each."""
    pages = page_router()

    @pages.get(navigation.DOCUMENTS)
    def list_documents(
        request: Request,
        q: Words = "",
        kind: Annotated[str, Query(alias="type")] = "",
        exercice: str = "",
        origine: str = "",
    ) -> Response:
        asked = {"q": q, "type": kind, "exercice": exercice, "origine": origine}
        documents = assistant.documents()
        kept = [document for document in documents if _fits(document, asked)]
        return render(
            request,
            "documents",
            groups=_groups(kept, _identities(documents)),
            count=len(kept),
            asked=asked,
            **_choices(documents),
        )

    @pages.get(navigation.DOCUMENTS + "/{document_id:path}")
    def read_document(
        request: Request,
        document_id: str,
        q: Words = "",
        debut: Offset = None,
        fin: Offset = None,
    ) -> Response:
        if not document_id:
            return RedirectResponse(navigation.DOCUMENTS)
        document = assistant.document(document_id)
        if document is None:
            raise PageProblem(404, texts.unknown_document(document_id[:300]))
        identities = _identities(assistant.documents())
        return render(request, "document", **card_of(document, identities, q, debut, fin))

    return pages


def _identities(documents: Iterable[Document]) -> dict[str, Identity]:
    return {document.document_id: document.identity for document in documents}


def _fits(document: Document, asked: Mapping[str, str]) -> bool:
    """Whether a document has what is asked; an empty choice asks nothing."""
    identity = document.identity
    return (
        asked["type"] in ("", identity.kind)
        and asked["origine"] in ("", identity.origin)
        and (not asked["exercice"] or asked["exercice"] in map(str, identity.exercices))
        and _holds(document, asked["q"])
    )


def _holds(document: Document, asked: str) -> bool:
    """Whether each word asked begins a word of the document's titles, numbers or name."""
    identity = document.identity
    shown = (identity.title, identity.short_title, identity.number, identity.nor)
    held = folded_words(" ".join([document.document_id, *(each or "" for each in shown)]))
    return all(any(word.startswith(each) for word in held) for each in folded_words(asked))


def _choices(documents: Sequence[Document]) -> dict[str, Any]:
    """What the filters offer: only what at least one document has."""
    identities = [document.identity for document in documents]
    kinds = {identity.kind for identity in identities}
    origins = {identity.origin for identity in identities}
    return {
        "kinds": {kind: words.KINDS[kind] for kind in KINDS if kind in kinds},
        "years": [(str(y), y) for y in sorted({y for each in identities for y in each.exercices})],
        "origins": {name: label for name, label in words.ORIGINS.items() if name in origins},
    }


def _groups(
    kept: Sequence[Document], identities: Mapping[str, Identity]
) -> list[tuple[str, list[Line]]]:
    """Lines by kind, newest first in each, those without a date last."""
    became = standings(identities, links_of(identities))
    found: dict[Kind, list[Line]] = {}
    for document in kept:
        name, identity = document.document_id, document.identity
        shown, day = words.name_of(identity, name), day_of(identity)
        line = Line(name, shown, day, list(_facts(identity)), became[name])
        found.setdefault(identity.kind, []).append(line)
    for lines in found.values():
        lines.sort(key=lambda line: (line.day or date.min, line.name), reverse=True)
    return [(words.KINDS[kind], found[kind]) for kind in KINDS if kind in found]


def _facts(identity: Identity) -> Iterator[str]:
    """What a line says of a document besides its name."""
    day = day_of(identity)
    if day is not None:
        yield texts.french_date(day)
    if identity.exercices:
        yield words.exercices(identity.exercices)
    if identity.authority not in (identity.kind, "inconnue"):
        yield identity.authority
    yield words.ORIGINS[identity.origin]
