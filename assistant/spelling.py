"""Mistyped words of a question brought to those the index knows."""

import re

from ingest.index import Index

_GLUED = re.compile(r"(?:[ldjnstmc]|qu)(?=[aeiouyh]\w{2})")


def corrected_terms(index: Index, given: tuple[str, ...]) -> tuple[str, ...]:
    """``given`` with mistyped stems replaced by the nearest stem that the index knows.

    Without what an apostrophe should part, or one letter off for stems of 5 to 7 letters, two
    from 8, and the same first letter; a stem without such a neighbour stays, and its weight tells
    that the corpus doesn't speak of it.
    """
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.process import extractOne

    out: list[str] = []
    for term in given:
        term = _unglued(term, index)
        unknown = term.isalpha() and len(term) >= 5 and not index.lexical.document_frequency(term)
        if unknown:
            near = [word for word in index.lexical.vocabulary(term[0]) if len(word) >= 4]
            allowed = 2 if len(term) >= 8 else 1
            best = extractOne(term, near, scorer=DamerauLevenshtein.distance, score_cutoff=allowed)
            term = best[0] if best else term
        out.append(term)
    return tuple(dict.fromkeys(out))


def _unglued(term: str, index: Index) -> str:
    """A stem without the article or the pronoun glued to it in haste: « lavocat », « quun »."""
    glued = _GLUED.match(term)
    if glued is None or index.lexical.document_frequency(term):
        return term
    bare = term[glued.end() :]
    return bare if index.lexical.document_frequency(bare) else term
