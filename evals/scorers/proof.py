"""What the citations of a claim prove, read from the documents and not from the answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from assistant.checking import facts
from corpus.collectivites import find_collectivites
from corpus.quantities import find_quantities
from corpus.references import find_references
from evals.outcome import Ground
from ingest.lexical import terms

WORDS_SHARE = 0.9
"""Least share of a claim's content words that its quotes must hold."""

Citation = Mapping[str, Any]
"""A citation of the answer's JSON."""


def cited(answer: Mapping[str, Any], numbers: Collection[int]) -> list[Citation]:
    """The citations of those numbers, in the answer's order."""
    return [c for c in answer["citations"] if c["n"] in numbers]


def claim_citations(answer: Mapping[str, Any]) -> list[Citation]:
    """The citations that some claim uses, in the answer's order."""
    return cited(answer, {n for claim in answer["claims"] for n in claim["citations"]})


def is_exact(citation: Citation, ground: Ground) -> bool:
    """Whether the quote is the document's own span."""
    text, quote = ground.text(citation["document_id"]), citation["quote"]
    return bool(quote) and text is not None and text[citation["start"] : citation["end"]] == quote


def held(citations: Iterable[Citation], ground: Ground) -> frozenset[str]:
    """Figures, references and collectivités of the quotes and of the documents' identity.

    A quote that its document doesn't hold proves nothing, wherever it says it stands.
    """
    found: set[str] = set()
    for citation in citations:
        found |= _facts(_real_quote(citation, ground))
        found |= _facts(ground.identity(citation["document_id"]))
    return frozenset(found)


@lru_cache(maxsize=4096)
def stated(text: str) -> Mapping[str, str]:
    """Each figure, reference and collectivité of a claim: as ``held`` has it, and as written.

    What a date implies isn't counted beside it: a wrong day of the right month is one error.
    """
    marked = f". {text}"  # the first word of a claim may be a name
    found = {f"{q.kind}:{q.value}": marked[q.start : q.end] for q in find_quantities(marked)}
    found |= {f"reference:{r.value}": marked[r.start : r.end] for r in find_references(marked)}
    places = {f"collectivite:{m.collectivite.code}": m for m in find_collectivites(marked)}
    return found | {key: m.collectivite.name for key, m in places.items()}


def supports(text: str, citations: Sequence[Citation], ground: Ground) -> bool:
    """Whether citations together prove a claim.

    Every figure, reference and collectivité must stand in them, and nine content words of ten
    (stems, without stop words nor figures) in their quotes.
    """
    if not citations or not stated(text).keys() <= held(citations, ground):
        return False
    words = _content(text)
    quotes: set[str] = set()
    for citation in citations:
        quotes |= _content(_real_quote(citation, ground))
    return len(words & quotes) >= WORDS_SHARE * len(words)


def _real_quote(citation: Citation, ground: Ground) -> str:
    text, quote = ground.text(citation["document_id"]), citation["quote"]
    return str(quote) if text is not None and quote in text else ""


@lru_cache(maxsize=4096)
def _facts(text: str) -> frozenset[str]:
    return facts(text)


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    """Stems of the words; notions repeat them, figures are proved apart."""
    return frozenset(t for t in terms(text) if t[0] not in "=@" and not t.isdigit())
