"""Collectivités that a question names, by their name or by their number, without false alarms."""

import re
from collections.abc import Iterator
from functools import cache

from assistant.known_names import is_ordinary
from assistant.spans import NEAR_CHARS, flat, inside, overlap
from corpus.collectivites import (
    Collectivite,
    Mention,
    collectivites,
    find_collectivites,
    stands_whole,
)

_CODE = r"(?:2[ab]|97[1-8]|0[1-9]|[1-8]\d|9[0-5])"
# What makes of a number something else than a département: a day, a measure, an emergency line.
_OTHER = (
    r"(?! ?(?:%|€|[-/.]\d|,\d|er\b|(?:dernier|prochain|courant|ans?|mois|jours?|heures?|h|euros?"
    r"|millions?|milliards?|m€|k€|objectifs?|premiers?|berceaux|places|janv|fev|mars|avr|mai|juin"
    r"|juil|aout|sept|oct|nov|dec)\w*\b))(?! (?:ou|et|au|,) (?:le |du |au )?\d+ [a-z]{3,})(?!\d)"
)
_BY_WORD = re.compile(
    rf"\b(?:departements?|depts?|dep|dpts?|dt|cd|conseil departemental|collectivite)\.?"
    rf" ?(?:n ?° ?|\(|du |de la |de l')?(?P<code>{_CODE}|[1-9])(?!\w){_OTHER}"
)
_BY_ARTICLE = re.compile(
    rf"(?<!jusqu')(?<!\w)(?:le|du|dans le|pour le|sur le|chez le) (?P<code>{_CODE})(?!\w){_OTHER}"
)
_DAYS = re.compile(
    r"\b(?:avant|apres|depuis|d'ici|jusqu'|entre|a partir|date|jour|appel\w+|compos\w+|numero"
    r"|article|annexe|objectif|programme|bop|page|point|ligne|axe)(?: \w+){0,2} ?$"
)
_FIRST = re.compile(rf"^(?P<code>{_CODE}) ?(?::|-(?= ))")  # « 77 : le contrat… »
_BY_NAME = re.compile(rf"(?:^|[a-z]) ?\((?P<code>{_CODE})\)")
_OVERSEAS = re.compile(
    r"(?:^|(?<=[?,;:(] )|(?<=\bau ))(?P<code>97[1-8])"
    r"(?= ?(?:$|[,:;?).]| combien| en | a | pour ))"
)
_CORSICA = re.compile(r"(?:^|\b(?:corse|et|la) )(?P<code>2[ab])\b")
_SHORT = (
    ("territoire de belfort", re.compile(r"(?<!territoire de )\bbelfort\b")),
    ("saint-martin", re.compile(r"\bst[ -]martin\b")),
    ("saint-barthelemy", re.compile(r"\b(?:st|saint)[ -]barth(?:elemy)?\b")),
    ("saint-pierre-et-miquelon", re.compile(r"\bst[ -]pierre[ -]et[ -]miquelon\b")),
    ("landes", re.compile(r"\b(?:les|des|aux|dans les) (?P<name>landes)\b")),
    ("marne", re.compile(r"\b(?:la|dans la|de la) (?P<name>marne)\b")),
    ("manche", re.compile(r"\b(?<!faire )(?<!sous )la (?P<name>manche)\b(?! d)")),
    ("la reunion", re.compile(r"^(?:et |pour |a )*la (?P<name>reunion)(?= ?(?:$|[?:,(]))")),
    ("la reunion", re.compile(r"\b(?:ile de la|l'ile de) (?P<name>reunion)\b")),
)  # fmt: skip
# Regions, compass points and courtesies that hold a name of a collectivité.
_NOT_A_PLACE = re.compile(
    r"pays de la loire|val[ -]de[ -]loire|(?:auvergne[ -])?rhone[ -]alpes"
    r"|nord[ -]pas[ -]de[ -]calais|champagne[ -]ardennes?|cours? d'appel de paris"
    r"|grand paris|paris sportifs?"
    r"|\bnord[ -](?:est|ouest)\b"
    r"|^(?:bonjour,? )?chers? (?:collegues?|messieurs|monsieur|madame|tous)"
    r"|l'aube (?:de|du|des|d')\b|\bplus cher\b"
)
_COMPASS = re.compile(
    r"\b(?:le|du|au) (nord) (?:de|du|des|et|est|ouest)\b"
    r"|\bdepartements du (nord)\b(?! et\b|,)"
)
# « Le Nord de la France », whatever its case, is no département: « le contrat du Nord de 2021 » is.
_NORTH_OF = re.compile(
    r"\bnord (?:et (?:l')?(?:est|ouest|sud)\b"
    r"|(?:de |du |des )(?:la |l')?(?:france|pays|hexagone|europe|metropole|region|departement"
    r"|territoire|afrique|loire|ile)\b)"
)
# Streets and stations have names of saints and of rivers.
_NAMED_AFTER = re.compile(
    r"\b(?:rue|avenue|boulevard|faubourg|porte|canal|quai|gare|eglise|paroisse)"
    r"(?: (?:de|du|des|de la|de l'))? ?$"
)
_SET_ASIDE = re.compile(
    r"(?:confondre avec|(?<!est-ce )(?<!n'est )\bpas|\bnon|\bhors|\bsauf|\bexcepte|plutot que)"
    r"(?: (?:celui|celle|ceux|celles|dans|pour))?(?: (?:de|du|des|d'|en))?"
    r"(?: ?(?:la|le|les|l'))? ?$"
)

# « Saint Martin de Ré », « belfort du quercy »: a commune whose name goes on, in any case.
_GOES_ON = re.compile(
    r"[ -](?:(?:de|du|des|sur|lez|les|sous) |d')(?:(?:la|le|les) |l')?(?P<word>[a-z]+)"
)
_GOES_ON_OF_SAINT = re.compile(
    r"[ -](?:(?:de|du|des|sur|lez|les|sous|en|la|le|au|aux) |d'|l')(?:(?:la|le|les) |l')?"
    r"(?P<word>[a-z]+)"
)
# « Nogent sur Marne »: of a département one says « sur la Marne », but « sur Paris ».
_ON_A_RIVER = re.compile(r"\b(?P<word>[a-z]{3,}) sur $")
_TOWNS = frozenset(("Paris", "Mayotte"))
_AFTER_ARTICLE = re.compile(r"(?:\b(?:le|la|les|du|des|au|aux) |\bl')$")
_OVERSEAS_SEA = frozenset("antilles caraibes coup guadeloupe outre reunion".split())
_TWO_LETTERS = frozenset("ce eu il je la le ma me mi ne on ou sa se si ta te tu un va vu".split())


def find_places(text: str) -> list[Mention]:
    """The collectivités that a question is about, in order.

    More than a name found in a text: numbers (« le 93 », « dép. 2A »), short names (« Belfort »);
    and less: « Rhône-Alpes », « le nord du département », « à ne pas confondre avec la Vienne ».
    """
    low = flat(text)
    barred = [match.span() for match in _NOT_A_PLACE.finditer(low)]
    north = [m.span(m.lastindex or 0) for m in _COMPASS.finditer(low)]
    barred += [span for span in north if text[span[0]].islower()]
    barred += [match.span() for match in _NORTH_OF.finditer(low)]
    found: list[Mention] = []
    short = [one for one in _short(low) if stands_whole(text, one)]
    named = [*find_collectivites(text), *short]
    barred += [span for one in named if (span := _commune(low, one)) is not None]
    for one in [*named, *_numbers(low)]:
        span = (one.start, one.end)
        before = _before(low, one.start)
        if inside(span, barred) or _SET_ASIDE.search(before) or _NAMED_AFTER.search(before):
            continue
        if not any(overlap(span, (m.start, m.end)) for m in found):
            found.append(one)
    return sorted(found, key=lambda mention: mention.start)


def with_names(text: str) -> str:
    """``text`` with each collectivité by its name, as texts speak of it: « le 54 », « dép. 2A »."""
    for place in reversed(find_places(text)):
        if text[place.start].isdigit():
            text = f"{text[: place.start]}{place.collectivite.name}{text[place.end :]}"
    return text


def _commune(low: str, one: Mention) -> tuple[int, int] | None:
    """Where the longer name of a commune stands that begins, or ends, as a collectivité's does.

    What follows « de », « sur »… is such a name unless the texts know it as an ordinary word
    (« Saint-Martin de 2021 », « Paris sur la période »). A département takes an article, a
    commune hardly.
    """
    river = _ON_A_RIVER.search(_before(low, one.start))
    if river and one.collectivite.name not in _TOWNS and not is_ordinary(river["word"]):
        return one.start, one.end
    saint = one.collectivite.name.startswith("Saint-")
    after = (_GOES_ON_OF_SAINT if saint else _GOES_ON).match(low, one.end)
    if after is None or (not saint and _AFTER_ARTICLE.search(_before(low, one.start))):
        return None
    word = after["word"]
    known = word in _TWO_LETTERS if len(word) == 2 else len(word) < 2 or is_ordinary(word)
    return None if known or word in _OVERSEAS_SEA else (one.start, after.end())


def _short(low: str) -> Iterator[Mention]:
    for name, pattern in _SHORT:
        for match in pattern.finditer(low):
            group: int | str = "name" if "name" in pattern.groupindex else 0
            yield Mention(_by_name()[name], match.start(group), match.end(group))


def _numbers(low: str) -> Iterator[Mention]:
    for pattern in (_BY_WORD, _BY_ARTICLE, _FIRST, _BY_NAME, _OVERSEAS, _CORSICA):
        for match in pattern.finditer(low):
            if pattern is _BY_ARTICLE and _DAYS.search(_before(low, match.start())):
                continue
            found = _by_code().get(match["code"].upper().zfill(2))
            if found is not None:
                yield Mention(found, match.start("code"), match.end("code"))


def _before(low: str, at: int) -> str:
    return low[max(at - NEAR_CHARS, 0) : at]


@cache
def _by_code() -> dict[str, Collectivite]:
    return {one.code: one for one in collectivites()}


@cache
def _by_name() -> dict[str, Collectivite]:
    return {flat(one.name): one for one in collectivites()}
