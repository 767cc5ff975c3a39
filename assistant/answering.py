"""The one story: from a request to a cited, checked answer, or a refusal that helps."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from assistant import wording
from assistant.answer import (
    Answer,
    Caution,
    Request,
)
from assistant.asking import Question, is_question, read_question
from assistant.assembling import assembled
from assistant.danger import smells_of_danger
from assistant.drafting import Draft, answer_with, explain, refuse_individual
from assistant.entries import Entries
from assistant.evidence import Evidence, Weigher
from assistant.extracting import weigh_candidates
from assistant.following import with_subject
from assistant.framing import read_frame, read_named
from assistant.individual import is_individual
from assistant.learned import SIGNALS, field_of
from assistant.merging import merged
from assistant.parting import parts_of
from assistant.premises import mistaken
from assistant.privacy import masked
from assistant.refusing import (
    LEAST_GAP,
    Verdict,
    best_of,
    field_odds,
    judge,
    signals,
)
from assistant.retrieval import search
from assistant.units import UnitReader, holds_for
from assistant.writing import Writer, rewritten
from corpus.errors import IndexUnusable
from corpus.types import Document
from ingest.index import Filters, Index

SEARCHED = 30
STATEMENTS_READ = 60
NAMED_SEARCHED = 10
Event = tuple[Literal["step", "sentence", "answer"], Any]


class Assistant:
    """Answers over the index that ``index`` gives at each question; thread-safe.

    Args:
        index: the index in service now.
        fault: why the search is only lexical, in one French sentence, or ``None``.
        writer: rewrites the quotes when a request asks for it; ``None`` without a model.
    """

    def __init__(
        self,
        index: Callable[[], Index],
        fault: Callable[[], str | None] = lambda: None,
        writer: Writer | None = None,
    ) -> None:
        self._index = index
        self._fault = fault
        self._writer = writer
        self._readers: tuple[Index, UnitReader] | None = None
        self._registers: tuple[Index, Entries] | None = None

    def answer(self, request: Request, case_id: str | None = None) -> Answer:
        """The answer to a request.

        Raises:
            IndexUnusable: nothing published can be read.
        """
        for kind, value in self.events(request, case_id):
            if kind == "answer":
                answer: Answer = value
        return answer

    def events(self, request: Request, case_id: str | None = None) -> Iterator[Event]:
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
        index = self._index()
        draft = self._whole(request, index, danger)
        yield "step", wording.STEP_CHECK
        if shown != given:
            draft.warnings.append(Caution("personal_data", wording.PERSONAL_DATA))
        if danger or draft.refusal == "individual_case":
            draft.warnings.insert(0, Caution("danger", wording.DANGER))
        if index.embeddings is None:
            reason = self._fault() or wording.NO_MODEL
            text = wording.LEXICAL_ONLY.format(reason=reason)
            draft.warnings.append(Caution("lexical_only", text))
        yield from rewritten(self._writer, request, draft)
        total_ms = round(1000 * (time.monotonic() - started))
        yield "answer", assembled(request, index, draft, total_ms, case_id)

    def documents(self) -> list[Document]:
        """All documents of the index in use, in its order."""
        texts = self._index().texts
        return [d for i in texts.document_ids if (d := texts.document(i)) is not None]

    def document(self, document_id: str) -> Document | None:
        """One document, ``None`` when the index doesn't hold it."""
        return self._index().texts.document(document_id)

    def entries(self) -> Entries:
        """The registers, as far as the index in use proves them."""
        return self._entries(self._index())

    def health(self) -> dict[str, Any]:
        """What answers now: counts, digest, retrieval; ``message`` when it is degraded."""
        try:
            index = self._index()
        except IndexUnusable as error:
            return {"status": "unavailable", "message": str(error)}
        lexical = index.embeddings is None
        fault = self._fault()
        manifest = index.manifest
        return {
            "status": "degraded" if lexical or fault else "ok",
            "retrieval": "lexical" if lexical else "hybrid",
            "documents": manifest.documents,
            "passages": manifest.passages,
            "corpus_digest": manifest.corpus_digest,
            "corpus_checked_on": manifest.checked_on,
            "embedding_model": manifest.embedding_model,
            "message": (fault or wording.NO_MODEL) if lexical else fault,
        }

    def _entries(self, index: Index) -> Entries:
        held = self._registers
        if held is None or held[0] is not index:
            held = (index, Entries(index))
            self._registers = held
        return held[1]

    def _reader(self, index: Index) -> UnitReader:
        held = self._readers
        if held is None or held[0] is not index:
            held = (index, UnitReader(index))
            self._readers = held
        return held[1]

    def _whole(self, request: Request, index: Index, danger: bool) -> Draft:
        """The draft of a request, of each of its questions when it asks several."""
        text = with_subject(request.question, request.history, request.as_of)
        parts = parts_of(request.question)
        if danger or len(parts) == 1 or is_individual(text):
            return self._draft(request, text, index, danger)
        first = with_subject(parts[0], request.history, request.as_of)
        texts = [first, *(f"{first} {part}" for part in parts[1:])]
        drafts = [self._draft(request, one, index, danger) for one in texts]
        return merged(list(zip(parts, drafts, strict=True)))

    def _draft(self, request: Request, text: str, index: Index, danger: bool) -> Draft:
        question = read_question(text)
        named = read_named(text, request.as_of, index, request.exercices)
        if request.cohort:
            named = replace(named, cohorts=(request.cohort,))
        draft = Draft(frame=read_frame(request, named))
        weigher = Weigher(index, question, named)
        filters = Filters((), request.kinds, request.include, request.exclude)
        searched = time.monotonic()
        vector = index.embeddings.embed_query(question.text) if index.embeddings else None
        found = self._evidence(question, filters, index, weigher, vector)
        draft.retrieve_ms = round(1000 * (time.monotonic() - searched))
        fitting = [e for e in found if e.fits and holds_for(e.unit, request.departement)]
        others = [e for e in found if e.other_exercice]
        of_field = field_odds(field_of(vector, index.manifest.embedding_model), weigher, index)
        verdict = judge(question, named, fitting, others, of_field, index)
        premise = mistaken(weigher, found, index)
        if premise is not None and verdict.refusal in ("not_in_corpus", "known_unknown"):
            verdict = Verdict(None, premise.evidence, verdict.sureness)
        draft.sureness = verdict.sureness
        if danger or (verdict.refusal != "not_a_question" and is_individual(text)):
            refuse_individual(draft, fitting, of_field, index)
        elif verdict.refusal is not None:
            draft.refusal = verdict.refusal
            explain(draft, verdict, found, index)
        else:
            best = next((n for n, e in enumerate(fitting) if e is verdict.evidence), 0)
            answer_with(
                draft, fitting[best:], question, named, weigher, self._reader(index), index,
                request.as_of, premise,
            )  # fmt: skip
        return draft

    def evidence(
        self, text: str, as_of: date
    ) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
        """The vector of a question and the signals of its best evidence, but the field, which is
        learned from them; ``None`` when it asks nothing or there are no vectors."""
        index = self._index()
        question, named = read_question(text), read_named(text, as_of, index)
        if index.embeddings is None or not is_question(question):
            return None
        vector = tuple(index.embeddings.embed_query(text))
        weigher = Weigher(index, question, named)
        found = self._evidence(question, Filters(), index, weigher, vector)
        told, unknown = best_of([e for e in found if e.fits])
        if told is None:
            return vector, (*[0.0] * (len(SIGNALS) - 2), LEAST_GAP)
        return vector, signals(told, unknown, 0.0)[:-1]

    def _evidence(
        self,
        question: Question,
        filters: Filters,
        index: Index,
        weigher: Weigher,
        vector: Sequence[float] | None,
    ) -> list[Evidence]:
        hits = search(index, question.text, SEARCHED, filters, vector=vector)
        seen = {hit.passage.passage_id for hit in hits}
        for _code, name in weigher.named.collectivites:  # few passages speak of one collectivité
            named_hits = search(index, name, NAMED_SEARCHED, filters, "lexical")
            hits += [replace(h, score=0.0) for h in named_hits if h.passage.passage_id not in seen]
        statements: dict[tuple[str, int], float] = {}
        if vector is not None and hits:
            near = index.statements(vector, STATEMENTS_READ, index.allowed(filters))
            statements = {(one.document_id, one.start): one.similarity for one in near}
        return weigh_candidates(hits, statements, self._reader(index), weigher)
