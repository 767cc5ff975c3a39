"""Documents as the HTTP API shows them; offsets are Unicode code points of ``text``."""

from dataclasses import asdict
from datetime import date
from typing import Any

from corpus.types import Document


def summary_of(document: Document) -> dict[str, Any]:
    """The line of a document in a list."""
    identity = document.identity
    return {
        "id": document.document_id,
        "title": identity.title or document.document_id,
        "short_title": identity.short_title,
        "kind": identity.kind,
        "authority": identity.authority,
        "origin": identity.origin,
        "reference": identity.number,
        "nor": identity.nor,
        "signed_on": _iso(identity.signed_on),
        "published_on": _iso(identity.published_on),
        "in_force_from": _iso(identity.in_force_from),
        "in_force_until": _iso(identity.in_force_until),
        "text_status": identity.text_status,
        "exercices": list(identity.exercices),
        "url": identity.url,
        "sources_count": len(document.sources),
        "checked_on": _iso(identity.checked_on),
    }


def whole(document: Document) -> dict[str, Any]:
    """Everything known of a document: identity, text, structure, proofs and what was read."""
    identity = document.identity
    return summary_of(document) | {
        "issuer": identity.issuer,
        "author": identity.author,
        "addressees": list(identity.addressees),
        "cohorts": list(identity.cohorts),
        "relations": [asdict(relation) for relation in identity.relations],
        "text": document.text,
        "sections": [
            {
                "heading_path": list(section.heading_path),
                "start": section.start,
                "end": section.end,
                "page": section.page,
            }
            for section in document.sections
        ],
        "blocks": [asdict(block) for block in document.blocks],
        "anchors": [
            {
                "start": anchor.start,
                "end": anchor.end,
                "facts": list(anchor.facts),
                "confidence": anchor.confidence,
                "evidence": anchor.evidence,
                "sources": list(anchor.sources),
            }
            for anchor in document.anchors
        ],
        "sources": [asdict(source) for source in document.sources],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
