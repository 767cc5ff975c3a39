"""« Les 30 premiers départements, lesquels ? »: asked as the texts tell it, by waves."""

import re
from functools import cache

from assistant.cohorts import find_cohorts
from assistant.exercices import FIRST_CONTRACTS
from assistant.spans import flat, replaced
from ingest.lexical import terms

_WAVES = ("première", "deuxième", "troisième")
LIST_OF_WAVE = "liste des départements de la {wave} vague"
_WHICH = re.compile(r"\b(?:lesquels|laquelle|lesquelles|quels|listes?|noms?|qui sont)\b")
# « quels départements ont rejoint la démarche en 2022 ? »
_JOINED = re.compile(
    r"\b(?:departements?|territoires?|collectivites?) (?:ont|avaient|sont|etaient) "
    r"(?:rejoint|contractualise|adhere|entres|arrives|partis)\b(?: [\w']+){0,4}? "
    r"(?:en|pour) (?P<year>20\d\d)\b"
)
_AROUND = (
    "départements territoires collectivités liste complète noms nommer donner citer lesquels quels "
    "vague premiers nouveaux contrat entrer entrés entrants entrée retenus choisis sélectionnés "
    "lauréats signataires rejoint contractualisé adhéré arrivés partis contractualisation "
    "stratégie enfance protection démarche dispositif"
)


def by_wave(text: str) -> str:
    """``text``, or the list of a wave when it only asks who entered in one of the waves."""
    entered = [one for one in find_cohorts(text) if one.standing == "entry"]
    spans = [one.span for one in entered]
    years = {year for one in entered for year in one.years}
    joined = None if entered else _JOINED.search(flat(text))
    if joined is not None:
        years, spans = {int(joined["year"])}, [joined.span("year")]
    rank = min(years, default=0) - FIRST_CONTRACTS
    if len(years) != 1 or not 0 <= rank < len(_WAVES) or not _WHICH.search(flat(text)):
        return text
    around = terms(replaced(text, [(span, " ") for span in spans]))
    if any(not term.isdigit() and term not in _scene() for term in around):
        return text
    return LIST_OF_WAVE.format(wave=_WAVES[rank])


def asks_members(text: str) -> bool:
    """Whether a text, read by ``by_wave``, only asks who entered in a wave."""
    return text in {LIST_OF_WAVE.format(wave=wave) for wave in _WAVES}


@cache
def _scene() -> frozenset[str]:
    return frozenset(terms(_AROUND))
