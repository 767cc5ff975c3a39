"""How a command of ``reperes`` ends when it runs in the process of the tests."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its stdout, which must be one JSON line."""
        (line,) = self.out.splitlines()
        return json.loads(line)


Run = Callable[..., Ended]
