"""One file at a time into the library: read for its faults, identified, kept."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from corpus.errors import InvalidDocument, LibraryClash, UnreadableFile
from ingest.collecting import Found
from ingest.documents import make_document, original_id, shipped_ids
from ingest.library import Library, safe_id
from ingest.parsing import Parser
from ingest.publishing import publishing_lock
from ingest.reading import RECORDS, Reading, Refusal
from ingest.readings import Readings
from ingest.report import Progress, Report
from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Work:
    """What one ingest holds, from the lock to the publication."""

    settings: Settings
    library: Library
    parser: Parser
    readings: Readings
    report: Report
    progress: Progress

    @property
    def reserved(self) -> frozenset[str]:
        """Ids that the shipped corpus takes in this index."""
        return shipped_ids() if self.settings.is_default_index else frozenset()


@contextmanager
def at_work(settings: Settings, progress: Progress, *, recovering: bool = False) -> Iterator[Work]:
    """Holds the lock, the library and the process that opens files.

    Raises:
        IndexLocked: another ingest is at work.
        ReperesError: the library can't be read.
    """
    started, report = time.monotonic(), Report()
    with publishing_lock(settings.index_folder), Parser() as parser:
        library = Library(settings.library_folder, recovering=recovering)
        if not recovering:
            library.sweep()
        readings = Readings(settings.library_folder / "readings", parser)
        yield Work(settings, library, parser, readings, report, progress)
    report.seconds = round(time.monotonic() - started, 2)


def add(found: Found, work: Work) -> None:
    """Reads a file for its faults and puts it in the library."""
    library, report = work.library, work.report
    try:
        reading = work.readings.read(found.name, found.data)
        document_id = _document_id(found, reading)
    except (UnreadableFile, InvalidDocument) as error:
        report.refuse(Refusal(found.shown, str(error)))
        return
    for refusal in reading.refused:
        report.refuse(replace(refusal, file=found.shown + refusal.file.removeprefix(found.name)))
    if not reading.contents:
        return
    name = document_id or found.name
    if name in work.reserved:
        reason = f"L'identifiant « {name} » est celui d'un document du corpus livré : renommez-le."
        report.refuse(Refusal(found.shown, reason))
        return
    former = library.at(found.place)
    same = library.find_content(hashlib.sha256(found.data).hexdigest())
    if same is not None and same.path == found.place:
        if not same.removed and same.document_id == document_id:
            report.unchanged.append(name)
            return
    elif same is not None:
        report.duplicates.append(f"{found.shown} = {same.path}")
        if former is not None:  # what this file held before is nowhere any more
            library.remove(former)
            report.removed.append(former.document_id or former.name)
        return
    try:
        replaced = library.put(found.place, found.name, found.data, document_id)
    except LibraryClash as error:
        report.refuse(Refusal(found.shown, str(error)))
        return
    (report.replaced if replaced else report.added).append(name)


def _document_id(found: Found, reading: Reading) -> str | None:
    """The id of a file's document, ``None`` when its records carry theirs.

    Raises:
        InvalidDocument: its card is wrong, and must not enter the library.
    """
    if found.name.lower().endswith(RECORDS):
        return None
    document_id = safe_id(found.name)
    for content in reading.contents:
        document = make_document(document_id, found.name, content)
        return original_id(content, document.identity) or document_id
    return document_id
