"""Footnotes of a document: one a source, at its first call, then calls that lead back to it."""

from collections.abc import Sequence

from assistant.answer import Citation
from assistant.teaching.pack import Pack, Proved
from ui import texts
from ui.exporting import sourcing
from ui.exporting.syntax import Inlines, anchor, joined, link, note, span, superscript, words
from ui.texts import NBSP


class Footnotes:
    """Notes in the order of the document, one a source; ``count`` is how many there are so far.
    ``called`` are the sources in the order of their first call: a pack numbered in that order has
    source n in note n.

    ``linked`` writes numbers in brackets that lead to the list of sources, in place of footnotes:
    a PDF is read on a screen, and a link is tagged where a floating note wouldn't be. ``plain``
    leads back to that list where a note can't be led to.
    """

    def __init__(self, pack: Pack, linked: bool = False, plain: bool = False) -> None:
        self._citations = {one.n: one for one in pack.citations}
        self._linked = linked
        self._plain = plain
        self._first: dict[int, int] = {}
        self._documents: set[str] = set()
        self._called: dict[int, None] = {}
        self.count = 0

    @property
    def called(self) -> tuple[int, ...]:
        """The numbers called so far, each once."""
        return tuple(self._called)

    def proved(self, told: Proved) -> Inlines:
        """A sentence with the footnote that proves it."""
        return self.text(told.text, told.citations)

    def text(self, said: str, numbers: Sequence[int]) -> Inlines:
        """Some words with what proves them: a footnote for the citations that have none yet, the
        numbers of the notes that tell the others. Nothing when they cite nothing."""
        if not numbers:
            return words(said)
        self._called |= dict.fromkeys(numbers)
        if self._linked:
            marks = joined((link(f"[{n}]", f"#{source_name(n)}") for n in numbers), words(" "))
            return [*words(said), span([*words(NBSP), *marks], "appel")]
        known = {self._first[n]: n for n in numbers if n in self._first}
        new = [n for n in dict.fromkeys(numbers) if n not in self._first]
        between = words(" ") if self._plain else [superscript(words(f",{NBSP}"))]
        calls = joined((self._call(n) for n in new), between)
        return [*words(said), *calls, *self._again(known)]

    def _call(self, number: int) -> Inlines:
        """The footnote of a source, at its first call."""
        self.count += 1
        return anchor([note(self._source(number))], f"note{self.count}")

    def _again(self, known: dict[int, int]) -> Inlines:
        """« note 8 », for each note that tells a source already."""
        if not known:
            return []
        if self._plain:
            marks = (link(f"note {at}", f"#{source_name(n)}") for at, n in known.items())
            return [*words(" ("), *joined(marks, words(", ")), *words(")")]
        marks = (link(f"note{NBSP}{at}", f"#note{at}") for at in known)
        return [superscript([*words(NBSP), *joined(marks, words(", "))])]

    def _source(self, n: int) -> Inlines:
        citation = self._citations[n]
        self._first[n] = self.count
        known = citation.document_id in self._documents
        self._documents.add(citation.document_id)
        name = sourcing.short_title(citation) if known else sourcing.identity(citation)
        place = sourcing.place(citation)
        status = sourcing.status(citation)
        where = [name, f"« {place} »" if place else "", f"texte {status}" if status else ""]
        said = words(f" : {', '.join(one for one in where if one)}. ")
        lead = link(f"Source{NBSP}{n}", f"#{source_name(n)}")
        return [*lead, *said, *quoted(citation)]


def source_name(n: int) -> str:
    """The name of a line of the list of sources, as GitHub also names a heading « Source 1 »."""
    return f"source-{n}"


def quoted(citation: Citation, sure: bool = False) -> Inlines:
    """« Résumé Repères : « … », d'après : X (presse). »: the words, whose they are, who was read.

    ``sure`` adds how far the sources agree.
    """
    said = words(f"{sourcing.wording(citation)} : « {citation.quote.strip()} »")
    return [*said, *read_from(citation, sure)]


def read_from(citation: Citation, sure: bool = False) -> Inlines:
    """« , d'après : X, Y (presse). », each publisher linked to what was read of it."""
    agreed = texts.CONFIDENCE_LABELS[citation.confidence] if sure else ""
    worth = ", ".join(dict.fromkeys(one for one in (sourcing.read(citation), agreed) if one))
    names = joined((link(*one) for one in sourcing.readings(citation)), words(", "))
    if citation.origin == "original":
        address = sourcing.official_link(citation)
        names = link("page officielle", address) if address else []
        return [*words(f" ({worth})"), *(words(", ") if names else []), *names, *words(".")]
    lead = words(", d'après : ") if names else []
    return [*lead, *names, *words(f" ({worth}).")]
