"""The end of a server: open pages are let go of, answers on their way are finished."""

import http.client
import logging
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, closing, contextmanager
from urllib.parse import urlsplit

import anyio
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.ui.browsing import served

SLOW_S = 0.3


async def listened(_request: Request) -> Response:
    """A stream without end, as a tab of the chat opens one."""

    async def forever() -> AsyncIterator[str]:
        yield "data: là\n\n"
        await anyio.sleep_forever()

    return StreamingResponse(forever(), media_type="text/event-stream")


async def answered(request: Request) -> Response:
    """An answer that takes a while, after the whole of its question was read."""
    asked = await request.body()
    await anyio.sleep(SLOW_S)
    return PlainTextResponse(asked)


APP = Starlette(
    routes=[
        Route("/gradio_api/heartbeat/a", listened),
        Route("/ecoute", listened),
        Route("/api/answers", answered, methods=["POST"]),
    ]
)


@contextmanager
def opened(address: str, path: str) -> Iterator[http.client.HTTPResponse]:
    """A response whose first words were read."""
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)) as client:
        client.request("GET", path)
        with client.getresponse() as response:
            assert response.readline() == "data: là\n".encode()
            yield response


@pytest.mark.parametrize("path", ["/gradio_api/heartbeat/a", "/ecoute"])
def test_a_tab_left_open_ends_whole_and_prints_nothing(
    path: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as open_:
        with caplog.at_level(logging.WARNING, "uvicorn.error"), served(APP) as address:
            response = open_.enter_context(opened(address, path))
        assert response.read() == b"\n"  # it raises where the end is missing
    assert (caplog.text, capfd.readouterr().err) == ("", "")


def test_a_server_with_an_open_tab_stops_at_once() -> None:
    with ExitStack() as open_:
        with served(APP) as address:
            open_.enter_context(opened(address, "/gradio_api/heartbeat/a"))
            begun = time.monotonic()
        assert time.monotonic() - begun < 1.5


def test_an_answer_on_its_way_is_finished(caplog: pytest.LogCaptureFixture) -> None:
    got: list[bytes] = []
    sent = threading.Event()

    def ask(place: str) -> None:
        with closing(http.client.HTTPConnection(place, timeout=10)) as client:
            client.request("POST", "/api/answers", body=b"et en 2022 ?")
            sent.set()
            got.append(client.getresponse().read())

    with caplog.at_level(logging.WARNING, "uvicorn.error"), served(APP) as address:
        asking = threading.Thread(target=ask, args=(urlsplit(address).netloc,))
        asking.start()
        sent.wait(5)
        with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0)):
            pass  # the server has taken what came before
    asking.join(5)
    assert (got, caplog.text) == ([b"et en 2022 ?"], "")
