"""A web site of one test, on loopback: each page is a function of the request."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

from ingest.downloading import Network

HOST = "officiel.example"
LOOPBACK = "127.0.0.1"
Page = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Site:
    """Pages by path, and what was asked: when, and with which headers."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    asked_at: list[float] = field(default_factory=list)
    headers: list[Message] = field(default_factory=list)
    leaving: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/texte", host: str = HOST) -> str:
        """The address of a page."""
        return f"http://{host}:{self.port}{path}"

    def network(self, **changes: object) -> Network:
        """A network where every name is this site, without pauses."""
        values: dict[str, object] = {
            "resolve": lambda _host, _port: [LOOPBACK],
            "trusted_addresses": frozenset({LOOPBACK}),
            "pause_s": 0.0,
        }
        return Network(**{**values, **changes})  # type: ignore[arg-type]


def sent(data: bytes, kind: str = "text/plain; charset=utf-8", **headers: str) -> Page:
    """A page of that content and type."""

    def page(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        for name, value in {"content_type": kind, **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    return page


def redirect(place: str) -> Page:
    """A page that sends elsewhere."""

    def page(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", place)
        request.send_header("Set-Cookie", "suivi=1; Path=/")
        request.send_header("Content-Length", "0")
        request.end_headers()

    return page


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site that answers until the end of the block."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.asked_at.append(monotonic())
            site.headers.append(self.headers)
            try:
                site.pages[self.path](self)
            except KeyError:
                self.send_error(404)
            except OSError:
                self.close_connection = True  # the client has left

        def log_message(self, *_words: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_words: object) -> None:
            pass  # the client left during the handshake

    server = Server((LOOPBACK, 0), Answers)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield site
    finally:
        site.leaving.set()
        server.shutdown()
        thread.join()
        server.server_close()
