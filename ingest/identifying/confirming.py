"""Signs that a text speaks for itself, as a circular or a decree does, and isn't about one.

A notice of a legal watch copies a title, a NOR and a summary; only the text itself writes to the
prefects, decides, gives instructions or is signed.
"""

import re
from collections.abc import Sequence
from typing import Final

from ingest.identifying import letterhead
from ingest.identifying.naming import Line
from ingest.identifying.titling import plain

_STRONG = 2
_READ_CHARS = 200_000
_TAIL_LINES = 40

_OWN_FIELDS = re.compile(
    r"^(?:date d'application ?:|.{0,40}texte non paru au|validee? par le cnp|plan de classement)"
)
_ENACTS = re.compile(
    r"^(?:(?:(?:le|la|les|l')[^.;:]{2,120}[, ])?(?:arrete(?:nt)? ?:|decrete(?:nt)? ?:?|ordonne ?:)$"
    r"|l'assemblee nationale et le senat ont|le president de la republique promulgue"
    r"|.{0,200}promulgue la loi dont la teneur suit)"
)
_DELEGATED = re.compile(r"(?:pour (?:le|la|les|l')[^.;:]{3,120} )?(?:et )?par delegation ?[,:]?")
_SPEAKS = re.compile(
    r"(?<!\w)(?:presente (?:circulaire|instruction|loi|note|deliberation)"
    r"|present (?:decret|arrete)|je vous (?:demande|prie|invite|saurais)"
    r"|nous vous (?:demandons|prions|invitons)|vous (?:voudrez bien|veillerez)"
    r"|il vous (?:appartient|revient|est demande))(?!\w)"
)
_QUOTES = re.compile(r'«[^«»]{0,600}»|“[^“”]{0,600}”|"[^"\n]{0,600}"')
_FIELDS: Final = (
    re.compile(r"(?:classement thematique|categorie) ?:"),
    re.compile(r"(?:resume|mots[- ]cles?) ?:"),
    re.compile(r"objet ?:"),
    re.compile(r"(?:textes? de reference|circulaires? ?/? ?(?:instructions? )?abrogees?) ?:"),
    re.compile(r"(?:jorf|journal officiel|bulletin officiel|b\.?o\.? )"),
)
_VISA = re.compile(r"vu (?:le|la|les|l'|ensemble)")
_FIRST_ARTICLE = re.compile(r"(?:article (?:1er|premier|1)|art\. ?1(?:er)?)\b")


def signs(head: Sequence[Line], text: str) -> int:
    """Count what confirms a title: two a strong sign, one a weak one; zero without a voice.

    A voice is a letter's address, a decision, a promulgation, an instruction (« je vous demande »,
    « la présente circulaire », out of quotes), visas over an article, a signature, a field of the
    official sheet. A NOR is a strong sign but no voice: notices copy it.

    Args:
        head: the first lines.
        text: the whole text; its first 200,000 characters are read, and its last lines.
    """
    lines = [line.plain for line in head]
    low = plain(text[:_READ_CHARS])
    visas, article = _any(_VISA, lines), _any(_FIRST_ARTICLE, lines)
    strong_voices = (
        letterhead.sender(head) is not None,
        _any(_OWN_FIELDS, lines),
        _any(_ENACTS, lines),
        bool(letterhead.signed_days(text)) or _any(_DELEGATED, _last_lines(text)),
    )
    weak_voices = (_SPEAKS.search(_QUOTES.sub("", low)) is not None, visas and article)
    if not any(strong_voices) and not any(weak_voices):
        return 0
    strong = sum(strong_voices) + bool(letterhead.nors(head))
    weak = sum(weak_voices) + sum(_any(pattern, lines) for pattern in _FIELDS) + visas + article
    return _STRONG * strong + weak


def _any(pattern: re.Pattern[str], lines: Sequence[str]) -> bool:
    return any(pattern.match(line) for line in lines)


def _last_lines(text: str) -> list[str]:
    return [plain(line).strip() for line in text[-_READ_CHARS:].split("\n")[-_TAIL_LINES:]]
