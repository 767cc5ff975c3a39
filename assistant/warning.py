"""Warnings that citations call for, each citing what proves it: disagreement, deduction, press,
text or date replaced, other exercice, false premise."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant import wording
from assistant.answer import Caution, Citation, Claim, WarningKind
from assistant.checking import is_exact, unproved, without_brackets
from assistant.citing import cite
from assistant.conflicts import Disagreement, disagreements
from assistant.evidence import Weigher
from assistant.exercices import find_years
from assistant.knowing import known_on
from assistant.premises import Premise, Values, quantities_of
from assistant.proofs import conflicts, proofs_in, quote_of
from assistant.successions import Ended, Replaced, ended_texts, former_values, replaced_dates
from assistant.units import Unit
from corpus.lexicon import fold
from corpus.quantities import find_quantities
from ingest.index import Index

_NOW = re.compile(
    r"\b(?:cette annee|annee en cours|exercice en cours|aujourd'hui|actuellement|en ce moment"
    r"|a l'heure actuelle|desormais|encore)\b"
)


def markers(numbers: Sequence[int]) -> str:
    """Citation markers: « [1] [2] »."""
    return " ".join(f"[{n}]" for n in numbers)


def cautions(
    citations: Sequence[Citation],
    weigher: Weigher,
    as_of: date,
    index: Index,
    premise: Premise | None = None,
) -> tuple[list[Caution], list[Citation]]:
    """Warnings about the quotes of an answer, and the citations that they add.

    Args:
        citations: those of the claims, numbered from 1 without a hole.
        weigher: what weighed the evidence: it holds the question and what it names.
        as_of: the day of the question.
        index: the index in use; nothing is said of what it doesn't hold.
        premise: what the question takes for granted and the corpus contradicts, if anything.

    Returns:
        The warnings, then the added citations, numbered after the given ones.
    """
    book = _Book(index, list(citations))
    found = _premise(premise, book)
    known = known_on(as_of, index)
    found += _disagreements(citations, premise, weigher, book, known)
    found += _successions(citations, premise, weigher, book, as_of)
    found += levels(citations)
    found += _times(citations, found, weigher, as_of, index)
    told = [one for one in found if one.citations or one.kind == "unverified"]
    return told, book.citations[len(citations) :]


@dataclass(slots=True)
class _Book:
    """Citations of an answer, where warnings find the number of a statement or add it."""

    index: Index
    citations: list[Citation]

    def number(self, unit: Unit) -> int | None:
        """The number under which a statement is cited; ``None`` if its quote isn't exact."""
        for c in self.citations:
            same = c.document_id == unit.document.document_id
            if same and c.start <= unit.start and unit.end <= c.end:
                return c.n
        (new,) = cite([quote_of(unit)], self.index, first=len(self.citations) + 1)
        document = self.index.texts.document(new.document_id)
        if document is None or not is_exact(new, document.text):
            return None
        self.citations.append(new)
        return new.n

    def caution(
        self, kind: WarningKind, numbers: Sequence[int | None], text: str, plain: str
    ) -> Caution:
        """``text``, or ``plain`` when it states something that its citations don't hold."""
        cited = tuple(sorted({n for n in numbers if n is not None}))
        held = [c for c in self.citations if c.n in cited]
        chosen = plain if unproved(text, held) else text
        return Caution(kind, f"{chosen} {markers(cited)}", cited)


def _premise(premise: Premise | None, book: _Book) -> list[Caution]:
    if premise is None or premise.row is not None:
        return []
    number = book.number(premise.unit)
    text = wording.FALSE_PREMISE.format(quote=_told(premise.unit.text))
    return [book.caution("false_premise", [number], text, wording.FALSE_PREMISE_PLAIN)]


def _disagreements(
    citations: Sequence[Citation],
    premise: Premise | None,
    weigher: Weigher,
    book: _Book,
    known: Callable[[Unit], bool],
) -> list[Caution]:
    found = []
    mistaken: Values = premise.stated if premise else frozenset()
    stated = premise.row if premise else None
    for one in disagreements(citations, weigher, book.index, stated):
        if mistaken and mistaken & quantities_of(" ; ".join(s.says for s in one.row.sides)):
            continue  # the value is of another subject: its own disagreement isn't asked about
        if one.statement is not None and not known(one.statement):
            continue
        numbers = [*one.told, *one.sides]
        if one.statement is not None:
            added = book.number(one.statement)
            if added is None:
                continue
            numbers.append(added)
        statement = next(c.quote for c in book.citations if c.n in (one.told or numbers[-1:]))
        plain = wording.CONFLICT_QUOTED.format(quote=_told(statement))
        found.append(book.caution("conflict", numbers, _sides(one), plain))
    shown = {n for caution in found for n in caution.citations}
    for c in citations:  # a disagreement that no register explains is told in its own words
        registered = proofs_in(c, book.index) & _registered()
        if c.confidence == "disputed" and not registered and c.n not in shown:
            plain = wording.CONFLICT_QUOTED.format(quote=_told(c.quote))
            found.append(book.caution("conflict", [c.n], plain, plain))
    return found


@cache
def _registered() -> frozenset[str]:
    return frozenset(proof for row in conflicts() for proof in row.proofs)


def _sides(one: Disagreement) -> str:
    sides = [f"{side.says} ({', '.join(side.sources)})" for side in one.row.sides]
    return wording.CONFLICT.format(
        about=one.row.about, sides=" ; ".join(sides), retain=one.row.retain, why=one.row.why
    )


def _successions(
    citations: Sequence[Citation],
    premise: Premise | None,
    weigher: Weigher,
    book: _Book,
    as_of: date,
) -> list[Caution]:
    known = known_on(as_of, book.index)
    ended = ended_texts(citations, weigher.named, book.index)
    found = [_ended(one, book) for one in ended if one.on is None or one.on <= as_of]
    replaced = replaced_dates(citations, weigher.question, book.index)
    dates = [one for one in replaced if one.statement is None or known(one.statement)]
    found += [_replaced(one, book) for one in dates]
    if not dates and premise is None:
        for citation, _past in former_values(citations, weigher.question):
            text = wording.FORMER_VALUE.format(quote=_told(citation.quote))
            plain = wording.FORMER_VALUE_PLAIN
            found.append(book.caution("superseded", [citation.n], text, plain))
    return found


def _ended(one: Ended, book: _Book) -> Caution:
    numbers: list[int | None] = [c.n for c in book.citations if c.document_id == one.document_id]
    if one.statement is not None:
        numbers.append(book.number(one.statement))
    day = wording.day(one.on) if one.on else None
    text = wording.ENDED.format(
        title=one.title,
        how=one.how,
        by=f" « {one.by} »" if one.by else "",
        on=f", {day}" if day else "",
    )
    plain = wording.ANNULLED if one.kind == "annulled" else wording.SUPERSEDED
    return book.caution(one.kind, numbers, text, plain)


def _replaced(one: Replaced, book: _Book) -> Caution:
    numbers: list[int | None] = [*one.told]
    if one.statement is not None:
        numbers.append(book.number(one.statement))
        quote = one.statement.text
    else:
        quote = next(c.quote for c in book.citations if c.n == one.renewed)
    text = wording.REPLACED_DATE.format(quote=_told(quote))
    return book.caution("superseded", numbers, text, wording.REPLACED_DATE_PLAIN)


def levels(citations: Sequence[Citation]) -> list[Caution]:
    """How sure the quotes of claims are: deduced, or read in the press only.

    Each quote is told by itself: that another one was read in a better place proves nothing of
    it. A quote read elsewhere (``other``: a copy, a digest) isn't of the press, and its source
    already says what it is.
    """
    found: list[Caution] = []
    inferred = tuple(c.n for c in citations if c.confidence == "inferred")
    if inferred:
        text = wording.INFERRED.format(markers=markers(inferred))
        found.append(Caution("inferred", text, inferred))
    return [*found, *_of_press([c.n for c in citations if c.evidence == "press"])]


def restated(
    warnings: Sequence[Caution], claims: Sequence[Claim], citations: Sequence[Citation]
) -> list[Caution]:
    """Warnings once the claims are final: « d'après la presse » stands for those of which every
    citation is of the press, however many a rewritten claim has."""
    press = {c.n for c in citations if c.evidence == "press"}
    alone = sorted({n for one in claims if press.issuperset(one.citations) for n in one.citations})
    told = [w for w in warnings if w.kind != "press_only"]
    at = next((i for i, w in enumerate(warnings) if w.kind == "press_only"), len(told))
    return [*told[:at], *_of_press(alone), *told[at:]]


def _of_press(numbers: Sequence[int]) -> list[Caution]:
    if not numbers:
        return []
    text = wording.PRESS_ONLY.format(markers=markers(numbers))
    return [Caution("press_only", text, tuple(numbers))]


def _times(
    citations: Sequence[Citation],
    found: Sequence[Caution],
    weigher: Weigher,
    as_of: date,
    index: Index,
) -> list[Caution]:
    """Quotes of another exercice than the one asked about, or than the current one when that is
    asked, and a question that goes beyond the day the corpus was checked on."""
    named = set(weigher.named.years)
    now = bool(_NOW.search(fold(weigher.question.text)))
    wanted = max(named, default=as_of.year if now else 0)
    checked_on = index.manifest.checked_on
    out: list[Caution] = []
    ruled = {year for c in citations for year in c.exercices}
    replaced = any(c.kind in ("superseded", "annulled") for c in found)
    apart = [c for c in citations if _is_of_another_exercice(c, weigher)]
    if apart:
        out.append(_other_exercice(apart, wording.OTHER_EXERCICE_ASKED))
    elif now and not named - {as_of.year} and ruled and max(ruled) < as_of.year and not replaced:
        out.append(_other_exercice(citations, wording.OTHER_EXERCICE))
    told = {q.value[:4] for c in citations for q in find_quantities(c.quote)}
    beyond = wanted not in ruled and str(wanted) not in told
    after = checked_on is not None and wanted > checked_on.year and beyond
    if checked_on is not None and (after or (now and as_of > checked_on)):
        out.append(Caution("unverified", wording.CHECKED_ON.format(day=wording.day(checked_on))))
    return [*out, *_of_codes(citations, as_of, index)]


def _of_codes(citations: Sequence[Citation], as_of: date, index: Index) -> list[Caution]:
    """Articles of codes have no date of their own: asked about a day before they were read, they
    are told as such."""
    undated = [c for c in citations if c.kind == "code" and not (c.signed_on or c.in_force_from)]
    texts = {c.document_id: index.texts.document(c.document_id) for c in undated}
    read_on = [d.identity.checked_on for d in texts.values() if d and d.identity.checked_on]
    if not read_on or as_of >= min(read_on):
        return []
    numbers = tuple(c.n for c in undated)
    text = wording.CODE_READ_ON.format(
        checked=wording.day(min(read_on)), asked=wording.day(as_of), markers=markers(numbers)
    )
    return [Caution("unverified", text, numbers)]


def _is_of_another_exercice(citation: Citation, weigher: Weigher) -> bool:
    """Whether a quote holds for other exercices than those asked about: its text governs others,
    and neither the quote nor its heading speaks of one of them."""
    asked, text = set(weigher.named.exercices), weigher.named.text
    if not asked or not citation.exercices or citation.document_id == text:
        return False
    spoken = find_quantities(f"{citation.quote} ; {citation.locator}")
    ranges = [y.value for y in find_years(citation.quote, date.max) if y.ranged]  # 2020-2022
    days = [q.value for q in spoken if q.kind in ("year", "month", "date")]
    told = {int(day[:4]) for day in days if not day.startswith("--")}
    return not asked & {*citation.exercices, *told, *ranges}


def _other_exercice(citations: Sequence[Citation], template: str) -> Caution:
    numbers = tuple(c.n for c in citations if c.exercices)
    years = ", ".join(str(y) for y in sorted({y for c in citations for y in c.exercices}))
    text = template.format(years=years, markers=markers(numbers))
    return Caution("other_exercice", text, numbers)


def _told(text: str) -> str:
    return without_brackets(text).strip()
