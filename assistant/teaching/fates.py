"""Why a proved sentence of a saved pack stands no more, and what took its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal

from assistant.answer import Citation
from assistant.checking import facts
from assistant.teaching.pack import Pack, Proved
from assistant.teaching.tracing import Told, Traced, Tracer

Outcome = Literal["holds", "changed", "gone", "new"]
_STANDINGS: Mapping[str, str] = {"discuté": "désormais discuté", "inconnu": "désormais non établi"}


@dataclass(frozen=True, slots=True)
class Fate:
    """What took the place of an item, ``None`` when nothing did; ``table`` has its citations by
    the numbers that it bears, ``texts`` the titles of the texts, or the rows, that changed it."""

    value: Any
    table: Mapping[int, Citation]
    why: str
    texts: tuple[str, ...] = ()


class Fates:
    """Says why the sentences of a saved pack stand no more, from today's index and registers."""

    def __init__(self, saved: Pack, now: Pack, tracer: Tracer) -> None:
        self.tracer, self._saved = tracer, saved
        self._tables = (
            {one.n: one for one in saved.citations},
            {one.n: one for one in now.citations},
        )
        self._now = {one.id: one for one in proved_in(replace(now, disputes=()))}
        self._known = {one.id for one in proved_in(saved)}
        self._said = [facts(one.text) for one in proved_in(saved)]
        told = {dispute.told.id for dispute in saved.disputes}
        disputes = () if saved.corpus_digest == now.corpus_digest else now.disputes
        self._disputes = {
            quote: dispute.told.text
            for dispute in disputes
            if dispute.told.id not in told
            for one in (dispute.told, *dispute.sides)
            for quote in self._quotes(one.citations, 1)
        }

    def traced(self, numbers: Iterable[int]) -> list[Traced]:
        """What became of quotes of the saved pack."""
        return [self.tracer.quote(self._tables[0][n]) for n in numbers]

    def ended(self, old: Proved) -> Fate | None:
        """Why a sentence can't be taught any more though its quotes stand: another row took the
        place of its own, or it is doubted now; ``None`` when neither is."""
        traced = self.traced(old.citations)
        return self._replaced(old) or self._doubted(old, traced) or self._row_ended(old, traced)

    def _doubted(self, old: Proved, traced: list[Traced]) -> Fate | None:
        doubt = next((t for t in traced if t.newly_disputed), None)
        if doubt is not None:
            return gone(f"désormais discuté ({doubt.why})", titles([doubt]))
        dispute = next(
            (self._disputes[q] for q in self._quotes(old.citations, 0) if q in self._disputes), None
        )
        if dispute is not None:
            return gone(f"désormais discuté : {dispute}", titles(traced))
        ended = next((t for t in traced if t.newly_ended), None)
        if ended is not None:
            return gone(f"le texte n'est plus en vigueur ({ended.why})", titles([ended]))
        return None

    def _replaced(self, old: Proved) -> Fate | None:
        """What took the place of the row behind a sentence, unless the saved pack tells it."""
        for following in self.tracer.replacing(old.id):
            again = self._now.get(following)
            told = (again, self._tables[1]) if again else self.tracer.told_row(following)
            new = facts(told[0].text) if told else frozenset()
            if following in self._known or (new and any(new <= said for said in self._said)):
                continue
            return _taken(told, f"remplacé par la ligne « {following} »", (following,))
        return None

    def _row_ended(self, old: Proved, traced: list[Traced]) -> Fate | None:
        if not self.tracer.is_row_id(old.id):
            return None
        row: Any = self.tracer.row(old.id)
        if row is None:
            return gone(f"la ligne « {old.id} » n'est plus au registre", (old.id,))
        doubted = any(t.before.confidence in ("disputed", "unknown") for t in traced)
        standing = getattr(row, "standing", "établi")
        if standing in _STANDINGS and not doubted:
            return gone(f"{_STANDINGS[standing]} : ligne « {old.id} »", (old.id,))
        return None

    def proved_again(self, old: Proved) -> Told | None:
        """The sentence of a row, of a passage chosen by hand or of a statement, as the corpus
        writes it; the one that is nearest to a quote that went; ``None`` when there is none."""
        if self.tracer.is_row_id(old.id):
            return self.tracer.told_row(old.id)
        traced = self.traced(old.citations)
        lost = [t for t in traced if t.now is None]
        found = self.tracer.passage(old.id, traced) or self.tracer.statement(old)
        return found or (self.tracer.nearest(old, lost[0].before) if lost else None)

    def _quotes(self, numbers: Iterable[int], table: int) -> set[tuple[str, str]]:
        cited = (self._tables[table][n] for n in numbers)
        return {(one.document_id, " ".join(one.quote.split())) for one in cited}


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


def is_doubted(table: Mapping[int, Citation], numbers: Iterable[int]) -> bool:
    """Whether a quote of a sentence is disputed or tells what nobody established."""
    return any(table[n].confidence in ("disputed", "unknown") for n in numbers)


def _taken(told: Told | None, why: str, texts: tuple[str, ...]) -> Fate:
    """What stands in the place of a sentence, if anything that isn't in doubt does."""
    if told is None or is_doubted(told[1], told[0].citations):
        return gone(why, texts)
    return Fate(*told, why, texts)


def gone(why: str, texts: tuple[str, ...] = ()) -> Fate:
    """Nothing stands in the place of an item."""
    return Fate(None, {}, why, texts)


def reason(changes: Iterable[Traced]) -> str:
    """What changed of some quotes, in French without a full stop."""
    return " ; ".join(dict.fromkeys(t.why for t in changes if t.why))


def titles(changes: Iterable[Traced]) -> tuple[str, ...]:
    """The titles of some quotes' documents."""
    return tuple(dict.fromkeys((t.now or t.before).title for t in changes))
