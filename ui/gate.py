"""The gate to Gradio: only what the page asks goes in, and its errors come out in French."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import texts
from ui.access.rights import is_signed_in, person_of
from ui.headers import log_crash, read_body, replayed, send_error
from ui.markup import tag
from ui.pages.navigation import CHAT, SIGNING, is_page, nav_html
from ui.pages.site import offers_adding, render_error

_CHAT_ROUTES = {
    re.compile(r"/"): {"GET", "HEAD"},
    re.compile(r"/(assets|static|svelte)/.+|/theme\.css|/favicon\.ico|/robots\.txt"): {"GET"},
    re.compile(r"/gradio_api/(startup-events|heartbeat/\w+|queue/data)"): {"GET"},
    re.compile(r"/gradio_api/(queue/join|cancel|reset)"): {"POST"},
}
"""What the chat's own page asks of Gradio; uploads, files, proxies and the rest stay shut."""
_JOIN = "/gradio_api/queue/join"
_EVENTS = "/gradio_api/queue/data"
_SESSION = re.compile(r"\w{1,64}")


@dataclass(slots=True)
class ChatDoor:
    """What the mounted chat expects: kinds of each function's inputs, and who asked something."""

    inputs: dict[int, tuple[type, ...]] = field(default_factory=dict)
    has_session: Callable[[str], bool] = lambda session: False

    def fault(self, body: bytes) -> tuple[int, str] | None:
        """Why Gradio must not see this question; it would log one that it can't read."""
        try:
            asked = json.loads(body)
        except (ValueError, RecursionError):
            return 422, texts.INVALID_JSON
        if not isinstance(asked, dict):
            return 422, texts.HTTP_MESSAGES[422]
        number, session = asked.get("fn_index"), asked.get("session_hash")
        if type(number) is not int or not isinstance(session, str):
            return 422, texts.HTTP_MESSAGES[422]
        if number not in self.inputs:
            return 404, texts.UNKNOWN_ACTION
        if not _SESSION.fullmatch(session) or not _are_of(asked.get("data"), self.inputs[number]):
            return 422, texts.HTTP_MESSAGES[422]
        return None


def _are_of(values: Any, kinds: tuple[type, ...]) -> bool:
    return (
        isinstance(values, list)
        and len(values) == len(kinds)
        and all(
            value is None or isinstance(value, kind)
            for value, kind in zip(values, kinds, strict=True)
        )
    )


class ChatGate:
    """Lets through to Gradio only what the chat's page needs, and makes that page ours.

    The page gets its language, title and description; Gradio's own English errors become French.
    """

    def __init__(self, app: ASGIApp, door: ChatDoor) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes our own routes on untouched."""
        if scope["type"] != "http" or _is_ours(scope["path"]):
            await self.app(scope, receive, send)
            return
        methods = next(
            (m for route, m in _CHAT_ROUTES.items() if route.fullmatch(scope["path"])), None
        )
        if methods is None or scope["method"] not in methods:
            status = 404 if methods is None else 405
            if "text/html" in Headers(scope=scope).get("accept", ""):
                page = render_error(Request(scope), status)
                await page(scope, receive, send)
            else:
                await send_error(send, status)
            return
        if scope["path"] == _JOIN:
            body = await read_body(receive)
            if body is None:
                await send_error(send, 413)
                return
            fault = self.door.fault(body)
            if fault is not None:
                await send_error(send, *fault)
                return
            receive = replayed(body, receive)
        if scope["path"] == _EVENTS:
            await self._events(scope, receive, send)
            return
        is_page = scope["path"] == "/" and scope["method"] == "GET"
        if is_page:  # neither compressed nor opened on a stored state
            kept = [h for h in scope["headers"] if h[0] != b"accept-encoding"]
            scope = {**scope, "headers": kept, "query_string": b""}
        managing = is_page and offers_adding(Request(scope))
        leaving = is_page and is_signed_in(scope)
        person = person_of(scope) if is_page else None
        rewriter = _Rewriter(send, is_page, managing, leaving, person.name if person else "")
        await self.app(scope, receive, rewriter.send)

    async def _events(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The stream of one session; a session that ends in the middle ends its body too."""
        session = QueryParams(scope["query_string"]).get("session_hash", "")
        if not self.door.has_session(session):
            await send_error(send, 404, texts.UNKNOWN_SESSION)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, _Rewriter(watched, False).send)
        except Exception as error:
            if not started:
                raise
            log_crash(error)
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def _is_ours(path: str) -> bool:
    return path == "/openapi.json" or path.startswith("/api/") or is_page(path) or path in SIGNING


class _Rewriter:
    """Replaces an error of Gradio, and the head of its page."""

    def __init__(
        self,
        send: Send,
        is_page: bool,
        managing: bool = False,
        leaving: bool = False,
        person: str = "",
    ) -> None:
        self._send = send
        self._person = person
        self._is_page = is_page
        self._managing = managing
        self._leaving = leaving
        self._start: Message | None = None
        self._page = b""
        self._refused = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if message["status"] >= 400:
                self._refused = True
                await send_error(self._send, message["status"])
            elif self._is_page:
                self._start = message
            else:
                await self._send(message)
        elif not self._refused:
            await self._body(message)

    async def _body(self, message: Message) -> None:
        if self._start is None:
            await self._send(message)
            return
        self._page += message.get("body", b"")
        if not message.get("more_body", False):
            text = self._page.decode("utf-8")
            page = french_page(text, self._managing, self._leaving, self._person).encode("utf-8")
            MutableHeaders(scope=self._start)["content-length"] = str(len(page))
            await self._send(self._start)
            await self._send({"type": "http.response.body", "body": page})


def french_page(page: str, managing: bool = False, leaving: bool = False, person: str = "") -> str:
    """Gradio's page in French, with our navigation (Gradio would open its links in new tabs) and
    without its manifest and its cards for social networks.

    It tells its script whose it is, so that a tab shows nobody the conversation of another.
    """
    page = re.sub(
        r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*|<link rel="manifest"[^>]*>', "", page
    )
    page = page.replace('lang="en"', 'lang="fr"', 1)
    head = (
        f"<title>{texts.PRODUCT}</title>"
        f'<meta name="description" content="{texts.TAGLINE}">'
        '<meta name="robots" content="noindex">'
        f'<meta name="personne" content="{hashlib.sha256(person.encode()).hexdigest()[:16]}">'
        f"<noscript>{texts.NO_SCRIPT}</noscript></head>"
    )
    header = tag("header", nav_html(CHAT, managing, leaving), "haut")
    page = page.replace("</head>", head, 1)
    return re.sub(r"<body[^>]*>", lambda found: found[0] + header, page, count=1)
