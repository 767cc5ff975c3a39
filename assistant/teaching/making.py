"""A trainer's pack, made: from an order to a session whose every item is proved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.answering import Assistant
from assistant.entries import Entry
from assistant.privacy import masked
from assistant.teaching.choosing import Point, chosen, points_of, subject_of
from assistant.teaching.doubts import disputes_of, missing_of, short_quiz, undated_of
from assistant.teaching.gathering import gather
from assistant.teaching.grouping import headed_apart, in_order, titles_of
from assistant.teaching.knowing import check_day, entries_of, nothing_known
from assistant.teaching.material import Bibliography, Material
from assistant.teaching.numbering import numbers_in, renumbered
from assistant.teaching.pack import (
    LEAST_MINUTES,
    MOST_MINUTES,
    Order,
    Pack,
    Proved,
)
from assistant.teaching.parts import (
    compared,
    evaluation_of,
    events_of,
    objectives_of,
    roles_of,
    words_of_pack,
)
from assistant.teaching.replying import nothing_told
from assistant.teaching.studies import of_group, same_cases, studies
from assistant.teaching.telling import Teller
from assistant.teaching.timing import steps_of
from corpus.errors import InvalidRequest
from corpus.registry import Unknown
from ingest.index import Index

FOUNDING_COUNTED = 3
"""Founding statements over as many take no other key point's place."""
_PARTS = ("points", "timeline", "roles", "comparison", "words", "cases", "quiz", "disputes")


def _silent(_step: str) -> None:
    return None


def make_pack(
    assistant: Assistant,
    index: Index,
    order: Order,
    progress: Callable[[str], None] = _silent,
) -> Pack:
    """The session that an order asks for, as long as the corpus proves enough for it.

    Args:
        index: the index that ``assistant`` answers from.
        progress: told each step, one French line.

    Raises:
        InvalidRequest: the theme, the exercice, the length or the day can't be had, a free
            question has no answer, or nothing was known of it on that day (French).
        IndexUnusable: nothing published can be read.
    """
    if not LEAST_MINUTES <= order.minutes <= MOST_MINUTES:
        raise InvalidRequest(
            f"Une séance dure de {LEAST_MINUTES} à {MOST_MINUTES} minutes : {order.minutes} "
            "minutes ne conviennent pas."
        )
    check_day(order, date.today())
    order = replace(order, question=masked(order.question)) if order.question else order
    bibliography = Bibliography()
    teller = Teller(index, bibliography, order.exercice)
    material = gather(order, assistant, index, teller, progress)
    progress("Je choisis les points clés et je vérifie chaque phrase…")
    minutes, entries = order.minutes, entries_of(assistant.entries(), order.as_of)
    found = points_of(material, entries, teller)
    first = len(material.founding) + len(material.reply.told)
    most_told = most_points(minutes) + max(0, first - FOUNDING_COUNTED)
    opening = {one.id for one in (*material.reply.told, *material.founding)}
    points = in_order(
        chosen(found, order.audience, most_told),
        {one.told.id: one.subject for one in found},
        opening,
        by_year=order.exercice is None,
    )
    names = {teller.name_of(one) for one in bibliography.citations}
    points = headed_apart(points, titles_of(material), names, bibliography.proves)
    tell = _teller_of_rows(teller)
    timeline = events_of(material, tell, most_events(minutes))
    roles = roles_of(material, order.audience, tell, most_roles(minutes))
    if not (points or timeline or roles):
        raise nothing_told(material.reply, order) if order.question else nothing_known(order)
    comparison = compared(material, entries, teller)
    studied = studies(material, tell, entries)
    cases = of_group(studied, most_cases(minutes), order.seed)
    said = [*points, *(event.told for event in timeline), *(role.told for role in roles)]
    disputes = disputes_of(
        material, teller, tell, most_disputes(minutes), [one.text for one in said]
    )
    progress("J'écris le quiz…")
    from assistant.teaching.quizzing import allowed, asked_again, of_group_a, quiz

    facts, most = allowed(material, entries, index), most_items(minutes)
    other = of_group_a(material, entries, index, most)
    items = quiz(material, entries, index, bibliography, most, former=other)
    again = asked_again(items, other)
    progress("Je règle le déroulé…")
    pack = Pack(
        order=order,
        title=material.title,
        objectives=(),
        steps=(),
        points=points,
        timeline=timeline,
        roles=roles,
        comparison=comparison,
        words=(),
        cases=cases,
        quiz=items,
        disputes=disputes,
        evaluation=(),
        missing=(),
        facts=facts,
        citations=bibliography.citations,
        corpus_digest=index.manifest.corpus_digest,
        corpus_checked_on=index.manifest.checked_on,
    )
    pack = _finished(pack, material, found, teller)
    former = of_group(studied, most_cases(minutes), 1)
    lacks = (*undated_of(pack, index), *short_quiz(pack, most, again), *same_cases(pack, former))
    return replace(pack, missing=(*pack.missing, *lacks))


def _finished(pack: Pack, material: Material, found: list[Point], teller: Teller) -> Pack:
    """The pack with what is made from its own parts, its citations numbered as it is read."""
    asked = {one.id for one in material.reply.told}
    subjects = {
        p.told.id: subject_of(p.told.text) if p.told.id in asked else p.subject for p in found
    }
    pack = replace(pack, words=words_of_pack(pack, 2 + pack.order.minutes // 8))
    pack = replace(pack, steps=steps_of(pack))  # what has no time isn't an objective
    pack = replace(
        pack,
        objectives=objectives_of(pack, {subjects[one.id] for one in pack.points}),
        evaluation=evaluation_of(pack),
    )
    return _numbered(replace(pack, missing=missing_of(pack, material, teller.dropped)))


def _teller_of_rows(teller: Teller) -> Callable[[Entry[Any]], Proved | None]:
    """Tells each row once, always in the same words."""
    held: dict[str, Proved | None] = {}

    def tell(entry: Entry[Any]) -> Proved | None:
        key = f"{type(entry.row).__name__}:{entry.row.id}"
        if key not in held:
            unknown = isinstance(entry.row, Unknown)
            held[key] = teller.unknown(entry) if unknown else teller.row(entry)
        return held[key]

    return tell


def _numbered(pack: Pack) -> Pack:
    """``pack`` without the citations that nothing uses, numbered as they come."""
    used = numbers_in(tuple(getattr(pack, name) for name in _PARTS))
    new = {old: n for n, old in enumerate(used, 1)}
    parts = {name: renumbered(getattr(pack, name), new.__getitem__) for name in _PARTS}
    citations = tuple(replace(pack.citations[old - 1], n=n) for old, n in new.items())
    return replace(pack, citations=citations, **parts)


def most_points(minutes: int) -> int:
    """Key points that a length allows."""
    return min(30, 5 + minutes // 12)


def most_events(minutes: int) -> int:
    """Dates of the timeline that a length allows."""
    return min(30, max(6, 4 + minutes // 10))


def most_roles(minutes: int) -> int:
    """Lines of « qui fait quoi » that a length allows."""
    return min(40, max(8, 4 + minutes // 7))


def most_cases(minutes: int) -> int:
    """Case studies that a length allows."""
    return min(6, max(1, minutes // 60))


def most_disputes(minutes: int) -> int:
    """Disputes and unknowns that a length allows."""
    return min(10, 2 + minutes // 15)


def most_items(minutes: int) -> int:
    """Quiz items that a length allows: 5 for half an hour, 8 for one, 20 for a day."""
    return 5 + (minutes - 30) // 10 if minutes < 60 else min(20, 8 + (minutes - 60) // 30)
