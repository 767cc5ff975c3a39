"""When a rule began and which text made it: what a question gives to another law or day."""

import re
from collections.abc import Sequence, Set

from assistant.contents import without_sources, years_of
from assistant.evidence import Evidence
from assistant.opposing import SUBJECT_SHARE, Share, unopposed
from corpus.lexicon import fold
from ingest.lexical import terms

# « dès sa parution », « depuis le jour de la promulgation de la loi ».
_AT_ONCE = re.compile(
    r"\b(?:des|depuis|a (?:compter|partir) de) (?:le (?:jour|lendemain) de )?(?:l[ae] |l'|sa |son )"
    r"(?:parution|publication|promulgation|vote|adoption|signature)\b.*$"
)
_LATER = re.compile(
    r"\b(?:dates?|entrees?|application) (?:en vigueur )?differee?s?\b"
    r"|\b(?:mois|ans?|annees?) (?:suivant|apres) (?:la|sa) (?:publication|parution|promulgation)\b"
)
_NOW = re.compile(
    r"\b(?:des|lendemain de|jour de) (?:la|sa) (?:publication|parution|promulgation)\b"
)
_MAKING = re.compile(r"\b(?:invent|cre|institu|instaur)(?:e|ent|ee?s?|ait|ant|it)?\b")
_FROM = re.compile(r"\b(?:date(?:nt)?|remonte(?:nt)?|vien(?:t|nent)) (?:de |du |a )")
_TEXT = re.compile(
    r"\b(?:la |une |l')?(?:loi|reforme|circulaire|instruction|ordonnance)\b(?: de| du)?"
    r"(?: \d{1,2} [a-z]+)? (?P<year>(?:19|20)\d\d)\b"
)
_RUNS = re.compile(
    r"\b(?:jusqu'(?:a|en|au)|finit|termine|acheve|arrete|expire|echeance|terme"
    r"|valables?|en cours)\b[^,;:?!]{0,25}?"
    r"(?P<year>20\d\d)\b"
)
_ENDS = re.compile(
    r"\b(?:termin|achev|fin\b|arret|expir|echeance|cloture)\w*[^;:.]{0,40}?(?P<year>20\d\d)\b"
)
_CONTRACT = re.compile(r"\b(?:contrat|avenant|convention)s?\b")
_OBJECT = re.compile(r"[;:.]|, (?=[a-z]+ees? |qui |dont |a l')")
MADE_SHARE = 0.5


def misdated(said: str, candidates: Sequence[Evidence], share: Share) -> Evidence | None:
    """A quote by which a thing began later, or was made by the text of another year.

    Args:
        said: what the question takes for granted.
        candidates: evidence whatever its year, since the year itself may be mistaken.
        share: share of ``said``, some words aside, that a quote speaks of.
    """
    folded = fold(said)
    at_once = _AT_ONCE.search(folded)
    if at_once is not None:
        rows = []
        for one in candidates:
            quote = fold(one.unit.text)
            later = bool(_LATER.search(quote))
            weight = share(one, at_once[0])
            rows.append((weight, bool(_NOW.search(quote)) and not later, later, one))
        return unopposed(rows, SUBJECT_SHARE)
    text, made = _TEXT.search(folded), _MAKING.search(folded) or _FROM.search(folded)
    if text is None or made is None:
        return None
    return _made_by_another(folded, text, made[0], candidates)


def outlasting(
    said: str, text: str, years: Set[int], candidates: Sequence[Evidence]
) -> Evidence | None:
    """The best quote by which a contract said to run until a year ends sooner, when it names
    another of the ``years`` of the question; none when another quote lets it run as long.

    Args:
        said: what the question, ``text``, takes for granted.
    """
    runs = _RUNS.search(fold(said))
    if runs is None or not _CONTRACT.search(fold(text)):
        return None
    until, sooner = int(runs["year"]), []
    for one in candidates:
        quote = fold(one.unit.text)
        ends = _ENDS.search(quote)
        if ends is None or not _CONTRACT.search(quote):
            continue
        named = years_of(f"{quote[: ends.start()]} ; {quote[ends.end() :]}")
        if not (years - {until}) & named:
            continue
        if int(ends["year"]) >= until:
            return None
        sooner.append(one)
    return sooner[0] if sooner else None


def is_dated(said: str) -> bool:
    """Whether what is said tells when a thing began or which text made it."""
    folded = fold(said)
    made = _MAKING.search(folded) or _FROM.search(folded)
    begun = _AT_ONCE.search(folded) or (made and _TEXT.search(folded))
    return bool(begun or _RUNS.search(folded))


def _made_by_another(
    said: str, text: re.Match[str], made: str, candidates: Sequence[Evidence]
) -> Evidence | None:
    aside = set(terms(f"{text[0]} {made}"))
    thing = {t for t in terms(said) if t not in aside and t[0] not in "=@" and not t.isdigit()}
    rows = []
    for one in candidates:
        making = _MAKING.search(fold(one.unit.text))
        if making is None or not thing:
            continue
        years = years_of(without_sources(one.unit.text))
        signed = one.unit.document.identity.signed_on
        years = years or frozenset({signed.year} if signed else ())
        weight = len(thing & _created(fold(one.unit.text), making)) / len(thing)
        same = int(text["year"]) in years
        rows.append((weight, same, bool(years) and not same, one))
    return unopposed(rows, MADE_SHARE)


def _created(quote: str, making: re.Match[str]) -> set[str]:
    """Terms of what a folded quote says created: after the verb, or before a passive."""
    after, before = quote[making.end() :], quote[: making.start()]
    if re.search(r"\b(?:est|ete|fut|sont|etait)(?: \w+ment)? $", before):
        return set(terms(re.split(r"[;:.]", before)[-1]))
    return set(terms(_OBJECT.split(after)[0]))
