"""Zip archives, in memory: no size that one declares of itself is believed."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from corpus.errors import UnreadableFile
from ingest.reading.content import Entry, Refusal
from ingest.reading.sanitising import disguise, one_line, sanitise

MAX_ENTRIES: Final = 2_000
MAX_ENTRY_BYTES: Final = 25_000_000
MAX_TOTAL_BYTES: Final = 100_000_000
MAX_RATIO: Final = 100
RATIO_FROM_BYTES: Final = 1_000_000
MAX_DIRECTORY_BYTES: Final = 1_000_000
_STEP_BYTES = 262_144
NAME_CHARS = 150
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_BYTES, _END_64_BYTES, _LOCATOR_BYTES = 22, 56, 20
_COMMENT_BYTES = 65_535
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x2041
_UTF8_NAME = 0x800
_NESTED = (".zip", ".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".bz2", ".xz", ".cab", ".msg")
_PASSED_OVER = frozenset(("__macosx", "thumbs.db", "desktop.ini"))
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ°’«»–")
_DRIVE = re.compile(r"[A-Za-z]:")
ZIP_FAILURES = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
)


def refused(name: str, entry: str, reason: str) -> Refusal:
    """Give the refusal of one entry."""
    shown = one_line(sanitise(entry))[:NAME_CHARS]
    return Refusal(f"{name}!{shown}", f"« {shown} » n'est pas lu : {reason}.")


def opened(name: str, data: bytes, kind: str) -> zipfile.ZipFile:
    """Open a zip file once its directory is known to be small.

    Raises:
        UnreadableFile: broken, or too many entries.
    """
    try:
        size = _directory_bytes(data)
        archive = zipfile.ZipFile(BytesIO(data)) if size <= MAX_DIRECTORY_BYTES else None
    except ZIP_FAILURES as error:
        raise UnreadableFile(f"« {name} » n'est pas {kind} lisible.") from error
    if archive is None or len(archive.infolist()) > MAX_ENTRIES:
        raise UnreadableFile(f"« {name} » contient plus de {MAX_ENTRIES} fichiers : refusé.")
    return archive


def _directory_bytes(data: bytes) -> int:
    """Give the size of the central directory that ``zipfile`` would load.

    Raises:
        zipfile.BadZipFile: there is none.
    """
    at = len(data) - _END_BYTES
    if data[at : at + 4] != _END or data[-2:] != b"\x00\x00":
        at = data.rfind(_END, max(0, len(data) - _COMMENT_BYTES - _END_BYTES))
    if at < 0:
        raise zipfile.BadZipFile
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    locator = at - _LOCATOR_BYTES
    if locator < 0 or data[locator : locator + 4] != _LOCATOR_64:
        return size
    end_64 = locator - _END_64_BYTES
    if end_64 < 0 or data[end_64 : end_64 + 4] != _END_64:
        raise zipfile.BadZipFile
    return int.from_bytes(data[end_64 + 40 : end_64 + 48], "little")


def inflated(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, ratio: int = MAX_RATIO
) -> bytes | None:
    """Give the bytes of an entry, ``None`` past the limit in bytes or the ratio.

    Raises:
        One of ``ZIP_FAILURES``: damaged.
    """
    parts: list[bytes] = []
    total = 0
    with archive.open(info) as stream:
        while part := stream.read(_STEP_BYTES):
            total += len(part)
            if total > limit:
                return None
            if total > RATIO_FROM_BYTES and total > ratio * info.compress_size:
                return None
            parts.append(part)
    return b"".join(parts)


def zipped(name: str, data: bytes) -> Iterator[Entry | Refusal]:
    """Give the files of a zip archive and the refusals of those that are not read."""
    found = disguise(data)
    if found and not data.startswith(b"PK"):
        raise UnreadableFile(f"« {name} » est en fait {found[0]} : {found[2]}.")
    left = min(MAX_TOTAL_BYTES, max(MAX_ENTRY_BYTES, MAX_RATIO * len(data)))
    archive = opened(name, data, "une archive ZIP")
    for info in archive.infolist():
        path = _path(info)
        if reason := unsafe(path) or _unread(info, path):
            yield refused(name, path, reason)
            continue
        shown = "/".join(one_line(sanitise(part)) for part in path.split("/"))
        parts = shown.lower().split("/")
        if not parts[-1] or any(p.startswith(".") or p in _PASSED_OVER for p in parts):
            continue
        try:
            content = inflated(archive, info, min(left, MAX_ENTRY_BYTES))
        except ZIP_FAILURES:
            yield refused(name, shown, "cette entrée de l'archive est endommagée")
            continue
        if content is not None:
            left -= len(content)
            yield Entry(shown, content)
        elif left < MAX_ENTRY_BYTES:
            limit = "trop grosse une fois décompressée : la suite n'est pas lue"
            yield Refusal(name, f"« {name} » est {limit}.")
            return
        else:
            yield refused(name, shown, "ce fichier est trop gros une fois décompressé")


def _path(info: zipfile.ZipInfo) -> str:
    """Give the name as its maker typed it; French Windows writes cp850 or Windows-1252."""
    written = info.orig_filename
    if info.flag_bits & _UTF8_NAME or written.isascii():
        return written
    raw = written.encode("cp437", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        tries = [raw.decode(encoding, errors="replace") for encoding in ("cp850", "cp1252")]
    return max(tries, key=lambda text: sum(char in _FRENCH for char in text))


def unsafe(path: str) -> str | None:
    """Give what is wrong with the path of an entry, ``None`` where nothing is."""
    if any(ord(char) < 32 or 127 <= ord(char) < 160 for char in path):
        return "son nom contient des caractères de contrôle"
    if "\\" in path:
        return "son nom contient une barre oblique inverse"
    if path.startswith("/") or _DRIVE.match(path):
        return "son chemin est absolu"
    if ".." in path.split("/"):
        return "son chemin sort de l'archive"
    return None


def _unread(info: zipfile.ZipInfo, path: str) -> str | None:
    if path.endswith("/"):
        return None
    if path.lower().endswith(_NESTED):
        return "une archive dans une archive n'est pas ouverte"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "c'est un lien vers un autre fichier"
    if info.flag_bits & ENCRYPTED:
        return "cette entrée est protégée par un mot de passe"
    if info.compress_type not in _METHODS:
        return "sa méthode de compression n'est pas lue ici"
    return None
