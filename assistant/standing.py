"""What the registers say of one collectivité: its entry, its contract's amounts, how sure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant import wording
from assistant.answer import Caution, Claim
from assistant.checking import without_brackets
from assistant.entries import Entries, Entry
from assistant.units import Unit
from assistant.wanted import Wanted
from assistant.warning import markers
from corpus.collectivites import find_collectivites
from corpus.lexicon import folded_words
from corpus.quantities import find_quantities, normalised
from corpus.registry import Eligibility, Funding
from ingest.lexical import terms

MOST_TOLD = 3
DEDUCED = "L'année d'entrée est déduite de ce que dit cette source {markers}."


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom and when a dossier is about: a row of the register of eligibility or only cohorts, and
    the exercice, ``assumed`` when the question names none."""

    entry: Entry[Eligibility] | None
    cohorts: tuple[str, ...]
    exercice: int | None
    assumed: bool
    whole: Entry[Eligibility] | None = None
    """What entered in its stead: the Corse for the Corse-du-Sud."""

    @property
    def entered(self) -> bool:
        """Whether it was in by the exercice."""
        waves = [int(cohort) for cohort in self.cohorts]
        return bool(waves) and (self.exercice is None or min(waves) <= self.exercice)

    def is_named(self, unit: Unit) -> bool:
        """Whether a statement names the collectivité."""
        return self.entry is not None and self.entry.row.code in _places(unit.text)


def whole_of(part: Entry[Eligibility], entries: Entries) -> Entry[Eligibility] | None:
    """The collectivité that entered as a whole, with a part that isn't told apart from it: its
    name stands in the part's, and all that proves it is cited of the part too."""
    if part.row.wave != "inconnue":
        return None
    words = set(folded_words(part.row.name))
    return next(
        (
            one
            for one in entries.of(Eligibility)
            if one.row.wave != "inconnue"
            and set(folded_words(one.row.name)) < words
            and set(one.row.proofs) <= set(part.row.proofs)
        ),
        None,
    )


def told_of(wanted: Wanted, subject: Subject) -> list[Unit]:
    """What is said of a collectivité's entry; without a known year of entry, only what is said of
    the exercice asked about."""
    entry = subject.entry
    if entry is None:
        return []
    codes = {entry.row.code, subject.whole.row.code if subject.whole else entry.row.code}
    own = [u for u in entry.units if not u.unknown and codes & _places(u.text)]
    if not (subject.cohorts or subject.whole) and subject.exercice and not subject.assumed:
        own = [u for u in own if subject.exercice in _years(u.text)]
    kept: list[Unit] = []
    for unit in own:
        signing = wanted.signed and "=signature" in terms(unit.text)
        facts = {fact for u in kept for fact in (u.anchor.facts if u.anchor else ())}
        repeats = unit.anchor is not None and bool(facts & set(unit.anchor.facts))
        disputed = entry.row.standing == "discuté" and _confidence(unit) == "disputed"
        if not kept or disputed or (signing and not repeats):
            kept.append(unit)
    return kept[:MOST_TOLD]


def amounts_of(wanted: Wanted, subject: Subject, entries: Entries) -> list[Unit]:
    """Statements of the amounts of a collectivité's own contract, for the exercice if one is."""
    entry = subject.entry
    if entry is None or not wanted.amount:
        return []
    code, units = entry.row.code, []
    if entry.row.amount_eur is not None and not wanted.about:
        units = [u for u in entry.units if f"amount:{entry.row.amount_eur}" in normalised(u.text)]
    for one in entries.of(Funding):
        ours = code in _places(one.row.perimeter) and one.row.amount_eur is not None
        if ours and subject.exercice in (None, one.row.exercice):
            words = set(terms(f"{one.row.perimeter} {one.row.source}"))
            named = [u for u in one.units if code in _places(u.text)]
            units += [u for u in named or one.units if wanted.about <= words and not u.unknown]
    return list({unit.key: unit for unit in units}.values())[:MOST_TOLD]


def lacking_of(wanted: Wanted, subject: Subject) -> list[Unit]:
    """What nobody could establish of a collectivité: its year of entry, or of its contract when
    it is asked whether it signed."""
    entry = subject.entry
    entered = entry is not None and entry.row.wave != "inconnue"
    if entry is None or (entered and not wanted.signed):
        return []
    if wanted.amount and not (wanted.status or wanted.rules):
        return []
    lacking = [u for u in entry.units if u.unknown]
    named = [u for u in lacking if subject.is_named(u)]
    return named if entered else (named or lacking)


def doubts(subject: Subject, told: Sequence[Claim], warned: Collection[str]) -> list[Caution]:
    """A deduction or a disagreement that the register knows of and no warning says yet.

    Args:
        told: the claims on the collectivité's entry.
        warned: kinds of the warnings given.
    """
    if subject.entry is None or not told:
        return []
    standing, numbers = subject.entry.row.standing, told[0].citations
    if standing == "déduit" and subject.cohorts and "inferred" not in warned:
        return [Caution("inferred", DEDUCED.format(markers=markers(numbers)), numbers)]
    if standing == "discuté" and "conflict" not in warned:
        last = told[-1]
        quote = without_brackets(last.text)
        text = f"{wording.CONFLICT_QUOTED.format(quote=quote)} {markers(last.citations)}"
        return [Caution("conflict", text, last.citations)]
    return []


def _confidence(unit: Unit) -> str | None:
    return unit.anchor.confidence if unit.anchor is not None else None


def _places(text: str) -> set[str]:
    return {mention.collectivite.code for mention in find_collectivites(f". {text}")}


def _years(text: str) -> set[int]:
    kinds = ("year", "month", "date")
    values = [q.value for q in find_quantities(text) if q.kind in kinds]
    return {int(value[:4]) for value in values if not value.startswith("--")}
