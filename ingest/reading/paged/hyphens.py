"""Lines to one text: a word cut at a line's end is whole again, a true hyphen stays."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+){0,6}")
_BEFORE = re.compile(r"[-\u00ad]([^\W_]{1,60}(?:-[^\W_]{1,60}){0,3})")  # from the end back
_LAST_CHARS = 120
_AFTER = re.compile(r"[^\W_]+(?:-[^\W_]+){0,3}")
# French compounds keep their hyphen after these, before those; neither list names a syllable.
_FIRST = frozenset(
    (
        "sous", "non", "vice", "demi", "semi", "quasi", "arrière", "médico", "socio", "grand",
        "grands", "saint", "sainte", "nord", "sud", "ouest", "hors", "procès", "compte", "comptes",
        "ayant", "ayants", "savoir", "chef", "chefs", "rendez", "peut", "après", "avant", "lui",
        "elle", "eux", "elles", "soi", "nous", "vous", "celui", "celle", "ceux", "celles", "dix",
        "quatre", "vingt", "soixante", "trente", "quarante", "cinquante", "là", "ci", "franco",
        "tiers", "haut", "hauts", "petite", "petits", "plus", "moins", "bien", "porte", "garde",
    )
)  # fmt: skip
_LAST = frozenset(
    (
        "ci", "dire", "vous", "nous", "être", "faire", "lieu", "lieux", "rendu", "rendus", "verbal",
        "verbaux", "droit", "droits", "section", "direction", "sociale", "social", "sociaux",
        "sociales", "éducatif", "éducatifs", "éducative", "éducatives", "parler", "garde",
    )
)  # fmt: skip
_ALWAYS_LAST = frozenset(
    ("là", "même", "mêmes", "delà", "dessus", "dessous", "préfet", "préfète", "préfecture")
)
_PRONOUNS = frozenset(("il", "ils", "elle", "elles", "on"))
_FIRST_ALONE = frozenset(("avant", "après", "compte", "plus", "moins", "bien", "porte", "socio"))
_ONE_WORD = re.compile(
    r"(?:souscri|soustr|soussign|nonobstant|avantag|comptab|portef|porteur|plusieurs|sociolog"
    r"|gardien|bienv|bienf|chefferie|saintet|grandeur|grandir|grandi|moindre|hautement|hauteur"
    r"|quatrième|peuten)"
)


class Joiner:
    """Joins the lines of a document; its own words tell which hyphens are true."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts
        self._seen: Counter[str] | None = None

    def join(self, lines: Sequence[str]) -> str:
        """Give lines as one text, one blank between two of them."""
        text = lines[0] if lines else ""
        for line in lines[1:]:
            text = self.joined(text, line)
        return text

    def joined(self, text: str, line: str) -> str:
        """Give a text with its next line."""
        if not text or not line:
            return text or line
        before = _BEFORE.match(text[:-_LAST_CHARS:-1]) if text[-1] in "-\u00ad" else None
        after = _AFTER.match(line) if before else None
        if before is None or after is None:
            return f"{text} {line}"
        if text[-1] == "\u00ad":
            return text[:-1] + line
        return text + line if self._is_true(before[1][::-1], after[0]) else text[:-1] + line

    def _is_true(self, before: str, after: str) -> bool:
        """Whether the hyphen between these is part of the word."""
        if not after[0].islower() or before[-1].isdigit():
            return True
        if self._seen is None:
            words = (match[0] for text in self._texts for match in _WORD.finditer(text))
            self._seen = Counter(part for word in words for part in _forms(word.casefold()))
        left, right = before.casefold(), after.casefold()
        whole, cut = self._seen[left + right], self._seen[f"{left}-{right}"]
        if whole != cut:
            return cut > whole
        first, last = left.rpartition("-")[2], right.partition("-")[0]  # those at the cut
        if _ONE_WORD.match(first + last):
            return False
        if last in _ALWAYS_LAST or first == "à":
            return first != "voi"
        if last in _PRONOUNS and first[-1] in "td":  # no syllable begins so: « doit-on »
            return True
        if last in _LAST and first in _FIRST:
            return True
        if "-" in right and len(last) <= 3:  # « Val-de-Marne », « c'est-à-dire »
            return True
        return first in _FIRST and first not in _FIRST_ALONE


def _forms(word: str) -> tuple[str, ...]:
    """Give a word and, after an apostrophe, what follows it: « l'enfant » holds « enfant »."""
    bare = re.split("['’]", word)[-1]
    return (word,) if bare == word else (word, bare)
