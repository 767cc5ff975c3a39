"""How much is projected: a part of a session takes few slides, and the notes tell what is cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from assistant.teaching.pack import Pack, Proved
from ui.exporting.crediting import line, shortened

SHORT_MINUTES: Final = 90
"""Length under which each part of a session is held in two slides, else in four."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Brevity:
    """How long a sentence, and how many sentences a group, may be shown."""

    chars: int
    told: int

    def text(self, one: Proved) -> str:
        """A sentence on one line, cut at a word where it is too long."""
        return shortened(line(one.text), self.chars)


WHOLE: Final = Brevity(10_000, 1_000)
BREVITIES: Final = (
    WHOLE, Brevity(240, 6), Brevity(190, 4), Brevity(160, 3), Brevity(160, 2), Brevity(160, 1),
    Brevity(120, 1), Brevity(90, 1),
)  # fmt: skip
"""Whole sentences are left out before any is cut: a cut one may lose its date."""


def most_slides(pack: Pack) -> int:
    """Slides that one part of a session may take, by its length."""
    return 2 if pack.order.minutes <= SHORT_MINUTES else 4


def briefest(
    make: Callable[[Brevity], Made], slides: Callable[[Made], int], most: int
) -> tuple[Made, Brevity]:
    """What ``make`` gives at the least brevity that takes ``most`` slides, else the fewest."""
    tried = []
    for brevity in BREVITIES:
        made = make(brevity)
        count = slides(made)
        if count <= most:
            return made, brevity
        tried.append((count, made, brevity))
    _, made, brevity = min(tried, key=lambda one: one[0])
    return made, brevity


def whole_of(told: Sequence[Proved], brevity: Brevity) -> list[str]:
    """For the notes, the sentences that a brevity may have cut or left out; none when nothing
    is."""
    return [] if brevity is WHOLE else [f"En entier : {line(one.text)}" for one in told]
