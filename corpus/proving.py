"""Whether each row of a register is proved by the statements that it names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.collectivites import collectivites, find_collectivites
from corpus.faults import Corpus, Lines
from corpus.lexicon import fold
from corpus.quantities import normalised
from corpus.registry import (
    REGISTERS,
    UNNAMED,
    Conflict,
    Deadline,
    Eligibility,
    Misread,
    Row,
    Unknown,
    parse_register,
)
from corpus.types import Confidence

_YEARS = re.compile(r"(20\d\d)(?: ?[-–/] ?| à )(20\d\d)")
_RANGE_YEARS = 10
_DATES = ("deadline", "on", "signed_on")
_WORDS = (
    *("what", "condition", "deadline_words", "perimeter", "event", "words", "wording"),
    *("note", "about", "retain", "why", "question"),
)


@dataclass(frozen=True, slots=True)
class _Place:
    """The lines of a register from ``start`` to ``end``, those of one row."""

    path: Path
    lines: Lines
    start: int
    end: int

    def key(self, name: str) -> int:
        return self.lines.key(name, self.start, self.end) or self.start

    def holding(self, words: str) -> int:
        return self.lines.holding(words, self.start, self.end) or self.start


def check_registers(corpus: Corpus) -> None:
    """Adds the faults of every register; one that is absent is a fault."""
    ids: set[str] = set()
    for name in REGISTERS:
        path = corpus.registers_folder / f"{name}.toml"
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            corpus.fault(path, 0, "ce registre manque ou ne se lit pas.")
            continue
        lines = corpus.lines(path)
        rows, misread = parse_register(name, text)
        for fault in misread:
            corpus.fault(path, _misread_line(lines, fault), fault.message)
        known = {row.id: row for _position, row in rows}
        for position, row in rows:
            place = _Place(path, lines, *lines.table("[[rows]]", position))
            if row.id in ids:
                message = f"« {row.id} » : cet identifiant est déjà pris."
                corpus.fault(path, place.key("id"), message)
            ids.add(row.id)
            _check_row(corpus, place, row)
            if isinstance(row, Deadline):
                _check_replacement(corpus, place, row, known)


def _misread_line(lines: Lines, fault: Misread) -> int:
    if fault.position is None or fault.field is None:
        return fault.line
    start, end = lines.table("[[rows]]", fault.position)
    return lines.key(fault.field.partition(".")[0], start, end) or start


def _check_replacement(
    corpus: Corpus, place: _Place, row: Deadline, known: Mapping[str, Deadline]
) -> None:
    seen: set[str] = set()
    here = row
    while here.replaced_by is not None:
        if here.replaced_by not in known:
            if here is row:
                message = f"« {row.id} » : remplacée par une ligne absente ({row.replaced_by})."
                corpus.fault(place.path, place.key("replaced_by"), message)
            return
        seen.add(here.id)
        here = known[here.replaced_by]
        if here.id in seen:
            if here.id == row.id:
                message = f"« {row.id} » : ses remplacements tournent en rond."
                corpus.fault(place.path, place.key("replaced_by"), message)
            return


def _check_row(corpus: Corpus, place: _Place, row: Row) -> None:
    """Every proof exists; figures, dates, years and collectivité stand in them."""
    documents = [proof.partition("#")[0] for proof in row.proofs]
    for proof, document_id in zip(row.proofs, documents, strict=True):
        if corpus.is_absent(document_id):
            message = f"« {row.id} » cite {proof}, mais le document {document_id} n'existe pas."
            corpus.fault(place.path, place.holding(proof), message)
        elif document_id in corpus.documents and not corpus.proofs(proof):
            message = f"« {row.id} » cite {proof}, qui n'est l'ancre d'aucun énoncé."
            corpus.fault(place.path, place.holding(proof), message)
    text = "\n".join(filter(None, map(corpus.statements, row.proofs)))
    if not text:
        return
    identities = [corpus.documents[d].identity for d in documents if d in corpus.documents]
    governed = {str(year) for i in identities for year in (*i.exercices, *i.cohorts)}
    proved = normalised(text) | {f"year:{year}" for year in governed | years_of(text)}
    for field, value in _claimed(row):
        if value not in proved:
            kind, _, said = value.partition(":")
            message = f"« {row.id} » : {_KINDS[kind]} {said} n'est pas dans sa preuve."
            corpus.fault(place.path, place.key(field), message)
    if isinstance(row, Eligibility):
        _check_collectivite(corpus, place, row, text)
    elif isinstance(row, Conflict):
        _check_sides(corpus, place, row, text)
    _check_standing(corpus, place, row)


def _check_standing(corpus: Corpus, place: _Place, row: Row) -> None:
    """A row is as sure as one of its proofs at least: no « établi » from deductions alone."""
    said: str | None
    if isinstance(row, (Unknown, Conflict)):
        key, said = "proofs", "inconnu" if isinstance(row, Unknown) else "discuté"
    else:
        key, said = "standing", getattr(row, "standing", None)
    found = {anchor.confidence for proof in row.proofs for anchor in corpus.proofs(proof)}
    if said is not None and not found & _PROOFS_OF[said]:
        message = f"« {row.id} » : aucune de ses preuves n'est un point {said}."
        corpus.fault(place.path, place.key(key), message)


_PROOFS_OF: Mapping[str, frozenset[Confidence]] = {
    "établi": frozenset({"several", "single"}),
    "déduit": frozenset({"inferred"}),
    "discuté": frozenset({"disputed"}),
    "inconnu": frozenset({"unknown"}),
}
_KINDS = {
    "date": "la date",
    "month": "le mois",
    "year": "l'année",
    "amount": "le montant",
    "percent": "le pourcentage",
    "number": "le nombre",
    "duration": "la durée",
}


def _check_collectivite(corpus: Corpus, place: _Place, row: Eligibility, text: str) -> None:
    names = {collectivite.code: collectivite.name for collectivite in collectivites()}
    if names.get(row.code) != row.name:
        message = f"« {row.id} » : {row.code} n'est pas le code de {row.name}."
        corpus.fault(place.path, place.key("code"), message)
    named = {mention.collectivite.code for mention in find_collectivites(text)}
    if row.standing != "inconnu" and row.code not in named:
        message = f"« {row.id} » : sa preuve ne nomme pas {row.name}."
        corpus.fault(place.path, place.key("name"), message)


def _check_sides(corpus: Corpus, place: _Place, row: Conflict, text: str) -> None:
    """Sides differ; each source is named by a statement, or published what was read."""
    if len({side.says for side in row.sides}) < len(row.sides):
        message = f"« {row.id} » : deux côtés disent la même chose."
        corpus.fault(place.path, place.key("sides"), message)
    documents = {proof.partition("#")[0] for proof in row.proofs} & set(corpus.documents)
    known = {fold(s.publisher) for d in documents for s in corpus.documents[d].sources}
    for name in [name for side in row.sides for name in side.sources if name != UNNAMED]:
        words = fold(name)
        if words not in fold(text) and not any(words in p or p in words for p in known):
            message = f"« {row.id} » : aucune de ses preuves ne nomme la source « {name} »."
            corpus.fault(place.path, place.holding(name), message)


def years_of(text: str) -> set[str]:
    """Years that a text states, those inside « 2025-2027 » too."""
    years = {v.partition(":")[2] for v in normalised(text) if v.startswith("year:")}
    for first, last in _YEARS.findall(text):
        inside = range(int(first), min(int(last), int(first) + _RANGE_YEARS) + 1)
        years.update(str(year) for year in inside)
    return years


def _claimed(row: Row) -> Iterator[tuple[str, str]]:
    """Each field of a row with a quantity that it states."""
    values: dict[str, Any] = row.model_dump()
    for key in _DATES:
        if values.get(key) is not None:
            yield key, f"date:{values[key]}"
    if values.get("amount_eur") is not None:
        yield "amount_eur", f"amount:{values['amount_eur']}"
    for key in ("exercices", "cohorts"):
        yield from ((key, f"year:{year}") for year in values.get(key, ()))
    for key in ("exercice", "wave"):
        if values.get(key) not in (None, "inconnue"):
            yield key, f"year:{values[key]}"
    for key in _WORDS:
        yield from ((key, value) for value in sorted(normalised(values.get(key) or "")))
    for side in values.get("sides", ()):
        yield from (("sides", value) for value in sorted(normalised(side["says"])))
