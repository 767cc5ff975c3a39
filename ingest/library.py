"""The users' library: their files, addressed by content, with where they came from.

``files/<sha256>`` holds the bytes, ``library.json`` the entries; both are written aside and
renamed, files before entries, so a crash loses nothing that was listed. ``readings/`` keeps what
was read of each file and can be thrown away.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import LibraryClash, ReperesError, system_reason
from ingest.replacing import aside_of

ORIGINAL = "/original"
"""Ends the id of the file that is the text of a catalogue entry, after the entry's own id."""
ENTRIES_FILE = "library.json"
_UNSAFE = re.compile(r"[^\w./-]+")
_EXTENSION = re.compile(r"(?:\.jsonl)?\.\w{1,8}\Z")
_ID = re.compile(r"[\w./-]{1,250}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its name as given, where it came from, its sha256.

    ``path`` is an absolute path, followed by ``!name`` for a file found inside another, or the
    address of a file that was downloaded on the day ``fetched_on`` (``2031-05-12``).
    ``document_id`` names the document it gives; a jsonl file gives many (``None``) and its
    records carry their own ids. ``removed`` lists ids of its records that were taken out.
    ``card`` is what a person said of the document: a front matter of plain JSON values.
    """

    name: str
    path: str
    sha256: str
    document_id: str | None
    removed: tuple[str, ...] = ()
    fetched_on: str | None = None
    card: dict[str, Any] | None = None


def safe_id(name: str) -> str:
    """A document id from a file name: stem, without spaces or odd characters."""
    stem = _EXTENSION.sub("", unicodedata.normalize("NFC", name).rsplit("/", 1)[-1])
    return _UNSAFE.sub("-", stem).strip("-./") or "document"


class Library:
    """The entries of one library folder; every change is on disk when the method returns."""

    def __init__(self, folder: Path, *, recovering: bool = False) -> None:
        """Opens the library of a folder; ``recovering`` takes a lost or damaged list as empty.

        Raises:
            ReperesError: the list of its files is lost or damaged.
        """
        self.folder = folder
        self._entries: dict[str, Entry] = {}
        self._leaving: frozenset[str] = frozenset()
        self.keeps_former = False
        """Whether the bytes of what leaves the list stay for now, so that it can come back."""
        try:
            self._load()
        except ReperesError:
            if not recovering:
                raise

    def _load(self) -> None:
        folder = self.folder
        try:
            rows = (folder / ENTRIES_FILE).read_bytes()
        except FileNotFoundError as error:
            if any((folder / "files").glob("*")):
                raise ReperesError(
                    f"La bibliothèque {folder} a perdu sa liste (library.json) alors que ses "
                    "fichiers sont là : remettez-la, ou partez d'une sauvegarde (reperes "
                    "restore FICHIER --replace)."
                ) from error
            return
        except OSError as error:
            raise ReperesError(
                f"La bibliothèque {folder} ne se lit pas ({system_reason(error)}) : rien "
                "n'a été modifié."
            ) from error
        try:
            entries, self._leaving = parse_listing(rows)
            self._entries = {entry.path: entry for entry in entries}
        except ValueError as error:
            raise ReperesError(
                f"La liste de la bibliothèque {folder} est abîmée (library.json), rien n'a été "
                "modifié : remettez-la, ou partez d'une sauvegarde (reperes restore FICHIER "
                "--replace)."
            ) from error

    def __iter__(self) -> Iterator[Entry]:
        """Entries in order of their path."""
        return iter(sorted(self._entries.values(), key=lambda entry: entry.path))

    def __len__(self) -> int:
        return len(self._entries)

    def at(self, place: str) -> Entry | None:
        """The entry that came from this place."""
        return self._entries.get(place)

    def data(self, entry: Entry) -> bytes:
        """The bytes of an entry.

        Raises:
            ReperesError: the file is gone, or isn't the one that was added.
        """
        try:
            data = (self.folder / "files" / entry.sha256).read_bytes()
        except OSError:
            data = None
        if data is None or hashlib.sha256(data).hexdigest() != entry.sha256:
            raise ReperesError(
                f"« {entry.name} » manque à la bibliothèque ou y a été modifié : retirez-le par "
                f"« reperes remove {entry.document_id or entry.name} », puis ajoutez-le de nouveau."
            )
        return data

    def find_content(self, sha256: str) -> Entry | None:
        """The entry that already holds this content, if any."""
        return next((e for e in self if e.sha256 == sha256), None)

    def put(
        self,
        place: str,
        name: str,
        data: bytes,
        document_id: str | None,
        *,
        removed: tuple[str, ...] = (),
        fetched_on: str | None = None,
        card: dict[str, Any] | None = None,
    ) -> Entry | None:
        """Adds a file, or replaces the one that came from the same place or is the same text.

        Args:
            place: the absolute path, or the address, that it came from.
            name: its file name.
            data: its bytes.
            document_id: the id of its document; ends with ``ORIGINAL`` when it is the text of a
                catalogue entry, which has one file only.
            removed: ids of its records that don't enter.
            fetched_on: the day it was downloaded, ``None`` for a file of the user's.
            card: what a person said of its document.

        Returns:
            The entry that it replaced, ``None`` when it is new.

        Raises:
            LibraryClash: another file of other content already has that document id.
        """
        former = self._entries.get(place)
        other = next((e for e in self if document_id and e.document_id == document_id), None)
        if other is not None and other.path != place:
            if not (document_id or "").endswith(ORIGINAL):
                raise LibraryClash(
                    f"L'identifiant « {document_id} » est déjà celui de {other.path} : "
                    f"renommez {place}, ou retirez l'autre par « reperes remove »."
                )
            former = former or other
        sha256 = hashlib.sha256(data).hexdigest()
        entry = Entry(name, place, sha256, document_id, removed, fetched_on, card)
        entries = {
            path: e
            for path, e in self._entries.items()
            if document_id is None or e.document_id != document_id
        }
        self._replace_all({**entries, place: entry}, [(entry.sha256, data)])
        return former

    def remove(self, entry: Entry, records: Sequence[str] = ()) -> None:
        """Takes out a file, or only some records of it."""
        entries = {path: e for path, e in self._entries.items() if path != entry.path}
        if records:
            removed = tuple(dict.fromkeys((*entry.removed, *records)))
            entries[entry.path] = replace(entry, removed=removed)
        self._replace_all(entries, ())

    def replace_by(self, entries: Iterable[Entry], contents: Iterable[tuple[str, bytes]]) -> None:
        """Becomes those entries in one step; ``contents`` are their bytes, after their sha256.

        The bytes of the former entries stay until ``sweep``, so that this can be undone.
        """
        self._write({entry.path: entry for entry in entries}, contents)

    def _replace_all(
        self, entries: dict[str, Entry], contents: Iterable[tuple[str, bytes]]
    ) -> None:
        self._write(entries, contents)
        self.sweep()

    def _write(self, entries: dict[str, Entry], contents: Iterable[tuple[str, bytes]]) -> None:
        """Writes new bytes, then the list with what leaves it."""
        if not (self.folder / ENTRIES_FILE).exists():
            self._save({})  # so that bytes without a list always mean that the list was lost
        for sha256, data in contents:
            target = self.folder / "files" / sha256
            if not _holds(target, data):
                write_aside(target, data)
        former = {entry.sha256 for entry in self._entries.values()} | self._leaving
        self._leaving = frozenset(former - {entry.sha256 for entry in entries.values()})
        self._save(entries)
        self._entries = entries

    def sweep(self) -> None:
        """Drops the bytes of what left the list, and what a killed process left half-written.

        Bytes that the list never named stay: a list that is older than its files loses nothing.
        """
        if self.keeps_former:
            return
        for sha256 in self._leaving:
            (self.folder / "files" / sha256).unlink(missing_ok=True)
        for folder in (self.folder, self.folder / "files"):
            for path in folder.glob(".writing-*"):
                path.unlink(missing_ok=True)

    def _save(self, entries: dict[str, Entry]) -> None:
        write_aside(self.folder / ENTRIES_FILE, listing(entries.values(), self._leaving))


def listing(entries: Iterable[Entry], leaving: Iterable[str] = ()) -> bytes:
    """The bytes of a ``library.json``: entries, digests of what leaves, and its own checksum."""
    rows = [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.path)]
    values = {"entries": rows, "leaving": sorted(leaving)}
    # Escaped: a file name may hold bytes that are no text.
    return json.dumps({"checksum": _checksum(values), **values}, indent=1).encode("ascii")


def _checksum(values: Any) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode("ascii")).hexdigest()


def parse_listing(data: bytes) -> tuple[list[Entry], frozenset[str]]:
    """The entries of a ``library.json``, and the digests of what was leaving it.

    Raises:
        ValueError: it isn't one, or a byte of it changed.
    """
    try:
        values: Any = json.loads(data)
        checksum = values.pop("checksum")
        leaving = frozenset(values["leaving"])
        entries = [Entry(**{**row, "removed": tuple(row["removed"])}) for row in values["entries"]]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(ENTRIES_FILE) from error
    if checksum != _checksum(values):
        raise ValueError(ENTRIES_FILE)
    for entry in entries:
        ids = [entry.document_id] if entry.document_id is not None else []
        words = (entry.name, entry.path, entry.fetched_on or "", *ids, *entry.removed)
        if not all(isinstance(word, str) for word in (*words, entry.sha256, *leaving)):
            raise ValueError(ENTRIES_FILE)
        if not isinstance(entry.card, dict | None):
            raise ValueError(ENTRIES_FILE)
        if not _SHA256.fullmatch(entry.sha256) or not all(_ID.fullmatch(name) for name in ids):
            raise ValueError(ENTRIES_FILE)
    if not all(_SHA256.fullmatch(sha256) for sha256 in leaving):
        raise ValueError(ENTRIES_FILE)
    return entries, leaving


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def write_aside(target: Path, data: bytes) -> None:
    """Writes a whole file by rename, flushed to disk with its folder's entry."""
    with aside_of(target) as file:
        file.write(data)
