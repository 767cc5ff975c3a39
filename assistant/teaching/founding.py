"""What a theme rests on: what it is, between whom and what for, told before anything else."""

from collections.abc import Iterator

from assistant.teaching.knowing import is_known
from assistant.teaching.pack import Order, Proved
from assistant.teaching.telling import Teller
from assistant.teaching.themes import Founding, Theme
from assistant.units import Unit, UnitReader


def founding_of(
    theme: Theme, order: Order, reader: UnitReader, teller: Teller
) -> tuple[Proved, ...]:
    """The founding statements of a theme that hold for the exercice of an order and were known on
    its day, in the theme's order; those of every exercice when it asks none."""
    units = (found_in(one, reader) for one in theme.founding if one.holds_for(order.exercice))
    known = (u for u in units if u is not None and is_known(u, order.as_of))
    return tuple(told for unit in known if (told := teller.statement(unit)) is not None)


def found_in(founding: Founding, reader: UnitReader) -> Unit | None:
    """The statement that a theme names by its document and first words; ``None`` where the
    library doesn't have it."""
    return next(_beginning(founding, reader), None)


def _beginning(founding: Founding, reader: UnitReader) -> Iterator[Unit]:
    for unit in reader.document(founding.document):
        if unit.text.startswith(founding.begins) and not unit.unknown:
            yield unit
