"""What a département writes itself: notes, deliberations, minutes, rules, under its letterhead.

Such texts have no NOR and no fixed form. One is believed on its name where a title stands, under
or over a letterhead of a public body, with nothing else before; a page that only announces it
also shows its name, and needs a sign that the text itself is there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ingest.identifying import letterhead
from ingest.identifying.naming import Line, is_blocked, is_letterhead, is_mail, is_prose, joined_at
from ingest.identifying.titling import day_at, goes_on, plain

_HEAD_LINES: Final = 15
_NAME_CHARS: Final = 160
_FIELD_CHARS: Final = 60
_MOST_ADDRESSEES: Final = 12
_NAMES = re.compile(
    r"(?:(?P<minutes>compte[- ]rendu|proces[- ]verbal|releve de decisions)"
    r"|(?P<plan>(?:reglement|schema) departemental)"
    r"|note (?:interne|d'information|de service|de procedure|de cadrage|d'organisation|technique)"
    r"|deliberation|decision)(?!\w)"
)
_OF_WHAT = re.compile(
    r" (?:d'|de |du |des |en |a |aux |unique |departementale?\b|interne\b)[^\d.:;?!«»–]{1,120}?"
    r"(?=$| ?[–:(]|,? n ?°|,? (?:du|le) (?:[a-z]{5,8} )?(?:\d|premier)| 20\d\d)"
)
_NUMERO = re.compile(r"[ :,(-]{0,4}n ?(?:°|os?\b|\.) ?:? ?(?=[a-z0-9./_-]{0,20}\d)")
_NUMBER = re.compile(r"[a-z0-9][\w.-]{0,24}(?:/[\w.-]{1,16}){0,4}")
_OF_DAY = re.compile(
    r"[ ,(-]{0,4}(?:en date |de la (?:reunion|seance) )?(?:du|le) "
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
)
_YEARS = re.compile(r"[ ,:(–-]{1,4}20\d\d(?: ?(?:[-–/]|a|et) ?20\d\d)?\)?(?!\d)")
_ROW_LABEL = re.compile(r"^([^\d:]{4,40}?) : (?=[Nn] ?°)")
_DASH = re.compile(r"\)? ?[–—-] (?=\w)")
_COLON = re.compile(r" ?: (?=\w)")
_BODY = re.compile(
    r"(?:le |la |l')?(?:departement (?:du|des?|d')|conseil departemental\b|conseil general\b"
    r"|metropole (?:du|des?|d')|collectivite (?:europeenne|territoriale|de)\b|ville de paris\b"
    r"|prefecture\b|agence regionale de sante\b|maison departementale\b"
    r"|observatoire departemental\b|foyer departemental\b"
    r"|direction departementale\b|direction interdepartementale\b)"
)
_UNIT = re.compile(r"(?:direction|pole|service|bureau|mission|cellule|unite)\b")
_ENDS_OPEN = re.compile(r".*(?: (?:du|des?|la|le|et|pour)|[:,;])$")
_REGISTER = re.compile(
    r"(?:extraits? (?:du|des) (?:registre|deliberations|proces)|seance (?:du|publique|ordinaire)"
    r"|reunion du|commission permanente|assemblee departementale|republique francaise"
    r"|session (?:de|du|ordinaire))"
)
_SIGNS = re.compile(
    r"(?:objet ?:|destinataires? ?:|date (?:de la note |de diffusion )?:|dossier suivi par"
    r"|affaire suivie par|redacteurs? ?:|emetteur ?:|diffusion ?:|vu (?:le|la|les|l')"
    r"|(?:etaient )?(?:presents?|presentes|excuses?)(?: ?:|\b.{0,3}:)|ordre du jour"
    r"|version (?:en vigueur|consolidee|du)\b|mise? a jour|(?:livre|titre|partie|chapitre) [1i]\b"
    r"|article (?:1er|premier|1)\b|sommaire\b|table des matieres|adopte(?:e)? (?:par|le|en)"
    r"|decide ?:|apres en avoir delibere)"
)
_SPEAKS = re.compile(
    r"(?<!\w)(?:presente? (?:note|deliberation|decision|reglement|schema|proces-verbal)"
    r"|je vous (?:demande|prie|invite|rappelle)|vous (?:voudrez bien|veillerez))(?!\w)"
)
_ANNOUNCES = re.compile(
    r"(?<!\w)(?:telecharge[rz]|lire la suite|en piece jointe|ci-jointe?s?|vient de paraitre"
    r"|est parue?|est en ligne|(?:consulte[rz]|retrouve[rz]|lire) (?:la|le|cette|ce) "
    r"(?:note|deliberation|decision|reglement|schema|compte|proces))"
)
_DATE_FIELD = re.compile(r"date(?: de (?:la )?(?:note|signature|decision))? ?: ?(?:le )?")
_TO_FIELD = re.compile(r"destinataires? ?: ?")
_READ_CHARS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Local:
    """What a text of a local body says of itself; ``day`` is unknown for minutes and plans.

    Without a letterhead, ``issuer`` is unknown.
    """

    title: str
    number: str | None
    day: date | None
    issuer: str | None
    addressees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    number: str | None
    day: date | None
    dated: bool
    bare: bool
    usual: bool
    place: int


def local_text(head: Sequence[Line], text: str) -> Local | None:
    """Give what a head shows of a local body's own text, ``None`` where that isn't sure.

    Args:
        head: the first lines, as ``head_of`` gives them.
        text: the document's whole text.
    """
    title = _title(head)
    issuer = _issuer(head)
    if title is None or issuer is None or not _is_itself(title, head, text):
        return None
    return Local(_shown(title, head), title.number, _day(title, head), issuer, _addressees(head))


def headed(head: Sequence[Line], text: str) -> Local | None:
    """Give the title that stands over a text without a letterhead (« Note de service n° 7 »),
    with its subject: what it calls itself is no proof of what it is. Its number and its day count
    only where the text itself is there, as ``local_text`` tells."""
    title = _title(head)
    if title is None or not title.usual:
        return None
    shown, people = _shown(title, head), _addressees(head)
    if not _is_itself(title, head, text):
        return Local(shown, None, None, None, ())
    return Local(shown, title.number, _day(title, head), None, people)


def called(title: str) -> str | None:
    """Give what a title calls its text (« note de service »), ``None`` for no usual name."""
    name = _NAMES.match(plain(title))
    return title[: name.end()].lower() if name else None


def _day(title: _Title, head: Sequence[Line]) -> date | None:
    if not title.dated:
        return None
    return title.day or _only(letterhead.letter_days(head) | _field_days(head))


def _shown(title: _Title, head: Sequence[Line]) -> str:
    subject = letterhead.subject(head) if title.bare else None
    return f"{title.text} – {subject}" if subject else title.text


def _title(head: Sequence[Line]) -> _Title | None:
    """Give the first line that names the text, with nothing above it but a letterhead."""
    for place, line in enumerate(head[:_HEAD_LINES]):
        if line.kind in ("note", "item"):
            return None
        name = _NAMES.match(line.plain)
        if name is not None:
            return None if any(is_mail(one) for one in head) else _read(head, place, name)
        if not _stands_above(line):
            return None
    return None


def _named(head: Sequence[Line]) -> list[tuple[int, re.Match[str]]]:
    found = ((place, _NAMES.match(line.plain)) for place, line in enumerate(head))
    return [(place, name) for place, name in found if name]


def _stands_above(line: Line) -> bool:
    """Tell a line of a letterhead: an office, a meeting, a place and a day, a field."""
    known = (_BODY, _UNIT, _REGISTER, _DATE_FIELD)
    if any(pattern.match(line.plain) for pattern in known) or letterhead.letter_days([line]):
        return True
    return not is_blocked(line) and not is_prose(line) and is_letterhead(line)


def _read(head: Sequence[Line], place: int, name: re.Match[str]) -> _Title | None:
    """Read the number and the date after a name; ``None`` where something else follows."""
    text = _ROW_LABEL.sub(r"\1 ", joined_at(head, place))
    low = plain(text)
    at, number, day = name.end(), None, None
    if not name[0].startswith("note") and (what := _OF_WHAT.match(low, at)):
        at = what.end()
    if (numero := _NUMERO.match(low, at)) and (found := _NUMBER.match(low, numero.end())):
        number = text[found.start() : found.end()].rstrip(".-")
        at = numero.end() + len(number)
    if (of_day := _OF_DAY.match(low, at)) and (dated := day_at(text[of_day.end() :])):
        day, at = dated[0], of_day.end() + dated[1]
    if years := _YEARS.match(low, at):
        at = years.end()
    bare = not low[at:].strip(" .,;:–—-()")
    usual = bare or goes_on(low, at)
    if low.endswith(("?", "!")) or not (usual or _DASH.match(low, at) or _COLON.match(low, at)):
        return None
    dated_kind = not (name["minutes"] or name["plan"])
    shown = text[:at] if bare else text
    return _Title(shown.strip(" ,;:–—-("), number, day, dated_kind, bare, usual, place)


def _is_itself(title: _Title, head: Sequence[Line], text: str) -> bool:
    """Tell the text from a page about it."""
    others = (_read(head, place, name) for place, name in _named(head) if place != title.place)
    if any(other and other.number and other.number != title.number for other in others):
        return False  # a list of them
    body = plain(text[:_READ_CHARS])
    signed = any(_SIGNS.match(line.plain) for line in head[title.place + 1 :])
    if signed or _SPEAKS.search(body) or letterhead.signed_days(text):
        return True
    if _ANNOUNCES.search(body) or (title.number and body.count(title.number.lower()) > 1):
        return False
    known = title.number is not None or not title.dated
    return known and title.usual and title.day is not None


def _issuer(head: Sequence[Line]) -> str | None:
    """Give the public body of the letterhead, with the unit named right under it."""
    for place, line in enumerate(head[:_HEAD_LINES]):
        if not _BODY.match(line.plain) or is_prose(line) or len(line.text) > _NAME_CHARS:
            continue
        if _ENDS_OPEN.match(line.plain) or line.kind in ("item", "note"):
            continue
        after = head[place + 1] if place + 1 < len(head) else None
        unit = after and _UNIT.match(after.plain) and len(after.text) <= _NAME_CHARS
        return f"{line.text} — {after.text}" if after and unit else line.text
    return None


def _field_days(head: Sequence[Line]) -> frozenset[date]:
    days = set()
    for line in head[:_HEAD_LINES]:
        label = _DATE_FIELD.match(line.plain)
        if label and (found := day_at(line.text[label.end() :])):
            days.add(found[0])
    return frozenset(days)


def _addressees(head: Sequence[Line]) -> tuple[str, ...]:
    for line in head[:_HEAD_LINES]:
        if label := _TO_FIELD.match(line.plain):
            named = [part.strip(" .") for part in line.text[label.end() :].split(";")]
            return tuple(n for n in named if 0 < len(n) <= _NAME_CHARS)[:_MOST_ADDRESSEES]
    return ()


def _only(days: frozenset[date]) -> date | None:
    return next(iter(days)) if len(days) == 1 else None
