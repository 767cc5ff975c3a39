"""The one story: from a request to a cited, checked answer, or a refusal that helps."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from assistant import wording
from assistant.answer import Answer, Caution, Request
from assistant.asides import without_asides
from assistant.asking import is_question, read_question
from assistant.assembling import assembled
from assistant.comparing import compared
from assistant.consulting import Reference
from assistant.continuing import continued
from assistant.danger import smells_of_danger
from assistant.dossier import from_registers
from assistant.drafting import (
    Draft,
    answer_with,
    explain,
    refuse_individual,
    refuse_reason,
    say_later,
)
from assistant.evidence import Weigher
from assistant.following import Resolved, each_again, each_resolved, resolved
from assistant.framing import read_frame, read_named
from assistant.individual import is_individual, without_particulars
from assistant.knowing import entries_on
from assistant.merging import corrected, left_asked, merged
from assistant.national import answered_for_all
from assistant.own_words import speaking
from assistant.parting import parts_of
from assistant.places import find_places
from assistant.premises import mistaken
from assistant.privacy import masked
from assistant.reading import Reading, from_best, gathered, judge_reading, named_in, plain, read
from assistant.recalling import in_full, reasons
from assistant.refusing import Verdict, signals
from assistant.teaching.pack import Order, Pack
from assistant.warning import restated
from assistant.writing import Writer, rewritten
from corpus.errors import IndexUnusable
from ingest.index import Filters, Index

if TYPE_CHECKING:
    from assistant.teaching.refreshing import Refresh

_CORRECTED = ("not_in_corpus", "known_unknown", "out_of_scope")
"""Refusals that give way to what corrects the question."""
Event = tuple[Literal["step", "sentence", "answer"], Any]


class Assistant(Reference):
    """Answers over the index that ``index`` gives at each question; thread-safe.

    Args:
        index: the index in service now.
        fault: why the search is only lexical, in one French sentence, or ``None``.
        writer: rewrites the quotes when a request asks for it; ``None`` without a model.
        record: keeps a request, its personal data masked, and its answer; never fails.
    """

    def __init__(
        self,
        index: Callable[[], Index],
        fault: Callable[[], str | None] = lambda: None,
        writer: Writer | None = None,
        record: Callable[[Request, Answer], None] | None = None,
    ) -> None:
        super().__init__(index, fault)
        self._writer = writer
        self._record = record
        # Drafts take processor only: more of them at once than processors make all of them late.
        self._turns = threading.BoundedSemaphore(os.cpu_count() or 1)

    def answer(
        self, request: Request, case_id: str | None = None, *, recorded: bool = True
    ) -> Answer:
        """The answer to a request; ``recorded`` is false for one that nobody asked.

        Raises:
            IndexUnusable: nothing published can be read.
        """
        for kind, value in self.events(request, case_id, recorded=recorded):
            if kind == "answer":
                answer: Answer = value
        return answer

    def events(
        self, request: Request, case_id: str | None = None, *, recorded: bool = True
    ) -> Iterator[Event]:
        """What happens while answering: steps (French), checked claims, then the answer."""
        started = time.monotonic()
        given, shown = request.question, masked(request.question)
        former = tuple(replace(turn, question=masked(turn.question)) for turn in request.history)
        request = replace(request, question=shown, history=former)
        told = [*(turn.question for turn in request.history[-1:]), shown]
        danger = any(smells_of_danger(text) for text in told)
        if danger:  # before any search, even if it fails
            yield "step", wording.DANGER
        yield "step", wording.STEP_SEARCH
        index = self._opened(danger)
        with self._turns:
            draft = self._whole(request, index, danger)
        yield "step", wording.STEP_CHECK
        if shown != given:
            draft.warnings.append(Caution("personal_data", wording.PERSONAL_DATA))
        if danger:
            draft.warnings.insert(0, Caution("danger", wording.DANGER))
        if index.embeddings is None:
            reason = self._fault() or wording.NO_MODEL
            text = wording.LEXICAL_ONLY.format(reason=reason)
            draft.warnings.append(Caution("lexical_only", text))
        yield from rewritten(self._writer, request, draft)
        draft.warnings = restated(draft.warnings, draft.claims, draft.citations)
        total_ms = round(1000 * (time.monotonic() - started))
        answer = assembled(request, index, draft, total_ms, case_id)
        if recorded and self._record is not None:
            self._record(request, answer)
        yield "answer", answer

    def warm(self, question: str, as_of: date) -> None:
        """Answers once and reads every statement, so that nobody waits for the first answers.

        Raises:
            IndexUnusable: nothing published can be read.
        """
        self.answer(Request(question, as_of), recorded=False)
        index = self._index()
        weigher = Weigher(index, read_question(question), read_named(question, as_of, index))
        for document_id in index.texts.document_ids:
            for unit in self._reader(index).document(document_id):
                weigher.weigh(unit, None, 0.0)

    def pack(self, order: Order, progress: Callable[[str], None] = lambda _step: None) -> Pack:
        """A trainer's pack over the index in use; ``progress`` is told each step, in French.

        Raises:
            ReperesError: as ``answer``, or the order can't be met (French).
        """
        from assistant.teaching.making import make_pack  # it asks questions of this class

        return make_pack(self, self._index(), order, progress)

    @property
    def rewords(self) -> bool:
        """Whether a model is configured."""
        return self._writer is not None

    def reworded(self, pack: Pack) -> Pack:
        """A pack with its key points in the model's words where these pass every check."""
        from assistant.teaching.rewording import reworded

        return reworded(pack, self._writer, lambda _step: None) if self._writer else pack

    def renewed(self, saved: Pack, day: date) -> "Refresh":
        """What a saved pack has become over the index in use, as of a day."""
        from assistant.teaching.renewing import renewed

        return renewed(saved, day, self, self._index())

    def _opened(self, danger: bool) -> Index:
        """The index in use; its error says first whom to call when a child seems in danger."""
        try:
            return self._index()
        except IndexUnusable as error:
            if not danger:
                raise
            raise type(error)(f"{wording.DANGER} {error}") from error

    def _whole(self, request: Request, index: Index, danger: bool) -> Draft:
        """The draft of a request, of each of its questions when it asks several."""
        request = without_asides(request)
        turns, found = request.history, resolved(request.question, request.history, request.as_of)
        if found.again:  # the very words of an answer: it is made again
            *before, turn = found.again
            former = replace(request, question=turn.question, history=tuple(before))
            draft = self._whole(former, index, danger)
            if draft.notice == wording.NO_REASON:  # no text gives it: those of its answer do
                former = replace(request, question=found.text, history=())
                draft = self._whole(former, index, danger)
            return in_full(draft, self._reader(index), index)
        if found.kept and not (request.departement or find_places(found.text)):
            request = replace(request, departement=found.departement)
        if found.why:
            return self._reason(request, found.former, index, danger)
        if not danger and (again := each_again(request.question, turns, request.as_of)):
            return self._each(request, again, index)
        parts = parts_of(request.question, found.kept)
        if danger or len(parts) == 1 or is_individual(found.text):
            draft = self._draft(request, found.text, index, danger, found)
            if not danger and (asked := left_asked(draft, found.text)):
                then = self._draft(request, asked, index, danger)
                return corrected(request.question, draft, asked, then)
            return draft
        if told := self._dossier(request, found.text, index):  # « signé ? en quelle année ? »
            return told
        each = each_resolved(parts, turns, request.as_of)
        return self._each(request, list(zip(parts, each, strict=True)), index)

    def _each(self, request: Request, asked: Sequence[tuple[str, Resolved]], index: Index) -> Draft:
        """The drafts of several questions in one, each as it would be asked alone."""
        told = [(own, self._draft(request, one.text, index, False, one, own)) for own, one in asked]
        return merged(told, [one.text for _words, one in asked])

    def _reason(self, request: Request, former: str, index: Index, danger: bool) -> Draft:
        """What gives the reason of the answer to ``former``, or that nothing does."""
        draft = self._draft(request, former, index, danger)
        if draft.refusal is not None:
            return draft
        cited = {n for one in draft.claims for n in one.citations}
        quoted = [c for c in draft.citations if c.n in cited]
        reading, reader = self._read(request, former, index), self._reader(index)
        told = Draft(draft.frame, sureness=draft.sureness, retrieve_ms=draft.retrieve_ms)
        if given := reasons(quoted, reading, reader):
            answer_with(
                told, given, reading.question, reading.named, reading.weigher, reader, index,
                request.as_of,
            )  # fmt: skip
        else:
            refuse_reason(told, quoted)
        return told

    def _dossier(self, request: Request, text: str, index: Index) -> Draft | None:
        """What the registers answer, or a comparison; ``None`` of another question."""
        named = named_in(request, text, index)
        entries = entries_on(self._entries(index), request.as_of, index)
        told = from_registers(request, text, named, entries, index)
        return told or compared(
            request, text, named, entries, index, lambda r, t: self._draft(r, t, index, False)
        )

    def _read(self, request: Request, text: str, index: Index) -> Reading:
        return read(request, text, index, self._reader(index), self._entries(index))

    def _draft(
        self,
        request: Request,
        text: str,
        index: Index,
        danger: bool,
        one: Resolved | None = None,
        words: str = "",
    ) -> Draft:
        """The draft of one question; ``one`` tells what it takes from those before it, ``words``
        are the person's when ``text`` completes them."""
        personal = is_individual(words or text)
        alone = danger or personal
        if not alone and (told := self._dossier(request, text, index)):
            return told
        rule = without_particulars(text) if personal and not danger else text
        reading, reader = self._read(request, rule, index), self._reader(index)
        if one and one.former:
            before = self._read(request, one.former, index)
            reading = continued(reading, before, judge_reading(before, index))
        if one and one.own:
            reading = speaking(reading, one.own, index)
        verdict = judge_reading(reading, index)
        known = (self._entries(index), reader, index)
        if not alone and (told := answered_for_all(request, text, reading, verdict, *known)):
            return told
        draft = Draft(frame=read_frame(request, reading.named), retrieve_ms=reading.retrieve_ms)
        premise = mistaken(
            reading.weigher, reading.found, index, lambda one: self._read(request, one, index).found
        )
        if premise is not None and verdict.refusal in _CORRECTED:
            verdict = Verdict(None, premise.evidence, verdict.sureness)
        draft.sureness = verdict.sureness
        if danger or (verdict.refusal != "not_a_question" and personal):
            refuse_individual(draft, reading, index)
        elif verdict.refusal is not None:
            draft.refusal = verdict.refusal
            explain(draft, verdict, reading.found, index)
            say_later(draft, reading, request, index)
        else:
            answer_with(
                draft, from_best(reading, verdict), reading.question, reading.named,
                reading.weigher, reader, index, request.as_of, premise,
            )  # fmt: skip
            if any(year > request.as_of.year for year in reading.named.years):
                say_later(draft, reading, request, index)
        return draft

    def evidence(
        self, text: str, as_of: date
    ) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
        """The vector of a question and the signals of its best evidence, but the field, which is
        learned from them; ``None`` when it asks nothing or there are no vectors."""
        index, text = self._index(), plain(text)
        question, named = read_question(text), read_named(text, as_of, index)
        if index.embeddings is None or not is_question(question):
            return None
        vector, weigher = tuple(index.embeddings.embed_query(text)), Weigher(index, question, named)
        found = gathered(question, Filters(), index, weigher, vector, self._reader(index))
        return vector, signals([e for e in found if e.fits], 0.0)[:-1]
