"""The door of a server that other machines reach: who comes in, from where, how often."""

from functools import partial
from typing import Any, Final
from urllib.parse import quote, urlencode

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access import words
from ui.access.callers import Proxy, caller_of, with_caller
from ui.access.charging import with_charge
from ui.access.limiting import Rate, network
from ui.access.people import Person
from ui.access.rights import with_person
from ui.access.sessions import COOKIE, Sessions
from ui.headers import error_body, kept_nowhere, log_crash
from ui.pages.navigation import SESSION, SIGN_IN, STYLE
from ui.pages.site import render_error
from ui.sse import as_json

_OPEN: Final = frozenset({SIGN_IN, STYLE, "/favicon.ico"})
_API: Final = "/api/"
_HEALTH: Final = "/api/health"
_CHAT: Final = "/gradio_api/"
_ASKING: Final = ("/api/answers", f"{_CHAT}queue/join")
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_READERS: Final = 8  # their own threads, so that slow answers never keep people out


class AccessDoor:
    """Lets in who signed in or is named by the trusted proxy; limits how often people ask.

    Without ``sessions`` (a server that only this machine reaches) everybody comes in. It stands
    before any body is read: nobody sends a file before they are known.
    """

    def __init__(
        self,
        app: ASGIApp,
        sessions: Sessions | None,
        rate: Rate,
        names: frozenset[str] = frozenset(),
        proxy: Proxy | None = None,
    ) -> None:
        self.app = app
        self.sessions = sessions
        self.rate = rate
        self.names = names
        self.proxy = proxy
        self._readers = CapacityLimiter(_READERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is allowed, with the person in the scope."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = with_caller(scope, self.proxy)
        request = Request(scope)
        try:
            person = await self._person(request)
        except Exception as error:  # no account can be read: nobody comes in
            log_crash(error)
            await refused(request, 500)(scope, receive, send)
            return
        refusal = self._refusal(request, person) or self._slowed(request, person)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        scope = with_person(scope, person, is_guarded=self.sessions is not None)
        scope = with_charge(scope, partial(self.rate.take, _who(request, person)))
        await self.app(scope, receive, send if person is None else kept_nowhere(send))

    async def _person(self, request: Request) -> Person | None:
        if self.sessions is None:
            return None
        name = caller_of(request.scope).claimed
        if name is not None:
            find = self.sessions.people.find
            return await to_thread.run_sync(find, name, limiter=self._readers) or Person(name)
        cookie = request.cookies.get(COOKIE)
        if cookie is None:
            return None
        return await to_thread.run_sync(self.sessions.person, cookie, limiter=self._readers)

    def _refusal(self, request: Request, person: Person | None) -> Response | None:
        if self.sessions is None:
            return None
        if request.method not in _SAFE and not self._from_here(request.headers):
            return refused(request, 403, words.FOREIGN)
        path = request.scope["path"]
        if person is not None or path in _OPEN:
            return None
        if path == _HEALTH and request.method == "GET":  # that it lives, and nothing more
            return Response(as_json({"status": "ok"}), media_type="application/json")
        if request.method in _SAFE and "text/html" in request.headers.get("accept", ""):
            query = request.scope["query_string"].decode("latin-1")
            wanted = quote(path) + (f"?{query}" if query else "")
            return RedirectResponse(f"{SIGN_IN}?{urlencode({'suite': wanted})}", 303)
        return refused(request, 401, words.SIGN_IN_NEEDED)

    def _from_here(self, headers: Headers) -> bool:
        """Whether one of our pages asks, or a program: a browser always says its page's origin."""
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        if origin.partition("://")[2].lower() == headers.get("host", "").lower():
            return True
        # Behind a proxy that asks under another name, ours is still the one in the browser.
        return origin.lower().removeprefix("https://") in self.names

    def _slowed(self, request: Request, person: Person | None) -> Response | None:
        if not (_is_question(request) or _makes_a_pack(request)):
            return None
        wait_s = self.rate.take(_who(request, person))
        return refused(request, 429, words.later(wait_s), wait_s) if wait_s else None


def _who(request: Request, person: Person | None) -> str:
    """Whose rate counts: a person's own, else their address's."""
    if person:
        return f"person {person.name}"
    return f"address {network(caller_of(request.scope).address)}"


def _is_question(request: Request) -> bool:
    return request.method == "POST" and bool(request.scope["path"].startswith(_ASKING))


def _makes_a_pack(request: Request) -> bool:
    """Whether a trainer's session is made, to be read or taken away: it costs many questions."""
    path = request.scope["path"]
    if path != SESSION and not path.startswith(f"{SESSION}/"):
        return False
    if request.method == "POST":
        return True
    query = request.query_params  # without any, the form or a script is read
    return bool(query) and (path != SESSION or "modifier" not in query)


def refused(request: Request, status: int, message: str | None = None, wait_s: int = 0) -> Response:
    """One error: a page for who reads one, else JSON; ``wait_s`` says when to come back."""
    headers = {"retry-after": str(wait_s)} if wait_s else {}
    path = request.scope["path"]
    reads = "text/html" in request.headers.get("accept", "")
    if reads and not path.startswith((_API, _CHAT)):
        page = render_error(request, status, message)
        page.headers.update(headers)
        return page
    body: dict[str, Any] = error_body(status, message)
    if path.startswith(_CHAT):
        body["detail"] = message  # the words that the chat's page shows
    return Response(as_json(body), status, headers, media_type="application/json")
