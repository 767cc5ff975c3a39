"""A question read over an index: what it asks and names, and the evidence found for it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.agreeing import of_others
from assistant.answer import Request
from assistant.asking import Question, read_question
from assistant.bound_actors import asked_doer, binds_another
from assistant.courtesies import without_choice, without_courtesies, without_parties
from assistant.entries import Entries
from assistant.evidence import Evidence, Weigher
from assistant.extracting import weigh_candidates
from assistant.framing import Named, read_named
from assistant.knowing import entries_on, is_past, known_on, knows
from assistant.learned import field_of
from assistant.members import by_wave
from assistant.places import with_names
from assistant.presuming import proposed
from assistant.refusing import Verdict, best_of, field_odds, judge
from assistant.registered import marked, registered
from assistant.retrieval import STATEMENTS_READ, search
from assistant.shorthand import spelled_out
from assistant.units import UnitReader, holds_for
from ingest.index import Filters, Index
from ingest.nearest import Statement

SEARCHED = 30
NAMED_SEARCHED = 10
OWN_STRENGTH = 0.8
"""Least share of the best evidence's score that replaces a text of another exercice (development).
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer is chosen from.

    ``found`` is all that was found, best first; ``fitting`` what agrees with all that the question
    names, ``others`` what only fails on the exercice. ``of_field`` are the log-odds that the
    question is of our field, ``retrieve_ms`` the time that the search took,
    ``later`` what agrees but wasn't known yet on the day of the question.
    """

    question: Question
    named: Named
    weigher: Weigher
    found: list[Evidence]
    fitting: list[Evidence]
    others: list[Evidence]
    of_field: float
    retrieve_ms: int
    later: list[Evidence] = field(default_factory=list)


def read(
    request: Request, text: str, index: Index, reader: UnitReader, entries: Entries
) -> Reading:
    """The evidence for ``text``, within what ``request`` restricts."""
    text = plain(text)
    question, named = read_question(text), named_in(request, text, index)
    named = replace(named, dates=_own_dates(named, text))
    weigher = Weigher(index, question, named)
    filters = Filters((), request.kinds, request.include, request.exclude)
    searched = time.monotonic()
    vector = index.embeddings.embed_query(question.text) if index.embeddings else None
    found = gathered(question, filters, index, weigher, vector, reader)
    found, later = _known_of(found, request, entries, index)
    found = marked(found, registered(question, named, entries_on(entries, request.as_of, index)))
    retrieve_ms = round(1000 * (time.monotonic() - searched))
    doer = asked_doer(text)
    field_vector = field_of(vector, index.manifest.embedding_model)
    return Reading(
        question,
        named,
        weigher,
        found,
        fitting=[
            e
            for e in found
            if e.fits and holds_for(e.unit, request.departement) and not binds_another(e.unit, doer)
        ],
        others=[e for e in found if e.other_exercice],
        of_field=field_odds(field_vector, weigher, index),
        later=[e for e in later if e.fits and holds_for(e.unit, request.departement)],
        retrieve_ms=retrieve_ms,
    )


def _own_dates(named: Named, text: str) -> tuple[str, ...]:
    """Dates that evidence must agree with: not one that a question only puts forward as the limit
    of what it asks about."""
    put = {day.value for day in proposed(text)}
    return tuple(day for day in named.dates if day not in put)


def plain(text: str) -> str:
    """A question with its shorthand and codes written out, without what it only says beside."""
    asked = without_parties(without_courtesies(with_names(spelled_out(text))))
    return by_wave(without_choice(asked))


def _known_of(
    found: Sequence[Evidence], request: Request, entries: Entries, index: Index
) -> tuple[list[Evidence], list[Evidence]]:
    """Evidence that was known on the day of the question, and that of later days."""
    day = request.as_of
    known = knows(entries, day) if is_past(day, index) else known_on(day, index)
    told = [(e, known(e.unit)) for e in found]
    return [e for e, holds in told if holds], [e for e, holds in told if not holds]


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


def from_best(reading: Reading, verdict: Verdict) -> list[Evidence]:
    """What an answer may quote, from the evidence that answers on; what says that nobody could
    establish a point is kept, be it before."""
    fitting = reading.fitting
    best = next((n for n, e in enumerate(fitting) if e is verdict.evidence), 0)
    told = fitting[best : best + 1] if verdict.alone else fitting[best:]
    usable = [e for e in fitting[:best] if e.unit.unknown] + told
    return _of_exercice(usable, reading.named)


def _of_exercice(usable: list[Evidence], named: Named) -> list[Evidence]:
    """Evidence without the texts made for other exercices than the one that is named, when what
    is left answers about as well: a circular of 2022 says less of 2023 than the one of 2023."""
    own = [e for e in usable if e.unit.unknown or not of_others(e.unit, named)]
    best, other = best_of(usable)[0], best_of(own)[0]
    if best is None or other is None or "exercices" in named.assumed:
        return usable
    return own if other.score >= OWN_STRENGTH * best.score else usable
