"""Which facts are worth asking: what a trainee needs to keep, not when a text came out."""

import re
from collections.abc import Sequence

from assistant.teaching.choosing import is_of_a_text
from assistant.teaching.fact import Fact
from assistant.teaching.prompts import choice_prompt
from assistant.teaching.telling import event_of
from corpus.lexicon import fold
from corpus.registry import Deadline

LEAST_ASKED = 3
"""Under as many facts worth asking, the others are asked too: a short quiz beats none."""
_YEAR = re.compile(r"\b20\d\d\b(?!/)")
_CAME_OUT = re.compile(
    r"\b(?:a|ont) paru\b|\b(?:mise?s?|remise?s?) en ligne\b|\bpubliee?s? (?:au|le|sur)\b"
    r"|\bdiffusee?s? (?:au|le|sur)\b"
)
_CHANGED = re.compile(r"\bmodifiee?s? (?:au|le) $")
"""« l'article est modifié au 28 janvier »: the day of a version, which rules nobody."""
_COUNTED = re.compile(
    r"\b(?:a|ont) (?:recu|traite|transmis|enregistre|recense|compte) \d"
    r"|\bcompte \d+ (?:articles|pages|titres)\b"
)
"""« a reçu 465 942 appels »: the activity of a year gone by, which binds nobody, or the size of a
text."""


def worth_asking(facts: Sequence[Fact], exercice: int | None = None) -> tuple[Fact, ...]:
    """``facts`` but the day a text came out, the activity of a past year and what would be asked
    of years before ``exercice`` alone; all of them where under ``LEAST_ASKED`` would be left."""
    lively = tuple(fact for fact in facts if not _is_dull(fact))
    kept = tuple(fact for fact in lively if not _is_of_before(fact, exercice))
    return next((some for some in (kept, lively) if len(some) >= LEAST_ASKED), tuple(facts))


def _is_of_before(fact: Fact, exercice: int | None) -> bool:
    """« un objectif fondamental de 2020 », in a session on 2022."""
    years = [int(year) for year in _YEAR.findall(choice_prompt(fact))]
    return exercice is not None and bool(years) and max(years) < exercice


def _is_dull(fact: Fact) -> bool:
    said = fold(fact.unit.text)
    if isinstance(fact.row, Deadline):
        in_force = event_of(fact.row).startswith("entrée en vigueur")
        made = is_of_a_text(fact.row) or fact.row.event.startswith("promulgation")
        changed = _CHANGED.search(fold(fact.unit.text[: fact.gaps[0][0]]))
        return changed is not None or (made and not in_force)
    if fact.row is not None:
        return False
    if fact.kind in ("date", "month"):
        return _CAME_OUT.search(said) is not None
    return fact.kind == "number" and _COUNTED.search(said) is not None
