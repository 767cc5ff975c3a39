"""Official references in a French text: numbers of texts, NOR, articles, Légifrance identifiers.

All patterns are linear: each reads a bounded stretch from a rare starting point.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ReferenceKind = Literal["number", "act", "nor", "article", "identifier"]

_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
)
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2212"
_FOLDING = str.maketrans(
    _SPACES + _HYPHENS + "\u2019\u02bc\u00ba",
    " " * len(_SPACES) + "-" * len(_HYPHENS) + "''\u00b0",
)

_NUMERO = r"n ?(?:°|os?\b|\.)? ?"
_LONG = re.compile(
    r"(?<![\w/.-])[a-z][a-z0-9-]{1,11}(?: ?/ ?[a-z0-9][a-z0-9-]{0,11}){0,7}?"
    r" ?/ ?((?:19|20)\d\d) ?[/-] ?(\d{1,4})(?![\w/])"
)
_SHORT = re.compile(r"(?<![\w/.,-])((?:19|20)\d\d)/(\d{1,4})(?![\w/])")
_ACT = re.compile(
    r"(?<![\w/.,-])((?:\d\d|(?:19|20)\d\d)-\d{1,5})(?![\w/-]|[.,]\d)",
)
_ACT_BEFORE = re.compile(
    r"(?<!\w)(?P<numero>"
    + _NUMERO
    + r")$|(?<!\w)(?:loi|décret|decret|ordonnance|arrêté|décision) $"
)
_NOR = re.compile(r"(?<!\w)([a-z]{4}) ?(\d{7}) ?([a-z])(?!\w)")
_IDENTIFIER = re.compile(r"(?<!\w)(?:jorf|legi|ceta|kali|cnil|juri)(?:text|arti|scta)\d{12}(?!\d)")
_CODE_ARTICLE = re.compile(
    r"(?<![\w'-])(lo|[lrda])(\.?)(?: ?\*)? ?(\d{3,4})((?:-\d{1,4}){0,5})(?![\w-]|[.,]\d|/\d)"
)
_ARTICLE_WORD = re.compile(r"(?<!\w)art(?:icle|\.)(s?) ")
_ARTICLE_NUMBER = re.compile(
    r"(?:(lo|[lrda])\.?(?: ?\*)? ?)?(\d{1,4}(?:-\d{1,4}){0,5})(?!\w|-\d|[.,]\d|/\d| ?[%€])"
)
_ARTICLE_JOINT = re.compile(r" ?(?:,| et| ou| à) (?:de l'article |l'article )?")
_BEFORE_CHARS = 12
_ARTICLES_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Reference:
    """One official reference: ``text[start:end]`` wrote ``value``.

    ``value`` is canonical and compares equal between wordings: ``2021/25`` (kind ``number``),
    ``2022-140`` (``act``), ``SSAA2207127J`` (``nor``), ``L223-1-1`` or ``375-3`` (``article``),
    ``JORFTEXT000045133771`` (``identifier``). ``full`` is the longest canonical form that the text
    shows: ``DGCS/SD2B/DGS/SP1/2021/25`` where the services are written, else ``value``.
    """

    kind: ReferenceKind
    value: str
    start: int
    end: int
    full: str = ""


def folded(text: str) -> str:
    """Give the text in lower case with plain spaces, hyphens and apostrophes, of equal length.

    Returns:
        A string of ``len(text)`` code points, so that offsets hold in both.
    """
    plain = text.translate(_FOLDING)
    lowered = plain.lower()
    if len(lowered) == len(plain):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in plain)


def find_references(text: str) -> list[Reference]:
    """Find the official references of a text, in any case and with any kind of space.

    Dates (``01/04/2021``), ranges of years (``2022-2024``, ``2020/21``) and amounts aren't
    references. Time is linear in the text.

    Returns:
        References that don't overlap, in the order of the text.
    """
    low = folded(text)
    found: list[Reference] = []
    if "/" in low:
        found += _numbers(low)
    if "-" in low:
        found += _acts(low)
    found += _nors(text, low)
    found += _articles(low)
    found.sort(key=lambda reference: (reference.start, -reference.end))
    return list(_without_overlap(found))


def _without_overlap(found: list[Reference]) -> Iterator[Reference]:
    end = 0
    for reference in found:
        if reference.start >= end:
            yield reference
            end = reference.end


def _numbers(low: str) -> Iterator[Reference]:
    for match in _LONG.finditer(low):
        value = f"{match[1]}/{int(match[2])}"
        services = low[match.start() : match.start(1)].replace(" ", "").upper()
        yield Reference("number", value, match.start(), match.end(), services + value)
    for match in _SHORT.finditer(low):
        named = _has_numero(low, match.start())
        if named or not _is_school_year(match[1], match[2]):
            value = f"{match[1]}/{int(match[2])}"
            yield Reference("number", value, match.start(), match.end(), value)


def _has_numero(low: str, start: int) -> bool:
    before = _ACT_BEFORE.search(low[max(0, start - _BEFORE_CHARS) : start])
    return before is not None and before["numero"] is not None


def _is_school_year(year: str, rest: str) -> bool:
    """Tell ``2020/21``, ``2020/2022`` and ``2021/04`` from the number of a text."""
    if len(rest) == 4:
        return rest[:2] in ("19", "20")
    return rest.startswith("0") or (len(rest) == 2 and int(rest) == (int(year) + 1) % 100)


def _acts(low: str) -> Iterator[Reference]:
    for match in _ACT.finditer(low):
        year, number = match[1].split("-")
        before = _ACT_BEFORE.search(low[max(0, match.start() - _BEFORE_CHARS) : match.start()])
        is_years = len(number) == 4 and number[:2] in ("19", "20")
        if before is None:
            known = len(year) == 4 and 3 <= len(number) <= 4 and not is_years
        else:
            known = before["numero"] is not None or not is_years
        if known:
            value = f"{year}-{int(number)}"
            yield Reference("act", value, match.start(), match.end(), value)


def _nors(text: str, low: str) -> Iterator[Reference]:
    for match in _NOR.finditer(low):
        value = "".join(match.groups()).upper()
        if len(value) == len(match[0]) or text[match.start() : match.end()].isupper():
            yield Reference("nor", value, match.start(), match.end(), value)
    for match in _IDENTIFIER.finditer(low):
        value = match[0].upper()
        yield Reference("identifier", value, match.start(), match.end(), value)


def _articles(low: str) -> Iterator[Reference]:
    for match in _CODE_ARTICLE.finditer(low):
        if match[2] or (match[4] and match[1] != "a"):
            value = match[1].upper() + match[3] + match[4]
            yield Reference("article", value, match.start(), match.end(), value)
    read_to = 0
    for word in _ARTICLE_WORD.finditer(low):
        if word.end() < read_to:
            continue
        for reference in _listed_articles(low, word.end(), plural=bool(word[1])):
            read_to = reference.end
            yield reference


def _listed_articles(low: str, position: int, *, plural: bool) -> Iterator[Reference]:
    """Read ``L. 223-1, 223-2 et R. 226-2`` after ``articles``; one number after ``article``."""
    letter = ""
    for _ in range(_ARTICLES_AT_MOST if plural else 1):
        number = _ARTICLE_NUMBER.match(low, position)
        if number is None:
            return
        letter = (number[1] or letter).upper()
        value = letter + number[2]
        yield Reference("article", value, number.start(), number.end(), value)
        joint = _ARTICLE_JOINT.match(low, number.end())
        if joint is None:
            return
        position = joint.end()
