"""Runs: every case asked and scored, one JSON line each, resumable where it was interrupted."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import InvalidRequest
from evals.assistants import LIMIT_S, Evaluated, attempt
from evals.cases import Case
from evals.fingerprint import case_digest, differences, fingerprint
from evals.judge import Judge
from evals.outcome import Ground, Outcome
from evals.scoring import right, score_all
from evals.summary import RIGHT, Run
from ingest.replacing import file_at


def run(
    cases: Sequence[Case],
    evaluated: Evaluated,
    ground: Ground,
    path: Path,
    *,
    limit_s: float = LIMIT_S,
    restart: bool = False,
    judge: Judge | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Run:
    """Asks every case that ``path`` doesn't hold yet, and scores it; a scorer's crash ends the run.

    Args:
        cases: what is asked, in this order.
        evaluated: who answers.
        ground: the corpus, for the scorers.
        path: the JSONL file: a fingerprint, then one line a case. An interrupted run goes on there.
        limit_s: seconds an answer may take.
        restart: begins anew whatever the file holds.
        judge: whose opinion is kept beside the scores, as ``judgement``.
        progress: called with (cases done, cases in all) before the first case and after each.

    Raises:
        InvalidRequest: ``path`` holds a run made otherwise (the message says in what), or no run;
            it is no regular file.
    """
    own = fingerprint(cases, evaluated, limit_s)
    if judge is not None:
        own["judge"] = judge.name
    path = file_at(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    done = _begun(path, own) if path.exists() and not restart else None
    if done is None:
        path.write_bytes(_line(own))
        done = set()
    with path.open("ab") as file:
        progress(len(done), len(cases))
        for case in cases:
            if case.id in done:
                continue
            outcome = attempt(evaluated, case, limit_s)
            row = _row(case, outcome, ground)
            if judge is not None:
                opinion = judge.opinion(case, outcome)
                row["judgement"] = [opinion.value, opinion.reason]
            file.write(_line(row))
            file.flush()
            os.fsync(file.fileno())
            done.add(case.id)
            progress(len(done), len(cases))
    return read_run(path)


def read_run(path: Path) -> Run:
    """A run's fingerprint and rows; a last line that was being written is left out.

    Raises:
        InvalidRequest: the file isn't a run; the message says the line.
    """
    lines = _lines(path)
    if not lines or "assistant" not in lines[0]:
        raise InvalidRequest(f"{path} n'est pas une passe d'évaluation (reperes eval run).")
    return Run(lines[0], lines[1:])


def _begun(path: Path, own: Mapping[str, Any]) -> set[str] | None:
    """The ids of the cases already done, half-written line dropped; ``None``: nothing to keep."""
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if not whole:
        return None
    found = read_run(path)
    changed = differences(found.fingerprint, own)
    if changed:
        raise InvalidRequest(
            f"{path} tient une passe faite autrement ({', '.join(changed)}) : donnez un autre "
            "fichier par --output, ou --restart pour la refaire."
        )
    if whole < len(content):
        with path.open("r+b") as file:
            file.truncate(whole)
    return {str(row["id"]) for row in found.rows}


def _lines(path: Path) -> list[dict[str, Any]]:
    content = path.read_bytes()
    rows = []
    seen: set[Any] = set()
    for number, line in enumerate(content[: content.rfind(b"\n") + 1].splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError:  # not JSON, or not UTF-8
            row = None
        if not isinstance(row, dict) or (number > 1 and not _is_row(row)):
            raise InvalidRequest(f"{path}#{number} : cette ligne n'est pas celle d'une passe.")
        if number > 1 and row["id"] in seen:
            raise InvalidRequest(f"{path}#{number} : deux lignes portent le cas « {row['id']} ».")
        seen.add(row.get("id"))
        rows.append(row)
    return rows


def _is_row(row: Mapping[str, Any]) -> bool:
    """Whether a line names its case and gives scores of 0 to 1, or none, each with a reason."""
    scores = row.get("scores")
    named = all(isinstance(row.get(name), str) for name in ("id", "category", "split", "base"))
    if not named or not isinstance(scores, dict):
        return False
    return all(isinstance(s, list) and len(s) == 2 and _is_value(s[0]) for s in scores.values())


def _is_value(value: Any) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value is None or (number and 0.0 <= value <= 1.0)


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _row(case: Case, outcome: Outcome, ground: Ground) -> dict[str, Any]:
    scores = {RIGHT: right(case, outcome, ground)} | score_all(case, outcome, ground)
    return {
        "id": case.id,
        "digest": case_digest(case),
        "question": case.question,
        "category": case.category,
        "split": case.split,
        "base": case.base,
        "rewording": case.rewording,
        "elapsed_ms": round(outcome.elapsed_ms, 1),
        "error": outcome.error,
        "scores": {name: [score.value, score.reason] for name, score in scores.items()},
        "answer": outcome.answer,
        "retrieved": outcome.retrieved,
    }
