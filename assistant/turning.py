"""Small words that turn a rule round: a rewriting must leave each where its statement has it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from assistant.words import Token, is_actor, stems_of, words_of
from corpus.lexicon import fold

Fault = Literal[
    "form",
    "words",
    "figures",
    "order",
    "negation",
    "modality",
    "addressee",
    "roles",
    "alternative",
    "bounds",
    "exception",
    "condition",
    "extent",
    "tense",
    "source",
]
_NEGATIONS = frozenset("ne n pas aucun aucune sans ni jamais non nul nulle".split())
_PARTICLES = frozenset("pas aucun aucune jamais guere nul nulle que qu".split())
_BOUNDS = (
    "avant tard jusqu ici apres des depuis compter partir moins plus entre maximum minimum"
).split()
_ANNOUNCED: tuple[tuple[Fault, frozenset[str]], ...] = (
    ("exception", frozenset("sauf hors hormis excepte exception".split())),
    ("condition", frozenset("si lorsque lorsqu reserve condition".split())),
)
# Verbs that stand between a negation and what it denies.
_AUXILIARY = re.compile(r"(?:doi|dev(?:ai|r)|peu[tv]|pourr|pouv|ser[ao]|aur[ao]|etai|avai)\w*")
_MUST = re.compile(r"doi(?:t|vent)|dev(?:ait|aient|ra|ront)")
_MAY = re.compile(r"peu(?:t|vent)|pourr(?:a|ont)|pouvai(?:t|ent)")
_PREPOSITIONS: Mapping[str, str] = {
    **dict.fromkeys(("a", "au", "aux", "aupres"), "à"),
    **dict.fromkeys(("de", "du", "des", "d"), "de"),
    **{word: word for word in ("par", "pour", "avec", "contre", "entre", "sans", "chez")},
}
_ARTICLES = frozenset("le la les l un une leur leurs son sa ses chaque tous toutes ce cet".split())
# What must be in both or in neither, anywhere in the sentence and in its statement.
_SHARED: tuple[tuple[Fault, str], ...] = (
    ("exception", r"\bsauf\b|\bhors\b|\bhormis\b|\bexcept\w+|\bexclu\w*|\bderog\w+"),
    (
        "condition",
        r"\bsi\b|\bs'ils?\b|\bcondition\w*|\breserve\b|\blorsqu\w*|\bdes lors\b|\ba defaut\b"
        r"|\ble cas echeant\b|\ben cas\b|\bquand\b|\bsubordonn\w+",
    ),
    (
        "negation",
        r"\binterdi\w*|\bprohib\w+|\bimpossib\w+|\brefus\w*|\bannul\w+|\babrog\w+|\bsupprim\w+"
        r"|\birrecevab\w+|\bineligib\w+|\bfin de\b|\bcesse\w*",
    ),
    ("alternative", r"\bsoit\b|\bau choix\b|\bet/ou\b"),
    (
        "modality",
        r"\bpeu(?:t|vent)\b|\bpourr\w+|\bpouvai\w+|\bpossib\w+|\bfacultati\w+|\bvolont\w+",
    ),
    ("modality", r"\bobligatoire\w*|\boblig\w+|\bexige\w*|\bimpos\w+|\btenus? de\b|\bil faut\b"),
    ("extent", r"\btou(?:s|t|te|tes)\b|\bchaque\b|\bensemble\b|\btotalite\b|\bintegral\w*"),
    ("extent", r"\bseul\w*|\buniquement\b|\bexclusiv\w+"),
    (
        "extent",
        r"\bcertain\w*|\bplusieurs\b|\bquelques\b|\bnotamment\b|\bparfois\b|\bpartie\b"
        r"|\bpar exemple\b|\bpour l'essentiel\b|\bsouvent\b",
    ),
    ("bounds", r"\benviron\b|\bpres d[e']|\bquelque \d|\bmaxim\w+|\bminim\w+|\bplafon\w+"),
    ("tense", r"\b(?!extra\b|opera\b)\w{2,}(?:ra|ront)\b"),
    ("tense", r"\b\w{2,}rai(?:t|ent)\b"),
    ("tense", r"\betai(?:t|ent)\b|\bavai(?:t|ent)\b|\bdevai\w+|\b(?:a|ont) ete\b|\bfu(?:t|rent)\b"),
    (
        "source",
        r"\bselon\b|\bd'apres\b|\bannonc\w+|\bprojets?\b|\bpropos\w+|\bdemande\w*|\bsouhait\w+"
        r"|\brecommand\w+|\bamendement\w*|\benvisag\w+|\bvis(?:e|ent|aient|ait)\b",
    ),
)
_COMPILED = tuple((fault, re.compile(pattern)) for fault, pattern in _SHARED)


def turned(sentence: str, statement: str) -> Iterator[Fault]:
    """What a sentence turns round of its statement; a word of both is denied, bound or made a
    duty in both or in neither."""
    folded = fold(sentence), fold(statement)
    for fault, pattern in _COMPILED:
        if bool(pattern.search(folded[0])) != bool(pattern.search(folded[1])):
            yield fault
    mine, theirs = words_of(sentence), words_of(statement)
    said = stems_of(mine)
    denied = _after(mine, _NEGATIONS)
    if denied != _after(theirs, _NEGATIONS) & said or (
        denied and _words(mine, _PARTICLES) != _words(theirs, _PARTICLES)
    ):
        yield "negation"
    for pattern in (_MUST, _MAY):
        bears = [_after(tokens, _matching(tokens, pattern)) for tokens in (mine, theirs)]
        if bears[0] != bears[1] & said:
            yield "modality"
    for fault, triggers in _ANNOUNCED:
        if _after(mine, triggers) != _after(theirs, triggers):
            yield fault
    if any(_after(mine, {w}) != _after(theirs, {w}) & said for w in _BOUNDS):
        yield "bounds"
    pairs = _alternatives(mine), _alternatives(theirs)
    if pairs[0] != {pair for pair in pairs[1] if said.intersection(pair)}:
        yield "alternative"
    if not _roles(mine) <= _roles(theirs):
        yield "roles"


def _after(tokens: Sequence[Token], triggers: Iterable[str]) -> frozenset[str]:
    """The content word that follows each trigger, auxiliaries left out."""
    wanted = frozenset(triggers)
    found = (_next(tokens[n + 1 :]) for n, t in enumerate(tokens) if t.folded in wanted)
    return frozenset(stem for stem in found if stem is not None)


def _next(tokens: Iterable[Token]) -> str | None:
    return next(
        (t.stem for t in tokens if t.stem is not None and not _AUXILIARY.fullmatch(t.folded)), None
    )


def _words(tokens: Iterable[Token], wanted: frozenset[str]) -> frozenset[str]:
    return frozenset(token.folded for token in tokens) & wanted


def _matching(tokens: Iterable[Token], pattern: re.Pattern[str]) -> frozenset[str]:
    return frozenset(token.folded for token in tokens if pattern.fullmatch(token.folded))


def _alternatives(tokens: Sequence[Token]) -> set[tuple[str | None, str | None]]:
    """The words on both sides of each « ou » (not « où »)."""
    return {
        (_next(reversed(tokens[:n])), _next(tokens[n + 1 :]))
        for n, token in enumerate(tokens)
        if token.raw == "ou"
    }


def _roles(tokens: Sequence[Token]) -> set[tuple[str | None, str]]:
    """Each actor with the preposition before it: « par le préfet » isn't « au préfet »."""
    found = set()
    for n, token in enumerate(tokens):
        if not is_actor(token) or token.stem is None:
            continue
        before = n - 1
        while before >= 0 and tokens[before].folded in _ARTICLES:
            before -= 1
        word = tokens[before].folded if before >= 0 else ""
        found.add((_PREPOSITIONS.get(word), token.stem))
    return found
