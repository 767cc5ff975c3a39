"""The words that all packages share: document, section, passage, anchor, source.

Offsets are Unicode code points of ``Document.text``, end excluded.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Kind = Literal[
    "loi",
    "décret",
    "arrêté",
    "circulaire",
    "instruction",
    "code",
    "jurisprudence",
    "stratégie",
    "rapport",
    "projet ou proposition de loi",
    "débat parlementaire",
    "contrat local",
    "communiqué",
    "prise de position",
    "page officielle",
    "presse",
    "inconnue",
]
"""What a document is; ``authority`` takes its values from the same closed set."""

Evidence = Literal["official_text", "official_page", "press", "other"]
"""What was really read for a statement, strongest first."""

Confidence = Literal["several", "single", "inferred", "disputed", "unknown"]
"""How far sources agree; ``unknown`` marks a statement of what nobody could establish."""

Origin = Literal["original", "summary"]
TextStatus = Literal["en vigueur", "remplacé", "abrogé", "annulé", "sans objet", "inconnu"]
RelationKind = Literal["complète", "modifie", "remplace", "abroge", "applique", "annulé par"]

KINDS: tuple[Kind, ...] = get_args(Kind)
EVIDENCES: tuple[Evidence, ...] = get_args(Evidence)
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
OFFICIAL_KINDS: frozenset[Kind] = frozenset(
    {"loi", "décret", "arrêté", "circulaire", "instruction", "code", "jurisprudence"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """What was read for a statement: an address, or the file name of a founding page."""

    code: str
    evidence: Evidence
    publisher: str
    url: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The proof of one statement: ``text[start:end]`` says ``facts`` as read in ``sources``."""

    start: int
    end: int
    facts: tuple[str, ...]
    confidence: Confidence
    evidence: Evidence
    sources: tuple[str, ...]
    asked: tuple[str, ...] = ()
    """Questions that the statement answers, as people word them."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``kind`` reads from the document that holds it towards ``target`` (a document id)."""

    kind: RelationKind
    target: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity card of a text; ``None`` and empty mean unknown, never a guess.

    ``title`` is empty when the file shows none.
    """

    title: str
    kind: Kind = "inconnue"
    authority: Kind = "inconnue"
    origin: Origin = "original"
    short_title: str | None = None
    number: str | None = None
    nor: str | None = None
    issuer: str | None = None
    author: str | None = None
    addressees: tuple[str, ...] = ()
    signed_on: date | None = None
    published_on: date | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    text_status: TextStatus = "inconnu"
    exercices: tuple[int, ...] = ()
    cohorts: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    url: str | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of any level.

    ``heading_path`` goes from the widest heading to this one; ``start`` is where the body
    begins (after the heading line); ``kind`` tells lists and tables from prose.
    """

    start: int
    end: int
    heading_path: tuple[str, ...]
    page: int | None = None

    @property
    def locator(self) -> str:
        """Where this is, as a person would say it: « Financement > Exercice 2021 »."""
        path = " > ".join(self.heading_path)
        return (
            f"{path} (p. {self.page})"
            if self.page and path
            else path or (f"p. {self.page}" if self.page else "")
        )


@dataclass(frozen=True, slots=True)
class Block:
    """A span of the text with its role, as the reader saw it.

    ``level`` is the heading's level (1 is the widest) or the depth of a list item (0 first).
    """

    kind: Literal["heading", "paragraph", "item", "row", "note"]
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A sanitised text with its identity, structure and proofs."""

    document_id: str
    text: str
    identity: Identity
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    sources: tuple[Source, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of search: ``text == document.text[start:end]``, never across a section.

    ``passage_id`` is 16 hex digits over document id, start and text. ``context`` (kind, date,
    number, heading path) goes before the text when it is embedded or indexed.
    """

    passage_id: str
    document_id: str
    start: int
    end: int
    text: str
    locator: str
    context: str
    page: int | None = None

    @property
    def indexed_text(self) -> str:
        """What is embedded and what the lexical index reads."""
        return f"{self.context}\n{self.text}" if self.context else self.text
