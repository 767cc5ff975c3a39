"""Words of the field: acronyms, synonyms and popular names, as entries of ``lexicon.toml``."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+")


class _Unmarked(dict[int, int | None]):
    """Code points by themselves, combining marks by ``None``: what ``str.translate`` reads."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        if code < 0x3000:  # the scripts of our texts; what is rarer is looked up again
            self[code] = kept
        return kept


_UNMARKED = _Unmarked()


@dataclass(frozen=True, slots=True)
class Entry:
    """One notion and the forms people write for it; the first form is shown."""

    id: str
    forms: tuple[str, ...]
    definition: str | None = None
    document: str | None = None
    """The document that these are popular names of."""
    generic: bool = False
    """Ordinary words: they tell what a quote speaks of, but don't widen a search."""
    other_policy: bool = False
    """Contracts of another policy: their rules aren't those of child protection."""
    exception: bool = False
    """A status that takes someone out of a common rule: its own rules are exceptions."""
    own_field: bool = False
    """Words of child protection only: a question that uses one is of our field."""


def fold(text: str) -> str:
    """``text`` in lower case, without accents or ligatures, with straight apostrophes.

    The length may change (``œ`` gives two letters): use it on words, not on offsets.
    """
    text = text.replace("’", "'").replace("œ", "oe").replace("Œ", "Oe").lower()
    return text if text.isascii() else unicodedata.normalize("NFD", text).translate(_UNMARKED)


def folded_words(text: str) -> list[str]:
    """The words of ``text``, folded; apostrophes and hyphens separate."""
    return _WORD.findall(fold(text))


@cache
def entries() -> tuple[Entry, ...]:
    """All entries, in file order."""
    with (files("corpus") / "lexicon.toml").open("rb") as file:
        rows = tomllib.load(file)["entry"]
    return tuple(
        Entry(
            r["id"],
            tuple(r["forms"]),
            r.get("definition"),
            r.get("document"),
            r.get("generic", False),
            r.get("other_policy", False),
            r.get("exception", False),
            r.get("own_field", False),
        )
        for r in rows
    )


@cache
def named_documents() -> dict[str, str]:
    """Document ids by entry id, for the entries that are popular names of a text."""
    return {entry.id: entry.document for entry in entries() if entry.document}


@cache
def generic_notions() -> frozenset[str]:
    """Entry ids of ordinary words."""
    return frozenset(entry.id for entry in entries() if entry.generic)


@cache
def other_policies() -> frozenset[str]:
    """Entry ids of contracts of other policies."""
    return frozenset(entry.id for entry in entries() if entry.other_policy)


@cache
def exceptions() -> frozenset[str]:
    """Entry ids of statuses that take someone out of a common rule."""
    return frozenset(entry.id for entry in entries() if entry.exception)


@cache
def own_notions() -> frozenset[str]:
    """Entry ids of words of child protection only."""
    return frozenset(entry.id for entry in entries() if entry.own_field)


def glossary(word: str = "") -> list[Entry]:
    """Entries with a definition by their first form, as a French dictionary orders them.

    Args:
        word: what an entry's form must hold, whole words or the beginning of the last one;
            empty for all entries.
    """
    wanted = " ".join(folded_words(word))
    found = [
        entry
        for entry in entries()
        if entry.definition
        and any(f" {wanted}" in " ".join(["", *folded_words(form)]) for form in entry.forms)
    ]
    return sorted(found, key=lambda entry: folded_words(entry.forms[0]))


Stem = Callable[[str], str]


@cache
def _forms(stem: Stem, generic: bool) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Stemmed forms of ordinary words, or of the others, by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in entries():
        if entry.generic is generic:
            for words in _wordings(entry, stem):
                table.setdefault(words[0], []).append((words, entry.id))
    for forms in table.values():
        forms.sort(key=lambda form: (-len(form[0]), form[1]))
    return table


def _wordings(entry: Entry, stem: Stem) -> set[tuple[str, ...]]:
    """The forms of an entry as stems, written with accents and without.

    A stemmer may cut « première » and « premiere » differently: both are forms.
    """
    written = [
        each for form in entry.forms for each in (form.replace("’", "'").lower(), fold(form))
    ]
    return {tuple(stem(word) for word in _WORD.findall(each)) for each in written}


def notions(words: Sequence[str], stem: Stem) -> list[str]:
    """Identifiers of the entries whose forms stand in ``words`` (already stemmed), in order.

    At each word the longest form wins and hides the shorter forms inside it: « DG ARS » is one
    notion, not two. Ordinary words are hidden by ordinary words only: « circulaire du garde des
    Sceaux » names a text and is a « circulaire » too.

    Args:
        words: stemmed words of a text.
        stem: the function that stemmed them, applied to the lexicon's words too.
    """
    found = []
    for generic in (False, True):
        table, until = _forms(stem, generic), 0
        for at, word in enumerate(words):
            if at < until:
                continue
            for form, entry_id in table.get(word, ()):
                if tuple(words[at : at + len(form)]) == form:
                    found.append((at, generic, entry_id))
                    until = at + len(form)
                    break
    return [entry_id for _at, _generic, entry_id in sorted(found)]
