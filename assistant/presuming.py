"""What a question takes for granted or states: clauses, dates, amounts, counts.

What is asked (« 6 ou 11 ? », « faut-il… ? ») isn't stated.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.lexicon import fold
from corpus.quantities import Quantity, find_quantities

_STOP = r"(?=[;?!]|[.,:](?=\s|$)|$)"
_GIVEN = re.compile(
    r"\b(?:puisqu(?:e\b|')|vu qu(?:e\b|')|(?:étant|etant) donné qu(?:e\b|')|sachant qu(?:e\b|')"
    r"|d[èe]s lors qu(?:e\b|')|maintenant qu(?:e\b|')|depuis qu(?:e\b|')|alors qu(?:e\b|')"
    r"|du fait qu(?:e\b|')|^comme )(?P<said>.+?)" + _STOP,
    re.IGNORECASE,
)
_BEING = re.compile(
    r"(?<![^;?!])(?P<said>[^;?!]*?\b(?:étant|etant|ayant)\b.+?)" + _STOP, re.IGNORECASE
)
_TAGGED = re.compile(
    r"(?<![^;?!])(?P<said>[^;?!]+?),? (?:c'est (?:bien )?(?:ça|ca|cela|le cas)\b|n'est-ce pas"
    r"|on est d'accord|exact\b|pas vrai|donc\b|(?<!ou )(?:non|hein|correct|juste)(?=\W*$))",
    re.IGNORECASE,
)
# A sentence that states, whatever its last mark: no word that asks, a subject, a verb (folded).
_ASKING = re.compile(
    r"\b(?:qui|que|quoi|quel\w*|lequel|laquelle|combien|cb|comment|pourquoi|quand|ou|si|est-ce)\b"
    r"|\bqu'|-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce)\b"
)
_STATING = re.compile(
    r"^(?:(?:en|pour) [^ ]+ ?,? )?(?:l[ae]s? |l'|une? |nos? |notre )"
    r".{2,80}? (?:est|sont|a|ont|avait|avaient|etait|etaient|doi(?:t|vent)|peu(?:t|vent)|met"
    r"|vers[ae]|financ[ae]|pai?ye?|apport[ae]|comport[ae]|compt[ae]|dur[ae]|sign[ae]|finit"
    r"|[a-z]{2,}(?<!m)ent) "
)
_WHY = re.compile(
    r"\b(?:pourquoi|comment se fait-il que|pour quelles? raisons?|qu'est-ce qui explique que)\b"
    r"(?P<said>[^;?!]+)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"(?:\b(?:les|ces|aux|nos|leurs|mes|vos|des) "
    r"|\b(?:l[ae] |l'|du |au |cette |notre |leur |sa |son )(?:[\w'-]+ ){1,4}?"
    r"(?:du |de |d'|des |fixée? (?:au|à) |prévue? (?:au|à|pour) ))$",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:(?:moins|plus|âgés? de|agés? de) (?:de )?|les |ses |leurs |nos |jusqu'à |des |[àa] )$",
    re.IGNORECASE,
)


def assumed(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) that the question takes for granted."""
    return [
        match.span("said")
        for pattern in (_GIVEN, _BEING, _TAGGED, _WHY)
        for match in pattern.finditer(text)
    ]


def tags(text: str) -> str:
    """The words that only ask to confirm: « c'est bien ça », « non »."""
    return " ".join(text[m.end("said") : m.end()] for m in _TAGGED.finditer(text))


def presupposed(text: str, spans: Sequence[tuple[int, int]]) -> list[Quantity]:
    """Quantities, years and months aside, that stand in assumed ``spans``, that are said of a
    thing supposed to exist (« les 12 objectifs »), or that a sentence states."""
    states = _states(text)
    return [
        q
        for q in quantities(text)
        if q.kind not in ("year", "month")
        and (
            states
            or any(start <= q.start and q.end <= end for start, end in spans)
            or _DEFINITE.search(text[: q.start])
        )
        and not _alternative(q, text)
        and not is_age(q, text)
    ]


def _states(text: str) -> bool:
    folded = fold(text).strip()
    return not _ASKING.search(folded) and bool(_STATING.search(folded))


def _alternative(quantity: Quantity, text: str) -> bool:
    """« 6 ou 11 »: a choice is asked, not presupposed."""
    after, before = text[quantity.end : quantity.end + 25], text[: quantity.start][-25:]
    return bool(re.search(r"\bou\b", f"{before} | {after}", re.IGNORECASE))


def is_age(quantity: Quantity, text: str) -> bool:
    """« moins de 21 ans », « les 5 ans de la loi »: an age, not a delay."""
    years = quantity.kind == "duration" and quantity.value.split()[1] in ("an", "ans")
    return years and bool(_AGE.search(text[: quantity.start]))


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, kept for the next reading."""
    return tuple(find_quantities(text))
