"""The tables of a report: the figures that its words and pictures stand on."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil, log2
from typing import Any, Final

from evals.cases import Case
from evals.charts import bracketed, percent
from evals.findings import answerable, counted, duration, percent_of
from evals.glossary import CATEGORIES, REWORDINGS, SPLITS, assistant_labels
from evals.glossary import FATES as FATE_LABELS
from evals.scoring import LABELS as SCORE_LABELS
from evals.stages import LABELS, MEANINGS, Stage, value_of
from evals.summary import (
    RIGHT,
    Failure,
    Measure,
    Row,
    Run,
    by_category,
    every_score,
    fates,
    groups,
    latencies_ms,
    mean,
    operating,
    percentile_ms,
    score,
    scores_in,
)

SHORTEST_MS: Final = 25
Table = tuple[Sequence[str], Sequence[Sequence[str]]]
"""The names of the columns, then the rows; the first cell of a row names it."""


def score_table(runs: Sequence[Run], cases: Mapping[str, Case]) -> Table:
    """Every score of every run, with how much the first run's stands on."""
    rows = [
        [score_label(name), *map(_cell, measures), counted(measures[0])]
        for name, measures in every_score(runs, cases).items()
    ]
    return ["Note", *names(runs), "Notées"], rows


def score_label(name: str) -> str:
    """A score's French label, or its name when it has none."""
    return SCORE_LABELS.get(name, name)


def category_table(runs: Sequence[Run]) -> Table:
    """The share of entirely right answers by category, best first."""
    rows = [
        [_named(CATEGORIES, name), *map(_cell, measures), counted(measures[0])]
        for name, measures in by_category(runs)
    ]
    return ["Catégorie", *names(runs), "Notées"], rows


def slice_table(runs: Sequence[Run]) -> Table:
    """The share of entirely right answers by split, then by way of asking."""
    rows = []
    for key, labels in (("split", SPLITS), ("rewording", REWORDINGS)):
        parts = [groups(run.rows, partial(_value, key)) for run in runs]
        for value in parts[0]:
            measures = [score(part.get(value, []), RIGHT) for part in parts]
            rows.append([_named(labels, value), *map(_cell, measures), counted(measures[0])])
    return ["Part", *names(runs), "Notées"], rows


def operating_table(runs: Sequence[Run], cases: Mapping[str, Case]) -> Table:
    """How often each assistant answers, and how often it errs when it does."""
    rows = []
    for name, run in zip(names(runs), runs, strict=True):
        point = operating(run.rows)
        shares = (_cell(point.coverage), _cell(point.risk))
        rows.append([name, *shares, percent_of(answerable(run, cases))])
    return ["Assistant", "Répond", "Faux parmi ses réponses", "Questions qui ont une réponse"], rows


def latency_table(runs: Sequence[Run]) -> Table:
    """The median and the 95th percentile of the time of an answer."""
    rows = []
    for name, run in zip(names(runs), runs, strict=True):
        times = latencies_ms(run.rows)
        if times:
            said = (duration(percentile_ms(times, percent)) for percent in (50, 95))
            rows.append([name, *said, duration(times[-1]), str(len(times))])
    return ["Assistant", "Médiane (p50)", "p95", "Le plus long", "Réponses"], rows


def fate_table(runs: Sequence[Run]) -> Table:
    """What became of the questions of every run."""
    rows = [[name, *_fates(run.rows)] for name, run in zip(names(runs), runs, strict=True)]
    return ["Assistant", *FATE_LABELS.values()], rows


def category_fate_table(run: Run) -> Table:
    """What became of the questions of a run by category, the best category first."""
    rows = [[label, *_fates(part)] for label, part in categories(run)]
    return ["Catégorie", *FATE_LABELS.values()], rows


def category_score_table(run: Run) -> Table:
    """The mean of every score of a run by category."""
    names = scores_in([run])
    rows = [[label, *(_mean(part, name) for name in names)] for label, part in categories(run)]
    return ["Catégorie", *map(score_label, names)], rows


def category_operating_table(run: Run) -> Table:
    """How often an assistant answers and errs, by category."""
    rows = []
    for label, part in categories(run):
        point = operating(part)
        rows.append([label, _cell(point.coverage), _cell(point.risk), counted(point.coverage)])
    return ["Catégorie", "Répond", "Faux parmi ses réponses", "Sur"], rows


def categories(run: Run) -> list[tuple[str, list[Row]]]:
    """The rows of a run by the French name of their category, the best category first."""
    parts = groups(run.rows, partial(_value, "category"))
    best = {name: mean(part, partial(value_of, score=RIGHT)) for name, part in parts.items()}
    ordered = sorted(parts, key=lambda name: (-(best[name] or 0.0), name))
    return [(_named(CATEGORIES, name), parts[name]) for name in ordered]


def _mean(rows: Sequence[Row], name: str) -> str:
    found = mean(rows, partial(value_of, score=name))
    return "–" if found is None else percent(found)


def latency_classes(runs: Sequence[Run]) -> Table:
    """How many answers of every run took how long, in classes that double."""
    steps = [[_step(ms) for ms in latencies_ms(run.rows)] for run in runs]
    known = [step for several in steps for step in several]
    rows = [
        [duration(SHORTEST_MS * 2**step), *(str(several.count(step)) for several in steps)]
        for step in range(min(known, default=0), max(known, default=-1) + 1)
    ]
    return ["Au plus", *names(runs)], rows


def _step(ms: float) -> int:
    return max(0, ceil(log2(max(ms, 1.0) / SHORTEST_MS)))


def stage_table(failed: Mapping[Stage, Sequence[Failure]]) -> Table:
    """How many answers failed at each stage, the most frequent first."""
    ordered = sorted(failed, key=lambda each: -len(failed[each]))
    rows = [[LABELS[each], str(len(failed[each])), MEANINGS[each]] for each in ordered]
    return ["Étape", "Échecs", "Ce que cela veut dire"], rows


def _fates(rows: Sequence[Row]) -> list[str]:
    shares = fates(rows)
    return [percent(shares[each]) for each in FATE_LABELS]


def _value(key: str, row: Row) -> Any:
    return row.get(key)


def names(runs: Sequence[Run]) -> list[str]:
    """What each run is called, each name once."""
    return assistant_labels([run.name for run in runs])


def _cell(measured: Measure) -> str:
    return bracketed(measured.interval)


def _named(labels: Mapping[Any, str], value: Any) -> str:
    label: str = labels.get(value, str(value))
    return label
