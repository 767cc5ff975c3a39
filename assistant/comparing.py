"""Comparisons: what is asked of two exercices, of old and new départements, of two places or of
two things, side by side.

A general one (« qu'est-ce qui change entre 2020 et 2021 ? ») has its rows from the registers; one
on a subject is the same question asked of each exercice by itself.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from assistant import wording
from assistant.answer import Request
from assistant.asking import read_question
from assistant.cohorts import find_cohorts
from assistant.drafting import Draft, claim_quotes, quote_in_warning
from assistant.entries import Entries
from assistant.evidence import Weigher
from assistant.exercices import FIRST_CONTRACTS, find_years
from assistant.framing import Named, read_frame
from assistant.knowing import as_of_now, known_on, said_later
from assistant.lines import Line, Side, lines_of_cohorts, lines_of_years
from assistant.merging import merged
from assistant.pairing import pairs_of
from assistant.proofs import quote_of, replaced_deadlines, statements
from assistant.spans import flat, replaced
from assistant.successions import states
from assistant.units import Unit
from assistant.wanted import read_wanted
from assistant.warning import cautions
from ingest.index import Index
from ingest.lexical import terms

MOST_ROWS, MOST_SIDES, MOST_UNKNOWN = 8, 3, 3
MOST_TOLD = 2  # statements of one side, when each is asked about apart
_LISTED = re.compile(r"(?:^|\n)- ")
NEW_ONES, FORMER_ONES = "Entrent en {year}", "Entrés avant {year}"
ASKED = "Ce qui est demandé"
_COMPARES = re.compile(
    r"\b(?:compar\w+|differ\w+|chang\w+|evolu\w+|ecarts?|versus|vs|par rapport a|nouveautes?"
    r"|demande\w* quoi|(?:les|des) deux)\b"
    r"|\b20\d\d\)? ?(?:/|\b(?:et|puis|contre|ou)\b) ?(?:[\w']+ ){0,2}\(?20\d\d\b"
)
# « Les nouveaux et les anciens »: once one of them is named, the bare word names the others.
_OTHERS = re.compile(
    r"\bnouve(?:aux|lles?)\b.*\b(?:et|ou|que) (?:\w+ )?anciens?\b"
    r"|\banciens?\b.*\b(?:et|ou|que) (?:\w+ )?nouve(?:aux|lles?)\b"
)
_BESIDE_YEAR = re.compile(
    r",?\s*(?:\bet\s+)?\bpar rapport (?:à|a)\s+(?:celui de |celle de |l'année )?(?=20\d\d)",
    re.IGNORECASE,
)
_BESIDE_NONE = re.compile(
    r",?\s*(?:\bet\s+)?\bpar rapport (?:à|a)\b(?!\s+\w*\d)"
    r"|\s*\b(?:ça|ca|cela) donne (?:quoi|combien)\b",
    re.IGNORECASE,
)
_SAME_TIME = re.compile(
    r"\b(?:à |a |au |la |le )?mêmes? (?:périodes?|moments?|époques?|saisons?|dates?|jours?)"
    r"(?: de l'année)?\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:le |la |les )?mêmes? (?P<thing>montants?|nombres?|durées?|délais?)\b", re.IGNORECASE
)
_VOCABULARY = (
    "comparer comparaison différence différer changer changement évoluer évolution versus écart "
    "nouveauté règle demander point grand principal principaux tableau résumer synthèse deux"
)


def sides_of(text: str, named: Named) -> list[Side]:
    """What a question sets side by side: exercices, else the former and the new départements of
    one exercice; empty when it doesn't compare."""
    if named.compared and _COMPARES.search(flat(text)):
        years = sorted(named.compared)
        return [Side(str(year), year) for year in years] if len(years) <= MOST_SIDES else []
    standings = {one.standing for one in find_cohorts(text)}
    both = standings >= {"new", "former"} or (standings and _OTHERS.search(flat(text)))
    if not both or len(named.exercices) != 1 or named.dates:
        return []
    year = named.exercices[0]
    former = tuple(str(past) for past in range(FIRST_CONTRACTS, year))
    new = Side(NEW_ONES.format(year=year), year, (str(year),))
    return [Side(FORMER_ONES.format(year=year), year, former), new] if former else []


def compared(
    request: Request,
    text: str,
    named: Named,
    entries: Entries,
    index: Index,
    ask: Callable[[Request, str], Draft],
) -> Draft | None:
    """The draft of a comparison, with its table; ``None`` when ``text`` doesn't compare, or when
    nothing of a side is known.

    Args:
        ask: the draft of a question on one exercice, which the request states.
    """
    pairs = [] if request.departement or request.exercices else pairs_of(text, named)
    if pairs:
        return _asked_apart(request, named, [(label, request, own) for label, own in pairs], ask)
    sides = sides_of(text, named)
    if not sides:
        return None
    wanted = read_wanted(text)
    about = wanted.about - _vocabulary()
    by_year = bool(named.compared)
    if by_year and len(request.exercices) == 1:
        return None
    if by_year and about:
        return _asked_of_each(request, text, named, sides, ask)
    if named.collectivites or request.departement or request.kinds or request.include:
        return None

    def made(held: Entries) -> list[Line]:
        if by_year:
            return list(lines_of_years(sides, wanted, held))[:MOST_ROWS]
        return list(lines_of_cohorts(sides, about, held))[:MOST_ROWS]

    lines, whole = made(entries), as_of_now(entries)
    draft = _of_lines(lines, sides, request, text, named, index)
    if draft is not None and whole is not entries:
        known = {unit.key for unit in _units(lines)}
        later = [unit for unit in _units(made(whole)) if unit.key not in known]
        draft.warnings += [told] if (told := said_later(later, request.as_of)) else []
    return draft


def _asked_of_each(
    request: Request,
    text: str,
    named: Named,
    sides: Sequence[Side],
    ask: Callable[[Request, str], Draft],
) -> Draft | None:
    """One row: what the question, asked of each exercice by itself, is answered."""
    questions = []
    for side in sides:
        others = [y.span for y in find_years(text, request.as_of) if y.value != side.exercice]
        own = _of_one(replaced(text, [(span, "") for span in dict.fromkeys(others)]))
        questions.append((side.label, replace(request, exercices=(side.exercice,)), own))
    return _asked_apart(request, named, questions, ask)


def _of_one(text: str) -> str:
    """A question without the words that set its exercice beside another: « par rapport à », « ça
    donne quoi », « même date ? »."""
    text = _BESIDE_YEAR.sub(" en ", text)
    text = _BESIDE_NONE.sub("", text)
    text = _SAME_TIME.sub("quelle date", text)
    return _SAME.sub(r"quel \g<thing>", text)


def _asked_apart(
    request: Request,
    named: Named,
    questions: Sequence[tuple[str, Request, str]],
    ask: Callable[[Request, str], Draft],
) -> Draft | None:
    """One row: what each question, of one side alone, is answered; ``None`` when one of them
    isn't for the corpus, or when none has an answer.

    Args:
        questions: the label of a side, the request and the question to ask of it.
    """
    drafts = [_shortened(ask(own, text)) for _label, own, text in questions]
    if any(draft.refusal not in (None, "known_unknown") for draft in drafts):
        return None
    if all(draft.refusal for draft in drafts):
        return None
    labels = [label for label, _own, _text in questions]
    draft = merged(list(zip(labels, drafts, strict=True)))
    cells = [list(part.claims) for part in draft.parts]
    draft.parts = ()
    draft.table = _table(labels, [(ASKED, cells)])
    draft.frame = read_frame(request, named)
    draft.follow_ups = ()
    return draft


def _shortened(draft: Draft) -> Draft:
    """A side's draft with what it opens with only: beside another, the rest hides the comparison.
    A list stays whole, and a warning stays as long as something it speaks of is told; that of the
    press is told again from the claims at the end."""
    if draft.refusal or draft.parts or any(_LISTED.search(one.text) for one in draft.claims[:1]):
        return draft
    claims = draft.claims[:MOST_TOLD]
    left = {n for one in draft.claims[MOST_TOLD:] for n in one.citations}
    left -= {n for one in claims for n in one.citations}
    warnings = [
        w
        for w in draft.warnings
        if w.kind != "press_only" and (not w.citations or not left.issuperset(w.citations))
    ]
    held = {n for one in claims for n in one.citations}
    held |= {n for one in warnings for n in one.citations}
    citations = [c for c in draft.citations if c.n in held]
    return replace(draft, claims=claims, citations=citations, warnings=warnings)


def _of_lines(
    lines: Sequence[Line],
    sides: Sequence[Side],
    request: Request,
    text: str,
    named: Named,
    index: Index,
) -> Draft | None:
    """The draft of a table made from the registers."""
    units = _units(lines)
    if not units:
        return None
    draft = Draft(frame=read_frame(request, named), sureness=1.0)
    claim_quotes(draft, [quote_of(unit) for unit in units], index)
    at = {(c.document_id, c.start): place for place, c in enumerate(draft.citations)}
    rows = []
    for line in lines:
        cells = [[at[u.key] for u in cell.units if u.key in at] for cell in line.cells]
        rows.append((line.label, cells))
    draft.table = _table([side.label for side in sides], rows)
    told, added = cautions(
        draft.citations, Weigher(index, read_question(text), named), request.as_of, index
    )
    draft.warnings += told
    draft.citations += added
    if not any(one.kind == "superseded" for one in told):
        for unit in _since_replaced(units, request, index):
            quote_in_warning(draft, quote_of(unit), "superseded", wording.REPLACED_DATE, index)
    unknown = {u.text: u for line in lines for cell in line.cells for u in cell.unknown}
    for unit in list(unknown.values())[:MOST_UNKNOWN]:
        quote_in_warning(draft, quote_of(unit), "unverified", wording.UNKNOWN, index)
    return draft


def _since_replaced(units: Sequence[Unit], request: Request, index: Index) -> list[Unit]:
    """What replaced a date of the table since, as far as it was known on the day asked."""
    known, found = known_on(request.as_of, index), []
    for former, new in replaced_deadlines():
        facts = {proof.partition("#")[2] for proof in former.proofs}
        told = [u for u in units if u.anchor and facts & set(u.anchor.facts)]
        alone = any(states(former, u.text) and not states(new, u.text) for u in told)
        found += [u for u in statements(new.proofs, index) if known(u)][:1] if alone else []
    return found


def _units(lines: Sequence[Line]) -> list[Unit]:
    return list({u.key: u for line in lines for cell in line.cells for u in cell.units}.values())


def _table(labels: Sequence[str], rows: Sequence[tuple[str, list[list[int]]]]) -> dict[str, Any]:
    return {
        "columns": list(labels),
        "rows": [{"label": label, "cells": cells} for label, cells in rows],
    }


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(terms(_VOCABULARY))
