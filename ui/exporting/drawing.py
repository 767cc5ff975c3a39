"""A picture of a document: SVG made of a few shapes, the same as PNG, and its words."""

import base64
from dataclasses import dataclass

from ui.exporting import lettering
from ui.markup import escape, tag

INK = "#1b1b35"
GREY = "#55556e"
PALE = "#e9ebf3"
PAPER = "#ffffff"
WIDTH = 1000
TALLEST = 860
"""The height of a picture that leaves room for text on its page (A4), for a width of 1000."""
_ZOOM = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """``alt`` says in French what it shows; sizes are in its own units (1000 wide)."""

    name: str
    alt: str
    svg: str
    height: int

    def png(self) -> bytes:
        """The picture as PNG, 2000 pixels wide, whatever fonts the machine has."""
        import resvg_py

        files = [str(lettering.font_file(bold)) for bold in (False, True)]
        return resvg_py.svg_to_bytes(
            svg_string=self.svg, font_files=files, skip_system_fonts=True, zoom=_ZOOM
        )

    def address(self, kind: str) -> str:
        """The picture as a ``data:`` address, for a document that must stand alone."""
        content, media = (self.svg.encode(), "svg+xml") if kind == "svg" else (self.png(), "png")
        return f"data:image/{media};base64,{base64.b64encode(content).decode()}"


def picture(name: str, alt: str, shapes: list[str], height: float) -> Picture:
    """A picture of these shapes on white paper."""
    tall = round(height)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{tall}" '
        f'viewBox="0 0 {WIDTH} {tall}" role="img" lang="fr" font-family="{lettering.FAMILY}">'
        + tag("title", escape(alt))
        + rect(0, 0, WIDTH, tall, PAPER)
        + "".join(shapes)
        + "</svg>"
    )
    return Picture(name, alt, svg, tall)


def rect(x: float, y: float, wide: float, tall: float, fill: str, stroke: str = "none") -> str:
    """A rectangle."""
    return _shape("rect", x=x, y=y, width=wide, height=tall, fill=fill, stroke=stroke)


def line(x1: float, y1: float, x2: float, y2: float, dashes: str = "none", thick: int = 2) -> str:
    """A straight line."""
    return _shape(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=GREY, stroke_width=thick, stroke_dasharray=dashes
    )


def disc(x: float, y: float, fill: str, dashes: str = "none") -> str:
    """A mark on the line of time."""
    return _shape(
        "circle", cx=x, cy=y, r=9, fill=fill, stroke=INK, stroke_width=3, stroke_dasharray=dashes
    )


def hatched(x: float, y: float, wide: float, tall: float) -> str:
    """A rectangle of slanted lines, which grey print keeps apart from a plain one."""
    step, parts = 16, []
    for at in range(step, int(wide + tall), step):
        x1, y1 = (x + at, y) if at <= wide else (x + wide, y + at - wide)
        x2, y2 = (x, y + at) if at <= tall else (x + at - tall, y + tall)
        parts.append(_shape("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke="#c9ccd9", stroke_width=2))
    return "".join(parts)


def text(
    x: float, y: float, words: str, size: int, bold: bool = False, fill: str = INK, end: str = ""
) -> str:
    """One line of text on its base line; ``end`` is ``end`` or ``middle`` to align it so."""
    weight, anchor = (700 if bold else 400), (end or "start")
    return _shape(
        "text",
        escape(words),
        x=x,
        y=y,
        font_size=size,
        font_weight=weight,
        fill=fill,
        text_anchor=anchor,
    )


def _shape(name: str, content: str = "", **attributes: str | float) -> str:
    given = {
        key.replace("_", "-"): f"{value:g}" if isinstance(value, float) else str(value)
        for key, value in attributes.items()
        if value != "none" or key == "fill"
    }
    return tag(name, content, **given)
