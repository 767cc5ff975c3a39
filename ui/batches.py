"""Files that a command reads its questions from: jsonl batches and JSON history."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import InvalidRequest

_SHOWN_LINES = 10


def read_jsonl(path: Path, *required: str) -> Iterator[dict[str, Any]]:
    """Objects of a jsonl file, one a line.

    Raises:
        InvalidRequest: a line isn't an object with the ``required`` texts (its number is said).
    """
    for number, row in _numbered(path):
        if not _is_complete(row, required):
            raise InvalidRequest(f"{path}#{number} : {_wanted(required)}")
        yield row


def answer_lines(
    path: Path, answer: Callable[[dict[str, Any]], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """What ``answer`` makes of each question (``id``, ``question``) of a jsonl file, in order.

    A line that it refuses gives ``{"case_id", "line", "error"}`` in its place (``case_id`` is
    ``None`` when the line tells none) and the others are answered.

    Raises:
        InvalidRequest: after the last line, when some were refused: how many, and which.
    """
    refused, total = [], 0
    for number, row in _numbered(path):
        total += 1
        try:
            if not _is_complete(row, ("id", "question")):
                raise InvalidRequest(_wanted(("id", "question")))
            made = answer(row)
        except InvalidRequest as error:
            refused.append(number)
            named = row.get("id") if isinstance(row, dict) else None
            case_id = named if isinstance(named, str | int) else None
            made = {"case_id": case_id, "line": number, "error": str(error)}
        yield made
    if refused:
        shown = ", ".join(map(str, refused[:_SHOWN_LINES]))
        more = ", …" if len(refused) > _SHOWN_LINES else ""
        raise InvalidRequest(
            f"{len(refused)} question{'s' if len(refused) > 1 else ''} sur {total} sans réponse "
            f"dans {path} (ligne {shown}{more}) : « error » dit pourquoi."
        )


def _numbered(path: Path) -> Iterator[tuple[int, Any]]:
    """Lines that aren't blank, as (number from 1, JSON value, ``None`` when it isn't JSON)."""
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None


def _is_complete(row: Any, required: Sequence[str]) -> bool:
    return isinstance(row, dict) and all(isinstance(row.get(name), str) for name in required)


def _wanted(required: Sequence[str]) -> str:
    return f"il faut un objet JSON avec {', '.join(required)}."


def read_history(path: Path) -> Any:
    """The turns of a conversation, as JSON.

    Raises:
        InvalidRequest: the file isn't readable JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidRequest(f"{path} n'est pas un fichier JSON lisible.") from error
