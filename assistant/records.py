"""Records of answers: what was asked, personal data masked, and what was answered, kept for the
days that the setting says. ``assistant.replaying`` asks again and tells what changed since."""

import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer, Request
from assistant.privacy import masked
from corpus.errors import InvalidRequest, ReperesError, system_reason

_ID = re.compile(r"[0-9a-f]{6,32}")
_BUSY_S = 1.0  # an answer waits no longer for its record
_TABLE = """CREATE TABLE IF NOT EXISTS answers (
    id TEXT PRIMARY KEY, day TEXT NOT NULL, until TEXT NOT NULL, record TEXT NOT NULL)"""
Recorder = Callable[[Request, Answer], None]

log = logging.getLogger("reperes.assistant")


@dataclass(frozen=True, slots=True)
class Record:
    """An answer as it was given, and the request that asks for it again.

    ``answered_at`` has a time zone; ``until`` is the last day it is kept.
    """

    answered_at: datetime
    until: date
    request: Request
    answer: Answer

    def as_dict(self) -> dict[str, Any]:
        """JSON values; ``answer`` is the answer of the contract."""
        plain: dict[str, Any] = _adapter().dump_python(self, mode="json")
        return plain | {"answer": self.answer.as_dict()}


class RecordStore:
    """One SQLite file that only its owner reads; opened for each use, so any thread may.

    Every use first deletes what is too old, and SQLite overwrites what is deleted. A record goes
    at the end of the days that were promised for it, or sooner when ``days`` was lowered since.

    Args:
        path: the file; made with the first record.
        days: how long a record is kept; 0 keeps no new one.
        now: the time of an answer, with its zone.
    """

    def __init__(
        self,
        path: Path,
        days: int,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self.path = path
        self.days = days
        self._now = now

    def add(self, request: Request, answer: Answer) -> None:
        """Keeps an answer; whatever a person wrote is masked again here.

        Raises:
            ReperesError: the file can't be written.
        """
        answered_at = self._now().replace(microsecond=0)
        until = answered_at.date() + timedelta(days=self.days)
        record = Record(answered_at, until, _masked_request(request), _masked_answer(answer))
        row = (answer.id, f"{answered_at:%Y-%m-%d}", until.isoformat(), _as_json(record))
        with self._opened() as db:
            db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)

    def recorder(self) -> Recorder | None:
        """``add`` that never fails, for the assistant; ``None`` when no answer is to be kept.

        A file that can't be written is one warning in the log until it can be again.
        """
        if not self.days:
            return None
        failing = False

        def keep(request: Request, answer: Answer) -> None:
            nonlocal failing
            try:
                self.add(request, answer)
                failing = False
            except Exception as error:  # an answer goes out whatever becomes of its record
                if not failing:
                    log.warning("Réponses non gardées : %s", _why(error))
                failing = True

        return keep

    def latest(self, count: int) -> tuple[Record, ...]:
        """At most ``count`` records, the newest first.

        Raises:
            ReperesError: the file can't be read.
        """
        if not self.path.exists():
            return ()
        with self._opened() as db:
            rows = db.execute("SELECT record FROM answers ORDER BY rowid DESC LIMIT ?", (count,))
            return tuple(self._read(text) for (text,) in rows)

    def find(self, name: str) -> Record:
        """The record of an answer, by its id or the beginning of it (six digits at least).

        Raises:
            InvalidRequest: no record, or several, begin so.
            ReperesError: the file can't be read.
        """
        with self._found(name) as (_db, _id, text):
            return self._read(text)

    def forget(self, name: str) -> str:
        """Deletes one record, named as in ``find``; returns its id.

        Raises:
            InvalidRequest: no record, or several, begin so.
            ReperesError: the file can't be written.
        """
        with self._found(name) as (db, answer_id, _text):
            db.execute("DELETE FROM answers WHERE id = ?", (answer_id,))
        return answer_id

    def forget_all(self) -> int:
        """Deletes every record; returns how many there were.

        Raises:
            ReperesError: the file can't be written.
        """
        if not self.path.exists():
            return 0
        with self._opened() as db:
            return db.execute("DELETE FROM answers").rowcount

    def purge(self) -> None:
        """Deletes what is too old; a file that can't be written is a warning in the log."""
        try:
            self.latest(0)
        except ReperesError as error:
            log.warning("%s", error)

    @contextmanager
    def _found(self, name: str) -> Iterator[tuple[sqlite3.Connection, str, str]]:
        """The opened file, the id and the text of the only record whose id begins so."""
        if not is_id(name) or not self.path.exists():
            raise _unknown(name)
        with self._opened() as db:
            asked = "SELECT id, record FROM answers WHERE id LIKE ? || '%' ORDER BY rowid LIMIT 2"
            rows = db.execute(asked, (name.lower(),)).fetchall()
            if not rows:
                raise _unknown(name)
            if len(rows) > 1:
                raise InvalidRequest(
                    f"Plusieurs réponses gardées commencent par « {name} » ({rows[0][0]}, "
                    f"{rows[1][0]}…) : donnez plus de chiffres."
                )
            yield db, *rows[0]

    def _read(self, text: str) -> Record:
        try:
            return _adapter().validate_json(text)
        except ValidationError:  # its message would hold the record
            raise ReperesError(
                f"Une réponse gardée dans {self.path} n'est pas lisible par cette version : "
                "oubliez-la (reperes answers forget)."
            ) from None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        today = self._now().date()
        oldest = today - timedelta(days=self.days) if self.days else date.min
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
            self.path.chmod(0o600)
            with closing(sqlite3.connect(self.path, timeout=_BUSY_S)) as db, db:
                db.execute("PRAGMA secure_delete=ON")
                db.execute(_TABLE)
                past = (today.isoformat(), oldest.isoformat())
                db.execute("DELETE FROM answers WHERE until < ? OR day < ?", past)
                yield db
        except (OSError, sqlite3.Error) as error:
            raise ReperesError(
                f"Le fichier des réponses gardées {self.path} ne s'ouvre pas ({_why(error)}) : "
                "réessayez, ou écartez ce fichier s'il est abîmé."
            ) from error


def is_id(name: str) -> bool:
    """Whether ``name`` may be the id of an answer, or the beginning of one."""
    return _ID.fullmatch(name.lower()) is not None


def _unknown(name: str) -> InvalidRequest:
    return InvalidRequest(
        f"Aucune réponse gardée « {name} » : reperes answers list montre celles qui le sont."
    )


def _why(error: Exception) -> str:
    """Why a record isn't kept, in words that hold nothing of it."""
    if isinstance(error, OSError):
        return system_reason(error)
    return str(error) if isinstance(error, ReperesError | sqlite3.Error) else type(error).__name__


@cache
def _adapter() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


def _as_json(record: Record) -> str:
    return _adapter().dump_json(record).decode()


def _masked_request(request: Request) -> Request:
    """The request, all that was written freely in it masked; former turns lose their id."""
    history = tuple(replace(turn, answer_id=None) for turn in request.history)
    made: Request = _masked(replace(request, history=history))
    return made


def _masked_answer(answer: Answer) -> Answer:
    """The answer with what it repeats of the request masked, without the name a batch gave it."""
    return replace(
        answer,
        question=masked(answer.question),
        frame=_masked(answer.frame),
        parts=_masked(answer.parts),
        case_id=None,
    )


def _masked(value: Any) -> Any:
    """A value of the contract, each text in it masked."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, tuple):
        return tuple(map(_masked, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _masked(getattr(value, f.name)) for f in fields(value)})
    return value
