"""Whether a unit agrees with what a question names: exercice, cohort, collectivité, text, date."""

import re
from collections.abc import Iterable

from assistant.cohorts import holds_for_cohort
from assistant.contents import quantities_in, without_sources, years_of
from assistant.framing import Named
from assistant.units import Unit
from corpus.collectivites import find_collectivites
from corpus.references import find_references
from corpus.types import Identity, Kind

LASTING_KINDS: frozenset[Kind] = frozenset({"loi", "décret", "arrêté", "code", "page officielle"})
"""What goes on holding, or being, year after year."""


_PERIOD = re.compile(r"\b(20\d\d) ?(?:-|–|à) ?(20\d\d)\b")
_ACT_YEAR = re.compile(r"\bn° ?(20\d\d)-\d")
LONGEST_PERIOD = 5  # years; a longer one is that of a statistic


def years_fit(unit: Unit, named: Named) -> bool:
    """A quote of another exercice is never given as if it held for the one named."""
    if not named.years:
        return True
    wanted = set(named.years)
    own = years_of(without_sources(unit.text)) or years_of(unit.text)
    if (own | _spanned(unit.text) | _numbered(unit.text)) & wanted:
        return True
    heading, identity = years_of(unit.context), unit.document.identity
    governed = set(identity.exercices)
    if named.text == unit.document.document_id and wanted <= _years_of_text(identity) - governed:
        return True  # « la stratégie présentée en 2019 »: the year only says which text
    if len(governed) < 2 and own | heading <= governed and wanted & _years_of_text(identity):
        return True  # « l'appel de 2019 »: the year of the text, not of an exercice
    if not (own or heading or governed):
        return _stood(identity, wanted)
    if heading:
        # « Calendrier de 2019 à 2022 » gives no year to a line that states its own.
        spanned = len(heading) > 1 and any(min(heading) <= y <= max(heading) for y in own)
        return bool(heading & wanted) and not spanned
    return bool(governed & wanted) and not own & governed


def of_others(unit: Unit, named: Named) -> bool:
    """Whether a quote that speaks of a year named is of a text made for other exercices, under no
    heading that names it: « durée 2022-2024 » of a circular of 2022, asked of 2023."""
    wanted, identity = set(named.years), unit.document.identity
    governed = set(identity.exercices)
    heading = years_of(_PERIOD.sub(" ", unit.context))
    own = governed | heading | _years_of_text(identity)
    return bool(wanted and governed) and not wanted & own


def cohort_fits(unit: Unit, named: Named) -> bool:
    """A rule for other years of entry isn't given to a cohort that is named."""
    cohorts = named.cohorts
    return not cohorts or holds_for_cohort(unit.text, unit.context, cohorts) is not False


def names_fit(unit: Unit, named: Named) -> bool:
    """What the question names stands in the quote, its headings or the text's identity."""
    place = f"{unit.text} {unit.context}"
    identity = unit.document.identity
    full = f"{place} {titles_of(identity)} n° {identity.number or ''} {identity.nor or ''}"
    if named.collectivites:
        wanted = {code for code, _name in named.collectivites}
        found = {m.collectivite.code for m in find_collectivites(f". {full}")}
        if not wanted & found:
            return False
    if named.text == unit.document.document_id:
        return True
    if named.references:
        found_references = {r.value for r in find_references(full)}
        if not set(named.references) & found_references:
            return False
    if named.dates:
        dates = {q.value for q in quantities_in(full) if q.kind == "date"}
        dates |= {d.isoformat() for d in (identity.signed_on, identity.published_on) if d}
        return all(has_date(date, dates) for date in named.dates)
    return True


def _spanned(text: str) -> frozenset[int]:
    """Years of the periods that a quote names: « 2025-2027 » holds for 2026."""
    periods = ((int(a), int(b)) for a, b in _PERIOD.findall(text))
    return frozenset(y for a, b in periods if b - a <= LONGEST_PERIOD for y in range(a, b + 1))


def _numbered(text: str) -> frozenset[int]:
    """Years of the acts that a quote names by their numbers: « ajouté par le décret n° 2023-1253 »
    is of 2023."""
    return frozenset(int(year) for year in _ACT_YEAR.findall(text))


def _stood(identity: Identity, wanted: Iterable[int]) -> bool:
    """Whether a text made for no exercice was there in one of the years: its rules, that say no
    year either, held then."""
    begun = identity.in_force_from or identity.signed_on or identity.published_on
    ended = identity.in_force_until
    if identity.kind not in LASTING_KINDS:
        return False
    if begun is None:  # an institution, an article as it was read
        return True
    return any(begun.year <= year and (ended is None or year <= ended.year) for year in wanted)


def _years_of_text(identity: Identity) -> frozenset[int]:
    """Years of a text itself: of its dates, else of its title (« rapport, septembre 2025 »)."""
    dated = frozenset(d.year for d in (identity.signed_on, identity.published_on) if d)
    return dated if dated or identity.exercices else years_of(titles_of(identity))


def has_date(wanted: str, dates: Iterable[str]) -> bool:
    """Whether a date stands among others; a day without its year matches any year."""
    return any(d == wanted or (wanted.startswith("--") and d.endswith(wanted[1:])) for d in dates)


def titles_of(identity: Identity) -> str:
    """Both titles of a text, as words to look for a name in."""
    return f"{identity.short_title or ''} {identity.title}"
