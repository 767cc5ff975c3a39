"""Warnings that the citations themselves call for: disagreement, deduction, press, status."""

from collections.abc import Sequence

from assistant import wording
from assistant.answer import Caution, Citation, WarningKind


def markers(numbers: Sequence[int]) -> str:
    """Citation markers: « [1] [2] »."""
    return " ".join(f"[{n}]" for n in numbers)


def cautions(citations: Sequence[Citation]) -> list[Caution]:
    """Warnings about the quotes of an answer, each citing those it is about."""
    kinds: tuple[tuple[WarningKind, str, list[int]], ...] = (
        ("conflict", wording.CONFLICT, [c.n for c in citations if c.confidence == "disputed"]),
        ("inferred", wording.INFERRED, [c.n for c in citations if c.confidence == "inferred"]),
        (
            "superseded",
            wording.SUPERSEDED,
            [c.n for c in citations if c.text_status in ("remplacé", "abrogé")],
        ),
        ("annulled", wording.ANNULLED, [c.n for c in citations if c.text_status == "annulé"]),
    )
    found = [
        Caution(kind, template.format(markers=markers(numbers)), tuple(numbers))
        for kind, template, numbers in kinds
        if numbers
    ]
    if citations and all(c.evidence == "press" for c in citations):
        numbers = [c.n for c in citations]
        text = wording.PRESS_ONLY.format(markers=markers(numbers))
        found.append(Caution("press_only", text, tuple(numbers)))
    return found
