"""The run sheet of a pack by its parts, and what changes with it once some are emptied."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from assistant.teaching.choosing import Subject
from assistant.teaching.doubts import weak_points
from assistant.teaching.grouping import NAMES, parts_of
from assistant.teaching.pack import Case, Pack, Step
from assistant.teaching.parts import evaluation_of, objectives_of
from assistant.teaching.schedule import TITLES, Block, run_sheet
from assistant.teaching.themes import themes

ASKING_MINUTES, ANSWERING_MINUTES = 5, 2
"""What a question of a case takes to be written to, and each of its answers to be proved."""
SHORTER = (
    "La séance dure {given} minutes sur les {asked} demandées : ce qui en a été retiré n'est pas "
    "remplacé."
)


def steps_of(pack: Pack) -> tuple[Step, ...]:
    """The run sheet that the parts of a pack make."""
    theme = themes().get(pack.order.theme)
    essential: tuple[Block, ...] = ("comparison",) if theme and theme.compares else ()
    order = pack.order
    limits: dict[Block, int] = {"cases": sum(map(_held_by, pack.cases))}
    parts = {} if order.question else parts_of(pack.points)
    subjects = {NAMES[group]: [one.id for one in told] for group, told in parts.items()}
    return run_sheet(_blocks(pack), order.audience, order.minutes, essential, limits, subjects)


def _held_by(case: Case) -> int:
    """Minutes that a case can hold, by its questions and their answers."""
    answers = sum(map(len, case.answers))
    return ASKING_MINUTES * len(case.questions) + ANSWERING_MINUTES * answers


def without_emptied(pack: Pack, before: Pack) -> Pack:
    """``pack`` once a trainer changed it: a part left empty has no step, no objective and no
    question on the sheet; its minutes go to the others, and a session left shorter says so."""
    had, has = _blocks(before), _blocks(pack)
    emptied = any(had[block] and not has[block] for block in had)
    made = replace(pack, steps=steps_of(pack) if emptied else _used(pack, has))
    subjects: Sequence[Subject] = get_args(Subject)
    gone = {*objectives_of(before, subjects), *evaluation_of(before)}
    gone -= {*objectives_of(made, subjects if made.points else ()), *evaluation_of(made)}
    return replace(
        made,
        objectives=tuple(one for one in pack.objectives if one not in gone),
        evaluation=tuple(one for one in pack.evaluation if one not in gone),
        missing=_missing(made, before),
    )


def _used(pack: Pack, held: Mapping[Block, Sequence[str]]) -> tuple[Step, ...]:
    """The steps with what is left in the part that each is for."""
    parts = {TITLES[block]: set(ids) for block, ids in held.items()}
    return tuple(
        replace(step, items=tuple(one for one in step.items if one in parts[title]))
        if (title := step.title.partition(" : ")[0]) in parts or (title := step.title) in parts
        else step
        for step in pack.steps
    )


def _missing(pack: Pack, before: Pack) -> tuple[str, ...]:
    """What lacks, the share of weak points told of those that are left."""
    was, now = weak_points(before), weak_points(pack)
    told = [one for one in before.missing if one != was]
    if now is not None:
        told.insert(before.missing.index(was) if was in before.missing else len(told), now)
    given, asked = (sum(step.minutes for step in one.steps) for one in (pack, before))
    if given < asked:
        told.append(SHORTER.format(given=given, asked=pack.order.minutes))
    return tuple(told)


def _blocks(pack: Pack) -> dict[Block, list[str]]:
    return {
        "words": [word.term for word in pack.words],
        "points": [point.id for point in pack.points],
        "timeline": [event.told.id for event in pack.timeline],
        "roles": [role.told.id for role in pack.roles],
        "comparison": [one.id for row in pack.comparison.rows for cell in row[1] for one in cell]
        if pack.comparison
        else [],
        "cases": [case.id for case in pack.cases],
        "disputes": [dispute.told.id for dispute in pack.disputes],
        "quiz": [item.id for item in pack.quiz],
    }
