"""The catalogue of the shipped corpus: identity cards read from the documents' front matter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError, model_validator

from corpus.errors import InvalidDocument
from corpus.types import (
    CONFIDENCES,
    EVIDENCES,
    Anchor,
    Confidence,
    Evidence,
    Identity,
    Kind,
    Origin,
    Relation,
    RelationKind,
    Source,
    TextStatus,
)

_MARK = re.compile(r"(?P<facts>[\w.+-]+) (?P<confidence>[a-z]+)(?: (?P<evidence>[a-z_]+))?\Z")


def documents_folder() -> Path:
    """Where the shipped documents stand."""
    return Path(str(files("corpus"))) / "documents"


class _SourceRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    publisher: str = Field(min_length=1)
    evidence: Evidence
    url: HttpUrl | None = None
    file: str | None = None

    @model_validator(mode="after")
    def _one_place(self) -> "_SourceRow":
        if (self.url is None) == (self.file is None):
            raise ValueError("une source a une adresse (url) ou un fichier fondateur (file)")
        return self


class _RelationRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: RelationKind
    target: str


class _FrontMatter(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str = Field(min_length=1)
    kind: Kind
    authority: Kind
    origin: Origin = "summary"
    short_title: str | None = None
    number: str | None = None
    nor: str | None = Field(default=None, pattern=r"^[A-Z]{4}\d{7}[A-Z]$")
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
    url: HttpUrl | None = None
    checked_on: date | None = None
    relations: tuple[_RelationRow, ...] = ()
    sources: dict[str, _SourceRow] = Field(default_factory=dict)
    anchors: dict[str, tuple[str, ...]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Card:
    """What a front matter says: identity, sources, and which fact rests on which sources."""

    identity: Identity
    sources: tuple[Source, ...]
    anchors: Mapping[str, tuple[str, ...]]


_FAULTS = {
    "missing": "absent",
    "extra_forbidden": "inconnu",
    "literal_error": "hors de la liste des valeurs admises",
    "string_type": "incorrect : il faut un texte",
    "string_too_short": "vide",
    "string_pattern_mismatch": "mal formé",
    "int_type": "incorrect : il faut un nombre entier",
    "url_parsing": "incorrect : il faut une adresse",
}


def fault_of(kind: str) -> str:
    """What is wrong with a field, in French, from pydantic's type of error."""
    if kind.startswith("date"):
        return "incorrect : il faut une date (AAAA-MM-JJ)"
    return _FAULTS.get(kind, "incorrect")


def read_card(name: str, front_matter: Mapping[str, Any]) -> Card:
    """The card of a parsed front matter; ``name`` is the file's, for messages.

    Raises:
        InvalidDocument: a field is unknown, missing or ill-formed (French, with the field).
    """
    try:
        row = _FrontMatter.model_validate(dict(front_matter))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "fiche"
        raise InvalidDocument(f"{name} : champ « {place} » {fault_of(first['type'])}.") from error
    identity = Identity(
        **row.model_dump(exclude={"relations", "sources", "anchors", "url"}),
        relations=tuple(Relation(r.kind, r.target) for r in row.relations),
        url=str(row.url) if row.url else None,
    )
    sources = tuple(
        Source(code, s.evidence, s.publisher, str(s.url) if s.url else None, s.file)
        for code, s in row.sources.items()
    )
    return Card(identity, sources, row.anchors)


def read_anchor(name: str, card: Card, start: int, end: int, mark: str) -> Anchor:
    """The anchor that ``mark`` (``F084 several press``, ``T01 unknown``) puts on a span.

    Raises:
        InvalidDocument: the mark is ill-formed, or names a fact or source that the card lacks.
    """
    match = _MARK.match(mark.strip())
    if match is None or match["confidence"] not in CONFIDENCES:
        raise InvalidDocument(f"{name} : ancre « {mark} » mal formée.")
    facts = tuple(match["facts"].split("+"))
    confidence: Confidence = match["confidence"]
    if confidence == "unknown":
        return Anchor(start, end, facts, confidence, "other", ())
    if match["evidence"] not in EVIDENCES:
        raise InvalidDocument(f"{name} : ancre « {mark} » sans preuve connue.")
    known = {source.code for source in card.sources}
    codes: list[str] = []
    for fact in facts:
        if fact not in card.anchors:
            raise InvalidDocument(f"{name} : l'ancre {fact} n'a pas de sources dans la fiche.")
        codes += [code for code in card.anchors[fact] if code not in codes]
    for code in codes:
        if code not in known:
            raise InvalidDocument(f"{name} : l'ancre {facts[0]} cite la source inconnue {code}.")
    evidence: Evidence = match["evidence"]
    return Anchor(start, end, facts, confidence, evidence, tuple(codes))
