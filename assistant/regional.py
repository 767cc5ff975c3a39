"""« La Lorraine a-t-elle été retenue ? »: a region signs no contract, its collectivités do."""

import re

from assistant import wording
from assistant.answer import Caution, Request
from assistant.asking import read_question
from assistant.drafting import Draft, claim_quotes
from assistant.entries import Entries
from assistant.evidence import Weigher
from assistant.extracting import joined
from assistant.framing import Named, read_frame
from assistant.spans import flat
from assistant.standing import Subject, told_of
from assistant.wanted import Wanted
from assistant.warning import cautions
from corpus.collectivites import find_regions
from corpus.registry import Eligibility
from ingest.index import Index

MOST_TOLD = 8
_WHICH = re.compile(r"\b(?:quel(?:le)?s?|lesquel\w*|combien|listes?)\b")
"""Asks which collectivités, in a list that the texts may give."""


def of_region(
    request: Request, wanted: Wanted, named: Named, entries: Entries, index: Index
) -> Draft | None:
    """The entry of each collectivité of the only region that a question names.

    Returns:
        ``None`` when it asks something else, or names a collectivité or a text too.
    """
    limited = request.kinds or request.include or request.exclude or request.departement
    elsewhere = named.collectivites or named.text or named.references or named.dates
    regions = find_regions(wanted.text)
    if limited or elsewhere or not wanted.status or wanted.rules or len(regions) != 1:
        return None
    if _WHICH.search(flat(wanted.text)):
        return None
    inside = [one for one in entries.of(Eligibility) if one.row.code in regions[0].codes]
    known = [one for one in inside if one.row.wave != "inconnue"]
    told = [told_of(wanted, Subject(one, (one.row.wave,), None, False))[:1] for one in known]
    found = joined({unit.key: unit for units in told for unit in units}.values())
    draft = Draft(frame=read_frame(request, named), sureness=1.0)
    claim_quotes(draft, found[:MOST_TOLD], index)
    if draft.claims:
        weigher = Weigher(index, read_question(wanted.text), named)
        warned, added = cautions(draft.citations, weigher, request.as_of, index)
        draft.warnings += [one for one in warned if one.kind != "other_exercice"]
        draft.citations += added
    else:
        draft.refusal = "known_unknown"
    draft.warnings.insert(0, Caution("unverified", wording.REGION))
    if lacking := len(inside) - len(known):
        draft.warnings.append(Caution("unverified", wording.REST_OF_REGION.format(count=lacking)))
    return draft
