"""The same fact told by two texts: which of them to quote, and not to quote both."""

from collections.abc import Iterable

from assistant.contents import quantities_in
from assistant.evidence import Evidence, Weigher
from corpus.types import OFFICIAL_KINDS

TWIN_STRENGTH = 0.9


def at_home(best: Evidence, evidence: Iterable[Evidence], weigher: Weigher) -> Evidence:
    """The quote of the same fact in the text that made the rule, rather than in one that recalls
    it: a circular for its exercice, not the strategy that came before it nor the press."""
    wanted = set(weigher.named.years)

    def closeness(one: Evidence) -> tuple[bool, bool, float]:
        identity = one.unit.document.identity
        governed = set(identity.exercices)
        of_year = bool(governed) and governed <= wanted
        return of_year and identity.kind in OFFICIAL_KINDS, of_year, one.score

    twins = [
        e
        for e in evidence
        if same_fact(e, best) and (e.unit.group is None or e is best)
        if e.registered is best.registered and e.types >= best.types
        if e.typed and e.score >= TWIN_STRENGTH * best.score
    ]
    return max(twins, key=closeness, default=best)


def same_fact(one: Evidence, other: Evidence) -> bool:
    """Whether two statements tell the same facts of the catalogue, with the same figures."""
    mine, theirs = one.unit.anchor, other.unit.anchor
    if mine is None or theirs is None or not mine.facts or mine.facts != theirs.facts:
        return False
    values = {(q.kind, q.value) for q in quantities_in(one.unit.text)}
    return bool(values) and values == {(q.kind, q.value) for q in quantities_in(other.unit.text)}
