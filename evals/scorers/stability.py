"""Whether the same question asked in other words gets the same answer."""

from collections.abc import Iterable, Mapping
from itertools import combinations

from evals.cases import Case, Wordings
from evals.outcome import Outcome
from evals.scorers import Score
from evals.scorers.facts import claimed, is_held


def stability(cases: Iterable[Case], outcomes: Iterable[Outcome]) -> Mapping[str, Score]:
    """Share of the pairs of wordings that get the same status and the same expected facts.

    Returns:
        A score by ``base`` that has several cases, in the order of the cases. A case without
        outcome, or whose assistant crashed, agrees with no other.
    """
    found = {outcome.case_id: outcome for outcome in outcomes}
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.base, []).append(case)
    return {base: _score(group, found) for base, group in groups.items() if len(group) > 1}


def _score(group: list[Case], outcomes: Mapping[str, Outcome]) -> Score:
    pairs = list(combinations(group, 2))
    same = sum(_agree(a, b, outcomes) for a, b in pairs)
    things = "paires d'accord" if same > 1 else "paire d'accord"
    return Score(same / len(pairs), f"{same} {things} sur {len(pairs)}.")


def _agree(a: Case, b: Case, outcomes: Mapping[str, Outcome]) -> bool:
    asked = set(a.expected) & set(b.expected)  # what both wordings ask for
    first = _given(a, asked, outcomes)
    return first is not None and first == _given(b, asked, outcomes)


def _given(
    case: Case, asked: set[Wordings], outcomes: Mapping[str, Outcome]
) -> tuple[str, frozenset[Wordings]] | None:
    """The status and the facts that an answer holds; ``None`` without answer."""
    outcome = outcomes.get(case.id)
    if outcome is None or outcome.answer is None:
        return None
    text = claimed(outcome.answer)
    held = frozenset(fact for fact in asked if is_held(text, fact))
    return str(outcome.answer["status"]), held
