"""Lists told in one sentence: without the label that each of their items repeats."""

import re

from assistant.extracting import Quote
from corpus.lexicon import fold

_RANK = re.compile(
    r"\d+|\b(?:premi|deuxi|second|troisi|quatri|cinqui|sixi|septi|huiti|neuvi|dixi)[a-z]*"
)
_COLON = " : "


def unlabelled(quote: Quote) -> str:
    """The text of a quote; of a list whose items all bear one label, but for its rank, without
    it: « trois pièces : première pièce : un bilan ; … » is « trois pièces : un bilan ; … »."""
    labels = [unit.text.partition(_COLON)[0] for unit in quote.units if _COLON in unit.text]
    alike = {_RANK.sub("", fold(label)) for label in labels}
    if len(quote.units) < 2 or len(labels) < len(quote.units) or len(alike) > 1:
        return quote.text
    text = quote.text
    for label in labels:
        text = text.replace(f"{label}{_COLON}", "", 1)
    return text
