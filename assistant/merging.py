"""Drafts of several questions made into one: citations numbered once, each part told apart."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Caution, Citation, Claim, Part, Status
from assistant.asking import Asked, read_question
from assistant.contents import places_of, quantities_in, terms_of
from assistant.drafting import Draft
from assistant.parting import asked_after_premise
from assistant.turning import turned
from corpus.references import find_references

_MARKER = re.compile(r"\[(\d+)\]")
_TWIN = 0.8
"""Least share of a sentence's terms in another that says as much."""

_GIVEN_BY: dict[Asked, tuple[str, ...]] = {
    "amount": ("amount",),
    "percent": ("percent",),
    "quantity": ("amount", "number", "duration", "percent"),
    "date": ("date", "duration"),
    "deadline": ("date", "duration"),
}
_TURNS = {"negation", "modality", "bounds", "exception", "condition"}
_RETAINED = re.compile(r"\b(?:il faut )?retenir\b.*", re.IGNORECASE | re.DOTALL)
_MARKERS = re.compile(r"\s?\[\d+\](?:\s?\[\d+\])*")


def merged(parts: Sequence[tuple[str, Draft]], alone: Sequence[str] = ()) -> Draft:
    """One draft of several: each part is answered or refused by itself.

    A part that was itself answered in parts keeps them instead of one for all. What a former part
    says isn't said again: a later one keeps of it no more than what it would open with (see
    ``said_before``). A warning given for both is one. The whole is refused only when all parts
    are, with the refusal of the first.

    Args:
        parts: each question, in the person's words, with its draft; at least one.
        alone: the same questions as they would be asked alone, when they aren't.
    """
    drafts = [draft for _question, draft in parts]
    whole = Draft(frame=drafts[0].frame)
    told: list[Part] = []
    shelf = _Shelf(whole)
    for place, (question, draft) in enumerate(parts):
        status: Status = "refused" if draft.refusal else "answered"
        given = {n for part in told for n in part.claims}
        at, text = shelf.place(draft, once=True), alone[place] if alone else question
        told += _at(draft.parts, at) or [
            Part(question, status, draft.refusal, _not_given(_led(text, draft, at), given))
        ]
        whole.retrieve_ms += draft.retrieve_ms
    whole.parts = tuple(told)
    if all(draft.refusal for draft in drafts):
        whole.refusal = drafts[0].refusal
    whole.nearby = tuple({n.document_id: n for d in drafts for n in d.nearby}.values())[:3]
    whole.follow_ups = tuple(dict.fromkeys(f for d in drafts for f in d.follow_ups))[:4]
    whole.sureness = min(draft.sureness for draft in drafts)
    return whole


def left_asked(draft: Draft, question: str) -> str:
    """What a question still asks once the premise it opens with is corrected: « puisque tous sont
    obligés, quelle sanction ? »; empty when nothing is corrected or nothing more is asked."""
    if draft.refusal or not any(one.kind == "false_premise" for one in draft.warnings):
        return ""
    return asked_after_premise(question)


def corrected(question: str, draft: Draft, asked: str, then: Draft) -> Draft:
    """The correction of a premise, then what is asked after it, answered or refused by itself.

    Args:
        then: the draft of ``asked``, alone; it keeps to the field of its premise.
    """
    cited = {n for w in draft.warnings if w.kind == "false_premise" for n in w.citations}
    claims = [one for one in draft.claims if cited.intersection(one.citations)] or draft.claims
    numbers = {n for one in claims for n in one.citations} | cited
    said = replace(
        draft,
        claims=claims,
        citations=[c for c in draft.citations if c.n in numbers],
        warnings=[w for w in draft.warnings if numbers.issuperset(w.citations)],
    )
    if then.refusal == "out_of_scope":
        then = replace(then, refusal="not_in_corpus")
    return merged([(question, said), (asked, then)])


def said_before(parts: Sequence[Part]) -> list[frozenset[int]]:
    """Of each part, the claims that a former one says: to be pointed at, not said again."""
    given: set[int] = set()
    found = []
    for part in parts:
        found.append(frozenset(given.intersection(part.claims)))
        given.update(part.claims)
    return found


def _not_given(at: Sequence[int], given: Collection[int]) -> tuple[int, ...]:
    """The claims of a part: the first one, and those that no former part makes."""
    return tuple(dict.fromkeys(n for n in at if n == at[0] or n not in given))


def _led(question: str, draft: Draft, at: Sequence[int]) -> list[int]:
    """The claims of a part, the first that gives what is asked before those that don't."""
    asked = read_question(question).asked
    kinds = {kind for one in asked for kind in _GIVEN_BY.get(one, ())}
    corrected = any(one.kind == "false_premise" for one in draft.warnings)
    told = [{q.kind for q in quantities_in(one.text)} for one in draft.claims]
    first = next((n for n, held in enumerate(told) if held & kinds), 0)
    if corrected or not first or any(one.text.startswith("- ") for one in draft.claims):
        return list(at)
    return [at[first], *at[:first], *at[first + 1 :]]


def _said_by(text: str, told: Sequence[str]) -> int | None:
    """Which sentence another repeats: most of its words, and no figure, date, place or reference
    that isn't told yet; what to retain of a disagreement aside, both deny and allow the same."""
    terms = set(terms_of(text))
    if not terms or not _values(text) <= {value for one in told for value in _values(one)}:
        return None
    rule = _RETAINED.sub("", text)
    for at, one in enumerate(told):
        alike = len(terms & set(terms_of(one))) >= _TWIN * len(terms)
        if alike and not _TURNS & set(turned(rule, _RETAINED.sub("", one))):
            return at
    return None


def _values(text: str) -> set[object]:
    figures = {(one.kind, one.value) for one in quantities_in(text)}
    return {*figures, *places_of(text), *(one.value for one in find_references(text))}


def renumbered(draft: Draft) -> Draft:
    """``draft`` with one citation a quote, numbered again from 1, and no claim made twice."""
    again = replace(draft, claims=[], citations=[], warnings=[])
    at = _Shelf(again).place(draft)
    again.parts = tuple(_at(draft.parts, at))
    if draft.table is not None:
        rows = [
            row | {"cells": [[at[n] for n in cell] for cell in row["cells"]]}
            for row in draft.table["rows"]
        ]
        again.table = draft.table | {"rows": rows}
    return again


def _at(parts: Sequence[Part], at: Sequence[int]) -> list[Part]:
    """Parts whose claims are told by their new indices."""
    return [
        replace(part, claims=tuple(dict.fromkeys(at[n] for n in part.claims))) for part in parts
    ]


@dataclass(slots=True)
class _Shelf:
    """What is already in a draft, by what makes it the same."""

    whole: Draft
    numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    claims: dict[tuple[str, tuple[int, ...]], int] = field(default_factory=dict)

    def place(self, draft: Draft, once: bool = False) -> list[int]:
        """Adds all that ``draft`` says; the index of each of its claims in the whole.

        Args:
            once: a claim that only repeats one of the whole is left out for it.
        """
        renumbered: dict[int, int] = {}
        by_number = {c.n: c for c in draft.citations}
        kept, left = [], set[int]()
        for one in draft.claims:
            at = self._twin(one) if once else None
            if at is not None:
                left.update(one.citations)
                renumbered |= dict.fromkeys(one.citations, self.whole.claims[at].citations[0])
            else:
                renumbered |= {n: self._number(by_number[n]) for n in one.citations}
                at = self._claim(one, renumbered)
            kept.append(at)
        renumbered |= {c.n: self._number(c) for c in draft.citations if c.n not in left}
        for warning in draft.warnings:
            self._warn(warning, renumbered)
        return kept

    def _twin(self, one: Claim) -> int | None:
        """Where the whole says already, in other words, all that a claim says."""
        told = [held.text for held in self.whole.claims]
        return None if one.text in told else _said_by(one.text, told)

    def _number(self, citation: Citation) -> int:
        key = (citation.document_id, citation.start, citation.end)
        if key not in self.numbers:
            self.numbers[key] = len(self.whole.citations) + 1
            self.whole.citations.append(replace(citation, n=self.numbers[key]))
        return self.numbers[key]

    def _claim(self, one: Claim, renumbered: dict[int, int]) -> int:
        cited = tuple(dict.fromkeys(renumbered[n] for n in one.citations))
        key = (one.text, cited)
        if key not in self.claims:
            self.claims[key] = len(self.whole.claims)
            self.whole.claims.append(replace(one, citations=cited))
        return self.claims[key]

    def _warn(self, warning: Caution, renumbered: dict[int, int]) -> None:
        """Adds a warning with its markers renumbered; one that says the same cites for both."""
        cited = tuple(dict.fromkeys(renumbered[n] for n in warning.citations))
        text = _MARKER.sub(lambda m: f"[{renumbered.get(int(m[1]), int(m[1]))}]", warning.text)
        said = _MARKERS.split(text)
        for at, held in enumerate(self.whole.warnings):
            if held.kind == warning.kind and len(said) < 3 and _MARKERS.split(held.text) == said:
                self.whole.warnings[at] = _cited_for_both(held, cited)
                return
        self.whole.warnings.append(replace(warning, text=text, citations=cited))


def _cited_for_both(warning: Caution, cited: Sequence[int]) -> Caution:
    """A warning that stands at one place of its text, citing more."""
    numbers = tuple(sorted({*warning.citations, *cited}))
    marks = "".join(f" [{n}]" for n in numbers)
    return replace(warning, text=_MARKERS.sub(marks, warning.text), citations=numbers)
