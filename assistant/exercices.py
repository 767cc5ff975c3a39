"""Years in a question: the exercice asked about, the year of a text, ranges, comparisons.

What a year is, decided once:

- the year of a law, a decree, a report or an opinion (« la loi de 2022 ») says which text is
  meant: it is no exercice; that of a circular, an instruction or a funding arrêté is one, for
  these texts are made for a year;
- any other year, that of an event or of a statistic too, is the exercice, for it is the only time
  that the question gives;
- « 2020-2022 » or « de 2020 à 2022 » stands for each of its years, unless one of them is also
  named by itself (« en 2021, la stratégie 2020-2022 »), « avant 2021 » for the years of contracts
  before it, except in a comparison, which is about the years it names;
- the year in which someone was born is no exercice (« née en 2009 »), that of all who were is;
- a year that is only set aside (« pas en 2021 mais en 2020 ») is not asked about;
- « l'année d'avant » counts from the year named with it, else from the former question's, else
  from the day of the question; a winter, which has two years, is not read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.numerals import in_digits
from assistant.spans import NEAR_CHARS, Span, flat, inside, replaced
from corpus.quantities import find_quantities

FIRST_EXERCICE, LAST_EXERCICE = 2007, 2100
FIRST_CONTRACTS = 2020
_LONGEST_RANGE = 7
Role = Literal["exercice", "text"]

_AS_OF: tuple[tuple[int, str], ...] = (
    (0, r"(?:de )?cette annee(?! ?-la\b)|l'annee en cours|annee en cours"),
    (0, r"(?:l')?exercice (?:en cours|actuel|courant)|(?:l'annee|l'exercice) n\b(?! ?[-+])"),
    (0, r"(?:ce printemps|cet ete|cet automne)\b"),
    (0, r"(?:en ce moment|a l'heure actuelle)\b"),
    (0, r"(?:vien(?:t|nent) (?:tout juste )?d'etre signee?s?|venons (?:tout juste )?de signer)\b"),
    (0, r"(?:dernier )?regime (?:en date|actuel|en vigueur)\b"),
    (-1, r"l'an (?:dernier|passe)\b|(?:l')?annee (?:derniere|passee)"),
    (-1, r"(?:l')?exercice (?:dernier|passe|ecoule)\b|(?:l'annee |l'exercice )?\bn ?- ?1\b"),
    (-2, r"(?:l'annee |l'exercice )?\bn ?- ?2\b|il y a (?:deux|2) ans"),
    (-1, r"il y a (?:un|1) an\b"),
    (-3, r"il y a (?:trois|3) ans"),
    (1, r"l'an prochain|(?:l')?annee (?:prochaine|a venir)"),
    (1, r"(?:l'exercice (?:prochain|a venir)|(?:le )?prochain exercice)\b"),
    (1, r"(?:l'annee |l'exercice )?\bn ?\+ ?1\b"),
)
# Counted from another year; the last ones, without it, are a rule's (« le 31 mars de l'année
# suivante ») and say no exercice.
_ANCHORED: tuple[tuple[int, str], ...] = (
    (-1, r"l'an(?:nee)? d'avant|l'exercice (?:precedent|d'avant)|(?:le )?precedent exercice"),
)
_DEPENDENT: tuple[tuple[int, str], ...] = (
    (-1, r"l'annee (?:precedente|ecoulee)"),
    (1, r"l'an(?:nee)? (?:d'apres|suivante?)|l'exercice (?:suivant|d'apres)"),
)
_ANNEE = "ann?e(?:e|(?!e))"  # as typed in haste
_RELATIVE = tuple(
    (step, rank, re.compile(rf"(?<!\w)(?:{pattern.replace('annee', _ANNEE)})"))
    for rank, table in enumerate((_AS_OF, _ANCHORED, _DEPENDENT))
    for step, pattern in table
)
# The last month of what has a name: « l'été dernier » is this year's once summer is over.
_SEASONS = {"printemps": 6, "ete": 9, "rentree": 9, "automne": 12}
_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
_SEASONS |= {name: number for number, name in enumerate(_MONTHS.split(), 1)}
_SEASON = re.compile(
    rf"\b(?P<name>{'|'.join(_SEASONS)}) (?P<way>derniere?|passee?|prochaine?)\b",
)
_ORDINAL_YEARS = {"premiere": 0, "1re": 0, "1ere": 0, "deuxieme": 1, "seconde": 1, "2e": 1}
_ORDINAL_YEARS |= {"troisieme": 2, "3e": 2}
_OF_SCHEME = re.compile(
    rf"\b(?P<rank>{'|'.join(_ORDINAL_YEARS)}) annee de (?:la |notre )?"
    r"(?:contractualisation|strategie|demarche)\b"
)
_RANGE = re.compile(
    r"(?<!\w)(?:entre (?P<low>20\d\d) et|(?P<first>20\d\d) ?(?:[-/]|a|jusqu'en|jusqu'a))"
    r" ?(?P<last>20\d\d)(?!\w|-\d)"
)
_COMPARES = re.compile(
    r"\b(?:differences?|ecarts?|compar\w+|evolu\w+|passe[er]?|augment\w+|baiss\w+|hausses?"
    r"|progress\w+|vari\w+|versus|vs|change\w*|de combien a combien)\b"
)
# A year belongs to the name of one of these when nothing but a name or a date stands between.
_NAMED_TEXT = re.compile(
    r"\b(?:loi(?! de finances)|decret|ordonnance|rapport(?! annuel d'execution| d'execution)"
    r"|avis|refere|decision|arret|etude|reforme)\b"
    r"(?: (?!s'|qui\b|que\b|est\b|a\b|en\b|pour\b|et\b|aux?\b|instruction|circulaire|texte"
    r"|contrat|avenant|exercice)(?:n ?° ?)?[\w'-]+){0,5}? (?=20\d\d)"
)
_JOINED = re.compile(r"(?:\b(?:et|mais|puis|ou|vs|contre|que|a|comme)|[,/(:])\s*$")
# « avant 2021 » leaves 2021 out, unlike « avant la fin de 2021 » or « avant le 30 juin 2021 ».
_OPEN = re.compile(
    r"\b(?P<way>avant|apres|anterieure?s? a|posterieure?s? a|jusqu'en|jusqu'a)"
    r"(?: (?:l'annee|l'exercice|en))? (?P<year>20\d\d)(?!\w|[-/]\d)"
)
_ASIDE = re.compile(
    r"(?:\b(?P<not>pas)|\bnon(?: pas)?|\bni|\bhors|\bhormis|\bsauf|\bexcepte|\bplutot (?:qu'|que)"
    r"|\bplutot (?:en |pour )?20\d\d (?:qu'|que)"
    r"|\bn'(?:ai|a|avons|avez|ont) que|\b(?:j'ai|on a|nous avons|je connais) deja)"
    r"(?: ?(?:(?:ceux|celles?|celui|les chiffres) de(?: (?:l'|la )\w+ de)?|en|pour|de"
    r"|(?:pour )?l'(?:annee|exercice)))? ?$"
)
# « ce n'est pas en 2021 ? », « candidat ou pas en 2021 ? » doubt of it; « ce n'est pas en 2021 mais
# en 2020 » sets it aside.
_BORN = re.compile(r"\bnee? (?:en |le [\d a-z/]{0,14})$")
_DOUBTED = re.compile(r"(?:\best(?:-ce)?|\betait|\bsont|\bfait|\bou) $")


@dataclass(frozen=True, slots=True)
class Year:
    """A year that a question names at ``span``.

    ``stated`` is false for one counted from a day or from a rank; ``ranged`` for those inside a
    range, which share its span.
    """

    value: int
    span: Span
    role: Role = "exercice"
    stated: bool = True
    ranged: bool = False
    assumed: bool = False


def find_years(text: str, as_of: date, base: int | None = None) -> list[Year]:
    """The years that ``text`` names, in its order.

    Args:
        as_of: the day of the question, which « cette année » counts from.
        base: the year that « l'année d'avant » counts from when the text names none.
    """
    plain, origin = in_digits(text)
    low = flat(plain)
    stated = [y for y in _stated(plain, low, as_of) if FIRST_EXERCICE <= y.value <= LAST_EXERCICE]
    asked = [y for y in stated if y.role == "text" or not _is_aside(low, y.span)]
    found = [*asked, *_counted(low, as_of, stated, base)]
    found = [replace(y, span=(origin(y.span[0]), origin(y.span[1]))) for y in found]
    return sorted(found, key=lambda year: (year.span, year.ranged and year.value))


def compared(years: Sequence[Year]) -> tuple[int, ...]:
    """The exercices that a question sets side by side, in its order; empty when it doesn't."""
    single = dict.fromkeys(y.value for y in years if y.role == "exercice" and not y.ranged)
    return tuple(single) if len(single) > 1 else ()


def dated(text: str, as_of: date, base: int | None = None) -> str:
    """``text`` with each relative year written out: « de 2021 » for « de l'an dernier », and in
    digits those that are in words."""
    text, _origin = in_digits(text)
    low = flat(text)
    changes = []
    for year in find_years(text, as_of, base):
        if not year.stated and not year.assumed:
            start, end = year.span
            led = re.search(
                r"\b(?:de|d'|pour|sur|depuis|en|a|au|du) ?$",
                low[max(start - NEAR_CHARS, 0) : start],
            )
            season = _SEASON.match(low, start)
            kept = f"{text[start : season.end('name')]} " if season else ""
            first = low[start:end].startswith("de ")
            changes.append(((start, end), f"{kept}{_led(bool(led), first, kept)}{year.value}"))
    return replaced(text, changes) if changes else text


def _led(led: bool, of: bool, kept: str) -> str:
    if kept or led:
        return ""
    return "de " if of else "en "


def _stated(text: str, low: str, as_of: date) -> Iterator[Year]:
    names = [(m.start(), m.end() + 4) for m in _NAMED_TEXT.finditer(low)]
    ranges: list[Year] = []
    barred: list[Span] = []
    if not _COMPARES.search(low):
        ranges = list(_ranges(low))
        barred = [r.span for r in ranges]
        for span, allowed in _open_ranges(low, as_of):
            if not inside(span, [*names, *barred]):
                ranges += [Year(value, span, ranged=True) for value in allowed]
                barred.append(span)
    single: set[int] = set()
    for quantity in find_quantities(text):
        if quantity.kind not in ("year", "month", "date") or quantity.value.startswith("--"):
            continue
        span = (quantity.start, quantity.end)
        value = int(quantity.value[:4])
        if inside(span, barred):
            continue
        of_text = inside((span[1] - 4, span[1]), names) or inside(span, names)
        if not of_text:
            single.add(value)
        yield Year(value, span, "text" if of_text else "exercice")
    narrowed = {year.span for year in ranges if year.value in single}
    yield from (year for year in ranges if year.span not in narrowed)


def _ranges(low: str) -> Iterator[Year]:
    for match in _RANGE.finditer(low):
        first, last = int(match["low"] or match["first"]), int(match["last"])
        if first < last <= first + _LONGEST_RANGE:
            for value in range(first, last + 1):
                yield Year(value, match.span(), ranged=True)


def _open_ranges(low: str, as_of: date) -> Iterator[tuple[Span, range]]:
    """Years of contracts, up to the day of the question, that « avant 2021 » allows."""
    last = min(as_of.year, FIRST_CONTRACTS + _LONGEST_RANGE)
    for match in _OPEN.finditer(low):
        year, way = int(match["year"]), match["way"]
        if way.startswith(("avant", "anterieur")):
            yield match.span(), range(FIRST_CONTRACTS, min(year, last + 1))
        elif way.startswith("jusqu"):
            yield match.span(), range(FIRST_CONTRACTS, min(year, last) + 1)
        else:
            yield match.span(), range(max(year + 1, FIRST_CONTRACTS), last + 1)


def _is_aside(low: str, span: Span) -> bool:
    """Whether the words before a year set it aside, or make it the year of someone's birth."""
    start = max(span[0] - NEAR_CHARS, 0)
    if _BORN.search(low, start, span[0]):
        return True
    match = _ASIDE.search(low, start, span[0])
    if match is None:
        return False
    doubted = match["not"] and _DOUBTED.search(low, start, match.start())
    return not doubted or low.startswith((" mais ", ", mais "), span[1])


def _counted(low: str, as_of: date, stated: Iterable[Year], base: int | None) -> Iterator[Year]:
    """Years relative to a day, or to the last year named before them."""
    named = [y for y in stated if y.role == "exercice"]
    for step, rank, pattern in _RELATIVE:
        for match in pattern.finditer(low):
            anchor: int | None = as_of.year
            if rank:
                if named and not _JOINED.search(
                    low, max(match.start() - NEAR_CHARS, 0), match.start()
                ):
                    continue  # « le plan écrit l'année d'avant »: says nothing of the exercice
                before = [y.value for y in named if y.span[1] <= match.start()]
                other = base if rank > 1 else base or anchor
                anchor = before[-1] if before else named[0].value if named else other
            if anchor is not None:
                yield Year(anchor + step, match.span(), stated=False)
    for match in _SEASON.finditer(low):
        over = as_of.month > _SEASONS[match["name"]]
        step = (1 if over else 0) if match["way"].startswith("prochain") else (0 if over else -1)
        yield Year(as_of.year + step, match.span(), stated=False)
    for match in _OF_SCHEME.finditer(low):
        year = FIRST_CONTRACTS + _ORDINAL_YEARS[match["rank"]]
        yield Year(year, match.span(), stated=False, assumed=True)
