"""What the corpus offers today for the items of a saved pack: nothing else of it is exported."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal

from assistant.answer import Citation
from assistant.answering import Assistant
from assistant.entries import Entries, Entry
from assistant.teaching.choosing import points_of
from assistant.teaching.doubts import disputes_of
from assistant.teaching.fates import proved_in
from assistant.teaching.gathering import gather
from assistant.teaching.knowing import entries_of
from assistant.teaching.making import most_items
from assistant.teaching.material import Bibliography, Material
from assistant.teaching.naming import id_of
from assistant.teaching.numbering import renumbered
from assistant.teaching.pack import Order, Pack, Proved
from assistant.teaching.parts import events_of, roles_of, words_of_pack
from assistant.teaching.quizzing import quiz
from assistant.teaching.studies import studies
from assistant.teaching.telling import Teller
from corpus.registry import Unknown
from ingest.index import Index

Part = Literal["points", "timeline", "roles", "comparison", "words", "cases", "quiz", "disputes"]
MOST_DRAWS = 20
"""Seeds after its own that a session may have drawn items from."""
ALL = 10_000
"""More items than any theme allows."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An item and the citations of the numbers that it bears."""

    value: Any
    table: Mapping[int, Citation]

    def citations(self) -> list[Citation]:
        """Its citations, in the order of its numbers."""
        found: dict[int, None] = {}

        def seen(n: int) -> int:
            found[n] = None
            return n

        renumbered(self.value, seen)
        return [self.table[n] for n in found]


@dataclass(frozen=True, slots=True)
class Pool:
    """What the theme allows besides what the order chose: ``wide`` has everything but the quiz,
    ``draws`` bear the quizzes of the other seeds, made one by one as they are asked."""

    wide: Pack | None = None
    draws: Iterable[Pack] = ()


class Offers:
    """Finds what stands today for an item, by the part that it is of and its id."""

    def __init__(self, now: Pack, pool: Callable[[], Pool]) -> None:
        self._now, self._make = now, pool
        self._pool: Pool | None = None
        self._left: Iterator[Pack] = iter(())
        self._drawn: list[Pack] = []

    def chosen(self, part: Part, name: str) -> list[Offer]:
        """What the pack made again has."""
        return _named(self._now, part, name)

    def allowed(self, part: Part, name: str) -> list[Offer]:
        """What the theme has besides."""
        wide = self._made().wide
        return _named(wide, part, name) if wide else []

    def drawn(self, old: Offer) -> Offer | None:
        """The quiz item of another seed that is exactly a saved one."""
        self._made()
        for pack in chain(tuple(self._drawn), self._more()):
            for one in _named(pack, "quiz", old.value.id):
                if same(old, one):
                    return one
        return None

    def _made(self) -> Pool:
        """The pool, made once, for a session that needs it."""
        if self._pool is None:
            self._pool = self._make()
            self._left = iter(self._pool.draws)
        return self._pool

    def _more(self) -> Iterator[Pack]:
        for pack in self._left:
            self._drawn.append(pack)
            yield pack


def same(old: Offer, new: Offer) -> bool:
    """Whether two items say the same words, with the same quotes at the same places."""
    keys: dict[tuple[str, str], int] = {}

    def numbered(one: Offer) -> Any:
        return renumbered(one.value, lambda n: keys.setdefault(key_of(one.table[n]), len(keys)))

    return bool(numbered(old) == numbered(new))


def key_of(citation: Citation) -> tuple[str, str]:
    """What makes a quote the same, wherever it stands in its document."""
    return citation.document_id, " ".join(citation.quote.split())


def table_of(pack: Pack) -> dict[int, Citation]:
    """The citations of a pack by their numbers."""
    return {one.n: one for one in pack.citations}


def _named(pack: Pack, part: Part, name: str) -> list[Offer]:
    held: Iterable[Any] = getattr(pack, part) or ()
    if part == "comparison":
        held = proved_in(pack.comparison.rows) if pack.comparison else ()
    found = [one for one in held if id_of(one) == name]
    return [Offer(one, table_of(pack)) for one in found] if found else []


def pool_of(saved: Pack, now: Pack, assistant: Assistant, index: Index) -> Pool:
    """All that the theme of a saved pack allows today; the quizzes are drawn when asked.

    Raises:
        InvalidRequest: as ``gather``.
    """
    order, bibliography = now.order, Bibliography()
    entries = entries_of(assistant.entries(), order.as_of)
    teller = Teller(index, bibliography, order.exercice)
    material = gather(order, assistant, index, teller, lambda _step: None)

    def tell(entry: Entry[Any]) -> Proved | None:
        unknown = isinstance(entry.row, Unknown)
        return teller.unknown(entry) if unknown else teller.row(entry)

    wide = replace(
        now,
        points=tuple(point.told for point in points_of(material, entries, teller)),
        timeline=events_of(material, tell, ALL),
        roles=roles_of(material, order.audience, tell, ALL),
        comparison=None,
        words=words_of_pack(saved, ALL),
        cases=tuple(studies(material, tell, entries)),
        quiz=(),
        disputes=disputes_of(material, teller, tell, ALL),
    )
    wide = replace(wide, citations=bibliography.citations)
    return Pool(wide, _draws(saved, now, material, entries, index))


def _draws(
    saved: Pack, now: Pack, material: Material, entries: Entries, index: Index
) -> Iterator[Pack]:
    """A longer quiz where the saved one is longer, then those of the seeds that follow."""
    order, count = now.order, len(saved.quiz)
    usual = most_items(order.minutes)
    orders: list[tuple[Order, int, int | None]] = [(order, count, count)]
    orders = orders if count > len(now.quiz) else []
    orders += [(replace(order, seed=order.seed + n), usual, None) for n in range(1, MOST_DRAWS + 1)]
    for asked, most, least in orders:
        book, told = Bibliography(), replace(material, order=asked)
        items = quiz(told, entries, index, book, most, least)
        yield replace(now, quiz=items, citations=book.citations)
