"""The formats that a pack is written in; each writer is imported when it is used."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Final

from assistant.teaching.pack import Pack
from corpus.errors import InvalidRequest
from ui.exporting.sourcing import group

_SAVED = "json"
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: ``label`` is French, ``extension`` has no dot, ``module`` holds ``write``."""

    name: str
    label: str
    extension: str
    media_type: str
    module: str


_ALL = (
    Format("docx", "Word", "docx", f"{_OFFICE}.wordprocessingml.document", "word"),
    Format("odt", "LibreOffice", "odt", "application/vnd.oasis.opendocument.text", "opendocument"),
    Format("pptx", "Diapositives", "pptx", f"{_OFFICE}.presentationml.presentation", "slides"),
    Format("pdf", "PDF accessible", "pdf", "application/pdf", "pdf"),
    Format("md", "Markdown", "md", "text/markdown; charset=utf-8", "markdown"),
    Format("gift", "Quiz Moodle (GIFT)", "gift", "text/plain; charset=utf-8", "gift"),
    Format("moodle", "Quiz Moodle (XML)", "xml", "application/xml", "moodle"),
    Format("csv", "Cartes Anki (CSV)", "csv", "text/csv; charset=utf-8", "cards"),
    Format("json", "Séance enregistrée", "json", "application/json", "saved"),
)
_OF_QUIZ: Final = ("gift", "moodle")
FORMATS: Final[Mapping[str, Format]] = MappingProxyType({one.name: one for one in _ALL})


def check_format(name: str) -> None:
    """That a format exists.

    Raises:
        InvalidRequest: none has that name (French).
    """
    if name not in FORMATS:
        raise InvalidRequest(
            f"Le format « {name} » n'existe pas : choisissez parmi {', '.join(FORMATS)}."
        )


def export(pack: Pack, name: str) -> bytes:
    """The bytes of ``pack`` as a file of that format.

    Raises:
        InvalidRequest: no format has that name, or it would hold nothing of this pack (French).
    """
    check_format(name)
    from ui.exporting.numbering import in_order

    told = pack if name == _SAVED else in_order(pack)
    if not pack.quiz and (name in _OF_QUIZ or (name == "csv" and not (pack.points or pack.words))):
        raise InvalidRequest(
            f"La séance n'a aucune question de quiz : le fichier {FORMATS[name].label} serait vide."
        )
    written: bytes = import_module(f"ui.exporting.{FORMATS[name].module}").write(told)
    return written


def file_name(pack: Pack, name: str) -> str:
    """A name for the file, safe on every system: « seance-contractualisation-2022.docx », with
    the group but for the first."""
    order = pack.order
    said = f"seance {order.theme or 'question'} {order.exercice or ''}"
    if order.seed != 1:
        said += f" {group(order.seed)}"
    plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
    return f"{stem}.{FORMATS[name].extension}"
