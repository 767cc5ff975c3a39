"""What a theme rests on: what it is, between whom and what for, told before anything else."""

import re
from collections.abc import Iterable, Iterator

from assistant.teaching.knowing import is_known
from assistant.teaching.pack import Order, Proved
from assistant.teaching.telling import FRAME, Teller
from assistant.teaching.themes import Founding, Theme
from assistant.units import Unit, UnitReader

_REFERENCE = re.compile(r"n° ?[\w/.-]*\w")


def founding_of(
    theme: Theme, order: Order, reader: UnitReader, teller: Teller
) -> tuple[Proved, ...]:
    """The founding statements of a theme that hold for the exercice of an order and were known on
    its day, in the theme's order; those of every exercice when it asks none."""
    units = founding_units(theme, order, reader)
    return tuple(told for unit in units if (told := teller.statement(unit)) is not None)


def founding_units(theme: Theme, order: Order, reader: UnitReader) -> tuple[Unit, ...]:
    """These statements where they stand: a session tells them, so its quiz may ask them."""
    units = (found_in(one, reader) for one in theme.founding if one.holds_for(order.exercice))
    return tuple(u for u in units if u is not None and is_known(u, order.as_of))


def not_founding(claims: Iterable[Proved], founding: Iterable[Proved]) -> tuple[Proved, ...]:
    """``claims`` but those that name, as the text that rules, the one that a founding statement
    names already: « l'instruction n° 2022/61 régit l'exercice 2022 »."""
    named = {_references(one) for one in founding if one.label == FRAME}
    return tuple(
        one
        for one in claims
        if one.label != FRAME or not _references(one) or _references(one) not in named
    )


def _references(told: Proved) -> frozenset[str]:
    return frozenset(_REFERENCE.findall(told.text))


def found_in(founding: Founding, reader: UnitReader) -> Unit | None:
    """The statement that a theme names by its document and first words; ``None`` where the
    library doesn't have it."""
    return next(_beginning(founding, reader), None)


def _beginning(founding: Founding, reader: UnitReader) -> Iterator[Unit]:
    for unit in reader.document(founding.document):
        if unit.text.startswith(founding.begins) and not unit.unknown:
            yield unit
