"""What surrounds every response: security headers, host and body checks, the gate to Gradio.

All pure ASGI, so that a streamed answer is never buffered.
"""

import json
import logging
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import texts
from ui.sse import as_json

BODY_BYTES = 64 * 1024
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-src 'none'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
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
_PROXY_HEADERS = re.compile(rb"x-forwarded-.*|forwarded|x-gradio-.*", re.IGNORECASE)

log = logging.getLogger("reperes.ui")


def error_body(status: int, message: str | None = None) -> dict[str, dict[str, str]]:
    """The JSON of an error: a code for programs, one French sentence for people."""
    code = texts.CODES.get(status, "error")
    return {
        "error": {
            "code": code,
            "message": message
            or texts.HTTP_MESSAGES.get(status, texts.HTTP_MESSAGES[400 if status < 500 else 500]),
        }
    }


async def send_error(send: Send, status: int, message: str | None = None) -> None:
    """A whole JSON response holding one error."""
    body = as_json(error_body(status, message))
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class SecurityHeaders:
    """Adds the headers to every response; answers of the API are never cached."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers[name] = value
                if scope["path"].startswith("/api/"):
                    headers["cache-control"] = "no-store"
            await send(message)

        await self.app(scope, receive, secured)


class Guard:
    """Refuses foreign hosts and large bodies, and turns a crash into one French sentence.

    A page that rebinds its own name to this machine's address still sends that name in ``Host``.
    What only a proxy may say of a request (its first host, its scheme) is not believed.
    A crash is logged by its type and place only: its message may hold a person's words.
    """

    def __init__(self, app: ASGIApp, trusted_hosts: Collection[str]) -> None:
        self.app = app
        self.trusted_hosts = trusted_hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is allowed, with its body already read."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no route here speaks WebSocket
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        if _host_name(headers.get("host", "")) not in self.trusted_hosts:
            await send_error(send, 400, texts.BAD_HOST)
            return
        body = await _read_body(receive)
        if body is None:
            await send_error(send, 413)
            return
        kept = [h for h in scope["headers"] if not _PROXY_HEADERS.fullmatch(h[0])]
        scope = {**scope, "headers": kept, "scheme": "http"}
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, _replayed(body, receive), watched)
        except Exception as error:  # the last door before the server
            log_crash(error)
            if not started:
                await send_error(send, 500)


def log_crash(error: Exception) -> None:
    """One line: what kind of error, raised where; never its message."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    log.error("code=internal error=%s at=%s", type(error).__name__, where)


def _host_name(host: str) -> str:
    return re.sub(r":\d*\Z", "", host).rstrip(".").lower()


async def _read_body(receive: Receive) -> bytes | None:
    """The whole body, ``None`` when it is over the limit."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return body
        part: bytes = message.get("body", b"")
        body += part
        if len(body) > BODY_BYTES:
            return None
        if not message.get("more_body", False):
            return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


@dataclass(slots=True)
class ChatDoor:
    """What the mounted chat expects: inputs of each function, and who has asked something."""

    inputs: dict[int, int] = field(default_factory=dict)
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
        if not _SESSION.fullmatch(session) or not _are_texts(
            asked.get("data"), self.inputs[number]
        ):
            return 422, texts.HTTP_MESSAGES[422]
        return None


def _are_texts(values: Any, number: int) -> bool:
    return (
        isinstance(values, list)
        and len(values) == number
        and all(value is None or isinstance(value, str) for value in values)
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
            await send_error(send, 404 if methods is None else 405)
            return
        if scope["path"] == _JOIN:
            body = await _read_body(receive)
            if body is None:
                await send_error(send, 413)
                return
            fault = self.door.fault(body)
            if fault is not None:
                await send_error(send, *fault)
                return
            receive = _replayed(body, receive)
        if scope["path"] == _EVENTS:
            await self._events(scope, receive, send)
            return
        is_page = scope["path"] == "/" and scope["method"] == "GET"
        if is_page:  # neither compressed nor opened on a stored state
            kept = [h for h in scope["headers"] if h[0] != b"accept-encoding"]
            scope = {**scope, "headers": kept, "query_string": b""}
        await self.app(scope, receive, _Rewriter(send, is_page).send)

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
    return path == "/openapi.json" or path.startswith("/api/")


class _Rewriter:
    """Replaces an error of Gradio, and the head of its page."""

    def __init__(self, send: Send, is_page: bool) -> None:
        self._send = send
        self._is_page = is_page
        self._start: Message | None = None
        self._page = b""
        self._refused = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if message["status"] >= 400:
                self._refused = True
                status = 404 if message["status"] == 403 else message["status"]
                await send_error(self._send, status)
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
            page = french_page(self._page.decode("utf-8")).encode("utf-8")
            MutableHeaders(scope=self._start)["content-length"] = str(len(page))
            await self._send(self._start)
            await self._send({"type": "http.response.body", "body": page})


def french_page(page: str) -> str:
    """Gradio's page in French, without its manifest and its cards for social networks."""
    page = re.sub(
        r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*|<link rel="manifest"[^>]*>', "", page
    )
    page = page.replace('lang="en"', 'lang="fr"', 1)
    head = (
        f"<title>{texts.PRODUCT}</title>"
        f'<meta name="description" content="{texts.TAGLINE}">'
        '<meta name="robots" content="noindex">'
        f"<noscript>{texts.NO_SCRIPT}</noscript></head>"
    )
    return page.replace("</head>", head, 1)
