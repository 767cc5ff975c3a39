"""Recognises the opening of a French administrative heading on one line, without its context.

« Article L. 223-1 – Le président … » opens an article; « Article L. 223-1 du code … » names one.
What follows the number tells them apart here; what stands before and after the line is judged in
``ingest/outline.py``. Every pattern is anchored and bounded, so that no line costs more than its
length.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

Form = Literal["bare", "titled", "run_in", "listed"]
"""``bare``: the enumerator alone · ``titled``: with a short title · ``run_in``: followed by running
text on the same line · ``listed``: an element of an enumeration, no heading."""

TITLE_CHARS = 160
SOFT_TITLE_CHARS = 120
LONG_CHARS = 300


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening of a heading.

    ``shape`` is what siblings share (``article``, ``roman``); ``rank`` orders shapes, the widest
    first; ``shown`` is its level where nothing stands above; ``ordinal`` is its number when it has
    one; ``cut`` is where the text after the enumerator begins in the line. ``strong`` openings
    hold a word (« Article »), others a bare enumerator (« I. »). ``firm`` is False when the line
    may also be something else (the initial of a person), unless its siblings confirm it.
    ``within`` is 3 for « Annexe 3-1 », part of annex 3. ``thematic`` words (« Axe ») have no fixed
    place among the others.
    """

    shape: str
    rank: int
    shown: int
    form: Form
    cut: int
    ordinal: int | None = None
    strong: bool = False
    firm: bool = True
    thematic: bool = False
    within: int | None = None


# word of the heading -> shape, rank, level shown.
_WORDS: dict[str, tuple[str, int, int]] = {
    "annexe": ("annexe", 0, 1),
    "fiche": ("fiche", 5, 1),
    "livre": ("livre", 7, 1),
    "partie": ("partie", 8, 1),
    "titre": ("titre", 10, 1),
    "chapitre": ("chapitre", 20, 2),
    "axe": ("axe", 22, 2),
    "engagement": ("engagement", 24, 2),
    "objectif": ("objectif", 26, 3),
    "section": ("section", 30, 3),
    "sous-section": ("sous-section", 40, 4),
    "article": ("article", 50, 5),
    "art": ("article", 50, 5),
}
_THEMATIC = frozenset({"axe", "engagement", "objectif"})
_ROMAN_RANK, _CAPITAL_RANK, _NUMBER_RANK, _SMALL_RANK = 60, 70, 80, 90
LEAF_RANK = 99
"""The rank of a « Préambule »: nothing numbered goes under it."""

_STRONG = re.compile(
    r"(?P<word>ANNEXE|Annexe|FICHE|Fiche|LIVRE|Livre|PARTIE|Partie|TITRE|Titre|CHAPITRE|Chapitre"
    r"|SECTION|Section|SOUS[- ]?SECTION|Sous[- ]?[sS]ection|ARTICLE|Article|ART\.|Art\."
    r"|AXE|Axe|ENGAGEMENT|Engagement|OBJECTIF|Objectif)"
    r"(?:[- ](?:ACTION|Action|action))?"
    r"(?:\s{1,3}[nN][°ºo]?)?\s{0,3}"
    r"(?P<number>(?:L\.?\s?O|LO|[LRDA])\s?\.?\s?\*?\s?\d{1,5}(?:[-.‑]\d{1,4}){0,5}"
    r"|\d{1,4}(?:er|ER|re|ère|ème|e)?(?:[-.‑]\d{1,3}){0,5}"
    r"|[IVXLC]{1,7}(?:er|ER)?(?:[-.]\d{1,3}){0,3}"
    r"|[A-H](?:[-.]?\d{1,2})?"
    r"|premier|PREMIER|première|unique|UNIQUE|liminaire|LIMINAIRE|préliminaire|PRÉLIMINAIRE)"
    r"(?:\s(?:bis|ter|quater|quinquies|sexies))?(?:\s[A-Z](?![\w'’]))?(?![\w°'’])"
)
_ANNEX_ALONE = re.compile(r"(?:ANNEXES?|Annexes?)(?=\s{0,3}(?:[:–—]|-\s|$))")
_PREAMBLE = re.compile(r"(?:PRÉAMBULE|PREAMBULE|Préambule)(?=\s{0,3}[:.]?\s*$)")
_SEPARATOR = re.compile(r"\s{0,3}(?:\.?\s{0,2}[–—]|\.?\s{0,2}-(?=\s|[A-ZÀ-Ý])|[:.])\s{0,3}")
_PARENTHESIS = re.compile(r"\s{0,2}\([^()\n]{1,60}\)")
_REPEALED = re.compile(r"\(?(?:abrogé|supprimé|sans objet|réservé)e?s?\)?\.?$", re.IGNORECASE)
# « Article 375 CASF » is a reference, as « Article 375 du code civil ».
_CODE_NAME = re.compile(
    r"(?:C\.|CASF|CGCT|CSP|CSS|CPP|CPC|CP|CJPM|CESEDA|CGFP|COJ|CRPA|Code|Loi|Décret)(?!\w)"
)

_DASH = r"(?:\.\s?[–—-]\s{0,2}|\s[–—-]\s{1,2})"
_SIGN = r"(?:[.)/](?:\s{1,3}|$))"
_PARTS = r"(?:[.-]\d{1,2}(?!\d)){0,3}"
_ROMAN = re.compile(rf"(?P<n>[IVXL]{{1,6}}{_PARTS})(?:\s(?:bis|ter))?(?P<sep>{_DASH}|{_SIGN})")
_CAPITAL = re.compile(rf"(?P<n>[A-Z]{_PARTS})(?P<sep>{_DASH}|{_SIGN})")
_NUMBER = re.compile(
    rf"(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{0,4}})(?P<sep>{_DASH}|[.)/]\s{{1,3}}|\s{{1,3}}(?=[^\W\d_]{{2}}))"
)
_DEGREE = re.compile(r"(?P<n>\d{1,2})(?P<sep>°\s?(?:[.)]|[–—-]\s)?\s{0,3})")
_SMALL = re.compile(r"(?P<n>[a-z])(?P<sep>\s?\)\s{0,3}|\.\s{1,3})")

_ROMAN_SIGNS = (
    *((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X")),
    *((9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LEADERS = re.compile(r"\.{4}|…{2}|(?:\. ){4}|_{4}|\t\s{0,40}\d{1,6}$")
_DETERMINER = re.compile(
    r"(?:L[ea]s?|Une?|Des|Du|Aux?|Ce|Cet|Cette|Ces|Ils?|Elles?|Sont|Est|En|Dans|Pour|Sous|Sans|Par"
    r"|À|A|Après|Avant|Lorsque|Si|Tout|Toute|Tous|Toutes|Chaque|Sur|Selon|Son|Sa|Ses|Leurs?"
    r"|Les?quels?|Quel|Quelle|Quels|Quelles|Qui|Comment|Pourquoi)\s|(?:L|D|Qu|Lorsqu)['’]"
)
_TITLE_WORDS = re.compile(
    r"[A-ZÀ-Ý][\w’'-]*\s(?!(?:a|ont|est|sont|avait|était|sera|aura|dit|présente|annonce|rappelle"
    r"|explique|souligne|indique|précise|déclare|estime)\s)[a-zà-ÿ(0-9]"
)


def opening_of(line: str) -> Opening | None:
    """The heading or enumerator that a line opens with, or ``None`` when it opens with neither.

    Args:
        line: one line of text, trimmed.
    """
    if not line or not line[0].isalnum():
        return None
    opening = _strong(line) or _enumerator(line)
    if opening is not None and _LEADERS.search(line[: TITLE_CHARS * 2]):
        return None  # a line of a table of contents
    return opening


def roman_value(numeral: str) -> int | None:
    """The value of a Roman numeral, ``None`` when it isn't well formed."""
    rest, total = numeral, 0
    for value, sign in _ROMAN_SIGNS:
        while rest.startswith(sign):
            rest, total = rest[len(sign) :], total + value
    return total if not rest and _roman(total) == numeral else None


def _roman(number: int) -> str:
    """The Roman numeral of a number below 400."""
    out = ""
    for value, sign in _ROMAN_SIGNS:
        while number >= value:
            out += sign
            number -= value
    return out


def is_title(text: str, limit_chars: int) -> bool:
    """Whether a text reads as a title: short, opening on a capital, without a final stop."""
    return (
        0 < len(text) <= limit_chars
        and (text[0].isupper() or text[0].isdigit() or text[0] in '«"“([')
        and text[-1] not in ".;,"
    )


def _strong(line: str) -> Opening | None:
    """An opening that holds a word: « Article 3 », « ANNEXE 6 : … », « Préambule »."""
    if preamble := _PREAMBLE.match(line):
        return Opening("préambule", LEAF_RANK, 1, "bare", preamble.end(), strong=True)
    match = _STRONG.match(line)
    alone = None if match or line.endswith(":") else _ANNEX_ALONE.match(line)
    if alone:
        shape, rank, shown = _WORDS["annexe"]
        return _strong_after(line, alone.end(), Opening(shape, rank, shown, "bare", 0, strong=True))
    if match is None:
        return None
    word = match["word"].lower().rstrip(".")
    shape, rank, shown = _WORDS["sous-section" if word.startswith("sous") else word]
    number = match["number"]
    coded = number[0] in "LRDA" and any(char.isdigit() for char in number)
    if coded and shape not in {"article", "annexe"}:
        return None
    part = re.match(r"(\d+)[-.]\d", number) if shape == "annexe" else None
    within = int(part[1]) if part else None
    base = Opening(shape, rank + bool(part), shown, "bare", 0, _ordinal(number), strong=True)
    base = replace(base, thematic=shape in _THEMATIC, within=within)
    return _strong_after(line, match.end(), base)


def _ordinal(number: str) -> int | None:
    """The number of a heading as a whole number, when it is a plain one."""
    plain = re.sub(r"(?:er|ER|re|ère|ème|e)$", "", number)
    if plain.isdigit():
        return int(plain)
    if set(plain) <= set("IVXLC"):
        return roman_value(plain)
    return 1 if number.lower() in {"premier", "première", "unique"} else None


def _strong_after(line: str, end: int, base: Opening) -> Opening | None:
    """Judges what follows the number: nothing, a title, running text, or a reference."""
    parenthesis = _PARENTHESIS.match(line, end)
    if parenthesis and not _REPEALED.match(line[end:].strip()):
        end = parenthesis.end()
    separator = _SEPARATOR.match(line, end)
    cut = separator.end() if separator else end
    rest = line[cut:].strip()
    if not rest:
        named = parenthesis is not None and separator is None
        form: Form = "titled" if named else "bare"
        return None if base.thematic else _formed(base, form, len(line))
    if base.shape == "article" and _REPEALED.match(rest):
        return _formed(base, "run_in", cut)
    if rest[-1] in ";,":
        return None
    if separator is None and (
        not line[cut].isspace() or not rest[0].isupper() or _CODE_NAME.match(rest) or base.thematic
    ):
        return None
    # « Section 2. – Dispositions financières. » keeps the final stop of its title.
    stopped = separator is not None and base.shape not in {"annexe", "fiche", "article"}
    title = rest[:-1] if stopped and rest.endswith(".") and len(rest) <= 100 else rest
    if is_title(title[0].upper() + title[1:] if separator else title, TITLE_CHARS):
        return _formed(base, "titled", cut)
    return _formed(base, "run_in", cut) if base.shape == "article" else None


def _formed(base: Opening, form: Form, cut: int, firm: bool = True) -> Opening:
    """The same opening with its form and cut."""
    return replace(base, form=form, cut=cut, firm=firm)


def _enumerator(line: str) -> Opening | None:
    """An opening that is an enumerator only: « I. – », « A. », « 1.2. », « 1° », « a) »."""
    for pattern, shape, rank in (
        (_ROMAN, "roman", _ROMAN_RANK),
        (_CAPITAL, "capital", _CAPITAL_RANK),
        (_DEGREE, "degree", _NUMBER_RANK),
        (_NUMBER, "number", _NUMBER_RANK),
        (_SMALL, "small", _SMALL_RANK),
    ):
        match = pattern.match(line)
        if match is None:
            continue
        ordinal = _enumerator_ordinal(match["n"], shape)
        if ordinal is None:
            continue
        depth = len(re.findall(r"[.-]", match["n"]))
        base = Opening(f"{shape}{depth or ''}", rank + depth, rank // 10, "bare", 0, ordinal)
        dashed = match["sep"].strip(". ") in {"–", "—", "-"}
        return _enumerator_after(line, match.end(), base, dashed, bool(match["sep"].strip()))
    return None


def _enumerator_ordinal(number: str, shape: str) -> int | None:
    """The place of an enumerator among its siblings: « II » 2, « B » 2, « I.3 » 3."""
    last = re.split(r"[.-]", number)[-1]
    if last.isdigit():
        return int(last)
    return roman_value(last) if shape == "roman" else ord(last.lower()) - ord("a") + 1


def _enumerator_after(
    line: str, cut: int, base: Opening, dashed: bool, marked: bool
) -> Opening | None:
    """Judges what follows an enumerator.

    ``dashed``: a dash stands between both; ``marked``: a sign at all does (« 1.2 Objet »).
    """
    rest = line[cut:].strip()
    lettered = base.shape.startswith(("roman", "capital"))
    if not rest:
        return _formed(base, "bare", cut) if lettered or base.shape == "degree" else None
    if not marked and "." not in line[:cut]:
        return None  # « 30 Départements » is no enumerator
    if rest[0].isdigit() or not (rest[0].isalpha() or rest[0] in '«"“(['):
        return None  # « L. 223-1 », « 1. 500 »
    if rest[-1] in ";,":
        return _formed(base, "listed", cut)
    if rest[0].islower():
        return None if lettered or not marked else _formed(base, "listed", cut)
    # No initial has two signs, nor stands before a bracket.
    certain = dashed or not re.match(r"[A-Z]\.\s", line)
    dotless_number = dashed and base.shape == "number" and "." not in line[:cut]
    limit = 80 if rest[-1] == ":" else SOFT_TITLE_CHARS
    if is_title(rest, limit):
        lone_word = base.shape == "roman" and base.ordinal == 1 and " " not in rest
        named = lettered and not (
            certain or lone_word or _DETERMINER.match(rest) or _TITLE_WORDS.match(rest)
        )
        return _formed(base, "titled", cut, firm=not dotless_number and not named)
    if lettered:
        firm = certain or bool(_DETERMINER.match(rest))
        return None if _holds_next(rest, base) else _formed(base, "run_in", cut, firm)
    if base.shape == "degree" and len(rest) >= LONG_CHARS and not _holds_next(rest, base):
        return _formed(base, "run_in", cut)
    return _formed(base, "listed", cut) if marked and not dotless_number else None


def _holds_next(body: str, base: Opening) -> bool:
    """Whether « II. – » stands inside the text after « I. – »: a heading « I. » would lie."""
    number = (base.ordinal or 0) + 1
    label = {"roman": _roman(number), "capital": chr(ord("A") + number - 1)}.get(base.shape)
    signs = ("°",) if label is None else (". ", ".-", ".–", " -", " –", " —")
    return any(f" {label or number}{sign}" in body for sign in signs)
