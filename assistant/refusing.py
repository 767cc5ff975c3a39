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

FAR_SIMILARITY, LEAST_SIMILARITY, NEAR_SIMILARITY = 0.20, 0.35, 0.50
"""Nearness of sense (stretched cosine) asked of a quote that shares most of the question's
words, few of them, or of one whose question is mostly made of words foreign to the corpus."""

MOST_STRANGE = 0.5
"""Above this share of foreign words a question is likely of another field."""

LEAST_SCORE = 0.43
"""Below this combined score no signal is strong enough to make up for the others."""

UNKNOWN_COVERAGE, UNKNOWN_MARGIN = 0.30, 0.05
"""A statement of ignorance must speak of the question itself, and fit it better than any
answer by that margin, to be the reply."""


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
) -> Verdict:
    """Whether the best fitting evidence answers.

    Args:
        fitting: evidence that agrees with all the question names, best first.
        others: evidence that only fails on the exercice, best first.
    """
    if not is_question(question) or not _readable(question, index):
        return Verdict("not_a_question")
    strange = weigher.unknown_terms(index)
    answering = [e for e in fitting if answers(e, strange)]
    told = next((e for e in answering if not is_unknown(e)), None)
    unknown = next((e for e in answering if is_unknown(e)), None)
    if unknown is not None and (
        told is None or unknown.score > told.score + UNKNOWN_MARGIN
    ):
        return Verdict("known_unknown", unknown)
    if told is not None:
        return Verdict(None, told)
    nearest = max((e.similarity for e in (*fitting, *others)), default=0.0)
    if not about_the_field(weigher, index, named, nearest):
        return Verdict("out_of_scope")
    covered = {year for years in index.texts.exercices.values() for year in years}
    if others and answers(others[0], strange) and covered & set(named.years):
        return Verdict("other_exercice")
    return Verdict("not_in_corpus")


def _readable(question: Question, index: Index) -> bool:
    """Whether some word is known, or there are enough words for a sentence of another field."""
    return len(question.terms) > 2 or any(
        index.lexical.document_frequency(term) for term in question.terms
    ) or " " in question.text.strip()


def answers(evidence: Evidence, strange: float = 0.0) -> bool:
    """Of the type asked, on the subject by its words or by its sense, and strong overall.

    Args:
        strange: share of the question's terms that the corpus never uses; when most are
            strange, only a very near sense makes up for it.
    """
    near = evidence.similarity
    on_subject = (
        (evidence.coverage >= SURE_COVERAGE and near >= FAR_SIMILARITY)
        or (evidence.coverage >= LEAST_COVERAGE and near >= LEAST_SIMILARITY)
    ) and (strange <= MOST_STRANGE or near >= NEAR_SIMILARITY)
    if is_unknown(evidence):
        return on_subject and evidence.coverage >= UNKNOWN_COVERAGE
    return evidence.typed and on_subject and evidence.score >= LEAST_SCORE


def is_unknown(evidence: Evidence) -> bool:
    """Whether the unit states that nobody could establish the point."""
    return evidence.unit.anchor is not None and evidence.unit.anchor.confidence == "unknown"


def about_the_field(weigher: Weigher, index: Index, named: Named, nearest: float) -> bool:
    """Whether the question speaks of this policy at all: a text or a collectivité that it
    names, a near sense, or (without vectors) most of its words known to the corpus."""
    if named.references or named.collectivites:
        return True
    if index.embeddings is not None:
        return nearest >= LEAST_SIMILARITY
    known = [t for t in weigher.terms if index.lexical.document_frequency(t)]
    return weigher.known_share(known) >= 0.6
