"""What a tab remembers of an answered question, beside what it shows of it.

The tab keeps conversations to itself; after a reload it tells the server these lines again, and
the server knows what the next question needs. They come from a browser: checked as a request is.
"""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.answer import Answer, Frame, Turn
from corpus.types import Kind
from ui.markup import clean
from ui.requests import (
    Cohort,
    Departement,
    Exercices,
    FrameBody,
    IsoDate,
    Names,
    Question,
    TurnBody,
)
from ui.restrictions import Restriction

MEMORIES = 20
MEMORY_CHARS = 40_000


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _RestrictionKept(_Kept):
    exercices: Exercices = ()
    departement: Departement | None = None
    cohort: Cohort | None = None
    kinds: Annotated[tuple[Kind, ...], Field(max_length=20)] = ()
    as_of: IsoDate | None = None
    include: Names = ()
    exclude: Names = ()


class Memory(_Kept):
    """One answered question: its place, how it was understood and restricted, what may follow."""

    number: Annotated[int, Field(ge=1, le=100_000)]
    asked: Question
    turn: TurnBody
    day: IsoDate
    restriction: _RestrictionKept = _RestrictionKept()
    follow_ups: Annotated[tuple[Question, ...], Field(max_length=10)] = ()

    @property
    def frame(self) -> Frame:
        """What its answer held for."""
        frame = self.turn.frame or FrameBody()
        return Frame(frame.exercices, frame.cohort, frame.departement, frame.text, frame.assumed)

    @property
    def as_of(self) -> date:
        """The day that its answer was given for."""
        return self.day

    @property
    def said(self) -> Turn:
        """What the next question needs of it."""
        return self.turn.turn()

    @property
    def limits(self) -> Restriction:
        """What a person restricted it to."""
        return Restriction(**dict(self.restriction))


def memory_of(number: int, asked: str, answer: Answer, restriction: Restriction) -> str:
    """The line of JSON to remember; the question is the masked one."""
    frame = answer.frame
    values: dict[str, Any] = {
        "number": number,
        "asked": clean(asked),
        "turn": {
            "question": clean(answer.question),
            "answer_id": answer.id or None,
            "frame": {name: getattr(frame, name) for name in FrameBody.model_fields},
        },
        "day": answer.as_of,
        "restriction": {name: getattr(restriction, name) for name in _RestrictionKept.model_fields},
        "follow_ups": [clean(one) for one in answer.follow_ups],
    }
    return TypeAdapter(dict[str, Any]).dump_json(values).decode()


def read_memories(text: str) -> tuple[Memory, ...]:
    """The memories that a tab tells, oldest first; none when they can't all be believed."""
    if not isinstance(text, str) or len(text) > MEMORY_CHARS:
        return ()
    try:
        found = _MEMORIES.validate_json(text)
    except ValidationError:
        return ()
    numbers = [one.number for one in found]
    return found if numbers == sorted(set(numbers)) else ()


_MEMORIES = TypeAdapter(Annotated[tuple[Memory, ...], Field(max_length=MEMORIES)])
