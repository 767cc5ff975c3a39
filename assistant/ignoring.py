"""Whether what nobody could establish is the reply to a question, or only a part or a detail."""

import re
from collections.abc import Sequence

from assistant.asking import Question
from assistant.contents import terms_of
from assistant.evidence import Evidence, idf
from assistant.framing import Named
from corpus.lexicon import fold
from ingest.index import Index
from ingest.lexical import terms

FIELD_SIMILARITY = 0.35
"""Nearest sense (stretched cosine) below which a statement of ignorance is about something else."""

_RANKS = {"troisieme": "3", "quatrieme": "4", "cinquieme": "5", "sixieme": "6"}
_RANKED = re.compile(
    rf"\b(?:{'|'.join(_RANKS)}|(?P<number>[3-9]) ?(?:e|eme|ieme)|(?:le|la) derniere?(?! (?:delai"
    r"|jour|date|fois|annee|texte|version|circulaire|instruction|loi|decret|rapport)))\b"
)
"""Which one of a list; a last one has no number."""

_LIST = re.compile(r"\bliste\b(?P<whole> (?:complete|entiere|integrale)\b)?")

SPOKEN = 0.85
"""Share of a question that the best evidence speaks of, above which it is of our field."""

DETAIL = 0.25
"""Share of a statement of ignorance said by neither question nor answer, from which it is about a
detail of the answer."""
_NOT_KNOWN = (
    "situation, retrouvé, retrouvée, retrouvés, trouvé, trouvés, connu, établi, identifié, exact"
)

UNKNOWN_COVERAGE, UNKNOWN_MARGIN, MORE_COVERAGE = 0.30, 0.05, 0.15
"""A statement of ignorance must speak of the question itself, and fit it better than any
answer by that margin, or speak of that much more of it, to be the reply."""
HALF_SPOKEN, SOME_MORE, NEARLY, MUCH_NEARER = 0.5, 0.03, 0.05, 0.15
"""One that speaks of half of the question is the reply when it says a little more of it and as
nearly, or as much of it and much more nearly, unless the answer holds what is asked for."""


def informations(question: Question, index: Index) -> dict[str, float]:
    """Information of each word of a question, notions aside."""
    rows, seen = max(index.manifest.passages, 1), index.lexical.document_frequency
    return {term: idf(seen(term), rows) for term in question.terms if term[0] != "="}


def is_reply(
    unknown: Evidence,
    told: Evidence | None,
    fitting: Sequence[Evidence],
    question: Question,
    named: Named,
    sure: bool,
    index: Index,
) -> bool:
    """Whether a statement of ignorance answers, and not only of a part or a detail of it.

    Args:
        told: the best of ``fitting`` that may answer, ``sure`` to do or not.
    """
    if sure and _in_part(unknown, fitting):
        return False
    if _is_rest(unknown, question.text):
        return True
    if not _nobody_knows(unknown, told, sure):
        return False
    detail = sure and told is not None and _of_a_detail(unknown, told, question, index)
    return not detail and _beyond_the_place(unknown, question, named, index)


def _nobody_knows(unknown: Evidence, told: Evidence | None, sure: bool) -> bool:
    """Whether a statement of ignorance is the reply: on the subject, and better than what may
    answer; when nothing surely answers, about as good is enough."""
    if unknown.registered:
        return told is None or not told.registered
    if unknown.coverage < UNKNOWN_COVERAGE or unknown.similarity < FIELD_SIMILARITY:
        return False
    if told is None or _says_more(unknown, told):
        return True
    margin = UNKNOWN_MARGIN if sure else -UNKNOWN_MARGIN
    return unknown.score > told.score + margin


def _beyond_the_place(unknown: Evidence, question: Question, named: Named, index: Index) -> bool:
    """Whether what is ignored of a collectivité is what is asked of it: that nobody knows the rank
    of its contract is no reply on its objectives, that nobody knows its situation is one."""
    if unknown.registered or not named.collectivites:
        return True
    places = {term for _code, name in named.collectivites for term in terms(name)}
    said_of_it = {t for t in terms_of(unknown.unit.text) if t[0] not in "=@" and not t.isdigit()}
    if not said_of_it - places - set(terms_of(_NOT_KNOWN)):
        return True
    share = {t: w for t, w in informations(question, index).items() if t not in places}
    said = sum(weight for term, weight in share.items() if term in unknown.covered)
    return said >= HALF_SPOKEN * sum(share.values())


def _in_part(unknown: Evidence, fitting: Sequence[Evidence]) -> bool:
    """Whether only the whole of a list is ignored, and its items, or rows of a register, speak of
    the question: those that are known are told, with what lacks."""
    ignored = _LIST.search(fold(unknown.unit.text))
    listed = [e for e in fitting if e.typed and (e.registered or e.unit.group is not None)]
    told = [e for e in listed if e.coverage >= SPOKEN]
    if len(told) < 2 or ignored is None:
        return False
    return bool(ignored["whole"]) or any(e.registered for e in told)


def list_of(unknown: Evidence, fitting: Sequence[Evidence], question: Question) -> Evidence | None:
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
