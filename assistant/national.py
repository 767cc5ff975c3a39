"""What holds for all, asked with one collectivité named: « le rapport 2020 dans le Nord, quand ? ».

Few texts name the collectivités that they oblige, so what agrees with the name answers badly or
not at all. The question is then read without it, as a request for that collectivité would be: only
a rule of no one place answers, said to be of all, with what is known of the one that is named.
"""

import re
from dataclasses import replace

from assistant import wording
from assistant.answer import Caution, Request
from assistant.contents import quantities_in
from assistant.drafting import Draft, answer_with, claim_quotes, explain, quote_in_warning
from assistant.duties import rules_contracts
from assistant.entries import Entries
from assistant.evidence import Evidence
from assistant.framing import read_frame
from assistant.knowing import entries_on
from assistant.modality import modality_of
from assistant.places import find_places
from assistant.premises import mistaken
from assistant.proofs import quote_of
from assistant.reading import Reading, from_best, judge_reading, read
from assistant.refusing import FAR_FIELD, Verdict
from assistant.registered import SOURCES
from assistant.spans import Span, flat, replaced
from assistant.standing import Subject, doubts, lacking_of, told_of, whole_of
from assistant.units import UnitReader
from assistant.wanted import read_wanted
from assistant.warning import markers
from corpus.registry import Eligibility
from corpus.types import OFFICIAL_KINDS, Kind
from ingest.index import Index

_MISSED = ("not_in_corpus", "other_exercice")
"""Refusals that only the name may have caused."""

_FOREIGN = ("out_of_scope",)
"""A question of another field stays of it, but what is known to be ignored of each may be said."""

SPOKEN_OF = 0.5
"""Least share of the question that a statement of ignorance must speak of by itself."""

MORE_SPOKEN = 0.2
"""Share of the question, its collectivité aside, by which a rule must say more than what names the
collectivité to answer in its place."""

_RULING: frozenset[Kind] = OFFICIAL_KINDS | {"communiqué", "stratégie"}

_A = r"(?:le |la |les |l')?"
_OF = r"(?:de la |de l'|du |des |de |d')"
_OFFICE = (
    r"(?:(?:conseil )?departement(?:al)?|collectivite|prefecture|territoire)"
    r"(?: (?:territoriale|europeenne|unique))? "
)
# A name that only says where, or who asks.
_BESIDE = (
    re.compile(
        r"(?:^|\b)(?:nous sommes|on est|je suis|ici|je travaille|on travaille|nous travaillons"
        rf"|je bosse|moi c'est)(?: (?:dans|en|pour|a|au|chez))? ?{_A}(?:{_OFFICE})?(?:{_OF}|{_A})$"
    ),
    re.compile(
        rf"(?:^|[ ,(])(?:dans|en|pour|chez|sur|a|au|aux|cote) {_A}(?:{_OFFICE})?(?:{_OF}|{_A})$"
    ),
    re.compile(rf"(?<=donnee masquee\]) {_OF}(?:{_OFFICE})?(?:{_OF}|{_A})$"),
)
# One that must or may do something, as any other.
_ACTS = re.compile(rf"(?<!\w){_A}(?:{_OFFICE}{_OF})?$")
_MODALS = r"(?:doi(?:t|vent)|dev(?:ra|ront|ait|aient)|peu(?:t|vent)|pourr(?:a|ont))"
_MUST = re.compile(rf" (?:ne )?{_MODALS}\b| est(?:-(?:il|elle))? (?:tenu|oblige)e?s?\b")
_MUST_BEFORE = re.compile(rf"\b{_MODALS} (?:\w+ )?$")
_WHOSE = re.compile(rf"(?:^|\b){_OF}(?:{_OFFICE}{_OF})?$")
_ONE = "le département concerné"
_HEADING = re.compile(r" ?[:,;]")
# What one collectivité got, signed or is owed is no rule of all.
_ITS_OWN = re.compile(r"\b(?:recu\w*|recoi\w+|percu\w*|obtenu\w*|eu|dotations?|subventions?)\b")


def of_all(text: str) -> tuple[str, bool]:
    """``text`` asked of any collectivité: « quel délai dans le Nord ? » without « dans le Nord ».

    Returns:
        the question, and whether it may be asked so: a name is only where it is asked, or who must
        or may do what all must or may. « Le contrat du Nord », « qu'a reçu le Nord ? » are of it
        alone.
    """
    low, changes = flat(text), list[tuple[Span, str]]()
    general = not _ITS_OWN.search(low)
    for place in find_places(text):
        start, end, put = place.start, place.end, ""
        lead = next((m for p in _BESIDE if (m := p.search(low, 0, start))), None)
        acts = _ACTS.search(low, 0, start)
        heading = _HEADING.match(low, end)
        if lead is not None:
            start, put = lead.start(), " "
        elif acts and (_MUST.match(low, end) or _MUST_BEFORE.search(low, 0, acts.start())):
            start, put = acts.start(), _ONE
        elif acts and heading and not low[: acts.start()].strip():
            start = acts.start()
        elif acts:
            general = False
            of = _WHOSE.search(low, 0, start)
            start, put = (of or acts).start(), "du département concerné" if of else _ONE
        if heading and not low[:start].strip():  # « le Gard : date limite ? »
            start, end, put = 0, heading.end(), ""
        changes.append(((start, end), put))
    return " ".join(replaced(text, changes).split()), general


def answered_for_all(
    request: Request,
    text: str,
    local: Reading,
    verdict: Verdict,
    entries: Entries,
    reader: UnitReader,
    index: Index,
) -> Draft | None:
    """The draft of a rule that holds for all, for a question that names one collectivité.

    Args:
        local: the question read with the name.
        verdict: of ``local``.

    Returns:
        ``None`` when what names the collectivité answers better, or no such rule answers.
    """
    if len(local.named.collectivites) != 1 or verdict.refusal not in (None, *_MISSED, *_FOREIGN):
        return None
    if verdict.refusal in _FOREIGN and local.of_field < FAR_FIELD:
        return None
    said, general = of_all(text)
    ((code, _name),) = local.named.collectivites
    known = entries_on(entries, request.as_of, index)
    entry = next((one for one in known.of(Eligibility) if one.row.code == code), None)
    wave = entry.row.wave if entry and entry.row.wave != "inconnue" else None
    asked = replace(
        request, departement=code, cohort=request.cohort or (None if local.named.cohorts else wave)
    )
    whole = read(asked, said, index, reader, entries)
    whole = replace(whole, fitting=[e for e in whole.fitting if _rules(e, whole)])
    held = judge_reading(whole, index)
    if held.refusal == "known_unknown" and verdict.refusal and _is_of(held.evidence):
        draft = _draft(asked, whole, held, local)
        draft.refusal = held.refusal
        explain(draft, held, whole.found, index)
        return draft
    rule = held.evidence
    if rule is None or held.refusal or verdict.refusal in _FOREIGN or not general:
        return None
    if verdict.refusal is None and not _speaks_more(rule, verdict.evidence, whole):
        return None
    draft = _draft(asked, whole, held, local)
    answer_with(
        draft, from_best(whole, held), whole.question, whole.named, whole.weigher, reader, index,
        request.as_of, mistaken(whole.weigher, whole.found, index),
    )  # fmt: skip
    if draft.refusal is not None:
        return None
    numbers = tuple(n for one in draft.claims for n in one.citations)
    money = "amount" in whole.question.asked
    said = wording.NATIONAL_AMOUNT if money else wording.FOR_ALL
    draft.warnings.append(Caution("general_rule", said.format(markers=markers(numbers)), numbers))
    if entry is not None and rules_contracts([rule.unit]):
        waves = (wave,) if wave else ()
        subject = Subject(entry, waves, None, False, whole_of(entry, known))
        _say_standing(draft, subject, index)
    return draft


def _draft(request: Request, whole: Reading, held: Verdict, local: Reading) -> Draft:
    draft = Draft(frame=read_frame(request, whole.named), sureness=held.sureness)
    draft.retrieve_ms = local.retrieve_ms + whole.retrieve_ms
    return draft


def _is_of(unknown: Evidence | None) -> bool:
    return unknown is not None and unknown.own_coverage >= SPOKEN_OF


def _rules(one: Evidence, whole: Reading) -> bool:
    """Whether a statement is a rule of no one place. An amount is none unless it is of the very
    source that is named, nor is a number unless something must or may be of that number."""
    if one.unit.unknown:
        return True
    if one.particular or one.unit.document.identity.kind not in _RULING:
        return False
    asked, text = whole.question.asked, one.unit.text
    if "amount" in asked:
        return one.registered or bool(SOURCES.keys() & one.covered)
    if "count" in asked:
        counted = any(q.kind == "number" for q in quantities_in(text))
        return counted and modality_of(text) != "states"
    return True


def _speaks_more(rule: Evidence, best: Evidence | None, whole: Reading) -> bool:
    """Whether a rule answers better than what names the collectivité, and says more of the
    question, that name aside."""
    if best is None:
        return True
    if rule.score <= best.score:
        return False
    same = whole.weigher.weigh(best.unit, best.similarity, best.rank, best.found)
    return rule.coverage >= same.coverage + MORE_SPOKEN or (rule.typed and not same.typed)


def _say_standing(draft: Draft, subject: Subject, index: Index) -> None:
    """What is known of the entry of the collectivité, or that nobody could establish it."""
    asked = replace(read_wanted(""), status=True)
    first = len(draft.claims)
    claim_quotes(draft, [quote_of(unit) for unit in told_of(asked, subject)[:1]], index)
    kinds = {warning.kind for warning in draft.warnings}
    draft.warnings += doubts(subject, draft.claims[first:], kinds)
    lacking = [u for u in lacking_of(asked, subject) if subject.is_named(u)]
    for unit in lacking[:1]:
        quote_in_warning(draft, quote_of(unit), "unverified", wording.UNKNOWN, index)
    if not (subject.cohorts or lacking):
        draft.warnings.append(Caution("unverified", wording.NO_ENTRY))
