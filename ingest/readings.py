"""What each file gave, kept beside the library, so that an ingest opens only what is new."""

import gzip
import hashlib
import shutil
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from pydantic import ValidationError

import corpus
from ingest.parsing import Parser
from ingest.reading import Reading
from ingest.reading.child import READING

_PARSERS: Final = ("ftfy", "lxml", "mammoth", "pypdfium2", "trafilatura")


class Readings:
    """Readings by content and name, in one folder; another version of the code reads anew.

    The folder only saves time: what can't be written is read again, what can't be trusted too.
    """

    def __init__(self, folder: Path, parser: Parser) -> None:
        self._folder = folder / reading_fingerprint()
        self._parser = parser
        self._used: set[str] = set()

    def read(self, name: str, data: bytes) -> Reading:
        """What a file gives.

        Raises:
            UnreadableFile: nothing can be read; the message is one French sentence.
        """
        digest = hashlib.sha256(data)
        digest.update(name.encode("utf-8", "surrogatepass"))
        key = digest.hexdigest()
        self._used.add(key)
        path = self._folder / f"{key}.json.gz"
        try:
            return READING.validate_json(gzip.decompress(path.read_bytes()))
        except (OSError, EOFError, zlib.error, ValidationError, ValueError):
            pass  # not read yet, or damaged
        reading = self._parser.read(name, data)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            aside = path.with_suffix(".aside")
            aside.write_bytes(gzip.compress(READING.dump_json(reading), 1, mtime=0))
            aside.replace(path)
        except OSError:
            pass  # a full disk will be said by what must be written
        return reading

    def forget_unused(self) -> None:
        """Drops what was read of files that this ingest didn't meet."""
        for path in self._folder.parent.glob("*"):
            if path != self._folder:
                shutil.rmtree(path, ignore_errors=True)
        for path in self._folder.glob("*"):
            if path.name.partition(".")[0] not in self._used:
                path.unlink(missing_ok=True)


@cache
def reading_fingerprint() -> str:
    """16 hex digits that change with the code that reads files or with its parsers."""
    digest = hashlib.sha256()
    corpus_folder = Path(corpus.__file__).parent
    for folder in (Path(__file__).parent / "reading", corpus_folder):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.read_bytes())
    for name in _PARSERS:
        try:
            digest.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            continue
    return digest.hexdigest()[:16]
