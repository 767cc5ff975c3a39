"""What a published index says of itself; readers refuse files that don't match it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import IndexBroken, IndexMismatch, IndexMissing

MANIFEST_FILE = "manifest.json"
INDEX_FORMAT = 3


@dataclass(frozen=True, slots=True)
class Manifest:
    """Identity of a generation. ``embedding_*`` are ``None`` for a lexical index.

    ``checked_on`` is the day by which every summary was checked against its sources.
    ``files`` maps each published file to its size in bytes and its sha256.
    """

    index_format: int
    corpus_digest: str
    chunking: str
    embedding_model: str | None
    embedding_digest: str | None
    dimension: int | None
    normalised: bool
    documents: int
    passages: int
    statements: int
    built_at: str
    checked_on: date | None
    versions: dict[str, str]
    files: dict[str, tuple[int, str]]

    def write(self, folder: Path) -> None:
        """Writes the manifest; it comes last, so a folder without one is unfinished."""
        values = asdict(self)
        text = json.dumps(
            values | {"checksum": _checksum(values)},
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
            default=date.isoformat,
        )
        (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of ``folder``.

        Raises:
            IndexMissing: no manifest there.
            IndexBroken: it can't be read.
            IndexMismatch: it is of another format.
        """
        try:
            values = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise IndexMissing(f"Aucun index dans {folder} : lancez « reperes ingest ».") from error
        except (OSError, ValueError, RecursionError) as error:
            raise IndexBroken(
                f"Le manifeste de l'index {folder.name} est illisible : lancez « reperes ingest »."
            ) from error
        if not isinstance(values, dict) or values.get("index_format") != INDEX_FORMAT:
            found = values.get("index_format") if isinstance(values, dict) else None
            raise IndexMismatch(
                f"L'index {folder.name} est au format {found}, ce programme lit le format "
                f"{INDEX_FORMAT} : relancez « reperes ingest »."
            )
        try:
            if values.pop("checksum") != _checksum(values):
                raise ValueError("checksum")
            files = {str(k): (int(v[0]), str(v[1])) for k, v in values.pop("files").items()}
            checked_on = values.pop("checked_on")
            values["checked_on"] = date.fromisoformat(checked_on) if checked_on else None
            return cls(**values, files=files)
        except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
            raise IndexBroken(
                f"Le manifeste de l'index {folder.name} est abîmé : relancez « reperes ingest »."
            ) from error

    def check_files(self, folder: Path, *, but: str = "") -> None:
        """Compares each published file with its size and digest.

        Args:
            folder: the generation's.
            but: a folder of it that isn't looked at (``chroma`` for a lexical reader).

        A reader does it before it opens anything: Chroma ends the interpreter on some broken
        files, and SQLite's own check finds them sound.

        Raises:
            IndexBroken: a file is missing or its bytes changed.
        """
        for name, (size, digest) in self.files.items():
            if but and name.startswith(f"{but}/"):
                continue
            path = folder / name
            try:
                sound = path.stat().st_size == size and file_digest(path) == digest
            except OSError:
                sound = False
            if not sound:
                raise IndexBroken(
                    f"L'index {folder.name} est abîmé ({name} manque ou a changé) : "
                    "relancez « reperes ingest »."
                )


def _checksum(values: dict[str, Any]) -> str:
    """sha256 of the manifest's other values, the same before writing and after reading."""
    text = json.dumps(values, sort_keys=True, default=date.isoformat)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def file_digest(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests(folder: Path) -> dict[str, tuple[int, str]]:
    """Size and sha256 of every file under ``folder``, by relative path."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST_FILE)
    return {p.relative_to(folder).as_posix(): (p.stat().st_size, file_digest(p)) for p in paths}
