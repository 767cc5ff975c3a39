"""What became of a proved sentence of a saved pack: it holds, it changed, or it is gone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal

from assistant.answer import Citation
from assistant.checking import facts, unproved
from assistant.teaching.pack import Pack, Proved
from assistant.teaching.tracing import Told, Traced, Tracer, values_of
from corpus.lexicon import folded_words

Outcome = Literal["holds", "changed", "gone", "new"]
_STANDINGS: Mapping[str, str] = {"discuté": "désormais discuté", "inconnu": "désormais non établi"}


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one sentence.

    ``after`` is what stands for it today (``None`` when gone) and ``table`` its citations by the
    numbers that it bears; ``same`` when its words stay, whatever changed around its quotes.
    ``why`` is a French sentence, empty when it holds; ``texts`` are titles of the texts, or the
    rows of registers, that changed it.
    """

    outcome: Outcome
    after: Proved | None
    table: Mapping[int, Citation]
    same: bool
    why: str = ""
    texts: tuple[str, ...] = ()


class Fates:
    """Compares the sentences of a saved pack with today's pack and today's index."""

    def __init__(self, saved: Pack, now: Pack, tracer: Tracer) -> None:
        self.tracer = tracer
        self.tables = (
            {one.n: one for one in saved.citations},
            {one.n: one for one in now.citations},
        )
        self._now: dict[str, list[Proved]] = {}
        for one in proved_in(replace(now, disputes=())):
            self._now.setdefault(one.id, []).append(one)
        self._known = {one.id for one in proved_in(saved)}
        self._said = [facts(one.text) for one in proved_in(saved)]
        told = {dispute.told.id for dispute in saved.disputes}
        self._disputes = {
            quote: dispute.told.text
            for dispute in now.disputes
            if dispute.told.id not in told
            for one in (dispute.told, *dispute.sides)
            for quote in self._quotes(one.citations, 1)
        }

    def of(self, old: Proved) -> Fate:
        """What became of a sentence of the saved pack."""
        traced = self.traced(old.citations)
        told = self._now.get(old.id, [])
        same = next((one for one in told if _plain(one.text) == _plain(old.text)), None)
        if same is not None:
            return self._compared(old, traced, same)
        fate = self._doubted(old, traced) or self._looked_up(old, traced)
        if told and not fate.same:  # today's pack words it better than a quote would
            return self._compared(old, traced, told[0])
        return fate

    def _doubted(self, old: Proved, traced: list[Traced]) -> Fate | None:
        """A sentence that can't be taught any more, though its quotes stand."""
        doubt = next((t for t in traced if t.newly_disputed), None)
        if doubt is not None:
            return _gone(f"désormais discuté ({doubt.why})", [doubt])
        dispute = next(
            (self._disputes[q] for q in self._quotes(old.citations, 0) if q in self._disputes), None
        )
        if dispute is not None:
            return _gone(f"désormais discuté : {dispute}", traced)
        ended = next((t for t in traced if t.newly_ended), None)
        if ended is not None:
            return _gone(f"le texte n'est plus en vigueur ({ended.why})", [ended])
        return None

    def traced(self, numbers: Iterable[int]) -> list[Traced]:
        """What became of quotes of the saved pack."""
        return [self.tracer.quote(self.tables[0][n]) for n in numbers]

    def kept(self, old: Proved, traced: list[Traced]) -> Fate:
        """The same words, whose quotes all stand: they hold, or what is said of them changed."""
        table = {t.before.n: t.now for t in traced if t.now is not None}
        lacking = unproved(old.text, table.values()) - unproved(
            old.text, (t.before for t in traced)
        )
        if lacking:
            return _gone(
                f"ses citations ne le prouvent plus ({', '.join(sorted(lacking))})", traced
            )
        changes = [t for t in traced if t.why]
        if not changes:
            return Fate("holds", old, table, True)
        return Fate("changed", old, table, True, _why(changes), _titles(changes))

    def _compared(self, old: Proved, traced: list[Traced], again: Proved) -> Fate:
        """A sentence that today's pack has too, by its id."""
        lost = [t for t in traced if t.now is None]
        same_words = _plain(old.text) == _plain(again.text)
        quotes = (self._quotes(old.citations, 0), self._quotes(again.citations, 1))
        same_proof = quotes[0] == quotes[1] and facts(old.text) == facts(again.text)
        same_proof &= not self.tracer.is_row_id(old.id)  # a row that changed is told otherwise
        if not lost and (same_words or same_proof):
            return self.kept(old, traced)
        table = {n: self.tables[1][n] for n in again.citations}
        changes = lost or [t for t in traced if t.why]
        added = [one for one in table.values() if (one.document_id, one.quote) not in quotes[0]]
        if changes:
            why, texts = _why(changes), _titles(changes)
        elif added:
            texts = tuple(dict.fromkeys(one.title for one in added))
            why = f"dit maintenant par {' et '.join(f'« {title} »' for title in texts)}"
        else:
            why, texts = f"la ligne « {old.id} » du registre a changé", (old.id,)
        return Fate("changed", again, table, same_words, why, texts)

    def _looked_up(self, old: Proved, traced: list[Traced]) -> Fate:
        """A sentence that today's pack doesn't have: its rows, its statement, then its quotes."""
        replaced = self._replaced(old)
        if replaced is not None:
            return replaced
        if self.tracer.is_row_id(old.id):
            return self._by_row(old, traced)
        lost = [t for t in traced if t.now is None]
        if not lost:
            return self.kept(old, traced)
        told = self.tracer.statement(old) or self.tracer.nearest(old, lost[0].before)
        return _changed(told, _why(lost), _titles(lost))

    def _replaced(self, old: Proved) -> Fate | None:
        """What took the place of the row behind a sentence, unless the saved pack tells it."""
        for following in self.tracer.replacing(old.id):
            again = self._now.get(following)
            told = (again[0], self.tables[1]) if again else self.tracer.told_row(following)
            new = facts(told[0].text) if told else frozenset()
            if following in self._known or (new and any(new <= said for said in self._said)):
                continue
            return _changed(told, f"remplacé par la ligne « {following} »", (following,))
        return None

    def _by_row(self, old: Proved, traced: list[Traced]) -> Fate:
        row: Any = self.tracer.row(old.id)
        if row is None:
            return _gone(f"la ligne « {old.id} » n'est plus au registre", [], (old.id,))
        doubted = any(t.before.confidence in ("disputed", "unknown") for t in traced)
        standing = getattr(row, "standing", "établi")
        if standing in _STANDINGS and not doubted:
            return _gone(f"{_STANDINGS[standing]} : ligne « {old.id} »", [], (old.id,))
        lost = [t for t in traced if t.now is None]
        told = self.tracer.told_row(old.id)
        if not lost and (told is None or self._tells(old, told[0], row, traced)):
            return self.kept(old, traced)
        why = _why(lost) or f"la ligne « {old.id} » du registre a changé"
        return _changed(told, why, _titles(lost) or (old.id,))

    @staticmethod
    def _tells(old: Proved, told: Proved, row: Any, traced: list[Traced]) -> bool:
        """Whether a sentence says a row as it is today: in the row's own words, or by quotes that
        hold its date and its amount; a former date goes with the one that replaced it."""
        said = facts(old.text)
        if getattr(row, "replaced_by", None):
            return facts(told.text) <= said
        if _plain(told.text) in _plain(old.text):
            return True
        kinds = {one.partition(":")[0] for one in said}
        agrees = all(one in said for one in values_of(row) if one.partition(":")[0] in kinds)
        return agrees and _is_quoted(old.text, [t.before.quote for t in traced])

    def _quotes(self, numbers: Iterable[int], table: int) -> set[tuple[str, str]]:
        cited = (self.tables[table][n] for n in numbers)
        return {(one.document_id, _plain(one.quote)) for one in cited}


def proved_in(value: Any) -> Iterator[Proved]:
    """Every proved sentence of a pack, or of a part of it."""
    if isinstance(value, Proved):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from proved_in(inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from proved_in(getattr(value, field.name))


def _changed(told: Told | None, why: str, texts: tuple[str, ...]) -> Fate:
    """What stands in the place of a sentence, if anything that isn't in doubt does."""
    quotes = [told[1][n] for n in told[0].citations] if told else []
    if told is None or any(one.confidence in ("disputed", "unknown") for one in quotes):
        return _gone(why, [], texts)
    return Fate("changed", *told, False, why, texts)


def _gone(why: str, changes: Iterable[Traced], texts: tuple[str, ...] = ()) -> Fate:
    return Fate("gone", None, {}, False, why, texts or _titles(changes))


def _why(changes: Iterable[Traced]) -> str:
    return " ; ".join(dict.fromkeys(t.why for t in changes if t.why))


def _titles(changes: Iterable[Traced]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((t.now or t.before).title for t in changes))


def _is_quoted(text: str, quotes: Iterable[str]) -> bool:
    """Whether a text is made of whole quotes and nothing else, whatever its capitals and stops."""
    rest = "".join(folded_words(text))
    for quote in sorted(quotes, key=len, reverse=True):
        rest = rest.replace("".join(folded_words(quote)), "")
    return not rest


def _plain(text: str) -> str:
    return " ".join(text.split())
