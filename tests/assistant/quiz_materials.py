"""Materials and sabotaged facts for the tests of the quiz, made straight from the registers."""

from datetime import date

from assistant.entries import Entries
from assistant.teaching.fact import Fact
from assistant.teaching.facts import facts_of
from assistant.teaching.material import Material
from assistant.teaching.pack import Order
from assistant.units import document_units
from corpus.registry import Deadline, Eligibility, Funding, Objective, Obligation
from ingest.index import Index

AS_OF = date(2026, 11, 21)
YEARS = range(2019, 2028)


def material_of(entries: Entries, year: int, seed: int = 1) -> Material:
    """Every row of an exercice."""
    return Material(
        Order("contractualisation", AS_OF, year, seed=seed),
        f"Exercice {year}",
        tuple(e for e in entries.of(Obligation) if year in e.row.exercices),
        tuple(e for e in entries.of(Funding) if e.row.exercice == year),
        tuple(e for e in entries.of(Deadline) if e.row.exercice == year),
        tuple(e for e in entries.of(Eligibility) if e.row.wave == str(year)),
        tuple(e for e in entries.of(Objective) if year in e.row.exercices),
    )


def statements_of(entries: Entries, index: Index, *document_ids: str, seed: int = 1) -> Material:
    """The statements of some texts and the duties that they prove."""
    units = []
    for document_id in document_ids:
        document = index.texts.document(document_id)
        units += [unit for unit in document_units(document) if unit.anchor] if document else []
    duties = (
        entry
        for entry in entries.of(Obligation)
        if any(proof.partition("#")[0] in document_ids for proof in entry.row.proofs)
    )
    order = Order("informations", AS_OF, seed=seed)
    return Material(order, "Textes", tuple(duties), statements=tuple(units))


def everything(entries: Entries, index: Index) -> Material:
    """All rows and all statements."""
    texts = statements_of(entries, index, *index.texts.document_ids)
    return Material(
        texts.order,
        "Tout",
        entries.of(Obligation),
        entries.of(Funding),
        entries.of(Deadline),
        entries.of(Eligibility),
        entries.of(Objective),
        statements=texts.statements,
    )


def fact_of(material: Material, fact_id: str) -> Fact:
    """One fact of a material."""
    return next(fact for fact in facts_of(material) if fact.id == fact_id)
