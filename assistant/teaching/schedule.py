"""The run sheet: steps that add up to the minutes asked, as long as there is matter for them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from assistant.teaching.pack import Audience, Step

Block = Literal[
    "welcome", "words", "points", "timeline", "roles", "comparison", "cases", "disputes", "quiz",
    "closing",
]  # fmt: skip
BREAK_MINUTES, BREAK_FROM, LUNCH_FROM = 15, 150, 300
"""How long a break lasts, and from which length a session has one, then two around lunch."""
PAUSE, LUNCH = "Pause libre.", "Le déjeuner, entre les deux pauses, n'est pas compté."
GRAIN = 5
TITLES: Mapping[Block, str] = {
    "welcome": "Accueil et objectifs",
    "words": "Les mots de la séance",
    "points": "Points clés",
    "timeline": "Le calendrier",
    "roles": "Qui fait quoi",
    "comparison": "Avant, après : la comparaison",
    "cases": "Études de cas",
    "disputes": "Ce qui se discute, ce que l'on ne sait pas",
    "quiz": "Quiz et correction",
    "closing": "Bilan et évaluation",
}
_EACH: Mapping[Block, tuple[float, float]] = {
    "words": (0.3, 0.6),
    "points": (1, 4),
    "timeline": (0.7, 2),
    "roles": (0.5, 2),
    "comparison": (0.4, 1.5),
    "cases": (10, 25),
    "disputes": (1, 5),
    "quiz": (1, 3),
}
"""Minutes that an item takes, at least and at most."""
LEAST_SUBJECTS = 2
"""Subjects under which the points are told in one step."""
END_SHARE = 0.5
"""Share of the minutes of the other steps that the welcome and the closing may last together."""
_LAST_FIRST: Mapping[Audience, tuple[Block, ...]] = {
    "nouveaux agents": ("words", "disputes", "comparison", "timeline", "cases", "roles"),
    "élus": ("words", "roles", "disputes", "comparison", "cases", "timeline"),
    "associations": ("words", "disputes", "comparison", "timeline", "cases", "roles"),
    "tous publics": ("words", "disputes", "comparison", "roles", "cases", "timeline"),
}
"""What a short session leaves for reading at home, first to go first."""
_HOW: Mapping[Block, str] = {
    "welcome": "Tour de table, attentes, lecture des objectifs. Dire d'où viennent les phrases : "
    "chacune porte sa preuve.",
    "words": "Projeter le glossaire ; chacun dit un mot qu'il entend pour la première fois.",
    "points": "Exposer les points un à un en montrant la source de chacun, puis recueillir les "
    "questions.",
    "timeline": "Projeter la frise ; placer ensemble chaque date avant de la dévoiler.",
    "roles": "Distribuer les lignes du tableau en cartes ; le groupe les range par acteur, puis "
    "on compare avec le tableau.",
    "comparison": "Cacher une colonne du tableau, la faire deviner, puis la montrer.",
    "cases": "Par groupes de trois : lecture de la situation, réponses écrites, puis mise en "
    "commun avec les réponses attendues et leurs preuves.",
    "disputes": "Présenter chaque désaccord avec ses côtés et ce qu'il faut retenir ; dire "
    "simplement ce que personne n'a pu établir.",
    "quiz": "Chacun répond seul ; correction en commun, chaque bonne réponse lue dans sa source.",
    "closing": "Chacun dit ce qu'il retient et ce qui reste flou, puis remplit la fiche "
    "d'évaluation.",
}
_HOW_FOR: Mapping[tuple[Audience, Block], str] = {
    ("nouveaux agents", "roles"): "Chacun cherche dans le tableau les lignes de son propre poste, "
    "puis explique à son voisin ce que font les autres.",
    ("nouveaux agents", "words"): "Faire relier chaque sigle à sa définition avant de projeter le "
    "glossaire.",
    ("élus", "points"): "Aller droit aux décisions, aux dates et aux sommes ; garder la moitié du "
    "temps pour les questions.",
    ("élus", "timeline"): "Repérer sur la frise ce qui doit passer devant l'assemblée, et quand.",
    ("élus", "cases"): "Débattre de la situation comme en commission, puis comparer avec les "
    "réponses attendues et leurs preuves.",
    ("associations", "points"): "Pour chaque point, demander : qu'est-ce que cela change pour les "
    "enfants, les jeunes et les familles que nous accompagnons ?",
    ("associations", "roles"): "Pour chaque ligne, dire à qui s'adresser et ce que l'on est en "
    "droit d'en attendre.",
}


@dataclass(frozen=True, slots=True)
class _Room:
    """A block with its least and most minutes, in ``GRAIN``."""

    block: Block
    least: int
    most: int


def run_sheet(
    items: Mapping[Block, Sequence[str]],
    audience: Audience,
    minutes: int,
    essential: Collection[Block] = (),
    limits: Mapping[Block, int] = MappingProxyType({}),
    subjects: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[Step, ...]:
    """Steps that add up to ``minutes``, or to less when there isn't matter enough.

    Args:
        items: ids of what each block uses; a block without any is left out, but the welcome and
            the closing.
        minutes: length asked, breaks included and lunch not.
        essential: blocks that even a short session has.
        limits: minutes that a block can hold at most, where its items say less than usual.
        subjects: the points by subject, in order; a session long enough to have a break tells
            each subject in its turn, between the other steps.
    """
    breaks = (1 if minutes >= BREAK_FROM else 0) + (1 if minutes >= LUNCH_FROM else 0)
    rooms = [
        _room(block, len(items.get(block, ())), minutes, limits.get(block)) for block in TITLES
    ]
    kept = _with_short_ends([room for room in rooms if room.most])
    time = minutes - breaks * BREAK_MINUTES
    for block in (one for one in _LAST_FIRST[audience] if one not in essential):
        if sum(room.least for room in kept) <= time:
            break
        kept = [room for room in kept if room.block != block]
    spent = _shared(kept, time)
    work = sum(spent.values())
    while breaks and work + breaks * BREAK_MINUTES < (LUNCH_FROM if breaks > 1 else BREAK_FROM):
        breaks -= 1  # too little matter for a session that long
    blocks = [room.block for room in kept if spent[room.block]]
    steps = {
        block: Step(
            spent[block],
            TITLES[block],
            _HOW_FOR.get((audience, block), _HOW[block]),
            tuple(items.get(block, ())),
        )
        for block in blocks
    }
    told = _by_subject(steps["points"], subjects) if "points" in steps else []
    if minutes < BREAK_FROM or len(told) < LEAST_SUBJECTS:
        return _with_breaks(list(steps.values()), breaks)
    return _with_breaks(_alternating(steps, told), breaks)


def _by_subject(step: Step, subjects: Mapping[str, Sequence[str]]) -> list[Step]:
    """A step as one a subject, each as long as it has points; its minutes stay the same."""
    found: list[Step] = []
    count = sum(map(len, subjects.values()))
    given = before = 0
    for name, ids in subjects.items():
        before += len(ids)
        until = _grains(step.minutes * before / count)
        if until > given:
            found.append(Step(until - given, f"{step.title} : {name}", step.how, tuple(ids)))
            given = until
        elif found:
            found[-1] = replace(found[-1], items=(*found[-1].items, *ids))
    return found


def _alternating(steps: Mapping[Block, Step], told: Sequence[Step]) -> list[Step]:
    """The steps of a session, each subject told before the activity that follows the former."""
    left = list(told)
    out: list[Step] = []
    for block, step in steps.items():
        if block == "points":
            out.append(left.pop(0))
            continue
        if block not in ("welcome", "words", "closing") and left:
            out.append(left.pop(0))
        if block == "closing":
            out += left
        out.append(step)
    return out


def _room(block: Block, count: int, minutes: int, limit: int | None) -> _Room:
    if block in ("welcome", "closing"):
        return _Room(block, GRAIN, 5 if minutes < 60 else 10 if minutes < 240 else 20)
    if not count:
        return _Room(block, 0, 0)
    least, most = (_grains(each * count) for each in _EACH[block])
    if limit is not None:
        least, most = min(least, _grains(limit)), min(most, _grains(limit))
    return _Room(block, max(GRAIN, least), max(GRAIN, most))


def _with_short_ends(rooms: Sequence[_Room]) -> list[_Room]:
    """``rooms`` whose welcome and closing don't outlast what there is between them."""
    ends = ("welcome", "closing")
    work = sum(room.most for room in rooms if room.block not in ends)
    most = max(GRAIN, _grains(END_SHARE * work / len(ends)))
    return [
        replace(room, most=min(room.most, most)) if room.block in ends else room for room in rooms
    ]


def _grains(minutes: float) -> int:
    return GRAIN * round(minutes / GRAIN)


def _shared(rooms: Sequence[_Room], minutes: int) -> dict[Block, int]:
    """Minutes of each block: the least of each, then what is left, to the emptiest first."""
    spent = {room.block: room.least for room in rooms}
    most = {room.block: room.most for room in rooms}
    while (over := sum(spent.values()) - minutes) > 0:  # even the least is too long
        largest = max(spent, key=lambda block: spent[block])
        spent[largest] -= min(over, GRAIN)
    while (left := minutes - sum(spent.values())) > 0:
        open_ones = [block for block in spent if spent[block] < most[block]]
        if not open_ones:
            break
        block = min(open_ones, key=lambda one: spent[one] / most[one])
        spent[block] += min(left, GRAIN, most[block] - spent[block])
    return spent


def _with_breaks(steps: Sequence[Step], breaks: int) -> tuple[Step, ...]:
    """``steps`` with breaks between them, as evenly as they allow: one in the middle, or one in
    each half of a day, around a lunch that isn't counted."""
    total = sum(step.minutes for step in steps)
    places = {0: [], 1: [total / 2], 2: [total * 0.25, total * 0.75]}[breaks]
    ends = [sum(step.minutes for step in steps[: n + 1]) for n in range(len(steps) - 1)]
    after = {min(ends, key=lambda end: abs(end - place)) for place in places}
    how = PAUSE if breaks < 2 else f"{PAUSE} {LUNCH}"
    out: list[Step] = []
    for end, step in zip([*ends, total], steps, strict=True):
        out.append(step)
        if end in after:
            out.append(Step(BREAK_MINUTES, "Pause", how))
    return tuple(out)
