"""The few words put before a passage when it is indexed: which text, where in it, which list.

A passage alone says « le montant est porté à … » of no text and no year; its context names them.
It is never part of the passage, so a quote is always the document's own words.
"""

from collections.abc import Sequence
from datetime import date

from corpus.types import Identity, Kind

CONTEXT_CHARS = 250
_SHARE_CHARS = 80
_TITLE_CHARS = 40
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_FEMININE: frozenset[Kind] = frozenset(
    {"loi", "circulaire", "instruction", "stratégie", "prise de position", "page officielle"}
)


def french_date(day: date) -> str:
    """A date as French texts write it: « 1er avril 2021 »."""
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def cut_at_word(text: str, room_chars: int) -> str:
    """The text, cut after a word and ended by « … » when it is longer than the room."""
    if len(text) <= room_chars:
        return text
    head = text[: max(0, room_chars - 1)]
    whole_words = head.rsplit(" ", 1)[0] if " " in head else head
    return whole_words.rstrip(" ,;:–—-") + "…"


class Contexts:
    """The contexts of one document's passages, each at most 250 characters."""

    def __init__(self, identity: Identity) -> None:
        self._title = " ".join((identity.short_title or identity.title).split())
        self._same = {_folded(self._title), _folded(identity.title)}
        self._kind, self._number, self._date = _known(identity, self._title)
        self._found: dict[tuple[tuple[str, ...], str], str] = {}

    def of(self, path: tuple[str, ...], repeated: str = "") -> str:
        """The context of a passage: identity, then heading path, then what is repeated.

        Args:
            path: the section's headings, the widest first.
            repeated: the sentence that introduces the passage's list, or the header of its
                table, when it stands in an earlier passage; else "".

        Returns:
            Up to three lines; a part that isn't known has no line.
        """
        key = (path, repeated)
        if key not in self._found:
            self._found[key] = self._built(path, repeated)
        return self._found[key]

    def _built(self, path: Sequence[str], repeated: str) -> str:
        headings = [part for part in path if _folded(part) not in self._same]
        lead = cut_at_word(" ".join(repeated.split()), _SHARE_CHARS)
        room = CONTEXT_CHARS - 2 - len(lead)
        wanted = len(" > ".join(headings))
        identity = self._identity(room - min(wanted, _SHARE_CHARS))
        where = _path(headings, room - len(identity))
        return "\n".join(part for part in (identity, where, lead) if part)

    def _identity(self, room_chars: int) -> str:
        """Kind, title, number and date; those that say least give way to the title."""
        others = {"kind": self._kind, "number": self._number, "date": self._date}
        wanted = min(len(self._title), _TITLE_CHARS)
        for least in ("kind", "date", "number"):
            if sum(len(part) + 3 for part in others.values() if part) + wanted <= room_chars:
                break
            others[least] = ""
        taken = sum(len(part) + 3 for part in others.values() if part)
        title = cut_at_word(self._title, room_chars - taken)
        parts = (others["kind"], title, others["number"], others["date"])
        return " · ".join(part for part in parts if part)


def _known(identity: Identity, title: str) -> tuple[str, str, str]:
    """Kind, number and date as said in a context; "" when unknown or said by the title."""
    said = _folded(title)
    kind = "" if identity.kind == "inconnue" or _folded(identity.kind) in said else identity.kind
    number = identity.number or ""
    number = "" if not number or _folded(number) in said else f"n° {number}"
    ending = "e" if identity.kind in _FEMININE else ""
    day, verb = identity.signed_on, f"signé{ending}"
    if identity.kind == "jurisprudence":
        verb = "rendue"
    if day is None:
        day, verb = identity.published_on, f"publié{ending}"
    if day is None or french_date(day) in said or day.strftime("%d/%m/%Y") in said:
        return kind, number, ""
    return kind, number, f"{verb} le {french_date(day)}"


def _path(headings: Sequence[str], room_chars: int) -> str:
    """The headings joined by « > »; the widest give way, the nearest is cut at a word."""
    kept = list(headings)
    while len(kept) > 1 and len(" > ".join(kept)) > room_chars:
        del kept[0]
    return cut_at_word(" > ".join(kept), room_chars)


def _folded(text: str) -> str:
    """A text for comparison: case, blanks and the kind of apostrophe don't count."""
    return " ".join(text.replace("’", "'").split()).casefold()
