"""« /glossaire »: the words of the field by letter, with the text that each names."""

from itertools import groupby
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from corpus.lexicon import Entry, fold, glossary
from ui.pages import navigation, words
from ui.pages.site import page_router, render
from ui.service import Assistant

EVERY_LETTER: Final = "toutes"
"""What an address asks for to have the whole glossary unfolded."""
Asked = Annotated[str, Query(max_length=words.QUERY_CHARS)]


def router(assistant: Assistant) -> APIRouter:
    """The page of the glossary."""
    pages = page_router()

    @pages.get(navigation.GLOSSARY)
    def read(request: Request, q: Asked = "", lettre: Asked = "") -> Response:
        entries = glossary(q)
        indexed = {document.document_id for document in assistant.documents()}
        letters = [(letter, list(some)) for letter, some in groupby(entries, letter_of)]
        return render(
            request,
            "glossary",
            asked=q,
            entries=entries,
            letters=letters,
            opened=EVERY_LETTER if q or lettre == EVERY_LETTER else lettre.upper(),
            indexed=indexed,
        )

    return pages


def letter_of(entry: Entry) -> str:
    """The capital that an entry stands under; « # » for those that begin with a figure."""
    first = next((c for c in fold(entry.forms[0]) if c.isalnum()), "#").upper()
    return first if first.isalpha() else "#"
