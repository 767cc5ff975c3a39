"""Words of a page with their place, size and weight, from the characters that PDFium gives."""

import ctypes
import re
import unicodedata
from collections import Counter
from typing import Any, NamedTuple

from ingest.reading.paged.sheets import Word

# Blanks, and PDFium's mark of a hyphen at a line's end (U+0002), which ends a word.
_BLANKS = " \t\n\r\x00\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_WORD = re.compile(f"[^{_BLANKS}\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_BOLD = re.compile(r"bold|black|heavy|demi|(?:cm|sf|ec)(?:ss)?bx", re.IGNORECASE)
_SYMBOLS = re.compile(r"symbol|dings|dingbat", re.IGNORECASE)
_DINGS = re.compile(r"ding", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_BOLD_WEIGHT = 600
_STROKED_TOO = 2
# Accents set as signs of their own, before their letter.
_MARKS = {"´": "\u0301", "`": "\u0300", "^": "\u0302", "ˆ": "\u0302", "¨": "\u0308", "¸": "\u0327"}
_ACCENTED = re.compile(r"[´`^ˆ¨][A-Za-zı]|¸[cC]")
_LEAST_SIZE = 2.0
_HEIGHT_TO_SIZE = 0.8
_CALL_SIZE = 0.85
_CALL_RISE = 0.12
_HIGH_RISE = 0.25
_STRAIGHT = 0.05
_ASKED_WORD = 4
_NUMEROS = ("no", "No", "nos", "Nos")  # their « o » may be raised: « n° »
_SIGNS = str.maketrans(
    {
        "\x02": "-",
        "\ufffe": "-",
        "\u2010": "-",
        "\u2011": "-",
        "\x1b": "ff",  # ligatures of the Cork encoding, in fonts without a map to Unicode
        "\x1c": "fi",
        "\x1d": "fl",
        "\x1e": "ffi",
        "\x1f": "ffl",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)


class _Style(NamedTuple):
    """How one text object is drawn; ``quarter`` counts quarter turns to the left.

    ``y`` is the baseline of all its characters, as displayed. ``signs`` names a font without
    letters: ``dings``, or ``symbol``, which has Greek and mathematics.
    """

    size: float
    bold: bool
    signs: str
    quarter: int
    y: float


class Turned(NamedTuple):
    """Words by the quarter turn of their text (-1: aslant), and what of them means nothing."""

    words: dict[int, list[Word]]
    signs: int
    lost: int

    @property
    def quarter(self) -> int:
        """The turn of most characters of the page."""
        sizes = {turn: sum(len(w.text) for w in words) for turn, words in self.words.items()}
        sizes.pop(-1, None)
        return max(sizes, key=lambda turn: (sizes[turn], -turn), default=0)


def characters(textpage: Any, count: int) -> str:
    """Give the characters of a text page, one for each of PDFium's ``count`` indices."""
    import pypdfium2.raw as pdfium

    buffer = ctypes.create_string_buffer(2 * (count + 1))
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    written = pdfium.FPDFText_GetText(textpage, 0, count, units)
    text = buffer.raw[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    get = pdfium.FPDFText_GetUnicode  # some characters have no place in the text
    return "".join(map(chr, (min(get(textpage, index), 0x10FFFF) for index in range(count))))


def words_of(textpage: Any, text: str) -> Turned:
    """Give the words of a page in display coordinates of their own turn.

    Args:
        textpage: PDFium's handle.
        text: its characters, from ``characters``.
    """
    pen = _Pen(textpage, text)
    for match in _WORD.finditer(text):
        pen.add(match.start(), match.end())
    return Turned(pen.words, pen.signs, pen.lost)


class _Pen:
    """Builds words; the style of each text object is asked once."""

    def __init__(self, textpage: Any, text: str) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium, self.page, self.text = pdfium, textpage, text
        self.words: dict[int, list[Word]] = {}
        self.signs = self.lost = self._count = 0
        self._apart = "´" in text or ("`e" in text and "ˆ" in text)
        self._styles: dict[int, _Style] = {}
        self._fonts: dict[int, tuple[bool, str]] = {}
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def add(self, start: int, end: int) -> None:
        """Add the word of these characters, cut where its style changes (a note call)."""
        self.signs += end - start
        text = self.text[start:end]
        plain = text.isascii() and text.isalpha() and text not in _NUMEROS
        self._count += 1
        if not self._count % _ASKED_WORD and self._is_unmapped(start):
            self.lost += min(_ASKED_WORD * (end - start), self.signs - self.lost)
        elif not plain:
            self.lost += _meaningless(text)
        first = self._object(start)
        if plain or end - start == 1 or first == self._object(end - 1):
            style = self._style(first, start)
            word = self._placed(start, end, style, glued=False)
            self.words.setdefault(style.quarter, []).append(word)
            return
        parts = [(start, first)]
        for index in range(start + 1, end):
            drawn = self._object(index)
            if drawn != parts[-1][1]:
                parts.append((index, drawn))
        whole: Word | None = None
        for (begin, drawn), stop in zip(parts, [p[0] for p in parts[1:]] + [end], strict=True):
            whole = self._part(begin, stop, drawn, whole)

    def _is_unmapped(self, index: int) -> bool:
        """Whether PDFium knows no Unicode for a character, asked for one word in four."""
        return bool(self.pdfium.FPDFText_HasUnicodeMapError(self.page, index) == 1)

    def _part(self, start: int, end: int, drawn: int, before: Word | None) -> Word:
        """Add a part of a word: joined to the one before it unless it is a raised number."""
        style = self._style(drawn, start)
        words = self.words.setdefault(style.quarter, [])
        part = self._placed(start, end, style, glued=before is not None)
        if before is None or not words or words[-1] is not before:
            words.append(part)
            return part
        if _is_number(before.text) and _rises(before, part):
            words[-1] = before._replace(y=part.y, call=True)  # the number that opens a note
            words.append(part)
            return part
        small = part.size <= _CALL_SIZE * before.size
        raised = before.y - part.y >= (
            _CALL_RISE if small else _HIGH_RISE
        ) * before.size and _is_number(part.text)
        if raised:
            words.append(part._replace(y=before.y, call=True))
            return words[-1]
        if before.call or part.size < _CALL_SIZE * before.size:
            words.append(part._replace(y=before.y) if not before.call else part)
            return words[-1]
        words[-1] = before._replace(text=before.text + part.text, x1=max(before.x1, part.x1))
        return words[-1]

    def _placed(self, start: int, end: int, style: _Style, *, glued: bool) -> Word:
        pdfium, box = self.pdfium, self._box
        pdfium.FPDFText_GetLooseCharBox(self.page, start, box)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if end - start > 1:
            pdfium.FPDFText_GetLooseCharBox(self.page, end - 1, box)
            left, right = min(left, box.left), max(right, box.right)
            bottom, top = min(bottom, box.bottom), max(top, box.top)
        if style.quarter > 0:
            left, _, right, _ = displayed(style.quarter, left, bottom, right, top)
        y = style.y if style.quarter >= 0 else self._baseline(start, 0)
        text = self.text[start:end]
        if style.signs and len(text) == 1:
            kind = unicodedata.category(text)
            text = text if style.signs == "symbol" and kind in ("Sm", "Ll", "Lu", "Nd") else "•"
        if not (text.isascii() and text.isprintable()):
            text = text.translate(_SIGNS)
        if self._apart and _ACCENTED.search(text):
            text = _ACCENTED.sub(_composed, text)
        size = style.size
        if size < _LEAST_SIZE:  # a font whose own unit isn't the em (Type 3)
            size = round((top - bottom) * _HEIGHT_TO_SIZE, 1)
        return Word(text, left, right, y, size, style.bold, glued)

    def _baseline(self, index: int, quarter: int) -> float:
        self.pdfium.FPDFText_GetCharOrigin(self.page, index, self._x, self._y)
        return displayed(quarter, *((self._x.value, self._y.value) * 2))[1]

    def _object(self, index: int) -> int:
        found = self.pdfium.FPDFText_GetTextObject(self.page, index)
        return ctypes.addressof(found.contents) if found else 0

    def _style(self, drawn: int, index: int) -> _Style:
        style = self._styles.get(drawn)
        if style is None or not drawn:
            style = self._styles[drawn] = self._asked(index)
        return style

    def _asked(self, index: int) -> _Style:
        pdfium, matrix = self.pdfium, self._matrix
        size = pdfium.FPDFText_GetFontSize(self.page, index)
        if pdfium.FPDFText_GetMatrix(self.page, index, matrix):
            size *= (matrix.c**2 + matrix.d**2) ** 0.5
        size, quarter = round(size, 1), _quarter(matrix.a, matrix.b)
        y = self._baseline(index, max(0, quarter))
        found = pdfium.FPDFText_GetTextObject(self.page, index)
        if not found:
            return _Style(size, False, "", quarter, y)
        stroked = pdfium.FPDFTextObj_GetTextRenderMode(found) == _STROKED_TOO
        font = pdfium.FPDFTextObj_GetFont(found)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            self._fonts[key] = self._weight(font) if key else (False, "")
        bold, signs = self._fonts[key]
        return _Style(size, bold or stroked, signs, quarter, y)

    def _weight(self, font: Any) -> tuple[bool, str]:
        """Tell whether a font is bold, and which signs it holds instead of letters."""
        buffer = ctypes.create_string_buffer(200)
        length = self.pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
        name = buffer.raw[: max(0, min(length, 200) - 1)].decode("utf-8", "replace")
        bold = (
            bool(_BOLD.search(name))
            or self.pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
            or bool(self.pdfium.FPDFFont_GetFlags(font) & _FORCE_BOLD)
        )
        signs = "symbol" if _SYMBOLS.search(name) else ""
        return bold, "dings" if _DINGS.search(name) else signs


def _is_number(text: str) -> bool:
    number = text.strip("()[],")
    return number.isdigit() and len(number) <= 3


def _rises(number: Word, word: Word) -> bool:
    """Whether a number is smaller and higher than the word that follows it."""
    return number.size <= _CALL_SIZE * word.size and word.y - number.y >= _CALL_RISE * word.size


def displayed(
    quarter: int, left: float, bottom: float, right: float, top: float
) -> tuple[float, float, float, float]:
    """Give a box of the page's own space (y upward) as ``x0, y0, x1, y1`` with y downward.

    Text that was turned a quarter to the left (1), twice (2) or to the right (3) then runs from
    left to right.
    """
    if quarter == 1:
        return bottom, left, top, right
    if quarter == 2:
        return -right, bottom, -left, top
    if quarter == 3:
        return -top, -right, -bottom, -left
    return left, -top, right, -bottom


def _quarter(a: float, b: float) -> int:
    """Count the quarter turns of a text matrix; -1 when it stands aslant."""
    reach = max(abs(a), abs(b)) or 1.0
    if min(abs(a), abs(b)) > _STRAIGHT * reach:
        return -1
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def _composed(match: re.Match[str]) -> str:
    """Give a letter with the accent that stands before it."""
    mark, letter = match[0][0], match[0][1]
    return unicodedata.normalize("NFC", letter.replace("ı", "i") + _MARKS[mark])


def _meaningless(text: str) -> int:
    """Count characters that say nothing: replacement, private use, unassigned, control."""
    if text.isascii() and text.isprintable():
        return 0
    kinds = Counter(map(unicodedata.category, text))
    found = kinds["Co"] + kinds["Cn"] + kinds["Cc"] + text.count("\ufffd")
    return found - text.count("\x02") - text.count("\ufffe")
