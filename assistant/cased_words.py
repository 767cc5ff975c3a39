"""Words of a text as they are written: capitals, initials, and what stands between them."""

import re
from dataclasses import dataclass

from corpus.lexicon import fold

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class CasedWord:
    """A word of a text and what stands around it, up to its neighbours."""

    text: str
    folded: str
    start: int
    end: int
    before: str
    after: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def is_initial(self) -> bool:
        """Whether it is one capital and a point."""
        return len(self.text) == 1 and self.is_capital and self.after.startswith(".")

    @property
    def is_close(self) -> bool:
        """Whether only a space, a hyphen or an apostrophe stands before it."""
        return self.before in (" ", "\u00a0", "\u202f", "'", "’", "-", "  ")


def cased_words(text: str) -> list[CasedWord]:
    """The words of ``text``, in order; hyphens join, apostrophes separate."""
    shouted = text.isupper()  # capitals then say nothing
    found = list(_WORD.finditer(text))
    ends = [0, *(m.end() for m in found)]
    starts = [*(m.start() for m in found), len(text)]
    return [
        CasedWord(
            m.group().lower() if shouted else m.group(),
            fold(m.group()),
            m.start(),
            m.end(),
            text[max(ends[n], m.start() - 4) : m.start()],
            text[m.end() : min(starts[n + 1], m.end() + 4)],
        )
        for n, m in enumerate(found)
    ]
