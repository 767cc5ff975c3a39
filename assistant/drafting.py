"""A draft made from evidence: what is claimed, cited, warned of, or why nothing is."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from assistant import wording
from assistant.answer import Caution, Citation, Claim, Frame, Mode, Nearby, Part, Refusal
from assistant.asking import Question
from assistant.checking import is_exact, unproved
from assistant.citing import cite, claim
from assistant.evidence import Evidence, Weigher
from assistant.extracting import quotes, select, weigh_lists
from assistant.framing import Named
from assistant.premises import Premise, with_correction
from assistant.refusing import SURE, Verdict, is_unknown, sureness
from assistant.units import UnitReader
from assistant.warning import cautions, markers
from ingest.index import Index

MAX_NEARBY = 3


@dataclass(slots=True)
class Draft:
    """What an answer is made of before it is assembled."""

    frame: Frame = field(default_factory=Frame)
    refusal: Refusal | None = None
    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    warnings: list[Caution] = field(default_factory=list)
    nearby: tuple[Nearby, ...] = ()
    follow_ups: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    sureness: float = 0.0
    retrieve_ms: int = 0
    mode: Mode = "extractive"
    model: str | None = None


def answer_with(
    draft: Draft,
    fitting: Sequence[Evidence],
    question: Question,
    named: Named,
    weigher: Weigher,
    reader: UnitReader,
    index: Index,
    as_of: date,
    premise: Premise | None = None,
) -> None:
    """Quotes of the fitting evidence, best first, each a checked claim; a refusal when none is
    left. What corrects a false ``premise`` leads."""
    fitting = with_correction(fitting, premise)
    usable = [e for e in fitting if not is_unknown(e)]
    lists = weigh_lists(usable, reader, weigher)
    chosen = select(usable, lists, question, weigher)
    for citation in cite(quotes(chosen), index):
        document = index.texts.document(citation.document_id)
        one = claim(citation)
        if (
            document is None
            or not is_exact(citation, document.text)
            or unproved(one.text, [citation])
        ):
            draft.warnings.append(Caution("unverified", wording.DROPPED))
            continue
        draft.citations.append(citation)
        draft.claims.append(one)
    if not draft.claims:
        draft.refusal = "not_in_corpus"
        return
    told, added = cautions(draft.citations, weigher, as_of, index, premise)
    draft.warnings += told
    draft.citations += added
    if not named.years:
        _assume_exercice(draft, index)


def _assume_exercice(draft: Draft, index: Index) -> None:
    """Says the exercice when the question named none, and offers the others."""
    exercices = next((c.exercices for c in draft.citations if c.exercices), ())
    if not exercices:
        return
    covered = sorted({year for years in index.texts.exercices.values() for year in years})
    draft.frame = replace(
        draft.frame, exercices=exercices, assumed=(*draft.frame.assumed, "exercices")
    )
    draft.follow_ups = tuple(
        wording.ASSUMED_EXERCICE.format(year=year) for year in covered if year not in exercices
    )[:4]


def refuse_individual(
    draft: Draft, fitting: Sequence[Evidence], of_field: float, index: Index
) -> None:
    """No claim on a person's case; the general rule, cited, when there is one."""
    draft.refusal = "individual_case"
    rule = next((e for e in fitting if not is_unknown(e)), None)
    if rule is not None and sureness(rule, None, of_field) >= SURE:
        _quote_in_warning(draft, rule, "general_rule", wording.GENERAL_RULE, index)


def explain(draft: Draft, verdict: Verdict, found: Sequence[Evidence], index: Index) -> None:
    """What is near, and what the corpus says that nobody knows."""
    if verdict.evidence is not None:
        _quote_in_warning(draft, verdict.evidence, "unverified", wording.UNKNOWN, index)
    if verdict.refusal in ("out_of_scope", "not_a_question"):
        return
    ids = dict.fromkeys(e.unit.document.document_id for e in found if e.coverage >= 0.2)
    draft.nearby = tuple(
        Nearby(document_id, index.texts.titles[document_id]) for document_id in ids
    )[:MAX_NEARBY]


def _quote_in_warning(
    draft: Draft,
    evidence: Evidence,
    kind: Literal["general_rule", "unverified"],
    template: str,
    index: Index,
) -> None:
    (citation,) = cite(quotes([evidence])[:1], index, first=len(draft.citations) + 1)
    draft.citations.append(citation)
    text = template.format(quote=claim(citation).text, markers=markers([citation.n]))
    draft.warnings.append(Caution(kind, text, (citation.n,)))
