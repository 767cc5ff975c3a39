"""A saved pack beside today's corpus: item by item what holds, what changed and by which text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from assistant.answer import Citation
from assistant.teaching.fates import Fate, Fates, Outcome, proved_in
from assistant.teaching.material import Bibliography
from assistant.teaching.naming import id_of, said_of
from assistant.teaching.numbering import numbers_in, renumbered
from assistant.teaching.pack import Dispute, Event, Pack, Proved, QuizItem, Role, Table, Word
from assistant.teaching.rechecking import Rechecker
from assistant.teaching.tracing import Traced, Tracer
from corpus.lexicon import fold, folded_words, glossary
from ingest.index import Index

Part = Literal["points", "timeline", "roles", "comparison", "words", "cases", "quiz", "disputes"]


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one item of a saved pack, or one that today's pack has besides.

    ``before`` and ``after`` are what it says, ``None`` where it isn't; ``why`` is a French
    sentence without its full stop, empty when the item holds or is new; ``texts`` are titles of
    the documents, or ids of the rows of registers, that changed it.
    """

    part: Part
    id: str
    outcome: Outcome
    before: str | None = None
    after: str | None = None
    why: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refresh:
    """The items in the order of the saved pack, part by part, then what is new in each part.

    ``pack`` is the saved pack brought up to date: what is gone is left out, what changed is as
    today, in the trainer's order and with the trainer's notes; what is new isn't added.
    """

    items: tuple[Item, ...]
    pack: Pack

    def count(self, outcome: Outcome) -> int:
        """How many items ended so."""
        return sum(item.outcome == outcome for item in self.items)


def refreshed(saved: Pack, now: Pack, index: Index) -> Refresh:
    """What a saved pack has become.

    Args:
        saved: the pack of a file.
        now: the pack made again from the same order, as of today.
        index: the index that ``now`` was made from.

    Raises:
        InvalidDocument: a register can't be read (French).
    """
    return _Refreshing(saved, now, Tracer(index)).result()


@dataclass(frozen=True, slots=True)
class _Made:
    """What stands for an item today: ``value`` bears the numbers of ``table``; ``None`` for an
    item that is gone."""

    outcome: Outcome
    value: Any
    table: Mapping[int, Citation]
    why: str = ""
    texts: tuple[str, ...] = ()


class _Refreshing:
    def __init__(self, saved: Pack, now: Pack, tracer: Tracer) -> None:
        self._saved, self._now, self._tracer = saved, now, tracer
        self._fates = Fates(saved, now, tracer)
        self._rechecker = Rechecker(tracer.entries, tracer.index)
        self._bibliography = Bibliography()
        self._items: list[Item] = []
        self._ids: dict[str, str | None] = {}

    def result(self) -> Refresh:
        """Every part, then the run sheet without what is gone."""
        parts: dict[str, Any] = {
            "points": self._part("points", self._point),
            "timeline": self._part("timeline", self._event),
            "roles": self._part("roles", self._role),
            "comparison": self._table(),
            "words": self._part("words", self._word),
            "cases": self._part("cases", self._whole),
            "quiz": self._part("quiz", self._quiz_item),
            "disputes": self._part("disputes", self._dispute),
        }
        steps = tuple(
            replace(step, items=tuple(i for one in step.items if (i := self._ids.get(one, one))))
            for step in self._saved.steps
        )
        pack = replace(
            self._saved,
            **parts,
            order=replace(self._saved.order, as_of=self._now.order.as_of),
            steps=steps,
            missing=self._now.missing,
            facts=self._now.facts,
            citations=self._bibliography.citations,
            corpus_digest=self._now.corpus_digest,
            corpus_checked_on=self._now.corpus_checked_on,
        )
        return Refresh(tuple(self._items), pack)

    def _part(self, part: Part, follow: Any) -> tuple[Any, ...]:
        """One part brought up to date; its items told."""
        olds, nows = getattr(self._saved, part), getattr(self._now, part)
        again = {id_of(one): one for one in nows}
        kept: dict[str, Any] = {}
        for old in olds:
            made: _Made = follow(old, again.get(id_of(old)))
            self._tell(part, old, made)
            if made.value is not None:
                kept.setdefault(id_of(made.value), self._numbered(made))
        known = {*kept, *map(id_of, olds)}
        for one in nows:
            if id_of(one) not in known:
                self._items.append(Item(part, id_of(one), "new", None, said_of(one)))
        return tuple(kept.values())

    def _tell(self, part: Part, old: Any, made: _Made) -> None:
        after = said_of(made.value) if made.value is not None else None
        item = Item(part, id_of(old), made.outcome, said_of(old), after, made.why, made.texts)
        self._items.append(item)
        if self._ids.get(id_of(old)) is None:  # gone as a case, it may hold as a point
            self._ids[id_of(old)] = id_of(made.value) if made.value is not None else None

    def _numbered(self, made: _Made) -> Any:
        table = made.table
        return renumbered(made.value, lambda n: self._bibliography.numbers([table[n]])[0])

    def _point(self, old: Proved, _again: Proved | None) -> _Made:
        return _of(self._fates.of(old))

    def _event(self, old: Event, _again: Event | None) -> _Made:
        """A date follows its sentence, or else its row."""
        fate = self._fates.of(old.told)
        if fate.after is None:
            return _of(fate)
        again = next((e for e in self._now.timeline if e.told.id == fate.after.id), None)
        if again is not None and (not fate.same or (again.on, again.words) != (old.on, old.words)):
            why = fate.why or f"la date de « {fate.after.id} » a changé"
            texts = fate.texts or (fate.after.id,)
            table = self._fates.tables[1]
            return _Made("changed", again, table, why, texts)
        if fate.same:
            return _of(fate, replace(old, told=fate.after))
        row = self._tracer.row(fate.after.id)
        on, words = getattr(row, "on", None), getattr(row, "words", None)
        if not (on or words):
            return _Made("gone", None, {}, fate.why, fate.texts)
        return _of(fate, Event(fate.after, on, words))

    def _role(self, old: Role, again: Role | None) -> _Made:
        fate = self._fates.of(old.told)
        if fate.after is None:
            return _of(fate)
        row = self._tracer.row(old.told.id)
        if again is not None and (again.who, again.modality) != (old.who, old.modality):
            why = f"la ligne « {old.told.id} » du registre a changé"
            return _Made("changed", again, self._fates.tables[1], why, (old.told.id,))
        if again is None and getattr(row, "modality", old.modality) != old.modality:
            why = f"la ligne « {old.told.id} » du registre a changé"
            return _Made("gone", None, {}, why, (old.told.id,))
        return _of(fate, replace(old, told=fate.after))

    def _table(self) -> Table | None:
        """The comparison, cell by cell."""
        table, now = self._saved.comparison, self._now.comparison
        known: set[str] = set()
        rows = []
        for label, cells in table.rows if table else ():
            made = [[self._cell(one, known) for one in cell] for cell in cells]
            found = tuple(tuple(one for one in cell if one is not None) for cell in made)
            if any(found):
                rows.append((label, found))
        for one in proved_in(now.rows) if now else ():
            if one.id not in known:
                self._items.append(Item("comparison", one.id, "new", None, one.text))
                known.add(one.id)
        return replace(table, rows=tuple(rows)) if table and rows else None

    def _cell(self, old: Proved, known: set[str]) -> Proved | None:
        made = _of(self._fates.of(old))
        self._tell("comparison", old, made)
        known |= {old.id} | ({made.value.id} if made.value else set())
        return self._numbered(made) if made.value else None

    def _word(self, old: Word, again: Word | None) -> _Made:
        """A word keeps its definition as long as the glossary does."""
        defined = {_bare(entry.definition or "") for entry in glossary()}
        traced = self._fates.traced(old.citations)
        if again is not None and again.definition != old.definition:
            why = "le glossaire a changé"
            return _Made("changed", again, self._fates.tables[1], why, ("glossaire",))
        if again is None and not old.citations and _bare(old.definition) not in defined:
            return _Made("gone", None, {}, "le glossaire ne le définit plus ainsi", ("glossaire",))
        return _standing(old, traced) or _gone(traced)

    def _whole(self, old: Any, again: Any | None, fault: str = "") -> _Made:
        """A case or a quiz item, which stands as long as all its sentences and quotes do; else
        today's takes its place, if there is one.

        Args:
            old: the item of the saved pack.
            again: what may take its place.
            fault: what else speaks against it (French), empty when nothing does.
        """
        traced = self._fates.traced(numbers_in(old))
        fates = [self._fates.of(one) for one in proved_in(old)]
        broken = [fate for fate in fates if not fate.same]
        if not fault and not broken and (kept := _standing(old, traced)) is not None:
            return kept
        why = " ; ".join(dict.fromkeys(fate.why for fate in broken if fate.why))
        texts = tuple(dict.fromkeys(text for fate in broken for text in fate.texts))
        lost = _gone(traced)
        why, texts = why or lost.why or fault, texts or lost.texts
        if again is None:
            return replace(lost, why=why, texts=texts)
        return _Made("changed", again, self._fates.tables[1], why, texts)

    def _quiz_item(self, old: QuizItem, again: QuizItem | None) -> _Made:
        taken = {one.id for one in self._saved.quiz} - {old.id}
        same_fact = [one for one in self._now.quiz if one.fact == old.fact]
        free = [one for one in same_fact if one.id not in taken]
        other = again or next(iter(free), None)
        contradicted = any(_contradicts(old, one) for one in same_fact)
        fault = "la bonne réponse a changé" if contradicted else self._rechecker.fault(old)
        return self._whole(old, other, fault)

    def _dispute(self, old: Dispute, again: Dispute | None) -> _Made:
        """A disagreement or an unknown stands as long as its row and its quotes do."""
        traced = self._fates.traced(numbers_in(old))
        name = old.told.id
        if again is not None:
            if said_of(again) == said_of(old) and (kept := _standing(old, traced)) is not None:
                return kept
            why = _gone(traced).why or f"la ligne « {name} » du registre a changé"
            return _Made("changed", again, self._fates.tables[1], why, (name,))
        if self._tracer.is_row_id(name) and self._tracer.row(name) is None:
            why = f"la ligne « {name} » n'est plus au registre : ce point a été établi ou retiré"
            return _Made("gone", None, {}, why, (name,))
        return _standing(old, traced) or _gone(traced)


def _standing(old: Any, traced: list[Traced]) -> _Made | None:
    """An item whose quotes all stand, with what is said of them today; ``None`` otherwise."""
    if any(t.now is None for t in traced):
        return None
    changes = [t for t in traced if t.why]
    table = {t.before.n: t.now for t in traced if t.now is not None}
    gone = _gone(changes)
    return _Made("changed" if changes else "holds", old, table, gone.why, gone.texts)


def _gone(traced: Iterable[Traced]) -> _Made:
    changed = [t for t in traced if t.why]
    why = " ; ".join(dict.fromkeys(t.why for t in changed))
    return _Made("gone", None, {}, why, tuple(dict.fromkeys(t.before.title for t in changed)))


def _of(fate: Fate, value: Any = None) -> _Made:
    """The fate of a sentence as that of the item which holds it."""
    if fate.after is None:
        return _Made("gone", None, {}, fate.why, fate.texts)
    return _Made(fate.outcome, value or fate.after, fate.table, fate.why, fate.texts)


def _contradicts(old: QuizItem, today: QuizItem) -> bool:
    """Whether an item of today's quiz on the same fact calls right what a saved one calls wrong,
    pairs otherwise, or puts two steps in the other order."""
    right = {fold(option.text) for option in today.options if option.right}
    wrong = {fold(option.text) for option in old.options if not option.right}
    if "vrai" not in right | wrong and "faux" not in right | wrong and right & wrong:
        return True
    pairs = dict(today.pairs)
    if any(pairs.get(left, said) != said for left, said in old.pairs):
        return True
    common = [one for one in old.order if one in today.order]
    return common != [one for one in today.order if one in common]


def _bare(text: str) -> str:
    """A definition without its capital and its full stop."""
    return " ".join(folded_words(text))
