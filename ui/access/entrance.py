"""Builds what stands at the entrance of the server from its settings."""

from typing import Final

from starlette.middleware import Middleware

from corpus.errors import InvalidRequest
from ingest.settings import Settings
from ui.access import words
from ui.access.callers import Proxy
from ui.access.door import AccessDoor
from ui.access.limiting import Rate
from ui.access.people import PeopleStore
from ui.access.sessions import Sessions, read_secret
from ui.settings import ServerSettings, check_access

_A_MINUTE: Final = 60


def people_store(settings: Settings) -> PeopleStore:
    """The accounts of a library, in a file beside it."""
    return PeopleStore(settings.library_folder.with_name("people.sqlite"))


def open_sessions(settings: ServerSettings, people: PeopleStore | None) -> Sessions | None:
    """The sessions of those who sign in, ``None`` on a server that only this machine reaches.

    Raises:
        InvalidRequest: others could reach it, and nobody could sign in.
        ReperesError: the accounts or the secret of the sessions can't be read.
    """
    if not settings.is_guarded:
        return None
    if people is None:
        raise InvalidRequest(words.no_account(settings.host))
    check_access(settings, len(people.people()))
    return Sessions(people, read_secret(people.path.with_suffix(".key")))


def door(settings: ServerSettings, sessions: Sessions | None) -> Middleware:
    """The door with its rate; a proxy is believed only where people sign in."""
    proxy = Proxy(str(settings.proxy_address), settings.proxy_header) if sessions else None
    rate = Rate(settings.questions_per_minute, _A_MINUTE)
    return Middleware(AccessDoor, sessions=sessions, rate=rate, names=settings.names, proxy=proxy)
