"""Where a date of the calendar stands among the others, when its words give no day."""

import re
from typing import Final

from corpus.lexicon import fold
from corpus.quantities import Quantity, find_quantities
from corpus.registry import Deadline

_AT_THE_END: Final = "9999"  # an exercice has dates of the years after it
_FOLLOWING: Final = "annee suivante"
_HALF: Final = re.compile(r"\bmi-", re.IGNORECASE)
_PARTS: Final = {"mi": "11", "milieu": "11", "fin": "21"}
_PART: Final = re.compile(rf"\b({'|'.join(_PARTS)}) (?:de |du mois de |d')?$")
_SEASONS: Final = {
    **{"premier trimestre": "01-01", "deuxieme trimestre": "04-01"},
    **{"troisieme trimestre": "07-01", "quatrieme trimestre": "10-01"},
    **{"premier semestre": "01-01", "deuxieme semestre": "07-01", "second semestre": "07-01"},
    **{"printemps": "03-20", "ete": "06-20", "automne": "09-22", "fin": "10-01"},
}
_SEASON: Final = re.compile(rf"\b({'|'.join(_SEASONS)}) (?:de )?$")


def earliest_day(row: Deadline) -> str:
    """The first day that a row allows, as ISO text; after every day where its words give none.

    A month begins on its 1st, on its 11th after « mi- », on its 21st after « fin »; a year, its
    quarters, halves and seasons, with their first day. Of several years, that of the exercice.
    """
    if row.on is not None:
        return row.on.isoformat()
    said = _HALF.sub("mi ", row.words or "")  # a hyphen hides the month after it
    days = [day for q in find_quantities(said) if (day := _first_day(q, said, row.exercice))]
    own = [day for day in days if day.startswith(str(row.exercice))]
    return min(own or days, default=_AT_THE_END)


def _first_day(found: Quantity, said: str, exercice: int) -> str | None:
    before = fold(said[: found.start])
    if found.kind == "date":
        year = exercice + (_FOLLOWING in fold(said))
        return found.value.replace("--", f"{year}-", 1)
    if found.kind == "month":
        part = _PART.search(before)
        return f"{found.value}-{_PARTS[part[1]] if part else '01'}"
    if found.kind == "year":
        season = _SEASON.search(before)
        return f"{found.value}-{_SEASONS[season[1]] if season else '01-01'}"
    return None
