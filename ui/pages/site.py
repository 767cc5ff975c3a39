"""The frame of the pages: templates, their style, and errors that people can read."""

import hashlib
from collections.abc import Callable, Coroutine
from functools import cache
from http import HTTPMethod
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.routing import Match

from corpus.errors import IndexUnusable, ReperesError
from ui import texts
from ui.access.rights import is_signed_in, may_manage
from ui.adding import Desk
from ui.headers import log_crash
from ui.markup import clean, outside_link, web_address
from ui.pages import navigation, session_view, words
from ui.pages.rows import typeset
from ui.pages.standing import is_over
from ui.service import Assistant

_STYLES: Final = (
    Path(__file__).parents[1] / "static" / "look.css",
    Path(__file__).parent / "static",
)
_A_YEAR: Final = "public, max-age=31536000, immutable"


def add_pages(app: FastAPI, assistant: Assistant, desk: Desk | None = None) -> None:
    """Registers every page and the style that they share; the chat must be mounted after.

    Without a ``desk``, no page adds documents.
    """
    from ui.pages import (
        about,
        adding,
        bench,
        calendar,
        comparison,
        documents,
        eligibility,
        glossary,
        playing,
        preparing,
        renewing,
        session_steps,
    )  # they render

    for page in (documents, eligibility, calendar, comparison, glossary, about):
        app.include_router(page.router(assistant))
    packs = bench.Bench(assistant)
    for part in (preparing, playing, renewing, session_steps):
        app.include_router(part.router(packs))
    app.state.adds = desk is not None
    if desk is not None:
        app.include_router(adding.router(desk))
    app.include_router(_rest())


def page_router() -> APIRouter:
    """A router whose pages answer ``HEAD`` too and whose errors are pages in French."""
    return APIRouter(
        route_class=_PageRoute, include_in_schema=False, default_response_class=HTMLResponse
    )


def render(request: Request, template: str, /, status: int = 200, **values: Any) -> HTMLResponse:
    """The page that a template makes of ``values``; text is escaped on the way.

    Args:
        request: its path says where the reader is in the navigation.
        template: a file of ``templates``, without « .html ».
        status: the HTTP status.
        values: what the template shows; HTML must come as ``Markup``.
    """
    section = "/" + request.url.path.split("/")[1]
    links = navigation.nav_html(section, offers_adding(request), is_signed_in(request.scope))
    frame = {"navigation": Markup(links), "style": _style()[0]}
    page = _environment().get_template(f"{template}.html").render(frame | values)
    return HTMLResponse(page, status, {"cache-control": "no-cache"})


def offers_adding(request: Request) -> bool:
    """Whether who asks may add documents to this server."""
    app = request.scope.get("app")
    return app is not None and getattr(app.state, "adds", False) and may_manage(request)


def render_error(request: Request, status: int, message: str | None = None) -> HTMLResponse:
    """The page of an error: what happened in one sentence, and where to go from there."""
    title = words.ERROR_TITLES.get(status, words.ERROR_TITLES[500])
    said = message or texts.HTTP_MESSAGES.get(status, texts.HTTP_MESSAGES[500])
    return render(request, "error", status=status, title=title, message=said)


class PageProblem(HTTPException):
    """Its ``detail`` is a French sentence for the page of the error."""


Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class _PageRoute(APIRoute):
    """Turns whatever goes wrong behind an address into a page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.methods = {*(self.methods or ()), "HEAD"}

    def get_route_handler(self) -> Handler:
        """The route's handler, with its errors rendered."""
        handle = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError:
                return render_error(request, 422, words.BAD_ADDRESS)
            except PageProblem as error:
                page = render_error(request, error.status_code, error.detail)
                page.headers.update(error.headers or {})
                return page
            except HTTPException as error:
                return render_error(request, error.status_code)
            except IndexUnusable as error:
                return render_error(request, 503, str(error))
            except ReperesError as error:
                return render_error(request, 400, str(error))
            except Exception as error:  # a person never reads a traceback
                log_crash(error)
                return render_error(request, 500)

        return shown


@cache
def _environment() -> Environment:
    """Templates and what they may call; a name that nobody gave is an error."""
    environment = Environment(
        loader=PackageLoader("ui.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.tests["over"] = is_over
    environment.filters |= {"jour": texts.french_date, "exercices": words.exercices}
    environment.filters["nombre"] = words.number
    environment.filters["compose"] = typeset
    environment.filters |= session_view.FILTERS
    environment.globals.update(
        address=navigation.document_address,
        counted=texts.counted,
        outside=_outside,
        product=texts.PRODUCT,
    )
    return environment


def _shown(value: Any) -> Any:
    """A value fit for the page: text without control or direction marks."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _outside(url: str | None, label: str) -> Markup | str:
    """A link out of the product in its own tab; the label alone when the address isn't one."""
    safe = web_address(url)
    return Markup(outside_link(safe, label, texts.NEW_TAB)) if safe else label


@cache
def _style() -> tuple[str, str]:
    """The address of the style, which changes with it, and the style."""
    shared, own = _STYLES
    files = [shared, *sorted(own.glob("*.css"))]
    style = "\n".join(file.read_text(encoding="utf-8") for file in files)
    digest = hashlib.sha256(style.encode()).hexdigest()[:16]
    return f"{navigation.STYLE}?v={digest}", style


def _rest() -> APIRouter:
    """The style, and whatever else stands under a page: without it, the chat mounted at ``/``
    would take what no page accepts."""
    router = page_router()

    @router.get(navigation.STYLE)
    def style() -> Response:
        return Response(_style()[1], media_type="text/css", headers={"cache-control": _A_YEAR})

    known = (*navigation.PAGES, navigation.ADDING, *navigation.SIGNING, navigation.STYLE)
    for page in known:
        if page != navigation.CHAT:
            router.add_api_route(page + "{rest:path}", _unknown, methods=[*HTTPMethod])
    return router


def _unknown(request: Request) -> Response:
    matches = [route.matches(request.scope)[0] for route in request.app.routes]
    raise HTTPException(405 if Match.PARTIAL in matches else 404)
