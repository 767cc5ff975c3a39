"""Where the sessions of « Préparer une séance » are made, each again at every request; the last
packs and rewordings are kept in memory, for each click asks for them again."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from typing import Final, Generic, TypeVar

from assistant.settings import WriterSettings
from assistant.teaching.composing import Composed, Edit, composed
from assistant.teaching.pack import Order, Pack, Proved
from assistant.teaching.refreshing import Refresh
from assistant.teaching.themes import Theme, themes
from assistant.teaching.themes import exercices_of as offered_exercices
from ui.access import words
from ui.access.charging import Charge
from ui.exporting.numbering import in_order
from ui.pages import reopening
from ui.pages import session_form as form
from ui.pages.rows import exercices_of
from ui.pages.site import PageProblem
from ui.rewording import session_notice
from ui.service import Assistant

_KEPT_PACKS: Final = 64  # a session drawn again as often as it may be takes 21 of them
_KEPT_POINTS: Final = 1_024
_KEPT_REOPENED: Final = 32
_MOST_MADE: Final = 6
"""Packs that one request may have made: a click needs one, only a server that forgot needs more."""
_RELOAD: Final = (
    "Cette séance a beaucoup de tirages à refaire d'un coup : rechargez la page pour continuer."
)
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Session:
    """A session as a request asks for it: its order, and what its changes make of the pack.

    Its sources are numbered as in every file of it. ``originals`` holds the points whose words a
    model changed, by id, as the texts have them; ``reworded`` says that there are. ``kept`` is
    the session of a file that the changes are made to, folded; empty for one made from its order.
    """

    order: Order
    made: Composed
    reworded: bool = False
    originals: Mapping[str, Proved] = field(default_factory=dict)
    kept: str = ""

    @property
    def pack(self) -> Pack:
        """The pack, changes made."""
        return self.made.pack

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The changes, less those that apply no more."""
        return self.made.edits

    @property
    def fields(self) -> dict[str, str]:
        """What the next form gives back to find the same session."""
        found = form.as_fields(self.order) | {"modifications": form.write_edits(self.edits)}
        found |= {reopening.FIELD: self.kept} if self.kept else {}
        return found | ({"reformuler": "oui"} if self.reworded else {})


class _Last(Generic[Key, Value]):
    """The last values used, thread-safe."""

    def __init__(self, most: int) -> None:
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def __contains__(self, key: Key) -> bool:
        with self._lock:
            return key in self._values

    def get(self, key: Key) -> Value | None:
        with self._lock:
            return self._values.get(key)

    def put(self, key: Key, value: Value) -> None:
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)


_PointKey = tuple[str, str, tuple[str, ...]]


class Bench:
    """Where packs are made, drawn again and reworded; ``model`` says who rewords and where what
    it reads goes (French), empty without a model."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.model = session_notice(WriterSettings())
        self._packs: _Last[tuple[Order, str], Pack] = _Last(_KEPT_PACKS)
        self._told: _Last[_PointKey, Proved] = _Last(_KEPT_POINTS)
        self._reopened: _Last[tuple[str, str], Pack] = _Last(_KEPT_REOPENED)

    @property
    def rewords(self) -> bool:
        """Whether a model is there to reword key points."""
        return self._assistant.rewords

    def pack(self, order: Order, progress: Callable[[str], None] = lambda _step: None) -> Pack:
        """The pack of an order, over the index in use.

        Raises:
            ReperesError: it can't be made (French).
        """
        key = self._key(order)
        pack = self._packs.get(key) or self._assistant.pack(order, progress)
        self._packs.put(key, pack)
        return pack

    def session(
        self,
        order: Order | str,
        edits: Sequence[Edit],
        charge: Charge,
        reworded: bool = False,
    ) -> Session:
        """The session of an order, or of a file as its page carries it (see ``reopening``), and
        its changes; what it makes beyond one pack is charged.

        Raises:
            ReperesError: as ``pack``, or the file can't be read.
            PageProblem: it takes too many packs at once, or who asks makes too many.
        """
        if isinstance(order, str):
            kept, pack = order, self._opened(order)
            order = pack.order
        else:
            kept, pack = "", self.pack(order)
        made = Composed(pack)
        if edits:
            made = composed(pack, edits, self._sparing(charge), self._assistant.quoted)
        if not (reworded and self.rewords):
            return Session(order, replace(made, pack=in_order(made.pack)), kept=kept)
        told = in_order(self._reworded(made.pack, charge))
        pairs = zip(made.pack.points, told.points, strict=True)
        originals = {one.id: one for one, other in pairs if one.text != other.text}
        return Session(order, replace(made, pack=told), bool(originals), originals, kept)

    def _sparing(self, charge: Charge) -> Callable[[Order], Pack]:
        """Makes packs for one request, few of them new, each of which counts as a request."""
        left = _MOST_MADE

        def make(order: Order) -> Pack:
            nonlocal left
            if self._key(order) not in self._packs:
                left -= 1
                if left < 0:
                    raise PageProblem(503, _RELOAD)
                _pay(charge, 1)
            return self.pack(order)

        return make

    def _reworded(self, pack: Pack, charge: Charge) -> Pack:
        """The pack with its points in other words; each that the model is asked about counts."""
        keys = [_point_key(pack, point) for point in pack.points]
        asked = tuple(
            point for key, point in zip(keys, pack.points, strict=True) if key not in self._told
        )
        if asked:
            _pay(charge, len(asked))
            told = self._assistant.reworded(replace(pack, points=asked))
            pairs = list(zip(asked, told.points, strict=True))
            if len(asked) < len(keys) or any(one != other for one, other in pairs):
                for point, other in pairs:  # a model that failed at all of them is asked again
                    self._told.put(_point_key(pack, point), other)
        found = (self._told.get(key) for key in keys)
        points = tuple(
            replace(point, text=other.text, label=other.label) if other else point
            for point, other in zip(pack.points, found, strict=True)
        )
        return replace(pack, points=points)

    def _key(self, order: Order) -> tuple[Order, str]:
        return order, self._digest()

    def _digest(self) -> str:
        return str(self._assistant.health().get("corpus_digest"))

    def renewed(self, saved: Pack, day: date) -> tuple[Refresh, str]:
        """What a saved pack has become, and today's one folded, for a page to carry.

        Raises:
            ReperesError: as ``pack``, or today's pack is too long for a page.
        """
        found = self._assistant.renewed(saved, day)
        kept = reopening.folded(found.pack)
        self._reopened.put((kept, self._digest()), found.pack)
        return found, kept

    def _opened(self, kept: str) -> Pack:
        """The session that a page carries: what this bench proved over the index in use, else
        proved again, as of its own day."""
        key = (kept, self._digest())
        pack = self._reopened.get(key)
        if pack is None:
            saved = reopening.unfolded(kept)
            pack = self._assistant.renewed(saved, min(saved.order.as_of, date.today())).pack
            self._reopened.put(key, pack)
        return pack

    def offers(self) -> list[tuple[Theme, tuple[int, ...]]]:
        """The themes, each with the exercices for which there is enough proof."""
        entries = self._assistant.entries()
        return [(theme, offered_exercices(theme, entries)) for theme in themes().values()]

    def years(self) -> tuple[int, ...]:
        """The exercices that a session may be about."""
        return exercices_of(self._assistant.entries())


def _point_key(pack: Pack, point: Proved) -> _PointKey:
    """What a rewording is made from: a heading, a sentence, the words that prove it."""
    quotes = tuple(one.quote for one in pack.citations if one.n in point.citations)
    return point.label or pack.title, point.text, quotes


def _pay(charge: Charge, uses: int) -> None:
    wait_s = charge(uses)
    if wait_s:
        raise PageProblem(429, words.later(wait_s), {"retry-after": str(wait_s)})
