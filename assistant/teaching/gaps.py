"""The quantity of a statement that a quiz can ask: where it stands, and how it is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.wording import day
from corpus.lexicon import fold
from corpus.quantities import Quantity, find_quantities

GapKind = Literal["date", "month", "amount", "percent", "duration", "number"]
_ORDER: tuple[GapKind, ...] = ("amount", "percent", "duration", "date", "number", "month")
# What names a text, a place in it or a number that is a name: nobody is asked for that.
_NAMING = re.compile(
    r"(?:\b(?:lois?|decrets?|circulaires?|instructions?|arretes?|ordonnances?|codes?|rapports?"
    r"|avis|decisions?|arrets?|amendements?|communiques?|projet de loi|journal officiel"
    r"|gazette|strategie|bulletin officiel|comite strategique|plan|accord)"
    r"(?: [^,;.:()]{0,40})? (?:du|de|le|date du|date de|en date du)"
    r"|\b(?:articles?|art|annexes?|alineas?|missions?|actions?|objectifs?|titres?|chapitres?"
    r"|programmes?|numeros?|n°|no|lot|version|tome|phase|axe|engagement|fiche|niveau"
    r"|proposition|recommandation|plafond|bulletin|fin|debut|depuis la loi|texte adopte)"
    r"|\bl)\s*$"
)
_ISSUER = (
    r"(?:conseil (?:d'etat|constitutionnel)|cour (?:de cassation|des comptes|d'appel)[^,;.]{0,30}"
    r"|tribunal [^,;.]{2,30}|juge des referes)"
)
_DECIDED = re.compile(rf"\bpar (?:le |la )?{_ISSUER},? le $")
_DECIDES = re.compile(
    rf"(?: \([^)]*\))?,? (?:le |la )?{_ISSUER}[^,;.]{{0,20}} (?:juge|rappelle|decide|estime|precise"
    r"|admet|reconnait|considere|enonce) "
)
"""The date of a decision, whose rule is what matters (folded): a rule is never told false by it."""
_BEYOND = re.compile(r"\b(?:poster|anter)ieure?s? (?:au|a la|aux|a)\s*$")
_NAMES = {"119", "304", "115", "116", "117", "1000"}
_NOUN = re.compile(r"\s+(?:de\s+|d')?([^\W\d_]{3,})")
_NO_NOUN = re.compile(r"(?:quarts?|tiers|derniers?|dernieres?|premiers?|premieres?|fois|revolus)$")
# « la note de novembre 2025 » names a text; « à compter du 1er mars » says when.
_OF = re.compile(r"(\w*)\s*\b(?:du|de|d'|des)\s*$")
_SINCE = {"compter", "partir", "date", "datee", "dater", "fin", "debut", "limite", "courant"}
_RANGE = re.compile(r"^\s*(?:[-–/]|a|ou|et|sur|contre|puis|au)\s*$")
_UPPER = re.compile(
    r"\b(?:au plus tard(?: le| a)?|avant(?: le)?|jusqu'(?:au?|en)|moins de|maximum(?: de)?|au plus"
    r"|d'ici(?: le| au)?|au maximum|dans les?|sous)\s*$"
)
_AT_MOST = re.compile(r"\s*(?:au plus|au maximum|maximum)\b")
_LOWER = re.compile(
    r"\b(?:au moins|plus de|minimum(?: de)?|depuis(?: le)?|a compter du|a partir du|au minimum)\s*$"
)
_ABOUT = re.compile(r"\b(?:environ|pres de|quelque|autour de|une? )\s*$")


@dataclass(frozen=True, slots=True)
class Gap:
    """A quantity to ask: its normalised value, its French, and every span that holds it."""

    kind: GapKind
    value: str
    shown: str
    spans: tuple[tuple[int, int], ...]
    noun: str = ""


def gap_of(text: str, value: str) -> Gap | None:
    """Where a text holds a normalised value (``date:2021-09-30``); ``None`` when it doesn't."""
    kind, _, plain = value.partition(":")
    spans = tuple(
        (q.start, q.end) for q in find_quantities(text) if q.kind == kind and q.value == plain
    )
    if not spans:
        return None
    shown_as = shown(kind, plain)
    return Gap(kind, value, shown_as, spans) if shown_as else None  # type: ignore[arg-type]


def best_gap(text: str) -> Gap | None:
    """The quantity of a statement to ask; ``None`` when it has none whose meaning is clear."""
    found = list(find_quantities(text))
    kept = [q for q in found if _asks(q, text, found)]
    if not kept:
        return None
    best = min(kept, key=lambda q: (_ORDER.index(q.kind), q.start))
    gap = gap_of(text, f"{best.kind}:{best.value}")
    if gap is None or _left_in(text, gap):
        return None
    noun = _NOUN.match(text, best.end)
    return Gap(gap.kind, gap.value, gap.shown, gap.spans, fold(noun[1]) if noun else "")


def shown(kind: str, plain: str) -> str:
    """A value in French, the same way whatever the text writes; empty when it can't be."""
    if kind == "date" and plain[0] != "-":
        return day(date.fromisoformat(plain))
    if kind == "month":
        return day(date.fromisoformat(f"{plain}-02")).partition(" ")[2]
    if kind == "amount":
        return _euros(plain)
    if kind in ("percent", "number"):
        number = _number(plain)
        return f"{number} %" if kind == "percent" else number
    return {"duration": plain, "actor": _ACTOR_WORDS.get(plain, "")}.get(kind, "")


_ACTOR_WORDS = {
    "département": "le département",
    "préfet": "le préfet",
    "ARS": "l'agence régionale de santé (ARS)",
    "État": "l'État",
    "GIP": "le GIP France enfance protégée",
    "juge": "le juge des enfants",
}


def implied(text: str, gap: tuple[int, int], right: str, other: str, limits: bool = True) -> bool:
    """Whether a statement that bounds or rounds a value (« au plus tard », « au moins »,
    « environ ») would still be true, or nearly, with another value in its place.

    Without ``limits``, what a text sets at most (a delay, a last day) is held to be that alone.
    """
    before, after = fold(text[: gap[0]]), fold(text[gap[1] : gap[1] + 30])
    if (limits and _UPPER.search(before)) or (limits and _AT_MOST.match(after)):
        return magnitude(other) >= magnitude(right)
    if _LOWER.search(before) or re.match(r"\s*(?:au moins|au minimum|minimum)\b", after):
        return magnitude(other) <= magnitude(right)
    if _ABOUT.search(before) and right.partition(":")[0] in ("amount", "number", "percent"):
        return abs(magnitude(other) - magnitude(right)) <= 0.25 * magnitude(right)
    return False


def magnitude(value: str) -> float:
    """A normalised value as a number to compare: days of a date, days of a duration, euros."""
    kind, _, plain = value.partition(":")
    if kind == "date":
        return float(date.fromisoformat(plain).toordinal())
    if kind == "month":
        return float(date.fromisoformat(f"{plain}-01").toordinal())
    if kind == "duration":
        number, _, unit = plain.partition(" ")
        days = {"heure": 1 / 24, "jour": 1, "semaine": 7, "mois": 30, "trimestre": 91}
        days |= {"semestre": 182, "an": 365}
        return float(number) * days[unit if unit == "mois" else unit.removesuffix("s")]
    return float(plain)


def _asks(quantity: Quantity, text: str, found: list[Quantity]) -> bool:
    """Whether a quantity is something said, not a name, a range or a year."""
    kind = quantity.kind
    if kind == "year" or not shown(kind, quantity.value):
        return False
    before = fold(text[: quantity.start])
    if _BEYOND.search(before):  # « postérieure au 28 novembre »: no date is told
        return False
    if _NAMING.search(before) or before.count("(") > before.count(")"):
        return False
    if any(_is_range(text, quantity, other) for other in found if other is not quantity):
        return False
    if kind == "date" and (_DECIDED.search(before) or _DECIDES.match(fold(text[quantity.end :]))):
        return False
    if kind in ("date", "month"):
        of = _OF.search(before)
        return (of is None or of[1] in _SINCE) and not (kind == "month" and quantity.start < 30)
    if kind == "number":
        noun = _NOUN.match(text, quantity.end)
        return (
            noun is not None
            and quantity.value not in (*_NAMES, "1")
            and not _NO_NOUN.match(fold(noun[1]))
            and not _is_counted(text[quantity.end :])
        )
    told_apart = re.match(r" (?:après|avant|plus tard|auparavant)\b", text[quantity.end :])
    return kind != "duration" or not (quantity.value.startswith(("0 ", "1 ")) or told_apart)


def _is_counted(after: str) -> bool:
    """Whether what a number counts is then told one by one, which gives the number away."""
    return re.search(r" : |\bsont (?:l[ae]s? |l')", after) is not None


def _is_range(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are the ends of a range or a ratio (« 12 à 14 », « 32 sur 96 »)."""
    first, second = sorted((one, other), key=lambda q: q.start)
    return _RANGE.match(fold(text[first.end : second.start])) is not None


def _left_in(text: str, gap: Gap) -> bool:
    """Whether the statement gives its value once more in another form."""
    rest = text
    for start, end in sorted(gap.spans, reverse=True):
        rest = rest[:start] + " " + rest[end:]
    plain = gap.value.partition(":")[2]
    return any(q.value == plain or _same_day(q, plain) for q in find_quantities(rest))


def _same_day(quantity: Quantity, plain: str) -> bool:
    return (
        quantity.kind == "date" and quantity.value[0] == "-" and plain.endswith(quantity.value[1:])
    )


def _euros(plain: str) -> str:
    amount = float(plain)
    for power, name in ((1e9, "milliard"), (1e6, "million")):
        if amount >= power and amount * 1000 % power == 0:
            number = f"{amount / power:.3f}".rstrip("0").rstrip(".").replace(".", ",")
            return f"{number} {name}{'s' if amount >= 2 * power else ''} d'euros"
    return f"{_number(plain)} euros"


def _number(plain: str) -> str:
    whole, _, fraction = plain.partition(".")
    grouped = " ".join(_thousands(whole))
    return f"{grouped},{fraction}" if fraction else grouped


def _thousands(whole: str) -> Iterator[str]:
    first = len(whole) % 3
    if first:
        yield whole[:first]
    for at in range(first, len(whole), 3):
        yield whole[at : at + 3]
