"""« /ajouter »: send a file, read what was found in it, publish or discard it; take one out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from corpus.errors import ReperesError
from ui import adding_texts as texts
from ui.access.rights import may_manage
from ui.adding import Desk, Held
from ui.drafts import Draft
from ui.pages.correcting import card_of_form
from ui.pages.navigation import ADDING
from ui.pages.report import report_of
from ui.pages.site import PageProblem, page_router, render

WORK: Final = f"{ADDING}/travail"
SCRIPT: Final = f"{ADDING}/envoi.js"
_SCRIPT_FILE: Final = Path(__file__).parent / "static" / "adding.js"


def router(desk: Desk) -> APIRouter:
    """The pages that add and remove documents; every change is a POST of one of our own forms."""
    pages = page_router()
    pages.dependencies.append(Depends(_admit))

    @pages.get(SCRIPT)
    def script() -> Response:
        return Response(
            _SCRIPT_FILE.read_bytes(),
            media_type="text/javascript",
            headers={"cache-control": "no-cache"},
        )

    @pages.get(ADDING)
    def front(request: Request) -> Response:
        return _front(request, desk)

    @pages.post(ADDING)
    async def send(request: Request) -> Response:
        try:
            async with request.form(max_files=1, max_fields=4) as form:
                _check_key(form, desk)
                name, data = await _sent(form)
            draft = await run_in_threadpool(desk.drafts.add, name, data)
        except ReperesError as error:
            return await run_in_threadpool(_front, request, desk, 400, str(error))
        except PageProblem:
            raise
        except HTTPException as error:  # the form's own, or that of a body over the limit
            large = error.status_code == 413
            said = texts.TOO_LARGE if large else texts.BAD_FORM
            return await run_in_threadpool(_front, request, desk, 413 if large else 400, said)
        return _to(f"{ADDING}/{draft.token}")

    @pages.get(WORK)
    def work(request: Request) -> Response:
        job = desk.job
        if job is None:
            return _to(ADDING)
        waiting = job.draft is not None and desk.drafts.get(job.draft) is not None
        return render(request, "adding_work", job=job, waiting=waiting)

    _add_removal(pages, desk)
    _add_draft(pages, desk)
    return pages


def _add_removal(pages: APIRouter, desk: Desk) -> None:
    @pages.get(ADDING + "/retirer/{key}")
    def ask(request: Request, key: str) -> Response:
        return render(request, "adding_removal", held=_held(desk, key), key=desk.key)

    @pages.post(ADDING + "/retirer/{key}")
    async def take_out(request: Request, key: str) -> Response:
        await _check_form(request, desk)
        await run_in_threadpool(lambda: desk.remove(_held(desk, key)))
        return _to(WORK)


def _add_draft(pages: APIRouter, desk: Desk) -> None:
    @pages.get(ADDING + "/{token}")
    def read(request: Request, token: str) -> Response:
        draft = _draft(desk, token)
        return render(
            request,
            "adding_draft",
            draft=draft,
            outlook=desk.outlook(draft),
            key=desk.key,
            **report_of(draft),
        )

    @pages.post(ADDING + "/{token}")
    async def correct(request: Request, token: str) -> Response:
        draft = _draft(desk, token)
        async with request.form(max_files=0, max_fields=12) as form:
            _check_key(form, desk)
            card = card_of_form(draft, form)
        await run_in_threadpool(desk.drafts.correct, draft, card)
        return _to(f"{ADDING}/{token}#identite")

    @pages.post(ADDING + "/{token}/publier")
    async def publish(request: Request, token: str) -> Response:
        await _check_form(request, desk)
        desk.publish(_draft(desk, token))
        return _to(WORK)

    @pages.post(ADDING + "/{token}/abandonner")
    async def discard(request: Request, token: str) -> Response:
        await _check_form(request, desk)
        desk.drafts.discard(token)
        return _to(ADDING)


def _admit(request: Request) -> None:
    """Lets in who may change the library, from a page of ours.

    Raises:
        PageProblem: someone else, or a form of another site.
    """
    if not may_manage(request):
        raise PageProblem(404, texts.NOT_ALLOWED)
    if request.method not in ("GET", "HEAD") and _is_foreign(request):
        raise PageProblem(400, texts.FOREIGN)


def _is_foreign(request: Request) -> bool:
    """Whether the browser says that another site asks (it may say nothing: see ``Desk.key``)."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "null")
    if site is not None and site != "same-origin":
        return True
    # Our own forms have the origin « null », for our pages send no referrer.
    return origin != "null" and urlsplit(origin).netloc != request.headers.get("host")


async def _check_form(request: Request, desk: Desk) -> None:
    async with request.form(max_files=0, max_fields=4) as form:
        _check_key(form, desk)


def _check_key(form: FormData, desk: Desk) -> None:
    if not desk.knows(form.get("cle")):
        raise PageProblem(400, texts.FOREIGN)


async def _sent(form: FormData) -> tuple[str, bytes]:
    """The name and bytes of the file in the form."""
    sent = form.get("fichier")
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise ReperesError(texts.NO_FILE)
    return sent.filename, await sent.read()


def _front(request: Request, desk: Desk, status: int = 200, fault: str | None = None) -> Response:
    values: Mapping[str, Any] = {
        "fault": fault,
        "drafts": desk.drafts.all(),
        "held": desk.held(),
        "job": desk.job,
        "key": desk.key,
    }
    return render(request, "adding", status, **values)


def _draft(desk: Desk, token: str) -> Draft:
    draft = desk.drafts.get(token)
    if draft is None:
        raise PageProblem(404, texts.GONE)
    return draft


def _held(desk: Desk, key: str) -> Held:
    found = next((held for held in desk.held() if held.key == key), None)
    if found is None:
        raise PageProblem(404, texts.NOT_HELD)
    return found


def _to(address: str) -> Response:
    """Leads to a page that can be reloaded without sending anything again."""
    return RedirectResponse(address, 303)
