"""Drafts of several questions made into one: citations numbered once, each part told apart."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Caution, Citation, Claim, Part, Status
from assistant.drafting import Draft


def merged(parts: Sequence[tuple[str, Draft]]) -> Draft:
    """One draft of several: each part is answered or refused by itself.

    A passage quoted for two parts is one citation and one claim. The whole is refused only when
    all parts are, with the refusal of the first.

    Args:
        parts: each question, in the person's words, with its draft; at least one.
    """
    whole = Draft(frame=parts[0][1].frame)
    numbers: dict[tuple[str, int, int], int] = {}
    claims: dict[tuple[str, tuple[int, ...]], int] = {}
    told: list[Part] = []
    for question, draft in parts:
        renumbered = {c.n: _number(c, numbers, whole) for c in draft.citations}
        kept = [_place(_cited(one, renumbered), claims, whole) for one in draft.claims]
        for one in draft.warnings:
            warning = replace(one, citations=tuple(renumbered[n] for n in one.citations))
            _warn(whole, warning, renumbered)
        status: Status = "refused" if draft.refusal else "answered"
        told.append(Part(question, status, draft.refusal, tuple(dict.fromkeys(kept))))
        whole.retrieve_ms += draft.retrieve_ms
    whole.parts = tuple(told)
    drafts = [draft for _question, draft in parts]
    if all(draft.refusal for draft in drafts):
        whole.refusal = drafts[0].refusal
    whole.nearby = tuple({n.document_id: n for d in drafts for n in d.nearby}.values())[:3]
    whole.follow_ups = tuple(dict.fromkeys(f for d in drafts for f in d.follow_ups))[:4]
    whole.sureness = min(draft.sureness for draft in drafts)
    return whole


def _number(citation: Citation, numbers: dict[tuple[str, int, int], int], whole: Draft) -> int:
    key = (citation.document_id, citation.start, citation.end)
    if key not in numbers:
        numbers[key] = len(whole.citations) + 1
        whole.citations.append(replace(citation, n=numbers[key]))
    return numbers[key]


def _cited(one: Claim, renumbered: dict[int, int]) -> Claim:
    return replace(one, citations=tuple(renumbered[n] for n in one.citations))


def _place(one: Claim, claims: dict[tuple[str, tuple[int, ...]], int], whole: Draft) -> int:
    key = (one.text, one.citations)
    if key not in claims:
        claims[key] = len(whole.claims)
        whole.claims.append(one)
    return claims[key]


def _warn(whole: Draft, warning: Caution, renumbered: dict[int, int]) -> None:
    """Adds a warning with its markers renumbered, unless it is already given."""
    text = warning.text
    for old in sorted(renumbered, reverse=True):  # by way of marks that no text holds
        text = text.replace(f"[{old}]", f"[\x00{renumbered[old]}]")
    warning = replace(warning, text=text.replace("\x00", ""))
    if warning not in whole.warnings:
        whole.warnings.append(warning)
