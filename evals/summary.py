"""What one or more runs show, in figures: the single source of both forms of the report.

Every share weighs each *base* once: a question asked in five wordings counts as much as one asked
once. A mean is the mean of the means of its bases, and its interval draws the bases again.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from statistics import fmean
from typing import Any, Final, Literal, get_args

import numpy as np

from evals.bootstrap import Interval, paired_bootstrap
from evals.cases import Case
from evals.outcome import Ground, Outcome
from evals.scorers.stability import stability
from evals.stages import STAGES, Stage, is_right, stage, value_of

Row = Mapping[str, Any]
Fate = Literal["right_answer", "right_refusal", "wrong_refusal", "wrong_answer", "crashed"]
FATES: Final[tuple[Fate, ...]] = get_args(Fate)
RIGHT: Final = "right"


@dataclass(frozen=True, slots=True)
class Run:
    """What an assistant gave: the fingerprint of the run, then one row a case."""

    fingerprint: Mapping[str, Any]
    rows: Sequence[Row]

    @property
    def name(self) -> str:
        """The assistant's name, as its fingerprint gives it."""
        return str(self.fingerprint.get("assistant") or "assistant")


@dataclass(frozen=True, slots=True)
class Measure:
    """A share in 0..1 with its 95 % interval (``None``: nothing scored), over ``cases`` rows."""

    interval: Interval | None
    cases: int
    bases: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A wrong answer: its case, its row, and the stage that failed first."""

    case: Case
    row: Row
    stage: Stage


def measure(rows: Sequence[Row], value: Callable[[Row], float | None]) -> Measure:
    """The mean of what ``value`` gives, each base once; rows where it gives ``None`` are left."""
    by_base = _by_base(rows, value)
    if not by_base:
        return Measure(None, 0, 0)
    interval = paired_bootstrap({"mean": [fmean(v) for v in by_base.values()]})["mean"]
    return Measure(interval, sum(map(len, by_base.values())), len(by_base))


def mean(rows: Sequence[Row], value: Callable[[Row], float | None]) -> float | None:
    """The mean that ``measure`` gives, without its interval; ``None`` when nothing is scored."""
    by_base = _by_base(rows, value)
    return fmean(map(fmean, by_base.values())) if by_base else None


def _by_base(rows: Sequence[Row], value: Callable[[Row], float | None]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for row in rows:
        given = value(row)
        if given is not None:
            found.setdefault(base_of(row), []).append(given)
    return found


def score(rows: Sequence[Row], name: str) -> Measure:
    """The mean of a score by its name in the run."""
    return measure(rows, lambda row: value_of(row, name))


def base_of(row: Row) -> str:
    """The question that a row asks, whatever its wording."""
    return str(row.get("base") or row["id"])


def scores_in(runs: Sequence[Run]) -> tuple[str, ...]:
    """Names of the scores that at least one row has a value for, in the order of the runs."""
    rows = [row for run in runs for row in run.rows]
    names = dict.fromkeys(name for row in rows for name in row.get("scores") or {})
    return tuple(name for name in names if any(value_of(row, name) is not None for row in rows))


def every_score(runs: Sequence[Run], cases: Mapping[str, Case]) -> dict[str, tuple[Measure, ...]]:
    """Each score with its measure in every run; stability, scored by base, comes last."""
    found = {name: tuple(score(run.rows, name) for run in runs) for name in scores_in(runs)}
    stable = tuple(_stability(run, cases) for run in runs)
    return found | ({"stability": stable} if any(each.bases for each in stable) else {})


def stabilities(run: Run, cases: Mapping[str, Case]) -> dict[str, float]:
    """The stability of each base that the run asks in several wordings, in 0..1."""
    asked = [cases[row["id"]] for row in run.rows if row["id"] in cases]
    outcomes = (Outcome(row["id"], row.get("answer"), None, 0.0) for row in run.rows)
    found = stability(asked, outcomes)
    return {base: score.value for base, score in found.items() if score.value is not None}


def _stability(run: Run, cases: Mapping[str, Case]) -> Measure:
    by_base = stabilities(run, cases)
    return measure([{"id": base} for base in by_base], lambda row: by_base[row["id"]])


def groups(rows: Sequence[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    """The rows by ``key``, in the order of their first row."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def by_category(runs: Sequence[Run]) -> list[tuple[str, list[Measure]]]:
    """Each category with its share of entirely right answers in every run; the best of run 1 first.

    A category where nothing is scored in the first run comes last.
    """
    split = [groups(run.rows, lambda row: row["category"]) for run in runs]
    names = dict.fromkeys(name for part in split for name in part)
    found = [(name, [score(part.get(name, []), RIGHT) for part in split]) for name in names]
    return sorted(found, key=lambda pair: (-_mean_of(pair[1][0]), pair[0]))


def _mean_of(measured: Measure) -> float:
    return -1.0 if measured.interval is None else measured.interval.mean


def fate(row: Row) -> Fate | None:
    """What became of a question; ``None`` when its answer isn't scored."""
    right, answer = is_right(row), row.get("answer")
    if answer is None:
        return "crashed"
    if right is None:
        return None
    if answer["status"] == "refused":
        return "right_refusal" if right else "wrong_refusal"
    return "right_answer" if right else "wrong_answer"


def fates(rows: Sequence[Row]) -> dict[Fate, float]:
    """The share of each fate; they sum to 1, or are all 0 when nothing is scored."""
    return {each: mean(rows, partial(_ends, each)) or 0.0 for each in FATES}


def _ends(wanted: Fate, row: Row) -> float | None:
    found = fate(row)
    return None if found is None else float(found == wanted)


@dataclass(frozen=True, slots=True)
class Operating:
    """Where an assistant stands between answering all and erring never.

    ``coverage``: share of the questions that it answers. ``risk``: share of the answers it gives
    that aren't entirely right. ``curve``: (coverage, risk) as it would answer fewer and fewer
    questions, by its own sureness; empty when its answers carry none.
    """

    coverage: Measure
    risk: Measure
    curve: tuple[tuple[float, float], ...]


def operating(rows: Sequence[Row]) -> Operating:
    """The coverage and risk of a run's rows."""
    given = [row for row in rows if fate(row) in ("right_answer", "wrong_answer")]
    return Operating(
        measure(rows, lambda row: float(_answers(row))),
        measure(given, lambda row: float(fate(row) == "wrong_answer")),
        _curve(rows, given),
    )


def _answers(row: Row) -> bool:
    return row.get("answer") is not None and row["answer"]["status"] != "refused"


def _curve(rows: Sequence[Row], given: Sequence[Row]) -> tuple[tuple[float, float], ...]:
    sure = {row["id"]: _sureness(row) for row in given}
    if not sure or None in sure.values():
        return ()
    bases = Counter(base_of(row) for row in rows)
    points, answered, wrong = [], 0.0, 0.0
    ordered = sorted(given, key=lambda row: sure[row["id"]] or 0.0, reverse=True)
    for _sure, tied in groupby(ordered, key=lambda row: sure[row["id"]]):
        for row in tied:
            weight = 1 / bases[base_of(row)] / len(bases)
            answered += weight
            wrong += weight * (fate(row) == "wrong_answer")
        points.append((answered, wrong / answered))
    return tuple(points)


def _sureness(row: Row) -> float | None:
    found = row.get("sureness", row["answer"].get("sureness"))
    return float(found) if isinstance(found, (int, float)) else None


def latencies_ms(rows: Sequence[Row]) -> list[float]:
    """How long each answer took, in milliseconds, shortest first."""
    return sorted(float(row["elapsed_ms"]) for row in rows if row.get("elapsed_ms") is not None)


def percentile_ms(values: Sequence[float], percent: float) -> float:
    """The time under which ``percent`` per cent of the answers came."""
    return float(np.percentile(values, percent))


def failures(
    run: Run, cases: Mapping[str, Case], ground: Ground | None = None
) -> dict[Stage, list[Failure]]:
    """The wrong answers of a run by stage, gravest stage first; the least complete first in each.

    A row whose case is no longer known has no stage and is left out.
    """
    found: dict[Stage, list[Failure]] = {each: [] for each in STAGES}
    for row in run.rows:
        case = cases.get(row["id"])
        where = stage(case, row, ground) if case is not None else None
        if case is not None and where is not None:
            found[where].append(Failure(case, row, where))
    for several in found.values():
        several.sort(key=lambda each: (value_of(each.row, "vital_recall") or 0.0, each.case.id))
    return {where: several for where, several in found.items() if several}
