"""What a quote gives in the place of a quantity that a question states: a date, an amount, a count
of the same thing."""

import re
from collections.abc import Iterable
from itertools import pairwise

from assistant.conflicts import terms_around
from assistant.contents import terms_of, years_of
from assistant.evidence import Evidence, Weigher
from assistant.opposing import AGREEING_SHARE, SUBJECT_SHARE
from assistant.presuming import LIMITING, is_age, quantities, tags
from assistant.units import Unit
from corpus.lexicon import fold
from corpus.quantities import Quantity
from ingest.lexical import terms

LEAST_TERMS = 2
DEADLINE_SHARE = 0.35  # two deadlines of one exercice are already of the same kind

_DEADLINE = re.compile(
    r"\b(?:avant|jusqu'(?:au?|en)|au plus tard|limite|echeances?|d'ici|rendre|rendu|delai|remise"
    r"|butoir)\b"
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


def other_value(
    quantity: Quantity, text: str, free: Weigher, candidates: Iterable[Evidence]
) -> Evidence | None:
    """The quote on the subject of a stated quantity that gives another, when none that is as near
    gives the same."""
    said = _clause_around(quantity, text)
    own = [
        tags(text),
        *_COUNTING.findall(said),
        *(text[q.start : q.end] for q in quantities(text) if q.kind != "year"),
    ]
    noun, attribute = counted_by(quantity, text) if quantity.kind == "number" else ("", "")
    if quantity.kind == "number":
        own += _COUNTING.findall(said)
    if quantity.kind == "number" and (not noun or _PART.match(text[quantity.end :])):
        return None
    deadline = quantity.kind in ("date", "month")
    if deadline and not (_DEADLINE.search(fold(text)) or LIMITING.search(fold(text))):
        return None
    rows = []
    for one in candidates:
        if deadline and not _DEADLINE.search(fold(one.unit.text)):
            continue
        values = _values(quantity, noun, attribute, one.unit, free, said)
        alone = len(values) == 1 or _PART_OF.search(one.unit.text)  # « 30 et 40 » share it out
        if values and (quantity.kind != "number" or alone):
            rows.append((subject_share(one.unit, said, " ".join(own), free), values, one))
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
    return max(correcting, key=lambda one: one.score)


def _holds(values: Iterable[str], quantity: Quantity) -> bool:
    """Whether a value stands among others; a day without its year is that of any year, a month
    has its days."""
    day = quantity.value.removeprefix("-") if quantity.value.startswith("--") else ""
    if quantity.kind == "month":
        return any(
            value.startswith((quantity.value, f"-{quantity.value[4:]}-")) for value in values
        )
    return any(value == quantity.value or (day and value.endswith(day)) for value in values)


def _clause_around(quantity: Quantity, text: str) -> str:
    """The clause of the question that states a quantity."""
    return next(text[s:e] for s, e in _clauses(text) if s <= quantity.start < e)


def subject_share(unit: Unit, said: str, aside: str, free: Weigher, alone: bool = False) -> float:
    """Share (0 to 1) of what the question speaks of, the words ``aside`` left out, that a quote
    speaks of: of the clause ``said`` when it says enough by itself, or of the whole question."""
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
    quantity: Quantity, noun: str, attribute: str, unit: Unit, free: Weigher, said: str
) -> frozenset[str]:
    """What a quote gives in the place of the stated value, in the clauses of the same years."""
    told = years_of(said) if quantity.kind == "amount" else ()
    years = {str(year) for year in told or free.named.years}
    kinds = ("date", "month") if quantity.kind == "month" else (quantity.kind,)
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
            if q.kind not in kinds or is_age(q, clause) or _INSTEAD.search(clause[: q.start]):
                continue
            if quantity.kind != "number" or _counts(q, clause, noun, attribute):
                found.add(q.value)
    return frozenset(found)


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    return list(pairwise(cuts))


def counted_by(quantity: Quantity, text: str) -> tuple[str, str]:
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
    counted, _attribute = counted_by(quantity, clause)
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
