"""Texts and dates that others replaced: what a question or a quote still gives as holding."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Citation, WarningKind
from assistant.asking import Question
from assistant.framing import Named
from assistant.proofs import proofs_in, replaced_deadlines, statements
from assistant.units import Unit, document_units
from corpus.chains import PASSIVE
from corpus.lexicon import fold
from corpus.quantities import find_quantities, normalised
from corpus.registry import Deadline
from corpus.types import Document, RelationKind
from ingest.index import Index

_ENDS: tuple[RelationKind, ...] = ("remplace", "abroge", "annulé par")
_STEMS = {
    "complète": "complet", "modifie": "modifi", "remplace": "remplac", "abroge": "abrog",
    "annulé par": "annul", "applique": "appli",
}  # fmt: skip
# « contre 6 auparavant », « au lieu du 30 juin », « elle était de deux ans auparavant », « passe
# de 4 à 5,06 »: what a quote itself says to be past.
_FORMER = re.compile(
    r"\bcontre ([^,;.:]{1,60}?) auparavant|\bau lieu (?:du|de la|des|de|d')\s*([^,;.:]{1,60})"
    r"|\bétait (?:de )?([^,;.:]{1,40}?) auparavant"
    r"|\b(?:passe(?:nt)?|porté(?:e?s?)?|relevé(?:e?s?)?) de (\d[^,;.:]{0,30}?) à \d",
    re.IGNORECASE,
)
# « on est encore dedans ? », of what « avant le 1er février 2024, un régime permettait ».
_STILL = re.compile(r"\b(?:encore|toujours)\b")
_PAST = re.compile(
    r"^(?:avant|jusqu'(?:au|en|a)) [^,]{0,40}\b(?:19|20)\d\d, .{0,120}?\w(?:ait|aient)\b"
)


# The former date is what is asked: « la première date, avant le report ».
_AWARE = re.compile(
    r"\b(?:initiale?(?:ment)?|a l'origine|au depart|avant (?:le|son|ce) report|d'abord"
    r"|premiere (?:date|echeance)|ancienne (?:date|echeance))\b"
)


@dataclass(frozen=True, slots=True)
class Ended:
    """A text that no longer holds: what ended it, and the statement to cite of that text."""

    kind: WarningKind
    document_id: str
    title: str
    how: str
    by: str
    on: date | None
    statement: Unit | None


@dataclass(frozen=True, slots=True)
class Replaced:
    """A date of the calendar that another one replaced, with the statement of the new one."""

    former: Deadline
    new: Deadline
    told: tuple[int, ...]
    renewed: int | None
    """The citation that gives the new date, or ``None`` when ``statement`` must be added."""
    statement: Unit | None


def ended_texts(citations: Sequence[Citation], named: Named, index: Index) -> Iterator[Ended]:
    """Texts cited, or named by the question, that were replaced, repealed or annulled.

    A question on an exercice that a replaced text ruled asks what held then, and a replaced text
    quoted besides others misleads nobody: no word of them. An annulled text is always told.
    """
    given = [named.text] if named.text else []
    for document_id in dict.fromkeys([*given, *(c.document_id for c in citations)]):
        document = index.texts.document(document_id)
        if document is None or document.identity.text_status not in _STATUS:
            continue
        kind = _STATUS[document.identity.text_status]
        leads = named.text == document_id or citations[0].document_id == document_id
        ruled = set(named.years) & set(document.identity.exercices)
        if kind == "superseded" and (ruled or not leads):
            continue
        how, other = _ending(document_id, index)
        ending = index.texts.document(other) if other else None
        yield Ended(
            kind,
            document_id,
            _title(document),
            how,
            _title(ending) if ending else "",
            ending.identity.signed_on if ending else None,
            relation_statement(other, document_id, how, index) if other else None,
        )


_STATUS: dict[str, WarningKind] = {
    "remplacé": "superseded", "abrogé": "superseded", "annulé": "annulled",
}  # fmt: skip


def _title(document: Document) -> str:
    return document.identity.short_title or document.identity.title


def _ending(document_id: str, index: Index) -> tuple[str, str | None]:
    """How a text ended and by which text of the index."""
    document = index.texts.document(document_id)
    for relation in document.identity.relations if document else ():
        if relation.kind == "annulé par" and relation.target in index.texts.titles:
            return "est annulé par", relation.target
    for other in index.texts.document_ids:
        card = index.texts.document(other)
        for relation in card.identity.relations if card else ():
            if relation.target == document_id and relation.kind in _ENDS:
                return PASSIVE[relation.kind], other
    return "n'est plus en vigueur", None


def relation_statement(source: str, target: str, how: str, index: Index) -> Unit | None:
    """The statement that tells how two texts follow each other, else the first of ``source``."""
    stems = [stem for stem in _STEMS.values() if stem in fold(how)]
    first: Unit | None = None
    for document_id in (source, target):
        document = index.texts.document(document_id)
        for unit in document_units(document) if document else ():
            if unit.anchor is not None and unit.anchor.confidence == "unknown":
                continue
            first = first or unit
            if any(stem in fold(unit.text) for stem in stems):
                return unit
    return first


def replaced_dates(
    citations: Sequence[Citation], question: Question, index: Index
) -> list[Replaced]:
    """Dates of the calendar that the question or a quote gives though another replaced them."""
    proved = {c.n: {_fact(proof) for proof in proofs_in(c, index)} for c in citations}
    found = []
    for former, new in replaced_deadlines():
        proofs = {_fact(proof) for proof in (*former.proofs, *new.proofs)}
        told = tuple(n for n, held in proved.items() if held & proofs)
        if not told:
            continue
        asked = states(former, question.text)
        alone = [c for c in citations if c.n in told and states(former, c.quote)]
        alone = [c for c in alone if not states(new, c.quote)]
        about_dates = bool(question.asked & {"deadline", "date"}) and not _AWARE.search(
            fold(question.text)
        )
        if asked or (alone and about_dates):
            kept = told if asked else tuple(c.n for c in alone)
            renewed = [c.n for c in citations if c.n in told and states(new, c.quote)]
            if renewed:
                told = tuple(sorted({*kept, *renewed}))
                found.append(Replaced(former, new, told, renewed[0], None))
                continue
            statement = next((u for u in statements(new.proofs, index)), None)
            if statement is not None:
                found.append(Replaced(former, new, kept, None, statement))
    return found


def _fact(proof: str) -> str:
    """The fact that a proof names: several documents may state it."""
    return proof.partition("#")[2]


def states(row: Deadline, text: str) -> bool:
    """Whether a text gives the date of a row: its day, or without one its words."""
    if row.on is not None:
        return f"date:{row.on.isoformat()}" in normalised(text)
    return row.words is not None and fold(row.words) in fold(text)


def former_values(
    citations: Iterable[Citation], question: Question
) -> Iterator[tuple[Citation, frozenset[str]]]:
    """Quotes that say past a value that the question states, with the values they say past; the
    first quote, without a value, when it says past all that the question asks to be still true."""
    stated = {q.value for q in find_quantities(question.text) if q.kind != "year"}
    still = bool(_STILL.search(fold(question.text)))
    for n, citation in enumerate(citations):
        spans = [next(g for g in m.groups() if g) for m in _FORMER.finditer(citation.quote)]
        past = {q.value for span in spans for q in find_quantities(span) if q.kind != "year"}
        both = stated & {q.value for q in find_quantities(citation.quote)} - past
        if (past & stated and not both) or (still and not n and _PAST.search(fold(citation.quote))):
            yield citation, frozenset(past & stated)  # both values stated: the change is known
