"""French dates, amounts, percentages, durations and numbers, in one form that compares equal.

One pass over the text; no pattern gives back what it has read, so time is linear.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.references import find_references, folded

QuantityKind = Literal["date", "month", "year", "amount", "percent", "number", "duration"]

_MONTHS = (
    ("janvier", "janv."),
    ("février", "fevrier", "févr.", "fév."),
    ("mars",),
    ("avril", "avr."),
    ("mai",),
    ("juin",),
    ("juillet", "juil."),
    ("août", "aout"),
    ("septembre", "sept."),
    ("octobre", "oct."),
    ("novembre", "nov."),
    ("décembre", "decembre", "déc."),
)
_MONTH_NUMBERS = {name: f"{n:02d}" for n, names in enumerate(_MONTHS, 1) for name in names}
_UNITS: tuple[str, ...] = (
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
)
_UNITS += ("douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf")
_WORDS = {name: n for n, name in enumerate(_UNITS, 1)} | {"une": 1, "vingt": 20, "trente": 30}
_WORDS |= {"quarante": 40, "cinquante": 50, "soixante": 60, "quatre-vingt": 80, "quatre-vingts": 80}
_WORDS |= {"cent": 100, "cents": 100, "mille": 1000}
_POWERS = {"k": 3, "mille": 3, "m": 6, "million": 6, "millions": 6}
_POWERS |= {"md": 9, "mds": 9, "mrd": 9, "mrds": 9, "milliard": 9, "milliards": 9}
_DURATIONS = {"an": "an", "ans": "an", "année": "an", "années": "an", "mois": "mois"}
_DURATIONS |= {"jour": "jour", "jours": "jour", "semaine": "semaine", "semaines": "semaine"}
_DURATIONS |= {"heure": "heure", "heures": "heure", "trimestre": "trimestre"}
_DURATIONS |= {"trimestres": "trimestre", "semestre": "semestre", "semestres": "semestre"}


def _either(names: Iterable[str]) -> str:
    """Give an alternation of literal names, longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_MONTH = rf"(?:{_either(_MONTH_NUMBERS)})(?!\w)"
_UNIT_WORD = _either([name for name, n in _WORDS.items() if n < 20])
_TEN_WORD = _either([name for name, n in _WORDS.items() if 20 <= n < 100])
_BELOW_100 = rf"(?:(?:{_TEN_WORD})(?:(?:[- ]et)?[- ](?:{_UNIT_WORD})(?![\w-]))?|(?:{_UNIT_WORD}))"
_BELOW_1000 = rf"(?:(?:(?:{_UNIT_WORD}) )?cents?(?:[- ]{_BELOW_100}(?![\w-]))?|{_BELOW_100})"
_WORD_NUMBER = rf"(?:(?:{_BELOW_1000} )?mille(?: {_BELOW_1000}(?![\w-]))?|{_BELOW_1000})(?![\w-])"
_TAIL = (
    r"(?:(?= ?[%€pkmedajhst]) ?(?:"
    r"(?P<percent>%|pour[ -]?cent(?!\w))"
    rf"|(?P<power>(?:{_either(_POWERS)})(?!\w))? ?(?:d')?(?P<euro>€|(?:euros?|eur)(?!\w))"
    r"|(?P<scale>(?:millions?|milliards?)(?!\w))"
    rf"|(?P<duration>(?:{_either(_DURATIONS)})(?!\w))"
    r"))?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[89]|20)\d\d"
_TOKEN = re.compile(
    r"(?<!\w)(?<![^\W\d_]-)(?:(?=\d)(?:(?=\d{1,4}(?:[/.-]\d|(?:er)? [^\W\d]))(?:"
    rf"(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-{_DAY})(?!\w|-\d)"
    rf"|(?P<slashed>{_DAY}([/.-])(?:0?[1-9]|1[0-2])\3\d{{4}})(?!\w|\3\d)"
    rf"|(?P<day>{_DAY})(?:er)? (?P<day_month>{_MONTH})(?: (?P<day_year>{_YEAR})(?!\w))?"
    rf"|(?P<month_slash>(?:0?[1-9]|1[0-2])/{_YEAR})(?![\w/])"
    rf"|(?P<iso_month>{_YEAR}-(?:0[1-9]|1[0-2]))(?![\w-])"
    rf"|(?P<years>{_YEAR}[-/](?:{_YEAR}|\d\d))(?![\w/]|-\d| ?[%€]))"
    rf"|(?P<digits>\d{{1,3}}(?: \d{{3}}(?!\d))++(?:,\d++)?+"
    rf"|\d{{1,3}}(?:\.\d{{3}}(?!\d))++(?:,\d++)?+|\d++(?:[.,]\d++)?+)" + _TAIL + r")"
    rf"|(?P<first>premier) (?P<first_month>{_MONTH})(?: (?P<first_year>{_YEAR})(?!\w))?"
    rf"|(?P<month>{_MONTH}) (?P<month_year>{_YEAR})(?!\w)"
    rf"|(?P<word>{_WORD_NUMBER})" + _TAIL.replace("(?P<", "(?P<word_") + r")"
)
_NUMBER_NAME = re.compile(rf"(?<![^\W\d_])(?:{_either(_WORDS)})(?![^\W\d_])")
_SENTENCE_END = re.compile(r"[.!?;\n](?!\w)")
_CONTEXT_CHARS = 240
_MILLION_DIGITS = 7
_NOTE_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: ``text[start:end]`` wrote ``value``.

    ``value`` by kind: ``date`` ISO (``2021-04-01``; ``--03-11`` without year), ``month``
    ``2021-04``, ``year`` ``2021``, ``amount`` plain decimal euros (``107000000``, ``13.5``),
    ``percent`` and ``number`` plain decimal (``20``, ``1.5``), ``duration`` ``3 mois``, ``2 ans``.
    """

    kind: QuantityKind
    value: str
    start: int
    end: int


def find_quantities(text: str) -> list[Quantity]:
    """Find the quantities of a French text, with any kind of space inside numbers.

    Digits of official references, ordinals (``1er``, ``2e``, ``1°``), note calls (``[1]``) and the
    articles « un » and « une » aren't quantities. Bare « 33 millions » after an amount of the same
    sentence is an amount. Time is linear in the text.

    Returns:
        Quantities that don't overlap, in the order of the text.
    """
    low = _without_references(text)
    found: list[Quantity] = []
    amount_end = -1
    for match in _TOKEN.finditer(low):
        if match.lastgroup == "digits":
            bare = _bare_digits(match[0], low, *match.span())
            if bare is not None:
                found.append(bare)
            continue
        for quantity in _read(match, low, amount_end):
            found.append(quantity)
            if quantity.kind == "amount":
                amount_end = quantity.end
    return found


def normalised(text: str) -> frozenset[str]:
    """Give the quantities of a text as ``kind:value``, so that two wordings compare equal.

    What a quantity implies is there too: a full date gives its month, its year and its day without
    year; a month its year; an amount of a million or more its number (« 33 millions »). So what a
    sentence says is proved when its set is within the set of its proof.

    Returns:
        Strings such as ``date:2021-04-01``, ``year:2021``, ``amount:107000000``, ``number:11``.
    """
    out: set[str] = set()
    for quantity in find_quantities(text):
        kind, value = quantity.kind, quantity.value
        out.add(f"{kind}:{value}")
        if kind == "date" and value[0] != "-":
            out.update((f"month:{value[:7]}", f"year:{value[:4]}", f"date:-{value[4:]}"))
        elif kind == "month":
            out.add(f"year:{value[:4]}")
        elif kind == "amount" and len(value.partition(".")[0]) >= _MILLION_DIGITS:
            out.add(f"number:{value}")
    return frozenset(out)


def _without_references(text: str) -> str:
    """Give the folded text where each reference became letters of the same length."""
    low = folded(text)
    parts: list[str] = []
    position = 0
    for reference in find_references(text):
        parts += (low[position : reference.start], "x" * (reference.end - reference.start))
        position = reference.end
    return "".join(parts) + low[position:] if parts else low


def _read(match: re.Match[str], low: str, amount_end: int) -> Iterator[Quantity]:
    if match["digits"] is not None:
        yield _measured(match, "", _plain(match["digits"]), low, amount_end)
    elif match["word"] is not None:
        value = _word_value(match["word"])
        if match.lastgroup != "word":
            yield _measured(match, "word_", str(value), low, amount_end)
        elif value != 1:
            yield Quantity("number", str(value), *match.span())
    elif match["years"] is not None:
        yield from _year_range(match["years"], match.start())
    else:
        yield _dated(match, *match.span())


def _bare_digits(digits: str, low: str, start: int, end: int) -> Quantity | None:
    """Give a year or a number; ``None`` for ordinals, glued letters and note calls (``[1]``)."""
    after = low[end : end + 1]
    if after == "°" or after.isalpha():
        return None
    if after == "]" and low[start - 1 : start] == "[" and end - start <= _NOTE_DIGITS:
        return None
    if end - start == 4 and digits[:2] in ("18", "19", "20") and digits.isdigit():
        return Quantity("year", digits, start, end)
    simple = digits[0] != "0" and digits.isdigit()
    return Quantity("number", digits if simple else _plain(digits), start, end)


def _measured(match: re.Match[str], prefix: str, value: str, low: str, amount_end: int) -> Quantity:
    start, end = match.span()
    if match[prefix + "percent"]:
        return Quantity("percent", value, start, end)
    if match[prefix + "euro"]:
        power = _POWERS.get(match[prefix + "power"] or "", 0)
        return Quantity("amount", _scaled(value, power), start, end)
    if scale := match[prefix + "scale"]:
        elided = _follows_amount(low, start, end, amount_end)
        scaled = _scaled(value, _POWERS[scale])
        return Quantity("amount" if elided else "number", scaled, start, end)
    unit = _DURATIONS[match[prefix + "duration"]]
    plural = "" if value in ("0", "1") or unit.endswith("s") else "s"
    return Quantity("duration", f"{value} {unit}{plural}", start, end)


def _follows_amount(low: str, start: int, end: int, amount_end: int) -> bool:
    """Tell « 33 millions » after « 107 millions d'euros » from « 33 millions d'habitants »."""
    if amount_end < 0 or start - amount_end > _CONTEXT_CHARS:
        return False
    if low.startswith((" de ", " d'"), end):
        return False
    return _SENTENCE_END.search(low, amount_end, start) is None


def _dated(match: re.Match[str], start: int, end: int) -> Quantity:
    if iso := match["iso"]:
        return Quantity("date", f"{iso[:8]}{int(iso[8:]):02d}", start, end)
    if slashed := match["slashed"]:
        day, month, year = slashed.replace(".", "/").replace("-", "/").split("/")
        return Quantity("date", f"{year}-{int(month):02d}-{int(day):02d}", start, end)
    if iso_month := match["iso_month"]:
        return Quantity("month", iso_month, start, end)
    if month_slash := match["month_slash"]:
        month, year = month_slash.split("/")
        return Quantity("month", f"{year}-{int(month):02d}", start, end)
    if month := match["month"]:
        return Quantity("month", f"{match['month_year']}-{_MONTH_NUMBERS[month]}", start, end)
    day = match["day"] or "1"
    year = match["day_year"] or match["first_year"] or "-"
    month = _MONTH_NUMBERS[match["day_month"] or match["first_month"]]
    return Quantity("date", f"{year}-{month}-{int(day):02d}", start, end)


def _year_range(years: str, start: int) -> Iterator[Quantity]:
    """Give both years of ``2022-2024`` or ``2020/21``."""
    second = years[5:] if len(years) == 9 else years[:2] + years[5:]
    yield Quantity("year", years[:4], start, start + 4)
    yield Quantity("year", second, start + 5, start + len(years))


def _plain(digits: str) -> str:
    """Give ``1 501,50`` as ``1501.5``: no space, no needless zero, a point before decimals."""
    if digits.isdigit():
        return digits.lstrip("0") or "0"
    groups = digits.replace(" ", "")
    whole, _, fraction = groups.partition(",")
    if "." in whole:
        head, *rest = whole.split(".")
        if all(len(part) == 3 for part in rest) and head != "0":
            whole = head + "".join(rest)
        else:
            whole, fraction = head, "".join(rest)
    fraction = fraction.rstrip("0")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{fraction}" if fraction else whole


def _scaled(value: str, power: int) -> str:
    """Move the decimal point of a plain number to the right, without rounding."""
    whole, _, fraction = value.partition(".")
    moved = (whole + fraction[:power].ljust(power, "0")).lstrip("0") or "0"
    rest = fraction[power:]
    return f"{moved}.{rest}" if rest else moved


def _word_value(words: str) -> int:
    """Evaluate a French number word below a million: ``deux cent vingt et un`` is 221."""
    if words in _WORDS:
        return _WORDS[words]
    total = below = 0
    for name in _NUMBER_NAME.findall(words):
        number = _WORDS[name]
        if number == 1000:
            total, below = (below or 1) * 1000, 0
        elif number == 100:
            below = (below or 1) * 100
        else:
            below += number
    return total + below
