"""When not to answer, and why: signals combined, never one similarity threshold."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Refusal
from assistant.asking import Question, is_question
from assistant.evidence import Evidence, Weigher
from assistant.framing import Named
from ingest.index import Index

LEAST_COVERAGE, SURE_COVERAGE = 0.12, 0.50
"""Share of the question's information that a quote must speak of: the first together with a
near sense, the second by itself."""

LEAST_SIMILARITY = 0.40
"""Nearness of sense (stretched cosine) asked of a quote that shares few words."""

LEAST_SCORE = 0.43
"""Below this combined score no signal is strong enough to make up for the others."""

UNKNOWN_MARGIN = 0.05
"""How much better than any answer a statement of ignorance must fit, to be the reply."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``refusal`` is ``None`` when the best evidence answers; ``unknown`` is the evidence that
    says the point could not be established."""

    refusal: Refusal | None
    unknown: Evidence | None = None


def judge(
    question: Question,
    named: Named,
    fitting: Sequence[Evidence],
    others: Sequence[Evidence],
    weigher: Weigher,
    index: Index,
) -> Verdict:
    """Whether the best fitting evidence answers.

    Args:
        fitting: evidence that agrees with all the question names, best first.
        others: evidence that only fails on the exercice, best first.
    """
    if not is_question(question):
        return Verdict("not_a_question")
    told = next((e for e in fitting if not is_unknown(e)), None)
    unknown = next((e for e in fitting if is_unknown(e)), None)
    if unknown is not None and answers(unknown):
        if told is None or not answers(told) or unknown.score > told.score + UNKNOWN_MARGIN:
            return Verdict("known_unknown", unknown)
    if told is not None and answers(told):
        return Verdict(None)
    if not about_the_field(weigher, index, named):
        return Verdict("out_of_scope")
    if others and answers(others[0]) and named.years:
        return Verdict("other_exercice")
    return Verdict("not_in_corpus")


def answers(evidence: Evidence) -> bool:
    """Of the type asked, on the subject by its words or by its sense, and strong overall."""
    on_subject = evidence.coverage >= SURE_COVERAGE or (
        evidence.coverage >= LEAST_COVERAGE and evidence.similarity >= LEAST_SIMILARITY
    )
    typed = evidence.typed or is_unknown(evidence)
    return typed and on_subject and evidence.score >= LEAST_SCORE


def is_unknown(evidence: Evidence) -> bool:
    """Whether the unit states that nobody could establish the point."""
    return evidence.unit.anchor is not None and evidence.unit.anchor.confidence == "unknown"


def about_the_field(weigher: Weigher, index: Index, named: Named) -> bool:
    """Whether the question speaks of this policy at all: a notion of the field, a text or a
    collectivité that it names, or most of its words known to the corpus."""
    if named.references or named.collectivites:
        return True
    if any(t.startswith("=") and index.lexical.document_frequency(t) for t in weigher.terms):
        return True
    known = [t for t in weigher.terms if index.lexical.document_frequency(t)]
    return weigher.known_share(known) >= 0.6
