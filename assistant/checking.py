"""Claims against their quotes: what the answer says must stand in what it cites."""

import re
from collections.abc import Iterable, Sequence

from assistant.answer import Citation
from corpus.collectivites import find_collectivites
from corpus.quantities import normalised
from corpus.references import find_references

_BRACKETED = re.compile(r"\s?\[\d+\]")


def without_brackets(text: str) -> str:
    """``text`` without bracketed numbers: only the renderer writes citation markers."""
    while (cleaned := _BRACKETED.sub("", text)) != text:  # « [1[2]] » hides one in another
        text = cleaned
    return text


def facts(text: str) -> frozenset[str]:
    """Numbers, amounts, dates, references and collectivités of ``text``, normalised."""
    found = set(normalised(text))
    found |= {f"reference:{r.value}" for r in find_references(text)}
    found |= {f"collectivite:{m.collectivite.code}" for m in find_collectivites(f". {text}")}
    return frozenset(found)


def unproved(text: str, citations: Iterable[Citation]) -> frozenset[str]:
    """What ``text`` states that none of ``citations`` holds; empty when it is proved."""
    held: set[str] = set()
    for citation in citations:
        held |= facts(citation.quote) | _identity_facts(citation)
    return facts(text) - held


def _identity_facts(citation: Citation) -> frozenset[str]:
    dates = (
        citation.signed_on,
        citation.published_on,
        citation.in_force_from,
        citation.in_force_until,
    )
    words = [citation.title, citation.reference or "", citation.nor or "", citation.issuer or ""]
    words += [d.isoformat() for d in dates if d]
    words += [str(year) for year in citation.exercices]
    return facts(" ; ".join(words))


def is_exact(citation: Citation, document_text: str) -> bool:
    """Whether the quote is the document's own span."""
    return document_text[citation.start : citation.end] == citation.quote


def markers(text: str) -> Sequence[int]:
    """Citation numbers written in an answer's text, in order."""
    return [int(m) for m in re.findall(r"\[(\d+)\]", text)]
