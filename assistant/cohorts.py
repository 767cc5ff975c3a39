"""Cohorts: the year in which a département entered the contracts, asked about or ruled on.

The corpus names a cohort by its year of entry (« 2020 », « 2021 », « 2022 »). A text says it with
that year, with its wave, or beside an exercice: the new ones of 2022, those already in by then.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.exercices import FIRST_CONTRACTS
from assistant.spans import Span, flat, overlap

Standing = Literal["entry", "new", "former"]

_YEARS = r"20[12]\d(?:(?:,| et| ou)(?: en| de)? 20[12]\d)*"
# « signé en 2020 » is an entry when who asks, or a kind of département, signed it; not an avenant.
_WHO = (
    r"(?:nous avons|nous avions|avons|on a|on avait|ayant|qui ont|j'ai|qui avaient"
    r"|(?:mon|notre) (?:departement|territoire|collectivite) (?:a|avait))"
)
_WHO_IS = r"(?:nous (?:avons ete|sommes)|on (?:a ete|est)|nous avions ete|notre departement est)"
_WITHIN = r"(?: (?!(?:l'|d')?avenants?\b|pas\b|non\b)[\w'-]+){0,5}?,?"
_ENTRY = re.compile(
    rf"\b(?:{_WHO} (?:deja )?(?:signe|contractualise|rejoint|demarre|commence|debute)"
    rf"|{_WHO_IS} (?:deja )?(?:retenus?|engagee?s?|selectionnee?s?|entree?s?|arrivee?s?|parti[es]*"
    r"|rentree?s?|embarquee?s?|lancee?s?|venus?)"
    r"|(?:notre|mon) contrat (?:initial |d'origine |signe )?(?:est de|date de|de|en)"
    r"|contrats? (?:signe )?(?:de|en) (?=20[12]\d chez nous)"
    r"|(?<!non )(?:nouve(?:l|aux?|lle) )?(?:entrees?|entres|entre(?= en | dans )|entrante?s?"
    r"|arrivee?s?|(?<!sont les )signataires?)(?= )"
    r"|qui (?:entre|entrent|rejoint|rejoignent)|vagues?|cohortes?"
    r"|departements? (?:de|en)(?= 20))"
    rf"{_WITHIN} ?(?P<years>{_YEARS})(?!\w)"
)
_NEW_CONTRACT = re.compile(
    r"\b(?:nouveaux?|premiers?) contrats?(?: (?:signe|conclu|passe)s?)?"
    rf"(?: (?:en|de))? (?P<years>{_YEARS})(?!\w)"
)
_UNITS = r"(?! ?(?:%|€|ans?\b|mois|jours|objectifs|pour ?cent|euros|millions|000|m€|places|h\b))"
_WAVES = (
    (r"(?:premiere|1re|1ere|1e) vague|vague (?:1|une)\b", 0),
    (r"(?:30|trente) premiers?\b(?! (?:jours|euros))|les (?:30|trente) (?:departements|laureats)"
     r"|(?:des |les )trente\b(?= ?(?:$|[?.,;]))", 0),
    (r"(?:deuxieme|seconde|2e|2eme|2nde) vague|vague (?:2|deux)\b", 1),
    (r"\bles (?:40|quarante)(?: nouveaux| suivants)?"
     rf"(?: (?:departements|territoires|entrants))?\b{_UNITS}"
     r"|(?:40|quarante) (?:nouveaux|territoires)", 1),
    (r"(?:troisieme|3e|3eme) vague|vague (?:3|trois)\b", 2),
)  # fmt: skip
_WAVE = tuple((re.compile(rf"\b(?:{pattern})"), rank) for pattern, rank in _WAVES)
_NEW = re.compile(
    r"\b(?:nouve(?:l|aux|lles?) (?:entrants?|signataires?|candidats?|venus?|arrivants?|partants?"
    r"|departements?|territoires?)|nouveau (?:departement|signataire|venu|candidat)"
    r"|primo[- ]?(?:entrants?|contractants?|signataires?)|(?:les|des|aux|un|d'un) entrants?\b"
    r"|pas encore (?:signe|contractualise|signataires?|engages?|entres?|dans|de contrat)"
    r"|jamais (?:signe|contractualise|ete signataires?)|(?:encore|toujours) aucun contrat"
    r"|pour la premiere fois|(?:les|aux|des) nouveaux(?= ?(?:$|[?.,;:]| et\b| \w+nt\b)))"
)
_FORMER = re.compile(
    r"\b(?:deja (?:signataires?|signe|sous contrat|engagee?s?|contractualise|entree?s?"
    r"|conventionnes?|partants?|dans la (?:demarche|contractualisation))"
    r"|anciens? (?:departements?|signataires?|entrants?)"
    r"|(?:les|aux|des) anciens(?= ?(?:$|[?.,;:]| et\b| \w+nt\b))"
    r"|prolong\w+ (?:leur|son|notre|un|le) contrat|renouvel\w+ (?:leur|son|notre) contrat)"
)
_AMENDMENT = re.compile(r"\bavenants?\b")
_ANY_CONTRACT = re.compile(r"\bcontrats? (?:et|ou) (?:d'|les |des )?avenants?|avenants? (?:et|ou) ")


@dataclass(frozen=True, slots=True)
class Entered:
    """A mention of a cohort; ``years`` are those it states, empty for « les nouveaux »."""

    standing: Standing
    span: Span
    years: tuple[int, ...] = ()


def find_cohorts(text: str) -> list[Entered]:
    """The cohorts that a text mentions, in order; the one that states a year hides the others."""
    found: list[Entered] = []
    for one in sorted(_mentions(flat(text)), key=lambda m: (not m.years, m.span[0] - m.span[1])):
        if not any(overlap(one.span, other.span) for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.span)


def _mentions(low: str) -> Iterator[Entered]:
    for pattern in (_ENTRY, _NEW_CONTRACT):
        for match in pattern.finditer(low):
            years = tuple(int(year) for year in re.findall(r"20\d\d", match["years"]))
            if low.endswith("deja ", 0, match.start()):  # by then, not only that year
                years = tuple(range(FIRST_CONTRACTS, max(years) + 1))
            yield Entered("entry", match.span(), years)
    for pattern, rank in _WAVE:
        for match in pattern.finditer(low):
            yield Entered("entry", match.span(), (FIRST_CONTRACTS + rank,))
    for match in _NEW.finditer(low):
        yield Entered("new", match.span())
    for match in _FORMER.finditer(low):
        yield Entered("former", match.span())


def asked_cohorts(mentions: Iterable[Entered], exercices: Collection[int]) -> tuple[str, ...]:
    """The cohorts that a question may be about; empty when it names none.

    « Déjà signataire » in 2022 may mean 2020 or 2021: both are given. A question about the old
    and the new ones is about all: none is given.

    Args:
        mentions: what the question says of cohorts.
        exercices: what it asks about, which « nouvel entrant » depends on.
    """
    mentions = list(mentions)
    stated = {year for one in mentions for year in one.years}
    standings = {one.standing for one in mentions if one.standing != "entry"}
    if len(standings) == 1 and not stated and len(set(exercices)) == 1:
        stated = _of_standing(standings.pop(), exercices)
    return tuple(str(year) for year in sorted(stated)) if len(standings) < 2 else ()


def holds_for_cohort(text: str, heading: str, cohorts: Collection[str]) -> bool | None:
    """Whether a quote rules on one of the cohorts, or on others only.

    Args:
        text: the quote; what it says wins over its heading.
        heading: the headings and the lead-in it stands under.
        cohorts: years of entry, as ``asked_cohorts`` gives them.

    Returns:
        ``None`` when neither speaks of a cohort (or no cohort is wanted): it holds for all.
    """
    if not cohorts:
        return None
    meant = _ruled(text, heading) or _ruled(heading, text)
    if not meant:
        return None
    return bool(meant & {int(cohort) for cohort in cohorts})


def _ruled(text: str, around: str) -> set[int]:
    """Years of entry that a text rules on; those of « les nouveaux » come from its exercice."""
    mentions = find_cohorts(text)
    low = flat(text)
    meant = {year for one in mentions for year in one.years}
    kinds = {one.standing for one in mentions} - {"entry"}
    if not mentions and _AMENDMENT.search(low) and not _ANY_CONTRACT.search(low):
        kinds.add("former")
    if not kinds:
        return meant
    years = _plain_years(low, mentions) or _plain_years(flat(around), find_cohorts(around))
    for standing in kinds if len(years) == 1 else ():
        meant |= _of_standing(standing, years)
    return meant


def _plain_years(low: str, mentions: Iterable[Entered]) -> set[int]:
    """Years of a text but those of its cohorts."""
    for one in mentions:
        start, end = one.span
        low = low[:start] + "." * (end - start) + low[end:]
    return {int(year) for year in re.findall(r"(?<![\w/-])20[12]\d(?![\w/-])", low)}


def _of_standing(standing: Standing, years: Collection[int]) -> set[int]:
    exercice = max(years)
    return {exercice} if standing == "new" else set(range(FIRST_CONTRACTS, exercice))
