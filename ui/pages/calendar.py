"""« /echeancier »: the dates of the exercices in order, and the same as a calendar file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated, Final, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from assistant.entries import Entries, Entry
from corpus.errors import InvalidRequest
from corpus.registry import Actor, Deadline
from ui.pages import navigation, words
from ui.pages.agenda import MEDIA_TYPE, as_ics, is_exported, set_aside
from ui.pages.chronology import earliest_day
from ui.pages.rows import (
    ACTORS,
    OTHER_ACTOR,
    UNKNOWN_DATE,
    WAVES,
    Line,
    Proofs,
    actor_words,
    cohort_words,
    deadline_words,
    exercices_of,
    is_for,
    sentence,
)
from ui.pages.site import page_router, render
from ui.service import Assistant

Choice = Annotated[str, Query(max_length=words.QUERY_CHARS)]
NOT_RETAINED: Final = "non retenue"
COMING: Final = "à venir"
EVERY_YEAR: Final = "tout"
"""What an address asks for to have every exercice unfolded."""
FEW_DATES: Final = 30
"""No exercice is folded when so few dates are shown in all."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which dates to show; ``None`` leaves none out. ``as_of`` parts the past from what comes."""

    as_of: date
    exercice: int | None = None
    who: Actor | None = None
    cohort: str | None = None

    def keeps(self, row: Deadline) -> bool:
        """Whether a date may bear on what is asked: a row that names nobody bears on all."""
        return (
            self.exercice in (None, row.exercice)
            and is_for(row, self.who)
            and (self.cohort is None or not row.cohorts or self.cohort in row.cohorts)
        )


@dataclass(frozen=True, slots=True)
class Replacement:
    """What took the place of a date; ``why`` is the disagreement that tells it, if one does."""

    line: Line
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A date of the calendar: ``day`` is ``None`` where nobody gives one."""

    line: Line
    when: str
    day: date | None
    state: str
    replaced_by: Replacement | None = None


def router(assistant: Assistant) -> APIRouter:
    """The page of the dates, and its calendar file."""
    pages = page_router()

    @pages.get(navigation.CALENDAR)
    def read(
        request: Request,
        exercice: Choice = "",
        qui: Choice = "",
        cohorte: Choice = "",
        au: Choice = "",
        ouvert: Choice = "",
    ) -> Response:
        entries = assistant.entries()
        asked = {"exercice": exercice, "qui": qui, "cohorte": cohorte, "au": au}
        try:
            filters, problem = read_filters(asked, entries), ""
        except InvalidRequest as error:
            filters, problem = Filters(date.today()), str(error)
        return _page(request, entries, filters, asked, problem, ouvert)

    @pages.get(f"{navigation.CALENDAR}.ics")
    def export(
        request: Request,
        exercice: Choice = "",
        qui: Choice = "",
        cohorte: Choice = "",
        au: Choice = "",
    ) -> Response:
        entries = assistant.entries()
        asked = {"exercice": exercice, "qui": qui, "cohorte": cohorte, "au": au}
        try:
            filters = read_filters(asked, entries)
        except InvalidRequest as error:
            return _page(request, entries, Filters(date.today()), asked, str(error))
        checked_on = assistant.health().get("corpus_checked_on") or filters.as_of
        kept = [entry for entry in entries.of(Deadline) if filters.keeps(entry.row)]
        name = f"echeancier-{filters.exercice}.ics" if filters.exercice else "echeancier.ics"
        return Response(
            as_ics(kept, checked_on, set_aside(entries)),
            media_type=MEDIA_TYPE,
            headers={"content-disposition": f'attachment; filename="{name}"'},
        )

    return pages


def read_filters(asked: Mapping[str, str], entries: Entries) -> Filters:
    """What an address asks for.

    Args:
        asked: « exercice », « qui », « cohorte » and « au » as typed; an empty one is no filter.
        entries: the registers, which say what exercices there are.

    Raises:
        InvalidRequest: a value that isn't one of those that the page proposes (French).
    """
    years = {str(year): year for year in exercices_of(entries)}
    if (year := asked["exercice"].strip()) and year not in years:
        raise InvalidRequest(
            f"L'exercice « {year} » n'est pas connu : choisissez-le dans la liste."
        )
    if (who := asked["qui"].strip()) and who not in ACTORS:
        raise InvalidRequest(f"L'acteur « {who} » n'est pas connu : choisissez-le dans la liste.")
    if (cohort := asked["cohorte"].strip()) and cohort not in WAVES:
        raise InvalidRequest(
            f"La vague « {cohort} » n'est pas connue : choisissez-la dans la liste."
        )
    day = asked["au"].strip()
    try:
        as_of = date.fromisoformat(day) if day else date.today()
    except ValueError as error:
        raise InvalidRequest(
            f"La date « {day} » n'est pas lisible : écrivez-la comme 2022-03-01."
        ) from error
    actor = next((one for one in get_args(Actor) if one == who), None)
    return Filters(as_of, years.get(year), actor, cohort or None)


def dated_lines(
    kept: Iterable[Entry[Deadline]], entries: Entries, proofs: Proofs, as_of: date
) -> list[DatedLine]:
    """The dates in order; those without a day stand where their words place them."""
    by_id = {entry.row.id: entry for entry in entries.of(Deadline)}
    aside = set_aside(entries)
    return [
        _dated(entry, by_id.get(entry.row.replaced_by or ""), proofs, as_of, entry.row.id in aside)
        for entry in sorted(kept, key=lambda entry: earliest_day(entry.row))
    ]


def _dated(
    entry: Entry[Deadline],
    new: Entry[Deadline] | None,
    proofs: Proofs,
    as_of: date,
    aside: bool,
) -> DatedLine:
    row = entry.row
    line = date_line(entry, proofs)
    replaced = None
    if new is not None:
        told = next((dispute.why for dispute in line.disputes), "")
        replaced = Replacement(date_line(new, proofs), deadline_words(new.row), told)
    when = deadline_words(row) or UNKNOWN_DATE
    state = NOT_RETAINED if aside else _state(row, as_of)
    return DatedLine(line, when, row.on, state, replaced)


def date_line(entry: Entry[Deadline], proofs: Proofs) -> Line:
    """What falls due, who acts and for whom; the date itself is ``deadline_words``."""
    row = entry.row
    facts = (("Qui", actor_words(row)), ("Pour", cohort_words(row.cohorts)))
    return proofs.line(entry, sentence(row.event), facts)


def _state(row: Deadline, as_of: date) -> str:
    if row.on is None:
        return "jour non précisé"
    if row.on == as_of:
        return "aujourd'hui"
    return "passée" if row.on < as_of else COMING


def unfolded(years: Sequence[int], as_of: date, count: int) -> str:
    """What is unfolded at first: all of a few dates, else the exercice of the day, or the last one
    before it."""
    if len(years) < 2 or count <= FEW_DATES:
        return EVERY_YEAR
    return str(max((year for year in years if year <= as_of.year), default=years[0]))


def _page(
    request: Request,
    entries: Entries,
    filters: Filters,
    asked: Mapping[str, str],
    problem: str,
    opened: str = "",
) -> Response:
    proofs = Proofs(entries)
    kept = sorted(
        (entry for entry in entries.of(Deadline) if not problem and filters.keeps(entry.row)),
        key=lambda entry: entry.row.exercice,
    )
    years = [
        (year, dated_lines(some, entries, proofs, filters.as_of))
        for year, some in groupby(kept, key=lambda entry: entry.row.exercice)
    ]
    aside = set_aside(entries)
    exported = sum(is_exported(entry.row, aside) for entry in kept)
    query = urlencode({name: value.strip() for name, value in asked.items() if value.strip()})
    return render(
        request,
        "calendar",
        422 if problem else 200,
        problem=problem,
        asked=asked,
        filters=filters,
        years=years,
        opened=opened or unfolded([year for year, _ in years], filters.as_of, len(kept)),
        every=EVERY_YEAR,
        coming_state=COMING,
        query=f"{query}&" if query else "",
        proofs=proofs,
        count=len(kept),
        exported=exported,
        export=f"{navigation.CALENDAR}.ics" + (f"?{query}" if query else ""),
        exercices=exercices_of(entries),
        actors=ACTORS,
        other_actor=OTHER_ACTOR,
        waves=WAVES,
    )
