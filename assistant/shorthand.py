"""Messages typed in haste: usual shorthand spelled out, so that the search reads plain French."""

import re
from collections.abc import Mapping

_MONTHS = r"janv|f[eé]v|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[eé]c"
_WORDS: Mapping[str, str] = {
    "c'est quoi": r"c ?['’]? ?(?:est|é|e)? ?(?:koi|kwa)|c quoi|cé quoi",
    "qu'est-ce que": r"k[eé][sz]ako|qu?[eé]saco",
    "quoi": r"koi",
    "qui": r"ki",
    "quel": r"kels?|kelles?",
    "quand": r"kan[dt]?|qd|qand",
    "comment": r"comen[td]?|cmt|coment",
    "pourquoi": r"pk|pq|p(?:our)?koi",
    "combien": r"cb|cbien|cmb|combi1|co[nm]bi1|conbien",
    "départements": r"d[eé]pts|dptmts|dpts",
    "département": r"d[eé]pt|dptmt|dpt",
    "liste": r"lst",
    "pour": r"pr",
    "dans": r"ds",
    "nous": r"ns",
    "vous": r"vs(?= (?:avez|êtes|etes|devez|pouvez))",
    "premier": rf"1er(?= [a-z])(?! (?:{_MONTHS}))",
    "première": r"1(?:re|[eè]re)(?= [a-z])",
    "deuxième": r"2(?:e|nde?|[eè]me)(?= [a-z])",
    "tout": r"tt",
    "tous": r"ts",
    "beaucoup": r"bcp",
    "temps": r"tps",
    "il y a": r"ya(?= (?:un|une|des|combien|cb|quoi|qui)\b)",
    "nouveau": r"nouvo",
    "peut": r"(?:(?<=\bon )|(?<=\bil )|(?<=\bqui )|(?<=\bki ))peu(?= \w+(?:er|é|e|ir|re)\b)",
    "s'il vous plaît": r"svp|stp",
}
_SHORT = re.compile(
    "|".join(
        rf"(?P<w{n}>(?<![\w'’])(?:{short})(?![\w'’]))" for n, short in enumerate(_WORDS.values())
    ),
    re.IGNORECASE,
)
_FULL = tuple(_WORDS)
# « contrats de 22 », « avenant 21 », « contrats 25-27 »: years, unless they count something.
_SHORT_YEARS = re.compile(
    r"(?P<of>\b(?:contrats?|avenants?|exercices?|année|annee|circulaire|instruction)"
    r" (?:de |en |pour )?)(?P<years>(?:19|2\d)(?:-2\d)?)(?!\w|[-/]\d)"
    r"(?= ?(?:$|[?.,;:!)]|et\b|ils?\b|elles?\b|on\b|nous\b|combien|quel|quoi|qui))",
    re.IGNORECASE,
)
# « la stratégie 2020-22 »; no month has such a number.
_SHORT_LAST = re.compile(r"(?P<first>(?<![\w/-])20\d\d ?[-–] ?)(?P<last>[23]\d)(?![\w/]|-\d)")

_RANKS = ("première", "deuxième", "troisième")
_RANKED_WAVE = re.compile(
    r"\bvague (?:n° ?)?(?P<rank>[1-3])(?!\w|[,.]\d|,? (?:et|ou|à) )", re.IGNORECASE
)


def written(word: str) -> str:
    """A pattern of ``word`` in full or in its usual shorthand, read in small letters."""
    return rf"(?:{word}|{_WORDS[word]})"


def spelled_out(text: str) -> str:
    """``text`` with its usual shorthand in full words (« c koi », « cb », « avenant 21 »),
    and its waves by their ranks, as the texts tell them."""

    def full(match: re.Match[str]) -> str:
        name = match.lastgroup or "w0"
        return _FULL[int(name[1:])]

    text = _SHORT_LAST.sub(_last_year, _SHORT_YEARS.sub(_years, _SHORT.sub(full, text)))
    return _RANKED_WAVE.sub(_wave, text)


def _wave(match: re.Match[str]) -> str:
    return f"{_RANKS[int(match['rank']) - 1]} vague"


def _years(match: re.Match[str]) -> str:
    return match["of"] + "-".join(f"20{year}" for year in match["years"].split("-"))


def _last_year(match: re.Match[str]) -> str:
    return f"{match['first']}20{match['last']}"
