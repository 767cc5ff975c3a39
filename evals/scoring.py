"""All the scorers in the order of the report, and the one that says « entièrement juste »."""

from collections.abc import Mapping
from types import MappingProxyType

from evals.cases import Case
from evals.outcome import Ground, Outcome
from evals.scorers import Score, Scorer
from evals.scorers.citations import citation_precision, citation_recall, validity
from evals.scorers.facts import forbidden, okay_recall, vital_recall
from evals.scorers.figures import figures
from evals.scorers.framing import departement, exercice
from evals.scorers.latency import latency
from evals.scorers.length import brevity, quote_length, reading_time
from evals.scorers.marks import failed
from evals.scorers.refusals import refusal_type, status
from evals.scorers.retrieval import mrr, ndcg_10, recall_5, recall_10
from evals.scorers.sources import source_precision, source_recall
from evals.scorers.warnings import expected_warnings, unwanted_warnings

_OF_ANSWERS: tuple[Scorer, ...] = (
    status,
    vital_recall,
    forbidden,
    figures,
    exercice,
    reading_time,
)
_OF_REFUSALS: tuple[Scorer, ...] = (status, refusal_type)


def right(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Whether nothing is wrong where it matters; never unscored.

    A question that has an answer gets one, with every vital fact, no forbidden one, every figure
    proved, the exercice that the case states, and nothing that drowns it: it is read in a minute.
    Any other question is refused for an accepted reason.
    """
    if outcome.answer is None:
        return failed(outcome)
    for scorer in _OF_REFUSALS if case.status == "refused" else _OF_ANSWERS:
        score = scorer(case, outcome, ground)
        if score.value is not None and score.value < 1:
            return Score(0.0, score.reason)
    return Score(1.0, "Entièrement juste.")


SCORERS: Mapping[str, Scorer] = MappingProxyType(
    {
        "status": status,
        "refusal_type": refusal_type,
        "vital_recall": vital_recall,
        "okay_recall": okay_recall,
        "forbidden": forbidden,
        "figures": figures,
        "validity": validity,
        "citation_recall": citation_recall,
        "citation_precision": citation_precision,
        "source_precision": source_precision,
        "source_recall": source_recall,
        "ndcg_10": ndcg_10,
        "recall_5": recall_5,
        "recall_10": recall_10,
        "mrr": mrr,
        "exercice": exercice,
        "departement": departement,
        "expected_warnings": expected_warnings,
        "unwanted_warnings": unwanted_warnings,
        "quote_length": quote_length,
        "reading_time": reading_time,
        "brevity": brevity,
        "latency": latency,
    }
)
"""The scorers of one case, in display order; ``right``, which sums them up, stands apart."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "right": "Entièrement juste",
        "status": "Répond ou refuse à raison",
        "refusal_type": "Motif du refus",
        "vital_recall": "Faits attendus",
        "okay_recall": "Faits utiles",
        "forbidden": "Aucune erreur attendue",
        "figures": "Chiffres prouvés",
        "validity": "Citations exactes",
        "citation_recall": "Phrases prouvées par leurs citations",
        "citation_precision": "Citations utiles à la preuve",
        "source_precision": "Citations au bon endroit",
        "source_recall": "Sources attendues citées",
        "ndcg_10": "Recherche : nDCG@10",
        "recall_5": "Recherche : faits dans les 5 premiers",
        "recall_10": "Recherche : faits dans les 10 premiers",
        "mrr": "Recherche : MRR",
        "exercice": "Bon exercice",
        "departement": "Bonne collectivité",
        "expected_warnings": "Avertissements attendus",
        "unwanted_warnings": "Aucun avertissement de trop",
        "quote_length": "Citations courtes",
        "reading_time": "Se lit en une minute",
        "brevity": "Sans remplissage",
        "latency": "Rapidité",
        "stability": "Stabilité entre reformulations",
    }
)
"""French names of the scorers and of stability, which is scored by group of cases."""


def score_all(case: Case, outcome: Outcome, ground: Ground) -> dict[str, Score]:
    """Every scorer's score of one case, in display order."""
    return {name: scorer(case, outcome, ground) for name, scorer in SCORERS.items()}
