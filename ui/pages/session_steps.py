"""« /seance/etapes »: the steps of a session in the making, line by line, for its page to show.

The page works without them: they are read by its script, which then asks for the session.
"""

from collections.abc import Iterator
from queue import SimpleQueue
from threading import Thread
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from assistant.teaching.pack import Order
from assistant.teaching.themes import themes
from corpus.errors import ReperesError
from ui.headers import log_crash
from ui.pages import session_form as form
from ui.pages.bench import Bench
from ui.pages.navigation import SESSION
from ui.pages.preparing import fields_of
from ui.pages.site import page_router

STEPS: Final = f"{SESSION}/etapes"


def router(bench: Bench) -> APIRouter:
    """One line of text a step, as they come; nothing when the order can't be read: the session's
    own page says why."""
    pages = page_router()

    @pages.get(STEPS)
    def follow(request: Request) -> Response:
        try:
            order = form.read_order(fields_of(request.query_params), themes(), bench.years())
        except ReperesError:
            return Response(status_code=204)
        return StreamingResponse(
            _lines(bench, order),
            media_type="text/plain; charset=utf-8",
            headers={"cache-control": "no-store"},
        )

    return pages


def _lines(bench: Bench, order: Order) -> Iterator[str]:
    """Each step when it begins; the pack then stays in the bench for the page that follows."""
    told: SimpleQueue[str] = SimpleQueue()

    def make() -> None:
        try:
            bench.pack(order, told.put)
        except ReperesError:
            pass  # the page meets the same error and says it
        except Exception as error:
            log_crash(error)
        finally:
            told.put("")

    Thread(target=make, daemon=True).start()
    while step := told.get():
        yield f"{' '.join(step.split())}\n"
