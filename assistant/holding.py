"""What types of answer a quote holds: the date, the amount or the number that a question wants."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from assistant.asking import Asked, Question
from assistant.contents import quantities_in, terms_of
from corpus.lexicon import fold
from corpus.references import find_references

# What must stand in a quote that answers; the other types are too loose to be required.
NEEDED: Mapping[Asked, frozenset[str]] = {
    "deadline": frozenset({"date", "month", "duration"}),
    "date": frozenset({"date", "month", "year", "duration"}),
    "amount": frozenset({"amount"}),
    "percent": frozenset({"percent"}),
    "count": frozenset({"number", "duration"}),
    "quantity": frozenset({"amount", "number", "percent", "duration"}),
}
_HALF = re.compile(r"\bparts égales\b|\bmoitié\b", re.IGNORECASE)  # a share without a figure
_WAGE = re.compile(r"\bSMIC\b")  # « au moins le SMIC mensuel » is an amount without a figure
_GIVES_NUMBER = re.compile(r"\b\d+ est (?:le|un) numéro\b", re.IGNORECASE)  # « Le 119 est … »
_TEXT = re.compile(
    r"\b(?:décrets?|lois?|arrêtés?|circulaires?|instructions?|ordonnances?|articles?|nor)\b",
    re.IGNORECASE,
)
_COSTS = re.compile(r"\bcout(?:s|e|ee?s?|er|ent|ait|era)?\b")
# « le coût indirect des psychotraumatismes de l'enfance est évalué… »
_COST_OF = re.compile(
    r"\bcouts? (?:\w+ )?(?:des?|du|d')(?: la| l')? ?(?P<thing>[^,;:.]+?)"
    r" (?:est|sont|etai(?:t|ent)|a ete|ont ete|s'elevent?|atteint|atteignent|represente(?:nt)?)\b"
)
_OF_TIME = re.compile(
    r"\b(?:temps|tps|jours?|semaines?|mois|ans?|années?|annees?|heures?)\b", re.IGNORECASE
)
_DATES = (
    "date limite dernier délai jour échéance quand plus tard avant jusqu'à fin butoir deadline "
    "falloir devoir pouvoir doit faut quelle exercice année demander"
)
COUNTED_WITHIN = 25
"""Characters after a number within which stands what it counts."""


def types_held(
    text: str, question: Question, terms: Iterable[str], given: frozenset[str]
) -> frozenset[Asked]:
    """Asked types that a quote holds, by a value that the question doesn't state itself.

    Args:
        terms: the question's, slips corrected.
        given: values that the question states: years, dates of the text it means.
    """
    kinds = {q.kind for q in quantities_in(text) if q.value not in given}
    if _costs_another(text, question, terms):
        kinds.discard("amount")
    if _WAGE.search(text):
        kinds.add("amount")
    if _HALF.search(text):
        kinds.add("percent")
    held = {asked for asked in question.asked if kinds & NEEDED.get(asked, frozenset())}
    if "reference" in question.asked and (
        find_references(text) or (_GIVES_NUMBER.search(text) and not _TEXT.search(question.text))
    ):
        held.add("reference")
    if "count" in held and "number" not in kinds and not _OF_TIME.search(question.text):
        held.discard("count")  # « les moins de 3 ans » counts nobody
    return frozenset(held)


def counts_it(text: str, question: Question) -> bool:
    """Whether a quote tells a number of what the question asks the number of."""
    counted = question.counted
    return bool(counted) and any(
        counted.intersection(terms_of(text[q.end : q.end + COUNTED_WITHIN]))
        for q in quantities_in(text)
        if q.kind == "number"
    )


def due_of(question: Question, terms: Iterable[str]) -> frozenset[str]:
    """What is due by the date that is asked: « la date limite de signature »."""
    if "deadline" not in question.asked:
        return frozenset()
    timed = _of_dates()
    return frozenset(t for t in terms if not t.isdigit() and t not in timed)


def _costs_another(text: str, question: Question, terms: Iterable[str]) -> bool:
    """Whether the cost that is asked for is, in a quote, that of something else."""
    cost = _COST_OF.search(fold(text)) if _COSTS.search(fold(question.text)) else None
    return cost is not None and not set(terms) & set(terms_of(cost["thing"]))


@cache
def _of_dates() -> frozenset[str]:
    return frozenset(terms_of(_DATES))
