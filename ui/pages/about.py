"""« /a-propos »: what the product does and doesn't, over what, and how far it was checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from corpus.types import Document
from evals.feedback import KEPT_DAYS
from ui import texts
from ui.pages import navigation
from ui.pages.rows import exercices_of
from ui.pages.site import page_router, render
from ui.service import Assistant

HELD_OUT: Final = "validation"
"""Questions that the settings weren't chosen on."""
_SCORES: Final = ("right", "status", "figures", "validity", "citation_recall", "stability")
"""What the page shows of the accepted run; the report has the rest."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The accepted run in short: day, questions, those held out, level of its intervals, then of
    each score its label, its share with interval, its questions, its share over those held out."""

    day: date
    questions: int
    held_out: int
    level: str
    scores: tuple[tuple[str, str, int, str], ...]


def router(assistant: Assistant) -> APIRouter:
    """The page about the product."""
    pages = page_router()

    @pages.get(navigation.ABOUT)
    def read_about(request: Request) -> Response:
        return render(
            request,
            "about",
            **_corpus(assistant.documents()),
            years=_spans(exercices_of(assistant.entries())),
            health=assistant.health(),
            evaluation=evaluation(),
            kept_days=KEPT_DAYS,
            danger=texts.WARNING_TITLES["danger"],
        )

    return pages


def _corpus(documents: Sequence[Document]) -> dict[str, Any]:
    originals = sum(each.identity.origin == "original" for each in documents)
    return {
        "originals": originals,
        "summaries": len(documents) - originals,
        "statements": sum(len(each.anchors) for each in documents),
        "sources": len({s.url or s.file for each in documents for s in each.sources}),
    }


def _spans(years: Sequence[int]) -> str:
    """Sorted years in words, those in a row together: « 2019 à 2027 et 2030 »."""
    firsts = [year for year in years if year - 1 not in years]
    lasts = [year for year in years if year + 1 not in years]
    pairs = zip(firsts, lasts, strict=True)
    return texts.listed([f"{a}" if a == b else f"{a} à {b}" for a, b in pairs]) if years else ""


@cache
def evaluation() -> Evaluation | None:
    """The accepted run; ``None`` when there is none."""
    from evals.accepted import LATEST, read
    from evals.bootstrap import LEVEL
    from evals.charts import bracketed, percent
    from evals.scoring import LABELS
    from evals.summary import base_of, score

    run = read(LATEST)
    if run is None:
        return None
    held_out = [row for row in run.rows if row["split"] == HELD_OUT]
    measures = {name: (score(run.rows, name), score(held_out, name)) for name in _SCORES}
    return Evaluation(
        datetime.fromisoformat(str(run.fingerprint["date"])).date(),
        len({base_of(row) for row in run.rows}),
        len({base_of(row) for row in held_out}),
        percent(LEVEL),
        tuple(
            (LABELS[name], bracketed(every.interval), every.bases, bracketed(unseen.interval))
            for name, (every, unseen) in measures.items()
        ),
    )
