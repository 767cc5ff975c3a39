"""Disagreements between sources that an answer must tell: both sides, what to retain and why."""

import math
import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.answer import Citation
from assistant.contents import terms_of
from assistant.evidence import Weigher
from assistant.proofs import conflicts, proofs_in, replaced_deadlines, statements
from assistant.units import Unit
from corpus.lexicon import fold, folded_words
from corpus.quantities import Quantity, find_quantities
from corpus.registry import Conflict
from ingest.index import Index
from ingest.lexical import terms

# Chosen on development questions: a disagreement is told when the question speaks of that much of
# what it is about, when it states one of the disputed values, or when the quotes give two of them.
ABOUT, ABOUT_STATED, ABOUT_COUNT, ABOUT_UNTYPED = 0.28, 0.15, 0.45, 0.60
ABOUT_UNQUOTED, KNOWN_UNQUOTED = 0.50, 0.35
# A quote by itself is on the subject of a row when it speaks of that much of what it is about,
# alone then with its heading.
ABOUT_OWN, ABOUT_AROUND = 0.45, 0.70
TELLING_WEIGHT = 2.0  # information of a word that tells a subject from another
_LINES = re.compile(r"\n+|(?<=[.;]) ")
_CHANGE = re.compile(r"\b(?:hausse|baisse|augment\w+|diminu\w+|(?:de|en) (?:plus|moins))\b")
_SURE_KINDS = ("amount", "percent", "date")  # a small count in a quote may count anything
_KIND_OF = {"date": "date", "month": "date", "year": "date", "amount": "amount"}
_KIND_OF |= {"percent": "percent", "number": "count", "duration": "duration"}
_TYPED = {"deadline": "date", "date": "date", "amount": "amount", "percent": "percent"}
_TYPED |= {"count": "count", "who": "name", "reference": "reference"}
_MILLION = 1_000_000

Value = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A row of the register, the citations that state it, and the statement to add if none does.

    ``sides`` are numbers of the citations that give one side only.
    """

    row: Conflict
    told: tuple[int, ...]
    sides: tuple[int, ...]
    statement: Unit | None = None


def disagreements(
    citations: Sequence[Citation], weigher: Weigher, index: Index, stated: Conflict | None = None
) -> list[Disagreement]:
    """Disagreements on what is asked, or on the very subject of a quote, that the quotes state,
    whole or by one side; ``stated`` is the row of a disputed value that the question gives."""
    proved = {c.n: proofs_in(c, index) for c in citations}
    quoted = {c.n: _values(c.quote) for c in citations}
    found = []
    for row in conflicts():
        if _is_succession(row):
            continue
        told = tuple(
            c.n for c in citations if c.confidence == "disputed" and proved[c.n] & {*row.proofs}
        )
        disputed = _disputed(row)
        given = {n: values & disputed for n, values in quoted.items() if values & disputed}
        two_sides = len({frozenset(v) for v in given.values() if _sure(v)}) > 1
        if not (told or given):
            continue
        alone = any(c.n in given and _is_subject(row, c, index) for c in citations)
        alone = alone and _may_tell(row, citations, weigher, index)
        leads = bool(told) and told[0] == citations[0].n
        if not (
            row is stated or alone or _is_asked(row, disputed, two_sides, leads, weigher, index)
        ):
            continue
        sides = tuple(n for n in given if n not in told)
        if told:
            found.append(Disagreement(row, told, sides))
        elif alone or two_sides or _is_quoted(row, given.values(), weigher, index):
            held = [u for u in statements(row.proofs, index) if _tells(u)]
            if held:
                found.append(Disagreement(row, (), sides, held[0]))
    return found


def disputing(quantity: Quantity, noun: str, weigher: Weigher) -> list[Conflict]:
    """Disagreements of which a side, not all, gives a value that the question states; a number
    counts the same ``noun`` (a search term) in the register."""
    value = (_KIND_OF[quantity.kind], quantity.value)
    named = {str(year) for year in weigher.named.years}
    found = []
    for row in conflicts():
        years = _years(f"{row.about} {' '.join(side.says for side in row.sides)}")
        if value not in _disputed(row) or _is_succession(row):
            continue
        if _asks_one_source(row, weigher.question.text) or (years and named and not years & named):
            continue
        if value[0] != "count" or noun in terms(_wording(row)):
            found.append(row)
    return found


def terms_around(unit: Unit) -> set[str]:
    """Terms of a statement, of its headings and of its text's title."""
    title = unit.document.identity.short_title or ""
    return {*terms_of(unit.text), *terms_of(unit.context), *terms_of(title)}


def _wording(row: Conflict) -> str:
    return " ".join([row.about, *(side.says for side in row.sides)])


def states(row: Conflict, values: Iterable[Value]) -> bool:
    """Whether some of ``values`` is what the sources disagree on."""
    return bool(set(values) & _disputed(row))


def _tells(unit: Unit) -> bool:
    return unit.anchor is not None and unit.anchor.confidence == "disputed"


def _is_succession(row: Conflict) -> bool:
    """Whether the sides followed one another: a date that another one replaced isn't disputed."""
    return any(set(row.proofs) & set(former.proofs) for former, _new in replaced_deadlines())


@lru_cache(maxsize=4096)
def _values(text: str) -> frozenset[Value]:
    """Quantities of a text, years aside; a day gives its month and day too (« le 28 février »)."""
    found: set[Value] = set()
    for quantity in find_quantities(text):
        if quantity.kind == "year":
            continue
        found.add((_KIND_OF[quantity.kind], quantity.value))
        if quantity.kind == "date":
            found.add(("date", f"-{quantity.value[-6:]}"))
    return frozenset(found)


def _years(text: str) -> set[str]:
    return {q.value[:4] for q in find_quantities(text) if q.kind in ("year", "month", "date")}


@cache
def _disputed(row: Conflict) -> frozenset[Value]:
    """Values that some sides give and others don't."""
    sides = [_values(side.says) for side in row.sides]
    return frozenset().union(*sides) - sides[0].intersection(*sides)


@cache
def _kinds(row: Conflict) -> Set[str]:
    """Kinds of value that two sides at least give differently; years only if nothing else is."""
    found: dict[str, set[frozenset[str]]] = {}
    for side in row.sides:
        by_kind: dict[str, set[str]] = {}
        for kind, value in _values(side.says):
            by_kind.setdefault(kind, set()).add(value)
        for kind, values in by_kind.items():
            found.setdefault(kind, set()).add(frozenset(values))
    kinds = {kind for kind, held in found.items() if len(held) > 1}
    spans = {frozenset(_years(side.says)) for side in row.sides}
    return kinds or ({"date"} if len(spans - {frozenset()}) > 1 else {"name"})


def _is_asked(
    row: Conflict,
    disputed: Set[Value],
    two_sides: bool,
    leads: bool,
    weigher: Weigher,
    index: Index,
) -> bool:
    """Whether a question is about a disagreement; ``leads``: what answers it best tells it."""
    question = weigher.question
    years = _years(row.about)
    named = {str(year) for year in weigher.named.years}
    if (years and named and not years & named) or _asks_one_source(row, question.text):
        return False
    values = _stated(question.text)
    asked = {_TYPED[one] for one in question.asked if one in _TYPED}
    fitting = bool(asked & _kinds(row))
    if values & disputed or ((two_sides or leads) and fitting):
        least = ABOUT_STATED
    elif fitting or values & _values(row.about):
        least = ABOUT_COUNT if asked & _kinds(row) == {"count"} else ABOUT
    elif asked:
        return False
    elif any(proof.startswith(f"{weigher.named.text}#") for proof in row.proofs):
        least = ABOUT  # the question names the very text
    else:
        least = ABOUT_UNTYPED
    return _about_share(row, weigher, index) >= least


def _may_tell(row: Conflict, citations: Sequence[Citation], weigher: Weigher, index: Index) -> bool:
    """Whether a disagreement on what a quote says matters to a question that doesn't speak of it:
    same years, same kind of value, no text named, and no telling word that quotes share with the
    question and the sources that disagree never say (another subject)."""
    asked = {_TYPED[one] for one in weigher.question.asked if one in _TYPED}
    years, named = _years(row.about), {str(year) for year in weigher.named.years}
    if (years and named and not years & named) or (asked and not asked & _kinds(row)):
        return False
    if not asked and "amount" not in _kinds(row):  # a day often stands in a quote by the way
        return False
    if weigher.named.text is not None or _asks_one_source(row, weigher.question.text):
        return False
    telling = {term for term, weight in weigher.weights.items() if weight >= TELLING_WEIGHT}
    telling &= {term for c in citations for term in terms(c.quote)}
    return telling <= {t for u in statements(row.proofs, index) for t in terms_around(u)}


def _is_subject(row: Conflict, citation: Citation, index: Index) -> bool:
    """Whether a line of a quote gives the value of one side, of the very thing and the years that
    the sources disagree on, and nothing of the other sides."""
    kind = next((kind for kind in _SURE_KINDS if kind in _kinds(row)), None)
    disputed = {value for value in _disputed(row) if value[0] == kind}
    for line in _LINES.split(citation.quote):
        given = _values(line) & disputed
        sides = [side for side in row.sides if given & _values(side.says)]
        if not given or len(sides) == len(row.sides) or not _years(row.about) <= _years(line):
            continue
        if not all(given <= _values(side.says) for side in sides) or _CHANGE.search(fold(line)):
            continue
        around = f"{line} {citation.locator}"
        if (
            _wording_share(row, terms(line), index) >= ABOUT_OWN
            and _wording_share(row, terms(around), index) >= ABOUT_AROUND
        ):
            return True
    return False


def _sure(values: Iterable[Value]) -> bool:
    return any(kind in _SURE_KINDS for kind, _value in values)


def _stated(text: str) -> Set[Value]:
    """Values that a question states; « 155 ou 200 », « 80 millions » may be said of euros."""
    found = _values(text)
    numbers = {int(value) for kind, value in found if kind == "count" and value.isdigit()}
    euros = {n if n >= _MILLION else n * _MILLION for n in numbers}
    return found | {("amount", str(n)) for n in euros}


def _asks_one_source(row: Conflict, question: str) -> bool:
    """Whether the question wants what one named source says: that is no disagreement."""
    words = _spaced(question)
    named = [any(_spaced(source) in words for source in side.sources) for side in row.sides]
    return named.count(True) == 1


def _spaced(text: str) -> str:
    return f" {' '.join(folded_words(text))} "


def _about_share(row: Conflict, weigher: Weigher, index: Index) -> float:
    """Share of the information of what the row is about that the question speaks of."""
    return _wording_share(row, [*weigher.terms, *_naming(row, weigher, index)], index)


def _wording_share(row: Conflict, spoken: Iterable[str], index: Index) -> float:
    """Share of the information of what the row is about that some terms carry."""
    weights = {term: _information(term, index) for term in set(terms(row.about))}
    held = math.fsum(weights[term] for term in {*spoken} & weights.keys())
    return held / (math.fsum(weights.values()) or 1.0)


def _naming(row: Conflict, weigher: Weigher, index: Index) -> list[str]:
    """Terms by which a row names the very text that the question names in other words."""
    text = weigher.named.text
    document = index.texts.document(text) if text else None
    if document is None or not any(proof.startswith(f"{text}#") for proof in row.proofs):
        return []
    return terms(f"{document.identity.kind} n° {document.identity.number or ''}")


def _information(term: str, index: Index) -> float:
    """Inverse document frequency of a term; a notion repeats words already counted."""
    rows = max(index.manifest.passages, 1)
    frequency = min(max(index.lexical.document_frequency(term), 3), rows)
    share = 0.5 if term.startswith("=") else 1.0
    return share * math.log(1.0 + (rows - frequency + 0.5) / (frequency + 0.5))


def _is_quoted(row: Conflict, given: Iterable[Set[Value]], weigher: Weigher, index: Index) -> bool:
    """Whether quotes that never mention the disagreement give a side of it, on the very point
    that is asked."""
    if not any(_sure(values) for values in given):
        return False
    known = weigher.known_share(terms(_wording(row)))
    return _about_share(row, weigher, index) >= ABOUT_UNQUOTED and known >= KNOWN_UNQUOTED
