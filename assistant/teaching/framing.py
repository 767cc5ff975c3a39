"""What frames the items of a renewed session: its title, objectives, sheet and run sheet, made
again and never read in a file."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from assistant.teaching.choosing import subject_of
from assistant.teaching.pack import Pack, Step, Table
from assistant.teaching.parts import evaluation_of, objectives_of
from assistant.teaching.timing import steps_of, without_emptied

FrameId = Literal["frame"]
Told = tuple[str, str, str]
"""What is framed, as the saved pack says it and as it is made today."""


def framed(saved: Pack, now: Pack, items: Pack, ids: Mapping[str, str]) -> tuple[Pack, list[Told]]:
    """The frame of ``now`` around renewed items, and each of its parts before and after.

    Args:
        items: ``now`` with the items of the saved pack brought up to date.
        ids: the id of today of each item of the saved pack that stands.
    """
    if now.steps:
        steps = tuple(_filled(now, saved, ids))
        pack = without_emptied(replace(items, steps=steps), now)
    else:  # the order can't be met any more: what is left frames itself
        subjects = {subject_of(point.text) for point in items.points}
        pack = replace(items, steps=steps_of(items))
        pack = replace(
            pack, objectives=objectives_of(pack, subjects), evaluation=evaluation_of(pack)
        )
    told = [
        ("Titre", saved.title, pack.title),
        ("Objectifs", " ".join(saved.objectives), " ".join(pack.objectives)),
        ("Déroulé", _sheet(saved), _sheet(pack)),
        ("Fiche d'évaluation", " ".join(saved.evaluation), " ".join(pack.evaluation)),
    ]
    if saved.missing or pack.missing:
        told.append(("Ce qui manque", " ".join(saved.missing), " ".join(pack.missing)))
    if saved.comparison and pack.comparison:
        labels = _labels(saved.comparison), _labels(pack.comparison)
        told.append(("Titres de la comparaison", *labels))
    return pack, told


def _filled(now: Pack, saved: Pack, ids: Mapping[str, str]) -> Iterator[Step]:
    """The steps of today, each with what the saved step of its title uses and still stands."""
    left = list(saved.steps)
    for step in now.steps:
        former = next((one for one in left if one.title == step.title), None)
        if former is None:
            yield step
            continue
        left.remove(former)
        yield replace(step, items=tuple(ids[one] for one in former.items if one in ids))


def _sheet(pack: Pack) -> str:
    return " ".join(f"{step.title} ({step.minutes} min) : {step.how}" for step in pack.steps)


def _labels(table: Table) -> str:
    said = [table.title, *table.columns, *(label for label, _cells in table.rows)]
    return " ; ".join(said)
