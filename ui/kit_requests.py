"""What ``reperes kit`` is asked: the order of a session, and the format of its file."""

from datetime import date, datetime
from pathlib import Path
from typing import get_args

from assistant.privacy import masked
from assistant.teaching.pack import LEAST_MINUTES, MOST_MINUTES, Audience, Order
from assistant.teaching.themes import find_theme
from corpus.errors import InvalidRequest
from corpus.lexicon import fold
from ui.exits import Misuse
from ui.exporting.formats import FORMATS


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
        Misuse: an audience or a length that isn't offered.
        InvalidRequest: a short name that is no theme.
    """
    audiences = {fold(one): one for one in get_args(Audience)}
    chosen = audiences.get(" ".join(fold(audience).split()))
    if chosen is None:
        raise Misuse(", ".join(audiences.values()), param_hint="--audience")
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise Misuse(
            f"de {LEAST_MINUTES} à {MOST_MINUTES} minutes, pas {minutes}", param_hint="--minutes"
        )
    day = as_of.date() if as_of else date.today()
    try:
        return Order(find_theme(theme).id, day, exercice, chosen, minutes, seed)
    except InvalidRequest:
        if not _is_question(theme):
            raise
    return Order("", day, exercice, chosen, minutes, seed, masked(theme.strip()))


def _is_question(words: str) -> bool:
    """Whether what is no theme may be a question rather than a theme misspelt."""
    return words.rstrip().endswith("?") or len(words.split()) > 3


def chosen_format(form: str | None, output: Path | None, alone: str = "md") -> str:
    """The format asked, else that of the output's name, else ``alone``.

    Raises:
        Misuse: it doesn't exist, or the name says none.
    """
    listed = ", ".join(FORMATS)
    if form is not None:
        if form.lower() not in FORMATS:
            raise Misuse(f"choisissez parmi {listed}", param_hint="--format")
        return form.lower()
    if output is None:
        return alone
    ending = output.suffix.lower().removeprefix(".")
    found = next((name for name, one in FORMATS.items() if one.extension == ending), None)
    if found is None:
        raise Misuse(
            f"« {output.name} » ne dit pas le format, donnez --format ({listed})",
            param_hint="--output",
        )
    return found
