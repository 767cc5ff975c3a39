"""A saved pack beside today's corpus: item by item what holds, what changed and by which text.

Nothing of a file is exported but its trainer's choices and notes: each item is found again in what
the corpus offers today, and it is that one which is written.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from assistant.answer import Citation
from assistant.entries import Entries
from assistant.privacy import masked
from assistant.teaching.fates import Fate, Fates, Outcome, gone, is_doubted, reason, titles
from assistant.teaching.framing import FrameId, framed
from assistant.teaching.material import Bibliography
from assistant.teaching.naming import id_of, said_of
from assistant.teaching.numbering import numbers_in, renumbered
from assistant.teaching.offering import Offer, Offers, Part, Pool, key_of, same, table_of
from assistant.teaching.pack import Pack, QuizItem, Table
from assistant.teaching.rechecking import Rechecker, contradicts
from assistant.teaching.tracing import Tracer, changes_of
from ingest.index import Index

MOVED: Final = "les adresses de cette source ne sont pas celles du corpus, qui sont reprises"
UNPROVED: Final = "non prouvé : le corpus ne dit pas cela ainsi"
_PARTS: Final[tuple[Part, ...]] = (
    "points", "timeline", "roles", "comparison", "words", "cases", "quiz", "disputes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one item of a saved pack, or one that today's pack has besides.

    ``before`` and ``after`` are what it says, ``None`` where it isn't; ``why`` is a French
    sentence without its full stop, empty when the item holds or is new; ``texts`` are titles of
    the documents, or ids of the rows of registers, that changed it.
    """

    part: Part | FrameId
    id: str
    outcome: Outcome
    before: str | None = None
    after: str | None = None
    why: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refresh:
    """The items in the order of the saved pack, part by part, then what is new in each part.

    ``pack`` is today's pack with what the saved one chose, in the trainer's order and with the
    trainer's notes; what is gone is left out, and what is new isn't added.
    """

    items: tuple[Item, ...]
    pack: Pack

    def count(self, outcome: Outcome) -> int:
        """How many items ended so."""
        return sum(item.outcome == outcome for item in self.items)


def refreshed(
    saved: Pack,
    now: Pack,
    index: Index,
    pool: Callable[[], Pool] = Pool,
    entries: Entries | None = None,
) -> Refresh:
    """What a saved pack has become.

    Args:
        saved: the pack of a file.
        now: the pack made again from the same order, as of today.
        index: the index that ``now`` was made from.
        pool: makes what the theme allows besides; called when something isn't in ``now``.
        entries: the registers over that index, read again by default.

    Raises:
        InvalidDocument: a register can't be read (French).
    """
    return _Refreshing(saved, now, Tracer(index, entries), Offers(now, pool)).result()


class _Refreshing:
    def __init__(self, saved: Pack, now: Pack, tracer: Tracer, offers: Offers) -> None:
        self._saved, self._now, self._tracer, self._offers = saved, now, tracer, offers
        self._table = table_of(saved)
        self._fates = Fates(saved, now, tracer)
        self._rechecker = Rechecker(tracer.entries, tracer.index)
        self._bibliography = Bibliography()
        self._items: list[Item] = []
        self._ids: dict[str, str] = {}

    def result(self) -> Refresh:
        """Every part, then what frames them."""
        parts: dict[str, Any] = {
            part: self._comparison() if part == "comparison" else self._part(part)
            for part in _PARTS
        }
        notes = tuple(replace(note, text=masked(note.text)) for note in self._saved.notes)
        parts |= {"notes": notes, "dropped": self._saved.dropped}
        pack = replace(self._now, **parts, citations=self._bibliography.citations)
        pack, told = framed(self._saved, self._now, pack, self._ids)
        frame = [
            Item("frame", name, "holds" if before == after else "changed", masked(before), after,
                 "" if before == after else "refait avec la séance d'aujourd'hui")
            for name, before, after in told
        ]  # fmt: skip
        return Refresh((*frame, *self._addresses(), *self._items), pack)

    def _addresses(self) -> Iterator[Item]:
        """The sources whose addresses aren't those that the corpus has: the file was altered, or
        the corpus corrected; today's are written."""
        told: dict[str, Item] = {}
        for traced in self._fates.traced(self._table):
            before, now = traced.before, traced.now
            if now is not None and (before.url, before.sources) != (now.url, now.sources):
                said = masked(_addressed(before)), _addressed(now)
                item = Item("frame", "Adresses", "changed", *said, MOVED, (now.title,))
                told.setdefault(now.document_id, item)
        yield from told.values()

    def _part(self, part: Part) -> tuple[Any, ...]:
        """One part brought up to date; its items told."""
        olds = getattr(self._saved, part)
        kept: dict[str, Any] = {}
        for old in olds:
            fate, outcome = self._followed(part, Offer(old, self._table))
            self._tell(part, old, fate, outcome)
            if fate.value is not None:
                kept.setdefault(id_of(fate.value), self._numbered(fate))
        known = {*kept, *map(id_of, olds)}
        for one in getattr(self._now, part):
            if id_of(one) not in known and f"{part}:{id_of(one)}" not in self._saved.dropped:
                self._items.append(Item(part, id_of(one), "new", None, said_of(one)))
        return tuple(kept.values())

    def _tell(self, part: Part, old: Any, fate: Fate, outcome: Outcome) -> None:
        after = said_of(fate.value) if fate.value is not None else None
        before = said_of(old)
        before = before if before == after else masked(before)
        self._items.append(Item(part, id_of(old), outcome, before, after, fate.why, fate.texts))
        if fate.value is not None:
            self._ids.setdefault(id_of(old), id_of(fate.value))

    def _numbered(self, fate: Fate) -> Any:
        table = fate.table
        return renumbered(fate.value, lambda n: self._bibliography.numbers([table[n]])[0])

    def _followed(self, part: Part, old: Offer) -> tuple[Fate, Outcome]:
        """What stands for an item today: exactly itself, another one, or nothing."""
        name = id_of(old.value)
        chosen, allowed = self._offers.chosen(part, name), self._offers.allowed(part, name)
        if found := next((one for one in chosen if same(old, one)), None):
            return self._held(old, found)
        if part == "quiz" and self._stands(old) and (drawn := self._offers.drawn(old)):
            return self._held(old, drawn)
        if chosen:
            return self._changed(old, chosen[0])
        told = getattr(old.value, "told", old.value)
        if part in ("points", "timeline", "roles") and (fate := self._fates.ended(told)):
            return self._replaced(part, fate)
        if found := next((one for one in allowed if same(old, one)), None):
            return self._held(old, found)
        single = allowed[0] if allowed else self._single(part, old.value)
        if single is None:
            return self._gone(part, old), "gone"
        return self._held(old, single) if _same_told(old, single) else self._changed(old, single)

    def _replaced(self, part: Part, fate: Fate) -> tuple[Fate, Outcome]:
        """What took the place of a row, as an item of its part."""
        if fate.value is not None and part != "points":
            made = self._offers.chosen(part, fate.value.id)
            one = made[0] if made else self._of_row(part, fate.value.id)
            fate = Fate(one.value, one.table, fate.why, fate.texts) if one else gone(fate.why)
        return fate, "gone" if fate.value is None else "changed"

    def _single(self, part: Part, old: Any) -> Offer | None:
        """An item that the theme doesn't offer, made from what proves it alone."""
        if part in ("timeline", "roles"):
            return self._of_row(part, old.told.id)
        if part == "quiz":
            taken = {one.id for one in self._saved.quiz}
            again = (q for q in self._now.quiz if q.fact == old.fact and q.id not in taken)
            return next((Offer(one, table_of(self._now)) for one in again), None)
        if part == "disputes":
            made = self._fates.tracer.passage(old.told.id, self._fates.traced(old.told.citations))
            return Offer(replace(old, told=made[0], sides=(), retain=""), made[1]) if made else None
        made = self._fates.proved_again(old) if part == "points" else None
        return Offer(*made) if made and not is_doubted(made[1], made[0].citations) else None

    def _of_row(self, part: Part, name: str) -> Offer | None:
        tracer, audience = self._tracer, self._now.order.audience
        made = tracer.event(name) if part == "timeline" else tracer.role(name, audience)
        return Offer(*made) if made else None

    def _stands(self, old: Offer) -> bool:
        return all(t.now is not None for t in self._fates.traced(numbers_in(old.value)))

    def _held(self, old: Offer, found: Offer) -> tuple[Fate, Outcome]:
        """The same words by the same quotes; what is said of a quote may have changed."""
        before = {key_of(one): one for one in old.citations()}
        whys = {one.title: why for one in found.citations()
                if (why := changes_of(before[key_of(one)], one))}  # fmt: skip
        fate = Fate(found.value, found.table, " ; ".join(whys.values()), tuple(whys))
        return fate, "changed" if whys else "holds"

    def _changed(self, old: Offer, found: Offer) -> tuple[Fate, Outcome]:
        """Another item under the same name."""
        traced = self._fates.traced(numbers_in(old.value))
        changes = [t for t in traced if t.why]
        known = {key_of(one) for one in old.citations()}
        added = tuple(
            dict.fromkeys(one.title for one in found.citations() if key_of(one) not in known)
        )
        row = getattr(getattr(old.value, "told", old.value), "id", "")
        if changes:
            why, texts = reason(changes), titles(changes)
        elif isinstance(old.value, QuizItem):
            right = contradicts(old.value, found.value)
            fault = "la bonne réponse a changé" if right else self._rechecker.fault(old.value)
            why, texts = fault or UNPROVED, titles(traced)
        elif added:
            why = f"dit maintenant par {' et '.join(f'« {title} »' for title in added)}"
            texts = added
        elif self._tracer.is_row_id(row):
            why, texts = f"la ligne « {row} » du registre dit autre chose", (row,)
        else:
            why, texts = UNPROVED, titles(traced) or (id_of(old.value),)
        return Fate(found.value, found.table, why, texts), "changed"

    def _gone(self, part: Part, old: Offer) -> Fate:
        """Why nothing stands for an item any more."""
        traced = self._fates.traced(numbers_in(old.value))
        lost = [t for t in traced if t.now is None] or [t for t in traced if t.newly_disputed]
        name = id_of(old.value)
        if part == "disputes" and self._tracer.is_row_id(name) and not self._tracer.row(name):
            why = f"la ligne « {name} » n'est plus au registre : ce point a été établi ou retiré"
            return gone(why, (name,))
        if lost:
            return gone(reason(lost), titles(lost))
        fault = self._rechecker.fault(old.value) if part == "quiz" else ""
        return gone(fault or UNPROVED, titles(traced) or (name,))

    def _comparison(self) -> Table | None:
        """The comparison made again, with the cells that the saved one has."""
        table, now = self._saved.comparison, self._now.comparison
        wanted: dict[str, Any] = {}
        for cell in _cells(table):
            chosen = self._offers.chosen("comparison", cell.id)
            old = Offer(cell, self._table)
            found = next((one for one in chosen if same(old, one)), None)
            if found or chosen:
                fate, outcome = self._held(old, found) if found else self._changed(old, chosen[0])
                wanted[cell.id] = fate
            else:
                ended = self._fates.ended(cell)
                fate, outcome = ended or self._gone("comparison", old), "gone"
                fate = gone(fate.why, fate.texts)
            self._tell("comparison", cell, fate, outcome)
        known = {cell.id for cell in _cells(table)}
        for cell in {one.id: one for one in _cells(now)}.values():
            if cell.id not in known and f"comparison:{cell.id}" not in self._saved.dropped:
                self._items.append(Item("comparison", cell.id, "new", None, cell.text))
        today = table_of(self._now)
        rows = []
        for label, cells in now.rows if now and table else ():
            kept = tuple(tuple(one for one in cell if one.id in wanted) for cell in cells)
            if any(kept):
                rows.append((label, self._numbered(Fate(kept, today, ""))))
        return replace(now, rows=tuple(rows)) if now and rows else None


def _addressed(one: Citation) -> str:
    """A source and its addresses."""
    sources = [f"{s.get('publisher') or ''} {s.get('url') or ''}".strip() for s in one.sources]
    return " ; ".join(filter(None, [one.title, one.url, *sources]))


def _cells(table: Table | None) -> Iterator[Any]:
    for _label, cells in table.rows if table else ():
        for cell in cells:
            yield from cell


def _same_told(old: Offer, found: Offer) -> bool:
    """Whether two items are the same but for the place of a passage, which names it."""
    value: Any = found.value
    if hasattr(value, "told"):
        value = replace(value, told=replace(value.told, id=id_of(old.value)))
    elif hasattr(value, "id"):
        value = replace(value, id=old.value.id)
    table: Mapping[int, Citation] = found.table
    return same(old, Offer(value, table))
