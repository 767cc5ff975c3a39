"""A trainer's pack: frozen values, every figure of which carries the numbers of its citations.

Ids are stable from one corpus to the next: ``calendar:<row id>`` for what comes from a row of a
register, ``<document_id>#<fact>`` for a statement, ``<kind>:<the id it is made from>`` for what is
built on one of them (``single:calendar:avenants-2021``). Citation numbers count over the pack.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.answer import Citation

Audience = Literal["nouveaux agents", "élus", "associations", "tous publics"]
QuizKind = Literal["single", "multiple", "true_false", "match", "order"]
LEAST_MINUTES, MOST_MINUTES = 30, 420
FIRST_SEED, LAST_SEED = 1, 99
REVISION = "Révision. "
"""How the question of a quiz item begins that puts together what others ask."""


@dataclass(frozen=True, slots=True)
class Proved:
    """A sentence that its citations prove.

    ``exercices`` are those it holds for, empty when it says none; ``label`` is a short French
    heading for a card, a slide or a table cell (« Programme 304, 2021 »).
    """

    id: str
    text: str
    citations: tuple[int, ...]
    label: str = ""
    exercices: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A date of the timeline; ``on`` is ``None`` when only words are known (« fin 2021 »)."""

    told: Proved
    on: date | None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A line of « qui fait quoi »: ``who`` must or may do what ``told`` says."""

    who: str
    modality: Literal["must", "may"]
    told: Proved

    @property
    def verb(self) -> str:
        """« doit », « peuvent »: the modality as ``who`` conjugates it."""
        first = self.who.split(" ")[0]
        several = " et " in self.who or (first.endswith("s") and not first.isupper())
        if self.modality == "must":
            return "doivent" if several else "doit"
        return "peuvent" if several else "peut"


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison; each row has a label and one cell a column, empty where nothing is known."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[Proved, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the glossary that the pack uses; ``citations`` is empty for a plain wording of
    ours, which states no figure."""

    term: str
    definition: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A fictional situation without any real person, its questions and their proved answers, one
    an answer list a question."""

    id: str
    title: str
    situation: str
    questions: tuple[str, ...]
    answers: tuple[tuple[Proved, ...], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a quiz item; ``why`` says what proves it right or wrong (French)."""

    text: str
    right: bool
    why: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QuizItem:
    """One question of the quiz.

    ``options`` serve single, multiple and true_false (« Vrai », « Faux »); ``pairs`` serve match,
    (left, right) as they go together; ``order`` serves order, as it must be put. ``key`` says the
    right answer in one proved sentence; ``fact`` is the id of the fact that it asks.
    """

    id: str
    kind: QuizKind
    prompt: str
    fact: str
    key: Proved
    options: tuple[Option, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()

    @property
    def revises(self) -> bool:
        """Whether it puts together what other items of its quiz ask."""
        return self.prompt.startswith(REVISION)


@dataclass(frozen=True, slots=True)
class Dispute:
    """What sources disagree on (``sides``) or what nobody could establish (no side): a teaching
    point, never a quiz key. ``retain`` says what to retain and why, for a conflict."""

    told: Proved
    sides: tuple[Proved, ...] = ()
    retain: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the run sheet; ``items`` are ids of what it uses, ``how`` what the trainer does."""

    minutes: int
    title: str
    how: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """The trainer's own words: shown as such, never as proved."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a pack was asked for; ``question`` is a free one (masked), else ``theme`` is an id of
    ``themes.THEMES``; ``exercice`` is ``None`` for all of them; another ``seed`` gives
    another choice and order of the quiz, and other case studies where there are more than the
    length allows (group A, group B)."""

    theme: str
    as_of: date
    exercice: int | None = None
    audience: Audience = "tous publics"
    minutes: int = 60
    seed: int = 1
    question: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A session ready to be given: what was asked, what is proved, and what is missing.

    ``facts`` counts the quizzable facts; ``missing`` are French sentences on what the corpus
    couldn't give. ``steps`` add up to ``order.minutes``, or less when the proof is short.
    """

    order: Order
    title: str
    objectives: tuple[str, ...]
    steps: tuple[Step, ...]
    points: tuple[Proved, ...]
    timeline: tuple[Event, ...]
    roles: tuple[Role, ...]
    comparison: Table | None
    words: tuple[Word, ...]
    cases: tuple[Case, ...]
    quiz: tuple[QuizItem, ...]
    disputes: tuple[Dispute, ...]
    evaluation: tuple[str, ...]
    """Questions of the evaluation sheet, which the participants fill in."""
    missing: tuple[str, ...]
    facts: int
    citations: tuple[Citation, ...]
    corpus_digest: str
    corpus_checked_on: date | None
    notes: tuple[Note, ...] = ()
    dropped: tuple[str, ...] = ()
    """What its trainer removed or changed for another item, as ``part:id``: never new again."""
