"""A draft made into an answer: its text with markers, its refusal in words, its fingerprints."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version

from assistant import wording
from assistant.answer import Answer, Claim, Request, Status
from assistant.checking import without_brackets
from assistant.drafting import Draft
from assistant.evidence import SCORE_WEIGHTS
from assistant.fusion import WEIGHTS
from assistant.learned import learned
from assistant.merging import said_before
from assistant.refusing import SURE
from assistant.warning import markers
from ingest.index import Index


def assembled(
    request: Request, index: Index, draft: Draft, total_ms: int, case_id: str | None
) -> Answer:
    """The answer of a finished draft: text, warnings, fingerprints and timings."""
    refused = draft.refusal is not None
    checked_on = index.manifest.checked_on
    return Answer(
        id=uuid.uuid4().hex,
        question=request.question,
        as_of=request.as_of,
        frame=draft.frame,
        status="refused" if refused else _status(draft),
        refusal=draft.refusal,
        text=_refusal_text(request, draft) if refused else _whole_text(draft),
        claims=() if refused else tuple(draft.claims),
        citations=tuple(draft.citations),
        warnings=tuple(draft.warnings),
        nearby=draft.nearby,
        follow_ups=draft.follow_ups,
        parts=draft.parts,
        table=draft.table,
        sureness=round(draft.sureness, 3),
        retrieval="lexical" if index.embeddings is None else "hybrid",
        corpus_digest=index.manifest.corpus_digest,
        corpus_checked_on=checked_on,
        settings_fingerprint=settings_fingerprint(draft.model),
        mode=draft.mode,
        model=draft.model,
        timings_ms={"retrieve": draft.retrieve_ms, "total": total_ms},
        case_id=case_id,
    )


def _whole_text(draft: Draft) -> str:
    """The text of an answer; each of several questions comes before what answers it."""
    if not draft.parts:
        return _text(draft.claims)
    told = []
    for part, before in zip(draft.parts, said_before(draft.parts), strict=True):
        answered = _text([draft.claims[n] for n in part.claims if n not in before])
        if above := [n for at in part.claims if at in before for n in draft.claims[at].citations]:
            said = f"{wording.SAID_ABOVE.rstrip('.')} {markers(above)}."
            answered = f"{said}\n\n{answered}".rstrip()
        refused = wording.REFUSALS[part.refusal] if part.refusal else ""
        asked = wording.PART.format(question=without_brackets(part.question))
        told.append(f"{asked}\n\n{answered or refused}")
    return "\n\n".join(told)


def _status(draft: Draft) -> Status:
    """Answered, or partial when one of several questions has no answer."""
    return "partial" if any(part.refusal for part in draft.parts) else "answered"


def _text(claims: Sequence[Claim]) -> str:
    """Claims with their markers: « Phrase [1]. », a paragraph each, lists on their lines."""
    text = ""
    for one in claims:
        body = one.text.rstrip()
        stop = body[-1] if body.endswith((".", "!", "?")) else "."
        line = f"{body.removesuffix(stop).rstrip(' ;,')} {markers(one.citations)}{stop}"
        gap = "\n" if body.startswith("- ") else "\n\n"
        text += f"{gap if text else ''}{line}"
    return text


def _refusal_text(request: Request, draft: Draft) -> str:
    if draft.refusal is None:
        return ""
    lines = [draft.notice or wording.REFUSALS[draft.refusal]]
    if draft.refusal != "not_a_question":
        years = ", ".join(str(year) for year in draft.frame.exercices)
        frame = wording.FOR_EXERCICES.format(years=years) if years else ""
        asked = without_brackets(request.question)
        lines.append(wording.LOOKED_FOR.format(question=asked, frame=frame))
    if draft.nearby:
        titles = " ; ".join(without_brackets(near.title) for near in draft.nearby)
        lines.append(wording.NEARBY.format(titles=titles))
    return "\n\n".join(lines)


@cache
def settings_fingerprint(model: str | None = None) -> str:
    """Digest of all that changes an answer beside the corpus: version, weights, thresholds, and
    the language model that rewrote it, if one did."""
    values = {
        "version": version("reperes"),
        "fusion": asdict(WEIGHTS),
        "score": SCORE_WEIGHTS,
        "sure": SURE,
        "learned": asdict(learned()),
    } | ({"model": model} if model else {})
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
