"""What ``reperes kit`` is asked: the order of a session, and the format of its file."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import get_args

from assistant.privacy import masked
from assistant.teaching.pack import (
    FIRST_SEED,
    LAST_SEED,
    LEAST_MINUTES,
    MOST_MINUTES,
    Audience,
    Order,
)
from assistant.teaching.saving import FIRST_YEAR, LAST_YEAR, QUESTION_CHARS
from assistant.teaching.themes import find_theme
from corpus.errors import InvalidRequest
from corpus.lexicon import fold
from ingest.reading.sanitising import one_line, sanitise
from ui.exits import Misuse
from ui.exporting.formats import FORMATS

_ALSO: Mapping[str, str] = {"txt": "gift", "markdown": "md"}
"""Other endings of a file's name: Moodle's own GIFT files end in .txt."""


def read_order(
    theme: str,
    exercice: int | None,
    audience: str,
    minutes: int,
    as_of: datetime | None,
    seed: int,
) -> Order:
    """What is asked, its words forgiven their accents and capitals.

    Raises:
        Misuse: an audience, a length, an exercice, a day or a group that isn't offered.
        InvalidRequest: a short name that is no theme, or a question that is too long.
    """
    audiences = {fold(one): one for one in get_args(Audience)}
    chosen = audiences.get(" ".join(fold(audience).split()))
    if chosen is None:
        raise Misuse(", ".join(audiences.values()), param_hint="--audience")
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise Misuse(
            f"de {LEAST_MINUTES} à {MOST_MINUTES} minutes, pas {minutes}", param_hint="--minutes"
        )
    if exercice is not None and not FIRST_YEAR <= exercice <= LAST_YEAR:
        raise Misuse(f"de {FIRST_YEAR} à {LAST_YEAR}", param_hint="--exercice")
    if not FIRST_SEED <= seed <= LAST_SEED:
        raise Misuse(f"de {FIRST_SEED} à {LAST_SEED}", param_hint="--seed")
    day = read_day(as_of)
    try:
        return Order(find_theme(theme).id, day, exercice, chosen, minutes, seed)
    except InvalidRequest:
        if not _is_question(theme):
            raise
    question = one_line(sanitise(theme))
    if len(question) <= QUESTION_CHARS:
        question = masked(question)
    if len(question) > QUESTION_CHARS:
        raise InvalidRequest(f"La question doit compter au plus {QUESTION_CHARS} caractères.")
    return Order("", day, exercice, chosen, minutes, seed, question)


def read_day(as_of: datetime | None) -> date:
    """The day asked, today by default.

    Raises:
        Misuse: no text is as old, or as far ahead.
    """
    day = as_of.date() if as_of else date.today()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Misuse(f"une date de {FIRST_YEAR} à {LAST_YEAR}", param_hint="--as-of")
    return day


def _is_question(words: str) -> bool:
    """Whether what is no theme may be a question rather than a theme misspelt."""
    return words.rstrip().endswith("?") or len(words.split()) > 3


def chosen_format(form: str | None, output: Path | None, alone: str = "md") -> str:
    """The format asked, else that of the output's name, else ``alone``.

    Raises:
        Misuse: it doesn't exist, or the name says none, or another.
    """
    listed = ", ".join(FORMATS)
    ending = output.suffix.lower().removeprefix(".") if output else ""
    if form is None:
        ending = _ALSO.get(ending, ending)
    found = next((name for name, one in FORMATS.items() if one.extension == ending), None)
    if form is not None:
        name = form.lower()
        if name not in FORMATS:
            raise Misuse(f"choisissez parmi {listed}", param_hint="--format")
        if output is not None and found not in (None, name):
            raise Misuse(
                f"« {output.name} » n'est pas un nom de fichier {name}, donnez-lui l'extension "
                f".{FORMATS[name].extension} ou --format {found}",
                param_hint="--format et --output se contredisent",
            )
        return name
    if output is None:
        return alone
    if found is None:
        raise Misuse(
            f"« {output.name} » ne dit pas le format, donnez --format ({listed})",
            param_hint="--output",
        )
    return found
