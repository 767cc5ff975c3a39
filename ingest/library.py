"""The users' library: their files, addressed by content, with where they came from.

``files/<sha256>`` holds the bytes, ``library.json`` the entries; both are written aside and
renamed, files before entries, so a crash loses nothing that was listed.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import LibraryClash, ReperesError

_UNSAFE = re.compile(r"[^\w./-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its name as given, the absolute path it came from, its sha256.

    ``document_id`` names the document it gives; a jsonl file gives many (``None``) and its
    records carry their own ids. ``removed`` lists ids of its records that were taken out.
    """

    name: str
    path: str
    sha256: str
    document_id: str | None
    removed: tuple[str, ...] = ()


def safe_id(name: str) -> str:
    """A document id from a file name: stem, without spaces or odd characters."""
    stem = name.rsplit("/", 1)[-1]
    for suffix in (".gz", ".jsonl", ".md", ".markdown", ".txt", ".html", ".htm"):
        if stem.lower().endswith(suffix):
            stem = stem[: -len(suffix)]
    return _UNSAFE.sub("-", stem).strip("-./") or "document"


class Library:
    """The entries of one library folder; every change is on disk when the method returns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._entries: dict[str, Entry] = {}
        try:
            rows = json.loads((folder / "library.json").read_text(encoding="utf-8"))
            for row in rows:
                entry = Entry(**{**row, "removed": tuple(row.get("removed", ()))})
                self._entries[entry.path] = entry
        except FileNotFoundError:
            pass
        except (OSError, ValueError, TypeError) as error:
            raise ReperesError(
                f"La bibliothèque {folder} est illisible (library.json) : réparez ou "
                "écartez ce fichier ; rien n'a été modifié."
            ) from error

    def __iter__(self) -> Iterator[Entry]:
        """Entries in order of their path."""
        return iter(sorted(self._entries.values(), key=lambda entry: entry.path))

    def data(self, entry: Entry) -> bytes:
        """The bytes of an entry.

        Raises:
            ReperesError: the file is gone, or isn't the one that was added.
        """
        path = self.folder / "files" / entry.sha256
        try:
            data = path.read_bytes()
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

    def put(self, path: Path, data: bytes, document_id: str | None) -> Entry:
        """Adds a file, or replaces the one that came from the same path.

        Raises:
            LibraryClash: another file of other content already has that document id.
        """
        place = str(path.resolve())
        if document_id is not None:
            for other in self:
                if other.document_id == document_id and other.path != place:
                    raise LibraryClash(
                        f"L'identifiant « {document_id} » est déjà celui de {other.path} : "
                        f"renommez {path}, ou retirez l'autre par « reperes remove »."
                    )
        entry = Entry(path.name, place, hashlib.sha256(data).hexdigest(), document_id)
        target = self.folder / "files" / entry.sha256
        if not target.exists():
            _write_aside(target, data)
        former = self._entries.get(place)
        self._entries[place] = entry
        self._save()
        if former is not None:
            self._drop_unused(former.sha256)
        return entry

    def remove(self, entry: Entry, record_id: str | None = None) -> None:
        """Takes out a file, or only one record of it."""
        if record_id is None:
            del self._entries[entry.path]
        else:
            removed = (*self._entries[entry.path].removed, record_id)
            self._entries[entry.path] = Entry(
                entry.name, entry.path, entry.sha256, entry.document_id, removed
            )
        self._save()
        self._drop_unused(entry.sha256)

    def _drop_unused(self, sha256: str) -> None:
        if self.find_content(sha256) is None:
            (self.folder / "files" / sha256).unlink(missing_ok=True)

    def _save(self) -> None:
        rows = [asdict(entry) for entry in self]
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        _write_aside(self.folder / "library.json", text.encode("utf-8"))


def _write_aside(target: Path, data: bytes) -> None:
    """Writes a whole file by rename, flushed to disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, aside = tempfile.mkstemp(prefix=".writing-", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, target)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
