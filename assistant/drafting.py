"""A draft made from evidence: what is claimed, cited, warned of, or why nothing is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from assistant import wording
from assistant.answer import (
    Caution,
    Citation,
    Claim,
    Frame,
    Mode,
    Nearby,
    Part,
    Refusal,
    Request,
    WarningKind,
)
from assistant.asking import Question
from assistant.checking import is_exact, unproved
from assistant.citing import cite, claim
from assistant.danger import smells_of_danger
from assistant.evidence import Evidence, Weigher
from assistant.extracting import Quote, quotes, select
from assistant.framing import Named
from assistant.knowing import MOST_LATER, said_later
from assistant.listing import missing_items, weigh_lists
from assistant.premises import Premise, with_correction
from assistant.reading import Reading, judge_reading
from assistant.refusing import SURE, Verdict
from assistant.units import UnitReader
from assistant.warning import cautions, markers
from corpus.types import OFFICIAL_KINDS
from ingest.index import Index

SPOKEN_OF, AS_NEAR = 0.5, 0.75  # of what nobody knows, beside the answer (development)
MAX_NEARBY = 3
RULE_COVERAGE = 0.5  # share of a personal question that a general rule must speak of
RULE_SURE = 0.9  # least sureness of a rule that speaks of less: a story has many words
# To whom it is told; not that parents or the author are informed afterwards.
_ALERTS = re.compile(
    r"\b(?:(?:est|sont) (?:transmise?s?|avisée?s?|saisie?s?)|transmettre|transmet|avise[rz]?"
    r"|saisir|signale[rz]?|alerte[rz]?|prévenir)\b[^.]{0,200}"
    r"\b(?:préoccupantes?|procureur|CRIP|119|président du (?:conseil )?départemental)\b"
    r"|\b(?:préoccupante|procureur)[^.]{0,60} (?:est|sont) (?:transmise?|avisé|saisi)\b"
    r"|\b(?:119|CRIP)\b[^.]{0,40} reçoit ",
    re.IGNORECASE,
)


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
    table: dict[str, Any] | None = None
    sureness: float = 0.0
    retrieve_ms: int = 0
    mode: Mode = "extractive"
    model: str | None = None
    notice: str = ""
    """What a refusal says in the place of its usual words."""


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
    holes = any(e.registered and not e.unit.unknown for e in fitting)  # of what a register knows
    usable = [e for e in fitting if not e.unit.unknown or (holes and e.registered)]
    lists = weigh_lists(usable, reader, weigher)
    usable += missing_items(usable, lists, reader, weigher)
    chosen = with_correction(select(usable, lists, question, weigher), premise)
    claim_quotes(draft, quotes(chosen), index)
    if not draft.claims:
        draft.refusal = "not_in_corpus"
        return
    told, added = cautions(draft.citations, weigher, as_of, index, premise)
    draft.warnings += told
    draft.citations += added
    _say_unknown(draft, chosen, fitting, index)
    if not named.years:
        _assume_exercice(draft, named, index)


def _say_unknown(
    draft: Draft, chosen: Sequence[Evidence], fitting: Iterable[Evidence], index: Index
) -> None:
    """Says what nobody could establish of the very point, beside what is known of it: « trois
    objectifs nouveaux, dont… », and the third one wasn't found."""
    best = chosen[0]
    unknown = next((e for e in fitting if e.unit.unknown), None)
    if unknown is None or any(e.unit.key == unknown.unit.key for e in chosen):
        return
    near = any(unknown.unit.document is one.unit.document for one in chosen)
    if near and unknown.own_coverage >= SPOKEN_OF and unknown.score >= AS_NEAR * best.score:
        quote_in_warning(draft, quotes([unknown])[0], "unverified", wording.UNKNOWN, index)


def claim_quotes(draft: Draft, found: Sequence[Quote], index: Index) -> None:
    """Adds the claims that quotes make, with their citations; one that fails its check is dropped,
    and a warning says so."""
    for citation in cite(found, index, len(draft.citations) + 1):
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


def _assume_exercice(draft: Draft, named: Named, index: Index) -> None:
    """Says the exercice when the question named none, that of its wave if the text has it, and
    offers the others."""
    exercices = next((c.exercices for c in draft.citations if c.exercices), ())
    exercices = tuple(y for y in exercices if str(y) in named.cohorts) or exercices
    if not exercices:
        return
    covered = sorted({year for years in index.texts.exercices.values() for year in years})
    draft.frame = replace(
        draft.frame, exercices=exercices, assumed=(*draft.frame.assumed, "exercices")
    )
    others = [year for year in covered if year not in exercices]
    nearest = sorted(others, key=lambda year: min(abs(year - one) for one in exercices))[:4]
    draft.follow_ups = tuple(wording.ASSUMED_EXERCICE.format(year=y) for y in sorted(nearest))


def refuse_individual(draft: Draft, reading: Reading, index: Index) -> None:
    """No claim on a person's case; the general rule, cited, when one would do as an answer.

    Beside someone in danger, only a rule about whom to alert, and words that suit them."""
    draft.refusal = "individual_case"
    rules = [one for one in reading.fitting if _is_general_rule(one)]
    spoken_of = [one for one in rules if one.coverage >= RULE_COVERAGE]
    rules, least = (spoken_of, SURE) if spoken_of else (rules, RULE_SURE)
    if smells_of_danger(reading.question.text):
        draft.notice = wording.IN_DANGER
        rules = [one for one in rules if _ALERTS.search(one.unit.text)]
    verdict = judge_reading(replace(reading, fitting=rules), index)
    found = verdict.evidence
    sure = verdict.refusal is None and verdict.sureness >= least
    if sure and found is not None and found.unit.group is None:
        rule = quotes([found])[0]  # an item says nothing out of its list
        quote_in_warning(draft, rule, "general_rule", wording.GENERAL_RULE, index)


def _is_general_rule(one: Evidence) -> bool:
    """Whether a statement is of an official text, and of no one place."""
    ruled = one.unit.document.identity.kind in OFFICIAL_KINDS
    return ruled and not (one.particular or one.unit.unknown)


def refuse_reason(draft: Draft, quoted: Sequence[Citation]) -> None:
    """No reason is given by the texts; where the point itself is said is near."""
    draft.refusal, draft.notice = "not_in_corpus", wording.NO_REASON
    near = {c.document_id: Nearby(c.document_id, c.title) for c in quoted}
    draft.nearby = tuple(near.values())[:MAX_NEARBY]


def explain(draft: Draft, verdict: Verdict, found: Sequence[Evidence], index: Index) -> None:
    """What is near, and what the corpus says that nobody knows."""
    if verdict.evidence is not None:
        quote_in_warning(draft, quotes([verdict.evidence])[0], "unverified", wording.UNKNOWN, index)
    if verdict.refusal in ("out_of_scope", "not_a_question"):
        return
    ids = dict.fromkeys(e.unit.document.document_id for e in found if e.coverage >= 0.2)
    draft.nearby = tuple(
        Nearby(document_id, index.texts.titles[document_id]) for document_id in ids
    )[:MAX_NEARBY]


def quote_in_warning(
    draft: Draft, quote: Quote, kind: WarningKind, template: str, index: Index
) -> None:
    """Adds a warning whose text is ``template`` around a quote that it cites."""
    (citation,) = cite([quote], index, first=len(draft.citations) + 1)
    draft.citations.append(citation)
    text = template.format(quote=claim(citation).text, markers=markers([citation.n]))
    draft.warnings.append(Caution(kind, text, (citation.n,)))


def say_later(draft: Draft, reading: Reading, request: Request, index: Index) -> None:
    """That texts of later days than the question's answer what isn't told."""
    if draft.refusal in ("out_of_scope", "not_a_question"):
        return
    ahead = {year for year in reading.named.years if year > request.as_of.year}
    units = [e.unit for e in reading.later]
    units = [u for u in units if not ahead or ahead & set(u.document.identity.exercices)]
    then = replace(reading, fitting=reading.later)
    if units and (ahead or judge_reading(then, index).refusal is None):
        told = said_later(units[:MOST_LATER], request.as_of)
        draft.warnings += [told] if told else []
