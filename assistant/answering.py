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
    Nearby,
    Request,
)
from assistant.asking import Question, is_question, read_question
from assistant.checking import is_exact, unproved
from assistant.citing import cite, claim
from assistant.drafting import Draft, assembled
from assistant.evidence import Evidence, Weigher, holds_for
from assistant.extracting import quotes, select, weigh_candidates, weigh_lists
from assistant.following import with_subject
from assistant.framing import Named, read_frame, read_named
from assistant.learned import SIGNALS, field_of
from assistant.privacy import is_individual, masked, smells_of_danger
from assistant.refusing import (
    LEAST_GAP,
    SURE,
    Verdict,
    best_of,
    field_odds,
    is_unknown,
    judge,
    signals,
    sureness,
)
from assistant.retrieval import search
from assistant.units import UnitReader
from assistant.warning import cautions, markers
from corpus.errors import IndexUnusable
from corpus.types import Document
from ingest.index import Filters, Index

SEARCHED = 30
STATEMENTS_READ = 60
NAMED_SEARCHED = 10
MAX_NEARBY = 3
Event = tuple[Literal["step", "sentence", "answer"], Any]


class Assistant:
    """Answers over the index that ``index`` gives at each question; thread-safe.

    Args:
        index: the index in service now.
        fault: why the search is only lexical, in one French sentence, or ``None``.
    """

    def __init__(
        self, index: Callable[[], Index], fault: Callable[[], str | None] = lambda: None
    ) -> None:
        self._index = index
        self._fault = fault
        self._readers: tuple[Index, UnitReader] | None = None

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
        request = replace(request, question=shown)
        told = [*(turn.question for turn in request.history[-1:]), shown]
        danger = any(smells_of_danger(text) for text in told)
        if danger:  # before any search, even if it fails
            yield "step", wording.DANGER
        yield "step", wording.STEP_SEARCH
        index = self._index()
        draft = self._draft(request, index, danger)
        yield "step", wording.STEP_CHECK
        if shown != given:
            draft.warnings.append(Caution("personal_data", wording.PERSONAL_DATA))
        if danger or draft.refusal == "individual_case":
            draft.warnings.insert(0, Caution("danger", wording.DANGER))
        if index.embeddings is None:
            reason = self._fault() or wording.NO_MODEL
            text = wording.LEXICAL_ONLY.format(reason=reason)
            draft.warnings.append(Caution("lexical_only", text))
        for one in draft.claims:
            yield "sentence", one
        total_ms = round(1000 * (time.monotonic() - started))
        yield "answer", assembled(request, index, draft, total_ms, case_id)

    def documents(self) -> list[Document]:
        """All documents of the index in use, in its order."""
        texts = self._index().texts
        return [d for i in texts.document_ids if (d := texts.document(i)) is not None]

    def document(self, document_id: str) -> Document | None:
        """One document, ``None`` when the index doesn't hold it."""
        return self._index().texts.document(document_id)

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

    def _reader(self, index: Index) -> UnitReader:
        held = self._readers
        if held is None or held[0] is not index:
            held = (index, UnitReader(index))
            self._readers = held
        return held[1]

    def _draft(self, request: Request, index: Index, danger: bool) -> Draft:
        text = with_subject(request.question, request.history)
        question = read_question(text)
        named = read_named(text, request.as_of, index)
        named = replace(named, years=tuple(request.exercices) or named.years)
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
        draft.sureness = verdict.sureness
        if danger or (verdict.refusal != "not_a_question" and is_individual(text)):
            _refuse_individual(draft, fitting, of_field, index)
        elif verdict.refusal is not None:
            draft.refusal = verdict.refusal
            _explain(draft, verdict, found, index)
        else:
            best = next((n for n, e in enumerate(fitting) if e is verdict.evidence), 0)
            _answer(draft, fitting[best:], question, named, weigher, self._reader(index), index)
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


def _answer(
    draft: Draft,
    fitting: Sequence[Evidence],
    question: Question,
    named: Named,
    weigher: Weigher,
    reader: UnitReader,
    index: Index,
) -> None:
    usable = [e for e in fitting if not is_unknown(e)]
    lists = weigh_lists(usable, reader, weigher)
    chosen = select(usable, lists, question, weigher)
    for citation in cite(quotes(chosen), index):
        document = index.texts.document(citation.document_id)
        one = claim(citation)
        if (
            document is None
            or not is_exact(citation, document.text)
            or unproved(one.text, [citation])
        ):
            draft.warnings.append(Caution("unverified", wording.DROPPED))
            continue
        draft.citations.append(citation)
        draft.claims.append(one)
    if not draft.claims:
        draft.refusal = "not_in_corpus"
        return
    draft.warnings += cautions(draft.citations)
    if not named.years:
        _assume_exercice(draft, index)


def _assume_exercice(draft: Draft, index: Index) -> None:
    """Says the exercice when the question named none, and offers the others."""
    exercices = next((c.exercices for c in draft.citations if c.exercices), ())
    if not exercices:
        return
    covered = sorted({year for years in index.texts.exercices.values() for year in years})
    draft.frame = replace(
        draft.frame, exercices=exercices, assumed=(*draft.frame.assumed, "exercices")
    )
    draft.follow_ups = tuple(
        wording.ASSUMED_EXERCICE.format(year=year) for year in covered if year not in exercices
    )[:4]


def _refuse_individual(
    draft: Draft, fitting: Sequence[Evidence], of_field: float, index: Index
) -> None:
    """No claim on a person's case; the general rule, cited, when there is one."""
    draft.refusal = "individual_case"
    rule = next((e for e in fitting if not is_unknown(e)), None)
    if rule is not None and sureness(rule, None, of_field) >= SURE:
        _quote_in_warning(draft, rule, "general_rule", wording.GENERAL_RULE, index)


def _explain(draft: Draft, verdict: Verdict, found: Sequence[Evidence], index: Index) -> None:
    """What is near, and what the corpus says that nobody knows."""
    if verdict.evidence is not None:
        _quote_in_warning(draft, verdict.evidence, "unverified", wording.UNKNOWN, index)
    if verdict.refusal in ("out_of_scope", "not_a_question"):
        return
    ids = dict.fromkeys(e.unit.document.document_id for e in found if e.coverage >= 0.2)
    draft.nearby = tuple(
        Nearby(document_id, index.texts.titles[document_id]) for document_id in ids
    )[:MAX_NEARBY]


def _quote_in_warning(
    draft: Draft,
    evidence: Evidence,
    kind: Literal["general_rule", "unverified"],
    template: str,
    index: Index,
) -> None:
    (citation,) = cite(quotes([evidence])[:1], index, first=len(draft.citations) + 1)
    draft.citations.append(citation)
    text = template.format(quote=claim(citation).text, markers=markers([citation.n]))
    draft.warnings.append(Caution(kind, text, (citation.n,)))
