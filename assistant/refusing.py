"""When not to answer, and why: signals combined, never one similarity threshold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Refusal
from assistant.asking import Question, is_question
from assistant.contents import terms_of
from assistant.evidence import Evidence, Weigher, idf
from assistant.framing import Named
from assistant.learned import SIGNALS, sureness_of
from corpus.lexicon import fold, own_notions
from ingest.index import Index

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

FIELD_SIMILARITY = 0.35
"""Nearest sense (stretched cosine) below which a statement of ignorance is about something else."""

LEAST_GAP = -0.1

_TYPED_AT_RANDOM = re.compile(r"^[^aeiouy0-9]{3,}$|[bcdfghjklmnpqrstvwxz]{5,}")
"""Keys pressed at random: no vowel, or five consonants in a row (folded word)."""

_ACKNOWLEDGED = re.compile(
    r"(?:c'?(?:est)? )?(?:merci|ok|okay|nickel|parfait|super|top|genial|impeccable|d'accord|entendu"
    r"|note|(?:bien )?(?:recu|note|compris)|je vous remercie|bonne (?:journee|soiree))\b"
)

_RANKS = {"troisieme": "3", "quatrieme": "4", "cinquieme": "5", "sixieme": "6"}
_RANKED = re.compile(
    rf"\b(?:{'|'.join(_RANKS)}|(?P<number>[3-9]) ?(?:e|eme|ieme)|(?:le|la) derniere?(?! (?:delai"
    r"|jour|date|fois|annee|texte|version|circulaire|instruction|loi|decret|rapport)))\b"
)
"""Which one of a list; a last one has no number."""

_WHOLE_LIST = re.compile(r"\bliste (?:complete|entiere|integrale)\b")

SPOKEN = 0.85
"""Share of a question that the best evidence speaks of, above which it is of our field."""

DETAIL = 0.25
"""Share of a statement of ignorance said by neither question nor answer, from which it is about a
detail of the answer."""
_NOT_KNOWN = "retrouvé, retrouvés, trouvé, trouvés, connu, établi, identifié, exact"

UNKNOWN_COVERAGE, UNKNOWN_MARGIN, MORE_COVERAGE = 0.30, 0.05, 0.15
HALF_SPOKEN, SOME_MORE, NEARLY, MUCH_NEARER = 0.5, 0.03, 0.05, 0.15
"""One that speaks of half of the question is the reply when it says a little more of it and as
nearly, or as much of it and much more nearly, unless the answer holds what is asked for."""
"""A statement of ignorance must speak of the question itself, and fit it better than any
answer by that margin, or speak of that much more of it, to be the reply."""


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
    if sure < (SURER if field < FAR_FIELD else SURE) and _thanks(question.text):
        return Verdict("not_a_question", None, sure)
    childhood = any(term[1:] in own_notions() for term in question.terms if term[0] == "=")
    ours = childhood or bool(named.references) or named.text is not None
    ours = ours or (told is not None and told.coverage >= SPOKEN)
    if (sure < SURE and field < OTHER_FIELD and not ours) or (sure < SURER and field < FAR_FIELD):
        return Verdict("not_in_corpus" if childhood else "out_of_scope", None, sure)
    rows = [e for e in fitting if e.registered]
    known = next((e for e in rows if not e.unit.unknown), None)
    if question.wants_list and known is not None and len(rows) > 1:
        return Verdict(None, known, sure)  # the rows that are known are told, with what lacks
    if unknown is not None and _is_reply(unknown, told, fitting, question, sure, index):
        listed = _list_of(unknown, fitting, question)
        if listed is not None:
            return Verdict(None, listed, sure, alone=True)
        return Verdict("known_unknown", unknown, sure)
    if sure >= SURE:
        return Verdict(None, told, sure)
    if named.years and _holds_elsewhere(named, others, field, index):
        return Verdict("other_exercice", None, sure)
    return Verdict("not_in_corpus", None, sure)


def _thanks(text: str) -> bool:
    """Whether it only acknowledges an answer: « ok bien reçu, je transfère à ma cheffe »."""
    return "?" not in text and bool(_ACKNOWLEDGED.match(fold(text).strip()))


def _on_wave(named: Named, best: Evidence | None) -> bool:
    """Whether a question names a wave and the best evidence speaks of all that it says: « la
    vague 2 » is ours, « la deuxième vague de chaleur » isn't."""
    return bool(named.cohorts) and best is not None and best.coverage >= SPOKEN


def field_odds(question_field: float | None, weigher: Weigher, index: Index) -> float:
    """Log-odds that a question is of our field: by its vector (``question_field``), else by the
    share of its words that the corpus knows."""
    if question_field is not None:
        return question_field
    base, slope = FIELD_BY_WORDS
    return base + slope * weigher.foreign_share(index)


def _is_reply(
    unknown: Evidence,
    told: Evidence | None,
    fitting: Sequence[Evidence],
    question: Question,
    sure: float,
    index: Index,
) -> bool:
    """Whether a statement of ignorance answers, and not only of a part or a detail of it."""
    if sure >= SURE and _in_part(unknown, fitting):
        return False
    if _is_rest(unknown, question.text):
        return True
    detail = sure >= SURE and told and _of_a_detail(unknown, told, question, index)
    return _nobody_knows(unknown, told, sure) and not detail


def _nobody_knows(unknown: Evidence, told: Evidence | None, sure: float) -> bool:
    """Whether a statement of ignorance is the reply: on the subject, and better than what may
    answer; when nothing surely answers, about as good is enough."""
    if unknown.registered:
        return told is None or not told.registered
    if unknown.coverage < UNKNOWN_COVERAGE or unknown.similarity < FIELD_SIMILARITY:
        return False
    if told is None or _says_more(unknown, told):
        return True
    margin = UNKNOWN_MARGIN if sure >= SURE else -UNKNOWN_MARGIN
    return unknown.score > told.score + margin


def _in_part(unknown: Evidence, fitting: Sequence[Evidence]) -> bool:
    """Whether only the whole of a list is ignored, and items of a list speak of the question: those
    that are known are told, with what lacks."""
    listed = [e for e in fitting if e.typed and e.unit.group is not None]
    told = sum(e.coverage >= SPOKEN for e in listed) > 1
    return told and bool(_WHOLE_LIST.search(fold(unknown.unit.text)))


def _list_of(unknown: Evidence, fitting: Sequence[Evidence], question: Question) -> Evidence | None:
    """What tells the list of which only one item is ignored, when all of it is asked: « quels sont
    les trois objectifs nouveaux ? », of which the third one wasn't found."""
    if not question.wants_list or _is_rest(unknown, question.text):
        return None
    one, ranks = _RANKED.subn(" ", fold(unknown.unit.text))
    said = set(terms_of(one)) - set(terms_of(_NOT_KNOWN))
    told = (e for e in fitting if e.typed and not e.unit.unknown)
    return next((e for e in told if ranks and said <= set(terms_of(e.unit.text))), None)


def _of_a_detail(unknown: Evidence, told: Evidence, question: Question, index: Index) -> bool:
    """Whether what is ignored is a detail of what is told, of which the question says nothing:
    the indicators of 2021 are known, their grain isn't."""
    if unknown.registered or told.score <= unknown.score:
        return False
    denied = terms_of(_NOT_KNOWN)
    said = {*question.terms, *terms_of(told.unit.text)}
    rows = max(index.manifest.passages, 1)
    share = {
        term: idf(index.lexical.document_frequency(term), rows)
        for term in terms_of(unknown.unit.text)
        if term not in denied
    }
    left = sum(weight for term, weight in share.items() if term not in said)
    return left >= DETAIL * sum(share.values())


def _is_rest(unknown: Evidence, question: str) -> bool:
    """Whether it ignores the very one of a list that is asked, the others being told: « X et Y, je
    les ai, et le troisième ? »."""
    if unknown.own_coverage < UNKNOWN_COVERAGE or unknown.similarity < FIELD_SIMILARITY:
        return False
    asked = {_rank(match) for match in _RANKED.finditer(fold(question))}
    missing = {_rank(match) for match in _RANKED.finditer(fold(unknown.unit.text))}
    return bool(missing & asked) or bool(missing and "last" in asked)


def _rank(match: re.Match[str]) -> str:
    return _RANKS.get(match[0], match["number"] or "last")


def _says_more(unknown: Evidence, told: Evidence) -> bool:
    """Whether a statement of ignorance speaks of more of the question than the answer does, and
    as nearly: « le montant du FIR en 2022 n'a pas été retrouvé » against a total of three years."""
    more = unknown.own_coverage - told.own_coverage
    nearer = unknown.similarity - told.similarity
    if more >= MORE_COVERAGE and nearer >= -MORE_COVERAGE:
        return True
    disputed = told.unit.anchor is not None and told.unit.anchor.confidence == "disputed"
    if disputed or told.types or told.unit.group is not None:  # both sides, a date asked, a list
        return False
    more_of_it = more >= SOME_MORE and nearer >= -NEARLY
    much_nearer = nearer >= MUCH_NEARER and more >= -SOME_MORE
    return unknown.own_coverage >= HALF_SPOKEN and (more_of_it or much_nearer)


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
