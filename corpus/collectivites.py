"""Collectivités named in a text: départements and those that stand in their place."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from corpus.lexicon import fold

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset("le la l du les des en dans departement departements d".split())


@dataclass(frozen=True, slots=True)
class Collectivite:
    """A collectivité by its official code; ``word`` says how ordinary its name is (see TOML)."""

    code: str
    name: str
    word: Literal["article", "capital"] | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a collectivité."""

    collectivite: Collectivite
    start: int
    end: int


@cache
def collectivites() -> tuple[Collectivite, ...]:
    """All of the register, in its order."""
    with (files("corpus") / "registers" / "collectivites.toml").open("rb") as file:
        rows = tomllib.load(file)["collectivite"]
    return tuple(
        Collectivite(r["code"], r["name"], r.get("word"), tuple(r.get("forms", ()))) for r in rows
    )


@cache
def _names() -> dict[str, list[tuple[tuple[str, ...], Collectivite]]]:
    """Names by first word, longest first: « Loire-Atlantique » before « Loire »."""
    table: dict[str, list[tuple[tuple[str, ...], Collectivite]]] = {}
    for collectivite in collectivites():
        for form in (collectivite.name, *collectivite.forms):
            words = tuple(_WORD.findall(fold(form)))
            table.setdefault(words[0], []).append((words, collectivite))
    for names in table.values():
        names.sort(key=lambda name: -len(name[0]))
    return table


def find_collectivites(text: str) -> list[Mention]:
    """Collectivités named in ``text``, in order, longest names first.

    A name that is also an ordinary word counts with a capital letter inside a sentence, or in
    lower case after an article (« le cher »), or after « département » for the most ordinary.
    """
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    folded = [fold(word) for word, _start, _end in words]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        step = 1
        for form, collectivite in _names().get(folded[at], ()):
            if tuple(folded[at : at + len(form)]) == form and _is_name(
                collectivite, len(form), words[at + len(form) - 1][0], folded[:at]
            ):
                found.append(Mention(collectivite, words[at][1], words[at + len(form) - 1][2]))
                step = len(form)
                break
        at += step
    return found


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
