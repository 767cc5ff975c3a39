"""Draws small PDFs for the tests of reading: lines, columns, tables, notes, pictures."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT, TOP, BOTTOM = 70.0, 525.0, 780.0, 70.0
LEADING = 1.25
WORDS = (
    "Le relais accueille les familles du quartier chaque samedi et leur propose un temps de jeu."
    " La commune met à disposition un local adapté pour les enfants de moins de six ans. Le"
    " département finance la moitié des charges, selon une convention signée pour trois ans."
).split()


@dataclass(slots=True)
class Pages:
    """A PDF in the making; ``y`` is where the next line stands, from the foot of the page."""

    size: float = 11.0
    y: float = TOP
    out: io.BytesIO = field(default_factory=io.BytesIO)
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.out, pagesize=(595, 842), invariant=1)

    def line(
        self,
        text: str,
        x: float = LEFT,
        *,
        size: float | None = None,
        bold: bool = False,
        y: float | None = None,
    ) -> float:
        """Write one line at ``y``, or under the last one; gives where it ends."""
        size = size or self.size
        font = "Helvetica-Bold" if bold else "Helvetica"
        self.canvas.setFont(font, size)
        if y is None:
            y = self.y
            self.y -= LEADING * size
        self.canvas.drawString(x, y, text)
        return x + stringWidth(text, font, size)

    def text(
        self,
        text: str,
        x: float = LEFT,
        right: float = RIGHT,
        *,
        indent: float = 0.0,
        size: float | None = None,
        bold: bool = False,
    ) -> None:
        """Write a paragraph between two edges; the lines after the first begin at ``indent``."""
        font = "Helvetica-Bold" if bold else "Helvetica"
        line, start = "", x
        for word in text.split():
            wider = f"{line} {word}".strip()
            if start + stringWidth(wider, font, size or self.size) > right:
                self.line(line, start, size=size, bold=bold)
                line, start = word, x + indent
            else:
                line = wider
        self.line(line, start, size=size, bold=bold)

    def gap(self, points: float = 10.0) -> None:
        """Leave a blank."""
        self.y -= points

    def call(self, number: int, x: float, y: float) -> None:
        """Write a raised number."""
        self.canvas.setFont("Helvetica", 6.5)
        self.canvas.drawString(x, y + 4, str(number))

    def grid(self, xs: Sequence[float], rows: Sequence[Sequence[str]], height: float = 18) -> None:
        """Draw a ruled table whose columns part at ``xs``; a ``\\n`` cuts a cell in lines."""
        top = self.y + 4
        for cells in rows:
            tall = height + 13 * max(cell.count("\n") for cell in cells)
            for x0, x1, cell in zip(xs, xs[1:], cells, strict=False):
                self.canvas.rect(x0, top - tall, x1 - x0, tall)
                for n, part in enumerate(cell.split("\n")):
                    self.line(part, x0 + 4, y=top - 13 - 13 * n)
            top -= tall
        self.y = top - 20

    def picture(self, x: float = 0, y: float = 0, width: float = 595, height: float = 842) -> None:
        """Paint a picture, the whole page by default."""
        from PIL import Image

        image = ImageReader(Image.new("L", (8, 8), 200))
        self.canvas.drawImage(image, x, y, width, height)

    def page(self) -> None:
        """End the page."""
        self.canvas.showPage()
        self.y = TOP

    def data(self) -> bytes:
        """Give the PDF."""
        self.canvas.save()
        return self.out.getvalue()


def prose(words: int = 60, start: int = 0) -> str:
    """Give running text of so many words."""
    return " ".join(WORDS[(start + n) % len(WORDS)] for n in range(words))


def book(pages: int, lines: int = 42) -> bytes:
    """Give a long document of plain text with a running head and page numbers."""
    drawn = Pages()
    for number in range(1, pages + 1):
        drawn.line("Rapport annuel des relais", y=810, size=9)
        drawn.line(str(number), 295, y=40, size=9)
        for paragraph in range(lines // 7):
            drawn.text(prose(80, number + 5 * paragraph))
            drawn.gap()
        drawn.page()
    return drawn.data()
