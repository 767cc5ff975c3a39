"""« … et d'où ça vient ? » asked of money: which sources finance it."""

import re

from assistant.asking import read_question
from assistant.phrases import without_questions
from assistant.spans import flat, replaced
from corpus.quantities import find_quantities

_SUM = (
    r"(?:(?:tout )?ca|cela|elle|ils?"
    r"|(?:l'|cet |cette |ces |ce |les )(?:argent|credits?|montant|somme|sous))"
)
_COMES = r"(?:vient|viennent|provien(?:t|nent)|sor(?:t|tent))"
_WHENCE = re.compile(
    rf"(?<![ ,;.?!])[ ,;.?!]*(?:\bet )?\bd'ou"
    rf" (?:{_SUM} {_COMES}|{_COMES} {_SUM}|{_COMES}-(?:il|elle)s?)\b[ ?!.]*$"
)
_MONEY = frozenset({"amount", "quantity"})
_SOURCES = "Quelles sources de financement"


def asks_whence(text: str) -> bool:
    """Whether a text ends by asking where something comes from."""
    return bool(_WHENCE.search(flat(text)))


def sources_asked(text: str) -> str:
    """A question on a sum of money and on where it comes from, as the question on what finances
    it; any other text as it is."""
    asked = _WHENCE.search(flat(text))
    before = text[: asked.start()] if asked else ""
    sums = [(q.start, q.end) for q in find_quantities(before) if q.kind == "amount"]
    if not before or not (sums or read_question(before).asked & _MONEY):
        return text
    subject = without_questions(replaced(before, [(span, "") for span in sums]))
    return f"{_SOURCES} {subject} ?" if subject else text
