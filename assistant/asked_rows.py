"""Which rows of the registers a question asks for: what must be done, by when, and what of it
nobody could establish or knew on a day."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.duties import (
    Duty,
    deadlines,
    duties,
    enters,
    exercices_of,
    of_other_year,
    of_that_year,
    unknown_dates,
    waves,
    yearly,
)
from assistant.entries import Entries
from assistant.knowing import as_of_now
from assistant.standing import Subject
from assistant.successions import states
from assistant.wanted import HANDED_IN, Wanted
from corpus.lexicon import fold
from corpus.registry import Deadline

ENTERED_ANY = "ce qui vaut en {year} quelle que soit l'année d'entrée"
ENTERED_BEFORE = "si l'entrée date d'avant {year}"
ENTERING = "si l'entrée se fait en {year}"


def asks_rules(wanted: Wanted) -> bool:
    """Whether what must be done is asked, or if some precise thing must (« doit-il présenter le
    projet à l'ODPE ? »)."""
    precise = wanted.modal and len(wanted.about) > 1 and not (wanted.amount or wanted.status)
    return wanted.rules or precise


def rules_of(wanted: Wanted, subject: Subject, entries: Entries) -> list[Duty]:
    """Obligations, faculties, then dates that the question asks for, each statement once."""
    if subject.exercice is None or (subject.cohorts and not subject.entered):
        return []
    if wanted.about and not asks_rules(wanted):
        return []
    if wanted.about and (later := _due_later(wanted, subject, entries)):
        return later
    held = duties(entries, subject.exercice, subject.cohorts)
    dates = deadlines(entries, subject.exercice, subject.cohorts)
    if wanted.about:
        rows = [*held, *dates]
        kept = [d for d in rows if d.speaks_of(wanted.about)]
        kept = [d for d in kept if d.dated or not wanted.when] or kept
        kept = kept or _dated_of(wanted, rows)
    else:
        kept = [d for d in held if _asked(d, wanted)] + (dates if wanted.when else [])
    barred = [d.row for d in kept if of_other_year(d.row, wanted.text)]
    held_on = [d for d in kept if d.row not in barred] or yearly(entries, barred)
    once: list[Duty] = []
    for duty in sorted(held_on, key=lambda d: not _of_amendment(d, wanted)):
        if not any(_says(other, duty) for other in once):
            once.append(duty)
    return once


def _due_later(wanted: Wanted, subject: Subject, entries: Entries) -> list[Duty]:
    """What a later exercice asks of the very thing of this one that the question names: the report
    of 2020 is due in 2021, by its own date."""
    year = subject.exercice or 0
    rows = [
        duty
        for later in exercices_of(entries)
        if later > year
        for duty in (
            *duties(entries, later, subject.cohorts),
            *deadlines(entries, later, subject.cohorts),
        )
        if duty.speaks_of(wanted.about) and of_that_year(duty.row, wanted.text, year, wanted.about)
    ]
    rows = [duty for duty in rows if duty.dated or not wanted.when]
    return list({duty.unit.key: duty for duty in rows}.values())


def limits_of(wanted: Wanted, subject: Subject, entries: Entries) -> list[Duty]:
    """The last day to sign in the year of entry, for « a signé après la date limite ? »."""
    if not wanted.late or len(subject.cohorts) != 1:
        return []
    rows = deadlines(entries, int(subject.cohorts[0]), subject.cohorts)
    return [duty for duty in rows if duty.speaks_of({"signatur", "limit"})][:1]


def rules_by_entry(
    wanted: Wanted, subject: Subject, entries: Entries
) -> list[tuple[str, list[Duty]]]:
    """What is asked of a collectivité of unknown entry, told for each year of entry it may have.

    Returns:
        A label and its rules: first what holds whatever the year of entry, then what holds for
        the former ones of the exercice, then for the new ones; only those that have rules.
    """
    year = subject.exercice
    if year is None:
        return []
    former = tuple(wave for wave in waves(entries) if int(wave) < year)
    new = tuple(wave for wave in waves(entries) if int(wave) == year)
    groups = [(ENTERED_BEFORE, former), (ENTERING, new)]
    held = [
        (label, rules_of(wanted, replace(subject, cohorts=cohorts), entries))
        for label, cohorts in groups
        if cohorts
    ]
    alike = rules_of(wanted, subject, entries)
    common = {duty.unit.key for duty in alike}
    if len(held) > 1:
        shared = set.intersection(*({duty.unit.key for duty in rules} for _label, rules in held))
        alike += [d for d in held[0][1] if d.unit.key in shared - common]
        common |= shared
    apart = [(label, [d for d in rules if d.unit.key not in common]) for label, rules in held]
    found = [(ENTERED_ANY, alike), *apart]
    return [(label.format(year=year), rules) for label, rules in found if rules]


def later_of(
    wanted: Wanted, subject: Subject, rules: Sequence[Duty], entries: Entries
) -> list[Duty]:
    """What answers now and that nobody knew on the day of the question."""
    whole = as_of_now(entries)
    if whole is entries:
        return []
    told = {duty.unit.key for duty in rules}
    return [duty for duty in rules_of(wanted, subject, whole) if duty.unit.key not in told]


def _of_amendment(duty: Duty, wanted: Wanted) -> bool:
    """Whether a row is a piece of the avenant for which pieces are asked: those come first."""
    return wanted.hands_in and all("avenant" in fold(words) for words in (wanted.text, duty.words))


def _dated_of(wanted: Wanted, rows: Sequence[Duty]) -> list[Duty]:
    """Dated rows that speak of all the stems that some row speaks of, two at least: « avant les
    vacances faut avoir transmis le projet » says what is due, and a word of no register."""
    dated = [duty for duty in rows if wanted.when and duty.dated]
    spoken = {stem for stem in wanted.about if any(duty.speaks_of({stem}) for duty in dated)}
    return [duty for duty in dated if len(spoken) > 1 and duty.speaks_of(spoken)]


def _asked(duty: Duty, wanted: Wanted) -> bool:
    if wanted.must:
        return True
    handed = wanted.hands_in and bool(HANDED_IN.search(fold(duty.words)))
    return handed or (wanted.when and duty.dated) or (wanted.status and enters(duty.row))


def _says(other: Duty, duty: Duty) -> bool:
    """Whether a chosen statement already tells a row: the same one, or the same fact and date."""
    if other.unit.key == duty.unit.key:
        return True
    mine, theirs = duty.unit.anchor, other.unit.anchor
    same = mine is not None and theirs is not None and bool(set(mine.facts) & set(theirs.facts))
    return same and isinstance(duty.row, Deadline) and states(duty.row, other.unit.text)


def missing_of(wanted: Wanted, subject: Subject, entries: Entries) -> list[Duty]:
    """Dates asked for that nobody could find."""
    if subject.exercice is None or not wanted.when:
        return []
    rows = unknown_dates(entries, subject.exercice)
    return [duty for duty in rows if duty.speaks_of(wanted.about)]
