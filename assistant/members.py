"""« Les 30 premiers départements, lesquels ? »: asked as the texts tell it, by waves."""

import re
from functools import cache

from assistant.cohorts import find_cohorts
from assistant.exercices import FIRST_CONTRACTS
from assistant.spans import flat, replaced
from ingest.lexical import terms

_WAVES = ("première", "deuxième", "troisième")
_WHICH = re.compile(r"\b(?:lesquels|laquelle|lesquelles|quels|listes?|noms?|qui sont)\b")
_AROUND = (
    "départements territoires collectivités liste complète noms nommer donner citer lesquels quels "
    "vague premiers nouveaux contrat entrer entrés entrants entrée retenus choisis sélectionnés "
    "lauréats signataires contractualisation stratégie enfance protection démarche dispositif"
)


def by_wave(text: str) -> str:
    """``text``, or the list of a wave when it only asks who entered in one of the waves."""
    entered = [one for one in find_cohorts(text) if one.standing == "entry"]
    years = {year for one in entered for year in one.years}
    rank = min(years, default=0) - FIRST_CONTRACTS
    if len(years) != 1 or not 0 <= rank < len(_WAVES) or not _WHICH.search(flat(text)):
        return text
    around = terms(replaced(text, [(one.span, " ") for one in entered]))
    if any(not term.isdigit() and term not in _scene() for term in around):
        return text
    return f"liste des départements de la {_WAVES[rank]} vague"


@cache
def _scene() -> frozenset[str]:
    return frozenset(terms(_AROUND))
