"""What a person restricts an answer to, and how the page says that it changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from assistant.answer import Mode, Request, Turn
from assistant.exercices import find_years
from assistant.following import with_subject
from corpus.errors import InvalidRequest
from ui import chat_texts
from ui.markup import clean
from ui.requests import AnswerBody, explain

CHANGE_CHARS = 400
_SOURCES = ("include", "exclude")


@dataclass(frozen=True, slots=True)
class Restriction:
    """Fields of a request that a person chose; empty or ``None`` means as the question says."""

    exercices: tuple[int, ...] = ()
    departement: str | None = None
    cohort: str | None = None
    kinds: tuple[str, ...] = ()
    as_of: date | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def lasting(self) -> "Restriction":
        """What still holds for the next question: the sources and the day, not the frame."""
        return replace(self, exercices=(), departement=None, cohort=None)

    def request(self, question: str, today: date, history: tuple[Turn, ...], mode: Mode) -> Request:
        """The request of ``question`` under this restriction."""
        return Request(
            question=question,
            as_of=self.as_of or today,
            exercices=self.exercices,
            departement=self.departement,
            cohort=self.cohort,
            kinds=self.kinds,
            include=self.include,
            exclude=self.exclude,
            history=history,
            mode=mode,
        )

    def phrased(self, question: str, history: Sequence[Turn], today: date) -> str:
        """``question`` about the exercice chosen, when it names another one itself.

        Answers are looked for with the words of a question, where « 2021 » would go on meaning
        that year.
        """
        named = {y.value for y in find_years(question, today) if y.role == "exercice"}
        if len(self.exercices) != 1 or len(named) != 1 or named == set(self.exercices):
            return question
        turns = [*history, Turn(question)]
        return with_subject(chat_texts.and_in(self.exercices[0]), turns, today)

    def changed(self, change: str) -> "Restriction":
        """This restriction with one change, as a control of the page writes it.

        ``field=value`` sets a field and ``field=`` gives it back to the question; ``include=ID``
        and ``exclude=ID`` take a document, ``-include=ID`` and ``-exclude=ID`` leave it; ``=``
        removes everything.

        Raises:
            InvalidRequest: the change is none of those, or its value isn't one that a request
                takes (French).
        """
        change = clean(change if isinstance(change, str) else "").strip()
        name, sign, value = change.partition("=")
        if not sign or len(change) > CHANGE_CHARS:
            raise InvalidRequest(chat_texts.UNKNOWN_CHANGE)
        if change == "=":
            return Restriction()
        if name.lstrip("-") in _SOURCES:
            fields = self._sources(name, value)
        elif name in ("departement", "cohort", "as_of"):
            fields = {name: value or None}
        elif name in ("exercices", "kinds"):
            fields = {name: tuple(_value(name, one) for one in value.split(",") if one)}
        else:
            raise InvalidRequest(chat_texts.UNKNOWN_CHANGE)
        return replace(self, **_checked(fields))

    def _sources(self, name: str, document_id: str) -> dict[str, Any]:
        side = name.lstrip("-")
        other = "exclude" if side == "include" else "include"
        own: tuple[str, ...] = getattr(self, side)
        opposite: tuple[str, ...] = getattr(self, other)
        kept = tuple(one for one in own if one != document_id)
        if name.startswith("-"):
            return {side: kept}
        chosen = (document_id,) if side == "include" else (*kept, document_id)
        return {side: chosen, other: tuple(one for one in opposite if one != document_id)}


def _value(name: str, text: str) -> int | str:
    return int(text) if name == "exercices" and text.isdecimal() else text


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as a request takes them."""
    try:
        body = AnswerBody.model_validate({"question": chat_texts.RERUN, **fields})
    except ValidationError as error:
        raise InvalidRequest(explain(error.errors())) from error
    return {name: getattr(body, name) for name in fields}
