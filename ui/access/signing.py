"""The pages where people sign in and out; they need no script."""

import math
from collections.abc import Awaitable, Callable
from typing import Annotated, Final
from urllib.parse import urlsplit

import anyio
from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from ui.access import words
from ui.access.callers import caller_of
from ui.access.limiting import Rate, network
from ui.access.rights import is_signed_in
from ui.access.sessions import COOKIE, Sessions, cookie_header
from ui.pages.navigation import CHAT, SIGN_IN, SIGN_OUT
from ui.pages.site import page_router, render

PERIOD_S: Final = 15 * 60
TRIES_A_NAME: Final = 10
"""Wrong passwords for one name from one client."""
TRIES_AN_ADDRESS: Final = 100
"""Wrong passwords from one client, whatever the names: a whole office may share its address."""
UNSLOWED: Final = 2 * TRIES_A_NAME
"""Wrong passwords for one name, wherever they come from, that slow nobody."""
UNSLOWED_THERE: Final = 3 * TRIES_A_NAME
"""Wrong passwords from one client, whatever the names, that slow nobody there."""
LONGEST_HOLD_S: Final = 8.0
IN_LINE: Final = 8
"""How many may wait in the line of a client that was wrong ``TRIES_AN_ADDRESS`` times."""
_DOUBLINGS: Final = 5
_ADDRESS_CHARS: Final = 2_000


class TooManyTries(Exception):
    """Wrong passwords came too often; ``wait_s`` seconds before the next one is looked at."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


class SignInDesk:
    """Checks passwords one at a time: no flood of them takes more memory than one check.

    Wrong ones are counted over 15 minutes, for names known or not alike. A client that was wrong
    too often for a name is refused that name. Colleagues may share an address: one that was wrong
    for many names is first slowed; after ``TRIES_AN_ADDRESS`` the names wrong there are refused,
    and the others wait in one line, ``LONGEST_HOLD_S`` each: who guesses there has one try for a
    name, and about as many tries again in a period. The person, at another one, never is refused:
    an account guessed at from many clients is only slower to open. Who is signed in never comes
    here.
    """

    def __init__(
        self, sessions: Sessions, hold: Callable[[float], Awaitable[None]] = anyio.sleep
    ) -> None:
        self._sessions = sessions
        self._hold = hold
        self._by_name_there = Rate(TRIES_A_NAME, PERIOD_S)
        self._by_name = Rate(UNSLOWED + _DOUBLINGS, PERIOD_S)
        self._by_address = Rate(TRIES_AN_ADDRESS, PERIOD_S)
        self._one = CapacityLimiter(1)
        self._lines: dict[str, CapacityLimiter] = {}

    async def try_in(self, name: str, password: str, address: str) -> str | None:
        """The value of a new session cookie; ``None`` for a wrong name or password.

        Raises:
            TooManyTries: neither is looked at before a while.
            ReperesError: the accounts can't be read.
        """
        name, place = name.strip().lower()[:64], network(address)
        self._check(name, place)
        if self._by_address.wait_s(place):
            return await self._try_in_line(name, password, place)
        of_name = hold_s(self._by_name.used(name) - UNSLOWED)
        there = hold_s(self._by_address.used(place) - UNSLOWED_THERE)
        if held_s := max(of_name, there):
            await self._hold(held_s)
        return await to_thread.run_sync(self._try, name, password, place, limiter=self._one)

    async def _try_in_line(self, name: str, password: str, place: str) -> str | None:
        """One at a time and slowly, each after those who came before."""
        line = self._lines.setdefault(place, CapacityLimiter(1))
        if line.statistics().tasks_waiting >= IN_LINE:
            raise TooManyTries(math.ceil(IN_LINE * LONGEST_HOLD_S))
        try:
            async with line:
                await self._hold(LONGEST_HOLD_S)
                return await to_thread.run_sync(self._try, name, password, place, limiter=self._one)
        finally:
            seen = line.statistics()
            if not seen.borrowed_tokens and not seen.tasks_waiting:
                self._lines.pop(place, None)

    def _try(self, name: str, password: str, place: str) -> str | None:
        self._check(name, place)  # again: others were wrong while this one waited
        cookie = self._sessions.open(name, password)
        if cookie is None:
            self._by_name_there.take(_there(name, place))
            self._by_name.take(name)
            self._by_address.take(place)
        else:
            self._by_name_there.forget(_there(name, place))
        return cookie

    def _check(self, name: str, place: str) -> None:
        wait_s = self._by_name_there.wait_s(_there(name, place))
        if self._by_name_there.used(_there(name, place)):
            wait_s = max(wait_s, self._by_address.wait_s(place))
        if wait_s:
            raise TooManyTries(wait_s)


def _there(name: str, place: str) -> str:
    return f"{place} {name}"


def hold_s(over: int) -> float:
    """Seconds before a password is looked at, after ``over`` wrong ones more than slow nobody:
    twice as long each time up to ``LONGEST_HOLD_S``."""
    return LONGEST_HOLD_S / 2 ** (_DOUBLINGS - min(over, _DOUBLINGS)) if over > 0 else 0.0


def local_path(wanted: str) -> str:
    """``wanted`` when it is an address of this server, else that of the chat."""
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted and " " not in wanted
    if not plain or not wanted.startswith("/") or len(wanted) > _ADDRESS_CHARS:
        return CHAT
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return CHAT
    outside = parts.scheme or parts.netloc or wanted.startswith("//")
    return CHAT if outside or parts.path in (SIGN_IN, SIGN_OUT) else wanted


def router(sessions: Sessions | None) -> APIRouter:
    """The routes; without ``sessions`` they lead to the chat."""
    routes = page_router()
    if sessions is None:
        for address in (SIGN_IN, SIGN_OUT):
            routes.add_api_route(address, lambda: RedirectResponse(CHAT, 303))
        return routes
    _add_sign_in(routes, sessions, SignInDesk(sessions))
    _add_sign_out(routes, sessions)
    return routes


def _add_sign_in(routes: APIRouter, sessions: Sessions, desk: SignInDesk) -> None:
    @routes.get(SIGN_IN)
    def ask(request: Request, suite: str = CHAT) -> Response:
        return _form(request, suite)

    @routes.post(SIGN_IN)
    async def sign_in(
        request: Request,
        nom: Annotated[str, Form()] = "",
        mot_de_passe: Annotated[str, Form()] = "",
        suite: Annotated[str, Form()] = CHAT,
    ) -> Response:
        caller = caller_of(request.scope)
        try:
            cookie = await desk.try_in(nom, mot_de_passe, caller.address)
        except TooManyTries as error:
            page = _form(request, suite, nom, words.too_many_attempts(error.wait_s), 429)
            page.headers["retry-after"] = str(error.wait_s)
            return page
        if cookie is None:
            return _form(request, suite, nom, words.WRONG, 401)
        await to_thread.run_sync(sessions.close, request.cookies.get(COOKIE))
        response = RedirectResponse(local_path(suite), 303)
        response.headers["set-cookie"] = cookie_header(cookie, caller.secure)
        return response


def _add_sign_out(routes: APIRouter, sessions: Sessions) -> None:
    @routes.get(SIGN_OUT)
    def confirm(request: Request) -> Response:
        if not is_signed_in(request.scope):
            return RedirectResponse(CHAT, 303)
        return _kept_nowhere(render(request, "signout"))

    @routes.post(SIGN_OUT)
    def sign_out(request: Request) -> Response:
        sessions.close(request.cookies.get(COOKIE))
        response = RedirectResponse(SIGN_IN, 303)
        response.headers["set-cookie"] = cookie_header("", caller_of(request.scope).secure)
        return response


def _form(
    request: Request, suite: str, name: str = "", problem: str = "", status: int = 200
) -> HTMLResponse:
    given = {"suite": local_path(suite), "name": name[:64], "problem": problem}
    return _kept_nowhere(render(request, "signin", status, navigation="", **given))


def _kept_nowhere(page: HTMLResponse) -> HTMLResponse:
    page.headers["cache-control"] = "no-store"
    return page
