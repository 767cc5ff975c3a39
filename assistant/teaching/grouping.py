"""Key points by what they are about, in the order that a session tells them, each under a heading
of its own."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement
from typing import Any, Literal, get_args

from assistant.entries import Entry
from assistant.teaching.choosing import Subject, subject_of
from assistant.teaching.material import Material
from assistant.teaching.pack import Proved
from assistant.teaching.telling import title_of
from assistant.teaching.themes import register_of
from corpus.quantities import find_quantities
from corpus.registry import REGISTERS

Group = Literal["frame", "dates", "rules", "money"]
GROUPS: tuple[Group, ...] = get_args(Group)
NAMES: Mapping[Group, str] = {
    "frame": "de quoi il s'agit",
    "dates": "les délais et les dates",
    "rules": "qui doit ou peut quoi",
    "money": "les crédits",
}
_OF_SUBJECT: Mapping[Subject, Group] = {
    "date": "dates", "former": "dates", "money": "money", "rule": "rules", "actor": "rules",
    "piece": "rules", "goal": "rules",
}  # fmt: skip
_OF_REGISTER: Mapping[str, Group] = {"calendar": "dates", "funding": "money", "objectives": "rules"}
_YEAR = re.compile(r"\b20\d\d\b(?!/)")
_COPY = re.compile(r"~\d+$")


def group_of(point: Proved) -> Group:
    """What a key point is about: its register says it, else its sentence."""
    register = point.id.partition(":")[0]
    if register in _OF_REGISTER:
        return _OF_REGISTER[register]
    group = _OF_SUBJECT.get(subject_of(point.text), "frame")
    return "rules" if group == "frame" and register in REGISTERS else group


def parts_of(points: Sequence[Proved]) -> dict[Group, tuple[Proved, ...]]:
    """``points`` in four runs that follow each other, each of a group as far as their sentences
    tell; the runs without any point are left out."""
    groups = [group_of(one) for one in points]

    def agree(cuts: tuple[int, ...]) -> int:
        ends = (0, *cuts, len(points))
        runs = zip(GROUPS, ends, ends[1:], strict=False)
        return sum(groups[start:end].count(group) for group, start, end in runs)

    places = range(len(points) + 1)
    cuts = max(combinations_with_replacement(places, len(GROUPS) - 1), key=agree)
    ends = (0, *cuts, len(points))
    runs = zip(GROUPS, ends, ends[1:], strict=False)
    return {group: tuple(points[start:end]) for group, start, end in runs if end > start}


def in_order(
    points: Iterable[Proved],
    subjects: Mapping[str, Subject],
    first: Collection[str],
    *,
    by_year: bool,
) -> tuple[Proved, ...]:
    """``points`` group by group after those whose ids come ``first``: the dates in order of time,
    the others as given, those of one heading together.

    Args:
        subjects: what points are about, by their ids.
        by_year: puts those of the first exercices first, for a session on several of them.
    """
    given = list(points)
    opening = [one for one in given if one.id in first]
    ordered = list(opening)
    for group in GROUPS:
        own = [
            one
            for one in given
            if one.id not in first and _OF_SUBJECT.get(subjects[one.id], "frame") == group
        ]
        if group == "dates":
            own.sort(key=_moment)
        elif by_year:
            own.sort(key=_year)
        labels = list(dict.fromkeys(one.label for one in own))
        ordered += own if group == "dates" else sorted(own, key=lambda p: labels.index(p.label))
    return tuple(ordered)


def _moment(point: Proved) -> str:
    """The first date that a sentence tells; the first year of a sentence without any."""
    dates = [q.value for q in find_quantities(point.text) if q.kind in ("date", "month")]
    year = _year(point)
    return min(dates, default=f"{year}" if year else "")


def _year(point: Proved) -> int:
    """The first exercice of a sentence, else the first year that it tells; 0 without any."""
    years = point.exercices or tuple(map(int, _YEAR.findall(point.text)))
    return min(years, default=0)


def headed_apart(
    points: Sequence[Proved],
    titles: Mapping[str, str],
    names: Collection[str],
    proves: Callable[[str, Proved], bool],
) -> tuple[Proved, ...]:
    """``points``, each under a heading that no former one has: its own, else that of the row that
    it proves, else its own followed by « (suite) ».

    Args:
        titles: short headings by the id of a statement or of a row.
        names: those of texts, which head a point that nothing else does.
        proves: whether what a sentence cites proves a heading.
    """
    seen: set[str] = set()
    told = []
    for one in points:
        shown = one.label
        if shown in seen or shown in names:
            other = titles.get(_COPY.sub("", one.id), "")
            fits = other and other not in seen and proves(other, one)
            again = f"{shown} (suite)" if shown in seen else shown
            shown = other if fits else again
        if one.label:
            seen |= {one.label, shown}
            told.append(replace(one, label=shown))
        else:
            told.append(one)
    return tuple(told)


def titles_of(material: Material) -> dict[str, str]:
    """Short headings of the rows of a material, by their ids and by those of the statements that
    prove them."""
    found: dict[str, str] = {}
    rows: list[Entry[Any]] = [*material.obligations, *material.deadlines, *material.objectives]
    for entry in rows:
        for name in (f"{register_of(entry.row)}:{entry.row.id}", *entry.row.proofs):
            found.setdefault(name, title_of(entry.row))
    return found
