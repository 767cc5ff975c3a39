"""How wide a text is in the font of the pictures and of the PDF, and where its lines break."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ui.exporting.typography import line

FAMILY = "Source Sans Pro"
_MISSING_EM = 0.6


def font_file(bold: bool = False, italic: bool = False) -> Path:
    """The font's file, which comes with the product: nothing depends on the machine's fonts."""
    import font_source_sans_pro  # type: ignore[import-untyped]

    name = {(False, False): "Regular", (True, False): "Bold", (False, True): "It"}
    style = name.get((bold, italic), "BoldIt")
    return Path(font_source_sans_pro.__file__).parent / "files" / f"SourceSansPro-{style}.ttf"


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of one line, in the unit of ``size``."""
    advances = _advances(bold)
    return size * sum(advances.get(ord(letter), _MISSING_EM) for letter in text)


def wrapped(text: str, room: float, size: float, bold: bool = False, most: int = 99) -> list[str]:
    """The lines of a text in ``room``; past ``most`` lines the last one ends in « … »."""
    lines: list[str] = [""]
    for word in line(text).split():
        longer = f"{lines[-1]} {word}".strip(" ")
        if lines[-1] and width(longer, size, bold) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    lines = [piece for line in lines for piece in _broken(line, room, size, bold)]
    return lines if len(lines) <= most else [*lines[: most - 1], _cut(lines[most - 1], room, size)]


def _broken(line: str, room: float, size: float, bold: bool) -> list[str]:
    """A line whose only word is wider than the room, in pieces that fit."""
    pieces = [""]
    if width(line, size, bold) <= room:
        return [line]
    for letter in line:
        if pieces[-1] and width(pieces[-1] + letter, size, bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, room: float, size: float) -> str:
    while line and width(f"{line} …", size) > room:
        line = line.rpartition(" ")[0]
    return f"{line} …".strip()


@cache
def _advances(bold: bool) -> Mapping[int, float]:
    """How far each character moves on, in ems."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(font_file(bold), lazy=True) as font:
        em = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        return {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}
