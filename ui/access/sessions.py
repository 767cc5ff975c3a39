"""The session cookie: what it holds, who it stands for, how long."""

import hashlib
import hmac
import os
import secrets
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Final

from itsdangerous import BadSignature, Signer

from corpus.errors import ReperesError, system_reason
from ui.access.people import SESSION_S, PeopleStore, Person

COOKIE: Final = "reperes_session"
_SECRET_BYTES: Final = 32


class Sessions:
    """Signed cookies over the sessions of ``people``; the signature spares the file any guess."""

    def __init__(self, people: PeopleStore, secret: bytes) -> None:
        self.people = people
        self._secret = secret
        self._signer = Signer(secret, salt="session", digest_method=hashlib.sha256)

    def open(self, name: str, password: str) -> str | None:
        """The value of a new cookie, ``None`` for a wrong name or password.

        Raises:
            ReperesError: the accounts can't be read.
        """
        session_id = self.people.open_session(name, password)
        return None if session_id is None else self._signer.sign(session_id).decode()

    def person(self, cookie: str | None) -> Person | None:
        """Whose cookie it is; ``None`` when it is absent, forged, expired or signed out.

        Raises:
            ReperesError: the accounts can't be read.
        """
        session_id = self._read(cookie)
        return None if session_id is None else self.people.whose(session_id)

    def close(self, cookie: str | None) -> None:
        """Ends the session of that cookie, if it has one.

        Raises:
            ReperesError: the accounts can't be written.
        """
        session_id = self._read(cookie)
        if session_id is not None:
            self.people.close_session(session_id)

    def mark(self, person: Person) -> str:
        """16 hex digits that nobody else has, and that tell nothing of the person."""
        return hmac.new(self._secret, person.name.encode(), hashlib.sha256).hexdigest()[:16]

    def _read(self, cookie: str | None) -> str | None:
        try:
            return self._signer.unsign(cookie or "").decode()
        except (BadSignature, UnicodeError):
            return None


def cookie_header(value: str, secure: bool) -> str:
    """``Set-Cookie`` for a session; an empty ``value`` takes the cookie back."""
    cookie: SimpleCookie = SimpleCookie({COOKIE: value})
    morsel = cookie[COOKIE]
    morsel["httponly"] = True
    morsel["samesite"] = "Strict"
    morsel["path"] = "/"
    morsel["max-age"] = SESSION_S if value else 0
    morsel["secure"] = secure
    return morsel.OutputString()


def read_secret(path: Path) -> bytes:
    """The secret that signs cookies, made on the first call; only its owner can read the file.

    Raises:
        ReperesError: the file can't be read or written, or holds something else.
    """
    try:
        if not path.exists():
            _write_once(path, secrets.token_hex(_SECRET_BYTES))
        path.chmod(0o600)
        secret = path.read_bytes().strip()
    except OSError as error:
        raise ReperesError(
            f"Le secret des sessions {path} ne s'ouvre pas ({system_reason(error)})."
        ) from error
    if len(secret) < _SECRET_BYTES:
        raise ReperesError(
            f"Le secret des sessions {path} est trop court : supprimez ce fichier, il sera refait "
            "et chacun se reconnectera."
        )
    return secret


def _write_once(path: Path, text: str) -> None:
    """Whole or not at all; of two processes, the first one's text stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
