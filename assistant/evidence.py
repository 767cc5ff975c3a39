"""How well a unit proves an answer: one value a signal, and what each signal is for."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.agreeing import cohort_fits, has_date, names_fit, titles_of, years_fit
from assistant.asking import Asked, Question
from assistant.contents import places_of, terms_of
from assistant.framing import Named
from assistant.holding import NEEDED, counts_it, due_of, types_held
from assistant.modality import asks_duty, tells_duty
from assistant.phrases import text_names
from assistant.policies import is_of_our_contract, names_exception, other_policies
from assistant.spelling import corrected_terms
from assistant.units import Unit
from corpus.types import OFFICIAL_KINDS
from ingest.index import Index

# « mise en ligne le 11 mars 2022 »: says which text is meant, not what is asked of it.
_DATED = re.compile(
    r"\b(?:mise?s?|publiée?s?|publiee?s?|parue?s?|signée?s?|signee?s?|datée?s?|datee?s?|sortie?s?)"
    r"(?: en ligne)? (?:le|du|au) (?=\d)",
    re.IGNORECASE,
)
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
CONTEXT_SHARE = 0.6  # a term found only in the heading proves less than one in the quote
TITLE_SHARE, UNKNOWN_SHARE = 0.4, 0.5
SCORE_WEIGHTS = (0.25, 0.25, 0.30, 0.20)
NAMED_BONUS, UNTYPED_MALUS, PARTICULAR_MALUS, OFFICIAL_BONUS = 0.04, 0.12, 0.05, 0.03
DESCRIPTION_SHARE = 0.1
REGISTERED_BONUS = 0.15
COUNTED_BONUS = 0.05
EXCEPTION_MALUS = 0.12


@dataclass(frozen=True, slots=True)
class Evidence:
    """A unit with its signals; every signal is between 0 and 1 except ``score``.

    ``coverage``: share of the question's information (idf mass) that the quote and its context
    speak of; tells a quote on the subject from one that shares a common word.
    ``own_coverage``: the same by the quote alone; tells the right line of a section.
    ``similarity``: cosine of statement or passage, stretched over its useful range; finds other
    wordings, but can't refuse alone (answerable and unanswerable questions overlap).
    ``rank``: fused search score of the passage, beside the best one of the same search; what the
    whole passage is about. ``found``: the same score by itself.
    ``types``: which of the asked types the quote holds (a date, an amount…); ``typed`` when it
    holds one, or when none is asked.
    ``named``: the quote speaks of the collectivité, the text or the date that is named.
    ``particular``: the quote speaks of one collectivité, or of the contracts of another policy,
    and the question of none: an example is not the rule.
    ``fits``: exercice, collectivité, text and date named in the question agree with the quote.
    """

    unit: Unit
    coverage: float
    own_coverage: float
    similarity: float
    rank: float
    found: float
    types: frozenset[Asked]
    typed: bool
    named: bool
    particular: bool
    fits: bool
    other_exercice: bool
    covered: frozenset[str] = field(default=frozenset())
    """Terms of the question that the quote itself holds."""
    counts: bool = False
    """Whether it tells a number of what the question asks the number of."""
    exceptional: bool = False
    """Whether it speaks of an exception (« sous OQTF ») and the question of none: the rule comes
    before."""
    registered: bool = False
    """Whether it proves the row of a register that answers the question."""

    @property
    def score(self) -> float:
        """One figure to rank by; the weights were chosen on development questions."""
        signals = (self.coverage, self.own_coverage, self.similarity, self.rank)
        value = sum(w * signal for w, signal in zip(SCORE_WEIGHTS, signals, strict=True))
        value += OFFICIAL_BONUS if self.unit.document.identity.kind in OFFICIAL_KINDS else 0.0
        value += NAMED_BONUS if self.named and self.fits else 0.0
        value += REGISTERED_BONUS if self.registered else 0.0
        value += COUNTED_BONUS if self.counts else 0.0
        value -= PARTICULAR_MALUS if self.particular else 0.0
        value -= EXCEPTION_MALUS if self.exceptional else 0.0
        if not self.typed and not self.unit.unknown:
            value -= UNTYPED_MALUS
        return value


class Weigher:
    """Weighs units for one question over one index."""

    def __init__(self, index: Index, question: Question, named: Named) -> None:
        self.named = named
        self.question = question
        self.terms = corrected_terms(index, question.terms)
        rows = max(index.manifest.passages, 1)
        self.weights = {
            term: idf(index.lexical.document_frequency(term), rows) * _share(term)
            for term in self.terms
        }
        self.stated = self._stated(index)
        described = self._described(index)
        for term in self.weights.keys() & described:
            self.weights[term] *= DESCRIPTION_SHARE
        self.duty = asks_duty(question.text)
        self.due = due_of(question, self.terms)
        self.of_contracts = is_of_our_contract(question, named)
        self.needed = question.asked & (NEEDED.keys() | {"reference"})
        self.given = self.stated | {str(year) for year in named.years}
        self.total = sum(self.weights.values()) or 1.0

    def _described(self, index: Index) -> frozenset[str]:
        """Terms that only say which text is meant: « l'instruction mise en ligne le 11 mars »."""
        document = index.texts.document(self.named.text) if self.named.text else None
        if document is None:
            return frozenset()
        days = [day for day in self.named.dates if day in self.stated]
        words = [document.identity.title, *(_spelled(day) for day in days)]
        words += [self.question.text[slice(*span)] for span in text_names(self.question.text)]
        words += _DATED.findall(self.question.text) if days else []
        return frozenset(term for part in words for term in terms_of(part))

    def _stated(self, index: Index) -> frozenset[str]:
        """Dates by which the question designates its text: giving them back answers nothing."""
        document = index.texts.document(self.named.text) if self.named.text else None
        if document is None:
            return frozenset()
        identity = document.identity
        own = {d.isoformat() for d in (identity.signed_on, identity.published_on) if d}
        days = [day for day in self.named.dates if has_date(day, own)]
        return frozenset(form for day in days for form in (day, day[:7], day[:4], f"-{day[4:]}"))

    def weigh(
        self,
        unit: Unit,
        similarity: float | None,
        rank: float,
        found: float = 0.0,
        asked: Sequence[str] = (),
    ) -> Evidence:
        """The signals of a unit, given its stretched similarity and its passage's search score;
        ``asked`` are questions that its items answer, beside those that it answers itself.

        Without vectors (``similarity`` is ``None``) the quote's own coverage stands in for it.
        """
        answers = unit.anchor.asked if unit.anchor is not None else ()
        own = self._best_wording(unit.text, (*answers, *asked))
        context = frozenset(terms_of(unit.context))
        title = frozenset(terms_of(titles_of(unit.document.identity)))
        coverage = self._mass(own) + self._mass(context - own) * CONTEXT_SHARE
        coverage += self._mass(title - own - context) * TITLE_SHARE
        same_years = years_fit(unit, self.named)
        fits = same_years and names_fit(unit, self.named) and cohort_fits(unit, self.named)
        fits = fits and not (self.of_contracts and title & other_policies())
        types = types_held(unit.text, self.question, self.terms, self.given)
        if self.due and not self.due & (own | context | title):
            types -= {"deadline"}  # the date of something else
        named = self.named
        return Evidence(
            unit,
            coverage=coverage,
            own_coverage=self._mass(own),
            similarity=self._mass(own) if similarity is None else similarity,
            rank=rank,
            found=found,
            types=types,
            typed=(bool(types) or not self.needed) and self._tells_duty(unit.text, answers),
            named=unit.document.document_id == named.text
            or (named.text is None and bool(named.references or named.dates))
            or bool(named.collectivites),
            particular=self._of_one_place(unit) or self._of_other_policy(own | context | title),
            fits=fits,
            other_exercice=not same_years and names_fit(unit, self.named),
            exceptional=names_exception(own | context | title, self.question.terms),
            covered=frozenset(self.terms) & own,
            counts=counts_it(unit.text, self.question),
        )

    def _best_wording(self, text: str, asked: Sequence[str]) -> frozenset[str]:
        """Terms of a quote, with those of the question among ``asked`` that makes it speak of the
        most: those of all of them together would be nobody's question."""
        said = frozenset(terms_of(text))
        wordings = (said.union(terms_of(question)) for question in asked)
        return max(wordings, key=self._mass, default=said)

    def _tells_duty(self, text: str, asked: Iterable[str]) -> bool:
        """Whether a quote answers a question of duty, when it is one."""
        return not self.duty or tells_duty(text) or any(asks_duty(one) for one in asked)

    def _of_one_place(self, unit: Unit) -> bool:
        asked = self.named.collectivites or self.question.asks_places
        return not asked and bool(places_of(unit.text))

    def _of_other_policy(self, words: frozenset[str]) -> bool:
        """« après les Calpae, quoi ? » is asked of other policies: none of them is foreign."""
        policies = other_policies()
        return not policies & set(self.question.terms) and bool(words & policies)

    def foreign_share(self, index: Index) -> float:
        """Share of the question's information in words that the corpus never uses."""
        strange = (t for t in self.terms if not index.lexical.document_frequency(t))
        return self._mass(frozenset(strange))

    def known_share(self, covered: Iterable[str]) -> float:
        """Share of the question's information that ``covered`` terms carry."""
        return self._mass(frozenset(covered))

    def _mass(self, found: frozenset[str]) -> float:
        return sum(w for term, w in self.weights.items() if term in found) / self.total


def _spelled(day: str) -> str:
    """A date as the index has it: « 2022-03-11 » or « --03-11 » gives « 11 mars 2022 »."""
    year, month, number = day.replace("--", "0-").split("-")
    return f"{int(number)} {_MONTHS.split()[int(month) - 1]} {year}"


def idf(frequency: int, rows: int) -> float:
    """Information of a term, at most that of a term of three passages.

    A term that no passage holds weighs half of that: it may be a politeness of the question as
    well as a subject that the corpus ignores.
    """
    capped = min(max(frequency, 3), rows)
    held = math.log(1.0 + (rows - capped + 0.5) / (capped + 0.5))
    return held if frequency else UNKNOWN_SHARE * held


def _share(term: str) -> float:
    """A notion repeats words already counted: it joins wordings, it isn't more information."""
    return 0.5 if term.startswith("=") else 1.0
