"""When a date of the calendar falls, and how it is told: words alone may tell no moment at all."""

import re

from assistant.wording import day
from corpus.lexicon import fold
from corpus.quantities import find_quantities
from corpus.registry import Deadline

_YEAR = re.compile(r"\b20\d\d\b")
_SPAN = re.compile(r"(?:de )?(20\d\d)(?:-| à )(20\d\d)")
_QUARTERS = ("premier", "deuxieme", "troisieme", "quatrieme")
_QUARTER = re.compile(rf"\b({'|'.join(_QUARTERS)}) trimestre\b")
_SEASONS = {"printemps": "06", "ete": "09", "automne": "12"}
_END = re.compile(r"\b(?:fin\b|jusqu|avant\b|plus tard\b)")
_WORD = re.compile(r"\w+")
_ENDING = re.compile(r"fin\b")


def words_of(row: Deadline) -> str | None:
    """The words of a date, ``None`` without any; of the end of a span of years, its last one:
    « en 2027 » of « de 2025 à 2027 »."""
    span = _SPAN.fullmatch(row.words or "")
    return f"en {span[2]}" if span and _ENDING.match(fold(row.event)) else row.words


def moment_of(row: Deadline) -> str | None:
    """When a date falls, to sort by (``2020-02-31``: at the end of February): its day, else the
    start or the end of the month, of the quarter, of the season or of the year that its words
    name; ``None`` when they name none (« sous un an »)."""
    if row.on is not None:
        return row.on.isoformat()
    words = words_of(row) or ""
    said = fold(words)
    months = [q.value for q in find_quantities(words) if q.kind == "month"]
    if months:
        return f"{months[-1]}-{'31' if _END.search(said) else '00'}"
    year = _YEAR.search(words)
    if year is None:
        return None
    quarter = _QUARTER.search(said)
    if quarter:
        return f"{year[0]}-{3 * _QUARTERS.index(quarter[1]) + 3:02}-31"
    season = next((month for name, month in _SEASONS.items() if name in _WORD.findall(said)), "12")
    return f"{year[0]}-{season}-31"


def when(row: Deadline) -> str:
    """« le 31 décembre 2023 », or the words of a date; empty when neither is known."""
    return words_of(row) or (f"le {day(row.on)}" if row.on else "")
