"""The library in one file: a zip of its list and of its files, each checked on the way back."""

import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from corpus.errors import UnreadableFile
from ingest.library import ENTRIES_FILE, Entry, Library, listing, parse_listing
from ingest.reading import MAX_BYTES
from ingest.replacing import aside_of

FILES_AT_MOST: Final = 50_000
TOTAL_BYTES: Final = 20_000_000_000
_LIST_BYTES: Final = 50_000_000
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,  # an encrypted member
    NotImplementedError,
    lzma.LZMAError,
    OSError,  # an offset before the file's beginning
)


def write_backup(library: Library, target: Path) -> None:
    """Writes every entry and its bytes to ``target``, replaced in one step.

    Raises:
        ReperesError: a file of the library is missing or was changed.
        OSError: the target can't be written; nothing is left of it.
    """
    with (
        aside_of(target) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr(ENTRIES_FILE, listing(library))
        for sha256, entry in {entry.sha256: entry for entry in library}.items():
            archive.writestr(f"files/{sha256}", library.data(entry))


@contextmanager
def opened_backup(source: Path) -> Iterator[tuple[list[Entry], Iterator[tuple[str, bytes]]]]:
    """The entries of a backup, and its files one at a time as (sha256, bytes), each checked.

    Raises:
        UnreadableFile: it isn't a backup, or a part of it is missing or damaged; met while the
            files are gone through too.
        OSError: it can't be opened.
    """
    with source.open("rb") as file, ExitStack() as stack:
        with _damage_of(source):
            archive = stack.enter_context(zipfile.ZipFile(file))
        with _damage_of(source):
            listed = archive.infolist()
            if len(listed) > FILES_AT_MOST or sum(i.file_size for i in listed) > TOTAL_BYTES:
                raise UnreadableFile(f"« {source.name} » dépasse la taille d'une sauvegarde.")
            entries, _leaving = parse_listing(_member(archive, ENTRIES_FILE, _LIST_BYTES))
        yield entries, _files(archive, entries, source)


def _files(
    archive: zipfile.ZipFile, entries: list[Entry], source: Path
) -> Iterator[tuple[str, bytes]]:
    for sha256 in sorted({entry.sha256 for entry in entries}):
        with _damage_of(source):
            data = _member(archive, f"files/{sha256}", MAX_BYTES)
            if hashlib.sha256(data).hexdigest() != sha256:
                raise ValueError(sha256)
        yield sha256, data


def _member(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with archive.open(name) as member:
        data = member.read(limit + 1)
    if len(data) > limit:
        raise ValueError(name)
    return data


@contextmanager
def _damage_of(source: Path) -> Iterator[None]:
    """Says in one sentence whatever shows that a file is no whole backup."""
    try:
        yield
    except _DAMAGES as error:
        raise UnreadableFile(
            f"« {source.name} » n'est pas une sauvegarde de Repères, ou elle est abîmée : rien "
            "n'a changé."
        ) from error
