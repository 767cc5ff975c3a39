"""Themes of a trainer's session, as ``themes.toml`` lists them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.entries import Entries, Entry
from assistant.entries import years_of as years_of
from assistant.units import Unit
from corpus.collectivites import find_collectivites
from corpus.errors import InvalidRequest
from corpus.lexicon import fold
from corpus.registry import REGISTERS, Conflict, Funding, Row, Unknown

LEAST_ROWS = 8
"""Rows that an exercice must have to be offered."""
SHOWN_CHARS = 80
"""Of a name that is no theme, what an error gives back."""
_UNSAID = (Conflict, Unknown)
_YEAR = re.compile(r"\b20\d\d\b(?!/)")


@dataclass(frozen=True, slots=True)
class Founding:
    """A statement to open with, by its document and first words; ``since`` and ``until`` are the
    exercices that it holds for. One with ``since`` is told of an exercice only."""

    document: str
    begins: str
    since: int | None = None
    until: int | None = None

    def holds_for(self, exercice: int | None) -> bool:
        """Whether it is told of an exercice, or of all of them (``None``)."""
        if exercice is None:
            return self.since is None
        return (self.since or exercice) <= exercice <= (self.until or exercice)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: which rows of the registers it takes, and the questions that complete them.

    ``documents``, ``rows`` and ``without`` are shell patterns, of document ids and of
    ``register:id``; ``sources`` are the documents that answers may quote. ``yearly`` keeps what
    a row says of one exercice; ``compares`` needs an exercice, beside which the one before is
    set; ``founding`` opens its sessions; ``dated`` keeps obligations that say by when.
    """

    id: str
    title: str
    questions: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    founding: tuple[Founding, ...] = ()
    yearly: bool = False
    compares: bool = False
    dated: bool = False

    def takes(self, entry: Entry[Any]) -> bool:
        """Whether a row belongs to the theme, whatever its exercice."""
        row = entry.row
        register = register_of(row)
        name = f"{register}:{row.id}"
        if any(fnmatchcase(name, pattern) for pattern in self.without):
            return False
        if isinstance(row, _UNSAID):
            return self._speaks(row)
        if any(fnmatchcase(name, pattern) for pattern in self.rows):
            return not self.dated or _is_dated(row)
        if self.registers and register not in self.registers:
            return False
        return not self.documents or self._proved_here(row)

    def reads(self, document_id: str) -> bool:
        """Whether what an answer quotes of a document belongs to the theme."""
        patterns = self.sources or self.documents
        return not patterns or any(fnmatchcase(document_id, pattern) for pattern in patterns)

    def _proved_here(self, row: Row) -> bool:
        documents = {proof.partition("#")[0] for proof in row.proofs}
        return any(fnmatchcase(d, pattern) for d in documents for pattern in self.documents)

    def _speaks(self, row: Conflict | Unknown) -> bool:
        said = fold(row.about if isinstance(row, Conflict) else row.question)
        spoken = any(fold(word) in said for word in self.words)
        if not self.documents:
            return spoken
        return self._proved_here(row) and (spoken or not self.words)


def register_of(row: Row) -> str:
    """The register of a row: « calendar » of a ``Deadline``."""
    return next(name for name, kind in REGISTERS.items() if kind is type(row))


@cache
def themes() -> Mapping[str, Theme]:
    """All themes by id, in the order of their file."""
    with (files("assistant.teaching") / "themes.toml").open("rb") as file:
        rows = tomllib.load(file)["themes"]
    made = (Theme(**_plain(row)) for row in rows)
    return {theme.id: theme for theme in made}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return plain | {"founding": tuple(Founding(**one) for one in row.get("founding", ()))}


def find_theme(name: str) -> Theme:
    """The theme that an id or a title names, whatever its accents and spaces.

    Raises:
        InvalidRequest: no theme has that name (French, with the list).
    """
    shown = name if len(name) <= SHOWN_CHARS else f"{name[:SHOWN_CHARS]}…"
    wanted = fold(name).strip().replace(" ", "-")
    for theme in themes().values():
        if wanted in (theme.id, fold(theme.title).replace(" ", "-")):
            return theme
    raise InvalidRequest(
        f"Le thème « {shown} » n'existe pas. Thèmes proposés : {', '.join(themes())}."
    )


def rows_of(theme: Theme, entries: Entries) -> Iterator[Entry[Any]]:
    """The rows of a theme, whatever their exercice, register by register."""
    for kind in REGISTERS.values():
        yield from (entry for entry in entries.of(kind) if theme.takes(entry))


def holds(entry: Entry[Any], theme: Theme, exercice: int | None) -> bool:
    """Whether a row tells something of the exercice, and of no single collectivité."""
    row = entry.row
    if isinstance(row, Funding) and find_collectivites(f". {row.perimeter}"):
        return False
    if isinstance(row, Conflict | Unknown):
        said = row.about if isinstance(row, Conflict) else row.question
        if find_collectivites(f". {said}"):
            return False
        return exercice is None or _speaks_of(row, entry.units, exercice)
    years = years_of(row)
    if not theme.yearly or exercice is None:
        return bool(years) or not theme.yearly
    return exercice in years


def _speaks_of(row: Conflict | Unknown, units: Iterable[Unit], exercice: int) -> bool:
    said = row.about if isinstance(row, Conflict) else row.question
    years = {int(year) for year in _YEAR.findall(said)}
    if years:
        return exercice in years
    return any(exercice in unit.document.identity.exercices for unit in units)


def exercices_of(theme: Theme, entries: Entries) -> tuple[int, ...]:
    """The exercices offered for a theme: those for which the registers prove enough; empty when
    the theme isn't told by exercice."""
    if not theme.yearly:
        return ()
    count: dict[int, int] = {}
    for entry in rows_of(theme, entries):
        if getattr(entry.row, "standing", "établi") in ("établi", "déduit"):
            own = years_of(entry.row)
            for year in own[:1] if theme.compares else own:
                count[year] = count.get(year, 0) + 1
    offered = sorted(year for year, rows in count.items() if rows >= LEAST_ROWS)
    if theme.compares:
        return tuple(year for year in offered if year - 1 in offered)
    return tuple(offered)


def check_exercice(theme: Theme, exercice: int | None, entries: Entries) -> None:
    """That a theme can be told for an exercice, ``None`` for all of them.

    Raises:
        InvalidRequest: it can't be (French, with those offered).
    """
    offered = exercices_of(theme, entries)
    listed = ", ".join(str(year) for year in offered)
    if exercice is None:
        if theme.compares:
            raise InvalidRequest(
                f"Le thème « {theme.title} » compare un exercice au précédent : choisissez "
                f"l'exercice parmi {listed}."
            )
        return
    if not offered:
        raise InvalidRequest(
            f"Le thème « {theme.title} » ne se décline pas par exercice : retirez l'exercice "
            f"{exercice}."
        )
    if exercice not in offered:
        raise InvalidRequest(
            f"Le corpus ne prouve pas assez de choses sur le thème « {theme.title} » pour "
            f"l'exercice {exercice}. Exercices proposés : {listed}."
        )


def _is_dated(row: Row) -> bool:
    return bool(getattr(row, "deadline", None) or getattr(row, "deadline_words", None))
