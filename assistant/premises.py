"""What a question takes for granted and the corpus contradicts: a figure, a date, a rule.

Only what is presupposed counts (« puisque… », « les 12 objectifs », « … étant facultatif »): what
is asked (« 6 ou 11 ? ») isn't a premise. A quote contradicts when it speaks of the same thing for
the same exercice and says otherwise, and no quote on it says the same.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from assistant.conflicts import TELLING_WEIGHT, disputing, terms_around
from assistant.contents import terms_of, years_of
from assistant.denials import lacking
from assistant.evidence import Evidence, Weigher
from assistant.opposing import AGREEING_SHARE, SUBJECT_SHARE
from assistant.oppositions import contrary
from assistant.origins import is_dated, misdated, outlasting
from assistant.presuming import LIMITING, assumed, is_age, presupposed, quantities, tags
from assistant.proofs import statements
from assistant.units import Unit
from corpus.lexicon import fold
from corpus.quantities import Quantity
from corpus.registry import Conflict
from ingest.index import Index
from ingest.lexical import terms

Values = frozenset[tuple[str, str]]

CANDIDATES_READ, LEAST_TERMS = 40, 2
# The first quotes found, when they mean nearly what the question says.
LEADING, LEADING_SIMILARITY = 2, 0.62
DEADLINE_SHARE = 0.35  # two deadlines of one exercice are already of the same kind

_DEADLINE = re.compile(
    r"\b(?:avant|jusqu'au|au plus tard|limite|echeances?|d'ici|rendre|rendu|delai|remise|butoir)\b"
)
_ADJECTIVES = frozenset(
    "premiers premieres derniers dernieres nouveaux nouvelles autres grands grandes principaux "
    "principales fameux".split()
)
# « les six départements visés qui n'ont pas signé »: some of them, not all.
_PART = re.compile(r"[^,;:.?!]{1,60}? (?:qui n(?:e |')|pas |non )", re.IGNORECASE)
_COUNTING = re.compile(
    r"\b(?:compt|comport|compren|contien|contenai|reuni|réuni|regroup|rassembl)\w+", re.IGNORECASE
)
_PART_OF = re.compile(r"\d \w+ sur ")  # « 28 articles sur 42 »: both are its values
# « le 30 septembre au lieu du 30 juin »: the latter is no value of the quote.
_INSTEAD = re.compile(r"\b(?:au lieu (?:du?|des)|et non(?: pas)?|plutôt que)(?: le| la| les)? $")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CLAUSE = re.compile(r"[;,:?!] |\. ")


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


def mistaken(weigher: Weigher, found: Sequence[Evidence], index: Index) -> Premise | None:
    """What the question takes for granted and the best evidence contradicts, if anything.

    Args:
        weigher: what weighed the evidence of the question.
        found: all that was found, best first, whether or not it agrees with the dates named.
        index: the index in use.
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
        premise = _other_value(quantity, text, free, candidates)
        if premise is not None:
            return _disputed(quantity, premise, free, found, index) or premise
    leading = frozenset(one.unit.key for one in found[:LEADING])
    for start, end in spans:
        said = text[start:end]
        evidence = contrary(said, candidates, partial(_spoken, said, free, leading))
        if evidence is None and is_dated(said):
            timeless = Weigher(index, weigher.question, replace(weigher.named, dates=(), years=()))
            others = _candidates(timeless, found)
            spoken = partial(_spoken, said, timeless, leading)
            years = years_of(text) | frozenset(weigher.named.years)
            evidence = misdated(said, others, spoken) or outlasting(said, text, years, others)
        if evidence is not None:
            return Premise(frozenset(), evidence)
    return None


def _disputed(
    quantity: Quantity, premise: Premise, free: Weigher, found: Sequence[Evidence], index: Index
) -> Premise | None:
    """The disagreement of which a side holds what is stated, unless the correcting quote shares
    with the question a telling word that the disagreement never says: another subject."""
    noun, _attribute = _counted(quantity, free.question.text)
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
    share = _subject_share(one.unit, said, f"{aside} {tags(free.question.text)}", free, alone)
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


def _other_value(
    quantity: Quantity, text: str, free: Weigher, candidates: Iterable[Evidence]
) -> Premise | None:
    said = _clause_around(quantity, text)
    own = [
        tags(text),
        *_COUNTING.findall(said),
        *(text[q.start : q.end] for q in quantities(text) if q.kind != "year"),
    ]
    noun, attribute = _counted(quantity, text) if quantity.kind == "number" else ("", "")
    if quantity.kind == "number":
        own += _COUNTING.findall(said)
    if quantity.kind == "number" and (not noun or _PART.match(text[quantity.end :])):
        return None
    deadline = quantity.kind == "date"
    if deadline and not (_DEADLINE.search(fold(text)) or LIMITING.search(fold(text))):
        return None
    rows = []
    for one in candidates:
        if deadline and not _DEADLINE.search(fold(one.unit.text)):
            continue
        values = _values(quantity, noun, attribute, one.unit, free)
        alone = len(values) == 1 or _PART_OF.search(one.unit.text)  # « 30 et 40 » share it out
        if values and (quantity.kind != "number" or alone):
            rows.append((_subject_share(one.unit, said, " ".join(own), free), values, one))
    if quantity.kind == "number":  # « les 49 articles de la loi Taquet »: those of no other law
        of_text = [r for r in rows if r[2].unit.document.document_id == free.named.text]
        rows = of_text or rows
    qualified = [row for row in rows if attribute and attribute in terms(row[2].unit.text)]
    rows = qualified or rows
    best = max((share for share, _values, _one in rows), default=0.0)
    near = [values for share, values, _one in rows if share >= AGREEING_SHARE * best]
    least = DEADLINE_SHARE if deadline else SUBJECT_SHARE
    if best < least or any(_holds(values, quantity) for values in near):
        return None
    correcting = [one for share, _values, one in rows if share == best]
    stated = frozenset({(str(quantity.kind), quantity.value)})
    return Premise(stated, max(correcting, key=lambda one: one.score))


def _holds(values: Iterable[str], quantity: Quantity) -> bool:
    """Whether a value stands among others; a day without its year is that of any year."""
    day = quantity.value.removeprefix("-") if quantity.value.startswith("--") else ""
    return any(value == quantity.value or (day and value.endswith(day)) for value in values)


def _clause_around(quantity: Quantity, text: str) -> str:
    """The clause of the question that states a quantity."""
    return next(text[s:e] for s, e in _clauses(text) if s <= quantity.start < e)


def _subject_share(unit: Unit, said: str, aside: str, free: Weigher, alone: bool = False) -> float:
    """Share of what the question speaks of, the words ``aside`` left out, that a quote speaks of:
    of the clause ``said`` when it says enough by itself, or of the whole question."""
    held = set(terms_of(unit.text)) if alone else terms_around(unit)
    clause = (set(terms(said)) & set(free.terms)) - set(terms(aside))
    whole = set(free.terms) - set(terms(aside))
    subjects = [whole, clause] if len(clause) >= LEAST_TERMS else [whole]
    shares = [0.0]
    for subject in subjects:
        total = free.known_share(subject)
        shares.append(free.known_share(subject & held) / total if total else 0.0)
    return max(shares)


def _values(
    quantity: Quantity, noun: str, attribute: str, unit: Unit, free: Weigher
) -> frozenset[str]:
    """What a quote gives in the place of the stated value, in the clauses of the same years."""
    years = {str(year) for year in free.named.years}
    found: set[str] = set()
    text = unit.text
    clauses = _clauses(text) if quantity.kind == "number" else [(0, len(text))]
    if attribute and attribute in terms(text):
        clauses = [(s, e) for s, e in clauses if attribute in terms(text[s:e])]
    for start, end in clauses:
        clause = text[start:end]
        own_years = {q.value[:4] for q in quantities(clause) if q.kind == "year"}
        if own_years and years and not own_years & years:
            continue
        for q in quantities(clause):
            if q.kind != quantity.kind or is_age(q, clause) or _INSTEAD.search(clause[: q.start]):
                continue
            if quantity.kind != "number" or _counts(q, clause, noun, attribute):
                found.add(q.value)
    return frozenset(found)


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    return list(pairwise(cuts))


def _counted(quantity: Quantity, text: str) -> tuple[str, str]:
    """Stems of what a number counts and of the word that qualifies it: « 62 départements
    retenus »; empty when unread."""
    after = text[quantity.end : quantity.end + 80]
    if not re.match(r" [^\W\d_]", after):
        return "", ""
    words = _WORD.findall(after)
    while words and fold(words[0]) in _ADJECTIVES:
        words.pop(0)
    if not words:
        return "", ""
    noun = terms(words[0])
    rest = terms(words[1]) if len(words) > 1 else []
    return (noun[0] if noun else ""), (rest[0] if rest else "")


def _counts(quantity: Quantity, clause: str, noun: str, attribute: str) -> bool:
    """Whether a number of a clause counts ``noun``, or counts without saying what: « 30 ont été
    retenus », « en comptent deux »."""
    counted, _attribute = _counted(quantity, clause)
    if counted == noun:
        return True
    before, after = fold(clause[: quantity.start]), fold(clause[quantity.end :])
    if _PART_OF.search(before) and noun in terms(before):
        return True
    if re.search(r"\ben \w+ $", before) and not counted:
        return True
    return bool(attribute) and bool(
        re.match(r" (?:ont|sont|etaient|avaient|n'ont|seront)\b", after)
    )


def with_correction(fitting: Sequence[Evidence], premise: Premise | None) -> list[Evidence]:
    """Evidence of an answer, led by what corrects the question."""
    if premise is None:
        return list(fitting)
    others = [one for one in fitting if one.unit.key != premise.unit.key]
    return [premise.evidence, *others]
