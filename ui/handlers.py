"""What happens when a person asks: a generator of screens, with no browser and no Gradio."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from assistant.answer import Claim, Mode, Turn
from corpus.errors import ReperesError
from ui import chat_texts, texts
from ui.exchanges import Exchange, exchange_of, render_conversation, render_panel
from ui.headers import log_crash
from ui.markup import clean
from ui.rendering import render_notice, render_pending
from ui.restrictions import Restriction
from ui.service import Assistant

QUESTION_CHARS = 2_000
HISTORY_TURNS = 20
EXCHANGES_KEPT = 50


@dataclass(frozen=True, slots=True)
class Screen:
    """All that the page shows; ``busy`` while an answer is on its way.

    ``question`` is ``None`` when what the person is writing stays. ``scope`` holds the chips of
    the answer that ends the conversation, ``about`` its turn, when one does.
    """

    conversation: str
    sources: str
    status: str
    question: str | None = ""
    exchanges: tuple[Exchange, ...] = ()
    follow_ups: tuple[str, ...] = ()
    busy: bool = False
    about: Turn | None = None
    scope: str = ""


def empty_screen(status: str = "") -> Screen:
    """The page before any question."""
    return Screen(render_conversation(()), render_panel(()), status)


def ask(
    assistant: Assistant,
    question: str,
    exchanges: Sequence[Exchange] = (),
    today: Callable[[], date] = date.today,
    *,
    mode: Mode = "extractive",
) -> Iterator[Screen]:
    """Screens from the first step to the final answer; nothing is ever raised.

    A question that can't be answered comes back in the question box with one French sentence.
    The person's own words are kept nowhere: once answered, only the masked question remains.
    Restrictions on sources and on the day hold from the last answer on, until they are removed.
    """
    question = clean(question if isinstance(question, str) else "").strip()
    kept = tuple(exchanges)[-EXCHANGES_KEPT:]
    number = kept[-1].number + 1 if kept else 1
    progress = _Progress(number, question, kept, kept)
    if not 1 <= len(question) <= QUESTION_CHARS:
        message = texts.QUESTION_LENGTH if question else texts.QUESTION_EMPTY
        yield progress.refused(message, shown=bool(question))
        return
    restriction = kept[-1].restriction.lasting() if kept else Restriction()
    yield progress.at(texts.FIRST_STEP)
    yield from _answering(assistant, progress, restriction, today(), mode)


def ask_again(
    assistant: Assistant,
    change: str,
    exchanges: Sequence[Exchange] = (),
    today: Callable[[], date] = date.today,
    *,
    mode: Mode = "extractive",
) -> Iterator[Screen]:
    """Screens that put the last question again with one ``change`` (see ``Restriction.changed``).

    The new answer takes the place of the former, which comes back if there is none; nothing is
    ever raised. What the person is writing stays in the question box.
    """
    former = tuple(exchanges)
    if not former:
        yield replace(empty_screen(chat_texts.NOTHING_TO_RERUN), question=None)
        return
    last = former[-1]
    progress = _Progress(last.number, last.turn.question, former[:-1], former, last.asked)
    try:
        restriction = last.restriction.changed(change)
    except ReperesError as error:
        yield progress.refused(str(error), shown=False)
        return
    progress.question = restriction.phrased(last.asked, _history(progress.kept), today())
    yield progress.at(chat_texts.RERUN_STEP)
    yield from _answering(assistant, progress, restriction, today(), mode)


def _answering(
    assistant: Assistant, progress: "_Progress", restriction: Restriction, today: date, mode: Mode
) -> Iterator[Screen]:
    request = restriction.request(progress.question, today, _history(progress.kept), mode)
    try:
        for name, value in assistant.events(request):
            if name == "step":
                yield progress.at(value)
            elif name == "sentence":
                yield progress.with_claim(value)
            else:
                yield progress.answered(assistant, value, restriction)
                return
    except ReperesError as error:
        yield progress.refused(str(error))
        return
    except Exception as error:  # a person never reads a traceback
        log_crash(error)
    yield progress.refused(texts.TECHNICAL_ERROR)


def _history(kept: Sequence[Exchange]) -> tuple[Turn, ...]:
    return tuple(exchange.turn for exchange in kept[-HISTORY_TURNS:])


class CorpusLine:
    """What answers rest on, in one line; documents are counted once for each corpus."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._counted: tuple[str, int] = ("", 0)

    def read(self) -> tuple[str, str | None]:
        """The line, and a banner when the service is degraded; nothing is ever raised."""
        try:
            health = self._assistant.health()
            if "documents" not in health:
                return "", health.get("message") or texts.TECHNICAL_ERROR
            checked = health.get("corpus_checked_on")
            if isinstance(checked, str):
                checked = date.fromisoformat(checked)
            originals = self._originals(str(health["corpus_digest"]))
            line = texts.corpus_line(int(health["documents"]) - originals, originals, checked)
            lexical = health.get("retrieval") == "lexical"
            return line, health.get("message") or (texts.LEXICAL_ONLY if lexical else None)
        except ReperesError as error:
            return "", str(error)
        except Exception as error:  # a person never reads a traceback
            log_crash(error)
            return "", texts.TECHNICAL_ERROR

    def _originals(self, digest: str) -> int:
        if self._counted[0] != digest:
            documents = self._assistant.documents()
            self._counted = (digest, sum(d.identity.origin == "original" for d in documents))
        return self._counted[1]


@dataclass(slots=True)
class _Progress:
    """What the page shows of one question before its answer, and what it falls back to.

    ``former`` are all the exchanges before, ``kept`` those that the answer will follow: all of
    them, or all but the last when its question, first put as ``asked``, is put again.
    """

    number: int
    question: str
    kept: tuple[Exchange, ...]
    former: tuple[Exchange, ...]
    asked: str | None = None
    step: str = ""
    claims: list[Claim] = field(default_factory=list)

    def at(self, step: str) -> Screen:
        self.step = clean(step)
        return self._screen()

    def with_claim(self, claim: Claim) -> Screen:
        self.claims.append(claim)
        return self._screen()

    def refused(self, message: str, shown: bool = True) -> Screen:
        number = self.number + 1 if self.asked else self.number
        pending = render_notice(number, self.question, message) if shown else ""
        last = self.former[-1] if self.former else None
        return Screen(
            render_conversation(self.former, pending),
            render_panel(self.former),
            message,
            question=None if self.asked else self.question,
            exchanges=self.former,
            about=last.turn if last and not shown else None,
            scope=last.scope_html if last and (self.asked or not shown) else "",
        )

    def answered(self, assistant: Assistant, answer: Any, restriction: Restriction) -> Screen:
        documents = assistant.documents()
        exchange = exchange_of(
            self.number, answer, assistant.document, documents, restriction, self.asked
        )
        exchanges = (*self.kept, exchange)
        return Screen(
            render_conversation(exchanges),
            render_panel(exchanges),
            texts.answer_shown(answer.status, len(answer.citations)),
            question=None if self.asked else "",
            exchanges=exchanges,
            follow_ups=tuple(clean(text) for text in answer.follow_ups),
            about=exchange.turn,
            scope=exchange.scope_html,
        )

    def _screen(self) -> Screen:
        pending = render_pending(self.number, self.question, self.step, self.claims)
        return Screen(
            render_conversation(self.kept, pending),
            render_panel(self.kept),
            self.step,
            question=None if self.asked else "",
            exchanges=self.former,
            busy=True,
        )
