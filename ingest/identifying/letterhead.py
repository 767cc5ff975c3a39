"""What stands around a title: fields of the sheet, letter's address, dates, signatures."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from corpus.quantities import find_quantities
from corpus.types import TextStatus
from ingest.identifying.naming import Line, is_prose
from ingest.identifying.titling import begins_title, day_at, nor_at, plain

_SHEET_CHARS = 400
_ISSUER_CHARS = 300
_ADDRESSEE_CHARS = 160
_ADDRESSEES = 12
_SIGNERS_LINES = 8
_OTHER_LINES = 3
_SIGNATURES = 40
_ENTRIES = 40
_BEFORE_CHARS = 160
_LINK_CHARS = 10
_WEEKDAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"

_NOR = re.compile(r"(?:^|(?<=[ (]))nor ?[:/]? ?(?=[a-z]{4} ?\d)")
_NOR_LINE = re.compile(r"[(\[ ]{0,2}(?:nor\b|n ?° ?nor\b|date d'application)")
_CITES = re.compile(
    r"(?:textes? de reference|references? ?:|textes? (?:abroge|modifie)|vu (?:le|la|les|l')"
    r"|(?:circulaire|instruction)s?[ /a-z]{0,20} (?:abrogee|modifiee)s? ?:)"
)
_AUTHORITY = re.compile(
    r"(?:le |la |les |l')(?:premiere? )?(?:ministres?|secretaires? d'etat|garde des sceaux"
    r"|haute?[- ]commissaire|prefete?s?|directeurs?|directrices?|delegue|presidente?|recteur)\b"
)
_LINKED = re.compile(r"(?:[,;:(]|(?<!\w)(?:et|ou|a|de|par|pour|avec|aupres)) $")
_TO_PEOPLE = re.compile(
    r",? ?\ba (?=(?:mesdames|messieurs|madame|monsieur|mmes?|mm\.)"
    r" ?(?:,| et| ou|la |le |les |l'|messieurs))"
)
_PEOPLE = re.compile(
    r"(?<!\w)(?:mesdames|messieurs|madame|monsieur)"
    r"(?:,? ?(?:et|ou)? ?(?:messieurs|mesdames|monsieur|madame))?,? (?:la |le |les |l')"
)
_PURPOSE = re.compile(r"\((?:pour|copie)[^()]{0,80}\)")
_BESIDE = re.compile(r" ?\b(?:copie|nor ?:|objet ?:|date d'application|pour (?:attribution|exec))")
_LABELLED_PEOPLE = re.compile(r"destinataires? ?: ?")
_MINISTRY = re.compile(r"(?:ministere|secretariat d'etat|premier ministre|prefecture|prefete? d)\b")
_OBJECT = re.compile(r"objet ?: ?")
_PLACE_AND_DATE = re.compile(rf"(?:fait )?(?:a )?[a-z' -]{{2,40}}, ?le {_WEEKDAY}(?=\d|premier)")
_SIGNED = re.compile(
    rf"(?<!\w)fait (?:a [a-z' -]{{2,40}}?,? ?(?:\(\d{{2,5}}\),? ?)?)?,? ?le {_WEEKDAY}"
    r"(?=\d|premier)"
)
_PUBLISHED = re.compile(
    r"(?:(?:publiee?|parue?|mise? en ligne)\b|date (?:de publication|de mise en ligne)|jorf\b"
    r"|journal officiel\b|b\.?o\.? |bulletin officiel\b|jo n ?°|jo du )"
)
_IN_FORCE_FIELD = re.compile(
    r"(?:date d'(?:application|entree en vigueur|effet)|entree en vigueur) ?: ?"
    r"(?:(?:le|au|a compter du) )?"
)
_ENTERS = re.compile(
    r"entr(?:e|ent|era|eront|ee) en vigueur (?:(?:a compter du|le|au|des le) )"
    r"|(?:est|sont) applicables? (?:a compter du|a partir du|des le) "
)
_OWN_TEXT = re.compile(
    r"(?<!\w)(?:le present (?:decret|arrete|texte)|la presente (?:loi|circulaire|instruction)"
    r"|(?:du|de la|au|a la) presente? (?:decret|arrete|loi|circulaire|instruction|texte))\b"
)
_EXCEPTION = re.compile(r"(?:sauf|exception|sous reserve|toutefois|a l'exclusion)\b")
_SENTENCE_ENDS = re.compile(r"[.;\n]")
_ABROGATED = re.compile(
    r"(?:(?:texte|version|circulaire|instruction|arrete|decret|loi|document|statut ?:) )?"
    r"(?:est )?abrogee?\b(?! ?s?(?:\)| ?:| les? | la | l'))"
)


def nors(head: Sequence[Line]) -> frozenset[str]:
    """Give the NOR of the head's own fields (« NOR : … » at the beginning of a line)."""
    found: set[str] = set()
    for line in head:
        if _CITES.match(line.plain):
            break
        if line.kind == "note" or not _NOR_LINE.match(line.plain):
            continue
        for label in _NOR.finditer(line.plain[:_SHEET_CHARS]):
            if nor := nor_at(line.text[label.end() :]):
                found.add(nor)
    return frozenset(found)


def sender(head: Sequence[Line]) -> tuple[str, tuple[str, ...]] | None:
    """Give who writes and to whom: « Le ministre … à Mesdames et Messieurs les préfets … »."""
    for position, line in enumerate(head):
        if not _AUTHORITY.match(line.plain) or is_prose(line):
            continue
        signers = ""
        for step, after in enumerate(head[position : position + _SIGNERS_LINES]):
            inside = _TO_PEOPLE.search(after.plain)
            if inside is not None and (step == 0 or inside.start() == 0 or signers):
                issuer = _with(signers, after, after.text[: inside.start()])
                rest = [after.text[inside.end() :]]
                rest += [n.text for n in head[position + step + 1 :][:_ADDRESSEES]]
                return _clean(issuer), _addressees(rest)
            ends = after.plain.rstrip(" :,").endswith(" a") or after.plain.rstrip(" :,") == "a"
            following = [n.text for n in head[position + step + 1 :][:_ADDRESSEES]]
            if ends and following and _PEOPLE.match(plain(following[0])):
                signers = _with(signers, after, after.text.rstrip(" :,")[:-1])
                return _clean(signers), _addressees(following)
            if is_prose(after) or after.kind in ("note", "item"):
                break
            signers = _with(signers, after, after.text)
    return None


def _with(signers: str, line: Line, text: str) -> str:
    """Give the signers with one more, or with the second line of the last one."""
    another = signers and _AUTHORITY.match(line.plain)
    return f"{_clean(signers)} ; {text}" if another else f"{signers} {text}".strip()


def issuer(head: Sequence[Line]) -> str | None:
    """Give who issues a text: the letter's sender, the authority above the visas, a ministry."""
    if found := sender(head):
        return _apart(found[0]) or None
    for line, after in pairwise(head):
        visa = after.plain.startswith(("vu ", "sur le rapport", "sur proposition"))
        if _AUTHORITY.match(line.plain) and visa and len(line.text) <= _ISSUER_CHARS:
            return _apart(_clean(line.text))
    ministries = [
        line.text
        for line in head[:15]
        if _MINISTRY.match(line.plain) and len(line.text) <= _ADDRESSEE_CHARS and not is_prose(line)
    ]
    return " ; ".join(dict.fromkeys(ministries)) or None


def _apart(signers: str) -> str:
    """Give signers, each one's capital article after a semicolon where nothing links them."""
    low = plain(signers)
    cuts = [
        match.start()
        for match in _AUTHORITY.finditer(low, 1)
        if signers[match.start()].isupper()
        and low[match.start() - 1] == " "
        and not _LINKED.search(low, max(0, match.start() - _LINK_CHARS), match.start())
    ]
    bounds = [0, *cuts, len(signers)]
    return " ; ".join(_clean(signers[start:end]) for start, end in pairwise(bounds))


def addressees(head: Sequence[Line]) -> tuple[str, ...]:
    """Give whom a text is sent to, in its words; empty where the head doesn't show it simply."""
    if found := sender(head):
        return found[1]
    for line in head:
        if label := _LABELLED_PEOPLE.match(line.plain):
            named = [_clean(part) for part in line.text[label.end() :].split(";")]
            return tuple(n for n in named if 0 < len(n) <= _ADDRESSEE_CHARS)[:_ADDRESSEES]
    return ()


def subject(head: Sequence[Line]) -> str | None:
    """Give what follows « Objet : »."""
    for line, after in zip(head, (*head[1:], None), strict=True):
        if label := _OBJECT.match(line.plain):
            text = line.text[label.end() :] or (after.text if after else "")
            return _clean(text)[:_ISSUER_CHARS] or None
    return None


def signed_days(text: str) -> list[date]:
    """Give the dates of the signatures of a text, in order."""
    days = []
    for count, match in enumerate(_SIGNED.finditer(plain(text))):
        if count == _SIGNATURES:
            break
        if found := day_at(text[match.end() : match.end() + _ADDRESSEE_CHARS]):
            days.append(found[0])
    return days


def letter_days(head: Sequence[Line]) -> frozenset[date]:
    """Give the date of a letterhead (« Paris, le 18 février 2022 »), alone on its line."""
    found: set[date] = set()
    for line in head:
        place = _PLACE_AND_DATE.match(line.plain)
        day = day_at(line.text[place.end() :]) if place else None
        if place and day and not line.plain[place.end() + day[1] :].strip(" ."):
            found.add(day[0])
    return frozenset(found)


def publication(head: Sequence[Line]) -> date | None:
    """Give the date of « Publié au JO du … », « Mis en ligne le … »; ``None`` if two differ."""
    days = set()
    for line in head:
        if not _PUBLISHED.match(line.plain) or is_prose(line) or len(line.text) > _SHEET_CHARS:
            continue
        dates = [q.value for q in find_quantities(line.text) if q.kind == "date"]
        if len(dates) == 1 and dates[0][0] != "-":
            days.add(dates[0])
    try:
        return date.fromisoformat(days.pop()) if len(days) == 1 else None
    except ValueError:
        return None


def in_force(head: Sequence[Line], text: str) -> date | None:
    """Give the date from which a text says it applies; ``None`` if it says none or several."""
    days: set[date] = set()
    for line in head:
        if label := _IN_FORCE_FIELD.match(line.plain):
            found = day_at(line.text[label.end() :])
            days |= {found[0]} if found else set()
    low = plain(text)
    for count, match in enumerate(_ENTERS.finditer(low)):
        if count == _ENTRIES:
            break
        before = low[max(0, match.start() - _BEFORE_CHARS) : match.start()]
        after = low[match.end() : match.end() + _BEFORE_CHARS]
        sentence = _SENTENCE_ENDS.split(before)[-1]
        excepted = _EXCEPTION.search(sentence + _SENTENCE_ENDS.split(after)[0])
        found = day_at(text[match.end() : match.end() + _BEFORE_CHARS])
        if found and _OWN_TEXT.search(sentence) and not excepted:
            days.add(found[0])
    return days.pop() if len(days) == 1 else None


def status(head: Sequence[Line]) -> TextStatus:
    """Give « abrogé » where a line of the head says it of the text itself."""
    named = any(_ABROGATED.match(line.plain) and not is_prose(line) for line in head[:20])
    return "abrogé" if named else "inconnu"


def _addressees(texts: Sequence[str]) -> tuple[str, ...]:
    """Give the people named by lines, up to three lines in a row that name none."""
    named: list[str] = []
    others = 0
    for text in texts:
        text = _PURPOSE.sub(lambda match: " " * len(match[0]), text)
        low = plain(text)
        starts = [match.start() for match in _PEOPLE.finditer(low)]
        if not starts:
            others += bool(low.strip())
            if others == _OTHER_LINES or begins_title(low):
                break
            continue
        others = 0
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            beside = _BESIDE.search(low, start, end)
            named.append(_clean(text[start : beside.start() if beside else end]))
    short = [name for name in dict.fromkeys(named) if 0 < len(name) <= _ADDRESSEE_CHARS]
    return tuple(short[:_ADDRESSEES])


def _clean(text: str) -> str:
    words = text.split()
    while words and words[-1].strip(" ,;:.–-") in ("", "et", "à"):
        words.pop()
    return " ".join(words).strip(" ,;:.–-")
