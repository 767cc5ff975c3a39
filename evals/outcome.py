"""What an assistant gave for a case, and what the corpus says of it: all that a scorer reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Place = tuple[str, str]
"""A section: document id and locator (its heading path)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer (the JSON of the contract) or an error, and the sections found on the way.

    ``answer`` is ``None`` exactly when ``error`` says in French what happened (a crash, a time
    limit). ``retrieved`` are ranked places, best first, each once; ``None`` when the assistant
    doesn't tell.
    """

    case_id: str
    answer: Mapping[str, Any] | None
    retrieved: tuple[Place, ...] | None
    elapsed_ms: float
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """The corpus as scorers see it.

    ``places``: where each fact stands, by anchor name (``F083``). ``text``: the sanitised text of
    a document, ``None`` when the index doesn't hold it. ``identity``: the words of a document's
    identity card that may prove a claim (title, number, NOR, dates, issuer).
    """

    places: Mapping[str, frozenset[Place]]
    text: Callable[[str], str | None]
    identity: Callable[[str], str]
