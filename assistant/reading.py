"""A question read over an index: what it asks and names, and the evidence found for it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Request
from assistant.asking import Question, read_question
from assistant.entries import Entries
from assistant.evidence import Evidence, Weigher
from assistant.extracting import weigh_candidates
from assistant.framing import Named, read_named
from assistant.learned import field_of
from assistant.places import with_names
from assistant.refusing import Verdict, field_odds, judge
from assistant.registered import marked, registered
from assistant.retrieval import STATEMENTS_READ, search
from assistant.shorthand import spelled_out
from assistant.units import UnitReader, holds_for
from corpus.types import Identity
from ingest.index import Filters, Index
from ingest.nearest import Statement

SEARCHED = 30
NAMED_SEARCHED = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer is chosen from.

    ``found`` is all that was found, best first; ``fitting`` what agrees with all that the question
    names, ``others`` what only fails on the exercice. ``of_field`` are the log-odds that the
    question is of our field, ``retrieve_ms`` the time that the search took.
    """

    question: Question
    named: Named
    weigher: Weigher
    found: list[Evidence]
    fitting: list[Evidence]
    others: list[Evidence]
    of_field: float
    retrieve_ms: int


def read(
    request: Request, text: str, index: Index, reader: UnitReader, entries: Entries
) -> Reading:
    """The evidence for ``text``, within what ``request`` restricts."""
    text = with_names(spelled_out(text))
    question, named = read_question(text), named_in(request, text, index)
    weigher = Weigher(index, question, named)
    filters = Filters((), request.kinds, request.include, request.exclude)
    searched = time.monotonic()
    vector = index.embeddings.embed_query(question.text) if index.embeddings else None
    found = gathered(question, filters, index, weigher, vector, reader)
    found = [e for e in found if known_by(e.unit.document.identity, request.as_of)]
    found = marked(found, registered(question, named, entries))
    retrieve_ms = round(1000 * (time.monotonic() - searched))
    field = field_of(vector, index.manifest.embedding_model)
    return Reading(
        question,
        named,
        weigher,
        found,
        fitting=[e for e in found if e.fits and holds_for(e.unit, request.departement)],
        others=[e for e in found if e.other_exercice],
        of_field=field_odds(field, weigher, index),
        retrieve_ms=retrieve_ms,
    )


def known_by(identity: Identity, day: date) -> bool:
    """Whether a text existed on a day; one without a date is taken as known, unless it rules
    exercices after the next one alone."""
    made = identity.signed_on or identity.published_on
    if made is not None:
        return made <= day
    return not identity.exercices or min(identity.exercices) <= day.year + 1


def named_in(request: Request, text: str, index: Index) -> Named:
    """What ``text`` names; the exercices and the cohort that the request states win over it."""
    named = read_named(text, request.as_of, index, request.exercices)
    return replace(named, cohorts=(request.cohort,)) if request.cohort else named


def gathered(
    question: Question,
    filters: Filters,
    index: Index,
    weigher: Weigher,
    vector: Sequence[float] | None,
    reader: UnitReader,
) -> list[Evidence]:
    """All that the searches find for a question, weighed, best first."""
    near: list[Statement] = []
    if vector is not None:
        near = index.statements(vector, STATEMENTS_READ, index.allowed(filters))
    hits = search(index, question.text, SEARCHED, filters, vector=vector, statements=near)
    seen = {hit.passage.passage_id for hit in hits}
    for _code, name in weigher.named.collectivites:  # few passages speak of one collectivité
        named_hits = search(index, name, NAMED_SEARCHED, filters, "lexical")
        hits += [replace(h, score=0.0) for h in named_hits if h.passage.passage_id not in seen]
    statements = {(one.document_id, one.start): one.similarity for one in near if hits}
    return weigh_candidates(hits, statements, reader, weigher)


def judge_reading(reading: Reading, index: Index) -> Verdict:
    """Whether the best fitting evidence of a reading answers."""
    return judge(
        reading.question, reading.named, reading.fitting, reading.others, reading.of_field, index
    )
