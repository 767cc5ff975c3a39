"""Clauses that only set the scene of a question: a cause, what is to be got, when one entered."""

import re
from dataclasses import dataclass

from assistant.exercices import FIRST_CONTRACTS
from assistant.spans import Span, flat, replaced

_DETERMINERS = (
    r"(?:(?:de |a )?(?:l'|la |le |les )|du |des |d'|aux? |une? |ce(?:t|tte|s)? |[mnsv]\w{1,4} )"
)
_GET = (
    r"(?:toucher|decrocher|obtenir|avoir|percevoir|recevoir|debloquer|garder|conserver|encaisser"
    r"|beneficier|pretendre)"
)
_MONEY = (
    r"(?:avenants?|contrats?|rallonges?|credits?|argent|financements?|fonds|enveloppes?"
    r"|subventions?|sous)"
)
# « pour toucher la rallonge 2021, qu'est-ce qu'il faut envoyer »: whatever is got, that is asked.
_PURPOSE = re.compile(
    rf"\b(?:pour|afin (?:de |d')) ?(?:pouvoir )?{_GET} {_DETERMINERS}(?:\w+ )?{_MONEY}\b"
)
# « avec le retard du confinement, on a jusqu'à quand »: a cause said first is no part of a rule.
_CAUSE = re.compile(
    r"^(?:avec|vu|malgre|compte tenu (?:de |du |d')|a cause (?:de |du |d')|suite (?:a|au|aux)\b"
    r"|en raison (?:de |du |d')|apres)[^,?!.:;\d]{3,60},"
)
_IN = (
    r"\b(?:sous contrat|contrats?|conventionnee?s?|signataires?|engagee?s?|entree?s?|retenue?s?"
    r"|dans la (?:demarche|contractualisation)|(?:a|on|avons|ont) (?:deja )?(?:signe|rejoint))"
    r"(?: (?!avant |depuis )[\w']+){0,3}?"
)
_SINCE = re.compile(rf"{_IN} depuis (?:l'annee |l'exercice |le debut de )?(?P<year>20[12]\d)\b")
_BEFORE = re.compile(rf"{_IN} avant (?:l'annee |l'exercice )?(?P<year>20[12]\d)\b")


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """The years of entry that the asker tells as known, and the question without that clause."""

    cohorts: tuple[str, ...]
    rest: str


def unstaged(text: str) -> str:
    """``text`` without its first cause nor the purpose of what it asks."""
    low = flat(text)
    spans = [match.span() for pattern in (_CAUSE, _PURPOSE) for match in pattern.finditer(low)]
    return replaced(text, [(span, " ") for span in _apart(spans)])


def gets_money(text: str) -> bool:
    """Whether what a text says is for the money: « pour toucher les sous », « pour percevoir les
    crédits »."""
    return bool(_PURPOSE.search(flat(text)))


def told_entry(text: str) -> ToldEntry | None:
    """« Sous contrat depuis 2020 », « entré avant 2022 » (2020 or 2021); ``None`` without it."""
    low = flat(text)
    if since := _SINCE.search(low):
        years = range(int(since["year"]), int(since["year"]) + 1)
        found = since
    elif before := _BEFORE.search(low):
        years, found = range(FIRST_CONTRACTS, int(before["year"])), before
    else:
        return None
    year = found.start("year")
    clause = re.search(r"(?:depuis|avant) [^\d]*$", low[:year])
    start = clause.start() if clause else year
    cohorts = tuple(str(one) for one in years)
    return ToldEntry(cohorts, replaced(text, [((start, found.end()), "")])) if cohorts else None


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or kept[-1][1] <= span[0]:
            kept.append(span)
    return kept
