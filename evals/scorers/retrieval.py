"""Whether search reached the sections that prove the case, by ir-measures."""

from functools import lru_cache

from evals.cases import Case
from evals.outcome import Ground, Outcome, Place
from evals.scorers import Score
from evals.scorers.marks import failed, share, unscored
from evals.scorers.places import fact_places

DEPTH = 10


def ndcg_10(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """nDCG@10 with binary gains: every place of a fact of the case is worth one."""
    return _measured("nDCG@10", case, outcome, ground)


def mrr(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Inverse rank of the first place of a fact, zero beyond the tenth."""
    return _measured("RR@10", case, outcome, ground)


def recall_5(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of the facts that one of the first five places holds."""
    return _recall(5, case, outcome, ground)


def recall_10(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of the facts that one of the first ten places holds."""
    return _recall(DEPTH, case, outcome, ground)


def _measured(name: str, case: Case, outcome: Outcome, ground: Ground) -> Score:
    found = _retrieved(case, outcome, ground)
    if isinstance(found, Score):
        return found
    wanted = frozenset[Place]().union(*fact_places(case, ground).values())
    rank = next((n for n, place in enumerate(found[:DEPTH], 1) if place in wanted), None)
    reason = f"au rang {rank}" if rank else f"hors des {DEPTH} premiers"
    return Score(_computed(name, found, wanted), f"Premier bon passage {reason}.")


@lru_cache(maxsize=1024)
def _computed(name: str, found: tuple[Place, ...], wanted: frozenset[Place]) -> float:
    import ir_measures

    judged = {"case": {"\t".join(place): 1 for place in wanted}}
    # the rank itself is the score, so that no two are equal
    run = {"case": {"\t".join(place): -float(rank) for rank, place in enumerate(found)}}
    measure = ir_measures.parse_measure(name)
    return float(ir_measures.calc_aggregate([measure], judged, run)[measure])


def _recall(cut: int, case: Case, outcome: Outcome, ground: Ground) -> Score:
    found = _retrieved(case, outcome, ground)
    if isinstance(found, Score):
        return found
    wanted = fact_places(case, ground)
    missing = [fact for fact, places in wanted.items() if not places & set(found[:cut])]
    done = len(wanted) - len(missing)
    return share(done, missing, ("fait trouvé", "faits trouvés"), f"hors des {cut} premiers")


def _retrieved(case: Case, outcome: Outcome, ground: Ground) -> tuple[Place, ...] | Score:
    """What was found, or the score to give when there is nothing to measure."""
    if not fact_places(case, ground):
        return unscored("Les faits du cas n'ont pas de place dans le corpus.")
    if outcome.answer is None:
        return failed(outcome)
    if outcome.retrieved is None:
        return unscored("L'assistant ne dit pas ce qu'il a trouvé.")
    return outcome.retrieved
