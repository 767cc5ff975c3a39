"""Years that a question doesn't write in four digits: « deux mille vingt et un », « exercice 22 ».

Only those of the contracts' decade and of the one before it, and never what a noun or a unit
follows, which is a count: « deux mille vingt euros », « en 21 jours ».
"""

import re
from collections.abc import Callable

from assistant.spans import Span, flat

_UNITS = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_BELOW_30 = {"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15}
_BELOW_30 |= {"seize": 16, "dix sept": 17, "dix huit": 18, "dix neuf": 19, "vingt": 20}
_BELOW_30 |= {f"vingt {unit}": 20 + n for n, unit in enumerate(_UNITS, 1)} | {"vingt et un": 21}
_NAMES = "|".join(name.replace(" ", "[ -]") for name in sorted(_BELOW_30, key=len, reverse=True))
_FEW = rf"(?>{_NAMES})(?![\w-])"
# What makes a count of it: a unit, a power, a plural noun, or what goes on a number.
_NO_COUNT = (
    r"(?! ?(?:[%€/°]|[.,]\d|[-+]\d)| (?:et|ou|a) \d{1,3} [a-z]{3,}"
    r"| ?(?:ans?|mois|jours?|heures?|h|minutes?|semaines?|euros?|m€|k€|md€|millions?|milliards?"
    r"|mille|cents?|pour ?cent|\d{3})(?!\w)"
    r"| (?!dans\b|puis\b|mais\b|sans\b|vers\b|sous\b|pas\b|plus\b|moins\b|nous\b|vous\b|ils\b"
    r"|elles\b|hors\b|apres\b|alors\b|tous\b|toutes\b|quel\w*\b|avons\b|sommes\b|depuis\b|des\b"
    r"|les\b|ces\b|ses\b|nos\b|vos\b|aux\b)[a-z]{2,}s\b)"
)
_ONE_YEAR = r"(?<!\w)(?:annee|exercice|exo|avenant|en|pour|depuis|fin|debut|de) "
_YEAR_OF = (
    r"(?:(?:annees?|exercices?|exos?|avenants?|campagnes?) |(?<!\w)(?:l'an|rentree|millesime) )"
)
_ENDED = (
    r"(?= ?(?:$|[?!.;:,)»])"
    r"| (?:pour|quel\w*|qui|que|quoi|quand|combien|on|il|faut|c'est|est-ce|doit|a|et en)(?!\w))"
)
_PATTERNS = (
    re.compile(rf"(?<![\w-])deux[ -]mill?e?[ -](?P<words>{_FEW}){_NO_COUNT}"),
    re.compile(rf"{_YEAR_OF}(?P<year>(?P<words>{_FEW})){_NO_COUNT}"),
    re.compile(rf"{_ONE_YEAR}(?P<year>20[ .](?P<digits>[12]\d))(?!\w){_NO_COUNT}"),
    re.compile(rf"{_ONE_YEAR}(?P<year>2[ .]0(?P<digits>[12]\d))(?!\w){_NO_COUNT}"),
    re.compile(rf"{_YEAR_OF}'?(?P<year>(?P<digits>19|2\d))(?!\w){_NO_COUNT}"),
    re.compile(
        rf"{_YEAR_OF}(?:19|2\d)(?: ?[,/-] ?| (?:et|ou|a) )"
        rf"(?P<year>(?P<digits>2\d))(?!\w){_NO_COUNT}"
    ),
    re.compile(rf"(?<!\w)en (?P<year>'(?P<digits>19|2\d))(?!\w){_NO_COUNT}"),
    re.compile(rf"(?<!\w)en (?P<year>(?P<digits>19|2\d))(?!\w){_ENDED}"),
)


def in_digits(text: str) -> tuple[str, Callable[[int], int]]:
    """``text`` with these years in four digits.

    Returns:
        The text and what gives, for an offset in it, the offset in the text as it was typed.
    """
    low = flat(text)
    found: dict[Span, str] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(low):
            span = match.span("year" if "year" in pattern.groupindex else 0)
            if not any(span[0] < end and start < span[1] for start, end in found):
                found[span] = _value(match)
    if not found:
        return text, lambda offset: offset
    parts: list[str] = []
    moved: list[tuple[int, int]] = []
    at = shift = 0
    for (start, end), year in sorted(found.items()):
        parts += (text[at:start], year)
        at = end
        moved.append((start + shift, start))
        shift += len(year) - (end - start)
        moved.append((end + shift, end))
    return "".join(parts) + text[at:], lambda offset: _origin(offset, moved)


def _value(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("digits"):
        return f"20{groups['digits']}"
    return str(2000 + _BELOW_30[groups["words"].replace("-", " ")])


def _origin(offset: int, moved: list[tuple[int, int]]) -> int:
    """The offset before the changes; inside one, that of its start."""
    here = last = 0
    for place, (after, before) in enumerate(moved):
        if after > offset:
            inside = place % 2 == 1
            return last if inside else last + offset - here
        here, last = after, before
    return last + offset - here
