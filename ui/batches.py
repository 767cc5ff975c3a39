"""Files that a command reads its questions from: jsonl batches and JSON history."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.errors import InvalidRequest


def read_jsonl(path: Path, *required: str) -> Iterator[dict[str, Any]]:
    """Objects of a jsonl file, one a line.

    Raises:
        InvalidRequest: a line isn't an object with the ``required`` texts (its number is said).
    """
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict) or not all(
                isinstance(row.get(name), str) for name in required
            ):
                raise InvalidRequest(
                    f"{path}#{number} : il faut un objet JSON avec {', '.join(required)}."
                )
            yield row


def read_history(path: Path) -> Any:
    """The turns of a conversation, as JSON.

    Raises:
        InvalidRequest: the file isn't readable JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidRequest(f"{path} n'est pas un fichier JSON lisible.") from error
