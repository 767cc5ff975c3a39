"""What a question sets side by side that isn't years: places, or two things each asked about."""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.framing import Named
from assistant.places import find_places
from assistant.spans import flat, replaced
from corpus.collectivites import Mention

MOST_PAIRED, MOST_BETWEEN = 3, 3
_JOINS = re.compile(r"\b(?:ou|et|vs|contre)\b|/")
_MORE = r"(?:(?:le|la|les|l'une?) (?:plus|moins)|davantage|plus (?:de|d'argent|tot|tard))"
_RANKS = re.compile(rf"\b{_MORE}\b|\b(?:compar\w+|differ\w+)\b")
_BETWEEN = re.compile(r"\bentre\s+$", re.IGNORECASE)
_BOTH = re.compile(
    r"[, ]*\b(?:(?:dans|pour|de|a|chez) )?(?:l'une? et (?:(?:dans|pour|de|a|chez) )?l'autre"
    r"|(?:les|des|aux) deux(?: cas)?|chaque cas|chacune?)\b"
)
_TWO = re.compile(
    r"^(?P<one>[^:?!.,/]{3,60}?)(?: ?/ ?| et | ou | vs )(?P<two>[^:?!.,/]{3,60}?) ?: ?"
)
# « Laquelle est la plus longue : la loi de 2007 ou celle de 2016 ? »
_CHOICE = re.compile(
    r"[:,] ?(?P<one>(?:le|la|les|l')[^:?!.,]{2,60}?) ou (?P<two>(?:le|la|les|l'|celles?|celui|ceux)"
    r"[^:?!.,]{2,60}?) ?\?\s*$"
)
_SAME_HEAD = re.compile(r"(?:celles?|celui|ceux)\b")
_ARTICLE = re.compile(r"\b(?:l['’]|(?:le|la|les)\s+)$", re.IGNORECASE)
_REFORM = re.compile(r"\bréforme (?:de (?!\d))?", re.IGNORECASE)  # that of a text has its name
_HEAD = re.compile(r"(?:l'|(?:le|la|les) )[\w-]+")

Pair = tuple[str, str]
"""The label of a side, and the question asked of it alone."""


def pairs_of(text: str, named: Named) -> list[Pair]:
    """The same question asked of each thing that ``text`` sets side by side; empty when it
    compares none, or sets exercices side by side."""
    if len(named.exercices) > 1:
        return []
    return _places(text, named) or _both(text) or _choice(text)


def _places(text: str, named: Named) -> list[Pair]:
    """« Qui a reçu le plus, la Guyane ou La Réunion ? »: places that stand next to each other."""
    codes = [code for code, _name in named.collectivites]
    found = [one for one in find_places(text) if one.collectivite.code in codes]
    told = len(found) == len(codes) and 1 < len(codes) <= MOST_PAIRED
    if not told or not _adjacent(text, found):
        return []
    starts = [_with_article(text, one.start) for one in found]
    between = _BETWEEN.search(text[: starts[0]])
    if not between and not _RANKS.search(flat(text)):
        return []
    whole = (between.start() if between else starts[0], found[-1].end)
    return [
        (one.collectivite.name, replaced(text, [(whole, text[start : one.end])]))
        for start, one in zip(starts, found, strict=True)
    ]


def _with_article(text: str, start: int) -> int:
    article = _ARTICLE.search(text[:start])
    return article.start() if article else start


def _adjacent(text: str, places: Sequence[Mention]) -> bool:
    between = [flat(text[a.end : b.start]) for a, b in pairwise(places)]
    near = all(len(words.split()) <= MOST_BETWEEN for words in between)
    return near and bool(_JOINS.search(between[-1]))


def _both(text: str) -> list[Pair]:
    """« Mentorat / parrainage : qui doit dire oui dans l'un et dans l'autre ? »"""
    low = flat(text)
    two, both = _TWO.match(low), _BOTH.search(low)
    if two is None or both is None or both.start() < two.end():
        return []
    rest = text[two.end() : both.start()] + text[both.end() :]
    labels = [text[two.start(side) : two.end(side)].strip() for side in ("one", "two")]
    return [(label, f"{label} : {rest.strip()}") for label in labels]


def _choice(text: str) -> list[Pair]:
    """« Laquelle a le plus d'articles : la loi de 2016 ou celle de 2022 ? »"""
    low = flat(text)
    choice = _CHOICE.search(low)
    if choice is None or not _RANKS.search(low[: choice.start()]):
        return []
    one, two = (text[choice.start(side) : choice.end(side)].strip() for side in ("one", "two"))
    head = _HEAD.match(flat(one))
    if head is not None:
        two = _SAME_HEAD.sub(one[: head.end()], two, count=1)
    before = text[: choice.start()].strip()
    return [(label, f"{before} : {_REFORM.sub('loi ', label)} ?") for label in (one, two)]
