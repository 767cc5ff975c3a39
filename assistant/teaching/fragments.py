"""What says nothing by itself: words of a link, a lone name, lines of a program."""

import re

from assistant.units import Unit
from corpus.lexicon import fold

LEAST_WORDS, SURELY_A_SENTENCE = 4, 9
"""Words that a sentence has, and from how many it is held to have a verb."""
_WORD = re.compile(r"[^\W\d_]+")
_VERB = re.compile(
    r"\b(?:est|sont|a|ont|va|vont|fait|font|doi(?:t|vent)|peu(?:t|vent)|faut|sera|seront|ete"
    r"|n'\w+|s'\w+|(?:se|ne|il|elle|ils|elles) \w+"
    r"|\w{2,30}(?:er|ir|oir|ait|aient|era|eront|it|issent|vent|tent|lent|rent|sent|gent|nent))\b"
    r"|^(?:l[ae]s? |l'|une? |des |chaque |tou\w+ |ce\w* )(?:\w+ ){1,4}\w{2,30}e (?:l[ae]s? |l'"
    r"|une? |des? |d'|du |aux? |qu|en |sur |a )"
)
_POINTS_ELSEWHERE = re.compile(
    r"^(?:vu|considerant|fait a|signe a|entre)\b|\|"
    r"|\b(?:sus|pre)?(?:mentionne|vise|cite|indique)e?s?\b"
    r"|\bci-(?:dessus|dessous|apres|joint)|\balinea|\b(?:precedent|suivant)e?s?\b"
)
"""Words (folded) by which a sentence needs another one, or frames a deed rather than rules."""
_PROGRAM = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|[{}]|\w\(\)|=>|\w ?={1,3} ?[\w'\"(]|javascript:")


def is_fragment(text: str) -> bool:
    """Whether a text is too little to be told: fewer than four words, neither a figure nor what
    may be a verb, or lines of a program."""
    words = _WORD.findall(text)
    if len(words) < LEAST_WORDS or _PROGRAM.search(text):
        return True
    figure = any(sign.isdigit() for sign in text)
    return not (figure or len(words) >= SURELY_A_SENTENCE or _VERB.search(fold(text)))


def is_own_sentence(unit: Unit) -> bool:
    """Whether a statement of a deposited text, which nobody anchored, is a sentence that says by
    itself what it says: no item of a list or row, nothing that points elsewhere."""
    text = unit.text.strip()
    return (
        unit.document.identity.origin == "original"
        and unit.group is None
        and text.endswith(".")
        and not is_fragment(text)
        and _POINTS_ELSEWHERE.search(fold(text)) is None
    )
