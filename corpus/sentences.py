"""Where French sentences begin and end, as spans of the text.

One pass over the full stops of each line, each looked at with a bounded number of characters
around it: the time grows with the length of the text only, whatever the text is.
"""

import re

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_STOP = re.compile(r"[.!?…]+")
# What still belongs to the sentence after its full stop: closing signs, and footnote calls, even
# one set apart by a space (« 2021. [1] Les préfets »).
_TAIL = re.compile(
    r"(?:[)\]\"”]|[ \u00a0\u202f]?»|[ \u00a0\u202f]?\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079])+"
)
_OPENERS = '«"“‘-–—•▪◦●■*'


def _words(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


# Never the end of a sentence: what they announce always follows.
_ANNOUNCING = _words(
    "art arts cf chap dr fig me mlle mm mme mmes mr n no nos pr prof réf ss st ste v"
)
# The end of a sentence unless a number follows (« p. 12 », « al. 2 », « 1er janv. 2021 »).
_BEFORE_NUMBER = _words(
    "al ann av avr cass ch civ col crim déc env févr fév janv juil nov oct p pp par sect sept soc t"
    " tab tél vol"
)
# A capital followed by a full stop may be an initial (« A. Taquet ») or end a sentence
# (« l'annexe A. Le préfet »): these words don't begin a surname.
_STARTERS = _words(
    "a à ainsi après au aucun aucune aussi aux avant avec ce cela celle celles celui ces cet cette"
    " ceux chaque chez comme dans de des dès du elle elles en enfin entre et il ils je la le les"
    " leur leurs lorsque mais même nous on or ou où par parmi pendant plus pour quand que quel"
    " quelle quels qui sa sans se selon ses si son sous sur tous tout toute toutefois toutes un"
    " une vous"
)
_ELIDED = re.compile(r"(?:[LDCJNSMT]|Qu|Jusqu|Lorsqu|Puisqu)['’]")
_WORD = re.compile(r"[^\W\d_]{1,12}")
_LOOKBACK_CHARS = 13

_ENUMERATOR = re.compile(
    r"[\s«\"]{0,3}(?:[-–—•*]\s{0,2})?"
    r"(?:(?:article|art\.|annexe|titre|chapitre|section|fiche[- ]action)\s(?:n°\s?)?)?"
    r"\(?(?:[lrda]\.?\s?)?(?:\d{1,4}(?:er)?(?:[.-]\d{1,3}){0,5}°?"
    r"|(?:[ivxl]{1,6}|[a-z])(?:er|(?:\.\d{1,2}){1,3})?)"
    r"(?:\s(?:bis|ter|quater))?",
    re.IGNORECASE,
)
_ENUMERATOR_CHARS = 40


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text, as trimmed spans in order.

    A line break always ends a sentence; within a line, a full stop does when what follows may
    begin one and when it isn't the stop of an abbreviation, an initial, an article number or an
    enumerator.

    Args:
        text: any text; paragraphs, list items and table rows each on a line of their own.

    Returns:
        ``(start, end)`` in code points, end excluded. No span is blank, and every non-blank
        character of the text is in exactly one of them.
    """
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for cut in _cuts(text, line.start(), line.end()):
            _add_trimmed(spans, text, start, cut)
            start = cut
        _add_trimmed(spans, text, start, line.end())
    return spans


def _add_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Adds the span without its outer blanks; a blank one is left out."""
    piece = text[start:end]
    core = piece.strip()
    if core:
        start += len(piece) - len(piece.lstrip())
        spans.append((start, start + len(core)))


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where the line ``text[start:end]`` is cut: the ends of its sentences but the last."""
    cuts: list[int] = []
    covered = start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < covered:
            continue
        tail = _TAIL.match(text, stop.end(), end)
        after = tail.end() if tail else stop.end()
        if after >= end or not text[after].isspace():
            continue
        following = _skip_blanks(text, after, end)
        if not _may_begin(text, following, end):
            continue
        if stop.group() == "." and not tail and _goes_on(text, start, stop.start(), following):
            continue
        cuts.append(after)
        covered = after
    return cuts


def _skip_blanks(text: str, position: int, end: int) -> int:
    """The first non-blank position from here, or ``end``."""
    while position < end and text[position].isspace():
        position += 1
    return position


def _may_begin(text: str, position: int, end: int) -> bool:
    """Whether a sentence can begin here: capital, digit, guillemet, dash, bullet."""
    if position >= end:
        return False
    char = text[position]
    if char in "([" and position + 1 < end:
        return text[position + 1].isupper()
    return char.isupper() or char.isdigit() or char in _OPENERS


def _goes_on(text: str, line_start: int, stop: int, following: int) -> bool:
    """Whether the full stop at ``stop`` leaves the sentence open."""
    if stop - line_start <= _ENUMERATOR_CHARS and _ENUMERATOR.fullmatch(text, line_start, stop):
        return True
    begin = stop
    while begin > max(line_start, stop - _LOOKBACK_CHARS) and text[begin - 1].isalpha():
        begin -= 1
    word = text[begin:stop]
    folded = word.lower()
    if folded in _ANNOUNCING or word == "M":
        return True
    if folded in _BEFORE_NUMBER and text[following].isdigit():
        return True
    return len(word) == 1 and word.isupper() and _is_initial(text, begin, following)


def _is_initial(text: str, letter: int, following: int) -> bool:
    """Whether the capital at ``letter`` is an initial or opens an article number."""
    if text[letter] in "LRDA" and text[following].isdigit():
        return True
    if letter and (text[letter - 1].isalnum() or text[letter - 1] in "'’°€"):
        return False
    if not text[following].isupper() or _ELIDED.match(text, following):
        return False
    word = _WORD.match(text, following)
    return word is not None and word.group().lower() not in _STARTERS
