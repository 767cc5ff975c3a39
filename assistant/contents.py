"""What a statement says, kept for the next question: terms, figures, years, places, authorities."""

import re
from functools import lru_cache

from corpus.collectivites import find_collectivites
from corpus.lexicon import fold
from corpus.quantities import Quantity, find_quantities
from ingest.lexical import terms

UNITS_KEPT = 16_384  # a few times the statements of the shipped corpus
# « selon un amendement du 14 novembre 2024 »: when somebody said it, not what it holds for.
_ATTRIBUTED = re.compile(r"\b(?:selon|d'après) [^,;:.()]*")

_SOMEONE = re.compile(
    r"\b(?:prefets?|prefetes?|ars|agences? regionales? de sante|president\w*|directeurs? genera\w+"
    r"|directrices? general\w+|ministres?|ministeres?|secretaires? (?:d'etat|general\w*)|juges?"
    r"|procureurs?|rectorats?|recteurs?|caf|msa|dgcs|pmi|commissaires?|elus?|maires?"
    r"|(?:les|aux?|le|chaque|\d+) (?:\w+ )?departements?)\b"
)


@lru_cache(maxsize=UNITS_KEPT)
def terms_of(text: str) -> tuple[str, ...]:
    """The search terms of a statement, kept for the next question."""
    return tuple(terms(text))


@lru_cache(maxsize=UNITS_KEPT)
def quantities_in(text: str) -> tuple[Quantity, ...]:
    """Its dates, amounts and numbers, in order."""
    return tuple(find_quantities(text))


@lru_cache(maxsize=UNITS_KEPT)
def figures_of(text: str) -> frozenset[tuple[str, str]]:
    """Kind and value of each quantity of a statement, dates aside."""
    dated = ("year", "month", "date")
    return frozenset((q.kind, q.value) for q in quantities_in(text) if q.kind not in dated)


@lru_cache(maxsize=UNITS_KEPT)
def years_of(text: str) -> frozenset[int]:
    """The years that it names, by themselves or in a date."""
    return frozenset(
        int(q.value[:4])
        for q in quantities_in(text)
        if q.kind in ("year", "month", "date") and not q.value.startswith("--")
    )


@lru_cache(maxsize=UNITS_KEPT)
def places_of(text: str) -> frozenset[str]:
    """Codes of the collectivités that a quote names."""
    return frozenset(m.collectivite.code for m in find_collectivites(f". {text}"))


def without_sources(text: str) -> str:
    """``text`` less what it says of who said it, and when."""
    return _ATTRIBUTED.sub(" ", text)


@lru_cache(maxsize=UNITS_KEPT)
def names_someone(text: str) -> bool:
    """Whether it names an authority, an office or départements."""
    return bool(_SOMEONE.search(fold(text)))
