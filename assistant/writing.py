"""Written mode: a language model rewrites the proved quotes, and only what is checked is shown."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Literal

from assistant import prompting
from assistant.answer import Caution, Citation, Claim, Part, Request
from assistant.checking import facts, without_brackets
from assistant.citing import claim
from assistant.drafting import Draft
from assistant.entailing import faults, shares
from assistant.marking import Assembler, Marked
from assistant.turning import Fault
from corpus.errors import ModelUnavailable
from corpus.sentences import split_sentences

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

REPLY_CHARS = 8_000
MOST_CLAIMS, MOST_FAILED, MOST_REVISED = 6, 12, 3
LEAST_KEPT = 0.8  # share of a statement's words under which its rewriting says less
Messages = Sequence[tuple[str, str]]
Told = tuple[Literal["step", "sentence"], Any]


@dataclass(frozen=True, slots=True)
class Writer:
    """A chat model, the name shown for it, and the time it has for a whole answer (seconds)."""

    model: "BaseChatModel"
    name: str
    timeout_s: float

    def sentences(self, messages: Messages, deadline: float) -> Iterator[Marked]:
        """The sentences of a reply as they end; the reply is cut at ``REPLY_CHARS``.

        The model is read in a thread of its own, so that a silent server can't hold the answer
        beyond ``deadline`` (monotonic seconds).

        Raises:
            ModelUnavailable: no whole reply in time, or an error on the way (French clause).
        """
        pieces: SimpleQueue[str | Exception | None] = SimpleQueue()
        left = threading.Event()
        reader = threading.Thread(target=self._read, args=(messages, pieces, left), daemon=True)
        reader.start()
        assembler = Assembler()
        try:
            while (piece := _before(deadline, pieces)) is not None:
                yield from assembler.feed(piece)
            yield from assembler.end()
        finally:
            left.set()

    def _read(
        self, messages: Messages, pieces: SimpleQueue[str | Exception | None], left: threading.Event
    ) -> None:
        from langsmith import tracing_context

        room = REPLY_CHARS
        try:
            with tracing_context(enabled=False):  # a question goes to the model and nowhere else
                for chunk in self.model.stream(list(messages)):
                    text = str(chunk.text)[:room]
                    pieces.put(text)
                    room -= len(text)
                    if room <= 0 or left.is_set():
                        break
            pieces.put(None)
        except Exception as error:  # whatever a server or its client does, the answer goes on
            pieces.put(error)


def _before(deadline: float, pieces: "SimpleQueue[str | Exception | None]") -> str | None:
    """The next piece of a reply, ``None`` at its end."""
    try:
        piece = pieces.get(timeout=max(deadline - time.monotonic(), 0.001))
    except Empty:
        raise ModelUnavailable(prompting.TOO_SLOW) from None
    if isinstance(piece, Exception):
        raise ModelUnavailable(prompting.UNREACHABLE) from piece
    if time.monotonic() > deadline:
        raise ModelUnavailable(prompting.TOO_SLOW)
    return piece


def rewritten(writer: Writer | None, request: Request, draft: Draft) -> Iterator[Told]:
    """The claims of a draft, as ``sentence`` events; rewritten first when the request asks so.

    When the rewriting isn't at least as complete as the quotes, the draft stays as it was, with
    a warning; so nothing that was shown is ever taken back.
    """
    plain = draft.table is None  # the cells of a table are quotes set side by side
    if request.mode == "written" and plain and draft.claims and draft.refusal is None:
        if writer is None:
            draft.warnings.append(_fallback(prompting.NOT_CONFIGURED))
        else:
            yield "step", prompting.STEP_WRITE
            yield from _Rewriting(writer, request.question, draft).events()
            if draft.mode == "written":
                return
    for one in draft.claims:
        yield "sentence", one


def _fallback(reason: str) -> Caution:
    return Caution("model_unavailable", prompting.FALLBACK.format(reason=reason))


@dataclass(slots=True)
class _Rewriting:
    """One draft being rewritten; its claims are only replaced by others that say as much."""

    writer: Writer
    question: str
    draft: Draft
    kept: list[Claim] = field(default_factory=list)
    failed: list[tuple[Marked, tuple[Fault | None, ...]]] = field(default_factory=list)
    mended: int = 0
    shown: int = 0

    def events(self) -> Iterator[Told]:
        """Checked sentences, from the moment that together they say all that the quotes say."""
        reason: str | None = None
        try:
            for _ in self._written():
                yield from self._ready()
        except ModelUnavailable as error:
            reason = str(error)
        if self.shown:
            self._adopt(reason)
        else:
            self.draft.warnings.append(self._why(reason))

    def _written(self) -> Iterator[None]:
        """Takes the sentences of the reply, then revises once those that failed."""
        cited = {n for one in self.draft.claims for n in one.citations}
        quoted = {prompting.key_of(c): c for c in self.draft.citations if c.n in cited}
        asked = prompting.messages(self.question, quoted.values())
        deadline = time.monotonic() + self.writer.timeout_s
        most = max(MOST_CLAIMS, len(self.draft.claims))
        for marked in self.writer.sentences(asked, deadline):
            found = self._taken(marked, quoted)
            if found:
                self.failed.append((marked, found))
            yield
            if len(self.kept) >= most or len(self.failed) >= MOST_FAILED:
                break
        for marked, found in self.failed[:MOST_REVISED]:
            if len(self.kept) >= most or time.monotonic() > deadline:
                break
            again = prompting.revision(asked, marked.text, found)
            with suppress(ModelUnavailable):  # then the sentence is dropped
                second = next(self.writer.sentences(again, deadline), None)
                if second is not None and not self._taken(second, quoted):
                    self.mended += 1
            yield

    def _taken(self, marked: Marked, quoted: dict[str, Citation]) -> tuple[Fault | None, ...]:
        """Keeps a sentence that each of its passages proves; else what is wrong with it."""
        citations = [quoted[key] for key in marked.keys if key in quoted]
        if not citations or len(citations) < len(marked.keys):
            return (None,)
        found = [fault for c in citations for fault in faults(marked.text, c)]
        if found:
            return tuple(dict.fromkeys(found))
        numbers = tuple(sorted(c.n for c in citations))
        if all((one.text, one.citations) != (marked.text, numbers) for one in self.kept):
            self.kept.append(_claim(marked.text, citations, numbers))
        return ()

    def _ready(self) -> Iterator[Told]:
        if self.shown or says_as_much(self.kept, self.draft.claims):
            for one in self.kept[self.shown :]:
                self.shown += 1
                yield "sentence", one

    def _adopt(self, reason: str | None) -> None:
        quoted, self.draft.claims = self.draft.claims, self.kept
        self.draft.parts = tuple(_part(part, quoted, self.kept) for part in self.draft.parts)
        self.draft.mode, self.draft.model = "written", self.writer.name
        if reason is not None:
            self.draft.warnings.append(Caution("model_unavailable", prompting.CUT_SHORT))
        count = len(self.failed) - self.mended
        if count:
            many = prompting.DROPPED_MANY.format(count=count)
            text = prompting.DROPPED_ONE if count == 1 else many
            self.draft.warnings.append(Caution("unverified", text))

    def _why(self, reason: str | None) -> Caution:
        return _fallback(reason or (prompting.LESS_COMPLETE if self.kept else prompting.UNUSABLE))


def _part(part: Part, quoted: Sequence[Claim], kept: Sequence[Claim]) -> Part:
    """One of several questions with the rewritten claims that cite what answered it."""
    cited = {n for at in part.claims for n in quoted[at].citations}
    told = (at for at, one in enumerate(kept) if cited.intersection(one.citations))
    return replace(part, claims=tuple(told))


def _claim(text: str, citations: Sequence[Citation], numbers: tuple[int, ...]) -> Claim:
    said = claim(replace(citations[0], quote=text))
    same = all(text.rstrip(".") in without_brackets(c.quote) for c in citations)
    return replace(said, citations=numbers, verdict="quoted" if same else "checked")


def says_as_much(kept: Sequence[Claim], quoted: Sequence[Claim]) -> bool:
    """Whether rewritten claims say all that the quoted ones do: every figure, date, reference and
    collectivité of each of their sentences, and most of its words, with the same citation."""
    for one in quoted:
        texts = [k.text for k in kept if set(one.citations) <= set(k.citations)]
        stated = facts(" ; ".join(texts))
        for start, end in split_sentences(one.text):
            part = one.text[start:end]
            if shares(part, texts) < LEAST_KEPT or facts(part) - stated:
                return False
    return bool(kept)
