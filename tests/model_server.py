"""An OpenAI-compatible server on loopback that answers what a test tells it to, good or bad."""

import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CHUNK_CHARS = 7  # a marker never fits in one piece
Behaviour = Callable[["_Handler"], None]


class ModelServer:
    """Gives each request the next of ``replies``: a text, or something done to the connection.

    ``asked`` holds the messages of every request, in order. Once the queue is empty, replies are
    empty texts.
    """

    def __init__(self) -> None:
        self.replies: deque[str | Behaviour] = deque()
        self.asked: list[list[dict[str, Any]]] = []
        self.headers: list[dict[str, str]] = []
        self.released = threading.Event()
        self._http = _Quiet(("127.0.0.1", 0), _Handler)
        self._http.model = self
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def will(self, *replies: "str | Behaviour") -> None:
        """Forgets what was asked, and answers the next requests so."""
        self.asked.clear()
        self.headers.clear()
        self.replies = deque(replies)

    @contextmanager
    def running(self) -> Iterator["ModelServer"]:
        """Serves until the end of the block; those that were kept waiting are let go."""
        thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield self
        finally:
            self.released.set()
            self._http.shutdown()
            self._http.server_close()
            thread.join()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    model: ModelServer

    def handle_error(self, *_: Any) -> None:
        """A client that leaves is what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: _Quiet

    def do_POST(self) -> None:
        model = self.server.model
        body = self.rfile.read(int(self.headers["Content-Length"]))
        model.asked.append(json.loads(body)["messages"])
        model.headers.append({name.lower(): value for name, value in self.headers.items()})
        reply = model.replies.popleft() if model.replies else ""
        if callable(reply):
            reply(self)
        else:
            self.open()
            self.say(*(reply[n : n + CHUNK_CHARS] for n in range(0, len(reply), CHUNK_CHARS)))
            self.done()

    def open(self, kind: str = "text/event-stream") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def say(self, *pieces: str) -> None:
        for piece in pieces:
            choice = {"index": 0, "delta": {"role": "assistant", "content": piece}}
            event = {"id": "1", "object": "chat.completion.chunk", "choices": [choice]}
            self.wfile.write(b"data: " + json.dumps(event).encode() + b"\n\n")

    def done(self) -> None:
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, *_: Any) -> None:
        """Nothing on stderr."""


# What a server may do instead of answering.


def status(code: int) -> Behaviour:
    """Refuses with an HTTP status."""

    def act(handler: _Handler) -> None:
        handler.send_response(code)
        handler.send_header("Location", "/v1/chat/completions")
        handler.end_headers()

    return act


def raw(body: bytes, kind: str = "text/event-stream") -> Behaviour:
    """Sends these bytes as its reply."""

    def act(handler: _Handler) -> None:
        handler.open(kind)
        handler.wfile.write(body)

    return act


def reset(handler: _Handler) -> None:
    """Cuts the connection without a word (RST)."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def silent(handler: _Handler) -> None:
    """Accepts, and says nothing until the tests are over."""
    handler.server.model.released.wait(30)


def paused_after(text: str) -> Behaviour:
    """Says ``text``, then nothing more."""

    def act(handler: _Handler) -> None:
        handler.open()
        handler.say(text)
        silent(handler)

    return act


def cut_after(text: str) -> Behaviour:
    """Says ``text``, then cuts the connection."""

    def act(handler: _Handler) -> None:
        handler.open()
        handler.say(text)
        handler.wfile.flush()
        reset(handler)

    return act


def pinging(handler: _Handler) -> None:
    """Keeps the connection alive with comments, and never answers."""
    handler.open()
    while not handler.server.model.released.wait(0.02):
        handler.wfile.write(b": ping\n\n")
        handler.wfile.flush()


def endless(piece: str) -> Behaviour:
    """Says the same thing for as long as it is read."""

    def act(handler: _Handler) -> None:
        handler.open()
        while not handler.server.model.released.is_set():
            handler.say(piece)

    return act
