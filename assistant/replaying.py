"""A kept answer asked again: what changed since, around it and in it."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from assistant.answer import Answer, Citation, Claim
from assistant.answering import Assistant
from assistant.assembling import settings_fingerprint
from assistant.records import Record
from assistant.units import document_units
from corpus.types import Document

ChangeKind = Literal[
    "as_of",
    "corpus",
    "settings",
    "retrieval",
    "model",
    "frame",
    "status",
    "claim_lost",
    "claim_added",
    "document_gone",
    "quote_changed",
    "citation_changed",
    "warning_lost",
    "warning_added",
]
AROUND: frozenset[ChangeKind] = frozenset({"as_of", "corpus", "settings", "retrieval", "model"})
"""What an answer depends on; the other kinds are changes of the answer itself."""

# Told as model and retrieval; and a kept question, masked, has no personal data left to warn of.
_UNCOMPARED = frozenset({"model_unavailable", "lexical_only", "personal_data"})
_CARD = ("text_status", "in_force_from", "in_force_until")
_READ = ("evidence", "confidence")
_NEAREST = 60.0  # rapidfuzz ratio (0 to 100) under which no statement is the quote reworded
_MARKERS = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, both sides as JSON values; ``None`` where there is nothing on a side.

    ``field`` is the part of the frame or of the citation, or the kind of warning; ``document_id``
    the source it is about.
    """

    kind: ChangeKind
    before: Any = None
    after: Any = None
    field: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Replay:
    """Today's answer to a kept request, and what changed since.

    ``by_quote``: a model reworded one of the two answers, so the quotes they cite are compared,
    not their sentences.
    """

    answer: Answer
    changes: tuple[Change, ...]
    by_quote: bool

    @property
    def same_answer(self) -> bool:
        """Whether the answer says the same from the same texts, whatever changed around it."""
        return all(change.kind in AROUND for change in self.changes)


def replay(
    record: Record, assistant: Assistant, *, as_of: date | None = None, written: bool = False
) -> Replay:
    """Asks a kept request again.

    Args:
        record: what was kept.
        assistant: answers over today's index; one that keeps no record.
        as_of: another day for the question than the one it was asked for.
        written: whether a model is there to reword the answer, when that was asked.

    Raises:
        IndexUnusable: nothing published can be read.
    """
    request = replace(record.request, as_of=as_of or record.request.as_of)
    if not written:
        request = replace(request, mode="extractive")
    old, new = record.answer, assistant.answer(request)
    by_quote = "written" in (old.mode, new.mode)
    found = [*_around(old, new), *_status(old, new), *_claims(old, new, by_quote)]
    found += [c for one in old.citations for c in _citation(one, new, assistant)]
    found += _warnings(old, new)
    changes = [one for n, one in enumerate(found) if one not in found[:n]]  # two quotes, one text
    return Replay(new, tuple(changes), by_quote)


def _around(old: Answer, new: Answer) -> Iterator[Change]:
    """What the answer depends on."""
    if old.as_of != new.as_of:
        yield Change("as_of", old.as_of.isoformat(), new.as_of.isoformat())
    if old.corpus_digest != new.corpus_digest:
        yield Change("corpus", old.corpus_digest, new.corpus_digest)
    known = settings_fingerprint(old.model)  # a model come or gone is told by itself
    if old.settings_fingerprint != known:
        yield Change("settings", old.settings_fingerprint, known)
    if old.retrieval != new.retrieval:
        yield Change("retrieval", old.retrieval, new.retrieval)
    if old.model != new.model:
        yield Change("model", old.model, new.model)


def _status(old: Answer, new: Answer) -> Iterator[Change]:
    """The frame as it was understood, and how the answer ended."""
    before, after = (asdict(one.frame) for one in (old, new))
    for name in before:
        if before[name] != after[name]:
            yield Change("frame", _plain(before[name]), _plain(after[name]), name)
    if (old.status, old.refusal) != (new.status, new.refusal):
        yield Change("status", old.refusal or old.status, new.refusal or new.status)


def _claims(old: Answer, new: Answer, by_quote: bool) -> Iterator[Change]:
    """Statements that today's answer no longer makes, then those that it adds."""
    before, after = (_stated(one, by_quote) for one in (old, new))
    yield from (Change("claim_lost", before=text) for text in before if text not in after)
    yield from (Change("claim_added", after=text) for text in after if text not in before)


def _stated(answer: Answer, by_quote: bool) -> list[str]:
    """What an answer states, in order, each statement on one line."""
    told = [text for claim in answer.claims for text in _told(claim, answer, by_quote)]
    return [" ".join(text.split()) for text in told]


def _told(claim: Claim, answer: Answer, by_quote: bool) -> list[str]:
    if not by_quote:
        return [claim.text]
    return [one.quote for one in answer.citations if one.n in claim.citations]


def _citation(old: Citation, new: Answer, assistant: Assistant) -> Iterator[Change]:
    """What became of a source: its document, its words, its status, how sure it is."""
    name = old.document_id
    document = assistant.document(name)
    if document is None:
        yield Change("document_gone", before=old.title, document_id=name)
        return
    if old.quote not in document.text:
        nearest = _nearest(old.quote, document)
        yield Change("quote_changed", old.quote, nearest, document_id=name)
    again = [c for c in new.citations if (c.document_id, c.quote) == (name, old.quote)][:1]
    sides: list[tuple[str, Any]] = [(field, document.identity) for field in _CARD]
    sides += [(field, one) for one in again for field in _READ]
    for field, today in sides:
        before, after = _plain(getattr(old, field)), _plain(getattr(today, field))
        if before != after:
            yield Change("citation_changed", before, after, field, name)


def _nearest(quote: str, document: Document) -> str | None:
    """The statement of a document that is nearest to a quote it no longer holds, if any is."""
    from rapidfuzz import fuzz, process

    told = [document.text[unit.start : unit.end] for unit in document_units(document)]
    found = process.extractOne(quote, told, scorer=fuzz.ratio, score_cutoff=_NEAREST)
    return found[0] if found else None


def _warnings(old: Answer, new: Answer) -> Iterator[Change]:
    """Warnings that came or went, wherever the sources they cite are numbered."""
    before, after = (
        {(w.kind, _MARKERS.sub("", w.text)) for w in one.warnings if w.kind not in _UNCOMPARED}
        for one in (old, new)
    )
    for kind, text in sorted(before - after):
        yield Change("warning_lost", before=text, field=kind)
    for kind, text in sorted(after - before):
        yield Change("warning_added", after=text, field=kind)


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
