"""How quotes stand towards what a question takes for granted: for it, against it, aside."""

import re
from collections.abc import Iterable
from typing import Protocol

from assistant.evidence import Evidence

# How much of the premise the correcting quote must speak of, and how near to it a quote that
# agrees may be.
SUBJECT_SHARE, AGREEING_SHARE = 0.45, 0.70
NOT = r"\bn(?:e |')[^.;]{0,30}?\bpas (?:ete )?(?:une? )?"
NEGATED = re.compile(rf"{NOT}\w+|\bne (?:l[ae] |les |l')?\w+ pas\b")
_WITHOUT = re.compile(r"\bsans (?:l[ae]s? |l'|une? )?\w+")


class Share(Protocol):
    """Share of a premise, some of its words aside, that a quote speaks of."""

    def __call__(self, one: Evidence, aside: str, alone: bool = False) -> float:
        """``alone``: by the quote itself, without its headings."""
        ...


def affirmed(quote: str) -> str:
    """What a folded quote says without denying it; nothing of what held once only."""
    if quote.startswith("avant ") or "auparavant" in quote:
        return ""
    return _WITHOUT.sub(" ", NEGATED.sub(" ", quote))


def unopposed(rows: Iterable[tuple[float, bool, bool, Evidence]], least: float) -> Evidence | None:
    """The evidence that speaks most of the premise among those that oppose it; rows are the
    share, whether it agrees, whether it opposes."""
    rows = list(rows)
    best = max(
        (share for share, agrees, opposes, _one in rows if opposes and not agrees), default=0
    )
    if best < least or any(
        agrees for share, agrees, _o, _one in rows if share >= AGREEING_SHARE * best
    ):
        return None
    return next(one for share, _a, opposes, one in rows if opposes and share == best)


def sided(
    sides: Iterable[tuple[bool, bool, Evidence]], share: Share, aside: str
) -> Evidence | None:
    """The evidence that opposes a premise, unless another near one agrees; sides are whether it
    agrees, whether it opposes. One that agrees of another subject, under the same heading, says
    nothing of the premise."""
    sides = list(sides)
    if not any(opposes and not agrees for agrees, opposes, _one in sides):
        return None
    rows = [
        (share(one, aside), agrees, opposes, one)
        for agrees, opposes, one in sides
        if agrees or opposes
    ]
    opposed = [(weight, one) for weight, agrees, opposes, one in rows if opposes and not agrees]
    _weight, best = max(opposed, key=lambda row: row[0])
    least = AGREEING_SHARE * share(best, aside, alone=True)
    kept = [
        (weight, agrees and share(one, aside, alone=True) >= least, opposes, one)
        for weight, agrees, opposes, one in rows
    ]
    return unopposed(kept, SUBJECT_SHARE)
