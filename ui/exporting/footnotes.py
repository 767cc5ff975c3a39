"""Footnotes of a document: whole at the first use of a source, short after it."""

from collections.abc import Sequence

from assistant.answer import Citation
from assistant.teaching.pack import Pack, Proved
from ingest.context import cut_at_word
from ui.exporting import sourcing
from ui.exporting.syntax import Inline, Inlines, joined, link, note, span, words
from ui.texts import NBSP

_SHORT_CHARS = 80
"""How much of its title a text keeps once a note has said it whole."""


class Footnotes:
    """Notes in the order of the document; ``count`` is how many were called so far.

    ``linked`` writes numbers in brackets that lead to the list of sources, in place of footnotes:
    a PDF is read on a screen, and a link is tagged where a floating note wouldn't be.
    """

    def __init__(self, pack: Pack, linked: bool = False) -> None:
        self._citations = {one.n: one for one in pack.citations}
        self._linked = linked
        self._first: dict[int, int] = {}
        self._documents: set[str] = set()
        self.count = 0

    def proved(self, told: Proved) -> Inlines:
        """A sentence with the footnote that proves it."""
        return self.text(told.text, told.citations)

    def text(self, said: str, numbers: Sequence[int]) -> Inlines:
        """Some words with the footnote of their citations, none when they cite nothing."""
        if not numbers:
            return words(said)
        if self._linked:
            marks = joined((link(f"[{n}]", f"#{source_name(n)}") for n in numbers), words(" "))
            return [*words(said), span([*words(NBSP), *marks], "appel")]
        return [*words(said), self._call(numbers)]

    def _call(self, numbers: Sequence[int]) -> Inline:
        """One footnote for one or several citations."""
        self.count += 1
        content: Inlines = []
        for n in numbers:
            content += words(" — ") if content else []
            content += self._source(n)
        return note(content)

    def _source(self, n: int) -> Inlines:
        citation = self._citations[n]
        lead = link(f"Source{NBSP}{n}", f"#{source_name(n)}")
        known = citation.document_id in self._documents
        self._documents.add(citation.document_id)
        name = cut_at_word(citation.title, _SHORT_CHARS) if known else sourcing.identity(citation)
        place = sourcing.place(citation)
        where = f"{name}, « {place} »" if place else name
        if n in self._first:
            said = f" (voir note{NBSP}{self._first[n]}) : {where}, {sourcing.origin(citation)}."
            return [*lead, *words(said)]
        self._first[n] = self.count
        return [*lead, *words(f" : {where} {_proof(citation)}"), *_address(citation)]


def source_name(n: int) -> str:
    """The name of a line of the list of sources, as GitHub also names a heading « Source 1 »."""
    return f"source-{n}"


def _proof(citation: Citation) -> str:
    """What was read, what became of the text, and the words cited."""
    state = f", texte {status}" if (status := sourcing.status(citation)) else ""
    quote = citation.quote.strip()
    end = "" if quote.endswith((".", "!", "?", "…")) else "."
    read = f"{sourcing.origin(citation)}, {sourcing.proof(citation)}{state}"
    return f"({read}). Cité : « {quote} »{end}"


def _address(citation: Citation) -> Inlines:
    found = sourcing.addresses(citation)
    return [*words(" "), *link(*found[0]), *words(".")] if found else []
