"""Words of the field: acronyms, synonyms and popular names, as entries of ``lexicon.toml``."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One notion and the forms people write for it; the first form is shown."""

    id: str
    forms: tuple[str, ...]
    definition: str | None = None


def fold(text: str) -> str:
    """``text`` in lower case, without accents or ligatures, with straight apostrophes.

    The length may change (``œ`` gives two letters): use it on words, not on offsets.
    """
    text = text.replace("’", "'").replace("œ", "oe").replace("Œ", "Oe").lower()
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def folded_words(text: str) -> list[str]:
    """The words of ``text``, folded; apostrophes and hyphens separate."""
    return _WORD.findall(fold(text))


@cache
def entries() -> tuple[Entry, ...]:
    """All entries, in file order."""
    with (files("corpus") / "lexicon.toml").open("rb") as file:
        rows = tomllib.load(file)["entry"]
    return tuple(Entry(r["id"], tuple(r["forms"]), r.get("definition")) for r in rows)


@cache
def _forms() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Forms by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in entries():
        for form in entry.forms:
            words = tuple(folded_words(form))
            table.setdefault(words[0], []).append((words, entry.id))
    for forms in table.values():
        forms.sort(key=lambda form: -len(form[0]))
    return table


def notions(words: list[str]) -> list[str]:
    """Identifiers of the entries whose forms stand in ``words`` (folded), in order.

    At each word the longest form wins and hides the shorter forms inside it, of other
    entries too, except acronyms: « DG ARS » is one notion, not two.
    """
    table, found, at = _forms(), [], 0
    while at < len(words):
        step = 1
        for form, entry_id in table.get(words[at], ()):
            if tuple(words[at : at + len(form)]) == form:
                found.append(entry_id)
                step = len(form)
                break
        at += step
    return found
