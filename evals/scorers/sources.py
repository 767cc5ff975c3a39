"""Whether the answer cites the places and the texts that prove the case."""

from evals.cases import Case
from evals.outcome import Ground, Outcome
from evals.scorers import Score
from evals.scorers.marks import failed, share, unscored
from evals.scorers.places import fact_places
from evals.scorers.proof import Citation, claim_citations


def source_precision(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of the claims' citations that stand where a fact of the case does, or in its texts."""
    places = frozenset().union(*fact_places(case, ground).values())
    if case.status == "refused" or not (places or case.documents):
        return _not_stated(case)
    if outcome.answer is None:
        return failed(outcome)
    given = claim_citations(outcome.answer)
    if not given:
        return unscored("Aucune phrase ne cite.")
    elsewhere = [
        f"[{c['n']}] {c['document_id']}"
        for c in given
        if _place(c) not in places and c["document_id"] not in case.documents
    ]
    done = len(given) - len(elsewhere)
    return share(
        done, elsewhere, ("citation au bon endroit", "citations au bon endroit"), "ailleurs"
    )


def source_recall(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of the case's facts and texts that some citation of a claim reaches."""
    wanted = fact_places(case, ground)
    if case.status == "refused" or not (wanted or case.documents):
        return _not_stated(case)
    if outcome.answer is None:
        return failed(outcome)
    given = claim_citations(outcome.answer)
    places, documents = {_place(c) for c in given}, {c["document_id"] for c in given}
    missing = [fact for fact, at in wanted.items() if not at & places]
    missing += [document for document in case.documents if document not in documents]
    done = len(wanted) + len(case.documents) - len(missing)
    return share(done, missing, ("source citée", "sources citées"))


def _place(citation: Citation) -> tuple[str, str]:
    return citation["document_id"], citation["locator"]


def _not_stated(case: Case) -> Score:
    if case.status == "refused":
        return unscored("Le cas demande un refus.")
    return unscored("Le cas ne dit pas où est la preuve.")
