"""A PDF's bytes to its sheets: what can't be opened is refused, handles are always closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from corpus.errors import UnreadableFile
from ingest.reading.paged.rules import Drawing
from ingest.reading.paged.sheets import Sheet
from ingest.reading.paged.words import characters, displayed, words_of
from ingest.reading.sanitising import one_line, sanitise

MAX_PAGES: Final = 1_000
MAX_PAGE_SIGNS: Final = 200_000
MAX_SIGNS: Final = 6_000_000
_HEADER_BYTES = 1024
_FEW_SIGNS = 10
_DRAWN_SHARE = 0.4
_DRAWN_SHAPES = 150


@contextmanager
def opened(name: str, data: bytes) -> Iterator[Any]:
    """Open a PDF as a pypdfium2 document, closed at the end.

    Raises:
        UnreadableFile: no PDF, damaged beyond repair, protected by a password, no page, or more
            than ``MAX_PAGES``.
    """
    import pypdfium2

    if b"%PDF-" not in data[:_HEADER_BYTES]:
        raise UnreadableFile(f"« {name} » n'est pas un fichier PDF, malgré son extension.")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(_refusal(name, error)) from error
    try:
        pages = len(document)
        if not pages:
            raise UnreadableFile(f"« {name} » ne contient aucune page.")
        if pages > MAX_PAGES:
            raise UnreadableFile(
                f"« {name} » compte {pages} pages, au-delà de la limite de {MAX_PAGES} pages."
            )
        yield document
    finally:
        document.close()


def _refusal(name: str, error: Exception) -> str:
    import pypdfium2.raw as pdfium

    code = getattr(error, "err_code", None)
    if code == pdfium.FPDF_ERR_PASSWORD:
        return f"« {name} » est protégé par un mot de passe : enregistrez-en une copie sans."
    if code == pdfium.FPDF_ERR_SECURITY:
        return f"« {name} » est chiffré d'une manière qui ne se lit pas ici."
    return f"« {name} » est un PDF endommagé ou incomplet, qui ne s'ouvre pas."


def sheets_of(name: str, document: Any) -> list[Sheet | None]:
    """Read all pages; ``None`` stands for one that can't be loaded.

    Raises:
        UnreadableFile: more characters than is sensible on one page or in all.
    """
    import pypdfium2

    sheets: list[Sheet | None] = []
    signs = 0
    for number in range(1, len(document) + 1):
        try:
            sheet = _sheet(name, document, number)
        except pypdfium2.PdfiumError:
            sheets.append(None)
            continue
        signs += sheet.signs
        if signs > MAX_SIGNS:
            raise UnreadableFile(
                f"« {name} » contient plus de {MAX_SIGNS // 1_000_000} millions de caractères :"
                " fichier refusé."
            )
        sheets.append(sheet)
    return sheets


def _sheet(name: str, document: Any, number: int) -> Sheet:
    import pypdfium2.raw as pdfium

    page = document[number - 1]
    try:
        textpage = page.get_textpage()
        try:
            count = max(0, pdfium.FPDFText_CountChars(textpage.raw))
            if count > MAX_PAGE_SIGNS:
                raise UnreadableFile(
                    f"« {name} » contient plus de {MAX_PAGE_SIGNS} caractères sur la page"
                    f" {number} : fichier refusé."
                )
            turned = words_of(textpage.raw, characters(textpage.raw, count))
        finally:
            textpage.close()
        quarter = turned.quarter
        left, top, right, bottom = displayed(quarter, *page.get_bbox())
        drawing = Drawing(page.raw, quarter)
    finally:
        page.close()
    sheet = Sheet(number, left, top, right, bottom)
    sheet.words = turned.words.get(quarter, [])
    sheet.dots = drawing.dots
    sheet.across, sheet.down = drawing.across, drawing.down
    sheet.signs, sheet.lost = turned.signs, turned.lost
    covered = drawing.pictured >= _DRAWN_SHARE * (right - left) * (bottom - top)
    traced = not turned.signs and drawing.shapes >= _DRAWN_SHAPES
    sheet.drawn = traced or (covered and turned.signs < _FEW_SIGNS)
    return sheet


def metadata_title(document: Any) -> str | None:
    """Give the title of the file's own properties, as written."""
    found = document.get_metadata_value("Title")
    return one_line(sanitise(found)) or None if found else None
