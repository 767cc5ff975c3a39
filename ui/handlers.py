"""What happens when a person asks: a generator of screens, with no browser and no Gradio."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.answer import Claim, Request, Turn
from corpus.errors import ReperesError
from ui import texts
from ui.headers import log_crash
from ui.markup import clean
from ui.rendering import (
    Exchange,
    exchange_of,
    render_conversation,
    render_notice,
    render_panel,
    render_pending,
)
from ui.service import Assistant

QUESTION_CHARS = 2_000
HISTORY_TURNS = 20
EXCHANGES_KEPT = 50


@dataclass(frozen=True, slots=True)
class Screen:
    """All that the page shows; ``busy`` while an answer is on its way.

    ``about`` is the turn of the answer that ends the conversation, when one does.
    """

    conversation: str
    sources: str
    status: str
    question: str = ""
    exchanges: tuple[Exchange, ...] = ()
    follow_ups: tuple[str, ...] = ()
    busy: bool = False
    about: Turn | None = None


def empty_screen(status: str = "") -> Screen:
    """The page before any question."""
    return Screen(render_conversation(()), render_panel(()), status)


def ask(
    assistant: Assistant,
    question: str,
    exchanges: Sequence[Exchange] = (),
    today: Callable[[], date] = date.today,
) -> Iterator[Screen]:
    """Screens from the first step to the final answer; nothing is ever raised.

    A question that can't be answered comes back in the question box with one French sentence.
    The person's own words are kept nowhere: once answered, only the masked question remains.
    """
    question = clean(question if isinstance(question, str) else "").strip()
    kept = tuple(exchanges)[-EXCHANGES_KEPT:]
    number = kept[-1].number + 1 if kept else 1
    progress = _Progress(number, question, kept)
    if not 1 <= len(question) <= QUESTION_CHARS:
        message = texts.QUESTION_LENGTH if question else texts.QUESTION_EMPTY
        yield progress.refused(message, shown=bool(question))
        return
    yield progress.at(texts.FIRST_STEP)
    try:
        for name, value in assistant.events(_request(question, kept, today())):
            if name == "step":
                yield progress.at(value)
            elif name == "sentence":
                yield progress.with_claim(value)
            else:
                yield _answered(assistant, number, value, kept)
                return
    except ReperesError as error:
        yield progress.refused(str(error))
        return
    except Exception as error:  # a person never reads a traceback
        log_crash(error)
    yield progress.refused(texts.TECHNICAL_ERROR)


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
    """What the page shows of one question before its answer."""

    number: int
    question: str
    kept: tuple[Exchange, ...]
    step: str = ""
    claims: list[Claim] = field(default_factory=list)

    def at(self, step: str) -> Screen:
        self.step = clean(step)
        return self._screen()

    def with_claim(self, claim: Claim) -> Screen:
        self.claims.append(claim)
        return self._screen()

    def refused(self, message: str, shown: bool = True) -> Screen:
        pending = render_notice(self.number, self.question, message) if shown else ""
        return Screen(
            render_conversation(self.kept, pending),
            render_panel(self.kept),
            message,
            question=self.question,
            exchanges=self.kept,
            about=self.kept[-1].turn if self.kept and not shown else None,
        )

    def _screen(self) -> Screen:
        pending = render_pending(self.number, self.question, self.step, self.claims)
        return Screen(
            render_conversation(self.kept, pending),
            render_panel(self.kept),
            self.step,
            exchanges=self.kept,
            busy=True,
        )


def _request(question: str, kept: Sequence[Exchange], today: date) -> Request:
    history = tuple(exchange.turn for exchange in kept[-HISTORY_TURNS:])
    return Request(question, as_of=today, history=history)


def _answered(assistant: Assistant, number: int, answer: Any, kept: tuple[Exchange, ...]) -> Screen:
    exchanges = (*kept, exchange_of(number, answer, assistant.document))
    status = texts.answer_shown(answer.status, len(answer.citations))
    return Screen(
        render_conversation(exchanges),
        render_panel(exchanges),
        status,
        exchanges=exchanges,
        follow_ups=tuple(clean(text) for text in answer.follow_ups),
        about=exchanges[-1].turn,
    )
