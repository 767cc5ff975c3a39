"""What surrounds every response: security headers, host and body checks.

All pure ASGI, so that a streamed answer is never buffered.
"""

import logging
import re
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
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
        body = await read_body(receive)
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
            await self.app(scope, replayed(body, receive), watched)
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
