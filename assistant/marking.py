"""Sentences and their keys in a model's reply, put together across the pieces it comes in."""

import re
from dataclasses import dataclass, field

_MARK = r"\[\s*k\s*:[^\[\]\n]{0,200}\]"
_RUN = re.compile(rf"(?:[ \t]*{_MARK})+[ \t]*(?:[.;]|(?=\n)|(?=[^\s\[.;]))")
_KEY = re.compile(r"k\s*:\s*([^\s,;\[\]]+)")
_BULLET = re.compile(r"(?:[-–•]|\d{1,2}[.)])\s+")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence of the reply and the keys written after it; none when it cites nothing."""

    text: str
    keys: tuple[str, ...] = ()


@dataclass(slots=True)
class Assembler:
    """Gives each sentence once its marker is whole; a marker may come in several pieces."""

    _held: str = field(default="")

    def feed(self, piece: str) -> list[Marked]:
        """The sentences that ``piece`` completes."""
        self._held += piece
        found: list[Marked] = []
        while run := _RUN.search(self._held):
            *uncited, last = self._held[: run.start()].split("\n")
            found += [Marked(_plain(line)) for line in uncited if line.strip()]
            found.append(Marked(_plain(last), tuple(dict.fromkeys(_KEY.findall(run[0])))))
            self._held = self._held[run.end() :]
        if "[" not in self._held:  # no marker has begun: whole lines cite nothing
            *uncited, self._held = self._held.split("\n")
            found += [Marked(_plain(line)) for line in uncited if line.strip()]
        return found

    def end(self) -> list[Marked]:
        """What is left when the reply ends."""
        found = self.feed("\n")
        rest, self._held = self._held, ""
        return found + [Marked(_plain(line)) for line in rest.split("\n") if line.strip()]


def _plain(line: str) -> str:
    """A sentence on one line, without bullet, with one full stop."""
    text = _BULLET.sub("", _BLANKS.sub(" ", line).strip(), count=1)
    return text if text.endswith((".", "!", "?")) or not text else f"{text.rstrip(' ;,')}."


def key_marker(key: str) -> str:
    """How a sentence cites a passage."""
    return f"[k:{key}]"
