"""« Et en 2019 ? »: what answers for another exercice must answer as well as the former did.

The year alone finds statements that only happened then. The question is the same but for its
year, so what it speaks of beside the year and how near it comes can be compared. Of another place
(« et la Creuse ? ») only the kind of answer is: an amount for an amount.
"""

import re
from dataclasses import replace

from assistant.contents import names_someone, quantities_in
from assistant.evidence import Evidence, Weigher
from assistant.reading import Reading
from assistant.refusing import Verdict
from corpus.lexicon import fold

SPOKEN, NEAR = 0.40, 0.50
"""Least share of what the former answer spoke of beside the year, and of how near it was."""

SPOKEN_ELSEWHERE, FARTHER = 0.80, 0.05
"""The same where the text rules on other exercices only, and how much farther it may be (both
pairs were chosen on 51 changes of year over the shipped corpus)."""

_OF_YEARS = re.compile(r"\b(?:sur|pour|en) (?:deux|trois|quatre|cinq|[2-5]) ans\b|\bcumul\w*")


def continued(reading: Reading, former: Reading, verdict: Verdict) -> Reading:
    """``reading`` less the statements that fit worse than what answered ``former``.

    The subject is the former one, so its field is too. The items of a list stay together: one
    that fits keeps the others. When the former question had no answer nothing is compared.

    Args:
        verdict: that of ``former``.
    """
    reading = replace(reading, of_field=max(reading.of_field, former.of_field))
    lead = verdict.evidence
    if verdict.refusal is not None or lead is None:
        return reading
    good = [e for e in reading.fitting if _as_good(e, reading, lead, former)]
    lists = {(e.unit.document.document_id, e.unit.group) for e in good if e.unit.group is not None}
    kept = {e.unit.key for e in good}
    fitting = [
        e
        for e in reading.fitting
        if e.unit.key in kept or (e.unit.document.document_id, e.unit.group) in lists
    ]
    return replace(reading, fitting=fitting)


def _as_good(one: Evidence, reading: Reading, lead: Evidence, former: Reading) -> bool:
    if one.particular and not lead.particular:
        return False
    if not one.unit.unknown and not _is_an_amount_too(one, lead):
        return False
    if (
        "who" in former.question.asked
        and names_someone(lead.unit.text)
        and not names_someone(one.unit.text)
    ):
        return False
    if reading.named.collectivites != former.named.collectivites:  # another place, told otherwise
        return True
    spoken = _spoken(one, reading.weigher) / (_spoken(lead, former.weigher) or 1.0)
    ruled = set(one.unit.document.identity.exercices)
    if ruled and not ruled & set(reading.named.exercices):
        return spoken >= SPOKEN_ELSEWHERE and one.similarity >= lead.similarity - FARTHER
    return spoken >= SPOKEN and one.similarity >= NEAR * lead.similarity


def _is_an_amount_too(one: Evidence, lead: Evidence) -> bool:
    """Whether a quote gives an amount if the former answer did, and of no more than one year."""
    told, former = one.unit.text, lead.unit.text
    if not any(q.kind == "amount" for q in quantities_in(former)):
        return True
    several = _OF_YEARS.search(fold(told)) and not _OF_YEARS.search(fold(former))
    return not several and any(q.kind == "amount" for q in quantities_in(told))


def _spoken(one: Evidence, weigher: Weigher) -> float:
    """Share of the question's information, years aside, that a quote speaks of (0 to 1)."""
    weights = {term: w for term, w in weigher.weights.items() if not term.isdigit()}
    held = sum(weight for term, weight in weights.items() if term in one.covered)
    return held / (sum(weights.values()) or 1.0)
