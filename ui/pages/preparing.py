"""« /seance »: a trainer's session, asked for, read, changed and taken away as a file.

The server keeps nothing of it: the order and the changes travel in the page's own form, and the
pack is made and proved again from them at each request.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import ImmutableMultiDict

from assistant.teaching.composing import DRAWN, MOVABLE, Composed, Edit, composed
from assistant.teaching.pack import Order, Pack
from assistant.teaching.refreshing import Refresh
from assistant.teaching.themes import Theme, themes
from assistant.teaching.themes import exercices_of as offered_exercices
from corpus.errors import IndexUnusable, InvalidRequest, ReperesError
from ui.exporting.formats import FORMATS, export, file_name
from ui.pages import session_form as form
from ui.pages.navigation import SESSION
from ui.pages.rows import exercices_of
from ui.pages.session_view import PackNotes
from ui.pages.site import PageProblem, page_router, render
from ui.service import Assistant

FILE: Final = f"{SESSION}/fichier"
SCRIPT: Final = f"{SESSION}/seance.js"
_SCRIPT_FILE: Final = Path(__file__).parent / "static" / "seance.js"
_METHODS: Final = ["GET", "POST"]
_KEPT_PACKS: Final = 64  # a session drawn again as often as it may be takes 21 of them
_MOST_MADE: Final = 6
"""Packs that one request may have made: a click needs one, only a server that forgot needs more."""
_RELOAD: Final = (
    "Cette séance a beaucoup de tirages à refaire d'un coup : rechargez la page pour continuer."
)
Given = ImmutableMultiDict[str, Any]


@dataclass(frozen=True, slots=True)
class Session:
    """A session as a request asks for it: its order, and what its changes make of the pack."""

    order: Order
    made: Composed

    @property
    def pack(self) -> Pack:
        """The pack, changes made."""
        return self.made.pack

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The changes, less those that apply no more."""
        return self.made.edits

    @property
    def fields(self) -> dict[str, str]:
        """What the next form gives back to find the same session."""
        return form.as_fields(self.order) | {"modifications": form.write_edits(self.edits)}


class Bench:
    """Where packs are made; the last ones are kept in memory, for each click asks for one again."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._packs: OrderedDict[tuple[Order, str], Pack] = OrderedDict()
        self._lock = Lock()

    def pack(self, order: Order, progress: Callable[[str], None] = lambda _step: None) -> Pack:
        """The pack of an order, over the index in use.

        Raises:
            ReperesError: it can't be made (French).
        """
        key = self._key(order)
        with self._lock:
            known = self._packs.get(key)
        pack = known or self._assistant.pack(order, progress)
        with self._lock:
            self._packs[key] = pack
            self._packs.move_to_end(key)
            while len(self._packs) > _KEPT_PACKS:
                self._packs.popitem(last=False)
        return pack

    def session(self, order: Order, edits: Sequence[Edit]) -> Session:
        """The session of an order and its changes.

        Raises:
            ReperesError: as ``pack``.
        """
        pack = self.pack(order)
        made = Composed(pack)
        if edits:
            made = composed(pack, edits, self._sparing(), self._assistant.quoted)
        return Session(order, made)

    def _sparing(self) -> Callable[[Order], Pack]:
        """Makes packs for one request, few of them new."""
        left = _MOST_MADE

        def make(order: Order) -> Pack:
            nonlocal left
            left -= self._key(order) not in self._packs
            if left < 0:
                raise PageProblem(503, _RELOAD)
            return self.pack(order)

        return make

    def _key(self, order: Order) -> tuple[Order, str]:
        return order, str(self._assistant.health().get("corpus_digest"))

    def renewed(self, saved: Pack, day: date) -> Refresh:
        """What a saved pack has become.

        Raises:
            ReperesError: as ``pack``.
        """
        return self._assistant.renewed(saved, day)

    def offers(self) -> list[tuple[Theme, tuple[int, ...]]]:
        """The themes, each with the exercices for which there is enough proof."""
        entries = self._assistant.entries()
        return [(theme, offered_exercices(theme, entries)) for theme in themes().values()]

    def years(self) -> tuple[int, ...]:
        """The exercices that a session may be about."""
        return exercices_of(self._assistant.entries())

    def asked(self, given: Given) -> Session:
        """The session that a request asks for.

        Raises:
            ReperesError: it can't be read or made (French).
        """
        order = form.read_order(fields_of(given), themes(), self.years())
        return self.session(order, form.read_edits(_text(given, "modifications")))


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
        return await run_in_threadpool(_file, bench, given)

    return pages


async def given_of(request: Request) -> Given:
    """What a form gives, by its address or by its body."""
    if request.method == "POST":
        async with request.form(max_files=0, max_fields=400) as sent:
            return ImmutableMultiDict(
                [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
            )
    return request.query_params


def fields_of(given: Given) -> dict[str, str]:
    """The fields of the order as they were typed."""
    return {name: _text(given, name).strip() for name in form.FIELDS}


def _text(given: Given, name: str) -> str:
    value = given.get(name, "")
    return value if isinstance(value, str) else ""


def _shown(request: Request, bench: Bench, given: Given) -> Response:
    """The empty form, or the session; a change that can't be made leaves it as it was."""
    wanted = _text(given, "theme") or _text(given, "question") or "au" in given
    if not wanted or "modifier" in given:
        return _form(request, bench, fields_of(given))
    try:
        session = bench.asked(given)
    except IndexUnusable:
        raise
    except ReperesError as error:
        return _form(request, bench, fields_of(given), error)
    problem: InvalidRequest | None = None
    doing = _text(given, "faire")
    if doing:
        try:
            picks = [pick for pick in given.getlist("ajouter") if isinstance(pick, str)]
            edits = form.changed(session.edits, doing, _text(given, "note"), picks)
            form.read_edits(form.write_edits(edits))  # as the next request will
            session = bench.session(session.order, edits)
        except InvalidRequest as error:
            problem = error
    return _session(request, session, doing, problem, _text(given, "note"))


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
        question_chars=form.QUESTION_CHARS,
    )


def _session(
    request: Request,
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
        note_chars=form.NOTE_CHARS,
    )


def _file(bench: Bench, given: Given) -> Response:
    return file_of(bench.asked(given).pack, _text(given, "format"))


def file_of(pack: Pack, name: str) -> Response:
    """A pack as a file to keep, in the format of that name.

    Raises:
        InvalidRequest: no format has that name (French).
    """
    data = export(pack, name)
    named = f'attachment; filename="{file_name(pack, name)}"'
    headers = {"content-disposition": named, "cache-control": "no-store"}
    return Response(data, media_type=FORMATS[name].media_type, headers=headers)
