"""The end of a server: open pages are let go of before it is cut off.

A tab of the chat listens to a stream that never ends by itself; a server that stops would wait
for it, then cancel it, which prints as a crash. Told that its page left, the stream ends.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    import socket

    import uvicorn

GRACE_S: Final = 5
"""How long a server that stops waits for the answers on their way."""
_LAST_S: Final = 0.5
_ENDLESS: Final = "/gradio_api/heartbeat/"


class OpenPages:
    """Passes everything on; at the end, tells what still listens that nobody is there.

    Only what waits for its page to leave is told so: an answer or a file being sent goes on.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._endless = asyncio.Event()
        self._all = asyncio.Event()

    def leave(self, grace_s: float) -> None:
        """Ends the streams without end now, the others shortly before ``grace_s`` seconds."""
        self._endless.set()
        asyncio.get_running_loop().call_later(max(0.0, grace_s - _LAST_S), self._all.set)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        endless = scope["path"].startswith(_ENDLESS)
        request = _Request(receive, send, self._endless if endless else self._all)
        await self.app(scope, request.receive, request.send)
        await request.close()


class _Request:
    """One request, whose page is said to have left once ``over`` is set."""

    def __init__(self, receive: Receive, send: Send, over: asyncio.Event) -> None:
        self._receive, self._send, self._over = receive, send, over
        self._read = False
        self._sent: Message | None = None

    async def receive(self) -> Message:
        if self._read:
            return await self._next()
        message = await self._receive()
        self._read = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        self._sent = message
        await self._send(message)

    async def close(self) -> None:
        """Ends a response that was left in the middle, so that its page reads a whole one."""
        if self._sent is None or not self._over.is_set():
            return
        last = self._sent["type"] == "http.response.body"
        if not last or self._sent.get("more_body", False):
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _next(self) -> Message:
        """The next message, or that the page has left."""
        heard = asyncio.ensure_future(self._receive())
        over = asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait((heard, over), return_when=asyncio.FIRST_COMPLETED)
            return heard.result() if heard.done() else {"type": "http.disconnect"}
        finally:
            heard.cancel()
            over.cancel()


def server_of(
    app: ASGIApp,
    started: Callable[[], None] = lambda: None,
    grace_s: int = GRACE_S,
    **options: Any,
) -> "uvicorn.Server":
    """A server that lets its open pages go when it stops.

    Args:
        app: what it serves.
        started: called once it answers.
        grace_s: seconds that it waits for the answers on their way, then cuts them.
        options: those of uvicorn's ``Config``.
    """
    import uvicorn

    pages = OpenPages(app)

    class Server(uvicorn.Server):
        async def startup(self, sockets: "list[socket.socket] | None" = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                started()

        async def shutdown(self, sockets: "list[socket.socket] | None" = None) -> None:
            pages.leave(grace_s)
            await super().shutdown(sockets=sockets)

    return Server(uvicorn.Config(pages, timeout_graceful_shutdown=grace_s, **options))
