"""What the registers hold on the amount or the date that a question asks: their rows say which
statements lead, and that an amount or a date is known to nobody.

Only a question whose every word a row speaks of is read so; any other one is left to the search.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from assistant.asking import Question
from assistant.entries import Entries, Entry
from assistant.evidence import Evidence
from assistant.framing import Named
from corpus.registry import Deadline, Funding, FundingSource
from ingest.lexical import terms

_SOURCES: Mapping[str, FundingSource] = {
    "=fir": "FIR",
    "=ondam": "Ondam médico-social",
    "=ondam-ms": "Ondam médico-social",
    "=p304": "programme 304",
}
# Words that set the scene of such a question, in every register: they tell no row from another.
_SCENE = (
    "contractualisation contrats avenants nouveaux tous stratégie politique nationale national "
    "prévention protection de l'enfance départements exercice année crédits montant somme "
    "enveloppe budget de l'État euros million millions financement financer argent prévu "
    "instruction circulaire"
)
_OF_AMOUNTS = (
    "combien donner mettre apporter verser fonds d'intervention régional FIR objectif national de "
    "dépenses d'assurance maladie Ondam médico-social programme 304 P304 somme part"
)
_OF_DATES = (
    "date limite dernier délai jour échéance quand plus tard avant jusqu'à quand fin butoir "
    "deadline falloir devoir pouvoir"
)


@dataclass(frozen=True, slots=True)
class Registered:
    """Statements by key, of rows that give what is asked (``known``) or say that nobody could
    establish it."""

    known: bool
    keys: frozenset[tuple[str, int]]


def registered(question: Question, named: Named, entries: Entries) -> Registered | None:
    """What the registers hold on one source's amount, or on one event's date, in the exercices
    that a question names; ``None`` when it asks anything else."""
    if not named.exercices or named.collectivites or named.text:
        return None
    asked = frozenset(t for t in question.terms if not t.isdigit())
    found: Sequence[Entry[Any]] = ()
    if "amount" in question.asked:
        found = _fundings(asked, named, entries)
    elif "deadline" in question.asked:
        found = _deadlines(asked, named, entries)
    if not found:
        return None
    known = [one for one in found if _is_known(one.row)]
    return Registered(bool(known), frozenset(u.key for one in known or found for u in one.units))


def marked(found: Iterable[Evidence], rows: Registered | None) -> list[Evidence]:
    """``found``, the statements of the rows told from the others, best first."""
    if rows is None:
        return list(found)
    told = [
        replace(e, registered=e.unit.key in rows.keys and e.unit.unknown != rows.known)
        for e in found
    ]
    return sorted(told, key=lambda e: (-e.score, e.unit.key))


def _fundings(asked: frozenset[str], named: Named, entries: Entries) -> list[Entry[Funding]]:
    sources = {_SOURCES[term] for term in asked if term in _SOURCES}
    if len(sources) != 1:
        return []
    scene = _vocabulary(_SCENE, _OF_AMOUNTS) | _SOURCES.keys()
    rows = [
        one
        for one in entries.of(Funding)
        if one.row.source in sources
        and one.row.exercice in named.exercices
        and one.row.standing != "discuté"
    ]
    return _narrowest(rows, [one.row.perimeter for one in rows], asked, scene)


def _deadlines(asked: frozenset[str], named: Named, entries: Entries) -> list[Entry[Deadline]]:
    scene = _vocabulary(_SCENE, _OF_DATES)
    if not asked - scene:
        return []
    rows = [
        one
        for one in entries.of(Deadline)
        if one.row.exercice in named.exercices
        and one.row.replaced_by is None
        and one.row.standing != "discuté"
        and "limite" in one.row.event
    ]
    return _narrowest(rows, [one.row.event for one in rows], asked, scene)


def _narrowest(
    rows: Sequence[Entry[Any]], told: Sequence[str], asked: frozenset[str], scene: frozenset[str]
) -> list[Entry[Any]]:
    """Rows that speak of all that is asked, and of as little else as any."""
    spoken = [frozenset(t for t in terms(text) if not t.isdigit()) for text in told]
    fitting = [
        (len(words - scene - asked), row)
        for row, words in zip(rows, spoken, strict=True)
        if asked - scene <= words
    ]
    least = min((extra for extra, _row in fitting), default=0)
    return [row for extra, row in fitting if extra == least]


def _is_known(row: Funding | Deadline) -> bool:
    if isinstance(row, Funding):
        return row.amount_eur is not None
    return row.on is not None or row.words is not None


@cache
def _vocabulary(*wordings: str) -> frozenset[str]:
    return frozenset(term for words in wordings for term in terms(words))
