"""What the form of « Préparer une séance » says: the order of a pack and the changes made to it."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Final, get_args
from urllib.parse import urlencode

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from assistant.privacy import masked
from assistant.teaching.composing import DRAWN, Doing, Edit, Part
from assistant.teaching.pack import (
    FIRST_SEED,
    LAST_SEED,
    LEAST_MINUTES,
    MOST_MINUTES,
    Audience,
    Order,
)
from assistant.teaching.saving import FIRST_YEAR, ID_CHARS, LAST_YEAR, NOTE_CHARS, QUESTION_CHARS
from corpus.errors import InvalidRequest
from ingest.reading.sanitising import one_line, sanitise
from ui.headers import BODY_BYTES
from ui.texts import NBSP, THIN

FIELDS: Final = ("theme", "question", "exercice", "public", "minutes", "au", "groupe")
AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)
LENGTHS: Final[Mapping[int, str]] = {
    30: f"30{NBSP}min",
    45: f"45{NBSP}min",
    60: f"1{NBSP}h",
    90: f"1{NBSP}h{NBSP}30",
    120: f"2{NBSP}h",
    180: f"3{NBSP}h (demi-journée)",
    420: f"7{NBSP}h (journée)",
}
GROUPS: Final[Mapping[int, str]] = {1: "Groupe A", 2: "Groupe B", 3: "Groupe C"}
PICKS: Final = 30
DRAWS: Final = 20
"""Items of one session that may be drawn again: each makes another pack, at each request."""
_EDITS_CHARS: Final = 40_000
_NEXT_BYTES: Final = 14 * 1024
"""What the next request may add to the fields of a session: a note, whose signs take up to twelve
bytes each in a form, and which button was pressed."""
TOO_CHANGED: Final = (
    "La séance a été trop modifiée pour la garder dans la page : annulez quelques modifications."
)
_PLACE_DIGITS: Final = 8


class FieldProblem(InvalidRequest):
    """A field that can't be used: ``field`` is its name, the message is French."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class _EditBody(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    do: Doing
    part: Part = "points"
    id: Annotated[str, Field(max_length=ID_CHARS)] = ""
    text: Annotated[str, AfterValidator(sanitise), Field(max_length=NOTE_CHARS)] = ""
    start: Annotated[int, Field(ge=0, le=10**8)] = 0
    end: Annotated[int, Field(ge=0, le=10**8)] = 0


_EDITS: Final = TypeAdapter(Annotated[list[_EditBody], Field(max_length=200)])
_PLAIN: Final = Edit("drop")


def read_order(asked: Mapping[str, str], themes: Collection[str], years: Sequence[int]) -> Order:
    """The order that the form makes; the question, masked, goes before the theme.

    Raises:
        FieldProblem: the first field that can't be used.
    """
    question, theme = _question(asked["question"]), asked["theme"]
    if not question and not theme:
        raise FieldProblem("theme", "Choisissez un thème, ou posez une question.")
    if not question and theme not in themes:
        raise FieldProblem("theme", "Ce thème n'est pas dans la liste : choisissez-en un autre.")
    if asked["public"] not in ("", *AUDIENCES):
        raise FieldProblem("public", "Ce public n'est pas dans la liste.")
    audience = next((one for one in AUDIENCES if one == asked["public"]), AUDIENCES[-1])
    return Order(
        "" if question else theme,
        _day(asked["au"]),
        _exercice(asked["exercice"], years),
        audience,
        _number("minutes", asked["minutes"] or "60", LEAST_MINUTES, MOST_MINUTES),
        _number("groupe", asked["groupe"] or "1", FIRST_SEED, LAST_SEED),
        question,
    )


def masked_fields(asked: Mapping[str, str]) -> dict[str, str]:
    """The fields as a refused form gives them back: personal data goes no further than here."""
    return {name: masked(sanitise(typed)) for name, typed in asked.items()}


def _question(typed: str) -> str:
    """The question as it is kept: masked, without what no file could write."""
    said = one_line(sanitise(typed))
    if len(said) <= QUESTION_CHARS:
        said = masked(said)
    if len(said) > QUESTION_CHARS:  # masked too: it is what the next request gives back
        raise FieldProblem(
            "question", f"La question doit compter au plus {QUESTION_CHARS} caractères."
        )
    return said


def _exercice(typed: str, years: Sequence[int]) -> int | None:
    known = {str(year): year for year in years}
    if typed and typed not in known:
        raise FieldProblem("exercice", "Cet exercice n'est pas dans la liste.")
    return known.get(typed)


def _day(typed: str) -> date:
    if not typed:
        return date.today()
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = date.min
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FieldProblem("au", f"Donnez une date de {FIRST_YEAR} à {LAST_YEAR}.")
    return day


def _number(field: str, typed: str, least: int, most: int) -> int:
    value = _whole(typed, 5)
    if not least <= value <= most:
        what = "La durée, en minutes," if field == "minutes" else "Le numéro du groupe"
        raise FieldProblem(field, f"{what} va de {least} à {most}.")
    return value


def _whole(typed: str, digits: int) -> int:
    """A number as a browser writes it, -1 for anything else: « ² » is a digit, and no number."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= digits else -1


def as_fields(order: Order) -> dict[str, str]:
    """The fields of the form that ask for an order: what a later request gives back."""
    return {
        "theme": order.theme,
        "question": order.question,
        "exercice": str(order.exercice or ""),
        "public": order.audience,
        "minutes": str(order.minutes),
        "au": order.as_of.isoformat(),
        "groupe": str(order.seed),
    }


def read_edits(typed: str) -> tuple[Edit, ...]:
    """Changes that the page gave the browser, back from it; nothing in them is believed.

    Raises:
        InvalidRequest: they aren't as the page writes them (French).
    """
    try:
        if len(typed) > _EDITS_CHARS:
            raise InvalidRequest(TOO_CHANGED)
        bodies = _EDITS.validate_json(typed or "[]")
    except ValidationError as error:
        raise InvalidRequest(
            "Les modifications de la séance n'ont pas pu être lues : repartez du formulaire."
        ) from error
    drawn = [body.part for body in bodies if body.do == "again"]
    if not DRAWN.issuperset(drawn):
        raise InvalidRequest("Seuls un cas ou une question du quiz peuvent être tirés à nouveau.")
    if len(drawn) > DRAWS:
        raise InvalidRequest(
            f"Le bouton « Changer » sert au plus {DRAWS} fois par séance : annulez une "
            "modification, ou demandez une autre variante du quiz."
        )
    return tuple(Edit(**body.model_dump()) for body in bodies)


def check_size(fields: Mapping[str, str]) -> None:
    """That a form can still send the fields of a session, and one more note.

    Raises:
        InvalidRequest: they are too long once written as a form (French).
    """
    if len(urlencode(fields)) > BODY_BYTES - _NEXT_BYTES:
        raise InvalidRequest(TOO_CHANGED)


def write_edits(edits: Sequence[Edit]) -> str:
    """Changes as the page keeps them in its form; what is plain is left out."""
    plain = asdict(_PLAIN)
    shown: list[dict[str, Any]] = [
        {key: value for key, value in asdict(edit).items() if key == "do" or value != plain[key]}
        for edit in edits
    ]
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def changed(edits: Sequence[Edit], doing: str, note: str, picks: Sequence[str]) -> tuple[Edit, ...]:
    """The changes once a button of the page was pressed.

    Args:
        edits: those made before.
        doing: the value of the button (« drop:quiz:<id> », « note », « ajouter », « annuler »).
        note: the trainer's own words.
        picks: passages kept while reading, as « start:end:document ».

    Raises:
        FieldProblem: there is nothing to add, or it can't be (French).
    """
    if doing == "annuler":
        return tuple(edits[:-1])
    if doing == "note":
        return (*edits, Edit("note", text=_own_words(note)))
    if doing == "ajouter":
        if not picks:
            raise FieldProblem("ajouter", "Cochez au moins un passage à ajouter.")
        return (*edits, *map(_pick, picks[:PICKS]))
    do, _, rest = doing.partition(":")
    part, _, name = rest.partition(":")
    return (*edits, *read_edits(json.dumps([{"do": do, "part": part, "id": name}])))


def _own_words(note: str) -> str:
    words = "\n".join(line.rstrip() for line in sanitise(note).strip().splitlines())
    if not words:
        raise FieldProblem("note", "Écrivez votre note avant de l'ajouter.")
    if len(words) > NOTE_CHARS:
        raise FieldProblem("note", f"Une note compte au plus 1{THIN}000 caractères.")
    return words


def _pick(typed: str) -> Edit:
    start, _, rest = typed.partition(":")
    end, _, document_id = rest.partition(":")
    span = _whole(start, _PLACE_DIGITS), _whole(end, _PLACE_DIGITS)
    if -1 in span or not document_id:
        raise FieldProblem("ajouter", "Un passage à ajouter n'a pas pu être lu.")
    given = {"do": "add", "id": document_id, "start": span[0], "end": span[1]}
    return read_edits(json.dumps([given]))[0]
