"""Case studies: fictional situations of ``cases.toml``, answered by the rows of a session."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, Literal

from assistant.entries import Entries, Entry
from assistant.teaching.choosing import STEADY
from assistant.teaching.material import Material
from assistant.teaching.pack import Case, Pack, Proved
from assistant.teaching.themes import exercices_of, find_theme, holds, register_of, themes
from corpus.registry import Deadline, Funding, Objective, Obligation, Row, Unknown

Tell = Callable[[Entry[Any]], Proved | None]
MOST_ASKED = 8
"""From more answers than that, a question asks for half as many; its key gives them all."""
Entered = Literal["", "before", "now"]
ASKED_BY_A_COLLEAGUE = (
    "Une collègue qui découvre le sujet vous demande une réponse courte et sûre, preuves à l'appui."
)
FREE_CASE = "case:question"
FREE_TITLE = "Répondre à une collègue"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a case: which rows answer it, of which actors (all when empty), and when the
    département that it is about entered, if it isn't that of the situation. Rows of ``completed``
    are told after an answer, even where another question was answered by them."""

    ask: str
    rows: tuple[str, ...]
    who: tuple[str, ...] = ()
    entered: Entered = ""
    completed: tuple[str, ...] = ()

    def is_answered_by(self, entry: Entry[Any]) -> bool:
        """Whether a row answers it."""
        name = f"{register_of(entry.row)}:{entry.row.id}"
        if self.who and not (isinstance(entry.row, Obligation) and entry.row.who in self.who):
            return False
        return any(fnmatchcase(name, pattern) for pattern in self.rows)

    def is_completed_by(self, entry: Entry[Any]) -> bool:
        """Whether a row completes its answer."""
        name = f"{register_of(entry.row)}:{entry.row.id}"
        return any(fnmatchcase(name, pattern) for pattern in self.completed)


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation of ``cases.toml``, before it is answered; ``told`` words it for some audiences,
    who would not meet it as others do."""

    id: str
    themes: tuple[str, ...]
    title: str
    situation: str
    questions: tuple[Asked, ...]
    entered: Entered = ""
    """When its département entered the contracts: in a former exercice, in that of the session,
    or its situation doesn't say."""
    told: Mapping[str, str] = field(default_factory=dict)

    def is_told_of(self, row: Row, exercice: int | None, asked: Asked) -> bool:
        """Whether a row holds for the département that a question is about, by its cohorts."""
        cohorts: tuple[str, ...] = getattr(row, "cohorts", ())
        entered = asked.entered or self.entered
        if not entered or not cohorts or exercice is None:
            return not asked.entered  # it is what tells that département apart
        if entered == "now":
            return str(exercice) in cohorts
        return any(cohort < str(exercice) for cohort in cohorts)

    def is_possible(self, material: Material) -> bool:
        """Whether a département may have entered then: some rows are for it alone."""
        year = str(material.order.exercice)
        waves = {c for entry in rows_in(material) for c in getattr(entry.row, "cohorts", ())}
        if self.entered == "now":
            return year in waves
        return not self.entered or not waves or any(wave < year for wave in waves)


@cache
def situations() -> tuple[Situation, ...]:
    """All situations, in the order of their file."""
    with (files("assistant.teaching") / "cases.toml").open("rb") as file:
        rows = tomllib.load(file)["cases"]
    return tuple(
        Situation(
            row["id"],
            tuple(row["themes"]),
            row["title"],
            row["situation"],
            tuple(
                Asked(
                    q["ask"],
                    tuple(q["rows"]),
                    tuple(q.get("who", ())),
                    q.get("entered", ""),
                    tuple(q.get("completed", ())),
                )
                for q in row["questions"]
            ),
            row.get("entered", ""),
            row.get("told", {}),
        )
        for row in rows
    )


def studies(material: Material, tell: Tell, entries: Entries) -> list[Case]:
    """The cases of a session, those with the most answered questions first; no two of them have
    the same answers, but to what they ask of another département. A session on all exercices has
    each of its cases in the last one that answers it.

    Args:
        tell: a row as a sentence, ``None`` when nothing proves it.
        entries: the registers as they were known on the day of the session.
    """
    if material.order.question:
        return _of_question(material, tell, entries)
    years = _years_of(material, entries)
    found = []
    for one in situations():
        if material.order.theme in one.themes:
            cases = (_answered(one, material_of(material, year), tell) for year in years)
            found += list(islice(filter(None, cases), 1))
    found.sort(key=lambda case: -min(len(case.questions), 2))
    elsewhere = {asked.ask for one in situations() for asked in one.questions if asked.entered}
    kept: list[Case] = []
    given: set[str] = set()
    for case in found:
        pairs = zip(case.questions, case.answers, strict=True)
        own = {answer.id for ask, answers in pairs if ask not in elsewhere for answer in answers}
        if len(own & given) <= len(own) / 2:
            kept.append(case)
            given |= own
    return kept


def _of_question(material: Material, tell: Tell, entries: Entries) -> list[Case]:
    """Situations that the answer to a free question applies to, told by all the rows that answer
    them; else the question itself, as a colleague puts it."""
    answers = material.reply.expected
    if not answers:
        return []
    known = {one.id.partition("~")[0] for one in answers}
    whole = replace(
        material,
        obligations=entries.of(Obligation),
        deadlines=entries.of(Deadline),
        fundings=entries.of(Funding),
        objectives=entries.of(Objective),
        unknowns=entries.of(Unknown),
    )
    proving = {
        f"{register_of(entry.row)}:{entry.row.id}"
        for entry in rows_in(whole)
        if not known.isdisjoint(entry.row.proofs)
    }
    cases = (_answered(one, whole, tell) for one in situations())
    found = [
        case
        for case in cases
        if case and not proving.isdisjoint(one.id for given in case.answers for one in given)
    ]
    asked = (material.order.question,)
    return found or [Case(FREE_CASE, FREE_TITLE, ASKED_BY_A_COLLEAGUE, asked, (answers,))]


def _years_of(material: Material, entries: Entries) -> list[int | None]:
    """The exercice of a session; else those offered for its theme that had begun on its day, the
    last ones first."""
    theme = themes().get(material.order.theme)
    if material.order.exercice is not None or theme is None or not theme.yearly:
        return [material.order.exercice]
    offered = reversed(exercices_of(theme, entries))
    return [year for year in offered if year <= material.order.as_of.year] or [None]


def material_of(material: Material, exercice: int | None) -> Material:
    """What of a material is told of an exercice; all of it for ``None``."""
    if exercice is None or exercice == material.order.exercice:
        return material
    theme = find_theme(material.order.theme)
    parts: dict[str, Any] = {
        name: tuple(e for e in getattr(material, name) if holds(e, theme, exercice))
        for name in ("obligations", "deadlines", "fundings", "objectives", "unknowns")
    }
    return replace(material, order=replace(material.order, exercice=exercice), **parts)


def of_group(cases: Sequence[Case], most: int, seed: int) -> tuple[Case, ...]:
    """The cases of a group, ``most`` of them: the first ones for seed 1, the next ones for the
    following seed, and round again."""
    start = (seed - 1) * most % len(cases) if len(cases) > most else 0
    return tuple([*cases[start:], *cases[:start]][:most])


def same_cases(pack: Pack, former: Sequence[Case]) -> tuple[str, ...]:
    """That a group has cases of group A (``former``), in French."""
    known = {case.id for case in former}
    again = sum(case.id in known for case in pack.cases)
    if pack.order.seed == 1 or not again:
        return ()
    if again == len(pack.cases):
        told = "Ce groupe a les mêmes études de cas que le groupe A"
    else:
        told = f"Études de cas déjà données au groupe A : {again} sur {len(pack.cases)}"
    return (f"{told} : le thème n'en permet pas assez d'autres.",)


def _answered(one: Situation, material: Material, tell: Tell) -> Case | None:
    exercice = material.order.exercice
    if ("{exercice}" in one.situation and exercice is None) or not one.is_possible(material):
        return None
    questions, answers = [], []
    told: set[str] = set()
    for asked in one.questions:
        found = [
            proved
            for entry in rows_in(material)
            if asked.is_answered_by(entry)
            and not _is_not_retained(entry.row)
            and one.is_told_of(entry.row, exercice, asked)
            and (proved := tell(entry)) is not None
            and proved.id not in told
        ]
        if found:
            found += [
                proved
                for entry in rows_in(material)
                if asked.is_completed_by(entry)
                and (proved := tell(entry)) is not None
                and proved not in found
            ]
            told |= {proved.id for proved in found}
            several = f" Citez-en au moins {MOST_ASKED // 2}." if len(found) > MOST_ASKED else ""
            questions.append(asked.ask + several)
            answers.append(tuple(found))
    if not questions:
        return None
    words = one.told.get(material.order.audience, one.situation)
    situation = words.format(exercice=exercice)
    return Case(f"case:{one.id}", one.title, situation, tuple(questions), tuple(answers))


def _is_not_retained(row: Row) -> bool:
    """Whether an amount is one that sources contest: nobody is to answer with it."""
    return isinstance(row, Funding) and row.standing not in STEADY


def rows_in(material: Material) -> list[Entry[Any]]:
    """All rows of a material, register by register."""
    return [
        *material.obligations,
        *material.deadlines,
        *material.fundings,
        *material.objectives,
        *material.unknowns,
    ]
