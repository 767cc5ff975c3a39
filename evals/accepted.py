"""The last run that a person accepted: its scores case by case, without a word of the answers."""

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from corpus.errors import InvalidRequest
from evals.cases import Case
from evals.outcome import Outcome
from evals.scorers.stability import stability
from evals.stages import value_of
from evals.summary import Row, Run

LATEST: Final = Path(__file__).parent / "reports" / "latest.jsonl"
"""In the repository, so that a change of a score shows in its history."""
STABILITY: Final = "stability"
_KEPT: Final = ("id", "digest", "category", "split", "base")
_DECIMALS: Final = 4


def scores_only(run: Run, cases: Iterable[Case]) -> Run:
    """A run reduced to what a later one is held against: each case's status and scores.

    Scores are rounded, so that a run equals its own accepted form; each wording of a question
    also bears the question's stability. ``status`` is ``None`` where there was no answer.
    """
    asked = {row["id"] for row in run.rows}
    outcomes = (Outcome(row["id"], row.get("answer"), None, 0.0) for row in run.rows)
    stable = stability((case for case in cases if case.id in asked), outcomes)
    return Run(run.fingerprint, [_reduced(row, stable) for row in run.rows])


def _reduced(row: Row, stable: Mapping[str, Any]) -> Row:
    scores = {name: _rounded(value_of(row, name)) for name in row["scores"]}
    if row["base"] in stable:
        scores[STABILITY] = _rounded(stable[row["base"]].value)
    status = row["answer"]["status"] if row.get("answer") else None
    kept = {name: row.get(name) for name in _KEPT}
    return kept | {
        "status": status,
        "scores": {name: [value, ""] for name, value in scores.items()},
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)


def write(run: Run, path: Path) -> None:
    """Writes a reduced run: a line that names its scores, then a short line a case."""
    names = list(dict.fromkeys(name for row in run.rows for name in row["scores"]))
    lines = [dict(run.fingerprint) | {"scores": names}]
    for row in run.rows:
        values = [value_of(row, name) for name in names]
        lines.append({key: row[key] for key in (*_KEPT, "status")} | {"scores": values})
    path.parent.mkdir(parents=True, exist_ok=True)
    written = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
    path.write_text("\n".join(written) + "\n", encoding="utf-8")


def read(path: Path) -> Run | None:
    """The accepted run; ``None`` when none was accepted yet.

    Raises:
        InvalidRequest: the file isn't one that ``write`` wrote.
    """
    if not path.exists():
        return None
    try:
        first, *lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        names = first.pop("scores")
        return Run(first, [_read(line, names) for line in lines])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidRequest(
            f"{path} n'est pas une passe acceptée (reperes eval accept)."
        ) from error


def _read(line: Mapping[str, Any], names: list[str]) -> Row:
    values = dict(zip(names, line["scores"], strict=True))
    return dict(line) | {"scores": {name: [value, ""] for name, value in values.items()}}


def part_of(run: Run, ids: Collection[str]) -> Run:
    """The rows of a reduced run for some cases."""
    return Run(run.fingerprint, [row for row in run.rows if row["id"] in ids])
