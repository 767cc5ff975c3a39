"""Files in, clean blocks out: ``read`` picks the reader by the file's extension."""

from collections.abc import Callable
from typing import Final

from corpus.errors import UnreadableFile
from ingest.reading.containers import CONTAINERS
from ingest.reading.content import BlockKind, Content, RawBlock, Reading, Refusal
from ingest.reading.markdown import read as read_markdown
from ingest.reading.opendocument import read as read_opendocument
from ingest.reading.pdf import read as read_pdf
from ingest.reading.plain import read as read_plain
from ingest.reading.records import read as read_records
from ingest.reading.records import read_compressed as read_compressed_records
from ingest.reading.web import read as read_web
from ingest.reading.word import read as read_word

__all__ = [
    "MAX_BYTES",
    "READERS",
    "RECORDS",
    "BlockKind",
    "Content",
    "RawBlock",
    "Reading",
    "Refusal",
    "check_size",
    "read",
]

MAX_BYTES: Final = 25_000_000
MAX_CONTAINER_BYTES: Final = 100_000_000
MAX_PIECES: Final = 150_000
"""Blocks and refused parts of one file: each costs its reader some 800 bytes of memory."""
RECORDS: Final = (".jsonl", ".jsonl.gz")
"""Files whose records are documents of their own."""

READERS: Final[dict[str, Callable[[str, bytes], Reading]]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_plain,
    ".html": read_web,
    ".htm": read_web,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".odt": read_opendocument,
    ".jsonl": read_records,
    ".jsonl.gz": read_compressed_records,
}
"""One reader an extension; the longest extension that ends the name wins."""


ADVICE: Final[dict[tuple[str, ...], str]] = {
    (".doc", ".rtf", ".wpd", ".pages"): "enregistrez-le au format .docx ou .pdf",
    (".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx", ".odp"): "exportez-le au format .pdf",
    (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".gif", ".bmp", ".heic"): (
        "c'est une image ; passez-la à la reconnaissance de caractères (OCR) vers un .pdf"
    ),
    (".msg",): "enregistrez le message au format .eml",
    (".rar", ".7z", ".tar", ".tgz", ".tar.gz"): "refaites-en une archive .zip",
}
"""What to do with formats that offices have and that aren't read."""


def read(name: str, data: bytes, *, max_bytes: int = MAX_BYTES) -> Reading:
    """Read one file.

    Args:
        name: its name or path; the extension picks the reader, the whole is used in messages.
        data: its bytes.
        max_bytes: the largest size accepted.

    Returns:
        One content a document (at least one block each), and what was refused by itself.

    Raises:
        UnreadableFile: nothing can be read; the message is one French sentence.
    """
    reader = _reader(name)
    if not data.strip(b"\x00\t\n\r "):
        raise UnreadableFile(f"« {name} » est vide.")
    check_size(name, len(data), max_bytes)
    reading = reader(name, data)
    pieces = len(reading.refused) + sum(len(content.blocks) for content in reading.contents)
    if pieces > MAX_PIECES:
        raise UnreadableFile(
            f"« {name} » compte plus de {MAX_PIECES} lignes ou paragraphes :"
            " découpez-le en plusieurs fichiers."
        )
    return reading


def check_size(name: str, size: int, max_bytes: int | None = None) -> None:
    """Refuse a file of ``size`` bytes before a byte is read.

    Raises:
        UnreadableFile: it is larger than what its format may be.
    """
    if max_bytes is None:
        is_container = name.lower().endswith(CONTAINERS)
        max_bytes = MAX_CONTAINER_BYTES if is_container else MAX_BYTES
    if size > max_bytes:
        raise UnreadableFile(
            f"« {name} » pèse {_megabytes(size)}, au-delà de la limite de {_megabytes(max_bytes)}."
        )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} Mo".replace(".", ",")


def _reader(name: str) -> Callable[[str, bytes], Reading]:
    lowered = name.lower()
    for extension in sorted(READERS, key=len, reverse=True):
        if lowered.endswith(extension):
            return READERS[extension]
    for extensions, advice in ADVICE.items():
        if lowered.endswith(extensions):
            raise UnreadableFile(f"« {name} » n'est pas d'un format lu ici : {advice}.")
    raise UnreadableFile(
        f"« {name} » n'est pas d'un format lu ici"
        f" (formats lus : {', '.join([*READERS, *CONTAINERS])})."
    )
