"""What surrounds every response: security headers, host and body checks.

All pure ASGI, so that a streamed answer is never buffered.
"""

import logging
import re
from collections.abc import Callable, Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.reading import MAX_BYTES
from ui import texts
from ui.access.callers import caller_of
from ui.pages.navigation import ADDING, RENEWAL
from ui.sse import as_json

BODY_BYTES = 64 * 1024
UPLOAD_BYTES = MAX_BYTES + BODY_BYTES
PACK_BYTES = 2 * 1024 * 1024
"""A trainer's saved session and its form: that of one day takes some 140 KB."""
_SENT = {("POST", ADDING): UPLOAD_BYTES, ("POST", RENEWAL): PACK_BYTES}
"""A file of the largest size, with its form."""
_DRAINED = 4
"""How many times the limit is read and thrown away, so that the sender hears the refusal."""
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-src 'none'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with none at all, browsers hide where a form comes from
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
_FOR_EVERYBODY = re.compile(r"text/(?:css|javascript)|application/javascript|font/|image/")
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


def kept_nowhere(send: Send) -> Send:
    """A ``send`` for somebody signed in: only what everybody gets may be kept by a browser."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if not _FOR_EVERYBODY.match(headers.get("content-type", "")):
                headers["cache-control"] = "no-store"
        await send(message)

    return sent


Refuse = Callable[[Request, int], Response]
"""Makes the response of an error of that status, a page for who reads pages."""


class Guard:
    """Refuses foreign hosts and large bodies, and turns a crash into one French sentence.

    A page that rebinds its own name to this machine's address still sends that name in ``Host``.
    What only a proxy may say of a request (its first host, its scheme) is not believed here: the
    door noted before what a trusted one says.
    A crash is logged by its type and place only: its message may hold a person's words.
    """

    def __init__(self, app: ASGIApp, trusted_hosts: Collection[str], refuse: Refuse) -> None:
        self.app = app
        self.trusted_hosts = trusted_hosts
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is allowed, its body read already; that of a file sent is counted."""
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
        most_bytes = _SENT.get((scope["method"], scope["path"]))
        if most_bytes is not None:
            receive = limited(receive, most_bytes)
        else:
            body = await read_body(receive)
            if body is None:
                await self.refuse(Request(scope), 413)(scope, receive, send)
                return
            receive = replayed(body, receive)
        kept = [h for h in scope["headers"] if not _PROXY_HEADERS.fullmatch(h[0])]
        scheme = "https" if caller_of(scope).secure else "http"
        scope = {**scope, "headers": kept, "scheme": scheme}
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:  # the last door before the server
            log_crash(error)
            if not started:
                await self.refuse(Request(scope), 500)(scope, receive, send)


def log_crash(error: Exception) -> None:
    """One line: what kind of error, raised where; never its message."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    log.error("code=internal error=%s at=%s", type(error).__name__, where)


def _host_name(host: str) -> str:
    return re.sub(r":\d*\Z", "", host).rstrip(".").lower()


async def read_body(receive: Receive) -> bytes | None:
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


def replayed(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives a body already read, then goes on."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def limited(receive: Receive, most_bytes: int) -> Receive:
    """A ``receive`` that passes a body on as it comes, up to a limit.

    Past it, what follows is thrown away, then ``HTTPException`` 413 is raised.
    """
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read <= most_bytes:
            return message
        while message.get("more_body", False) and read <= _DRAINED * most_bytes:
            message = await receive()
            read += len(message.get("body", b""))
        raise HTTPException(413)

    return counted
