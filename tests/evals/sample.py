"""A small sample of the development cases where every score has something to judge."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from evals.cases import Case

QUOTAS = {
    "refused": 10,
    "list": 8,
    "reworded": 10,
    "okay": 6,
    "forbidden": 14,
    "exercices": 6,
    "departement": 7,
    "warnings": 12,
}
"""How many questions of each sort it takes; a question may count for several."""


def sample(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Whole questions, all their wordings, in an order drawn by hash; the same at every run."""
    by_base: dict[str, list[Case]] = {}
    for case in cases:
        if case.split == "development":
            by_base.setdefault(case.base, []).append(case)
    held: Counter[str] = Counter()
    chosen: list[Case] = []
    for base in sorted(by_base, key=lambda base: hashlib.sha256(base.encode()).digest()):
        sorts = _sorts(by_base[base])
        if any(held[sort] < QUOTAS.get(sort, 1) for sort in sorts):
            held.update(sorts)
            chosen += by_base[base]
    return tuple(chosen)


def _sorts(wordings: list[Case]) -> set[str]:
    first = wordings[0]
    sorts = {
        "refused": first.status == "refused",
        "list": len(first.expected) >= 3,
        "reworded": len(wordings) > 1,
        "okay": first.okay,
        "forbidden": first.forbidden,
        "exercices": first.exercices,
        "departement": first.departement,
        "warnings": first.warnings,
        first.category: True,
    }
    return {sort for sort, belongs in sorts.items() if belongs}
