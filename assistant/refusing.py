"""When not to answer, and why: signals combined, never one similarity threshold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Refusal
from assistant.asking import Question, is_question, thanks
from assistant.evidence import Evidence, Weigher
from assistant.framing import Named
from assistant.ignoring import SPOKEN, informations, is_reply, list_of
from assistant.learned import SIGNALS, sureness_of
from corpus.lexicon import fold, own_notions
from ingest.index import Index
from ingest.lexical import terms

SURE = 0.70
"""Least sureness of an answer: on the development questions a lower one answers more of what
nobody can answer, a higher one refuses more of what the corpus holds (README, « Refus »)."""

FAR_FIELD, SURER = -1.5, 0.8
"""Log-odds below which a question smells so much of another field (« l'avenant d'un bail ») that
its answer must be surer (chosen on the development questions)."""

OTHER_FIELD = -0.4
"""Log-odds below which a question is of another field, when no official text is named."""

FIELD_BY_WORDS = (1.13, -5.95)
"""Without vectors: log-odds of the field from the share of words that the corpus ignores (least
squares on the development questions)."""

OWN_FIELD = 2.0
"""Log-odds given to what a user's own document answers: its field is the user's choice."""

OWN_SUBJECT = 2.0
"""Log-odds given at least to a question on a wave of the contracts, most of which our texts say, or
every word of which a row of the registers speaks of: both are told in very few words."""

LEAST_GAP = -0.1

_TYPED_AT_RANDOM = re.compile(r"^[^aeiouy0-9]{3,}$|[bcdfghjklmnpqrstvwxz]{5,}")
"""Keys pressed at random: no vowel, or five consonants in a row (folded word)."""

_PHRASE = re.compile(r"\b(?=(\w{4,} (?:de |d'|du |des |en |a )\w{4,})\b)\w")
PHRASED = 0.7
"""Share of a question, above which a phrase of two words is what it is about."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``refusal`` is ``None`` when some evidence answers; ``evidence`` is the best that answers,
    or, of a known unknown, the one that says that nobody could establish the point. ``alone`` says
    that nothing else answers with it."""

    refusal: Refusal | None
    evidence: Evidence | None = None
    sureness: float = 0.0
    alone: bool = False


def judge(
    question: Question,
    named: Named,
    fitting: Sequence[Evidence],
    others: Sequence[Evidence],
    field: float,
    index: Index,
) -> Verdict:
    """Whether the best fitting evidence answers.

    Args:
        fitting: evidence that agrees with all the question names, best first.
        others: evidence that only fails on the exercice, best first.
        field: log-odds that the question is of our field.
    """
    if not is_question(question) or not _readable(question, index):
        return Verdict("not_a_question")
    told, unknown = best_of(fitting)
    if _on_wave(named, told or unknown) or any(e.registered for e in fitting):
        field = max(field, OWN_SUBJECT)
    sure = sureness(fitting, field)
    if sure < (SURER if field < FAR_FIELD else SURE) and thanks(question.text):
        return Verdict("not_a_question", None, sure)
    childhood = any(term[1:] in own_notions() for term in question.terms if term[0] == "=")
    ours = childhood or bool(named.references) or named.text is not None
    ours = ours or (told is not None and told.coverage >= SPOKEN)
    if (sure < SURE and field < OTHER_FIELD and not ours) or (sure < SURER and field < FAR_FIELD):
        near = childhood or (told is not None and _says_its_words(question, told, index))
        return Verdict("not_in_corpus" if near else "out_of_scope", None, sure)
    rows = [e for e in fitting if e.registered]
    known = next((e for e in rows if not e.unit.unknown), None)
    if question.wants_list and known is not None and len(rows) > 1:
        return Verdict(None, known, sure)  # the rows that are known are told, with what lacks
    if unknown is not None and is_reply(
        unknown, told, fitting, question, named, sure >= SURE, index
    ):
        listed = list_of(unknown, fitting, question)
        if listed is not None:
            return Verdict(None, listed, sure, alone=True)
        return Verdict("known_unknown", unknown, sure)
    if sure >= SURE:
        return Verdict(None, told, sure)
    if named.years and _holds_elsewhere(named, others, field, index):
        return Verdict("other_exercice", None, sure)
    return Verdict("not_in_corpus", None, sure)


def _on_wave(named: Named, best: Evidence | None) -> bool:
    """Whether a question names a wave and the best evidence speaks of all that it says: « la
    vague 2 » is ours, « la deuxième vague de chaleur » isn't."""
    return bool(named.cohorts) and best is not None and best.coverage >= SPOKEN


def _says_its_words(question: Question, best: Evidence, index: Index) -> bool:
    """Whether the best evidence holds, word for word, most of what the question is about (« places
    de répit »): our field has the thing, if not the answer."""
    share, quote = informations(question, index), fold(best.unit.text)
    held = [m[1] for m in _PHRASE.finditer(fold(question.text)) if f" {m[1]}" in quote]
    said = max((sum(share.get(term, 0.0) for term in terms(phrase)) for phrase in held), default=0)
    return said >= PHRASED * sum(share.values())


def field_odds(question_field: float | None, weigher: Weigher, index: Index) -> float:
    """Log-odds that a question is of our field: by its vector (``question_field``), else by the
    share of its words that the corpus knows."""
    if question_field is not None:
        return question_field
    base, slope = FIELD_BY_WORDS
    return base + slope * weigher.foreign_share(index)


def _readable(question: Question, index: Index) -> bool:
    """Whether some word is known, or there are enough words for a sentence of another field."""
    if all(_TYPED_AT_RANDOM.search(word) for word in fold(question.text).split()):
        return False
    known = any(index.lexical.document_frequency(term) for term in question.terms)
    return known or len(question.terms) > 2 or " " in question.text.strip()


def _holds_elsewhere(named: Named, others: Sequence[Evidence], field: float, index: Index) -> bool:
    """Whether the corpus answers for another exercice, the one named being one it covers."""
    covered = {year for years in index.texts.exercices.values() for year in years}
    other = next((e for e in others if e.typed and not e.unit.unknown), None)
    return (
        bool(covered & set(named.years)) and other is not None and sureness([other], field) >= SURE
    )


def sureness(fitting: Sequence[Evidence], field: float) -> float:
    """Probability (0 to 1) that the best of ``fitting`` answers, 0 without evidence."""
    return sureness_of(signals(fitting, field)) if best_of(fitting)[0] is not None else 0.0


def best_of(fitting: Sequence[Evidence]) -> tuple[Evidence | None, Evidence | None]:
    """The best evidence that may answer, and the best that says that nobody knows."""
    told = next((e for e in fitting if e.typed and not e.unit.unknown), None)
    return told, next((e for e in fitting if e.unit.unknown), None)


def signals(fitting: Sequence[Evidence], field: float) -> tuple[float, ...]:
    """What sureness is read from, in the order of ``learned.SIGNALS``: how well and how nearly
    the best evidence fits, how much better a statement of ignorance does, and the field of the
    question."""
    told, unknown = best_of(fitting)
    if told is None:
        return (*[0.0] * (len(SIGNALS) - 2), LEAST_GAP, field)
    gap = LEAST_GAP
    if unknown is not None and not told.registered:  # else the register says what is ignored too
        gap = unknown.score - told.score
    own = told.unit.document.identity.origin == "original"
    return (
        told.score,
        told.coverage,
        told.similarity,
        told.found,
        max(gap, LEAST_GAP),
        max(field, OWN_FIELD) if own else field,
    )
