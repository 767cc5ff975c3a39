"""Faults of the cases: what a case wants must be proved in the corpus before it judges anybody."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from corpus.types import Document
from evals.cases import Case
from evals.grounding import whole_of
from evals.scorers.wording import holds

FEWEST_CASES = 300
MOST_SHOWN = 3


def faults(
    cases: Sequence[Case], documents: Iterable[Document], fewest: int = FEWEST_CASES
) -> list[str]:
    """What is wrong with the cases, one French line each, in the cases' order.

    Args:
        cases: all of them, both splits.
        documents: the corpus that must prove them.
        fewest: how many cases there must be.
    """
    read = tuple(documents)
    statements = statements_of(read)
    texts = {document.document_id: document.text for document in read}
    found = [f"{case.id} : {fault}" for case in cases for fault in _faults(case, statements, texts)]
    found += _shared(cases)
    if len(cases) < fewest:
        found.append(f"Il faut au moins {fewest} cas, il y en a {len(cases)}.")
    return found


def statements_of(documents: Iterable[Document]) -> dict[str, tuple[str, ...]]:
    """The statements that name each fact, in the corpus's words; a cut fact has all its parts'."""
    found: dict[str, dict[str, None]] = {}
    for document in documents:
        for anchor in document.anchors:
            statement = document.text[anchor.start : anchor.end]
            for fact in anchor.facts:
                for name in (fact, whole_of(fact)):
                    found.setdefault(name, {})[statement] = None
    return {fact: tuple(statements) for fact, statements in found.items()}


def _faults(
    case: Case, statements: Mapping[str, Sequence[str]], texts: Mapping[str, str]
) -> Iterator[str]:
    for fact in case.facts:
        if fact not in statements:
            yield f"le fait {fact} n'est dans aucun énoncé du corpus."
    for document_id in case.documents:
        if document_id not in texts:
            yield f"le document « {document_id} » n'est pas dans le corpus."
    yield from _incoherences(case)
    proofs = [s for fact in case.facts for s in statements.get(fact, ())]
    proofs += [texts[document_id] for document_id in case.documents if document_id in texts]
    for wordings in (*case.expected, *case.okay):
        if not any(holds(proof, wording) for proof in proofs for wording in wordings):
            where = ", ".join((*case.facts, *case.documents)) or "aucun fait n'est donné"
            said = f"« {' / '.join(wordings)} » ne se lit pas dans ce qui le prouve ({where})"
            yield said + _elsewhere(wordings, statements) + "."


def _elsewhere(wordings: Sequence[str], statements: Mapping[str, Sequence[str]]) -> str:
    """Facts whose statements hold one of the wordings, for whoever mends the case."""
    found = (
        fact
        for fact, said in statements.items()
        if any(holds(statement, wording) for statement in said for wording in wordings)
    )
    near = ", ".join(islice(found, MOST_SHOWN))
    return f" ; mais se lit dans {near}" if near else ""


def _incoherences(case: Case) -> Iterator[str]:
    """What a case says against itself."""
    if case.status == "refused" and case.expected:
        yield "un cas à refuser n'attend aucun fait."
    if case.status == "refused" and not case.refusal:
        yield "un cas à refuser dit quel refus est attendu."
    if case.status == "answered" and case.refusal:
        yield "un cas à répondre n'attend aucun refus."
    if case.status != "refused" and not (case.expected or case.warnings):
        yield "un cas à répondre attend au moins un fait ou un avertissement."
    for wording in (w for wordings in case.expected for w in wordings):
        for error in case.forbidden:
            if holds(wording, error):
                yield f"« {wording} » est attendu, mais contient l'erreur interdite « {error} »."


def _shared(cases: Sequence[Case]) -> Iterator[str]:
    """Ids used twice, and cases of one base that don't share their split and facts."""
    for name, count in Counter(case.id for case in cases).items():
        if count > 1:
            yield f"{name} : {count} cas portent cet identifiant."
    first: dict[str, Case] = {}
    for case in cases:
        other = first.setdefault(case.base, case)
        if case.split != other.split:
            yield f"{case.id} : sa part ({case.split}) n'est pas celle de {other.id}, de même base."
        if set(case.facts) != set(other.facts):
            yield f"{case.id} : ses faits ne sont pas ceux de {other.id}, de même base."
