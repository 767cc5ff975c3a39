"""Whether citations are exact, whether they prove the claims, and whether each one is needed.

Recall and precision as in Gao et al., « Enabling Large Language Models to Generate Text with
Citations » (ALCE, 2023), entailment being judged by our own rules of proof.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.checking import markers
from evals.cases import Case
from evals.outcome import Ground, Outcome
from evals.scorers import Score
from evals.scorers.marks import no_claim, share, unscored, verdict
from evals.scorers.proof import Citation, cited, is_exact, supports


def validity(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of citations that are exact and used in the text or a warning.

    A number without citation, in the text, a claim or a warning, counts as a wrong one; so does a
    number given twice. Unscored without any number.
    """
    answer = outcome.answer
    if answer is None:
        return no_claim(case, outcome)
    shown = set(markers(answer["text"]))
    used = shown | {n for warning in answer["warnings"] for n in warning["citations"]}
    called = used | {n for claim in answer["claims"] for n in claim["citations"]}
    seen: set[int] = set()
    wrong: list[str] = []
    for citation in answer["citations"]:
        number = citation["n"]
        if number in seen or number not in used or not is_exact(citation, ground):
            wrong.append(f"[{number}]")
        seen.add(number)
    right = len(answer["citations"]) - len(wrong)
    wrong += [f"[{number}]" for number in sorted(called - seen)]
    if not right and not wrong:
        return unscored("Aucune citation.")
    return share(right, wrong, ("citation exacte", "citations exactes"), "à revoir")


def citation_recall(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of claims that their citations prove together."""
    answer = outcome.answer
    if answer is None or not answer["claims"]:
        return no_claim(case, outcome)
    bare = [
        _short(claim["text"])
        for claim in answer["claims"]
        if not supports(claim["text"], cited(answer, claim["citations"]), ground)
    ]
    done = len(answer["claims"]) - len(bare)
    return share(done, bare, ("phrase prouvée", "phrases prouvées"), "sans preuve")


def citation_precision(case: Case, outcome: Outcome, ground: Ground) -> Score:
    """Share of the claims' citations that prove: alone, or as one that the others can't replace.

    Zero when claims cite nothing.
    """
    answer = outcome.answer
    if answer is None or not answer["claims"]:
        return no_claim(case, outcome)
    judged = list(_judged(answer, ground))
    if not judged:
        return verdict(False, "", "Aucune phrase ne cite.")
    wrong = [f"[{citation['n']}]" for citation, precise in judged if not precise]
    done = len(judged) - len(wrong)
    return share(done, wrong, ("citation utile", "citations utiles"), "sans effet")


def _judged(answer: Mapping[str, Any], ground: Ground) -> Iterator[tuple[Citation, bool]]:
    """Each citation of each claim, and whether it is precise."""
    for claim in answer["claims"]:
        text, given = claim["text"], cited(answer, claim["citations"])
        supported = supports(text, given, ground)
        for at, citation in enumerate(given):
            others = given[:at] + given[at + 1 :]
            needed = supports(text, [citation], ground) or not supports(text, others, ground)
            yield citation, supported and needed


def _short(text: str, chars: int = 60) -> str:
    return text if len(text) <= chars else f"{text[:chars].rstrip()}…"
