"""Adding and removing documents while the server answers: one publication at a time, aside."""

import contextlib
import hashlib
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

from corpus.errors import InvalidRequest, ReperesError, system_reason
from ingest.adding import add, at_work
from ingest.collecting import Found
from ingest.documents import shipped_ids
from ingest.embedding import PassageEncoder, load_embeddings
from ingest.library import ORIGINAL, Entry, Library
from ingest.pipeline import publish_library, remove
from ingest.report import Report
from ingest.settings import Settings
from ui import adding_texts as texts
from ui.drafts import Draft, Drafts
from ui.headers import log_crash

PLACE: Final = "ajout:"
"""Begins the place of a file that was added on the page; its name follows. No path begins so."""

State = Literal["running", "done", "failed"]


@dataclass(slots=True)
class Job:
    """One publication or removal: what it is, how far, how it ended (French sentences).

    ``draft`` is the token of the draft that it publishes, ``None`` for a removal; ``documents``
    are the ids that it published.
    """

    title: str
    draft: str | None = None
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

    ``key`` goes in every form: a page of another site can't know it.
    """

    def __init__(
        self,
        settings: Settings,
        encoder: Callable[[], PassageEncoder | None] | None = None,
        drafts: Drafts | None = None,
    ) -> None:
        self._settings = settings
        self._encoder = encoder or partial(load_embeddings, settings)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.job: Job | None = None
        self.drafts = drafts or Drafts()
        self.key = secrets.token_urlsafe(16)

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

    def publish(self, draft: Draft) -> None:
        """Begins to publish a draft, which goes once it is published.

        Raises:
            InvalidRequest: another publication of this server runs.
        """
        job = Job(texts.publication_of(draft.name), draft.token)
        self._start(job, partial(self._publish, draft, job))

    def remove(self, held: Held) -> None:
        """Begins to take a file's documents out of the library.

        Raises:
            InvalidRequest: another publication of this server runs.
        """
        job = Job(texts.removal_of(held.name))
        work = partial(remove, [held.path], self._settings)
        self._start(job, lambda: work(self._encoder(), job.progress))

    def wait(self, timeout_s: float) -> None:
        """Waits until the publication that runs, if any, has ended."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _library(self) -> Library:
        return Library(self._settings.library_folder)

    def _start(self, job: Job, work: Callable[[], Report]) -> None:
        with self._lock:
            if self.job is not None and self.job.state == "running":
                raise InvalidRequest(texts.WORKING)
            self.job = job
            self._thread = threading.Thread(target=_run, args=(job, work), daemon=True)
            self._thread.start()

    def _publish(self, draft: Draft, job: Job) -> Report:
        data = draft.file.read_bytes()
        with at_work(self._settings, job.progress) as work:
            former = list(work.library)
            place = PLACE + draft.name
            ids = [document.document_id for document in draft.documents]
            contents = _contents(work.library, place, ids)
            try:
                add(Found(draft.name, place, draft.name, data), work, draft.card)
                if not (work.report.added or work.report.replaced):
                    raise ReperesError(texts.not_added(_why(work.report)))
                publish_library(work, self._encoder())
            except BaseException:
                if list(work.library) != former:
                    work.library.replace_by(former, contents)
                    work.library.sweep()
                raise
        job.documents = tuple(ids)
        self.drafts.discard(draft.token)
        return work.report


def _run(job: Job, work: Callable[[], Report]) -> None:
    """Does the work and says how it ended, whatever happens."""
    try:
        job.report = work()
    except ReperesError as error:
        job.error = str(error)
    except OSError as error:
        job.error = texts.unwritable(system_reason(error))
    except Exception as error:  # nobody would see it end
        log_crash(error)
        job.error = texts.UNFORESEEN
    job.state = "failed" if job.error else "done"


def _contents(library: Library, place: str, ids: Sequence[str]) -> list[tuple[str, bytes]]:
    """The bytes of what the file may replace, to put them back if it isn't published."""
    found = []
    for entry in library:
        if entry.path == place or entry.document_id in ids:
            with contextlib.suppress(ReperesError):  # lost already
                found.append((entry.sha256, library.data(entry)))
    return found


def _why(report: Report) -> str:
    """Why a file wasn't added."""
    if report.refused:
        return report.refused[0]["reason"]
    if report.duplicates:
        return texts.duplicate(report.duplicates[0].rpartition(" = ")[2].removeprefix(PLACE))
    return texts.UNCHANGED


def _key(entry: Entry) -> str:
    """Names a file of the library in an address, whatever its path."""
    return hashlib.sha256(entry.path.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _extension(name: str) -> str:
    return name.lower().rpartition(".")[2]
