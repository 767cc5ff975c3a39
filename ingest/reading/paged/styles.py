"""Which paragraphs are headings, and how wide each is, from the size and weight of their type."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.reading.identity import date_of_line
from ingest.reading.paged.lines import Line, uncalled
from ingest.reading.paged.paragraphs import Paragraph

_LARGER = 1.09
_CHARS = 220
_BOLD_CHARS = 160
_LINES = 4
_MAX_LEVEL = 6
_STEP = 0.6
_MOSTLY_BOLD = 0.5
_ENDS = (".", ";", ",", "…", "!")
_FIELD = re.compile(
    r"(?:objet|nor|date|réf|références?|p\. ?j|pièces? jointes?|annexes?|copie|destinataires?"
    r"|classement|mots[ -]clés|résumé|contacts?|visas?|n[°o]|affaire suivie par|tél|courriel"
    r"|catégorie|textes? de référence) ?\.? ?:",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"objet ?:", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2}$|\betc\.$")

Style = tuple[float, bool]


def body_size(lines: Iterable[Line]) -> float:
    """Give the size of most characters; 0 without any."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


class Headings:
    """Tells the headings of a document and their levels (1 for the widest type)."""

    def __init__(self, paragraphs: Sequence[Paragraph], size: float) -> None:
        self.size = size
        signs = sum(len(line.text) for p in paragraphs for line in p.lines)
        bold = sum(len(line.text) for p in paragraphs for line in p.lines if line.bold)
        self._bold_tells = bold < _MOSTLY_BOLD * signs
        self._levels = self._ranked(paragraphs)

    def level(self, paragraph: Paragraph) -> int:
        """Give a paragraph's level as a heading, 0 when it is none."""
        style = self._style(paragraph)
        if style is None:
            return 0
        near = min(self._levels, key=lambda s: (s[1] != style[1], abs(s[0] - style[0])))
        return self._levels[near]

    def _ranked(self, paragraphs: Sequence[Paragraph]) -> dict[Style, int]:
        styles = sorted({s for p in paragraphs if (s := self._style(p))}, reverse=True)
        levels: dict[Style, int] = {}
        last: Style | None = None
        level = 0
        for style in styles:
            if last is None or last[0] - style[0] > _STEP or last[1] != style[1]:
                level, last = min(level + 1, _MAX_LEVEL), style
            levels[style] = level
        return levels

    def _style(self, paragraph: Paragraph) -> Style | None:
        """Give the type of a paragraph that is a heading: its size and weight."""
        text = uncalled(" ".join(line.text for line in paragraph.lines))
        if paragraph.item and not text[0].isalnum():
            return None  # the element of a list
        if any(line.leads for line in paragraph.lines):
            return None  # a line of a table of contents
        if not _may_head(text) or len(paragraph.lines) > _LINES:
            return None
        size, bold = paragraph.size, paragraph.bold
        if size >= _LARGER * self.size and len(text) <= _CHARS:
            return size, bold
        small = size < self.size * (2 - _LARGER)
        if bold and self._bold_tells and not small and len(text) <= _BOLD_CHARS:
            return size, bold
        return None


def is_subject(text: str) -> bool:
    """Whether a text is the field that names the subject of a letter: « Objet : … »."""
    return bool(_SUBJECT.match(text))


def _may_head(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    if letters < 2 or letters < len(text) / 3 or _FIELD.match(text) or text[0].islower():
        return False
    if text.endswith(_ENDS) and not _ABBREVIATION.search(text):
        return False
    return not text.endswith(":") and date_of_line(text) is None
