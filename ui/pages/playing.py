"""« /seance/quiz »: the quiz of a session, played in the page or printed; nothing is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from assistant.teaching.pack import QuizItem
from ui.exporting.mixing import letter
from ui.exporting.quizzing import drawn, own_reason
from ui.pages.bench import Bench
from ui.pages.navigation import SESSION
from ui.pages.preparing import Given, given_of, names_session, session_of
from ui.pages.rows import Note
from ui.pages.session_view import PackNotes
from ui.pages.site import page_router, render

QUIZ: Final = f"{SESSION}/quiz"
SHEET: Final = f"{QUIZ}/feuille"
Outcome = Literal["", "empty", "right", "wrong"]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a question; ``index`` is its place in the pack's item."""

    index: int
    text: str
    right: bool
    why: str
    notes: tuple[Note, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A line to complete: ``label``, the ``options`` offered, which is chosen and which is right,
    as places in ``options`` (``None`` when nothing is chosen)."""

    label: str
    options: tuple[str, ...]
    chosen: int | None
    right: int


@dataclass(frozen=True, slots=True)
class Question:
    """A quiz item with what was answered; ``outcome`` is empty until it is asked to be checked,
    and ``"empty"``, which shows nothing of the answer, when nothing was chosen."""

    n: int
    item: QuizItem
    choices: tuple[Choice, ...]
    gaps: tuple[Gap, ...]
    notes: tuple[Note, ...]
    outcome: Outcome

    @property
    def is_checked(self) -> bool:
        """Whether an answer was given and checked."""
        return self.outcome in ("right", "wrong")

    @property
    def solution(self) -> tuple[str, ...]:
        """What is right, as lines to read."""
        if self.item.kind == "match":
            return tuple(f"{left} → {right}" for left, right in self.item.pairs)
        if self.item.kind == "order":
            return self.item.order
        return tuple(choice.text for choice in self.choices if choice.right)


def router(bench: Bench) -> APIRouter:
    """The quiz, and its sheet to print with or without the answers.

    An address that names no session leads to the page where one is prepared.
    """
    pages = page_router()

    @pages.api_route(QUIZ, methods=["GET", "POST"])
    async def play(request: Request) -> Response:
        given = await given_of(request)
        return await run_in_threadpool(_played, request, bench, given)

    @pages.api_route(SHEET, methods=["GET", "POST"])
    async def print_sheet(request: Request) -> Response:
        given = await given_of(request)
        return await run_in_threadpool(_sheet, request, bench, given)

    return pages


def questions_of(
    quiz: Sequence[QuizItem], notes: PackNotes, given: Given, seed: int
) -> tuple[Question, ...]:
    """The questions with the answers given to those that were checked.

    Answers are the fields ``q<n>`` (places of options) and ``q<n>-<line>``; what isn't a place
    counts as no answer.
    """
    checked = {*given.getlist("vu"), given.get("verifier")}
    return tuple(
        _question(n, item, notes, given, str(n) in checked, seed) for n, item in enumerate(quiz, 1)
    )


def _question(
    n: int, item: QuizItem, notes: PackNotes, given: Given, checked: bool, seed: int
) -> Question:
    ticked = set(given.getlist(f"q{n}"))
    choices = tuple(
        Choice(
            i,
            one.text,
            one.right,
            own_reason(item, one),
            notes(one.citations),
            str(i) in ticked,
        )
        for i, one in enumerate(item.options)
    )
    gaps = _gaps(n, item, given, seed)
    called = notes(item.key.citations)
    return Question(n, item, choices, gaps, called, _outcome(choices, gaps) if checked else "")


def _gaps(n: int, item: QuizItem, given: Given, seed: int) -> tuple[Gap, ...]:
    """Lines of a match (left to right) or of an order (each to its rank), with the letters and in
    the order of the printed sheet."""
    shown = drawn(seed, item)
    named = [f"{letter(at)}. {said}" for at, said in enumerate(shown)]
    if item.kind == "match":
        options = tuple(named)
        lines = [(left, shown.index(right)) for left, right in item.pairs]
    else:
        options = tuple(str(rank) for rank in range(1, len(item.order) + 1))
        lines = list(zip(named, _ranks(shown, item.order), strict=True))
    return tuple(
        Gap(label, options, _place(given.get(f"q{n}-{i}"), len(options)), right)
        for i, (label, right) in enumerate(lines)
    )


def _ranks(shown: Sequence[str], order: Sequence[str]) -> Iterator[int]:
    """The rank from 0 of each step shown; one that comes twice takes its ranks in turn."""
    free: dict[str, list[int]] = {}
    for rank, step in enumerate(order):
        free.setdefault(step, []).append(rank)
    return (free[step].pop(0) for step in shown)


def _place(typed: Any, count: int) -> int | None:
    known = {str(place): place for place in range(count)}
    return known.get(typed) if isinstance(typed, str) else None


def _outcome(choices: Sequence[Choice], gaps: Sequence[Gap]) -> Outcome:
    if gaps:
        if all(gap.chosen is None for gap in gaps):
            return "empty"
        return "right" if all(gap.chosen == gap.right for gap in gaps) else "wrong"
    if not any(choice.chosen for choice in choices):
        return "empty"
    return "right" if all(choice.chosen == choice.right for choice in choices) else "wrong"


def _played(request: Request, bench: Bench, given: Given) -> Response:
    if not names_session(given):
        return RedirectResponse(SESSION, 303)
    session = session_of(request, bench, given)
    questions = questions_of(session.pack.quiz, PackNotes(session.pack), given, session.order.seed)
    checked = [question for question in questions if question.is_checked]
    return render(
        request,
        "quiz",
        pack=session.pack,
        fields=session.fields,
        questions=questions,
        checked=len(checked),
        right=sum(question.outcome == "right" for question in checked),
    )


def _sheet(request: Request, bench: Bench, given: Given) -> Response:
    if not names_session(given):
        return RedirectResponse(SESSION, 303)
    session = session_of(request, bench, given)
    questions = questions_of(session.pack.quiz, PackNotes(session.pack), given, session.order.seed)
    return render(
        request,
        "quiz_sheet",
        pack=session.pack,
        fields=session.fields,
        questions=questions,
        keyed=given.get("corrige") == "oui",
    )
