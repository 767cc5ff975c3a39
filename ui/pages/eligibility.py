"""« /eligibilite »: when each collectivité entered the contracts, and what holds for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response

from assistant.entries import Entries, Entry
from corpus.collectivites import Collectivite, collectivites
from corpus.errors import InvalidRequest
from corpus.lexicon import fold
from corpus.registry import Deadline, Eligibility, Funding, Obligation, Standing, Unknown, Wave
from ui import texts
from ui.pages import navigation, words
from ui.pages.bearing import bears_on, named, search, unread
from ui.pages.calendar import DatedLine, dated_lines
from ui.pages.contract import contract_of
from ui.pages.rows import (
    STANDINGS,
    WAVES,
    Dispute,
    Line,
    Note,
    Proofs,
    exercices_of,
    funding_line,
    is_of_other_policy,
    obligation_line,
    place_of,
    typeset,
)
from ui.pages.site import page_router, render
from ui.pages.tilemap import tiles
from ui.service import Assistant

UNKNOWN: Final[Wave] = "inconnue"
_WITH: Final = frozenset({"département", "signataires"})
Choice = Annotated[str, Query(max_length=words.QUERY_CHARS)]


@dataclass(frozen=True, slots=True)
class Place:
    """A collectivité with its year of entry; ``row`` and ``column`` place it on the map."""

    code: str
    name: str
    wave: Wave
    standing: Standing
    row: int
    column: int

    @property
    def known(self) -> bool:
        """Whether a year of entry is known, surely or not."""
        return self.wave != UNKNOWN

    @property
    def mark(self) -> str:
        """What its tile says: the year, « ? » after one that isn't sure, « ? » alone without."""
        if not self.known:
            return "?"
        return self.wave if self.standing == "établi" else f"{self.wave}{texts.THIN}?"

    @property
    def said(self) -> str:
        """The same in a sentence's words."""
        if self.known:
            return f"entrée en {self.wave}, {STANDINGS[self.standing]}"
        return "année d'entrée non établie" + (
            ", les sources divergent" if self.standing == "discuté" else ""
        )


@dataclass(frozen=True, slots=True)
class WaveCount:
    """What is known of a wave: its collectivités, and what nobody could establish of it."""

    wave: str
    sure: int
    unsure: int
    missing: tuple[tuple[str, str, tuple[Note, ...]], ...]
    """Each question without answer: its words, where it was sought, its proofs."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds in one exercice: ``own`` names the wave, ``shared`` makes no difference."""

    own: tuple[Line, ...] = ()
    shared: tuple[Line, ...] = ()
    others: tuple[Line, ...] = ()
    """Rows of named waves, where that of the collectivité is unknown."""
    deadlines: tuple[DatedLine, ...] = ()
    events: tuple[DatedLine, ...] = ()
    """Dates on which the département has nothing to do itself."""
    own_amounts: tuple[Line, ...] = ()
    amounts: tuple[Line, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    foreign: tuple[Line, ...] = ()
    """Rows of contracts of other policies."""


def router(assistant: Assistant) -> APIRouter:
    """The page of all collectivités, and of one when it is chosen."""
    pages = page_router()

    @pages.get(navigation.ELIGIBILITY)
    def read(
        request: Request,
        departement: Choice = "",
        exercice: Choice = "",
        q: Choice = "",
        collectivite: Choice = "",
    ) -> Response:
        entries = assistant.entries()
        place = departement.strip() or collectivite.strip()
        asked = {"departement": place, "exercice": exercice.strip(), "q": q.strip()}
        found = search(asked["q"]) if asked["q"] else ()
        try:
            year = _read_exercice(asked["exercice"], entries)
            found = named(place) if place else found
        except InvalidRequest as error:
            return _overview(request, entries, asked, found, str(error))
        if len(found) == 1:
            asked["departement"] = found[0].code
            return _of_one(request, entries, asked, found[0], year)
        asked["q"] = place or asked["q"]
        return _overview(request, entries, asked, found)

    return pages


def _read_exercice(year: str, entries: Entries) -> int | None:
    years = {str(one): one for one in exercices_of(entries)}
    if year and year not in years:
        raise InvalidRequest(
            f"L'exercice « {year} » n'est pas connu : choisissez-le dans la liste."
        )
    return years.get(year)


def places(entries: Entries) -> tuple[Place, ...]:
    """Every collectivité by code, with what the register says of its entry."""
    rows = {entry.row.code: entry.row for entry in entries.of(Eligibility)}
    where = tiles(c.code for c in collectivites())
    made = []
    for one in sorted(collectivites(), key=lambda c: c.code):
        row = rows.get(one.code)
        wave, standing = (row.wave, row.standing) if row else (UNKNOWN, "inconnu")
        made.append(Place(one.code, one.name, wave, standing, *where[one.code]))
    return tuple(made)


def count_waves(all_places: Iterable[Place], entries: Entries, proofs: Proofs) -> list[WaveCount]:
    """Waves in order, each with how many collectivités are known to be of it."""
    here = list(all_places)
    doubted = {
        unit.key
        for entry in entries.of(Eligibility)
        if entry.row.wave == UNKNOWN
        for unit in entry.units
    }
    lacks = [e for e in entries.of(Unknown) if doubted & {unit.key for unit in e.units}]
    counts = []
    for wave in WAVES:
        sure = sum(p.wave == wave and p.standing == "établi" for p in here)
        total = sum(p.wave == wave for p in here)
        missing = tuple(
            (typeset(e.row.question), typeset(e.row.looked_for or ""), proofs.notes(e))
            for e in lacks
            if wave in e.row.question
        )
        if total or missing:
            counts.append(WaveCount(wave, sure, total - sure, missing))
    return counts


def rules_of(
    code: str, wave: Wave, exercice: int, entries: Entries, proofs: Proofs, as_of: date
) -> Rules:
    """What holds for a collectivité in an exercice, as far as the rows say whom they are for."""
    noted = [e for e in entries.of(Obligation) if exercice in e.row.exercices]
    foreign = [e for e in noted if is_of_other_policy(e.row)]
    bearing = [e for e in noted if e not in foreign]
    own = [e for e in bearing if wave in e.row.cohorts]
    shared = [e for e in bearing if not e.row.cohorts]
    others = [e for e in bearing if e.row.cohorts and wave == UNKNOWN]
    dates = [
        e
        for e in entries.of(Deadline)
        if e.row.exercice == exercice
        and e.row.replaced_by is None
        and (wave == UNKNOWN or not e.row.cohorts or wave in e.row.cohorts)
    ]
    amounts = [e for e in entries.of(Funding) if e.row.exercice == exercice]
    acting = [e for e in dates if e.row.who in _WITH or e.row.who is None]
    rules = Rules(
        own=tuple(obligation_line(e, proofs) for e in own),
        shared=tuple(obligation_line(e, proofs) for e in shared),
        others=tuple(obligation_line(e, proofs) for e in others),
        foreign=tuple(obligation_line(e, proofs) for e in foreign),
        deadlines=tuple(dated_lines(acting, entries, proofs, as_of)),
        events=tuple(dated_lines([e for e in dates if e not in acting], entries, proofs, as_of)),
        own_amounts=tuple(funding_line(e, proofs) for e in amounts if place_of(e.row) == code),
        amounts=tuple(funding_line(e, proofs) for e in amounts if place_of(e.row) is None),
    )
    ruling: list[Entry[Any]] = [*own, *shared, *others, *acting]
    resting = {entry.units[0].document.document_id for entry in ruling}
    kept = partial(bears_on, code=code, texts_shown=resting)
    return replace(rules, disputes=proofs.untold(exercice, kept))


def _entry_line(code: str, entries: Entries, proofs: Proofs) -> Line | None:
    entry = next((e for e in entries.of(Eligibility) if e.row.code == code), None)
    if entry is None:
        return None
    own, facts = contract_of(entry, entries)
    return proofs.line(own, typeset(own.row.note or ""), facts)


def _of_one(
    request: Request,
    entries: Entries,
    asked: Mapping[str, str],
    chosen: Collectivite,
    year: int | None,
) -> Response:
    proofs = Proofs(entries)
    place = next(p for p in places(entries) if p.code == chosen.code)
    line = _entry_line(chosen.code, entries, proofs)
    rules = None
    if year is not None:
        rules = rules_of(chosen.code, place.wave, year, entries, proofs, date.today())
    permanent = sum(not e.row.exercices for e in entries.of(Obligation))
    return render(
        request,
        "eligibility_one",
        place=place,
        line=line,
        year=year,
        before=year is not None and place.known and year < int(place.wave),
        rules=rules,
        permanent=permanent,
        proofs=proofs,
        **_choices(request, entries, asked),
    )


def _overview(
    request: Request,
    entries: Entries,
    asked: Mapping[str, str],
    found: Sequence[Collectivite],
    problem: str = "",
) -> Response:
    here = places(entries)
    proofs = Proofs(entries)
    return render(
        request,
        "eligibility",
        422 if problem else 200,
        problem=problem,
        found=found,
        places=here,
        waves=count_waves(here, entries, proofs),
        proofs=proofs,
        unknown=sum(not place.known for place in here),
        **_choices(request, entries, asked),
    )


def _choices(request: Request, entries: Entries, asked: Mapping[str, str]) -> dict[str, Any]:
    return {
        "asked": asked,
        "unread": unread(request.query_params),
        "collectivites": sorted(collectivites(), key=lambda c: fold(c.name)),
        "exercices": exercices_of(entries),
    }
