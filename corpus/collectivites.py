"""Collectivités named in a text: départements and those that stand in their place."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from corpus.lexicon import fold

_WORD = re.compile(r"[^\W_]+")
_NAME_CHARS = 40
_HYPHEN_BEFORE = re.compile(r"([^\W\d_]{1,30})[-\u2010\u2011]$")
# « La Creuse-t-elle », « ce Nord-là » hold no longer name.
_HYPHEN_AFTER = re.compile(r"[-\u2010\u2011](?!(?:t|il|elle|ils|elles|on|ce|là|ci)(?!\w))[^\W\d_]")
_OF_SAINT = re.compile(
    r" (?:de |du |des |sur |lès |d['’])(?!Antilles|Guadeloupe|Outre|Octobre|Avril|Août)[A-ZÀ-Ý]"
)
_COMPASS = frozenset(("nord", "sud", "est", "ouest"))
_ARTICLES = frozenset("le la l du les des en dans departement departements d".split())


@dataclass(frozen=True, slots=True)
class Collectivite:
    """A collectivité by its official code; ``word`` says how ordinary its name is (see TOML),
    ``former`` are the names it had as a whole before."""

    code: str
    name: str
    word: Literal["article", "capital"] | None = None
    forms: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A region of today or of before, with the codes of the collectivités inside it."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a collectivité."""

    collectivite: Collectivite
    start: int
    end: int


def _register() -> dict[str, Any]:
    with (files("corpus") / "registers" / "collectivites.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def collectivites() -> tuple[Collectivite, ...]:
    """All of the register, in its order."""
    rows = _register()["collectivite"]
    return tuple(
        Collectivite(
            r["code"],
            r["name"],
            r.get("word"),
            tuple(r.get("forms", ())),
            tuple(r.get("former", ())),
        )
        for r in rows
    )


@cache
def regions() -> tuple[tuple[re.Pattern[str], Region], ...]:
    """Regions with what finds them, longest names first: « Haute-Normandie » before
    « Normandie »."""
    rows = sorted(_register()["region"], key=lambda r: -len(r["name"]))
    found = []
    for row in rows:
        words = r"[-\u2010\u2011' ]".join(map(re.escape, _WORD.findall(fold(row["name"]))))
        pattern = re.compile(rf"(?<![\w-]){words}(?!\w|-(?!t-))")
        found.append((pattern, Region(row["name"], tuple(row["codes"]))))
    return tuple(found)


def find_regions(text: str) -> list[Region]:
    """The regions that a text names, each once, in no order; none inside a longer name."""
    low, found = fold(text), []
    for pattern, region in regions():
        if pattern.search(low):
            found.append(region)
            low = pattern.sub(" ", low)
    return found


@cache
def _names() -> dict[str, list[tuple[tuple[str, ...], Collectivite | None]]]:
    """Names by first word, longest first: « Loire-Atlantique » before « Loire »; ``None`` for
    those that hold the name of a collectivité and aren't one."""
    table: dict[str, list[tuple[tuple[str, ...], Collectivite | None]]] = {}
    for name in _register()["not_one"]:
        words = tuple(_WORD.findall(fold(name)))
        table.setdefault(words[0], []).append((words, None))
    for collectivite in collectivites():
        for form in (collectivite.name, *collectivite.forms, *collectivite.former):
            words = tuple(_WORD.findall(fold(form)))
            table.setdefault(words[0], []).append((words, collectivite))
    for names in table.values():
        names.sort(key=lambda name: -len(name[0]))
    return table


def find_collectivites(text: str) -> list[Mention]:
    """Collectivités named in ``text``, in order, longest names first.

    A name that is also an ordinary word counts with a capital letter inside a sentence, or in
    lower case after an article (« le cher »), or after « département » for the most ordinary.
    None is read in a longer name: « Loire-et-Cher », « Nogent-sur-Marne », « Nord-Isère ».
    """
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    folded = [fold(word) for word, _start, _end in words]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        step = 1
        for form, collectivite in _names().get(folded[at], ()):
            last = at + len(form) - 1
            if tuple(folded[at : last + 1]) != form:
                continue
            if collectivite is None:
                step = len(form)
                break
            if _is_name(collectivite, len(form), words[last][0], folded[max(at - 3, 0) : at]):
                found.append(Mention(collectivite, words[at][1], words[last][2]))
                step = len(form)
                break
        at += step
    return [one for one in found if stands_whole(text, one, found)]


def stands_whole(text: str, mention: Mention, others: Iterable[Mention] = ()) -> bool:
    """Whether a mention is no part of a longer proper name.

    Hyphens may join it to other collectivités (« Drôme-Ardèche »), but to a compass point.

    Args:
        others: the mentions of the text.
    """
    before = text[max(mention.start - _NAME_CHARS, 0) : mention.start]
    after = text[mention.end : mention.end + _NAME_CHARS]
    if mention.collectivite.name.startswith("Saint-") and _OF_SAINT.match(after):
        return False
    left, right = _HYPHEN_BEFORE.search(before), _HYPHEN_AFTER.match(after)
    if left and fold(left[1]) in _COMPASS:
        return False
    if right and fold(text[mention.start : mention.end]) in _COMPASS:
        return False
    starts, ends = {one.start for one in others}, {one.end for one in others}
    free = left is None or fold(left[1]) == "ex" or mention.start - 1 in ends
    return free and (right is None or mention.end + 1 in starts)


def _is_name(collectivite: Collectivite, length: int, word: str, before: list[str]) -> bool:
    if collectivite.word is None or (length > 1 and collectivite.word == "article"):
        return True
    near = before[-1] if before else ""
    if collectivite.word == "article":
        return word[0].isupper() or near in _ARTICLES
    return (
        (word[0].isupper() and bool(before))
        or near.startswith("departement")
        or ("departement" in before[-3:])
    )
