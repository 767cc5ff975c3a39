"""What a report says first: a few French sentences, each a figure of the runs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from corpus.errors import InvalidRequest
from evals.bootstrap import Interval
from evals.cases import Case
from evals.charts import NBSP, bracketed, percent
from evals.compare import Change, compare
from evals.glossary import CATEGORIES, assistant_label, assistant_labels
from evals.stages import LABELS, Stage
from evals.summary import (
    RIGHT,
    Failure,
    Measure,
    Run,
    by_category,
    latencies_ms,
    measure,
    operating,
    percentile_ms,
    score,
)

FEWEST_BASES: Final = 5
_NAMED: Final = 3


def findings(
    runs: Sequence[Run], cases: Mapping[str, Case], failed: Mapping[Stage, Sequence[Failure]]
) -> list[str]:
    """How good the first assistant is, against the others, where, and why it fails."""
    first = runs[0]
    whole = score(first.rows, RIGHT)
    if whole.interval is None:
        return ["Aucune réponse de cette passe n'est notée."]
    said = [
        f"{assistant_label(first.name)} traite entièrement juste "
        f"{bracketed(whole.interval)} des questions ({counted(whole)})."
    ]
    said += _unseen(first)
    called = assistant_labels([run.name for run in runs])
    for name, other in list(zip(called, runs, strict=True))[1:]:
        said += _against(name, first, other)
    said += _strong_and_weak(runs)
    said += _choice(first, cases)
    if failed:
        said.append(_why(failed))
    times = latencies_ms(first.rows)
    if times:
        said.append(
            f"La moitié des réponses viennent en {duration(percentile_ms(times, 50))} au plus, "
            f"95{NBSP}% en {duration(percentile_ms(times, 95))} au plus."
        )
    return said


def _unseen(first: Run) -> list[str]:
    """The same on the questions that no setting has looked at."""
    unseen = score([row for row in first.rows if row["split"] == "validation"], RIGHT)
    if unseen.interval is None or unseen.bases == score(first.rows, RIGHT).bases:
        return []
    return [
        f"Sur les seules questions de validation, qu'aucun réglage n'a regardées : "
        f"{bracketed(unseen.interval)} ({counted(unseen)})."
    ]


def counted(measured: Measure) -> str:
    """How much a measure stands on: « 12 questions, 30 formulations »."""
    questions = _several(measured.bases, "question")
    if measured.cases == measured.bases:
        return questions
    return f"{questions}, {_several(measured.cases, 'formulation')}"


def duration(ms: float) -> str:
    """A time that people read: « 120 ms », « 1,2 s »."""
    if ms < 1000:
        return f"{ms:.0f}{NBSP}ms"
    return f"{ms / 1000:.1f}".replace(".", ",") + f"{NBSP}s"


def answerable(run: Run, cases: Mapping[str, Case]) -> Measure:
    """The share of a run's questions that have an answer; none when no case is known."""
    known = [row for row in run.rows if row["id"] in cases]
    return measure(known, lambda row: float(cases[row["id"]].status != "refused"))


def _several(count: int, noun: str) -> str:
    return f"{count}{NBSP}{noun}{'s' if count > 1 else ''}"


def _against(name: str, first: Run, other: Run) -> Iterator[str]:
    change = next((c for c in _changes(other, first) if c.name == RIGHT), None)
    if change is None or change.verdict == "too_few":
        return
    theirs = f"{name} ({percent(change.first)})"
    points = _points(change.difference)
    if change.verdict == "none_shown":
        yield f"Aucune différence montrée avec {theirs}{NBSP}: {points}."
    else:
        side = "plus" if change.verdict == "better" else "moins"
        yield f"C'est {points} de {side} que {theirs}."


def _changes(other: Run, first: Run) -> Sequence[Change]:
    try:
        return compare(other, first).changes
    except InvalidRequest:  # no case in common
        return ()


def percent_of(measured: Measure) -> str:
    """The mean alone, or a dash when nothing was scored."""
    return "–" if measured.interval is None else percent(measured.interval.mean)


def _points(gap: Interval) -> str:
    sign = -1 if gap.high < 0 else 1
    low, high = sorted((100 * sign * gap.low, 100 * sign * gap.high))
    return f"{100 * sign * gap.mean:.0f} points [{low:.0f}{NBSP};{NBSP}{high:.0f}]".replace(
        "-", "−"
    )


def _strong_and_weak(runs: Sequence[Run]) -> Iterator[str]:
    known = [
        (CATEGORIES.get(name, name), measures[0])
        for name, measures in by_category(runs[:1])
        if measures[0].bases >= FEWEST_BASES
    ]
    named = min(_NAMED, len(known) // 2)
    if not named:
        return
    yield f"Le plus sûr{NBSP}: {' ; '.join(_category(*each) for each in known[:named])}."
    weak = reversed(known[-named:])
    yield f"Le plus fragile{NBSP}: {' ; '.join(_category(*each) for each in weak)}."


def _category(label: str, measured: Measure) -> str:
    return f"{label.lower()} {bracketed(measured.interval)}"


def _choice(run: Run, cases: Mapping[str, Case]) -> Iterator[str]:
    point, possible = operating(run.rows), answerable(run, cases)
    if point.risk.interval is None or possible.interval is None:
        return
    yield (
        f"{percent_of(possible)} des questions ont une réponse{NBSP}; l'assistant répond à "
        f"{percent_of(point.coverage)}, et {percent_of(point.risk)} des réponses qu'il donne ne "
        "sont pas entièrement justes."
    )


def _why(failed: Mapping[Stage, Sequence[Failure]]) -> str:
    total = sum(map(len, failed.values()))
    ordered = sorted(failed, key=lambda each: -len(failed[each]))
    causes = (f"{LABELS[each].lower()} ({len(failed[each])})" for each in ordered[:_NAMED])
    return f"Pourquoi il échoue, sur {_several(total, 'échec')}{NBSP}: {', '.join(causes)}."
