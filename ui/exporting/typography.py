"""French typography: what a printer would do to the spaces and dates of a text."""

import re
from collections.abc import Iterator
from datetime import date

from ui.markup import clean
from ui.texts import MONTHS, NBSP, THIN

_BLANK = f"[ {NBSP}{THIN}]"
_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>«»]+|[\w.+-]+@[\w-]+\.[\w.-]+")
_BLANKS = re.compile(r"[ \t\n\u2028\u2029]+")
_UNWRITABLE = re.compile("[\u200b-\u200f\ufdd0-\ufdef\ufffe\uffff]")
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"«{_BLANK}*"), f"«{NBSP}"),
    (re.compile(rf"{_BLANK}*»"), f"{NBSP}»"),
    (re.compile(rf"(?<!\s){_BLANK}+(?=[;!?])"), THIN),
    (re.compile(r"(?<=[^\W\d_])(?=[;!?](?:\s|$))"), THIN),
    (re.compile(rf"(?<!\s){_BLANK}+(?=:(?!\w))"), NBSP),
    (re.compile(r"(?<=[^\W\d_])(?=:(?:\s|$))"), NBSP),
    (re.compile(rf"(?<=\d){_BLANK}(?=(?:[kM]|Md)?€|%)"), NBSP),
    (re.compile(rf"(?<=\bn°){_BLANK}(?=\d)"), NBSP),
    (re.compile(rf"(?<=\bart\.){_BLANK}(?=[LRD]?\.?{_BLANK}?\d)"), NBSP),
)


def typeset(text: str) -> str:
    """``text`` with the spaces that French print wants, once or many times alike.

    No-break spaces inside « » and before a colon, narrow ones before ; ! ?. Digits, letters and
    addresses stay as they are.
    """
    return "".join(part if kept else _spaced(part) for part, kept in _parts(text))


def line(text: str) -> str:
    """``text`` typeset, on one line and fit for any file: no control nor direction mark."""
    return typeset(_BLANKS.sub(" ", _UNWRITABLE.sub("", clean(text))))


def told(on: date) -> str:
    """« 1er avril 2021 »."""
    return f"{'1er' if on.day == 1 else on.day} {MONTHS[on.month - 1]} {on.year}"


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The addresses of a text (kept) and what stands between them."""
    at = 0
    for found in _ADDRESS.finditer(text):
        yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    yield text[at:], False


def _spaced(text: str) -> str:
    for pattern, put in _RULES:
        text = pattern.sub(put, text)
    return text
