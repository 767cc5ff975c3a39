"""The bodies of questions and of what is said of answers, checked at the border."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationError,
)

from assistant.answer import Request, Turn
from corpus.collectivites import collectivites
from corpus.errors import InvalidRequest
from corpus.types import Kind
from evals.feedback import COMMENT_CHARS, Reason
from ui import feedback_texts, texts
from ui.markup import clean

_FAULTS = feedback_texts.INVALID_FIELDS | texts.INVALID_FIELDS
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def _cleaned(value: Any) -> Any:
    return clean(value).strip() if isinstance(value, str) else value


def _iso_date(value: Any) -> Any:
    if not isinstance(value, str) or not _ISO_DATE.match(value):
        raise ValueError("AAAA-MM-JJ")
    return date.fromisoformat(value)


def _known_code(code: str) -> str:
    if all(code != collectivite.code for collectivite in collectivites()):
        raise ValueError("code inconnu")
    return code


Exercice = Annotated[StrictInt, Field(ge=2007, le=2100)]
Exercices = Annotated[tuple[Exercice, ...], Field(max_length=20)]
Question = Annotated[str, BeforeValidator(_cleaned), Field(min_length=1, max_length=2_000)]
Comment = Annotated[str, BeforeValidator(_cleaned), Field(max_length=COMMENT_CHARS)]
Name = Annotated[str, BeforeValidator(_cleaned), Field(min_length=1, max_length=300)]
Code = Annotated[str, BeforeValidator(_cleaned), Field(min_length=1, max_length=20)]
Cohort = Annotated[str, BeforeValidator(_cleaned), Field(pattern=r"^20[0-9]{2}$")]
Names = Annotated[tuple[Name, ...], Field(max_length=200)]
Departement = Annotated[Code, AfterValidator(_known_code)]
IsoDate = Annotated[
    date, BeforeValidator(_iso_date), Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FrameBody(_Body):
    """Le cadre de la réponse précédente, tel que l'API l'a rendu."""

    exercices: Exercices = ()
    cohort: Cohort | None = None
    departement: Departement | None = None
    text: Name | None = None
    assumed: Names = ()


class TurnBody(_Body):
    """Une question précédente de la conversation."""

    question: Question
    answer_id: Name | None = None
    frame: FrameBody | None = None

    def turn(self) -> Turn:
        """The turn as the assistant knows it."""
        frame = self.frame or FrameBody()
        return Turn(self.question, self.answer_id, frame.exercices, frame.departement, frame.text)


class AnswerBody(_Body):
    """Une question et ce qui restreint sa réponse ; vide veut dire sans restriction."""

    question: Question = Field(description="La question, de 1 à 2 000 caractères.")
    as_of: IsoDate | None = Field(
        default=None, description="Date de référence (AAAA-MM-JJ), aujourd'hui par défaut."
    )
    exercices: Exercices = Field(default=(), description="Exercices budgétaires retenus.")
    departement: Departement | None = Field(default=None, description="Code d'une collectivité.")
    cohort: Cohort | None = Field(default=None, description="Vague d'entrée, comme « 2020 ».")
    kinds: Annotated[tuple[Kind, ...], Field(max_length=20)] = Field(
        default=(), description="Natures de textes retenues."
    )
    include: Names = Field(default=(), description="Seuls documents à lire (identifiants).")
    exclude: Names = Field(default=(), description="Documents à ne pas lire (identifiants).")
    history: Annotated[tuple[TurnBody, ...], Field(max_length=20)] = Field(
        default=(), description="Questions précédentes, de la plus ancienne à la plus récente."
    )
    mode: Literal["extractive", "written"] = Field(
        default="extractive", description="Extraits exacts, ou rédaction vérifiée."
    )

    def request(self, today: date) -> Request:
        """The request; ``today`` stands for a missing ``as_of``."""
        return Request(
            question=self.question,
            as_of=self.as_of or today,
            exercices=self.exercices,
            departement=self.departement,
            cohort=self.cohort,
            kinds=self.kinds,
            include=self.include,
            exclude=self.exclude,
            history=tuple(turn.turn() for turn in self.history),
            mode=self.mode,
        )


class FeedbackBody(_Body):
    """Ce qu'une personne dit d'une réponse ; la question n'est gardée qu'avec son accord."""

    useful: StrictBool = Field(description="La réponse a aidé.")
    reason: Reason | None = Field(default=None, description="Ce qui n'allait pas.")
    comment: Comment | None = Field(
        default=None, description="Commentaire, masqué puis gardé ; 1 000 caractères au plus."
    )
    question: Question | None = Field(
        default=None, description="Forme masquée de la question ; demande « agreed »."
    )
    agreed: StrictBool = Field(
        default=False, description="La personne a relu la question masquée et accepte l'envoi."
    )


def read_request(values: Mapping[str, Any]) -> Request:
    """The request that the command line or a line of a batch makes.

    Raises:
        InvalidRequest: a field is unknown, missing or wrong; one French sentence names it.
    """
    try:
        return AnswerBody.model_validate(dict(values)).request(date.today())
    except ValidationError as error:
        raise InvalidRequest(explain(error.errors())) from error


def explain(errors: list[Any]) -> str:
    """One French sentence for the first fault that pydantic or the JSON parser found."""
    first = errors[0]
    place = [part for part in first["loc"] if part not in ("body", "path")]
    if first["type"] == "json_invalid":
        return texts.INVALID_JSON
    if first["type"] == "extra_forbidden":
        return texts.unknown_field(clean(".".join(str(part) for part in place))[:100])
    if not place or not isinstance(place[0], str):
        return texts.BODY_NOT_OBJECT
    return _FAULTS.get(place[0], texts.HTTP_MESSAGES[422])
