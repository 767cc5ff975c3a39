"""« /ajouter »: send a file, read what was found in it, publish or discard it; take one out."""

from collections.abc import Iterator, Mapping, Sequence
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
from ingest.reading import Refusal
from ui import adding_texts as texts
from ui.access.rights import may_manage
from ui.adding import Desk, Held
from ui.drafts import MOST_DRAFTS, Draft, Sent
from ui.pages.correcting import card_of, correction_of, faults_of, typed
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
            async with request.form(max_fields=4) as form:
                if not form:
                    raise ReperesError(texts.BAD_FORM)
                _check_key(form, desk)
                sent = await _sent(form, desk)
        except PageProblem:
            raise
        except ReperesError as error:
            return await run_in_threadpool(_front, request, desk, 400, (str(error),))
        except HTTPException as error:  # the form's own, or that of a body over the limit
            large = error.status_code == 413
            said = texts.TOO_LARGE if large else texts.BAD_FORM
            return await run_in_threadpool(_front, request, desk, 413 if large else 400, (said,))
        drafts = [draft for one in sent for draft in one.drafts]
        faults = [said for one in sent for refusal in one.refused for said in _told(refusal)]
        if faults:
            status = 200 if drafts else 400
            return await run_in_threadpool(_front, request, desk, status, faults)
        return _to(f"{ADDING}/{drafts[0].token}" if len(drafts) == 1 else f"{ADDING}#lus")

    @pages.get(WORK)
    def work(request: Request) -> Response:
        job = desk.job
        if job is None:  # the page of a publication that a former server began reloads itself
            return _front(request, desk, faults=(texts.NO_WORK,))
        waiting = [draft for token in job.drafts if (draft := desk.drafts.get(token))]
        return render(request, "adding_work", job=job, waiting=waiting)

    @pages.post(ADDING + "/tout/publier")
    async def publish_all(request: Request) -> Response:
        await _check_form(request, desk)
        await run_in_threadpool(lambda: desk.publish(*desk.ready()))
        return _to(WORK)

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
        return _report(request, desk, _draft(desk, token))

    @pages.post(ADDING + "/{token}")
    async def correct(request: Request, token: str) -> Response:
        draft = _draft(desk, token)
        async with request.form(max_files=0, max_fields=12) as form:
            _check_key(form, desk)
            given = typed(form)
        faults = faults_of(draft, given)
        if not faults:
            try:
                await run_in_threadpool(desk.drafts.correct, draft, card_of(draft, given))
            except ReperesError as error:  # what no field says by itself
                faults = {"": str(error)}
        if faults:
            return await run_in_threadpool(_report, request, desk, draft, given, faults)
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
        raise PageProblem(403, texts.NOT_ALLOWED)
    if request.method not in ("GET", "HEAD") and _is_foreign(request):
        raise PageProblem(403, texts.FOREIGN)


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
        raise PageProblem(403, texts.FOREIGN)


async def _sent(form: FormData, desk: Desk) -> list[Sent]:
    """What became of each file in the form."""
    files = [one for one in form.getlist("fichier") if isinstance(one, UploadFile) and one.filename]
    if not files:
        raise ReperesError(texts.NO_FILE)
    if len(files) > MOST_DRAFTS:
        raise ReperesError(texts.too_many_files(len(files), MOST_DRAFTS))
    return [
        await run_in_threadpool(desk.drafts.send, str(file.filename), await file.read())
        for file in files
    ]


def _told(refusal: Refusal) -> Iterator[str]:
    """The sentence of a refusal, after the name of its file unless it says it."""
    name = refusal.file.rpartition("!")[2]
    named = name.rpartition("/")[2] in refusal.reason
    yield refusal.reason if named else f"« {name} » : {refusal.reason}"


def _front(request: Request, desk: Desk, status: int = 200, faults: Sequence[str] = ()) -> Response:
    drafts = desk.drafts.all()
    values: Mapping[str, Any] = {
        "faults": faults,
        "drafts": [(draft, desk.outlook(draft)) for draft in drafts],
        "ready": len(desk.ready()) if len(drafts) > 1 else 0,
        "held": desk.held(),
        "job": desk.job,
        "key": desk.key,
        "most": MOST_DRAFTS,
    }
    return render(request, "adding", status, **values)


def _report(
    request: Request,
    desk: Desk,
    draft: Draft,
    given: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> Response:
    """The page of a draft; with ``faults``, the form comes back as it was typed."""
    return render(
        request,
        "adding_draft",
        400 if faults else 200,
        draft=draft,
        outlook=desk.outlook(draft),
        key=desk.key,
        correction=correction_of(draft, given, faults),
        to_correct=texts.TO_CORRECT,
        **report_of(draft),
    )


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
