"""Drafts of several questions made into one: citations numbered once, each part told apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Caution, Citation, Claim, Part, Status
from assistant.drafting import Draft

_MARKER = re.compile(r"\[(\d+)\]")
_MARKERS = re.compile(r"\s?\[\d+\](?:\s?\[\d+\])*")


def merged(parts: Sequence[tuple[str, Draft]]) -> Draft:
    """One draft of several: each part is answered or refused by itself.

    A part that was itself answered in parts keeps them instead of one for all. A passage quoted
    for two parts is one citation and one claim, and a warning given for both is
    one. The whole is refused only when all parts are, with the refusal of the first.

    Args:
        parts: each question, in the person's words, with its draft; at least one.
    """
    drafts = [draft for _question, draft in parts]
    whole = Draft(frame=drafts[0].frame)
    told, shelf = [], _Shelf(whole)
    for question, draft in parts:
        status: Status = "refused" if draft.refusal else "answered"
        at = shelf.place(draft)
        told += _at(draft.parts, at) or [
            Part(question, status, draft.refusal, tuple(dict.fromkeys(at)))
        ]
        whole.retrieve_ms += draft.retrieve_ms
    whole.parts = tuple(told)
    if all(draft.refusal for draft in drafts):
        whole.refusal = drafts[0].refusal
    whole.nearby = tuple({n.document_id: n for d in drafts for n in d.nearby}.values())[:3]
    whole.follow_ups = tuple(dict.fromkeys(f for d in drafts for f in d.follow_ups))[:4]
    whole.sureness = min(draft.sureness for draft in drafts)
    return whole


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

    def place(self, draft: Draft) -> list[int]:
        """Adds all that ``draft`` says; the index of each of its claims in the whole."""
        renumbered = {c.n: self._number(c) for c in draft.citations}
        kept = [self._claim(one, renumbered) for one in draft.claims]
        for one in draft.warnings:
            self._warn(one, renumbered)
        return kept

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
