"""Passwords: what is asked of one, its argon2id hash, and the check."""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from corpus.errors import InvalidRequest
from ui.access import words

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST: Final = 12
LONGEST: Final = 200


def hashed(name: str, password: str) -> str:
    """The argon2id hash of a password, with its salt and its costs.

    Raises:
        InvalidRequest: it is too short, too long, or holds the name of the account.
    """
    if len(password) < SHORTEST:
        raise InvalidRequest(words.SHORT_PASSWORD)
    if len(password) > LONGEST:
        raise InvalidRequest(words.LONG_PASSWORD)
    if name in password.lower():
        raise InvalidRequest(words.OWN_NAME)
    return _hasher().hash(_one_form(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether the password is the one of that hash.

    ``None`` (no such account) is never matched and takes as long as a hash that is.
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(kept or _nobody(), _one_form(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def _one_form(password: str) -> bytes:
    """One form for letters that keyboards write in several, such as « é »."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace")


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()  # argon2id, with the costs of RFC 9106 for little memory


@cache
def _nobody() -> str:
    return _hasher().hash(b"\0")
