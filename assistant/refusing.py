"""When not to answer, and why: signals combined, never one similarity threshold."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Refusal
from assistant.asking import Question, is_question, proper_nouns
from assistant.evidence import Evidence, Weigher
from assistant.framing import Named
from ingest.index import Index
from ingest.lexical import terms

CONFIDENT = 0.75
"""Least confidence of an answer. Chosen on the development questions, where a lower one gives
more answers to what nobody can answer, a higher one refuses more of what the corpus holds."""

SIMILARITY_SHARE, FOREIGN_SHARE, UNKNOWN_SHARE = 0.55, 0.80, 1.10
"""Weights of the other signals beside the score: logistic regression on the development
questions, rounded."""

FIELD_SIMILARITY = 0.35
"""Nearest sense (stretched cosine) below which a question is of another field."""

UNKNOWN_COVERAGE, UNKNOWN_MARGIN, MORE_COVERAGE = 0.30, 0.05, 0.15
"""A statement of ignorance must speak of the question itself, and fit it better than any
answer by that margin, or speak of that much more of it, to be the reply."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``refusal`` is ``None`` when some evidence answers; ``evidence`` is the best that answers,
    or, of a known unknown, the one that says that nobody could establish the point."""

    refusal: Refusal | None
    evidence: Evidence | None = None


def judge(
    question: Question,
    named: Named,
    fitting: Sequence[Evidence],
    others: Sequence[Evidence],
    weigher: Weigher,
    index: Index,
    nearest: float | None,
) -> Verdict:
    """Whether the best fitting evidence answers.

    Args:
        fitting: evidence that agrees with all the question names, best first.
        others: evidence that only fails on the exercice, best first.
        nearest: best similarity of all that was found, fitting or not; ``None`` when the
            filters left nothing to search.
    """
    if not is_question(question) or not _readable(question, index):
        return Verdict("not_a_question")
    told = next((e for e in fitting if e.typed and not is_unknown(e)), None)
    unknown = next((e for e in fitting if is_unknown(e)), None)
    sure = (
        told is not None
        and not _names_strangers(question, index)
        and confidence(told, unknown, weigher, index) >= CONFIDENT
    )
    if unknown is not None and unknown.coverage >= UNKNOWN_COVERAGE:
        better = (
            told is None or unknown.score > told.score + UNKNOWN_MARGIN or _says_more(unknown, told)
        )
        if (better or not sure) and unknown.similarity >= FIELD_SIMILARITY:
            return Verdict("known_unknown", unknown)
    if sure:
        return Verdict(None, told)
    if not about_the_field(weigher, index, named, nearest):
        return Verdict("out_of_scope")
    if named.years and _holds_elsewhere(named, others, weigher, index):
        return Verdict("other_exercice")
    return Verdict("not_in_corpus")


def _names_strangers(question: Question, index: Index) -> bool:
    """Whether the question names something that the corpus never does: no quote can be about it."""
    return any(
        term.isalpha() and not index.lexical.document_frequency(term)
        for noun in proper_nouns(question.text)
        for term in terms(noun)
    )


def _says_more(unknown: Evidence, told: Evidence) -> bool:
    """Whether a statement of ignorance speaks of more of the question than the answer does, and
    as nearly: « le montant du FIR en 2022 n'a pas été retrouvé » against a total of three years."""
    return (
        unknown.own_coverage >= told.own_coverage + MORE_COVERAGE
        and unknown.similarity >= told.similarity - MORE_COVERAGE
    )


def _readable(question: Question, index: Index) -> bool:
    """Whether some word is known, or there are enough words for a sentence of another field."""
    known = any(index.lexical.document_frequency(term) for term in question.terms)
    return known or len(question.terms) > 2 or " " in question.text.strip()


def _holds_elsewhere(
    named: Named, others: Sequence[Evidence], weigher: Weigher, index: Index
) -> bool:
    """Whether the corpus answers for another exercice, the one named being one it covers."""
    covered = {year for years in index.texts.exercices.values() for year in years}
    other = next((e for e in others if e.typed and not is_unknown(e)), None)
    return (
        other is not None
        and bool(covered & set(named.years))
        and confidence(other, None, weigher, index) >= CONFIDENT
    )


def confidence(told: Evidence, unknown: Evidence | None, weigher: Weigher, index: Index) -> float:
    """How sure it is that ``told`` answers: its score and its nearness, less what in the question
    is foreign to the corpus, less how much better a statement of ignorance fits."""
    gap = unknown.score - told.score if unknown is not None else -0.1
    return (
        told.score
        + SIMILARITY_SHARE * told.similarity
        - FOREIGN_SHARE * weigher.foreign_share(index)
        - UNKNOWN_SHARE * max(gap, -0.1)
    )


def is_unknown(evidence: Evidence) -> bool:
    """Whether the unit states that nobody could establish the point."""
    return evidence.unit.anchor is not None and evidence.unit.anchor.confidence == "unknown"


def about_the_field(weigher: Weigher, index: Index, named: Named, nearest: float | None) -> bool:
    """Whether the question speaks of this policy at all: a text or a collectivité that it
    names, a near sense, or (without vectors, or when nothing could be searched) most of its
    words known to the corpus."""
    if named.references or named.collectivites:
        return True
    if index.embeddings is not None and nearest is not None:
        return nearest >= FIELD_SIMILARITY
    return weigher.foreign_share(index) <= 0.4
