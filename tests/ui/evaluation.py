"""A case over the tiny corpus, and how a command of ``reperes eval`` ends."""

from collections.abc import Callable
from dataclasses import dataclass

CASE = """cases:
- id: {id}
  question: "Avant quelle date le contrat est-il signé ?"
  category: deadline
  status: answered
  expected: [["{wording}"]]
  documents: [note]
  as_of: 2026-11-21
  split: {split}
  base: {id}
  author: test
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]
