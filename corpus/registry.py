"""The registers: what the corpus says, in rows that a program can read, each proved by anchors.

``registers/*.toml`` hold the rows; ``corpus/proving.py`` proves each one by the statements that it
names. A field left out is unknown, never a guess.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from corpus.errors import InvalidDocument

Proof = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+#[\w.+-]+$")]
"""``document_id#fact``: the statement of that document whose anchor names that fact."""

_TOML_LINE = re.compile(r"line (\d{1,7})")
_REASONS = {"extra_forbidden": "inconnu", "missing": "manquant", "too_short": "trop court"}
_REASONS |= {"literal_error": "hors de la liste", "string_too_short": "trop court"}

Actor = Literal[
    "département", "préfet", "ARS", "préfet et ARS", "État", "signataires", "GIP", "juge", "autre"
]
Wave = Literal["2020", "2021", "2022", "2023", "inconnue"]
FundingSource = Literal["programme 304", "FIR", "Ondam médico-social", "ensemble", "autre"]
Standing = Literal["établi", "déduit", "discuté", "inconnu"]


class Row(BaseModel):
    """What every row has: an id, and the statements that prove it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    proofs: tuple[Proof, ...] = Field(min_length=1)


class Obligation(Row):
    """Who must or may do what, under which condition, by when, for whom."""

    who: Actor
    modality: Literal["must", "may"]
    what: str = Field(min_length=5)
    condition: str | None = None
    deadline: date | None = None
    deadline_words: str | None = None
    exercices: tuple[int, ...] = ()
    cohorts: tuple[str, ...] = ()


class Eligibility(Row):
    """A collectivité that can sign: when it entered, with which contract.

    ``code`` is that of ``collectivites.toml``; ``wave`` its year of entry; ``standing`` how sure.
    """

    code: str
    name: str
    wave: Wave
    standing: Standing
    signed_on: date | None = None
    amount_eur: int | None = None
    note: str | None = None


class Funding(Row):
    """An amount of one source for one exercice; ``amount_eur`` is ``None`` where unknown."""

    exercice: int
    source: FundingSource
    amount_eur: int | None = None
    perimeter: str = Field(min_length=5)
    standing: Standing


class Deadline(Row):
    """A date of the calendar of one exercice; ``replaced_by`` names the row that took its place."""

    exercice: int
    event: str = Field(min_length=5)
    on: date | None = None
    words: str | None = None
    cohorts: tuple[str, ...] = ()
    who: Actor | None = None
    replaced_by: str | None = None
    standing: Standing


class Objective(Row):
    """An objective of the contracts; ``number`` is the one the text gives it."""

    kind: Literal["fondamental", "facultatif", "nouveau 2022", "socle 2025", "objectif 2025"]
    number: int | None = None
    wording: str | None = None
    exercices: tuple[int, ...] = ()
    standing: Standing


UNNAMED = "source non nommée"
"""Given as the source of a side that a statement tells without saying whose it is."""


class Side(BaseModel):
    """One side of a conflict; ``sources`` are named by the proofs, or ``UNNAMED``."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    says: str = Field(min_length=3)
    sources: tuple[str, ...] = Field(min_length=1)


class Conflict(Row):
    """Sources that disagree: what each says, what to retain and why."""

    about: str = Field(min_length=5)
    sides: tuple[Side, ...] = Field(min_length=2)
    retain: str = Field(min_length=3)
    why: str = Field(min_length=5)


class Unknown(Row):
    """What nobody could establish; ``looked_for`` says where it was sought."""

    question: str = Field(min_length=5)
    looked_for: str | None = None


REGISTERS: Mapping[str, type[Row]] = {
    "obligations": Obligation,
    "eligibility": Eligibility,
    "funding": Funding,
    "calendar": Deadline,
    "objectives": Objective,
    "conflicts": Conflict,
    "unknowns": Unknown,
}
"""Each register's file stem and what its rows are."""


def registers_folder() -> Traversable:
    """Where the registers stand."""
    return files("corpus") / "registers"


@dataclass(frozen=True, slots=True)
class Misread:
    """A row that isn't as its register wants it, or a file that isn't TOML.

    ``position`` counts the file's rows from 0, ``field`` is the one at fault; both are ``None``
    for a fault of the whole file, whose ``line`` counts from 1 where TOML gives it.
    """

    message: str
    position: int | None = None
    field: str | None = None
    line: int = 0


def parse_register(name: str, text: str) -> tuple[list[tuple[int, Any]], list[Misread]]:
    """Rows of one register with their positions in its file, and what couldn't be read of it."""
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a huge number is no TOMLDecodeError
        at = _TOML_LINE.search(str(error))
        line = int(at[1]) if at else len(text.splitlines())  # « at end of document »
        return [], [Misread("ce n'est pas du TOML valide.", line=line)]
    rows = table.pop("rows", [])
    faults = [Misread(f"« {key} » : seules des lignes [[rows]] sont attendues.") for key in table]
    if not isinstance(rows, list):
        return [], [*faults, Misread("« rows » doit être une suite de lignes [[rows]].")]
    found = []
    for position, row in enumerate(rows):
        try:
            found.append((position, REGISTERS[name].model_validate(row)))
        except ValidationError as error:
            shown = row.get("id", position + 1) if isinstance(row, dict) else position + 1
            for problem in error.errors():
                place = ".".join(str(part) for part in problem["loc"])
                reason = _REASONS.get(problem["type"], "incorrect")
                message = f"« {shown} » : champ « {place} » {reason}."
                if not place:
                    message = f"la ligne n° {position + 1} n'est pas une table [[rows]]."
                faults.append(Misread(message, position, place))
    return found, faults


def read_register(name: str, folder: Traversable | None = None) -> tuple[Any, ...]:
    """Rows of one register, in its order.

    Args:
        name: a key of ``REGISTERS``.
        folder: where the file is, the shipped registers' folder by default.

    Raises:
        InvalidDocument: no such file, it isn't TOML, a field is unknown, missing or ill-formed
            (French).
    """
    path = (folder or registers_folder()) / f"{name}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidDocument(f"{name}.toml ne se lit pas.") from error
    rows, faults = parse_register(name, text)
    if faults:
        raise InvalidDocument(f"{name}.toml : {faults[0].message}")
    return tuple(row for _position, row in rows)
