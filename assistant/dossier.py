"""« Mon département est-il concerné, que devons-nous remettre et quand ? »: answers that the
registers frame by collectivité, year of entry and exercice, each claim the quote of a row."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant import wording
from assistant.answer import Caution, Citation, Nearby, Request
from assistant.asked_rows import (
    asks_rules,
    later_of,
    limits_of,
    missing_of,
    rules_by_entry,
    rules_of,
)
from assistant.asking import read_question
from assistant.drafting import MAX_NEARBY, Draft, claim_quotes, quote_in_warning
from assistant.duties import (
    Duty,
    exercices_of,
    is_yearly,
    waves,
)
from assistant.entries import Entries
from assistant.evidence import Weigher
from assistant.extracting import joined
from assistant.financing import financed
from assistant.framing import Named, read_frame, read_named
from assistant.knowing import as_of_now, said_later
from assistant.members import asks_members, by_wave
from assistant.merging import merged
from assistant.proofs import quote_of
from assistant.regional import of_region
from assistant.staging import told_entry
from assistant.standing import Subject, amounts_of, doubts, lacking_of, told_of, whole_of
from assistant.units import Unit
from assistant.wanted import Wanted, read_wanted
from assistant.warning import cautions
from corpus.registry import Eligibility, Obligation
from ingest.index import Index

MOST_CLAIMS, MOST_RULES, MOST_UNKNOWN, MOST_PLACES = 10, 5, 3, 6
HOLDS_FOR_ALL = "Ce qui vaut quelle que soit l'année d'entrée : {quote} {markers}"
NOT_ALL_SHOWN = (
    "Toutes les règles de cet exercice ne sont pas montrées : une question plus précise donne les "
    "autres."
)
BY_ENTRY = (
    "Ce qui est demandé pour cet exercice dépend de l'année d'entrée : dites-la dans la question "
    "si vous la connaissez."
)
BESIDE, OF_ENTRY = "{name} : {what}", "année d'entrée"
NO_RULE = "Pour cet exercice, le corpus ne donne ni pièce, ni obligation, ni date qui réponde."


def subject_of(wanted: Wanted, request: Request, named: Named, entries: Entries) -> Subject | None:
    """Whom a question asks about, ``None`` when it isn't for the registers to answer."""
    limited = request.kinds or request.include or request.exclude
    designated = named.text or named.references or named.dates
    if limited or designated or len(named.exercices) > 1 or len(named.collectivites) > 1:
        return None
    told = named.collectivites[0][0] if named.collectivites else None
    code = told or request.departement
    entry = next((e for e in entries.of(Eligibility) if e.row.code == code), None)
    # « Nous sommes entrés en 2021 » is told by who asks; « est-il entré en 2021 ? » is asked.
    entered = named.cohorts if wanted.rules else ()
    if entry is None:
        if code or not (entered and named.exercices):
            return _of_this_year(wanted, request, named, entries)
        subject = Subject(None, entered, None, False)
    else:
        known = entry.row.wave != "inconnue"
        asked = wanted.status or wanted.amount or asks_rules(wanted)
        if not asked or not (known or told or entered or wanted.status):
            return None
        cohorts = (entry.row.wave,) if known else () if wanted.asks_entry else entered
        subject = Subject(entry, cohorts, None, False, whole_of(entry, entries))
    if named.exercices:
        return replace(subject, exercice=named.exercices[0])
    past = [year for year in exercices_of(entries) if year <= request.as_of.year]
    for year in reversed(
        past if asks_rules(wanted) else []
    ):  # the last one that answers is assumed
        last = replace(subject, exercice=year, assumed=True)
        if rules_of(wanted, last, entries) or missing_of(wanted, last, entries):
            return last
    return subject


def _of_this_year(
    wanted: Wanted, request: Request, named: Named, entries: Entries
) -> Subject | None:
    """Départements in the exercice of the day, without a year named: those of a cohort that must
    then do something, or all when a date that answers is to come (« on a jusqu'à quand ? »)."""
    if named.collectivites or request.departement or not wanted.rules:
        return None
    entries = as_of_now(entries)  # whom it is about doesn't depend on what was known
    if named.exercices:  # « le rapport d'exécution 2021 », when the calendar has that of 2020
        subject = Subject(None, waves(entries), named.exercices[0], False)
        rules = rules_of(wanted, subject, entries) if wanted.when and wanted.about else []
        return subject if rules and all(is_yearly(duty.row) for duty in rules) else None
    subject = Subject(None, named.cohorts or waves(entries), request.as_of.year, True)
    rules = rules_of(wanted, subject, entries)
    if named.cohorts:
        return subject if rules else None
    if not (wanted.when and wanted.about) or wanted.status or wanted.amount:
        return None
    dates = [duty.day for duty in rules]
    coming = bool(dates) and all(day is not None and day >= request.as_of for day in dates)
    return subject if coming or missing_of(wanted, subject, entries) else None


def from_registers(
    request: Request, text: str, named: Named, entries: Entries, index: Index
) -> Draft | None:
    """The draft that the registers give of a question about a département or a cohort.

    Args:
        text: the question, the subject of the conversation back in it.
        named: what it names.

    Returns:
        ``None`` when it asks something else, or a point on which no register has a row.
    """
    if entry := told_entry(text):
        text = entry.rest
        named = read_named(text, request.as_of, index, request.exercices)
        named = replace(named, cohorts=entry.cohorts)
    if asks_members(by_wave(text)):
        return None
    wanted = read_wanted(text)
    if 1 < len(named.collectivites) <= MOST_PLACES and (wanted.status or wanted.amount):
        return _of_each(request, text, named, entries, index)
    subject = subject_of(wanted, request, named, entries)
    if subject is None:
        region = of_region(request, wanted, named, entries, index)
        return region or financed(request, wanted, named, entries, index)
    rules = rules_of(wanted, subject, entries) + limits_of(wanted, subject, entries)
    amounts = amounts_of(wanted, subject, entries)
    missing = missing_of(wanted, subject, entries)
    then = [duty.unit for duty in later_of(wanted, subject, rules, entries)]
    lost = subject.entry is not None and not subject.cohorts
    by_entry = rules_by_entry(wanted, subject, entries) if lost and asks_rules(wanted) else []
    found = bool(rules or amounts or missing or then or by_entry)
    if not found and (wanted.about or wanted.amount or not wanted.status):
        return None
    units = [*amounts, *(() if lost else (duty.unit for duty in rules))]
    status = told_of(wanted, subject) if units or wanted.status else []
    units = [*status, *units]
    if not (units or lost or missing or then):
        return None
    draft = Draft(frame=read_frame(request, named), sureness=1.0)
    _frame(draft, subject, entries)
    _claims(draft, units, () if lost else rules, index)
    if draft.claims:
        _cautioned(draft, text, request, named, index)
        kinds = {warning.kind for warning in draft.warnings}
        draft.warnings += doubts(subject, draft.claims[: len(status)], kinds)
    else:
        draft.refusal = "known_unknown" if lost or missing else "not_in_corpus"
    later = said_later(then, request.as_of)
    if later is not None:
        draft.warnings.append(later)
    elif wanted.rules and not (rules or missing or by_entry):
        draft.warnings.append(Caution("unverified", NO_RULE))
    if by_entry:
        _say_unknown(draft, lacking_of(wanted, subject), index)
        return _of_any_entry(draft, subject, by_entry, missing, request, text, named, index)
    _say_unknown(draft, _unknown(wanted, subject, rules, missing), index)
    if lost:
        held = joined({duty.unit.key: duty.unit for duty in rules}.values())
        for quote in held[:MOST_RULES]:
            quote_in_warning(draft, quote, "general_rule", HOLDS_FOR_ALL, index)
        if len(held) > MOST_RULES:
            draft.warnings.append(Caution("unverified", NOT_ALL_SHOWN))
    return draft


def _of_any_entry(
    status: Draft,
    subject: Subject,
    by_entry: Sequence[tuple[str, Sequence[Duty]]],
    missing: Sequence[Duty],
    request: Request,
    text: str,
    named: Named,
    index: Index,
) -> Draft:
    """What is known of an entry, mostly nothing, then what is asked for each that it may have."""
    name = subject.entry.row.name if subject.entry else ""
    if len(by_entry) > 1:
        status.warnings.insert(0, Caution("unverified", BY_ENTRY))
    drafts = [(BESIDE.format(name=name, what=OF_ENTRY), status)]
    for number, (label, rules) in enumerate(by_entry):
        part = Draft(frame=status.frame, sureness=1.0)
        _claims(part, [duty.unit for duty in rules], (), index)
        _cautioned(part, text, request, named, index)
        dates = [] if number else [duty.unit for duty in missing]
        lacking = [*(unit for duty in rules for unit in duty.unknown), *dates]
        _say_unknown(part, list({unit.text: unit for unit in lacking}.values()), index)
        drafts.append((BESIDE.format(name=name, what=label), part))
    whole = merged(drafts)
    whole.follow_ups = status.follow_ups
    return whole


def _cautioned(draft: Draft, text: str, request: Request, named: Named, index: Index) -> None:
    """Warns of what is claimed, and cites what that takes."""
    weigher = Weigher(index, read_question(text), named)
    told, added = cautions(draft.citations, weigher, request.as_of, index)
    # The year of an entry goes on holding: it is no rule of another exercice.
    draft.warnings += [one for one in told if one.kind != "other_exercice"]
    draft.citations += added


def _of_each(
    request: Request, text: str, named: Named, entries: Entries, index: Index
) -> Draft | None:
    """The drafts of several collectivités as one: each is told, or said to be unknown.

    ``None`` when the registers don't answer of any: the texts then may, or of one only.
    """
    drafts: list[tuple[str, Draft]] = []
    for code, name in named.collectivites:
        alone = replace(named, collectivites=((code, name),))
        draft = from_registers(replace(request, departement=None), text, alone, entries, index)
        if draft is None:
            return None
        drafts.append((name, draft))
    whole = merged(drafts)
    whole.frame = replace(whole.frame, cohort=None)
    return whole


def _claims(draft: Draft, units: Iterable[Unit], rules: Sequence[Duty], index: Index) -> None:
    """Claims of statements, lists joined; the register says who it is that must or may."""
    found = joined({unit.key: unit for unit in units}.values())
    claim_quotes(draft, found[:MOST_CLAIMS], index)
    held = {c.n: c for c in draft.citations}
    for place, one in enumerate(draft.claims):
        cited = held[one.citations[0]]
        row = next((duty.row for duty in rules if _holds(cited, duty.unit)), None)
        if isinstance(row, Obligation) and row.modality == one.modality:
            # a proof may say more than its rule: an amount beside it obliges nobody
            who = None if row.who == "autre" else row.who
            draft.claims[place] = replace(one, addressee=who or one.addressee)
    if len(found) > MOST_CLAIMS:
        draft.warnings.append(Caution("unverified", NOT_ALL_SHOWN))


def _holds(citation: Citation, unit: Unit) -> bool:
    same = citation.document_id == unit.document.document_id
    return same and citation.start <= unit.start and unit.end <= citation.end


def _unknown(
    wanted: Wanted, subject: Subject, rules: Sequence[Duty], missing: Sequence[Duty]
) -> list[Unit]:
    """What nobody could establish of the collectivité, of the rules told and of the dates."""
    units = lacking_of(wanted, subject)
    units += [u for duty in rules for u in duty.unknown]
    units += [duty.unit for duty in missing]
    return list({unit.text: unit for unit in reversed(units)}.values())[::-1]


def _say_unknown(draft: Draft, units: Sequence[Unit], index: Index) -> None:
    for unit in units[:MOST_UNKNOWN]:
        quote_in_warning(draft, quote_of(unit), "unverified", wording.UNKNOWN, index)
    if draft.refusal is not None:
        ids = dict.fromkeys(unit.document.document_id for unit in units)
        draft.nearby = tuple(Nearby(i, index.texts.titles[i]) for i in ids)[:MAX_NEARBY]


def _frame(draft: Draft, subject: Subject, entries: Entries) -> None:
    """The frame that the registers give, and the other exercices to ask about."""
    assumed = (*draft.frame.assumed, "exercices") if subject.assumed else draft.frame.assumed
    draft.frame = replace(
        draft.frame,
        exercices=(subject.exercice,) if subject.exercice else (),
        cohort=subject.cohorts[0] if len(subject.cohorts) == 1 else None,
        departement=subject.entry.row.code if subject.entry else draft.frame.departement,
        assumed=tuple(dict.fromkeys(assumed)),
    )
    others = [year for year in exercices_of(entries) if year != subject.exercice]
    draft.follow_ups = tuple(wording.ASSUMED_EXERCICE.format(year=year) for year in others)[:4]
