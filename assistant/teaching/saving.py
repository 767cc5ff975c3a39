"""A pack as a file: JSON that says its version, and a strict reading of it.

The file may come from anyone: every field is checked, and what no export could write (a control
character, an address that isn't of the web) is refused here, once for all.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json as parsed

from assistant.teaching.naming import id_of
from assistant.teaching.pack import (
    FIRST_SEED,
    LAST_SEED,
    LEAST_MINUTES,
    MOST_MINUTES,
    Order,
    Pack,
)
from assistant.teaching.themes import themes
from corpus.errors import UnreadableFile

FORMAT: Final = "reperes-seance"
VERSION: Final = 1
MOST_CHARS = 8_000_000
"""Longest file that is read, in characters: a pack of one day holds some 300,000."""
QUESTION_CHARS: Final = 2_000
"""Longest question of an order: the chat's. Reading a longer one again takes minutes."""
NOTE_CHARS: Final = 1_000
MOST_NOTES: Final = 200
MOST_ITEMS: Final = 300
"""Longest list of a pack: 30 points and the 200 that a trainer may add; a day has fewer."""
MOST_CITATIONS: Final = 2_000
ID_CHARS: Final = 400
"""A note, how many there are, an id: as the form of « Préparer une séance » has them."""
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
"""Years that an order may be of, its exercice and its day."""

_NAMED = ("points", "timeline", "roles", "words", "cases", "quiz", "disputes", "notes")
_SHOWN_CHARS = 80
_REASONS = {
    "extra_forbidden": "est inconnu",
    "unexpected_keyword_argument": "est inconnu",
    "missing": "manque",
    "literal_error": "est hors de la liste",
}
_UNPRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_WEB = re.compile(r"https?://[^\s<>\"]+")


class _File(BaseModel):
    """What the file holds."""

    model_config = ConfigDict(extra="forbid", strict=True)
    format: Literal["reperes-seance"]
    version: Literal[1]
    pack: Pack


class UnreadablePack(UnreadableFile):
    """A file isn't a saved pack, or not a whole one."""


def as_json(pack: Pack) -> str:
    """The file of a pack: indented JSON, not escaped, dates in ISO."""
    return _File(format=FORMAT, version=VERSION, pack=pack).model_dump_json(indent=1) + "\n"


def from_json(text: str) -> Pack:
    """The pack of a file, equal to the one that was saved.

    Raises:
        UnreadablePack: it isn't JSON, is cut, too long, of another version, or a field is unknown,
            missing or ill-formed (one French sentence that names it).
    """
    if len(text) > MOST_CHARS:
        raise _bad(f"il dépasse {MOST_CHARS // 1_000_000} millions de caractères")
    try:
        whole = parsed(text)
    except ValueError:  # its message would hold the text
        raise _bad("ce n'est pas du JSON, ou il est coupé") from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _bad(f"il ne commence pas par « format : {FORMAT} »")
    version = whole.get("version")
    if isinstance(version, int) and version != VERSION:
        found = _shown(version)
        raise _bad(f"il est de la version {found}, et celle qui se lit ici est la {VERSION}")
    try:
        pack = _File.model_validate_json(text).pack
    except ValidationError as error:
        raise _bad(_fault(error)) from None
    fault = next(_faults(pack), None)
    if fault is not None:
        raise _bad(fault)
    return pack


def _bad(reason: str) -> UnreadablePack:
    return UnreadablePack(f"Ce fichier n'est pas une séance enregistrée lisible : {reason}.")


def _fault(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = [part for part in first["loc"] if part not in ("pack", "__init__")]
    reason = _REASONS.get(first["type"], "est incorrect")
    return f"le champ « {_shown(_path(place))} » {reason}"


def _path(place: list[int | str]) -> str:
    """« points 2, citations 1 », ranks counted from 1."""
    said = ""
    for part in place:
        said += f" {part + 1}" if isinstance(part, int) else f"{', ' if said else ''}{part}"
    return said or "pack"


def _shown(value: Any) -> str:
    """What a file says, fit for one line."""
    said = "".join(char if char.isprintable() else " " for char in str(value))
    return said if len(said) <= _SHOWN_CHARS else f"{said[:_SHOWN_CHARS]}…"


def _faults(pack: Pack) -> Iterator[str]:
    """What types can't say: numbers that lead nowhere, parts that don't go together."""
    yield from _order_faults(pack.order)
    yield from _length_faults(pack)
    if [one.n for one in pack.citations] != list(range(1, len(pack.citations) + 1)):
        yield "ses citations ne sont pas numérotées de 1 en 1"
    for one in pack.citations:
        sources = [source.get("url") for source in one.sources]
        if any(url is not None and not _WEB.fullmatch(url) for url in (one.url, *sources)):
            yield f"l'adresse de la citation {one.n} n'est pas celle d'une page (https://)"
    for part in _parts(pack):
        if isinstance(part, str):
            if _UNPRINTED.search(part):
                yield f"un texte contient un caractère de contrôle (« {_shown(part)} »)"
        else:
            held = getattr(part, "citations", ()) if part is not pack else ()
            missing = next((n for n in held if not 1 <= n <= len(pack.citations)), None)
            if missing is not None:
                yield f"il renvoie à la citation {_shown(missing)}, qui n'y est pas"
    table = pack.comparison
    if table and any(len(cells) != len(table.columns) for _label, cells in table.rows):
        yield "une ligne de sa comparaison n'a pas autant de cases que de colonnes"
    for case in pack.cases:
        if len(case.questions) != len(case.answers):
            yield f"le cas « {_shown(case.title)} » n'a pas autant de réponses que de questions"
    if any(step.minutes < 1 for step in pack.steps):
        yield "une étape de son déroulé ne dure pas au moins une minute"
    yield from _item_faults(pack)


def _length_faults(pack: Pack) -> Iterator[str]:
    """Lists longer than any session has: each of their items would be looked up."""
    if len(pack.citations) > MOST_CITATIONS:
        yield f"il a plus de {MOST_CITATIONS} citations"
    for field in fields(pack):
        if field.name != "citations" and _longest(getattr(pack, field.name)) > MOST_ITEMS:
            yield f"une liste de « {field.name} » a plus de {MOST_ITEMS} éléments"


def _longest(value: Any) -> int:
    """How many items the longest list of a value has, at any depth."""
    if isinstance(value, tuple):
        return max([len(value), *map(_longest, value)])
    if is_dataclass(value):
        return max([0, *(_longest(getattr(value, field.name)) for field in fields(value))])
    return 0


def _item_faults(pack: Pack) -> Iterator[str]:
    """What the form would not have let in: notes too long or too many, ids that aren't."""
    if len(pack.notes) > MOST_NOTES:
        yield f"il a plus de {MOST_NOTES} notes"
    long = next((note for note in pack.notes if len(note.text) > NOTE_CHARS), None)
    if long is not None:
        yield f"la note « {_shown(long.text)} » dépasse {NOTE_CHARS} caractères"
    if any(len(name) > ID_CHARS for name in pack.dropped):
        yield f"un élément de « dropped » dépasse {ID_CHARS} caractères"
    for part in _NAMED:
        names = [id_of(item) for item in getattr(pack, part)]
        if any(len(name) > ID_CHARS for name in names):
            yield f"un identifiant de « {part} » dépasse {ID_CHARS} caractères"
        twice = next((name for name, count in Counter(names).items() if count > 1), None)
        if twice is not None:
            yield f"l'identifiant « {_shown(twice)} » y est deux fois"


def _order_faults(order: Order) -> Iterator[str]:
    """What nobody could have asked for, and that making the pack again would follow blindly."""
    years = f"de {FIRST_YEAR} à {LAST_YEAR}"
    if not LEAST_MINUTES <= order.minutes <= MOST_MINUTES:
        yield f"sa durée n'est pas de {LEAST_MINUTES} à {MOST_MINUTES} minutes"
    if not FIRST_SEED <= order.seed <= LAST_SEED:
        yield f"son numéro de groupe n'est pas de {FIRST_SEED} à {LAST_SEED}"
    if not order.question.strip() and not order.theme:
        yield "il n'a ni thème ni question"
    if not order.question.strip() and order.theme not in themes():
        yield "son thème n'est pas dans la liste"
    if len(order.question) > QUESTION_CHARS:
        yield f"sa question dépasse {QUESTION_CHARS} caractères"
    if not FIRST_YEAR <= order.as_of.year <= LAST_YEAR:
        yield f"sa date de référence n'est pas {years}"
    if order.exercice is not None and not FIRST_YEAR <= order.exercice <= LAST_YEAR:
        yield f"son exercice n'est pas {years}"


def _parts(value: Any) -> Iterator[Any]:
    """Every text and every part of a value, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _parts(inner)
    elif isinstance(value, dict):
        for inner in value.items():
            yield from _parts(inner)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from _parts(getattr(value, field.name))
