"""The words of a sentence as the checks of a rewriting read them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.lexicon import fold
from ingest.lexical import terms

_WORD = re.compile(r"[^\W_]+")
_NUMBER_SIGN = re.compile(r"\bn ?°", re.IGNORECASE)
_ACTORS = (
    "préfet préfecture ARS agence département départements collectivité conseil président "
    "présidente État ministre ministère gouvernement parlement assemblée sénat juge procureur "
    "parquet tribunal association maire commune région métropole directeur caisse rectorat police "
    "gendarmerie défenseur famille parents enfant mineur jeune CRIP PMI ASE"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word: as written in lower case, folded, and its stem (``None`` for a stop word)."""

    raw: str
    folded: str
    stem: str | None
    acronym: bool


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Token, ...]:
    """The words of a text in order; the sign « n° » is none."""
    words = _WORD.findall(_NUMBER_SIGN.sub(" ", text.replace("’", "'")))
    return tuple(_token(word) for word in words)


def _token(word: str) -> Token:
    found = terms(word)
    stem = found[0] if found and found[0][0] not in "=@" else None
    acronym = len(word) > 1 and word.isupper()
    return Token(word.lower(), fold(word), stem, acronym)


def stems_of(tokens: Iterable[Token]) -> frozenset[str]:
    """The stems of the content words."""
    return frozenset(token.stem for token in tokens if token.stem is not None)


@cache
def _actor_stems() -> frozenset[str]:
    return stems_of(words_of(_ACTORS))


def is_actor(token: Token) -> bool:
    """Whether a word names who acts: a known actor, or any acronym."""
    return token.stem is not None and (token.acronym or token.stem in _actor_stems())
