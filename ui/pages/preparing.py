"""« /seance »: a trainer's session, asked for, read, changed and taken away as a file.

The server keeps nothing of it: the order and the changes travel in the page's own form, and the
pack is made and proved again from them at each request.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import ImmutableMultiDict

from assistant.teaching.composing import DRAWN, MOVABLE
from assistant.teaching.pack import Pack
from assistant.teaching.saving import NOTE_CHARS, QUESTION_CHARS
from assistant.teaching.themes import themes
from corpus.errors import IndexUnusable, InvalidRequest, ReperesError
from ui import texts
from ui.access.charging import charge_of
from ui.exporting.formats import FORMATS, check_format, export, file_name
from ui.pages import reopening
from ui.pages import session_form as form
from ui.pages.bench import Bench, Session
from ui.pages.navigation import SESSION
from ui.pages.session_view import PackNotes
from ui.pages.site import page_router, render

FILE: Final = f"{SESSION}/fichier"
SCRIPT: Final = f"{SESSION}/seance.js"
_SCRIPT_FILE: Final = Path(__file__).parent / "static" / "seance.js"
_METHODS: Final = ["GET", "POST"]
REWORDING: Final = {"reformuler": "oui", "origine": ""}
"""Buttons on the wording of the key points: what the form then says of it."""
NOT_REWORDED: Final = (
    "Le modèle n'a pas répondu, ou aucune de ses phrases n'a passé les contrôles : les points clés "
    "gardent les mots des textes."
)
Given = ImmutableMultiDict[str, Any]


def router(bench: Bench) -> APIRouter:
    """The page, its files and its script."""
    pages = page_router()

    @pages.get(SCRIPT)
    def script() -> Response:
        return Response(
            _SCRIPT_FILE.read_bytes(),
            media_type="text/javascript",
            headers={"cache-control": "no-cache"},
        )

    @pages.api_route(SESSION, methods=_METHODS)
    async def read(request: Request) -> Response:
        given = await given_of(request)
        return await run_in_threadpool(_shown, request, bench, given)

    @pages.api_route(FILE, methods=_METHODS)
    async def take(request: Request) -> Response:
        given = await given_of(request)
        return await run_in_threadpool(_file, request, bench, given)

    return pages


async def given_of(request: Request) -> Given:
    """What a form gives, by its address or by its body."""
    if request.method == "POST":
        async with request.form(max_files=0, max_fields=400) as sent:
            return ImmutableMultiDict(
                [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
            )
    return request.query_params


def session_of(request: Request, bench: Bench, given: Given) -> Session:
    """The session that a request asks for.

    Raises:
        ReperesError: it can't be read or made (French).
    """
    kept = _text(given, reopening.FIELD)
    order = kept or form.read_order(fields_of(given), themes(), bench.years())
    edits = form.read_edits(_text(given, "modifications"))
    return bench.session(
        order, edits, charge_of(request.scope), _text(given, "reformuler") == "oui"
    )


def names_session(given: Given) -> bool:
    """Whether something says which session is meant: a theme, a question, a saved session."""
    return any(_text(given, name) for name in ("theme", "question", reopening.FIELD))


def fields_of(given: Given) -> dict[str, str]:
    """The fields of the order as they were typed."""
    return {name: _text(given, name).strip() for name in form.FIELDS}


def _text(given: Given, name: str) -> str:
    value = given.get(name, "")
    return value if isinstance(value, str) else ""


def _shown(request: Request, bench: Bench, given: Given) -> Response:
    """The empty form, or the session; a change that can't be made leaves it as it was."""
    wanted = names_session(given) or "au" in given
    if not wanted or "modifier" in given:
        return _form(request, bench, fields_of(given))
    try:
        session = session_of(request, bench, given)
    except IndexUnusable:
        raise
    except ReperesError as error:
        return _form(request, bench, fields_of(given), error)
    problem: InvalidRequest | None = None
    doing = _text(given, "faire")
    if doing in REWORDING:
        again = dict(given) | {"reformuler": REWORDING[doing]}
        session = session_of(request, bench, ImmutableMultiDict(again))
        if REWORDING[doing] and not session.reworded:
            problem = InvalidRequest(NOT_REWORDED)
    elif doing:
        try:
            picks = [pick for pick in given.getlist("ajouter") if isinstance(pick, str)]
            edits = form.changed(session.edits, doing, _text(given, "note"), picks)
            form.read_edits(form.write_edits(edits))  # as the next request will
            charge = charge_of(request.scope)
            asked_for = session.kept or session.order
            changed = bench.session(asked_for, edits, charge, session.reworded)
            form.check_size(changed.fields)
            session = changed
        except InvalidRequest as error:
            problem = error
    return _session(request, bench, session, doing, problem, _text(given, "note"))


def _form(
    request: Request, bench: Bench, asked: Mapping[str, str], problem: ReperesError | None = None
) -> Response:
    return render(
        request,
        "session_form",
        400 if problem else 200,
        asked=form.masked_fields(asked),
        problem=problem,
        field=getattr(problem, "field", ""),
        offers=bench.offers(),
        exercices=bench.years(),
        audiences=form.AUDIENCES,
        lengths=form.LENGTHS,
        groups=form.GROUPS,
        question_chars=QUESTION_CHARS,
    )


def _session(
    request: Request,
    bench: Bench,
    session: Session,
    doing: str,
    problem: InvalidRequest | None,
    note: str,
) -> Response:
    failed = problem is not None
    return render(
        request,
        "session",
        400 if failed else 200,
        pack=session.pack,
        notes=PackNotes(session.pack),
        asked=form.as_fields(session.order),
        fields=session.fields,
        edits=session.edits,
        unmet=session.made.unmet,
        problem=str(problem) if problem else "",
        field=getattr(problem, "field", ""),
        note=note if failed else "",
        added=doing == "ajouter" and not failed,
        formats=FORMATS.values(),
        movable=MOVABLE,
        drawn=DRAWN,
        note_chars=NOTE_CHARS,
        rewords=bench.rewords,
        model=bench.model,
        reworded=session.reworded,
        reopened=bool(session.kept),
        originals=session.originals,
        mark=texts.REWORDED,
    )


def _file(request: Request, bench: Bench, given: Given) -> Response:
    check_format(_text(given, "format"))  # before a session is made for nothing
    return file_of(session_of(request, bench, given).pack, _text(given, "format"))


def file_of(pack: Pack, name: str) -> Response:
    """A pack as a file to keep, in the format of that name.

    Raises:
        InvalidRequest: no format has that name (French).
    """
    data = export(pack, name)
    named = f'attachment; filename="{file_name(pack, name)}"'
    headers = {"content-disposition": named, "cache-control": "no-store"}
    return Response(data, media_type=FORMATS[name].media_type, headers=headers)
