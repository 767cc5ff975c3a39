"""The line that names an official text: kind, number, NOR, date, where the title ends."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.quantities import find_quantities
from corpus.references import find_references, folded
from corpus.types import Kind

TITLE_CHARS: Final = 600
_AFTER_CHARS = 40
_NUMBER_CHARS = 150
_NUMERO_SIGN = "n° "
_UNACCENTED = str.maketrans("àâäçéèêëîïôöûùü", "aaaceeeeiioouuu")

_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    (
        r"(?:lettre[- ])?circulaire(?: (?:inter)?(?:ministerielle|prefectorale|commune|conjointe"
        r"|budgetaire|generale|technique|d'application)){0,2}",
        "circulaire",
    ),
    (
        r"instruction(?: (?:(?:inter)?(?:ministerielle|prefectorale)|conjointe|commune|technique"
        r"|generale|budgetaire|du gouvernement)){0,2}",
        "instruction",
    ),
    (r"decret(?: en conseil d'etat)?", "décret"),
    (
        r"arrete(?: (?:inter)?(?:prefectoral|ministeriel|departemental|municipal|conjoint"
        r"|modificatif|reglementaire)){0,2}",
        "arrêté",
    ),
    (r"loi(?: (?:organique|constitutionnelle))?", "loi"),
    (
        r"(?:note (?:d'information|de service|technique|d'instruction)|ordonnance|decision"
        r"|deliberation)(?: (?:inter)?ministerielle| conjointe)?",
        "inconnue",
    ),
)
"""Names of texts in the order tried; a note, a decision, an ordinance has no kind of ours."""
_BARE: Final = frozenset(("circulaire", "instruction", "arrêté", "décret"))
_NAMES = re.compile(
    "(?:" + "|".join(rf"(?P<k{n}>{pattern})" for n, (pattern, _) in enumerate(_KINDS)) + r")(?!\w)"
)
_SERVICES = re.compile(r" (?:[a-z0-9]{1,12}[/-]){1,7}[a-z0-9]{1,12}(?= n)")
_NUMERO = re.compile(r"[ :,-]{0,3}n ?(?:°|os?\b|\.) ?:? ?")
_ODD_NUMBER = re.compile(r"[a-z0-9][\w./-]{0,40}(?: ?/ ?[\w.-]{1,20}){0,4}")
_NOR_LABEL = re.compile(r"[ (,;-]{0,4}(?:n ?° ?)?nor ?[:/]? ?")
_DATED = re.compile(
    r"[ ,()-]{0,4}(?:en date )?du (?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
)
_OF_AN_AUTHORITY = re.compile(
    r" (?:du|de la|des) (?:premiere? |secretaire|garde|haut|directe|prefet|ministre)"
    r"[^\d.;:]{0,150}?(?=,? du \d)"
)
_GOES_ON = re.compile(
    r"[ ,;.)-]{0,4}(?:$|\(|(?:relati(?:f|ve)s?|portant|concernant|visant)\b"
    r"|prise?s? (?:en|pour)\b|sur (?:la|le|les|l')|pour (?:la|le|les|l')"
    r"|(?:d'orientation|de finances|de programmation|tendant|texte)\b"
    r"|(?!(?:avant|pendant|durant|devant|maintenant|cependant|suivant)\b)[a-z]{3,16}ant\b)"
)
_COLON = re.compile(r"[ ,;.()]{0,4}[:?!»–-]")
FIELD = re.compile(
    r"[ .;,(–-]{0,4}(?<!\w)(?:nor ?:|date d'application|classement|validee? par|categorie ?:"
    r"|resume ?:|mots[- ]cles|texte non paru|references? ?:|objet ?:"
    r"|(?:le|la) (?:premiere? )?(?:ministre|secretaire d'etat|garde des sceaux|prefete?)\b"
    r"[^.;]{0,200}? a (?:mesdames|messieurs|madame|monsieur))"
)
"""What a head holds beside its title: fields of its sheet, the letter's address."""
_SENTENCE_END = re.compile(r"[.!?] (?=[a-z«])")
_NAMED_AGAIN = re.compile(r"\b(?:circulaire|instruction|decret|arrete|loi|ordonnance|note)\b")


@dataclass(frozen=True, slots=True)
class Titled:
    """What a title says: ``text[:end]`` is the title, ``doubts`` grows with what is unusual."""

    kind: Kind
    end: int
    number: str | None
    nor: str | None
    day: date | None
    doubts: int


def plain(text: str) -> str:
    """Give the text in lower case without accents, ``len(text)`` code points long."""
    return folded(text).translate(_UNACCENTED)


def begins_title(low: str) -> bool:
    """Tell whether a plain text begins with the name of a kind of text."""
    return _NAMES.match(low) is not None


def titled(text: str) -> Titled | None:
    """Read « Circulaire n° … du … relative à … » at the beginning of a text.

    A verb, a question or anything but a title after the name gives ``None``; a colon, a sentence
    that follows, no number and no date are doubts.
    """
    low = plain(text)
    name = _NAMES.match(low)
    if name is None:
        return None
    kind = _KINDS[int((name.lastgroup or "k0")[1:])][1]
    read = _Reading(text, low, name.end())
    read.all()
    bare = not read.numbered and read.day is None
    doubts = int(bare)
    if bare and kind not in _BARE:
        return None
    if not goes_on(low, read.at):
        if bare or not _COLON.match(low, read.at):
            return None
        doubts += 1
    end, cut = _title_end(low, read.at)
    nor = read.nor or _nor_after(text, low, read.at)
    return Titled(kind, end, read.number, nor, read.day, doubts + cut)


def goes_on(low: str, at: int) -> bool:
    """Tell whether a title may go on, or end, at that place of a plain text."""
    return bool(_GOES_ON.match(low, at) or FIELD.match(low, at))


def day_at(text: str) -> tuple[date, int] | None:
    """Give the full date that a text begins with, and where it ends."""
    for quantity in find_quantities(text[:_AFTER_CHARS]):
        if quantity.start > 1 or quantity.kind != "date" or quantity.value[0] == "-":
            return None
        try:
            return date.fromisoformat(quantity.value), quantity.end
        except ValueError:
            return None
    return None


def nor_at(text: str) -> str | None:
    """Give the NOR that a text begins with."""
    for reference in find_references(text[:_AFTER_CHARS]):
        return reference.value if reference.kind == "nor" and reference.start <= 1 else None
    return None


def _nor_after(text: str, low: str, start: int) -> str | None:
    """Give the NOR that follows a title, unless the title named another text before it."""
    place = low.find("nor", start)
    while place >= 0:
        label = _NOR_LABEL.match(low, place)
        found = nor_at(text[label.end() :]) if label else None
        if found is not None:
            return None if _NAMED_AGAIN.search(low, start, place) else found
        place = low.find("nor", place + 3)
    return None


def _title_end(low: str, start: int) -> tuple[int, int]:
    """Give where the title ends, and 1 where prose goes on in the same block."""
    end, doubt = len(low), 0
    if field := FIELD.search(low, start):
        end = field.start()
    if sentence := _SENTENCE_END.search(low, start, end):
        end, doubt = sentence.start() + 1, 1
    if end > TITLE_CHARS and " " in low[start:TITLE_CHARS]:
        end = low.rfind(" ", start, TITLE_CHARS)
    return end, doubt


@dataclass(slots=True)
class _Reading:
    """What stands right after the name of a text: its number, its NOR, its date."""

    text: str
    low: str
    at: int
    number: str | None = None
    nor: str | None = None
    day: date | None = None
    numbered: bool = False

    def all(self) -> None:
        """Read on while something that identifies the text follows."""
        if authority := _OF_AN_AUTHORITY.match(self.low, self.at):
            self.at = authority.end()
        if not self._nor():
            self._number()
        for _ in range(2):
            if not (self._nor() or self._day()):
                break

    def _number(self) -> None:
        services = _SERVICES.match(self.low, self.at)
        numero = _NUMERO.match(self.low, services.end() if services else self.at)
        first = numero.end() if numero else self.at
        found = find_references(_NUMERO_SIGN + self.text[first : first + _NUMBER_CHARS])
        start = found[0].start - len(_NUMERO_SIGN) if found else _NUMBER_CHARS
        if found and found[0].kind in ("number", "act") and start <= 1:
            self.number, self.numbered = found[0].full, True
            self.at = first + found[0].end - len(_NUMERO_SIGN)
        elif numero and (odd := _ODD_NUMBER.match(self.low, first)):
            self.numbered, self.at = True, odd.end()

    def _nor(self) -> bool:
        label = _NOR_LABEL.match(self.low, self.at)
        if label is None or self.nor is not None:
            return False
        self.nor = nor_at(self.text[label.end() :])
        if self.nor is not None:
            end = find_references(self.text[label.end() : label.end() + _AFTER_CHARS])[0].end
            self.numbered, self.at = True, label.end() + end
        return self.nor is not None

    def _day(self) -> bool:
        before = _DATED.match(self.low, self.at)
        found = day_at(self.text[before.end() :]) if before and self.day is None else None
        if before is None or found is None:
            return False
        self.day, self.at = found[0], before.end() + found[1]
        return True
