"""The cases: questions as users write them, what a right answer holds, and where that is proved."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant.answer import Refusal, Status, WarningKind
from corpus.errors import InvalidRequest

QUESTIONS = Path(__file__).parent / "questions"

Category = Literal[
    "obligation",
    "eligibility",
    "deadline",
    "amount",
    "actor",
    "definition",
    "objective",
    "procedure",
    "identity",
    "comparison",
    "conflict",
    "false_premise",
    "superseded",
    "other_exercice",
    "known_unknown",
    "not_in_corpus",
    "out_of_scope",
    "individual_case",
    "injection",
    "follow_up",
    "framing",
    "lookalike",
    "other",
]
Split = Literal["development", "validation"]
Rewording = Literal["formal", "telegraphic", "typos"]


def _many(value: Any) -> Any:
    """A single name or ``null`` where a list is expected."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1)]
Wordings = tuple[Annotated[str, Field(min_length=1)], ...]
"""Accepted wordings of one fact; numbers, dates and amounts match in any French form."""


class Case(BaseModel):
    """A question and what a right answer to it holds.

    ``expected`` are the vital facts, ``okay`` those that help without being asked for; each is a
    list of accepted wordings. ``forbidden`` are plausible errors: the neighbour year, the figure of
    another fund. ``facts`` name the anchors that prove the expected facts, ``documents`` the texts
    that must be cited when no anchor says it. ``exercices`` and ``departement`` are what the frame
    must read, when the case is about it. Cases of one ``base`` ask the same thing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Text
    question: Text
    category: Category
    status: Status
    refusal: Annotated[tuple[Refusal, ...], BeforeValidator(_many)] = ()
    expected: tuple[Wordings, ...] = ()
    okay: tuple[Wordings, ...] = ()
    forbidden: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    warnings: tuple[WarningKind, ...] = ()
    exercices: tuple[int, ...] = ()
    departement: str | None = None
    history: tuple[str, ...] = ()
    """Former questions of the same person, oldest first."""
    as_of: date
    split: Split
    base: Text
    rewording: Rewording | None = None
    author: Text
    source: str | None = None


_REQUIRED = tuple(name for name, field in Case.model_fields.items() if field.is_required())


def load_cases(files: Iterable[Path] | None = None) -> tuple[Case, ...]:
    """The cases of YAML files (all of ``evals/questions``), in file order.

    Raises:
        InvalidRequest: a file isn't a list of cases under ``cases``, a field is wrong, or two
            cases share an id; the message names file and case.
    """
    found: dict[str, Case] = {}
    for path in sorted(QUESTIONS.glob("*.yaml")) if files is None else files:
        for row in _rows(path):
            case = _case(row, path)
            if case.id in found:
                raise InvalidRequest(f"{path.name} : deux cas s'appellent « {case.id} ».")
            found[case.id] = case
    return tuple(found.values())


def _rows(path: Path) -> Sequence[Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise InvalidRequest(f"{path.name} : fichier de cas illisible ({error}).") from error
    if not isinstance(content, Mapping) or not isinstance(content.get("cases"), list):
        raise InvalidRequest(f"{path.name} : il faut une liste de cas sous « cases ».")
    rows: list[Any] = content["cases"]
    return rows


def _case(row: Any, path: Path) -> Case:
    if isinstance(row, Mapping):
        _refuse_draft(row, path)
    try:
        return Case.model_validate(row)
    except ValidationError as error:
        name = row.get("id") if isinstance(row, Mapping) else None
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "cas"
        message = f"{path.name}, cas « {name} » : champ « {field} » refusé ({first['msg']})."
        raise InvalidRequest(message) from error


def _refuse_draft(row: Mapping[str, Any], path: Path) -> None:
    empty = [f"« {field} »" for field in _REQUIRED if field in row and row[field] is None]
    if empty:
        raise InvalidRequest(
            f"{path.name}, cas « {row.get('id')} » : brouillon, à finir avant d'entrer dans "
            f"l'évaluation (champs vides : {', '.join(empty)})."
        )
