"""« /comparer »: two or three exercices side by side, subject by subject, with what changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response

from assistant.entries import Entries, Entry
from corpus.errors import InvalidRequest
from corpus.registry import Deadline, Eligibility, Funding, Objective, Obligation
from ui import texts
from ui.pages import navigation, words
from ui.pages.calendar import date_line
from ui.pages.changes import Change, change_of
from ui.pages.eligibility import count_waves, places
from ui.pages.matching import Subject, align
from ui.pages.rows import (
    Dispute,
    Line,
    Proofs,
    deadline_words,
    exercices_of,
    funding_line,
    objective_line,
    obligation_line,
    place_of,
)
from ui.pages.ruling import Ruling, rulings, unsettled
from ui.pages.site import page_router, render
from ui.service import Assistant

_LEAST: Final = 2
Choice = Annotated[str, Query(max_length=words.QUERY_CHARS)]
Teller = Callable[[Entry[Any], Proofs], Line]


@dataclass(frozen=True, slots=True)
class Compared:
    """A subject with its lines in each exercice, and what becomes of it."""

    cells: tuple[tuple[Line, ...], ...]
    change: Change


@dataclass(frozen=True, slots=True)
class Theme:
    """Subjects of one kind; a ``minor`` one is folded away at first.

    ``subjects`` are those of several exercices, ``alone`` the lines of one exercice only.
    """

    id: str
    title: str
    subjects: tuple[Compared, ...]
    alone: tuple[tuple[Line, ...], ...]
    minor: bool = False

    @property
    def count(self) -> int:
        """How many subjects and lines it has."""
        return len(self.subjects) + self.single

    @property
    def single(self) -> int:
        """How many lines are those of one exercice only."""
        return sum(map(len, self.alone))

    @property
    def changed(self) -> int:
        """How many subjects differ from one exercice to another."""
        return sum(subject.change.outcome == "differs" for subject in self.subjects)


@dataclass(frozen=True, slots=True)
class Column:
    """An exercice, the texts that rule it, those of which nobody says whether they still do, the
    disagreements on it left to tell."""

    year: int
    texts: tuple[Ruling, ...]
    unsettled: tuple[Ruling, ...] = ()
    disputes: tuple[Dispute, ...] = ()


def router(assistant: Assistant) -> APIRouter:
    """The page that sets exercices side by side."""
    pages = page_router()

    @pages.get(navigation.COMPARISON)
    def read(request: Request, a: Choice = "", b: Choice = "", c: Choice = "") -> Response:
        entries = assistant.entries()
        asked = {"a": a.strip(), "b": b.strip(), "c": c.strip()}
        years: tuple[int, ...] = ()
        problem = ""
        try:
            years = read_years(asked, entries)
        except InvalidRequest as error:
            problem = str(error)
        proofs = Proofs(entries)
        themes = themes_of(entries, proofs, years) if years else []
        return render(
            request,
            "comparison",
            422 if problem else 200,
            problem=problem,
            asked=asked,
            exercices=exercices_of(entries),
            pairs=_pairs(entries),
            themes=themes,
            columns=_columns(assistant, proofs, years),
            proofs=proofs,
        )

    return pages


def read_years(asked: Mapping[str, str], entries: Entries) -> tuple[int, ...]:
    """The exercices to set side by side, in the order asked; none when nothing is asked.

    Raises:
        InvalidRequest: an exercice that the registers don't have, one alone, or one twice (French).
    """
    known = {str(year): year for year in exercices_of(entries)}
    given = [year for year in asked.values() if year]
    for year in given:
        if year not in known:
            raise InvalidRequest(f"L'exercice « {year} » n'est pas dans la liste.")
    if given and len(set(given)) < max(_LEAST, len(given)):
        raise InvalidRequest("Choisissez deux ou trois exercices différents.")
    return tuple(known[year] for year in given)


def themes_of(entries: Entries, proofs: Proofs, years: Sequence[int]) -> list[Theme]:
    """Every theme that has a subject, in the order of the page."""
    money = entries.of(Funding)
    national = [entry for entry in money if place_of(entry.row) is None]
    local = [entry for entry in money if place_of(entry.row) is not None]
    aligned: list[tuple[str, str, Iterable[Entry[Any]], Teller]] = [
        ("calendrier", "Calendrier", entries.of(Deadline), _date),
        ("financement", "Financement", national, funding_line),
        ("obligations", "Obligations et facultés", entries.of(Obligation), _rule),
        ("objectifs", "Objectifs", entries.of(Objective), objective_line),
    ]
    themes = [_aligned(*theme, proofs, years) for theme in aligned]
    themes.append(Theme("eligibilite", "Éligibilité", (_entered(entries, proofs, years),), ()))
    apart = _aligned(
        "montants-locaux", "Montants d'une seule collectivité", local, funding_line, proofs, years
    )
    themes.append(replace(apart, minor=True))
    return [theme for theme in themes if theme.count]


def _aligned(
    name: str,
    title: str,
    entries: Iterable[Entry[Any]],
    tell: Teller,
    proofs: Proofs,
    years: Sequence[int],
) -> Theme:
    shared: list[Subject] = []
    single: list[Subject] = []
    for subject in align(entries, years):
        (shared if sum(map(bool, subject.cells)) > 1 else single).append(subject)
    subjects = tuple(
        Compared(
            tuple(tuple(tell(entry, proofs) for entry in cell) for cell in subject.cells),
            change_of(subject, years),
        )
        for subject in shared
    )
    alone = tuple(
        tuple(tell(entry, proofs) for subject in single for entry in subject.cells[column])
        for column in range(len(years))
    )
    return Theme(name, title, subjects, alone)


def _rule(entry: Entry[Obligation], proofs: Proofs) -> Line:
    """An obligation, which says so when it doesn't tell waves apart: another exercice may."""
    line = obligation_line(entry, proofs)
    if entry.row.cohorts:
        return line
    return replace(line, facts=(*line.facts, ("Pour", "sans distinction de vague")))


def _date(entry: Entry[Deadline], proofs: Proofs) -> Line:
    """A date with its day first, and what took its place."""
    line = date_line(entry, proofs)
    facts = [("Date", deadline_words(entry.row) or f"{texts.UNKNOWN}e"), *line.facts]
    if entry.row.replaced_by is not None:
        facts.append(("Attention", "date remplacée depuis"))
    return replace(line, facts=tuple(facts))


def _entered(entries: Entries, proofs: Proofs, years: Sequence[int]) -> Compared:
    """Who is known to have entered in each year, and what nobody could establish of it."""
    counts = {count.wave: count for count in count_waves(places(entries), entries, proofs)}
    cells = []
    for year in years:
        known = [e for e in entries.of(Eligibility) if e.row.wave == str(year)]
        count = counts.get(str(year))
        lines = [_names(known, proofs, year)] if known else []
        for n, (question, sought, notes) in enumerate(count.missing if count else ()):
            facts = (("Cherché", sought),) if sought else ()
            lines.append(Line(f"inconnu-{year}-{n}", question, facts, "inconnu", notes, ()))
        cells.append(tuple(lines))
    sums = [sum(e.row.wave == str(year) for e in entries.of(Eligibility)) for year in years]
    said = [
        texts.counted(n, "entrée connue", "entrées connues") + f" en {year}"
        for n, year in zip(sums, years, strict=True)
    ]
    return Compared(tuple(cells), Change("partial", ", ".join(said)))


def _names(known: Sequence[Entry[Eligibility]], proofs: Proofs, year: int) -> Line:
    sure = [e.row.name for e in known if e.row.standing == "établi"]
    unsure = [e.row.name for e in known if e.row.standing != "établi"]
    notes = {note.n: note for entry in known for note in proofs.notes(entry)}
    title = texts.counted(len(known), "collectivité connue", "collectivités connues")
    facts = [("Établies", ", ".join(sure)), ("Déduites ou discutées", ", ".join(unsure))]
    shown = tuple((label, names) for label, names in facts if names)
    return Line(f"entrees-{year}", title, shown, "établi", tuple(notes.values()), ())


def _columns(assistant: Assistant, proofs: Proofs, years: Sequence[int]) -> list[Column]:
    """Made last: the disagreements left are those that no line has told."""
    identities = {d.document_id: d.identity for d in assistant.documents()} if years else {}
    ruling = rulings(identities)
    doubtful = unsettled(identities)
    return [
        Column(year, ruling.get(year, ()), doubtful.get(year, ()), proofs.untold(year))
        for year in years
    ]


def _pairs(entries: Entries) -> list[tuple[int, int]]:
    """Exercices that follow one another and both have obligations: what people compare first."""
    years = sorted({year for e in entries.of(Obligation) for year in e.row.exercices})
    return list(pairwise(years))
