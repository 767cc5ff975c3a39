"""When a rule began and which text made it: what a question gives to another law or day."""

import re
from collections.abc import Sequence, Set

from assistant.contents import without_sources, years_of
from assistant.evidence import Evidence
from assistant.opposing import SUBJECT_SHARE, Share, unopposed
from assistant.presuming import quantities
from corpus.lexicon import fold
from corpus.quantities import Quantity
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
# When it began, in what is said and in a quote: « depuis février 2022 », « en vigueur le … ».
_LEADS = r"(?:l[ae] |l'(?:annee |exercice )?|debut |fin |mi-? ?|le mois de )?$"
_SINCE = re.compile(rf"\b(?:depuis|des|a (?:partir|compter) d[eu]) {_LEADS}")
_BEGUN = re.compile(
    r"\b(?:depuis|des|a (?:partir|compter) d[eu]|vigueur|applicables?|s'appliquent?|soit|effet)"
    rf" (?:au |le |en |depuis |d[eu] |a (?:partir|compter) d[eu] )?{_LEADS}"
)
_NOT = re.compile(r"\bn(?:e |')")
_LEAD = re.compile(
    r"(?:\b(?:depuis|en|de|du|d'|des|pour|a (?:partir|compter) d[eu])\s*)"
    r"?(?:l[ae] |l'(?:annee |exercice )?|debut |fin )?$"
)
BEGUN_SHARE = 0.6
"""Share of a premise that the very words of a quote must speak of to date its beginning."""
LEAST_APART = 3
"""Months between two beginnings that aren't the same told of its vote, its issue or its effect."""
_OBJECT = re.compile(
    r"[;:.]|, (?=[a-z]+ees? |qui |dont |a l')"
    r"|(?:,| et) (?=[a-z]+e(?:nt)? (?:l[ae]s? |l'|une? |des ))"
)
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


def begun(said: str, candidates: Sequence[Evidence], share: Share) -> Evidence | None:
    """A quote by which what is said to hold « depuis » a day began on another, when none that
    speaks of it as well has that day."""
    stated = _since(said, _SINCE)
    if len(stated) != 1:
        return None
    (since,) = stated
    denied, rows = bool(_NOT.search(fold(said))), []
    for one in candidates:
        quote = one.unit.text
        if denied != bool(_NOT.search(fold(quote))):
            continue
        agrees = any(_alike(since, q) for q in quantities(quote) if q.kind in _DAYS)
        others = bool(_since(quote, _BEGUN))
        rows.append((share(one, said[since.start :], alone=True), agrees, others, one))
    return unopposed(rows, BEGUN_SHARE)


_DAYS = ("date", "month", "year")


def _since(text: str, lead: re.Pattern[str]) -> list[Quantity]:
    """The full dates, months and years that such a lead announces."""
    dated = (q for q in quantities(text) if q.kind in _DAYS and q.value[0] != "-")
    return [q for q in dated if lead.search(fold(text[: q.start]))]


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two days are the same, as finely as both are told, or near each other."""
    if other.value.startswith("-"):
        return False
    mine, theirs = one.value.split("-"), other.value.split("-")
    if len(mine) == 1 or len(theirs) == 1:
        return mine[0] == theirs[0]
    apart = 12 * (int(mine[0]) - int(theirs[0])) + int(mine[1]) - int(theirs[1])
    return abs(apart) < LEAST_APART


def undated(text: str) -> str:
    """A question without the days that it gives, with what leads to each."""
    out = text
    for q in reversed([q for q in quantities(text) if q.kind in _DAYS]):
        before = out[: q.start]
        lead = _LEAD.search(fold(before))
        start = lead.start() if lead is not None and len(fold(before)) == len(before) else q.start
        out = f"{before[:start].rstrip()} {out[q.end :].lstrip()}"
    return out


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
    at_once = _AT_ONCE.search(folded) or (made and _TEXT.search(folded))
    return bool(at_once or _RUNS.search(folded) or _since(said, _SINCE))


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
