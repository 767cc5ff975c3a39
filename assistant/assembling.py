"""A draft made into an answer: its text with markers, its refusal in words, its fingerprints."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version

from assistant import wording
from assistant.answer import Answer, Claim, Request
from assistant.checking import without_brackets
from assistant.drafting import Draft
from assistant.evidence import SCORE_WEIGHTS
from assistant.fusion import WEIGHTS
from assistant.learned import learned
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
        status="refused" if refused else "answered",
        refusal=draft.refusal,
        text=_refusal_text(request, draft) if refused else _text(draft.claims),
        claims=() if refused else tuple(draft.claims),
        citations=tuple(draft.citations),
        warnings=tuple(draft.warnings),
        nearby=draft.nearby,
        follow_ups=draft.follow_ups,
        sureness=round(draft.sureness, 3),
        retrieval="lexical" if index.embeddings is None else "hybrid",
        corpus_digest=index.manifest.corpus_digest,
        corpus_checked_on=checked_on,
        settings_fingerprint=settings_fingerprint(),
        timings_ms={"retrieve": draft.retrieve_ms, "total": total_ms},
        case_id=case_id,
    )


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
    lines = [wording.REFUSALS[draft.refusal]]
    if draft.refusal != "not_a_question":
        years = ", ".join(str(year) for year in draft.frame.exercices)
        frame = wording.FOR_EXERCICES.format(years=years) if years else ""
        asked = without_brackets(request.question)
        lines.append(wording.LOOKED_FOR.format(question=asked, frame=frame))
    if draft.nearby:
        titles = " ; ".join(without_brackets(near.title) for near in draft.nearby)
        lines.append(wording.NEARBY.format(titles=titles))
    return "\n\n".join(lines)


def settings_fingerprint() -> str:
    """Digest of all that changes an answer beside the corpus: version, weights, thresholds."""
    values = {
        "version": version("reperes"),
        "fusion": asdict(WEIGHTS),
        "score": SCORE_WEIGHTS,
        "sure": SURE,
        "learned": asdict(learned()),
    }
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
