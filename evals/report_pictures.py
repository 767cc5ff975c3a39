"""The pictures of the report's page, each drawn from the table that stands behind it."""

from collections.abc import Mapping, Sequence
from math import ceil, log2
from typing import Final

from markupsafe import Markup

from evals.bootstrap import Interval
from evals.cases import Case
from evals.charts import NBSP, Point, Said, bars, bracketed, columns, dots, percent, plane, shares
from evals.findings import answerable, duration
from evals.glossary import CATEGORIES, FATES
from evals.report_tables import (
    SHORTEST_MS,
    categories,
    latency_classes,
    names,
    score_label,
    stage_table,
)
from evals.stages import Stage
from evals.summary import (
    Failure,
    Row,
    Run,
    by_category,
    every_score,
    fates,
    latencies_ms,
    operating,
    percentile_ms,
)

_PERCENTILES: Final = (50, 95)


def pictures(
    runs: Sequence[Run], cases: Mapping[str, Case], failed: Mapping[Stage, Sequence[Failure]]
) -> dict[str, Markup]:
    """Every picture of the page, by its name in the template."""
    first = runs[0]
    return {
        "fates_chart": _fates("sort", "Le sort des questions, par assistant", _named_rows(runs)),
        "category_fates_chart": _fates(
            "sort-categories", "Le sort des questions, par catégorie", dict(categories(first))
        ),
        "scores_chart": _scores(runs, cases),
        "categories_chart": _categories(runs),
        "operating_chart": _operating(runs, cases),
        "latency_chart": _latency(first),
        "stages_chart": _stages(failed),
    }


def _named_rows(runs: Sequence[Run]) -> dict[str, Sequence[Row]]:
    return {name: run.rows for name, run in zip(names(runs), runs, strict=True)}


def _fates(name: str, title: str, parts: Mapping[str, Sequence[Row]]) -> Markup:
    rows = {label: fates(part) for label, part in parts.items()}
    said = " ; ".join(
        f"{label}{NBSP}: "
        + ", ".join(f"{FATES[each].lower()} {percent(share)}" for each, share in kinds.items())
        for label, kinds in rows.items()
    )
    return shares(Said(name, title, said + "."), rows)


def _scores(runs: Sequence[Run], cases: Mapping[str, Case]) -> Markup:
    rows = {
        score_label(name): [each.interval for each in measures]
        for name, measures in every_score(runs, cases).items()
    }
    return dots(Said("notes-dessin", "Les notes, par assistant", _said(runs, rows)), rows)


def _categories(runs: Sequence[Run]) -> Markup:
    rows = {
        CATEGORIES.get(name, name): [each.interval for each in measures]
        for name, measures in by_category(runs)
    }
    title = "Questions traitées entièrement juste, par catégorie"
    return dots(Said("categories-dessin", title, _said(runs, rows)), rows)


def _said(runs: Sequence[Run], rows: Mapping[str, Sequence[Interval | None]]) -> str:
    called = names(runs)
    lines = []
    for label, values in rows.items():
        said = (f"{name} {bracketed(each)}" for name, each in zip(called, values, strict=True))
        lines.append(f"{label}{NBSP}: {', '.join(said)}")
    return " ; ".join(lines) + "."


def _operating(runs: Sequence[Run], cases: Mapping[str, Case]) -> Markup:
    points = []
    for series, run in enumerate(runs):
        found = operating(run.rows)
        if found.coverage.interval is not None and found.risk.interval is not None:
            label = names(runs)[series]
            points.append(
                Point(label, series, found.coverage.interval, found.risk.interval, found.curve)
            )
    possible = answerable(runs[0], cases).interval
    said = " ; ".join(
        f"{point.label} répond à {percent(point.x.mean)} des questions, et "
        f"{percent(point.y.mean)} de ses réponses sont fausses"
        for point in points
    )
    words = Said("refus-dessin", "Part de réponses fausses selon la part de réponses", said + ".")
    return plane(words, points, None if possible is None else possible.mean)


def _latency(run: Run) -> Markup:
    times = latencies_ms(run.rows)
    rows = {label: int(count) for label, count in latency_classes([run])[1]}
    marks = {}
    if times:
        shortest = max(0, ceil(log2(max(times[0], 1.0) / SHORTEST_MS)))
        for percentage in _PERCENTILES:
            ms = percentile_ms(times, percentage)
            label = f"p{percentage}{NBSP}: {duration(ms)}"
            marks[label] = log2(max(ms, 1.0) / SHORTEST_MS) + 1 - shortest
    said = " ; ".join([*marks, *(f"au plus {label}{NBSP}: {n}" for label, n in rows.items())])
    return columns(Said("temps-dessin", "Nombre de réponses par durée", said + "."), rows, marks)


def _stages(failed: Mapping[Stage, Sequence[Failure]]) -> Markup:
    rows = {row[0]: int(row[1]) for row in stage_table(failed)[1]}
    said = " ; ".join(f"{label}{NBSP}: {count}" for label, count in rows.items())
    return bars(Said("etapes-dessin", "Nombre d'échecs par étape", said + "."), rows)
