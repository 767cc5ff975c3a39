"""Quotes that deny what a question takes for granted, in its own words: « est en vigueur », « n'est
pas en vigueur »; « remplace », « ne remplace pas »."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.contents import UNITS_KEPT
from assistant.evidence import Evidence
from assistant.opposing import Share, sided
from corpus.lexicon import fold
from ingest.lexical import terms

LACKING_SIMILARITY = 0.75
_WHICH = re.compile(r"^(?:dans |par |selon |a |c'est )?quel(?:le)? (?P<noun>\w{4,}?)s?\b")
_DENIED = re.compile(
    r"\bn(?:e |')(?:l[ae]s? |l'|s'|se |y |en |lui |leur ){0,2}(?P<verb>\w+) (?:pas|plus|jamais)\b"
    r"(?P<after>[^,;:.]{0,80})"
)
_WITHOUT = re.compile(r"\bsans (?:l[ae]s? |l'|une? )?(?P<verb>\w+)(?P<after>[^,;:.]{0,80})")
_LACKED = re.compile(r" (?:de |d')(?P<noun>\w{4,})")
# « encore possible » is denied by « ne… plus », whatever the verbs.
_STILL = re.compile(r"\b(?:encore|toujours|demeur\w+|rest(?:e|ent|ant)|continu\w+)\b")
_NO_MORE = re.compile(
    r"\bn(?:e |')(?:l[ae]s? |l'|s'|se |y |en ){0,2}\w+ plus\b(?! (?:que|de \d|d'un|tard))"
)
_AUXILIARY = re.compile(
    r"(?:a|ont|est|sont|soi(?:t|ent)|etai(?:t|ent)|avai(?:t|ent)|ser(?:a|ont)|fu(?:t|rent)"
    r"|peu(?:t|vent)|doi(?:t|vent))$"
)
_LINKING = re.compile(
    r"^(?: (?:ete|encore|toujours|entree?s? en|en|une?|de|des|dans|au|la|le|les)\b| d'| l')*"
)
_DENYING = re.compile(r"\b(?:pas|plus|jamais|aucune?|sans|non|ni)\b")
# « depuis le vote de décembre », « dès 2022 »: when it began isn't what it is about.
_SINCE = re.compile(r"\b(?:depuis|des) (?:l[ae] |l'|qu|\d).*$")


def denying(said: str, candidates: Sequence[Evidence], share: Share) -> Evidence | None:
    """The best quote that denies a predicate of ``said``, unless another near one affirms it."""
    folded = _folded(said)
    if _DENYING.search(folded):
        return None
    since = _SINCE.search(folded)
    aside = said[since.start() :] if since else ""
    about = terms(said.removesuffix(aside))
    denied = {word for one in candidates for word, _rest in _denied(one.unit.text.lower())}
    for stem in dict.fromkeys(about):
        if stem not in denied:
            continue
        sides = []
        for one in candidates:
            quote = one.unit.text.lower()
            held = any(stem == word and rest <= set(about) for word, rest in _denied(quote))
            sides.append((stem in _affirmed(quote), held, one))
        if found := sided(sides, share, f"{_word(stem, said)} {aside}"):
            return found
    still = _STILL.search(folded)
    if still is None:
        return None
    quotes = [(fold(one.unit.text), one) for one in candidates]
    over = [(bool(_STILL.search(q)), bool(_NO_MORE.search(q)), one) for q, one in quotes]
    return sided(over, share, still[0])


def lacking(question: str, leading: Evidence) -> Evidence | None:
    """The leading quote when it says that what the question asks to be named doesn't exist:
    « quel décret fixe… ? », « la loi ne prévoit pas de décret »."""
    asked = _WHICH.match(fold(question).strip())
    if asked is None or leading.similarity < LACKING_SIMILARITY:
        return None
    missing = rf"\bn(?:e |')\w+ (?:pas|plus|aucun) (?:de |d')?{re.escape(asked['noun'])}\b"
    return leading if re.search(missing, fold(leading.unit.text)) else None


def _word(stem: str, said: str) -> str:
    return next(m[0] for m in re.finditer(r"\w+", said) if stem in terms(m[0]))


def _folded(text: str) -> str:
    """A folded text whose places are those of ``text``: stems are read with their accents."""
    folded = fold(text)
    return folded if len(folded) == len(text) else text


@lru_cache(maxsize=UNITS_KEPT)
def _denied(quote: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Stem of each predicate that a quote denies, and the terms that complete it."""
    folded, found = _folded(quote), []
    for match in [*_DENIED.finditer(folded), *_WITHOUT.finditer(folded)]:
        word, after = match["verb"], quote[slice(*match.span("after"))]
        if _AUXILIARY.match(word):
            linking = _LINKING.match(match["after"])
            after = after[linking.end() if linking else 0 :].strip()
            word, _, after = after.partition(" ")
        else:
            word = quote[slice(*match.span("verb"))]
        stems = terms(word)
        lacked = _LACKED.match(match["after"]) if match.re is _DENIED else None
        if lacked is not None:  # « la loi ne prévoit pas de décret »: no decree
            noun = terms(quote[slice(*(match.start("after") + at for at in lacked.span("noun")))])
            found += [(one, frozenset[str]()) for one in noun[:1]]
        if stems:
            rest = (t for t in terms(after) if t[0] not in "=@" and not t.isdigit())
            found.append((stems[0], frozenset(rest)))
    return tuple(found)


@lru_cache(maxsize=UNITS_KEPT)
def _affirmed(quote: str) -> frozenset[str]:
    """Terms of what a quote says without denying it."""
    folded, out = _folded(quote), quote
    for match in [*_DENIED.finditer(folded), *_WITHOUT.finditer(folded)]:
        out = out[: match.start()] + " " * (match.end() - match.start()) + out[match.end() :]
    return frozenset(terms(out))
