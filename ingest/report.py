"""What an ingest did, and how it tells its progress."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.reading.content import Refusal

Progress = Callable[[str, int, int], None]
"""Called with a French stage name, what is done and the total."""


@dataclass(slots=True)
class Report:
    """What an ingest did; document ids, and refusals as (file, French reason)."""

    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    displaced: list[str] = field(default_factory=list)
    """« former path = new path » of a file that another of the same official number replaced."""
    refused: list[dict[str, str]] = field(default_factory=list)
    documents: int = 0
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    published: bool = False
    corpus_digest: str = ""

    def refuse(self, refusal: Refusal) -> None:
        """Adds a refusal."""
        self.refused.append({"file": refusal.file, "reason": refusal.reason})
