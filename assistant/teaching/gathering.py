"""From an order to its material: rows of the registers, and answers that passed their checks."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from assistant.answer import Answer, Citation, Request
from assistant.answering import Assistant
from assistant.entries import Entries, Entry
from assistant.proofs import anchors_of
from assistant.teaching.choosing import PAPERS
from assistant.teaching.founding import founding_of, not_founding
from assistant.teaching.fragments import is_fragment
from assistant.teaching.knowing import entries_of, is_known, nothing_known
from assistant.teaching.material import Material
from assistant.teaching.pack import Order, Proved
from assistant.teaching.telling import Teller, heading, sentence
from assistant.teaching.themes import (
    Theme,
    check_exercice,
    exercices_of,
    find_theme,
    rows_of,
    years_of,
)
from assistant.units import Unit, UnitReader
from corpus.collectivites import find_collectivites
from corpus.errors import InvalidRequest
from corpus.registry import (
    REGISTERS,
    Conflict,
    Deadline,
    Eligibility,
    Funding,
    Objective,
    Obligation,
    Row,
    Unknown,
)
from ingest.index import Index

R = TypeVar("R", bound=Row)
_YEAR = re.compile(r"\b20\d\d\b(?!/)")
MOST_CLAIMS = 2
_UNFIT = ("unknown", "disputed")
NO_ANSWER = (
    "Le corpus ne répond pas à cette question : aucune séance ne peut en être tirée. Reformulez-la "
    "ou choisissez un thème."
)


def gather(
    order: Order,
    assistant: Assistant,
    index: Index,
    teller: Teller,
    progress: Callable[[str], None],
) -> Material:
    """What the corpus proves on the theme, or on the free question, of an order.

    Raises:
        InvalidRequest: the theme doesn't exist, isn't told for that exercice nor was on that day,
            or the question has no answer (French).
        IndexUnusable: nothing published can be read.
    """
    whole, reader = assistant.entries(), UnitReader(index)
    entries = entries_of(whole, order.as_of)
    if order.question:
        return _of_question(order, assistant, entries, index, reader, teller)
    theme = find_theme(order.theme)
    check_exercice(theme, order.exercice, whole)
    ahead = order.exercice is not None and order.exercice > order.as_of.year
    if ahead and order.exercice not in exercices_of(theme, entries):
        raise nothing_known(order)
    progress("Je lis les registres…")
    rows = [e for e in rows_of(theme, entries) if _holds(e, theme, order.exercice)]
    progress("Je pose les questions du thème…")
    answers = list(_answers(theme, order, assistant))
    title = theme.title + (f", exercice {order.exercice}" if order.exercice else "")
    made = _material(order, title, rows, answers, index, reader, teller, theme)
    founding = founding_of(theme, order, reader, teller)
    return replace(made, founding=founding, claims=not_founding(made.claims, founding))


def _holds(entry: Entry[Any], theme: Theme, exercice: int | None) -> bool:
    """Whether a row tells something of the exercice, and of no single collectivité."""
    row = entry.row
    if isinstance(row, Funding) and find_collectivites(f". {row.perimeter}"):
        return False
    if isinstance(row, Conflict | Unknown):
        said = row.about if isinstance(row, Conflict) else row.question
        if find_collectivites(f". {said}"):
            return False
        return exercice is None or _speaks_of(row, entry.units, exercice)
    years = years_of(row)
    if not theme.yearly or exercice is None:
        return bool(years) or not theme.yearly
    return exercice in years


def _speaks_of(row: Conflict | Unknown, units: Iterable[Unit], exercice: int) -> bool:
    said = row.about if isinstance(row, Conflict) else row.question
    years = {int(year) for year in _YEAR.findall(said)}
    if years:
        return exercice in years
    return any(exercice in unit.document.identity.exercices for unit in units)


def _answers(theme: Theme, order: Order, assistant: Assistant) -> Iterator[Answer]:
    for question in theme.questions:
        if "{exercice}" in question and order.exercice is None:
            continue
        asked = question.format(exercice=order.exercice)
        years = (order.exercice,) if order.exercice else ()
        answer = assistant.answer(Request(asked, order.as_of, exercices=years), recorded=False)
        if answer.status == "answered":
            yield answer


def _of_question(
    order: Order,
    assistant: Assistant,
    entries: Entries,
    index: Index,
    reader: UnitReader,
    teller: Teller,
) -> Material:
    """The answer to a free question, what stands in the same sections, and the rows that these
    statements prove."""
    years = (order.exercice,) if order.exercice else ()
    asked = Request(order.question, order.as_of, exercices=years)
    answer = assistant.answer(asked, recorded=False)
    if answer.status == "refused":
        danger = [caution.text for caution in answer.warnings if caution.kind == "danger"]
        raise InvalidRequest(" ".join([*danger, NO_ANSWER]))
    cited = {n for claim in answer.claims for n in claim.citations}
    units = [u for c in answer.citations if c.n in cited for u in _units(c, reader)]
    sections = {(u.document.document_id, u.section.heading_path) for u in units}
    beside = [
        unit
        for document_id in dict.fromkeys(d for d, _path in sections)
        for unit in reader.document(document_id)
        if (document_id, unit.section.heading_path) in sections
        and _is_fit(unit)
        and is_known(unit, order.as_of)
    ]
    keys = {unit.key for unit in [*units, *beside]}
    rows = [
        entry
        for kind in REGISTERS.values()
        for entry in entries.of(kind)
        if any(unit.key in keys for unit in entry.units)
        and (order.exercice is None or order.exercice in (years_of(entry.row) or years))
        and not isinstance(entry.row, Eligibility)
    ]
    question = order.question.strip()
    title = f"{question[:1].upper()}{question[1:]}"
    made = _material(order, title, rows, [answer], index, reader, teller)
    return _with_statements(made, beside, order, teller)


def _with_statements(
    material: Material, beside: Iterable[Unit], order: Order, teller: Teller
) -> Material:
    held = {unit.key for unit in material.statements}
    added = [u for u in beside if u.key not in held and _of_year(u, order.exercice)]
    told = [teller.statement(unit) for unit in added]
    claims = {one.id: one for one in (*material.claims, *told) if one is not None}
    return replace(
        material, claims=tuple(claims.values()), statements=(*material.statements, *added)
    )


def _of_year(unit: Unit, exercice: int | None) -> bool:
    """Whether a statement is told of an exercice: by its years if it says some, else by those
    that its text rules."""
    said = {int(year) for year in _YEAR.findall(unit.text)}
    years = said or set(unit.document.identity.exercices)
    return exercice is None or not years or exercice in years


def _material(
    order: Order,
    title: str,
    rows: list[Entry[Any]],
    answers: Iterable[Answer],
    index: Index,
    reader: UnitReader,
    teller: Teller,
    theme: Theme | None = None,
) -> Material:
    claims: dict[str, Proved] = {}
    statements: dict[tuple[str, int], Unit] = {}
    for answer in answers:
        for proved, units in _claims(answer, order, index, reader, teller, theme):
            claims.setdefault(proved.id, proved)
            statements |= {unit.key: unit for unit in units}
    for entry in rows:
        if isinstance(entry.row, Obligation):
            statements |= {
                unit.key: unit
                for unit in entry.units
                if _fits(unit, order) and (theme is None or theme.reads(unit.document.document_id))
            }

    def of(kind: type[R]) -> tuple[Entry[R], ...]:
        return tuple(entry for entry in rows if type(entry.row) is kind)

    return Material(
        order=order,
        title=title,
        obligations=of(Obligation),
        fundings=of(Funding),
        deadlines=of(Deadline),
        eligibilities=of(Eligibility),
        objectives=of(Objective),
        conflicts=of(Conflict),
        unknowns=of(Unknown),
        claims=tuple(claims.values()),
        statements=tuple(statements.values()),
    )


def _claims(
    answer: Answer,
    order: Order,
    index: Index,
    reader: UnitReader,
    teller: Teller,
    theme: Theme | None,
) -> Iterator[tuple[Proved, list[Unit]]]:
    """The first claims of an answer that hold for everyone and are disputed by nobody, with the
    statements behind them."""
    by_number = {citation.n: citation for citation in answer.citations}
    given = 0
    for claim in answer.claims:
        citations = [by_number[n] for n in claim.citations]
        units = [u for citation in citations for u in _units(citation, reader)]
        if not units or not all(_fits(u, order) for u in units):
            continue
        if theme is not None and (
            PAPERS.search(claim.text)
            or (not theme.yearly and heading(units[0]).startswith("Identité"))
            or given >= MOST_CLAIMS
            or not all(theme.reads(c.document_id) for c in citations)
        ):
            continue
        proved = _in_its_words(claim.text, citations, units, index, teller)
        if proved is not None:
            given += 1
            yield proved, units


def _in_its_words(
    text: str, citations: list[Citation], units: list[Unit], index: Index, teller: Teller
) -> Proved | None:
    if any(unit.lead_in is not None for unit in units):  # a part of a list says nothing alone
        return teller.statement(units[0], whole_only=True)
    if len(units) == 1 and text == citations[0].quote:
        return teller.statement(units[0])
    facts = [fact for c in citations for anchor in anchors_of(c, index) for fact in anchor.facts]
    made_id = f"{citations[0].document_id}#{facts[0] if facts else citations[0].start}"
    return teller.tell(made_id, sentence(text), citations, heading(units[0]))


def _units(citation: Citation, reader: UnitReader) -> list[Unit]:
    return list(reader.inside(citation.document_id, citation.start, citation.end))


def _fits(unit: Unit, order: Order) -> bool:
    """Whether a statement may be told in a session of that exercice, on that day."""
    known = is_known(unit, order.as_of)
    return known and _is_fit(unit) and _of_year(unit, order.exercice)


def _is_fit(unit: Unit) -> bool:
    """A statement that somebody established, undisputed, of no single collectivité."""
    anchor = unit.anchor
    if anchor is None or anchor.confidence in _UNFIT:
        deposited = anchor is None and unit.document.identity.origin == "original"
        return deposited and (unit.lead_in is not None or not is_fragment(unit.text))
    return not find_collectivites(f". {unit.text}")
