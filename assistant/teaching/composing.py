"""A pack as its trainer changes it: what is dropped, moved, drawn again, added; nothing added is
shown as proved unless the index proves it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal, get_args

from assistant.answer import Citation
from assistant.citing import cite
from assistant.extracting import Quote
from assistant.teaching.naming import id_of
from assistant.teaching.numbering import renumbered
from assistant.teaching.pack import Dispute, Note, Order, Pack, Proved
from assistant.teaching.telling import sentence
from assistant.teaching.timing import without_emptied
from assistant.units import document_units
from ingest.index import Index

Part = Literal[
    "points", "timeline", "roles", "comparison", "words", "cases", "quiz", "disputes", "notes"
]
Doing = Literal["drop", "up", "down", "again", "note", "add"]
MOVABLE: Final[frozenset[Part]] = frozenset({"points", "roles", "cases", "quiz", "notes"})
DRAWN: Final[frozenset[Part]] = frozenset({"cases", "quiz"})
"""Parts that another seed chooses otherwise."""
QUOTE_CHARS: Final = 1_500
CHOSEN: Final = "Passage choisi"
_DOUBTED: Final = frozenset({"disputed", "unknown"})
GONE: Final = "Une modification ne s'applique plus : l'élément n'est plus dans la séance."
NO_OTHER: Final = "Rien d'autre n'est prouvé pour remplacer cet élément : il reste tel quel."
LOST: Final = "Un passage ajouté n'est plus dans les documents : il n'est pas repris."


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. ``id`` is an item of ``part``, or the document to quote from ``start`` to
    ``end`` (code points) when something is added; ``text`` is the trainer's own note."""

    do: Doing
    part: Part = "points"
    id: str = ""
    text: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Composed:
    """The pack once changed, the ``edits`` that still apply to it, and French sentences on those
    that don't."""

    pack: Pack
    edits: tuple[Edit, ...] = ()
    unmet: tuple[str, ...] = ()


def quoted(document_id: str, start: int, end: int, index: Index) -> tuple[Citation, ...]:
    """The statements of a document that a span touches, each whole, as one quote; before it, the
    sentence that introduces their list, without which an item may say the contrary.

    Empty when the document is gone, the span says nothing or is too long to be quoted.
    """
    document = index.texts.document(document_id)
    if document is None or not 0 <= start < end <= len(document.text):
        return ()
    units = tuple(u for u in document_units(document) if u.start < end and u.end > start)
    if not units or units[-1].end - units[0].start > QUOTE_CHARS:
        return ()
    first = units[0]
    quotes = [Quote(units, first.start, units[-1].end)]
    if first.lead_in is not None:
        quotes.insert(0, Quote((first,), *first.lead_in))
    return tuple(cite(quotes, index))


def composed(
    pack: Pack,
    edits: Sequence[Edit],
    make: Callable[[Order], Pack],
    quote: Callable[[str, int, int], Sequence[Citation]],
) -> Composed:
    """A pack with changes made one after the other, its citations numbered anew.

    Args:
        pack: the pack as it was made.
        edits: the changes, oldest first.
        make: makes a pack, for what is drawn again with another seed.
        quote: reads a passage again in the index (see ``quoted``), empty when it isn't there.
    """
    composer = _Composer(pack, make, quote)
    kept, unmet = [], []
    for number, edit in enumerate(edits, 1):
        fault = composer.apply(edit)
        if fault in (None, NO_OTHER):  # one more draw that found nothing still takes its seed
            kept.append(edit)
        if fault is not None and (fault != NO_OTHER or number == len(edits)):
            unmet.append(fault)
    return Composed(_tidied(composer.pack, pack), tuple(kept), tuple(dict.fromkeys(unmet)))


class _Composer:
    def __init__(
        self,
        pack: Pack,
        make: Callable[[Order], Pack],
        quote: Callable[[str, int, int], Sequence[Citation]],
    ) -> None:
        self.pack = pack
        self._make = make
        self._quote = quote
        self._drawn = 0

    def apply(self, edit: Edit) -> str | None:
        """Makes one change; says in French why it can't be made."""
        if edit.do == "note":
            note = Note(f"note:{self._free_number()}", edit.text)
            self.pack = replace(self.pack, notes=(*self.pack.notes, note))
        elif edit.do == "add":
            return self._add(edit)
        elif edit.part == "comparison":
            rows = self.pack.comparison.rows if self.pack.comparison else ()
            self._dropped("comparison", *(p.id for _, cells in rows for c in cells for p in c))
            self.pack = replace(self.pack, comparison=None)
        else:
            return self._change(edit)
        return None

    def _free_number(self) -> int:
        taken = {note.id for note in self.pack.notes}
        return next(n for n in range(1, len(taken) + 2) if f"note:{n}" not in taken)

    def _add(self, edit: Edit) -> str | None:
        citations = self._quote(edit.id, edit.start, edit.end)
        if not citations:
            return LOST
        last = citations[-1]
        name = f"{last.document_id}#{last.start}-{last.end}"
        if name in {id_of(item) for item in (*self.pack.points, *self.pack.disputes)}:
            return None
        numbers = tuple(map(self._number, citations))
        text = sentence(" ".join(citation.quote for citation in citations))
        told = Proved(name, text, numbers, CHOSEN, last.exercices)
        if last.confidence in _DOUBTED:
            self.pack = replace(self.pack, disputes=(*self.pack.disputes, Dispute(told)))
        else:
            self.pack = replace(self.pack, points=(*self.pack.points, told))
        return None

    def _change(self, edit: Edit) -> str | None:
        items = list(getattr(self.pack, edit.part))
        at = next((n for n, item in enumerate(items) if id_of(item) == edit.id), None)
        if at is None:
            return GONE
        if edit.do == "drop":
            self._dropped(edit.part, edit.id)
            items = [item for item in items if id_of(item) != edit.id]
        elif edit.do == "again":
            fault = self._draw(edit.part, items, at)
            if fault:
                return fault
        elif edit.part in MOVABLE:
            to = at + (-1 if edit.do == "up" else 1)
            if 0 <= to < len(items):
                items[at], items[to] = items[to], items[at]
        given: dict[str, Any] = {edit.part: tuple(items)}
        self.pack = replace(self.pack, **given)
        return None

    def _draw(self, part: Part, items: list[Any], at: int) -> str | None:
        """Puts another item in the place of one: on the same fact if there is one."""
        if part not in DRAWN:
            return NO_OTHER
        self._drawn += 1
        order = self.pack.order
        other = self._make(replace(order, seed=order.seed + self._drawn))
        former = items[at]
        held = {id_of(item) for n, item in enumerate(items) if n != at}
        facts = {getattr(item, "fact", None) for n, item in enumerate(items) if n != at} - {None}
        offered = [
            item
            for item in map(self._adopted(other), getattr(other, part))
            if id_of(item) not in held and _wording(item) != _wording(former)
        ]
        same = [
            item for item in offered if _fact(item) is not None and _fact(item) == _fact(former)
        ]
        fresh = [item for item in offered if id_of(item) != id_of(former)]
        found = same or [item for item in fresh if _fact(item) not in facts] or fresh or offered
        if not found:
            return NO_OTHER
        items[at] = found[0]
        if id_of(former) != id_of(found[0]):
            self._dropped(part, id_of(former))
        steps = tuple(
            replace(step, items=tuple(_swapped(step.items, id_of(former), id_of(found[0]))))
            for step in self.pack.steps
        )
        self.pack = replace(self.pack, steps=steps)
        return None

    def _dropped(self, part: Part, *ids: str) -> None:
        """Remembers what its trainer took out, which a refresh offers no more."""
        names = dict.fromkeys([*self.pack.dropped, *(f"{part}:{one}" for one in ids)])
        self.pack = replace(self.pack, dropped=tuple(names))

    def _adopted(self, other: Pack) -> Callable[[Any], Any]:
        """Gives an item of another pack the numbers that its citations have in this one."""
        return lambda item: renumbered(item, lambda n: self._number(other.citations[n - 1]))

    def _number(self, citation: Citation) -> int:
        place = (citation.document_id, citation.start, citation.end)
        for known in self.pack.citations:
            if (known.document_id, known.start, known.end) == place:
                return known.n
        number = len(self.pack.citations) + 1
        added = (*self.pack.citations, replace(citation, n=number))
        self.pack = replace(self.pack, citations=added)
        return number


def _fact(item: Any) -> str | None:
    return getattr(item, "fact", None)


def _wording(item: Any) -> Any:
    """An item less its citations' numbers: what a reader tells it by."""
    return renumbered(item, lambda _: 0)


def _swapped(ids: Sequence[str], former: str, new: str) -> Iterable[str]:
    return (new if one == former else one for one in ids)


def _tidied(pack: Pack, before: Pack) -> Pack:
    """Without the citations that nothing calls any more, nor what was dropped in the steps, nor
    what was only for a part that is empty now."""
    numbers: dict[int, int] = {}

    def renumber(n: int) -> int:
        return numbers.setdefault(n, len(numbers) + 1)

    parts: dict[str, Any] = {
        field.name: renumbered(getattr(pack, field.name), renumber)
        for field in fields(pack)
        if field.name not in ("order", "citations")
    }
    kept = tuple(replace(pack.citations[old - 1], n=new) for old, new in numbers.items())
    gone = set(_ids(before)) - set(_ids(pack))
    steps = tuple(
        replace(step, items=tuple(one for one in step.items if one not in gone))
        for step in pack.steps
    )
    left = replace(pack, **parts | {"citations": kept, "steps": steps})
    return without_emptied(left, before)


def _ids(pack: Pack) -> Iterable[str]:
    for part in get_args(Part):
        if part != "comparison":
            yield from map(id_of, getattr(pack, part))
    for _, cells in pack.comparison.rows if pack.comparison else ():
        yield from (proved.id for cell in cells for proved in cell)
