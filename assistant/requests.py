"""A request from outside, validated: every field gets a value or one French error."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from assistant.answer import Mode, Request, Turn
from corpus.errors import InvalidRequest
from corpus.types import KINDS, Kind
from ingest.reading.sanitising import sanitise

MAX_QUESTION_CHARS = 2000
MAX_TURNS = 20


class _FrameBody(BaseModel):
    model_config = ConfigDict(extra="ignore")
    exercices: list[int] = Field(default_factory=list, max_length=20)
    departement: str | None = Field(default=None, max_length=10)
    text: str | None = Field(default=None, max_length=300)


class _TurnBody(BaseModel):
    model_config = ConfigDict(extra="ignore")
    question: str = Field(max_length=MAX_QUESTION_CHARS)
    answer_id: str | None = Field(default=None, max_length=100)
    frame: _FrameBody | None = None


class RequestBody(BaseModel):
    """The JSON body of a question (contract.md, « Request »)."""

    model_config = ConfigDict(extra="forbid")
    question: str = Field(description="La question, en français (2 000 caractères au plus).")
    as_of: date | None = Field(default=None, description="Date de référence ; aujourd'hui sinon.")
    exercices: list[int] = Field(
        default_factory=list, max_length=20, description="Exercices voulus."
    )
    departement: str | None = Field(default=None, max_length=10, description="Code.")
    cohort: str | None = Field(default=None, max_length=10, description="Année d'entrée.")
    kinds: list[Kind] = Field(default_factory=list, max_length=20, description="Types de texte.")
    include: list[str] = Field(default_factory=list, max_length=100)
    exclude: list[str] = Field(default_factory=list, max_length=100)
    history: list[_TurnBody] = Field(default_factory=list, max_length=MAX_TURNS)
    mode: Mode = "extractive"

    @field_validator("question")
    @classmethod
    def _question(cls, value: str) -> str:
        value = sanitise(value).strip()
        if not value:
            raise ValueError("la question est vide")
        if len(value) > MAX_QUESTION_CHARS:
            raise ValueError(
                f"la question a {len(value)} caractères, {MAX_QUESTION_CHARS} au plus"
            )
        return value

    @field_validator("exercices")
    @classmethod
    def _exercices(cls, values: list[int]) -> list[int]:
        for value in values:
            if not 2007 <= value <= 2100:
                raise ValueError(f"{value} n'est pas un exercice (de 2007 à 2100)")
        return values

    def request(self) -> Request:
        """The domain value; ``as_of`` defaults to today."""
        return Request(
            question=self.question,
            as_of=self.as_of or date.today(),
            exercices=tuple(self.exercices),
            departement=self.departement,
            cohort=self.cohort,
            kinds=tuple(self.kinds),
            include=tuple(self.include),
            exclude=tuple(self.exclude),
            history=tuple(
                Turn(
                    sanitise(t.question),
                    t.answer_id,
                    tuple(t.frame.exercices) if t.frame else (),
                    t.frame.departement if t.frame else None,
                    t.frame.text if t.frame else None,
                )
                for t in self.history
            ),
            mode=self.mode,
        )


def read_request(values: Mapping[str, Any]) -> Request:
    """The request of a mapping (JSON, or options of the command line).

    Raises:
        InvalidRequest: a field is unknown, missing or wrong; one French sentence names it.
    """
    try:
        return RequestBody.model_validate(dict(values)).request()
    except ValidationError as error:
        raise InvalidRequest(french_fault(error.errors()[0])) from error


def french_fault(fault: Mapping[str, Any]) -> str:
    """One French sentence for a pydantic fault (``errors()[0]``)."""
    place = ".".join(str(part) for part in fault.get("loc", ()) if part != "body") or "demande"
    reasons = {
        "missing": "il manque",
        "extra_forbidden": "n'est pas un champ connu",
        "string_type": "doit être un texte",
        "int_type": "doit être un nombre entier",
        "int_parsing": "doit être un nombre entier",
        "list_type": "doit être une liste",
        "string_too_long": "est trop long",
        "too_long": "a trop d'éléments",
        "json_invalid": "n'est pas du JSON valide",
        "model_attributes_type": "doit être un objet JSON",
        "dict_type": "doit être un objet JSON",
    }
    kind = str(fault.get("type", ""))
    if kind == "value_error":
        reason = str(fault.get("ctx", {}).get("error", fault.get("msg", "")))
        return f"Demande incorrecte : {reason}."
    if kind == "literal_error" and "kinds" in place:
        return f"Demande incorrecte : un type de texte est l'un de {', '.join(KINDS)}."
    if kind.startswith("date"):
        return f"Demande incorrecte : « {place} » doit être une date AAAA-MM-JJ."
    return f"Demande incorrecte : « {place} » {reasons.get(kind, 'est incorrect')}."
