"""A pack as an accessible PDF (PDF/UA): tagged, in French, with a title and its own fonts."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from assistant.teaching.pack import Pack
from corpus.errors import ReperesError
from ui.exporting import sourcing
from ui.exporting.converting import convert
from ui.exporting.lettering import FAMILY, font_file
from ui.exporting.outline import Entry, Flavour, drafted
from ui.exporting.templating import fill
from ui.exporting.typography import line

NO_PANGO = (
    "Le PDF ne peut pas être écrit ici : la bibliothèque Pango manque (paquet « libpango-1.0-0 » "
    "et « libpangoft2-1.0-0 » sous Debian) ; choisissez un autre format ou installez-la."
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line of the contents, with those of its parts."""

    text: str
    name: str
    parts: list[Entry] = field(default_factory=list)


def write(pack: Pack) -> bytes:
    """The .pdf file; what it shows is all inside it, and nothing is fetched to make it.

    Raises:
        ReperesError: the machine has no Pango, which lays the text out.
    """
    try:
        from weasyprint import HTML  # type: ignore[import-untyped]
        from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]
    except OSError as error:
        raise ReperesError(NO_PANGO) from error
    fetcher = URLFetcher(allowed_protocols=("data",))
    written: bytes = HTML(string=page(pack), url_fetcher=fetcher).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=pack.corpus_digest.encode()
    )
    return written


def page(pack: Pack) -> str:
    """The document as one HTML page, its numbers in brackets leading to the list of sources."""
    draft = drafted(pack, Flavour(picture="svg", linked=True))
    body = convert(draft, "html5", ["--wrap=none", "--shift-heading-level-by=1"]).decode()
    return fill(
        "pack.html",
        title=line(pack.title),
        head=line(f"Repères · {sourcing.as_of(pack)}"),
        day=pack.order.as_of.isoformat(),
        family=FAMILY,
        fonts=_fonts(),
        chapters=_chapters(draft.entries),
        body=_trusted(body),
    )


def _trusted(body: str) -> object:
    """What pandoc wrote is HTML already, every text of it escaped."""
    from markupsafe import Markup

    return Markup(body)


def _fonts() -> list[dict[str, str]]:
    found = []
    for bold, italic in product((False, True), repeat=2):
        content = base64.b64encode(font_file(bold, italic).read_bytes()).decode()
        found.append(
            {
                "weight": "bold" if bold else "normal",
                "style": "italic" if italic else "normal",
                "address": f"data:font/ttf;base64,{content}",
            }
        )
    return found


def _chapters(entries: Iterable[Entry]) -> list[Chapter]:
    chapters: list[Chapter] = []
    for entry in entries:
        if entry.level == 1:
            chapters.append(Chapter(entry.text, entry.name))
        else:
            chapters[-1].parts.append(entry)
    return chapters
