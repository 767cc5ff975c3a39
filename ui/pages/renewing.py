"""« /seance/actualiser »: a saved session read again beside today's texts, item by item.

Nothing is kept on the server: the session goes back to the browser in the page's own form, and is
read and proved again before it is opened, played or written as a file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from assistant.teaching.refreshing import Item, Refresh
from assistant.teaching.saving import MOST_CHARS, from_json
from corpus.errors import ReperesError
from ui.exporting.formats import FORMATS
from ui.headers import PACK_BYTES
from ui.kit_reports import OUTCOMES, PARTS
from ui.pages.bench import Bench
from ui.pages.navigation import RENEWAL
from ui.pages.reopening import FIELD, TOO_LONG
from ui.pages.site import page_router, render

NO_FILE: Final = "Choisissez le fichier d'une séance enregistrée (format « Séance enregistrée »)."
BAD_FORM: Final = "L'envoi n'a pas pu être lu : choisissez le fichier à nouveau."
TOO_LARGE: Final = (
    f"Ce fichier est trop lourd pour une séance enregistrée : {PACK_BYTES // 1024**2} Mo au plus."
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the session: its title, what became of its items, how many hold."""

    title: str
    moved: Sequence[Item]
    held: int


def router(bench: Bench) -> APIRouter:
    """The page that takes a file, and says what became of it."""
    pages = page_router()

    @pages.get(RENEWAL)
    def ask(request: Request) -> Response:
        return _form(request)

    @pages.post(RENEWAL)
    async def renew(request: Request) -> Response:
        try:
            async with request.form(max_files=1, max_fields=4, max_part_size=PACK_BYTES) as form:
                text = await _text(form)
        except HTTPException as error:  # the form's own, or that of a body over the limit
            large = error.status_code == 413
            return _form(request, TOO_LARGE if large else BAD_FORM, 413 if large else 400)
        return await run_in_threadpool(_renewed, request, bench, text)

    return pages


async def _text(form: FormData) -> str:
    """The file sent."""
    given = form.get(FIELD)
    if isinstance(given, UploadFile):
        content = await given.read(4 * MOST_CHARS + 1)
        return content.decode("utf-8-sig", "replace")
    return given or ""


def _renewed(request: Request, bench: Bench, text: str) -> Response:
    if not text.strip():
        return _form(request, NO_FILE, 400)
    try:
        saved = from_json(text)
        found, kept = bench.renewed(saved, date.today())
    except ReperesError as error:
        return _form(request, str(error), 413 if str(error) == TOO_LONG else 400)
    return render(
        request,
        "session_renewed",
        saved=saved,
        pack=found.pack,
        chapters=tuple(_chapters(found)),
        counts={name: found.count(name) for name in OUTCOMES},
        outcomes=OUTCOMES,
        formats=FORMATS.values(),
        fields={FIELD: kept},
    )


def _chapters(found: Refresh) -> Sequence[Chapter]:
    made = []
    for part, title in PARTS.items():
        items = [item for item in found.items if item.part == part]
        moved = [item for item in items if item.outcome != "holds"]
        if items:
            made.append(Chapter(title, moved, len(items) - len(moved)))
    return made


def _form(request: Request, problem: str = "", status: int = 200) -> Response:
    return render(request, "session_renewal", status, problem=problem, field_name=FIELD)
