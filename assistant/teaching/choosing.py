"""What a pack keeps of its material: points without repeats, for an audience and a length."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from assistant.duties import best_statement, words_of
from assistant.entries import Entries, Entry
from assistant.teaching.material import Material
from assistant.teaching.pack import Audience, Proved
from assistant.teaching.repeating import Point as Point
from assistant.teaching.repeating import Subject as Subject
from assistant.teaching.repeating import without_repeats
from assistant.teaching.successions import before_after
from assistant.teaching.telling import FRAME, Teller
from assistant.teaching.themes import themes, years_of
from assistant.units import Unit
from assistant.wanted import HANDED_IN
from corpus.collectivites import find_collectivites
from corpus.lexicon import fold
from corpus.quantities import find_quantities, normalised
from corpus.registry import Deadline, Funding, Obligation, Row

R = TypeVar("R", bound=Row)
ORDER: tuple[Subject, ...] = (
    "founding", "frame", "date", "rule", "actor", "goal", "piece", "former", "money", "text",
)  # fmt: skip
PREFERRED: dict[Audience, tuple[Subject, ...]] = {
    "nouveaux agents": (
        "piece", "date", "rule", "money", "former", "frame", "actor", "goal", "text",
    ),
    "élus": ("money", "date", "rule", "piece", "former", "frame", "goal", "actor", "text"),
    "associations": ("rule", "date", "money", "piece", "goal", "frame", "actor", "former", "text"),
    "tous publics": ("date", "rule", "piece", "money", "former", "frame", "actor", "goal", "text"),
}  # fmt: skip
SERVED_FIRST = 6
PAPERS = re.compile(
    r"\bNOR\b|\bannexes?\b|\b(?:a paru|ont paru|publiée?) au Journal\b|\bporte le numéro\b"
)
"""Statements on the paper itself, which teach nothing of its content."""
_TEXT = re.compile(
    r"(?:decret|arrete|instruction|parution|publication|mise en ligne|envoi|date de l"
    r"|signature de l'instruction|signature de la circulaire)\b"
)
_PAST_YEAR = re.compile(r"\ben 20\d\d\b")
"""What was done in one year, told after what rules every year."""
STEADY = ("établi", "déduit")
_BINDS = re.compile(
    r"\b(?:doi(?:t|vent)|peu(?:t|vent)|obligatoires?|obligation|au moins|impose|exige|interdit"
    r"|suppose|charge l\w+ [^.]* d(?:e |'))"
)
_MUST = re.compile(r"\b(?:doi(?:t|vent)|obligatoires?)\b")
_SEVERAL = re.compile(r"[:;].*;")
"""A list, which says at once all that must be handed in."""
_LIMITS = re.compile(r"\b(?:au plus tard|avant le|jusqu'au|date limite|se terminer?)\b")


_DELAYS = re.compile(
    r"\bsans délai\b|\bdélai (?:de|d'|fixé|maximal)|\ble délai\b|\bau plus tard (?:un|une|\d)"
    r"|\b(?:dans (?:les|un délai de)|sous) (?:\d+|un|deux|trois|quatre|six|huit|quinze)\b"
)
"""A time limit that runs from an event."""


def points_of(material: Material, entries: Entries, teller: Teller) -> list[Point]:
    """All that the material can say, each thing once, in reading order."""
    theme = themes().get(material.order.theme)
    past = _PAST_YEAR if theme and not theme.yearly else None
    claims = sorted(
        material.claims,
        key=lambda claim: (claim.label != FRAME, bool(past and past.search(claim.text))),
    )
    found = [Point(told, "founding") for told in (*material.reply.told, *material.founding)]
    found += (Point(claim, subject_of(claim.text)) for claim in claims)
    found += _from_obligations(material, teller)
    found += _from_eligibilities(material, teller)
    found += _of_rows(material.objectives, "goal", teller)
    found += _from_dates(material, entries, teller)
    found += _from_fundings(material.fundings, teller)
    found.sort(key=lambda point: point.subject == "piece" and not _SEVERAL.search(point.told.text))
    found.sort(key=lambda point: point.subject == "rule" and not _MUST.search(point.told.text))
    found.sort(key=lambda point: point.subject == "date" and not _is_counted(point.told.text))
    found.sort(key=lambda point: ORDER.index(point.subject))
    return without_repeats(found)


def subject_of(text: str) -> Subject:
    """What a sentence is about: a date that binds, money, what must or may be done, else what
    frames the rest."""
    kinds = {quantity.kind for quantity in find_quantities(text)}
    if ("date" in kinds and _LIMITS.search(text)) or _DELAYS.search(text):
        return "date"
    if "amount" in kinds:
        return "money"
    return "rule" if _BINDS.search(text) else "frame"


def _is_counted(text: str) -> bool:
    """Whether a time limit gives a day or a duration, not only « sans délai »."""
    return any(q.kind in ("date", "month", "duration") for q in find_quantities(text))


def _from_obligations(material: Material, teller: Teller) -> Iterable[Point]:
    for entry in material.obligations:
        years = entry.row.exercices
        unit = best_statement(
            _narrowed(entry, material), words_of(entry.row), teller.year_of(years)
        )
        told = _stated(entry, unit, years, teller)
        if told is not None:
            yield Point(told, _subject(entry.row))


def _from_eligibilities(material: Material, teller: Teller) -> Iterable[Point]:
    """Who entered, by the lists and the statements that name them."""
    for entry in material.eligibilities:
        listed = [u for u in entry.units if u.lead_in is not None and not _is_disputed(u)]
        if entry.row.standing != "établi" or not listed:
            continue
        told = teller.statement(listed[0], years_of(entry.row), whole_only=True)
        if told is not None:
            yield Point(told, "actor")


def _narrowed(entry: Entry[R], material: Material) -> Entry[R]:
    """A row with the statements of its theme's own texts, all of them when it has none there."""
    theme = themes().get(material.order.theme)
    if theme is None or theme.yearly:
        return entry
    own = [
        (unit, citation)
        for unit, citation in zip(entry.units, entry.citations, strict=True)
        if theme.reads(unit.document.document_id) and not unit.unknown
    ]
    if not own:
        return entry
    return replace(entry, units=tuple(u for u, _c in own), citations=tuple(c for _u, c in own))


def _stated(
    entry: Entry[Any], unit: Unit | None, years: tuple[int, ...], teller: Teller
) -> Proved | None:
    """A row by its best statement, or by its own words where that is a part of a long list or
    tells when a text was published."""
    if unit is None or _is_disputed(unit):
        return None
    if PAPERS.search(unit.text) or find_collectivites(f". {unit.text}"):
        return teller.row(entry)
    return teller.statement(unit, years, whole_only=True) or teller.row(entry)


def _subject(row: Obligation) -> Subject:
    if row.who in ("préfet", "ARS", "préfet et ARS", "État", "juge", "GIP"):
        return "actor"
    if row.exercices and HANDED_IN.search(fold(row.what)):
        return "piece"
    return "date" if row.deadline or (row.modality == "must" and row.deadline_words) else "rule"


def _of_rows(entries: Iterable[Entry[Any]], subject: Subject, teller: Teller) -> Iterable[Point]:
    for entry in entries:
        if entry.row.standing in STEADY and (told := teller.row(entry)) is not None:
            yield Point(told, subject)


def _from_dates(material: Material, entries: Entries, teller: Teller) -> Iterable[Point]:
    """Dates, those that bind someone first, with what they replaced told as such."""
    by_id = {entry.row.id: entry for entry in entries.of(Deadline)}
    for entry in sorted(material.deadlines, key=urgency):
        row = entry.row
        if row.standing not in STEADY:
            continue
        if row.replaced_by is None:
            unit = best_statement(entry, words_of(row), row.exercice)
            told = _stated(entry, unit, (row.exercice,), teller)
            if told is not None:
                yield Point(told, "text" if is_of_a_text(row) else "date")
        elif (new := by_id.get(row.replaced_by)) is not None:
            former = before_after(entry, new, teller)
            if former is not None:
                yield Point(former, "former")


def urgency(entry: Entry[Deadline]) -> tuple[bool, bool, bool]:
    """Sorts dates: those that bind, those of texts that rule their exercice, the time limits."""
    row = entry.row
    ruled = any(row.exercice in unit.document.identity.exercices for unit in entry.units)
    return not binds(row), not ruled, "limite" not in row.event


def binds(row: Deadline) -> bool:
    """Whether a date is one to keep, not that of a text or an announcement."""
    return not is_of_a_text(row) and (
        "limite" in row.event or row.who in ("département", "signataires")
    )


def is_of_a_text(row: Deadline) -> bool:
    """Whether a date is that of a text: its signature, its publication, its entry into force."""
    return _TEXT.match(fold(row.event)) is not None


def _from_fundings(entries: Iterable[Entry[Funding]], teller: Teller) -> Iterable[Point]:
    for entry in entries:
        row = entry.row
        if row.standing not in STEADY or row.amount_eur is None:
            continue
        amount = f"amount:{row.amount_eur}"
        units = [u for u in entry.units if amount in normalised(u.text) and not _is_disputed(u)]
        alone = next((u for u in units if u.lead_in is None), None)
        told = teller.statement(alone, (row.exercice,)) if alone else teller.row(entry)
        if told is not None:
            yield Point(told, "money")


def _is_disputed(unit: Unit) -> bool:
    return unit.anchor is not None and unit.anchor.confidence in ("disputed", "unknown")


def chosen(points: Sequence[Point], audience: Audience, most: int) -> tuple[Proved, ...]:
    """The points that suit an audience best, ``most`` of them, in reading order: the founding
    ones, one of each subject among the first ones preferred, then each more as preferred."""
    preferred = PREFERRED[audience]
    queues = {s: [p for p in points if p.subject == s] for s in preferred}
    shares = {s: len(preferred) - rank for rank, s in enumerate(preferred)}
    taken = {point.told.id for point in points if point.subject == "founding"}
    spent = dict.fromkeys(preferred, 0)
    while len(taken) < most and any(queues.values()):
        subject = min(
            (s for s in preferred if queues[s]),
            key=lambda s: (
                spent[s] > 0 or preferred.index(s) >= SERVED_FIRST,
                (spent[s] + 1) / shares[s],
                preferred.index(s),
            ),
        )
        taken.add(queues[subject].pop(0).told.id)
        spent[subject] += 1
    return tuple(point.told for point in points if point.told.id in taken)
