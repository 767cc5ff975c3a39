"""Where the facts of a case stand in the corpus: what retrieval and citations should reach."""

from collections.abc import Mapping

from evals.cases import Case
from evals.outcome import Ground, Place


def fact_places(case: Case, ground: Ground) -> Mapping[str, frozenset[Place]]:
    """The places of each fact of a case that has one."""
    found = {fact: ground.places.get(fact, frozenset()) for fact in case.facts}
    return {fact: places for fact, places in found.items() if places}
