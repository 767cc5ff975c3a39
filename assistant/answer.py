"""The request and the answer that the command line, HTTP and the chat share (contract.md).

``as_dict`` gives the JSON of the contract, keys in its order.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from corpus.types import Confidence, Evidence, Kind, Origin

Status = Literal["answered", "partial", "refused"]
Refusal = Literal[
    "not_in_corpus",
    "known_unknown",
    "other_exercice",
    "out_of_scope",
    "individual_case",
    "not_a_question",
]
WarningKind = Literal[
    "conflict",
    "superseded",
    "annulled",
    "other_exercice",
    "press_only",
    "inferred",
    "false_premise",
    "unverified",
    "general_rule",
    "personal_data",
    "danger",
    "model_unavailable",
    "lexical_only",
]
Modality = Literal["must", "may", "states"]
Mode = Literal["extractive", "written"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A former question of the conversation, with the frame its answer had."""

    question: str
    answer_id: str | None = None
    exercices: tuple[int, ...] = ()
    departement: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A question and what restricts its answer; empty means unrestricted.

    ``include`` and ``exclude`` are document ids; ``departement`` a collectivité's code.
    """

    question: str
    as_of: date
    exercices: tuple[int, ...] = ()
    departement: str | None = None
    cohort: str | None = None
    kinds: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    mode: Mode = "extractive"


@dataclass(frozen=True, slots=True)
class Frame:
    """What the answer holds for; ``assumed`` names the fields that the question didn't state."""

    exercices: tuple[int, ...] = ()
    cohort: str | None = None
    departement: str | None = None
    text: str | None = None
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quote: ``quote == document.text[start:end]``, with what the source is."""

    n: int
    passage_id: str
    document_id: str
    title: str
    kind: Kind
    authority: Kind
    evidence: Evidence
    origin: Origin
    confidence: Confidence
    reference: str | None
    nor: str | None
    issuer: str | None
    signed_on: date | None
    published_on: date | None
    in_force_from: date | None
    in_force_until: date | None
    text_status: str
    exercices: tuple[int, ...]
    locator: str
    page: int | None
    quote: str
    start: int
    end: int
    url: str | None
    sources: tuple[dict[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the answer, proved by its citations (their numbers)."""

    text: str
    citations: tuple[int, ...]
    verdict: Literal["quoted", "checked"] = "quoted"
    modality: Modality = "states"
    addressee: str | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """What the reader must know beside the claims; it cites when it states a fact."""

    kind: WarningKind
    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions asked at once; ``claims`` are indexes into the answer's."""

    question: str
    status: Status
    refusal: Refusal | None
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """A document close to a question that got no answer."""

    document_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited and checked answer, or a refusal that helps."""

    id: str
    question: str
    as_of: date
    frame: Frame
    status: Status
    refusal: Refusal | None
    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[Caution, ...]
    nearby: tuple[Nearby, ...]
    follow_ups: tuple[str, ...]
    sureness: float
    """Probability (0 to 1) that the corpus answers, as learned on the development questions."""
    retrieval: Literal["hybrid", "lexical"]
    corpus_digest: str
    corpus_checked_on: date | None
    settings_fingerprint: str
    parts: tuple[Part, ...] = ()
    table: dict[str, Any] | None = None
    mode: Mode = "extractive"
    model: str | None = None
    timings_ms: dict[str, int] = field(default_factory=dict)
    case_id: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON of the contract: dates in ISO, ``case_id`` only when there is one."""
        values = asdict(self)
        order = (
            "id case_id question as_of frame status refusal text claims parts table citations "
            "warnings nearby follow_ups sureness mode model retrieval corpus_digest "
            "corpus_checked_on settings_fingerprint timings_ms"
        ).split()
        plain: dict[str, Any] = {key: _plain(values[key]) for key in order}
        if self.case_id is None:
            del plain["case_id"]
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value
