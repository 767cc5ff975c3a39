"""The title of a paged document: its subject, its widest heading, or its own properties."""

import re
from collections.abc import Sequence

from ingest.reading.content import RawBlock

_SUBJECT = re.compile(r"objet ?: ?(.{3,300})", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"(?:république|liberté|ministère|ministre|préfecture|préfet|préfète|direction|secrétariat"
    r"|service|conseil|département|région|agence|bureau|sommaire|table des matières)\b",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"\.(?:docx?|odt|pdf|indd|qxd|qxp|tex|dvi|xlsx?|pptx?|rtf|html?|txt|ps)\b|^microsoft |^untitled"
    r"|^sans (?:titre|nom)|^document ?\d*$|^présentation|^powerpoint|[\\/_]{2}|^\S+_\S+$",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"(?:circulaire|instruction|note d['’]information|loi|décret|arrêté|ordonnance|délibération"
    r"|décision|avis|convention|protocole|règlement)\b",
    re.IGNORECASE,
)
_NAME_WORDS = 6
_FIRST_BLOCKS = 40
_CHARS = 300
_PROSE_CHARS = 200
_LETTERS = 6
_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-H])[.)]?\s")


def names_text(text: str) -> bool:
    """Whether a heading names an official text with its subject: « Décret n° … relatif à … »."""
    return bool(_TEXT.match(text)) and len(text.split()) >= _NAME_WORDS


def title_of(blocks: Sequence[RawBlock], written: str | None) -> str | None:
    """Give the title of a document.

    Args:
        blocks: its blocks.
        written: the title of the file's properties; a file's name is none.

    Returns:
        The heading that names an official text, else the « Objet » of a letter, else the widest
        heading of the first page where one alone is, else the title of the properties; ``None``
        without any.
    """
    first = [block for block in blocks[:_FIRST_BLOCKS] if block.page == blocks[0].page]
    for block in first:
        if block.kind == "heading" and names_text(block.text):
            return block.text
        if found := _SUBJECT.match(block.text):
            return found[1].rstrip(" .")
    widest = [
        (number, block.text)
        for number, block in enumerate(first)
        if block.kind == "heading" and block.level == 1 and not _LETTERHEAD.match(block.text)
    ]
    before = first[: widest[0][0]] if widest else []
    if len(widest) == 1 and all(len(block.text) < _PROSE_CHARS for block in before):
        text = widest[0][1]
        if not _NUMBERED.match(text) and sum(map(str.isalpha, text)) >= _LETTERS:
            return text
    return written if written and _is_title(written) else None


def _is_title(text: str) -> bool:
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    return len(words) > 1 and len(text) <= _CHARS and not _FILE_NAME.search(text)
