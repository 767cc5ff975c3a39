"""« Quels financements en 2022 ? »: the national amounts of an exercice, source by source, when
the registers know that one of them wasn't established. A perimeter beside the contracts (a whole
budget action) then doesn't pass for them, and what is missing is said.
"""

import re
from collections.abc import Mapping
from functools import cache

from assistant import wording
from assistant.answer import Nearby, Request
from assistant.asking import read_question
from assistant.drafting import MAX_NEARBY, Draft, claim_quotes, quote_in_warning
from assistant.entries import Entries
from assistant.evidence import Weigher
from assistant.framing import Named, read_frame
from assistant.leaning import content_terms
from assistant.lines import Cell, Side, national_amounts
from assistant.proofs import quote_of
from assistant.wanted import Wanted
from assistant.warning import cautions
from corpus.lexicon import fold
from corpus.registry import FundingSource
from ingest.index import Index
from ingest.lexical import terms

_MONEY = re.compile(r"\b(?:financ\w+|credits?|montants?|argent|budgets?|enveloppes?|sous)\b")
_NAMED: Mapping[FundingSource, re.Pattern[str]] = {
    "programme 304": re.compile(r"\b(?:programme 304|p304)\b"),
    "FIR": re.compile(r"\bfir\b|\bfonds d'intervention regional\b"),
    "Ondam médico-social": re.compile(r"\bondam\b|\bobjectif national de depenses d'assurance\b"),
}
# No word of these tells one amount from another; « par département », « total » or « hausse » do.
_VOCABULARY = (
    "combien financement financer source crédit crédits montant argent budget enveloppe trois "
    "contractualisation contrat avenant stratégie nationale national prévention protection enfance "
    "exercice année État programme 304 P304 FIR fonds d'intervention régional Ondam médico-social "
    "objectif national de dépenses d'assurance maladie"
)


def financed(
    request: Request, wanted: Wanted, named: Named, entries: Entries, index: Index
) -> Draft | None:
    """The draft on the sources that finance one exercice, those that ``wanted`` names or all.

    Returns:
        ``None`` when something else is asked too, or when every amount is known.
    """
    low = fold(wanted.text)
    limited = request.kinds or request.include or request.exclude or request.departement
    elsewhere = named.collectivites or named.text or named.references or named.dates
    if limited or elsewhere or len(named.exercices) != 1 or not _MONEY.search(low):
        return None
    said = wanted.about | set(content_terms(wanted.text))
    if wanted.rules or wanted.status or named.cohorts or said - _vocabulary():
        return None
    side = Side("", named.exercices[0])
    cells = {one.key: one.cell for one in national_amounts(side, entries) if one.key in _NAMED}
    sources = [source for source, name in _NAMED.items() if name.search(low)]
    kept = [cells[source] for source in sources or _NAMED if source in cells]
    if not any(cell.unknown and not cell.units for cell in kept):
        return None
    return _told(kept, request, wanted, named, index)


def _told(kept: list[Cell], request: Request, wanted: Wanted, named: Named, index: Index) -> Draft:
    """The amounts, then what nobody could establish; a refusal when none is known."""
    draft = Draft(frame=read_frame(request, named), sureness=1.0)
    claim_quotes(draft, [quote_of(unit) for cell in kept for unit in cell.units], index)
    if draft.claims:
        weigher = Weigher(index, read_question(wanted.text), named)
        told, added = cautions(draft.citations, weigher, request.as_of, index)
        draft.warnings += told
        draft.citations += added
    missing = {unit.key: unit for cell in kept if not cell.units for unit in cell.unknown[:1]}
    for unit in missing.values():
        quote_in_warning(draft, quote_of(unit), "unverified", wording.UNKNOWN, index)
    if not draft.claims:
        draft.refusal = "known_unknown"
        ids = dict.fromkeys(unit.document.document_id for unit in missing.values())
        draft.nearby = tuple(Nearby(i, index.texts.titles[i]) for i in ids)[:MAX_NEARBY]
    return draft


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(terms(_VOCABULARY))
