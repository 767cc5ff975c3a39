"""From an order to its material: rows of the registers, and answers that passed their checks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar

from assistant.answer import Answer, Request
from assistant.answering import Assistant
from assistant.entries import Entries, Entry
from assistant.teaching.choosing import PAPERS
from assistant.teaching.founding import founding_of, founding_units, not_founding
from assistant.teaching.fragments import is_fragment
from assistant.teaching.knowing import entries_of, is_known, nothing_known
from assistant.teaching.material import Material
from assistant.teaching.pack import Order, Proved
from assistant.teaching.replying import in_its_words, is_of_year, reply_of, units_of
from assistant.teaching.telling import Teller, heading
from assistant.teaching.themes import (
    Theme,
    check_exercice,
    exercices_of,
    find_theme,
    holds,
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
    rows = [e for e in rows_of(theme, entries) if holds(e, theme, order.exercice)]
    progress("Je pose les questions du thème…")
    answers = list(_answers(theme, order, assistant, index))
    title = theme.title + (f", exercice {order.exercice}" if order.exercice else "")
    made = _material(order, title, rows, answers, index, reader, teller, theme)
    founding = founding_of(theme, order, reader, teller)
    told = [u for u in founding_units(theme, order, reader) if _fits(u, order)]
    statements = tuple({u.key: u for u in (*made.statements, *told)}.values())
    claims = not_founding(made.claims, founding)
    return replace(made, founding=founding, claims=claims, statements=statements)


@lru_cache(maxsize=64)
def _answer(request: Request, assistant: Assistant, _index: Index) -> Answer:
    """What an index answers to a theme's question, asked once: each seed of a session asks it."""
    return assistant.answer(request, recorded=False)


def _answers(theme: Theme, order: Order, assistant: Assistant, index: Index) -> Iterator[Answer]:
    for question in theme.questions:
        if "{exercice}" in question and order.exercice is None:
            continue
        asked = question.format(exercice=order.exercice)
        years = (order.exercice,) if order.exercice else ()
        answer = _answer(Request(asked, order.as_of, exercices=years), assistant, index)
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
    units = [u for c in answer.citations if c.n in cited for u in units_of(c, reader)]
    sections = {(u.document.document_id, u.section.heading_path) for u in units}
    beside = [
        unit
        for document_id in dict.fromkeys(d for d, _path in sections)
        for unit in reader.document(document_id)
        if (document_id, unit.section.heading_path) in sections and _is_fit(unit)
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
    made = _material(order, title, rows, (), index, reader, teller)
    reply = reply_of(answer, order, index, reader, teller)
    return _with_statements(replace(made, reply=reply), units, beside, order, teller)


def _with_statements(
    material: Material, cited: Iterable[Unit], beside: Iterable[Unit], order: Order, teller: Teller
) -> Material:
    """A material with what an answer says, told first, and what stands beside it."""
    own = {unit.key: unit for unit in cited if _fits(unit, order)}
    near = {unit.key: unit for unit in beside if _fits(unit, order)}
    held = {unit.key: unit for unit in material.statements} | own
    told = [teller.statement(unit) for key, unit in near.items() if key not in held]
    claims: dict[str, Proved] = {}
    for one in (*material.reply.told, *told):
        if one is not None:
            claims.setdefault(one.id, one)
    statements = tuple((held | near).values())
    return replace(material, claims=tuple(claims.values()), statements=statements)


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
    told = [_claims(one, order, index, reader, teller, theme) for one in answers if theme]
    for proved, units in chain.from_iterable(told):
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
    theme: Theme,
) -> Iterator[tuple[Proved, list[Unit]]]:
    """The first claims of an answer that hold for everyone and are disputed by nobody, with the
    statements behind them."""
    by_number = {citation.n: citation for citation in answer.citations}
    given = 0
    for claim in answer.claims:
        citations = [by_number[n] for n in claim.citations]
        units = [u for citation in citations for u in units_of(citation, reader)]
        if not units or not all(_fits(u, order) for u in units):
            continue
        if (
            PAPERS.search(claim.text)
            or (not theme.yearly and heading(units[0]).startswith("Identité"))
            or given >= MOST_CLAIMS
            or not all(theme.reads(c.document_id) for c in citations)
        ):
            continue
        proved = in_its_words(claim.text, citations, units, index, teller)
        if proved is not None:
            given += 1
            yield proved, units


def _fits(unit: Unit, order: Order) -> bool:
    """Whether a statement may be told in a session of that exercice, on that day."""
    known = is_known(unit, order.as_of)
    return known and _is_fit(unit) and is_of_year(unit, order.exercice)


def _is_fit(unit: Unit) -> bool:
    """A statement that somebody established, undisputed, of no single collectivité."""
    anchor = unit.anchor
    if anchor is None or anchor.confidence in _UNFIT:
        deposited = anchor is None and unit.document.identity.origin == "original"
        return deposited and (unit.lead_in is not None or not is_fragment(unit.text))
    return not find_collectivites(f". {unit.text}")
