"""What the registers hold on the amount or the date that a question asks: their rows say which
statements lead, and that an amount or a date is known to nobody.

Only a question whose every word a row speaks of is read so; any other one is left to the search.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from assistant.asking import Question
from assistant.cohorts import find_cohorts
from assistant.entries import Entries, Entry
from assistant.evidence import Evidence
from assistant.framing import Named
from assistant.members import asks_members
from assistant.phrases import text_names
from assistant.spans import flat, replaced
from assistant.staging import gets_money, unstaged
from assistant.units import Unit
from corpus.registry import Deadline, Eligibility, Funding, FundingSource, Objective
from ingest.lexical import terms

SOURCES: Mapping[str, FundingSource] = {
    "=fir": "FIR",
    "=ondam": "Ondam médico-social",
    "=ondam-ms": "Ondam médico-social",
    "=p304": "programme 304",
}
"""What finances the contracts, by the notion that names it."""
_KINDS = {"=objectif-fondamental": "fondamental", "=objectif-facultatif": "facultatif"}
WORDED = 0.6  # share of an objective's words in a statement that words it
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
_ADDED = re.compile(r"[,;:(]")
_OF_OBJECTIVES = "objectifs fondamentaux facultatifs liste libellé intitulé onze quinze quatre"
_OF_DATES = (
    "date limite dernier délai jour échéance quand plus tard avant jusqu'à quand fin butoir "
    "deadline falloir devoir pouvoir avoir avait avaient avons"
)


@dataclass(frozen=True, slots=True)
class Registered:
    """Statements by key, of rows that give what is asked (``told``) or say that nobody could
    establish it (``unknown``)."""

    told: frozenset[tuple[str, int]]
    unknown: frozenset[tuple[str, int]]
    partly: bool = False
    """Whether the rows are some only of those asked for: what says so is kept."""


def registered(question: Question, named: Named, entries: Entries) -> Registered | None:
    """What the registers hold on one source's amount or on one event's date, in the exercices that
    a question names, on the list of the objectives of one kind or on who entered with a wave;
    ``None`` of anything else."""
    listed = question.wants_list and not question.asked & {"amount", "deadline", "date", "count"}
    if named.collectivites or (named.text and not listed):
        return None
    mentions = find_cohorts(question.text)
    if asks_members(question.text):
        return _entered(named, entries)
    own = replaced(question.text, [(one.span, " ") for one in mentions if one.standing == "entry"])
    if named.text:
        own = replaced(own, [(span, " ") for span in text_names(own)])
    kept = frozenset(terms(unstaged(own)))
    asked = frozenset(t for t in question.terms if t in kept and not t.isdigit())
    if listed:
        return _objectives(asked, named, entries)
    if not named.exercices and "avenant" not in flat(own):  # else of their year of entry
        entered = tuple(int(one) for one in named.cohorts if re.fullmatch(r"20\d\d", one))
        named = replace(named, exercices=entered)
    if not named.exercices:
        return None
    found: Sequence[Entry[Any]] = ()
    if "amount" in question.asked:
        found = _fundings(asked, named, entries)
    elif "deadline" in question.asked:
        found = _deadlines(asked, named, entries, gets_money(question.text))
    if not found:
        return None
    told = [u for one in found if _is_known(one.row) for u in one.units if not u.unknown]
    given = {_point(one.row) for one in found if _is_known(one.row)}
    rest = [u for one in found if _point(one.row) not in given for u in one.units if u.unknown]
    return Registered(_keys(told), _keys(rest))


def marked(found: Iterable[Evidence], rows: Registered | None) -> list[Evidence]:
    """``found``, the statements of the rows told from the others, best first."""
    if rows is None:
        return list(found)
    keys = rows.told | rows.unknown
    # What a register knows isn't unknown, whatever nobody could establish beside it.
    known = bool(rows.told) and not rows.partly
    held = [e for e in found if e.unit.key in keys or not (known and e.unit.unknown)]
    told = [replace(e, registered=e.unit.key in keys) for e in held]
    return sorted(told, key=lambda e: (-e.score, e.unit.key))


def _entered(named: Named, entries: Entries) -> Registered | None:
    """Who entered with a wave, each by the first statement that proves it, when no text lists them:
    those who are known are told, beside what says that others aren't."""
    rows = [one for one in entries.of(Eligibility) if one.row.wave in named.cohorts]
    firsts = [next((u for u in one.units if not u.unknown), None) for one in rows]
    told = [unit for unit in firsts if unit is not None]
    if len(told) < 2 or any(unit.group is not None for unit in told):
        return None
    return Registered(_keys(told), frozenset(), partly=True)


def _fundings(asked: frozenset[str], named: Named, entries: Entries) -> list[Entry[Funding]]:
    scene = _vocabulary(_SCENE, _OF_AMOUNTS) | SOURCES.keys()
    found: list[Entry[Funding]] = []
    for source in sorted({SOURCES[term] for term in asked if term in SOURCES}):
        rows = [
            one
            for one in entries.of(Funding)
            if one.row.source == source
            and one.row.exercice in named.exercices
            and one.row.standing != "discuté"
        ]
        found += _narrowest(rows, [one.row.perimeter for one in rows], asked, scene)
    return found


def _deadlines(
    asked: frozenset[str], named: Named, entries: Entries, paid: bool
) -> list[Entry[Deadline]]:
    """The deadlines of the event that is asked; when none is named but the money that it is to
    bring (``paid``), those on which that money hangs."""
    scene = _vocabulary(_SCENE, _OF_DATES)
    unnamed = not asked - scene
    if unnamed and not paid:
        return []
    rows = [
        one
        for one in entries.of(Deadline)
        if one.row.exercice in named.exercices
        and one.row.replaced_by is None
        and one.row.standing != "discuté"
        and "limite" in one.row.event
        and (not unnamed or gets_money(one.row.event))
        and (not (named.cohorts and one.row.cohorts) or set(one.row.cohorts) & set(named.cohorts))
    ]
    return _narrowest(rows, [one.row.event for one in rows], asked, scene)


def _objectives(asked: frozenset[str], named: Named, entries: Entries) -> Registered | None:
    """The objectives of the kind that is asked, by the statements that word them, and what says
    that others aren't known."""
    kinds = {_KINDS[term] for term in asked if term in _KINDS}
    if len(kinds) != 1 or asked - _vocabulary(_SCENE, _OF_OBJECTIVES) - _KINDS.keys():
        return None
    rows = [
        one
        for one in entries.of(Objective)
        if one.row.kind in kinds and (set(one.row.exercices) & set(named.exercices or (2020,)))
    ]
    worded = [[u for u in one.units if _words(one.row.wording or "", u)] for one in rows]
    told = [units[0] for units in worded if units]
    rest = [u for one in rows if not one.row.wording for u in one.units if u.unknown]
    if named.text and not any(u.document.document_id == named.text for u in told):
        return None
    return Registered(_keys(told), _keys(rest)) if told else None


def _words(wording: str, unit: Unit) -> bool:
    """Whether a statement words an objective, whatever stands around it."""
    wanted = {term for term in terms(wording) if term[0] != "="}
    return bool(wanted) and len(wanted & set(terms(unit.text))) >= WORDED * len(wanted)


def _keys(units: Iterable[Unit]) -> frozenset[tuple[str, int]]:
    return frozenset(unit.key for unit in units)


def _narrowest(
    rows: Sequence[Entry[Any]], told: Sequence[str], asked: frozenset[str], scene: frozenset[str]
) -> list[Entry[Any]]:
    """Rows that speak of all that is asked, and of as little else as any; what a row adds after
    what it is about (« …, soit 72,5 M€ de plus ») is nothing else."""
    fitting = []
    for row, text in zip(rows, told, strict=True):
        words, about = _spoken(text), _spoken(_ADDED.split(text)[0])
        if all(any(word.startswith(stem) for word in words) for stem in asked - scene):
            fitting.append((len(about - scene - asked), row))
    least = min((extra for extra, _row in fitting), default=0)
    return [row for extra, row in fitting if extra == least]


def _spoken(text: str) -> frozenset[str]:
    return frozenset(term for term in terms(text) if not term.isdigit())


def _point(row: Funding | Deadline) -> str:
    """What tells apart the points that one question asks about: the source of an amount."""
    return row.source if isinstance(row, Funding) else ""


def _is_known(row: Funding | Deadline) -> bool:
    if isinstance(row, Funding):
        return row.amount_eur is not None
    return row.on is not None or row.words is not None


@cache
def _vocabulary(*wordings: str) -> frozenset[str]:
    return frozenset(term for words in wordings for term in terms(words))
