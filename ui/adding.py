"""Adding and removing documents while the server answers: one publication at a time, aside."""

import contextlib
import hashlib
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

from corpus.errors import InvalidRequest, ReperesError, system_reason
from ingest.documents import shipped_ids
from ingest.embedding import PassageEncoder
from ingest.library import ORIGINAL, Entry, Library
from ingest.publication import (
    Addition,
    Change,
    PublicationCrashed,
    carry_out,
    carry_out_aside,
)
from ingest.report import Report
from ingest.settings import Settings
from ingest.undoing import recover
from ui import adding_texts as texts
from ui.drafts import Draft, Drafts
from ui.headers import log, log_crash

PLACE: Final = "ajout:"
"""Begins the place of a file that was added on the page; its name follows. No path begins so."""

State = Literal["running", "done", "failed"]


@dataclass(slots=True)
class Job:
    """One publication or removal: what it is, how far, how it ended (French sentences).

    ``drafts`` are the tokens of what it publishes, empty for a removal; ``documents`` are the ids
    that it published.
    """

    title: str
    drafts: tuple[str, ...] = ()
    state: State = "running"
    stage: str = ""
    done: int = 0
    total: int = 0
    error: str | None = None
    documents: tuple[str, ...] = ()
    report: Report = field(default_factory=Report)

    def progress(self, stage: str, done: int, total: int) -> None:
        """Notes how far the ingest is."""
        self.stage, self.done, self.total = stage, done, total


@dataclass(frozen=True, slots=True)
class Held:
    """A file of the library: the key of its page, its name, its document (``None``: several)."""

    key: str
    name: str
    path: str
    document_id: str | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What publishing a draft would do: ``obstacle`` forbids it, ``notice`` is to be known."""

    obstacle: str | None = None
    notice: str | None = None


class Desk:
    """What the pages add and remove documents through. Thread-safe.

    ``key`` goes in every form: a page of another site can't know it. Publications run in a child
    process, so that answers don't wait for them; in this one over a given ``encoder``.
    """

    def __init__(
        self,
        settings: Settings,
        encoder: Callable[[], PassageEncoder | None] | None = None,
        drafts: Drafts | None = None,
    ) -> None:
        self._settings = settings
        self._encoder = encoder
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.job: Job | None = None
        self.drafts = drafts or Drafts()
        self.key = secrets.token_urlsafe(16)
        with contextlib.suppress(ReperesError):  # at work elsewhere, or said by every page
            recover(settings)

    def knows(self, key: object) -> bool:
        """Whether a form is one of this server's own."""
        given = key.encode("utf-8", "replace") if isinstance(key, str) else b""
        return secrets.compare_digest(given, self.key.encode("ascii"))

    def held(self) -> list[Held]:
        """The files of the library, by name.

        Raises:
            ReperesError: the library can't be read.
        """
        files = (Held(_key(e), e.name, e.path, e.document_id) for e in self._library())
        return sorted(files, key=lambda held: (held.name.lower(), held.path))

    def outlook(self, draft: Draft) -> Outlook:
        """What publishing a draft would do to the library as it is now.

        Raises:
            ReperesError: the library can't be read.
        """
        library = self._library()
        place = PLACE + draft.name
        same = library.find_content(draft.sha256)
        former = library.at(place)
        notice = texts.replaces(draft.name) if former else None
        if same is not None and same.path == place:
            if same.card == draft.card:
                return Outlook(texts.UNCHANGED)
            notice = texts.CORRECTS
        elif same is not None and _extension(same.name) == _extension(draft.name):
            return Outlook(texts.duplicate(same.name))
        ids = {document.document_id for document in draft.documents}
        for entry in library:
            if entry.document_id in ids and entry.path != place:
                if not entry.document_id.endswith(ORIGINAL):
                    return Outlook(texts.taken(entry.document_id, entry.name))
                notice = texts.same_text(entry.name)
        shipped = ids & shipped_ids() if self._settings.is_default_index else set()
        if shipped:
            return Outlook(texts.taken(min(shipped), texts.SHIPPED))
        return Outlook(notice=notice)

    def ready(self) -> list[Draft]:
        """The drafts that can be published together: nothing about them has to be known first.

        Raises:
            ReperesError: the library can't be read.
        """
        drafts = self.drafts.all()
        named = Counter(d.document_id for draft in drafts for d in draft.documents)
        return [
            draft
            for draft in drafts
            if self.outlook(draft) == Outlook()
            and all(named[d.document_id] == 1 for d in draft.documents)
        ]

    def publish(self, *drafts: Draft) -> None:
        """Begins to publish drafts, which go once they are published.

        Raises:
            InvalidRequest: another publication of this server runs, or no draft is given.
        """
        if not drafts:
            raise InvalidRequest(texts.NOTHING_READY)
        additions = (Addition(d.name, PLACE + d.name, d.file, d.card) for d in drafts)
        title = texts.publication_of([draft.name for draft in drafts])
        job = Job(title, tuple(draft.token for draft in drafts))
        self._start(job, Change(additions=tuple(additions)), partial(self._published, drafts))

    def remove(self, held: Held) -> None:
        """Begins to take a file's documents out of the library.

        Raises:
            InvalidRequest: another publication of this server runs.
        """
        job = Job(texts.removal_of(held.name))
        self._start(job, Change(removals=(held.path,)), lambda _job: None)

    def wait(self, timeout_s: float) -> None:
        """Waits until the publication that runs, if any, has ended."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _library(self) -> Library:
        return Library(self._settings.library_folder)

    def _start(self, job: Job, change: Change, then: Callable[[Job], None]) -> None:
        with self._lock:
            if self.job is not None and self.job.state == "running":
                raise InvalidRequest(texts.WORKING)
            self.job = job
            self._thread = threading.Thread(target=self._run, args=(job, change, then), daemon=True)
            self._thread.start()

    def _run(self, job: Job, change: Change, then: Callable[[Job], None]) -> None:
        """Publishes a change and says how it ended, whatever happens."""
        try:
            if self._encoder is None:
                job.report = carry_out_aside(change, self._settings, job.progress)
            else:
                job.report = carry_out(change, self._settings, self._encoder(), job.progress)
            then(job)
        except ReperesError as error:
            job.error = str(error)
        except OSError as error:
            job.error = texts.unwritable(system_reason(error))
        except PublicationCrashed as error:
            log.error("code=internal publication=%s", error)
            job.error = texts.UNFORESEEN
        except Exception as error:  # nobody would see it end
            log_crash(error)
            job.error = texts.UNFORESEEN
        job.state = "failed" if job.error else "done"

    def _published(self, drafts: Sequence[Draft], job: Job) -> None:
        """Drops the drafts that entered the library; a refused one stays."""
        refused = {refusal["file"] for refusal in job.report.refused}
        entered = [draft for draft in drafts if draft.name not in refused]
        job.documents = tuple(_ids(entered))
        for draft in entered:
            self.drafts.discard(draft.token)


def _ids(drafts: Iterable[Draft]) -> list[str]:
    return [document.document_id for draft in drafts for document in draft.documents]


def _key(entry: Entry) -> str:
    """Names a file of the library in an address, whatever its path."""
    return hashlib.sha256(entry.path.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _extension(name: str) -> str:
    return name.lower().rpartition(".")[2]
