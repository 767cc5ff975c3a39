"""What a question takes for granted and the corpus contradicts: a figure, a date, a rule.

Only what is presupposed counts (« puisque… », « les 12 objectifs », « … étant facultatif »): what
is asked (« 6 ou 11 ? ») isn't a premise. A quote contradicts when it speaks of the same thing for
the same exercice and says otherwise, and no quote on it says the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.conflicts import TELLING_WEIGHT, disputing, terms_around
from assistant.contents import terms_of, years_of
from assistant.denials import lacking
from assistant.evidence import Evidence, Weigher
from assistant.opposing import SUBJECT_SHARE
from assistant.oppositions import contrary
from assistant.origins import begun, is_dated, misdated, outlasting, undated
from assistant.presuming import assumed, presupposed, quantities, tags
from assistant.proofs import statements
from assistant.units import Unit
from assistant.values import counted_by, other_value, subject_share
from corpus.quantities import Quantity
from corpus.registry import Conflict
from ingest.index import Index

Values = frozenset[tuple[str, str]]

CANDIDATES_READ = 40
# The first quotes found, when they mean nearly what the question says.
LEADING, LEADING_SIMILARITY = 2, 0.62


@dataclass(frozen=True, slots=True)
class Premise:
    """What the question states, and the statement that says otherwise."""

    stated: Values
    evidence: Evidence
    row: Conflict | None = None
    """The disagreement of which a side holds what is stated: it isn't mistaken, it is disputed,
    and ``evidence`` gives both sides."""

    @property
    def unit(self) -> Unit:
        """The statement that corrects."""
        return self.evidence.unit


def quantities_of(text: str) -> Values:
    """Quantities of a text but years, as (kind, value)."""
    return frozenset((q.kind, q.value) for q in quantities(text) if q.kind != "year")


def mistaken(
    weigher: Weigher,
    found: Sequence[Evidence],
    index: Index,
    search: Callable[[str], Sequence[Evidence]] = lambda _text: (),
) -> Premise | None:
    """What the question takes for granted and the best evidence contradicts, if anything.

    Args:
        weigher: what weighed the evidence of the question.
        found: all that was found, best first, whether or not it agrees with the dates named.
        index: the index in use.
        search: what is found of a text, best first: of the question without its days, when one
            of them may be mistaken.
    """
    text = weigher.question.text
    spans = assumed(text)
    stated = presupposed(text, spans)
    lacked = lacking(text, found[0]) if found else None
    if lacked is not None and lacked.fits:
        return Premise(frozenset(), lacked)
    if not spans and not stated:
        return None
    free = Weigher(index, weigher.question, replace(weigher.named, dates=()))
    candidates = _candidates(free, found)
    for quantity in stated:
        correcting = other_value(quantity, text, free, candidates)
        ignored = quantity.kind == "amount" and correcting and _is_ignored(correcting, found)
        if correcting is not None and not ignored:
            premise = Premise(frozenset({(str(quantity.kind), quantity.value)}), correcting)
            return _disputed(quantity, premise, free, found, index) or premise
    leading = frozenset(one.unit.key for one in found[:LEADING])
    for start, end in spans:
        said = text[start:end]
        evidence = contrary(said, candidates, partial(_spoken, said, free, leading))
        if evidence is None and is_dated(said):
            evidence = _dated_otherwise(said, weigher, found, index, search)
        if evidence is not None:
            return Premise(frozenset(), evidence)
    return None


def _is_ignored(correcting: Evidence, found: Sequence[Evidence]) -> bool:
    """Whether what nobody knows speaks of the question as much as a correcting quote does: the
    amount of another perimeter corrects no amount that isn't known."""
    ignored = [e.own_coverage for e in found if e.unit.unknown and e.fits]
    return max(ignored, default=0.0) >= correcting.own_coverage > 0


def _dated_otherwise(
    said: str,
    weigher: Weigher,
    found: Sequence[Evidence],
    index: Index,
    search: Callable[[str], Sequence[Evidence]],
) -> Evidence | None:
    """A quote, whatever its year, that gives another day or text to what is said."""
    text, named = weigher.question.text, weigher.named
    bare = replace(named, dates=(), years=(), text=None, references=())
    timeless = Weigher(index, weigher.question, bare)
    others = _candidates(timeless, found)
    spoken = partial(_spoken, said, timeless, frozenset(e.unit.key for e in found[:LEADING]))
    years = years_of(text) | frozenset(named.years)
    if evidence := misdated(said, others, spoken) or outlasting(said, text, years, others):
        return evidence
    keys = {one.unit.key for one in others}
    others += [e for e in _candidates(timeless, search(undated(text))) if e.unit.key not in keys]
    return misdated(said, others, spoken) or begun(said, others, spoken)


def _disputed(
    quantity: Quantity, premise: Premise, free: Weigher, found: Sequence[Evidence], index: Index
) -> Premise | None:
    """The disagreement of which a side holds what is stated, unless the correcting quote shares
    with the question a telling word that the disagreement never says: another subject."""
    noun, _attribute = counted_by(quantity, free.question.text)
    shared = free.weights.keys() & set(terms_of(premise.unit.text))
    telling = {term for term in shared if free.weights[term] >= TELLING_WEIGHT}
    for row in disputing(quantity, noun, free):
        units = [u for u in statements(row.proofs, index) if not telling - terms_around(u)]
        keys = {unit.key for unit in units}
        held = [one for one in found if one.unit.key in keys]
        held += [free.weigh(unit, None, 0.0) for unit in units]
        if held:
            return Premise(frozenset(), held[0], row)
    return None


def _spoken(
    said: str,
    free: Weigher,
    leading: frozenset[tuple[str, int]],
    one: Evidence,
    aside: str,
    alone: bool = False,
) -> float:
    """Share of ``said`` that a quote speaks of, ``alone`` without its headings; a quote that leads
    and means nearly the same is on the subject, whatever its words."""
    share = subject_share(one.unit, said, f"{aside} {tags(free.question.text)}", free, alone)
    near = one.unit.key in leading and one.similarity >= LEADING_SIMILARITY
    return max(share, SUBJECT_SHARE) if near else share


def _candidates(free: Weigher, found: Sequence[Evidence]) -> list[Evidence]:
    """Undisputed statements of the exercice, of no particular collectivité unless it is named."""
    out = []
    for one in found[:CANDIDATES_READ]:
        anchor = one.unit.anchor
        if anchor is not None and anchor.confidence in ("unknown", "disputed"):
            continue
        fitting = one if one.fits else free.weigh(one.unit, one.similarity, one.rank, one.found)
        if fitting.fits and not fitting.particular:
            out.append(fitting)
    return out


def with_correction(fitting: Sequence[Evidence], premise: Premise | None) -> list[Evidence]:
    """Evidence of an answer, led by what corrects the question."""
    if premise is None:
        return list(fitting)
    others = [one for one in fitting if one.unit.key != premise.unit.key]
    return [premise.evidence, *others]
