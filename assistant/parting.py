"""Several questions asked at once: each is answered or refused by itself."""

import re

from assistant.asking import is_question, read_question

MOST_PARTS = 4
LEAST_WORDS = 3
"""A part of fewer words leans on the others: « combien, et quand ? » is one question."""

_ASKS = (
    r"(?:jusqu'?à quand|à quelle|à quel|à qui|par qui|pour qui|avec qui|de combien|depuis quand"
    r"|combien|quand|qui|que|qu'est-ce|quoi|quels?|quelles?|lequel|laquelle|lesquels|lesquelles"
    r"|où|comment|pourquoi|est-ce|faut-il|doit-on|peut-on|y a-t-il)\b"
)
# After a question mark a new sentence begins; inside a sentence, only « et » or « ; » and a word
# that asks begin another question: « les sources et leurs montants » is one.
_JOINT = re.compile(
    rf"(?<=[?!])\s+(?=\S)|\s*;\s*(?={_ASKS})|,?\s+(?:et|puis|ainsi que)\s+(?={_ASKS})",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<=\?)\s+(?=\S)")
_NUMBERED = re.compile(r"(?:^|\s)(?:[1-9]|[a-e])\s?[).]\s+")


def parts_of(question: str, follows: bool = False) -> tuple[str, ...]:
    """The questions that ``question`` asks, in order, in the person's own words; at least one.

    A piece that asks nothing by itself (a greeting, the circumstances told before a question)
    stays with its neighbour.

    Args:
        follows: it goes on with a conversation, whose subject completes each of its questions:
            « et qui signe ? et combien ? » are two.
    """
    if follows:
        pieces = [p.strip() for p in _MARK.split(question) if any(c.isalnum() for c in p)]
        return tuple(pieces) if 1 < len(pieces) <= MOST_PARTS else (question,)
    pieces = [p.strip() for p in _NUMBERED.split(question) if p.strip()]
    if len(pieces) < 2:
        pieces = [p.strip() for p in _JOINT.split(question) if p and p.strip()]
    kept: list[str] = []
    waiting = ""
    for piece in pieces:
        whole = f"{waiting} {piece}".strip()
        if asks(piece):
            kept.append(whole)
            waiting = ""
        elif kept and not waiting and len(piece.split()) < LEAST_WORDS:
            kept[-1] = f"{kept[-1]} {piece}"
        else:
            waiting = whole
    if waiting and kept:
        kept[-1] = f"{kept[-1]} {waiting}"
    whole_question = not kept or len(kept) > MOST_PARTS
    return (question,) if whole_question else tuple(kept)


def asks(piece: str) -> bool:
    """Whether a piece is a question by itself: a mark or a word that asks, and something asked."""
    marked = "?" in piece or re.match(_ASKS, piece, re.IGNORECASE)
    return bool(marked) and len(piece.split()) >= LEAST_WORDS and is_question(read_question(piece))
