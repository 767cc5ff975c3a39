"""What a session keeps of the answer to its free question: its own claims, in their order."""

import re

from assistant.answer import Answer, Citation, Claim
from assistant.proofs import anchors_of
from assistant.teaching.fragments import is_fragment
from assistant.teaching.knowing import is_known
from assistant.teaching.material import Reply
from assistant.teaching.pack import Order, Proved
from assistant.teaching.telling import Teller, heading, sentence
from assistant.units import Unit, UnitReader
from corpus.collectivites import find_collectivites
from corpus.errors import InvalidRequest
from ingest.index import Index

YEAR = re.compile(r"\b20\d\d\b(?!/)")
_LINK = re.compile(r"https?://\S+")
"""An address, whose signs look like a program's."""
MOST_ANSWERS = 3
"""First claims of an answer that make the expected answer of a case."""
DISPUTED = (
    "Pas d'étude de cas sur cette question : les sources ne s'accordent pas sur sa réponse. Ce "
    "qu'il faut en retenir est dans les points à manier avec prudence, pas dans les points clés."
)
UNTOLD = (
    "Pas d'étude de cas sur cette question : la première phrase de sa réponse n'est pas assez "
    "sûre, ou pas assez lisible seule, pour être la réponse attendue. Les points clés ne la "
    "donnent pas."
)
PARTLY = "Une partie de la question n'a pas de réponse dans le corpus : la séance n'en dit rien."
NOTHING_SURE = (
    "Le corpus répond à cette question, mais rien de sa réponse n'est assez sûr pour une séance : "
    "posez-la à l'assistant pour lire ce que disent les sources."
)
ANOTHER_YEAR = (
    "Le corpus répond à cette question, mais rien de sa réponse n'est de l'exercice {year} : "
    "demandez la séance sans exercice, ou avec un autre."
)


def nothing_told(reply: Reply, order: Order) -> InvalidRequest:
    """What refuses a session on a question that has an answer, none of which may be told."""
    said = ANOTHER_YEAR.format(year=order.exercice) if reply.elsewhen else NOTHING_SURE
    return InvalidRequest(said)


def reply_of(
    answer: Answer, order: Order, index: Index, reader: UnitReader, teller: Teller
) -> Reply:
    """What may be told of an answer.

    A case expects its first claims up to one that can't be told, and nothing where sources
    disagree on one of them: a side of a disagreement isn't the right answer.
    """
    fought = {n for one in answer.warnings if one.kind == "conflict" for n in one.citations}
    by_number = {citation.n: citation for citation in answer.citations}
    told: list[Proved | None] = []
    disputed, elsewhen = False, True
    for claim in answer.claims:
        citations = [by_number[n] for n in claim.citations]
        units = [unit for citation in citations for unit in units_of(citation, reader)]
        if len(told) < MOST_ANSWERS and (fought & set(claim.citations) or _is_disputed(units)):
            disputed = True
        elsewhen &= not all(is_of_year(unit, order.exercice) for unit in units)
        told.append(_told(claim, citations, units, order, index, teller))
    first = told[:MOST_ANSWERS]
    whole = first[: first.index(None)] if None in first else first
    lacks = (PARTLY,) if answer.status == "partial" else ()
    if disputed or not whole:
        lacks, whole = (*lacks, DISPUTED if disputed else UNTOLD), []
    kept = {one.id: one for one in told if one is not None}
    expected = tuple(one for one in whole if one is not None)
    return Reply(tuple(kept.values()), expected, lacks, elsewhen)


def _is_disputed(units: list[Unit]) -> bool:
    return any(unit.anchor is not None and unit.anchor.confidence == "disputed" for unit in units)


def _told(
    claim: Claim,
    citations: list[Citation],
    units: list[Unit],
    order: Order,
    index: Index,
    teller: Teller,
) -> Proved | None:
    if not units or not all(_may_be_told(unit, order) for unit in units):
        return None
    if not any(unit.lead_in is not None and _is_local(unit) for unit in units):
        told = in_its_words(claim.text, citations, units, index, teller)
        if told is not None or all(unit.lead_in is None for unit in units):
            return told
    made_id = f"{citations[0].document_id}#{citations[0].start}"  # as the chat says it
    return teller.tell(made_id, sentence(claim.text), citations, heading(units[0]))


def _is_local(unit: Unit) -> bool:
    """Whether a statement is of a collectivité, which the list that it stands in isn't about."""
    return bool(find_collectivites(f". {unit.text}"))


def _may_be_told(unit: Unit, order: Order) -> bool:
    """Whether a statement of the answer is sure, of the exercice, known on that day and readable;
    it may be of a single collectivité: the question was."""
    if not is_known(unit, order.as_of) or not is_of_year(unit, order.exercice):
        return False
    if unit.anchor is not None:
        return unit.anchor.confidence not in ("unknown", "disputed")
    deposited = unit.document.identity.origin == "original"
    return deposited and (unit.lead_in is not None or not is_fragment(_LINK.sub(" ", unit.text)))


def in_its_words(
    text: str, citations: list[Citation], units: list[Unit], index: Index, teller: Teller
) -> Proved | None:
    """A claim as a sentence of a session; ``None`` for a part of a list too long to be told."""
    if any(unit.lead_in is not None for unit in units):  # a part of a list says nothing alone
        return teller.statement(units[0], whole_only=True)
    if len(units) == 1 and text == citations[0].quote:
        return teller.statement(units[0])
    facts = [fact for c in citations for anchor in anchors_of(c, index) for fact in anchor.facts]
    made_id = f"{citations[0].document_id}#{facts[0] if facts else citations[0].start}"
    return teller.tell(made_id, sentence(text), citations, heading(units[0]))


def units_of(citation: Citation, reader: UnitReader) -> list[Unit]:
    """The statements that a citation quotes."""
    return list(reader.inside(citation.document_id, citation.start, citation.end))


def is_of_year(unit: Unit, exercice: int | None) -> bool:
    """Whether a statement is told of an exercice: by its years if it says some, else by those
    that its text rules."""
    said = {int(year) for year in YEAR.findall(unit.text)}
    years = said or set(unit.document.identity.exercices)
    return exercice is None or not years or exercice in years
