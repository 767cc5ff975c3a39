"""The run sheet of a session: when each step begins, and what it uses, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.teaching.pack import Pack, Step
from assistant.teaching.schedule import TITLES, Block
from ui import texts
from ui.exporting.sourcing import duration

T = TypeVar("T")
_PARTS = ("points", "cases", "quiz")
_NAMES = {
    "points": ("point clé", "points clés"),
    "cases": ("étude de cas", "études de cas"),
    "quiz": ("question", "questions"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A step: « 0 h 10 – 0 h 40 », « 30 min », its title, what to do, what it uses."""

    time: str
    length: str
    title: str
    how: str
    uses: str


def lines(pack: Pack) -> tuple[Line, ...]:
    """The steps in order."""
    found = []
    at = 0
    numbers = _numbers(pack)
    for step in pack.steps:
        time = f"{_clock(at)}{texts.NBSP}– {_clock(at + step.minutes)}"
        uses = _uses(step, numbers, pack)
        found.append(Line(time, duration(step.minutes), step.title, step.how, uses))
        at += step.minutes
    return tuple(found)


def in_sequence(parts: Mapping[Block, T]) -> tuple[T, ...]:
    """What belongs to the blocks of a session, in the order of its steps; what a short session
    leaves for home stands where a longer one would have it."""
    return tuple(parts[block] for block in TITLES if block in parts)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}{texts.NBSP}h{texts.NBSP}{minutes % 60:02d}"


def _numbers(pack: Pack) -> Mapping[str, Mapping[str, int]]:
    """The number that the document gives to each item, by part."""
    items = {"points": pack.points, "cases": pack.cases, "quiz": pack.quiz}
    return {
        part: {item.id: n for n, item in enumerate(items[part], 1)}  # type: ignore[attr-defined]
        for part in _PARTS
    }


def _uses(step: Step, numbers: Mapping[str, Mapping[str, int]], pack: Pack) -> str:
    said = []
    left = set(step.items)
    for part in _PARTS:
        used = sorted(numbers[part][name] for name in left if name in numbers[part])
        left -= set(numbers[part])
        if used:
            one, many = _NAMES[part]
            said.append(f"{many if len(used) > 1 else one} {_spans(used)}")
    table = pack.comparison
    compared = (
        [one.id for _, cells in table.rows for cell in cells for one in cell] if table else []
    )
    others = {
        "la frise": {event.told.id for event in pack.timeline},
        "« qui fait quoi »": {role.told.id for role in pack.roles},
        "le tableau de comparaison": set(compared),
        "les points à manier avec prudence": {one.told.id for one in pack.disputes},
    }
    for name, known in others.items():
        if left & known:
            said.append(name)
            left -= known
    return f"À utiliser : {texts.listed(said)}." if said else ""


def _spans(numbers: Sequence[int]) -> str:
    """« 1 à 4 et 6 » for 1, 2, 3, 4, 6."""
    spans: list[list[int]] = []
    for n in numbers:
        if spans and n == spans[-1][-1] + 1:
            spans[-1].append(n)
        else:
            spans.append([n])
    return texts.listed([part for span in spans for part in _span(span)])


def _span(span: Sequence[int]) -> Iterable[str]:
    return [f"{span[0]} à {span[-1]}"] if len(span) > 2 else [str(n) for n in span]
