"""Accounts and their sessions, in one SQLite file that only its owner can read."""

import hashlib
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from corpus.errors import InvalidRequest, ReperesError, system_reason
from ui.access import passwords, words

Role = Literal["agent", "administrateur"]
SESSION_S: Final = 12 * 3_600
_BUSY_S: Final = 5.0
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
_TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS people (
        name TEXT PRIMARY KEY, hash TEXT NOT NULL, role TEXT NOT NULL, created_on TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS sessions (
        digest TEXT PRIMARY KEY, name TEXT NOT NULL, until REAL NOT NULL)""",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may use the server; ``created_on`` is ``None`` when only a proxy names them."""

    name: str
    role: Role = "agent"
    created_on: date | None = None


class PeopleStore:
    """The accounts kept in ``path``; safe between threads and processes.

    Of a password only its argon2id hash is kept, of a session only the digest of its identifier:
    whoever reads the file gets in with neither.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self.path = path
        self._now = now

    def add(self, name: str, password: str, role: Role = "agent") -> Person:
        """A new account; its name is kept in lower case.

        Raises:
            InvalidRequest: the name is taken or malformed, or the password refused.
            ReperesError: the file can't be written.
        """
        person = Person(valid_name(name), role, date.today())
        row = (person.name, passwords.hashed(person.name, password), role, str(person.created_on))
        with self._opened() as db:
            if _hash_of(db, person.name) is not None:
                raise InvalidRequest(words.taken(person.name))
            db.execute("INSERT INTO people VALUES (?, ?, ?, ?)", row)
        return person

    def people(self) -> tuple[Person, ...]:
        """All accounts, by name; never their hashes.

        Raises:
            ReperesError: the file can't be read.
        """
        if not self.path.exists():
            return ()
        with self._opened() as db:
            rows = db.execute("SELECT name, role, created_on FROM people ORDER BY name").fetchall()
        return tuple(_person(row) for row in rows)

    def find(self, name: str) -> Person | None:
        """The account of that name, as it is written; ``None`` without one.

        Raises:
            ReperesError: the file can't be read.
        """
        return next((one for one in self.people() if one.name == name), None)

    def check_free(self, name: str) -> None:
        """Lets a new name through.

        Raises:
            InvalidRequest: an account has it.
            ReperesError: the file can't be read.
        """
        if self.find(name):
            raise InvalidRequest(words.taken(name))

    def check_known(self, name: str) -> None:
        """Lets the name of an account through, in any case.

        Raises:
            InvalidRequest: no account has it.
            ReperesError: the file can't be read.
        """
        if self.find(name.lower()) is None:
            raise InvalidRequest(words.unknown(name))

    def remove(self, name: str) -> None:
        """Takes an account out and ends its sessions.

        Raises:
            InvalidRequest: no such account.
            ReperesError: the file can't be written.
        """
        with self._opened() as db:
            if not db.execute("DELETE FROM people WHERE name = ?", (name.lower(),)).rowcount:
                raise InvalidRequest(words.unknown(name))
            db.execute("DELETE FROM sessions WHERE name = ?", (name.lower(),))

    def change_password(self, name: str, password: str) -> None:
        """Another password for an account, whose sessions end.

        Raises:
            InvalidRequest: no such account, or the password is refused.
            ReperesError: the file can't be written.
        """
        name = name.lower()
        kept = passwords.hashed(name, password)
        with self._opened() as db:
            if not db.execute("UPDATE people SET hash = ? WHERE name = ?", (kept, name)).rowcount:
                raise InvalidRequest(words.unknown(name))
            db.execute("DELETE FROM sessions WHERE name = ?", (name,))

    def open_session(self, name: str, password: str) -> str | None:
        """The identifier of a new session of 12 hours; ``None`` for a wrong name or password.

        It takes as long in all three cases.

        Raises:
            ReperesError: the file can't be written.
        """
        name = name.strip().lower()
        with self._opened() as db:
            kept = _hash_of(db, name)
        if not passwords.matches(kept, password):
            return None
        session_id = secrets.token_urlsafe(32)
        with self._opened() as db:
            db.execute("DELETE FROM sessions WHERE until <= ?", (self._now(),))
            opened = db.execute(  # not where the password changed while it was checked
                "INSERT INTO sessions SELECT ?, name, ? FROM people WHERE name = ? AND hash = ?",
                (_digest(session_id), self._now() + SESSION_S, name, kept),
            ).rowcount
        return session_id if opened else None

    def whose(self, session_id: str) -> Person | None:
        """The person of a session that is still open.

        Raises:
            ReperesError: the file can't be read.
        """
        with self._opened() as db:
            row = db.execute(
                "SELECT name, role, created_on FROM people JOIN sessions USING (name) "
                "WHERE digest = ? AND until > ?",
                (_digest(session_id), self._now()),
            ).fetchone()
        return None if row is None else _person(row)

    def close_session(self, session_id: str) -> None:
        """Ends a session, if it is open.

        Raises:
            ReperesError: the file can't be written.
        """
        with self._opened() as db:
            db.execute("DELETE FROM sessions WHERE digest = ?", (_digest(session_id),))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self.path.exists():
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.touch(mode=0o600)
            if self.path.stat().st_mode & 0o077:
                self.path.chmod(0o600)
            with closing(sqlite3.connect(self.path, timeout=_BUSY_S)) as db, db:
                db.execute("PRAGMA secure_delete=ON")
                for table in _TABLES:
                    db.execute(table)
                yield db
        except (OSError, sqlite3.Error) as error:
            reason = system_reason(error) if isinstance(error, OSError) else str(error)
            raise ReperesError(
                f"Le fichier des comptes {self.path} ne s'ouvre pas ({reason}) : réessayez, ou "
                "écartez ce fichier s'il est abîmé, puis recréez les comptes."
            ) from error


def valid_name(name: str) -> str:
    """The name of an account in lower case.

    Raises:
        InvalidRequest: it has another form.
    """
    name = name.lower()
    if not _NAME.fullmatch(name):
        raise InvalidRequest(words.BAD_NAME)
    return name


def _hash_of(db: sqlite3.Connection, name: str) -> str | None:
    row = db.execute("SELECT hash FROM people WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def _person(row: tuple[str, Role, str]) -> Person:
    name, role, created_on = row
    return Person(name, role, date.fromisoformat(created_on))


def _digest(session_id: str) -> str:
    return hashlib.sha256(session_id.encode("utf-8", "replace")).hexdigest()
