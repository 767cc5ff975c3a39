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
from ui.pages.site import page_router, render
from ui.service import Assistant

_SCORES: Final = ("right", "status", "figures", "validity", "citation_recall", "stability")
"""What the page shows of the accepted run; the report has the rest."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The accepted run in short: day, questions, level of its intervals, then label, share
    with interval and questions of each score."""

    day: date
    questions: int
    level: str
    scores: tuple[tuple[str, str, int], ...]


def router(assistant: Assistant) -> APIRouter:
    """The page about the product."""
    pages = page_router()

    @pages.get(navigation.ABOUT)
    def read_about(request: Request) -> Response:
        return render(
            request,
            "about",
            **_corpus(assistant.documents()),
            health=assistant.health(),
            evaluation=evaluation(),
            kept_days=KEPT_DAYS,
            danger=texts.WARNING_TITLES["danger"],
        )

    return pages


def _corpus(documents: Sequence[Document]) -> dict[str, Any]:
    years = sorted({year for each in documents for year in each.identity.exercices})
    originals = sum(each.identity.origin == "original" for each in documents)
    return {
        "originals": originals,
        "summaries": len(documents) - originals,
        "statements": sum(len(each.anchors) for each in documents),
        "sources": len({s.url or s.file for each in documents for s in each.sources}),
        "years": years,
    }


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
    measures = {name: score(run.rows, name) for name in _SCORES}
    return Evaluation(
        datetime.fromisoformat(str(run.fingerprint["date"])).date(),
        len({base_of(row) for row in run.rows}),
        percent(LEVEL),
        tuple(
            (LABELS[name], bracketed(measure.interval), measure.bases)
            for name, measure in measures.items()
        ),
    )
