"""Drafts: files that someone sent, read but not published, in a private folder of the server."""

import fcntl
import hashlib
import os
import re
import secrets
import shutil
import tempfile
import threading
import time
import unicodedata
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from corpus.errors import InvalidRequest, ReperesError, UnreadableFile, system_reason
from corpus.types import Document
from ingest.collecting import Found, contained
from ingest.documents import make_document, original_of_file, record_name, with_card
from ingest.library import safe_id
from ingest.parsing import Parser
from ingest.reading import RECORDS, Reading, Refusal, check_size
from ingest.reading.containers import CONTAINERS
from ingest.report import Report
from ui import adding_texts as texts
from ui.markup import clean

KEPT_S: Final = 3600.0
MOST_DRAFTS: Final = 20
MOST_READINGS: Final = 2
"""Files read at once: a reading takes a processor and may take a gigabyte."""
NAME_CHARS: Final = 120
_PREFIX: Final = "reperes-ajouts-"
_IN_USE: Final = "en-service"
_EXTENSION: Final = re.compile(r"(?:\.jsonl)?\.\w{1,8}\Z")


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that was read: its name as shown, its documents, what its reader gave.

    ``made_s`` is read on the clock of its ``Drafts``; ``file`` holds the bytes. ``card`` is what a
    person said of the document (a front matter of plain JSON values).
    """

    token: str
    name: str
    file: Path
    sha256: str
    documents: tuple[Document, ...]
    reading: Reading
    made_s: float
    card: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a file that was sent: the drafts made of it, the files of it refused."""

    drafts: tuple[Draft, ...] = ()
    refused: tuple[Refusal, ...] = ()


class Drafts:
    """The drafts of one server. Thread-safe; the folder goes with the server.

    Each draft is dropped after ``kept_s`` seconds of ``clock``.
    """

    def __init__(self, kept_s: float = KEPT_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept_s, self._clock = kept_s, clock
        self._lock = threading.Lock()
        self._readers = threading.BoundedSemaphore(MOST_READINGS)
        self._drafts: dict[str, Draft] = {}
        self._folder: Path | None = None
        sweep(Path(tempfile.gettempdir()))

    def send(self, name: str, data: bytes) -> Sent:
        """Reads a file, or those that it contains, and keeps them aside; nothing is raised for a
        file that can't be read, be it the only one."""
        name = shown_name(name)
        try:
            if not name.lower().endswith(CONTAINERS):
                return Sent((self.add(name, data),))
            check_size(name, len(data))
            with self._reading() as parser:
                return self._opened(Found(name, name, name, data), parser)
        except ReperesError as error:
            return Sent(refused=(Refusal(name, str(error)),))

    def _opened(self, archive: Found, parser: Parser) -> Sent:
        report, drafts = Report(), dict[str, Draft]()
        for found in contained(archive, parser, report):
            name = shown_name(found.name)
            try:
                if name in drafts:
                    raise InvalidRequest(texts.twice(name))
                drafts[name] = self._read(name, found.data, parser)
            except ReperesError as error:
                report.refuse(Refusal(found.shown, str(error)))
        if not drafts and not report.refused:
            raise UnreadableFile(texts.nothing_inside(archive.name))
        refused = tuple(Refusal(**refusal) for refusal in report.refused)
        return Sent(tuple(drafts.values()), refused)

    def add(self, name: str, data: bytes) -> Draft:
        """Reads a file that contains no others and keeps it aside.

        Raises:
            UnreadableFile: nothing can be read of it; nothing is kept.
            InvalidRequest: too many files are waiting or being read.
            ReperesError: its card is wrong, or the disk refuses it.
        """
        with self._reading() as parser:
            return self._read(shown_name(name), data, parser)

    @contextmanager
    def _reading(self) -> Iterator[Parser]:
        """A process that opens files, as far as it is this one's turn."""
        if not self._readers.acquire(blocking=False):
            raise InvalidRequest(texts.READING)
        try:
            with Parser() as parser:
                yield parser
        finally:
            self._readers.release()

    def _read(self, name: str, data: bytes, parser: Parser) -> Draft:
        check_size(name, len(data))
        if len(self.all()) >= MOST_DRAFTS:
            raise InvalidRequest(texts.too_many_drafts(MOST_DRAFTS))
        reading = parser.read(name, data)
        documents = documents_of(name, reading)
        if not documents:
            raise UnreadableFile(_refusals(name, reading.refused))
        return self._keep(name, data, documents, reading)

    def _keep(
        self,
        name: str,
        data: bytes,
        documents: tuple[Document, ...],
        reading: Reading,
    ) -> Draft:
        token = secrets.token_urlsafe(16)
        with self._lock:
            try:
                self._folder = self._folder or _private_folder(self)
                file = self._folder / token
                try:
                    file.write_bytes(data)
                except OSError:
                    file.unlink(missing_ok=True)
                    raise
            except OSError as error:
                raise ReperesError(texts.unwritable(system_reason(error))) from error
            digest = hashlib.sha256(data).hexdigest()
            draft = Draft(token, name, file, digest, documents, reading, self._clock())
            self._drafts[token] = draft
        timer = threading.Timer(self._kept_s + 1, self.all)
        timer.daemon = True
        timer.start()
        return draft

    def all(self) -> list[Draft]:
        """The drafts that wait, oldest first; those that waited too long are dropped."""
        with self._lock:
            now = self._clock()
            for draft in list(self._drafts.values()):
                if now - draft.made_s >= self._kept_s:
                    self._drop(draft.token)
            return list(self._drafts.values())

    def get(self, token: str) -> Draft | None:
        """One of them, ``None`` when it isn't there any more."""
        return next((draft for draft in self.all() if draft.token == token), None)

    def correct(self, draft: Draft, card: dict[str, Any]) -> Draft:
        """Takes what a person says of a draft's document.

        Raises:
            InvalidDocument: a value isn't of its form; nothing changes.
        """
        documents = documents_of(draft.name, with_card(draft.reading, card))
        corrected = replace(draft, documents=documents, card=card)
        with self._lock:
            if draft.token in self._drafts:
                self._drafts[draft.token] = corrected
        return corrected

    def discard(self, token: str) -> None:
        """Deletes all that is kept of a draft, if it is still there."""
        with self._lock:
            self._drop(token)

    def _drop(self, token: str) -> None:
        draft = self._drafts.pop(token, None)
        if draft is not None:
            draft.file.unlink(missing_ok=True)


def shown_name(given: str) -> str:
    """A name to show and to make an identifier of, never a path: short, on one line."""
    name = clean(re.split(r"[\\/]", unicodedata.normalize("NFC", given))[-1])
    name = " ".join(name.split()).strip(" .") or "document"
    found = _EXTENSION.search(name)
    extension = found[0] if found else ""
    return name[: len(name) - len(extension)][: NAME_CHARS - len(extension)] + extension


def documents_of(name: str, reading: Reading) -> tuple[Document, ...]:
    """The documents that publishing a file will give.

    Raises:
        InvalidDocument: the card at its head is wrong.
    """
    found = []
    for place, content in enumerate(reading.contents, 1):
        if name.lower().endswith(RECORDS):
            document_id = record_name(name, content, place)
        else:
            document_id = original_of_file(name, content) or safe_id(name)
        found.append(make_document(document_id, name, content))
    return tuple(found)


def _refusals(name: str, refused: Sequence[Refusal]) -> str:
    """Why every part of a file was refused, by the first of them."""
    if refused:
        return f"« {name} » ne se lit pas : {refused[0].reason}"
    return f"« {name} » ne contient aucun texte."


def _private_folder(owner: object) -> Path:
    """A folder that only this user opens, deleted with ``owner``; a lock says it is in use."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))  # mkdtemp: mode 0700
    descriptor = os.open(folder / _IN_USE, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    weakref.finalize(owner, _delete, folder, descriptor)
    return folder


def _delete(folder: Path, descriptor: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(descriptor)


def sweep(parent: Path) -> None:
    """Deletes what servers that were killed left in ``parent``."""
    for folder in parent.glob(_PREFIX + "*"):
        try:
            descriptor = os.open(folder / _IN_USE, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:
            continue  # another user's, or just being made
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            pass  # its server runs
        finally:
            os.close(descriptor)
