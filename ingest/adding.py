"""One file at a time into the library: read for its faults, identified, kept."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.errors import InvalidDocument, ReperesError, UnreadableFile
from ingest.collecting import Found
from ingest.documents import original_of_file, record_name, shipped_digests, shipped_ids, with_card
from ingest.library import ORIGINAL, Entry, Library, safe_id
from ingest.parsing import Parser
from ingest.publishing import publishing_lock
from ingest.reading import RECORDS, Reading, Refusal
from ingest.readings import Readings
from ingest.report import Progress, Report
from ingest.settings import Settings
from ingest.undoing import undo, undone_unless_published


@dataclass(slots=True)
class Work:
    """What one ingest holds, from the lock to the publication."""

    settings: Settings
    library: Library
    parser: Parser
    readings: Readings
    report: Report
    progress: Progress
    met: set[str] = field(default_factory=set)
    """Places of the files that this run has met."""
    owners: dict[str, str] = field(default_factory=dict)
    """Where each document comes from: the place of its file."""

    def own(self, entry: Entry) -> None:
        """Notes the documents of an entry, in the place of those that its file had before."""
        for name in [name for name, place in self.owners.items() if place == entry.path]:
            del self.owners[name]
        self.owners |= dict.fromkeys(documents_of(entry, self), entry.path)


@contextmanager
def at_work(
    settings: Settings, progress: Progress, *, recovering: bool = False, whole: bool = False
) -> Iterator[Work]:
    """Holds the lock, the library and the process that opens files.

    Args:
        settings: whose library and index.
        progress: told what is done.
        recovering: whether a lost or damaged list of the library is taken as empty.
        whole: whether the library stays as it was when what is done with it isn't published.

    Raises:
        IndexLocked: another ingest is at work.
        ReperesError: the library can't be read.
    """
    started, report = time.monotonic(), Report()
    with publishing_lock(settings.index_folder), Parser() as parser:
        undo(settings)
        library = Library(settings.library_folder, recovering=recovering)
        if not recovering:
            library.sweep()
        readings = Readings(settings.library_folder / "readings", parser)
        work = Work(settings, library, parser, readings, report, progress)
        for entry in library:
            work.own(entry)
        if settings.is_default_index:
            work.owners |= dict.fromkeys(shipped_ids(), "un document du corpus livré")
        with undone_unless_published(library, settings.index_folder) if whole else nullcontext():
            yield work
    report.seconds = round(time.monotonic() - started, 2)


def documents_of(entry: Entry, work: Work) -> set[str]:
    """Ids of the documents that an entry gives; its name alone when its bytes are lost."""
    if entry.document_id is not None:
        return {entry.document_id}
    try:
        contents = work.readings.read(entry.name, work.library.data(entry)).contents
    except ReperesError:
        return {entry.name}
    names = {record_name(entry.name, c, place) for place, c in enumerate(contents, 1)}
    return names - set(entry.removed)


def add(found: Found, work: Work, card: dict[str, Any] | None = None) -> None:
    """Reads a file for its faults and puts it in the library.

    ``card`` is what a person said of its document: a front matter of plain JSON values, believed
    no further than a card at the head of the file.
    """
    library, report = work.library, work.report
    work.met.add(found.place)
    try:
        reading = with_card(work.readings.read(found.name, found.data), card)
        document_id = _document_id(found, reading)
    except (UnreadableFile, InvalidDocument) as error:
        report.refuse(Refusal(found.shown, str(error)))
        return
    for refusal in reading.refused:
        part = refusal.file[len(found.name) :]  # names are shown as long as they are
        report.refuse(replace(refusal, file=found.shown + part))
    taken = _taken(found, reading, document_id, work)
    if not reading.contents or len(taken) == len(reading.contents):
        return
    name = document_id or found.name
    former = library.at(found.place)
    same = library.find_content(hashlib.sha256(found.data).hexdigest())
    if same is not None and same.path == found.place:
        held = (same.removed, same.document_id, same.card)
        if held == (taken, document_id, card):
            report.unchanged.append(name)
            return
    elif same is not None and _extension(same.name) == _extension(found.name):
        report.duplicates.append(f"{found.shown} = {same.path}")
        if former is not None:  # what this file held before is nowhere any more
            library.remove(former)
            work.owners = {n: place for n, place in work.owners.items() if place != former.path}
            report.removed.append(former.document_id or former.name)
        return
    replaced = library.put(
        found.place, found.name, found.data, document_id, removed=taken, card=card
    )
    work.own(next(entry for entry in library if entry.path == found.place))
    (report.replaced if replaced else report.added).append(name)
    if replaced is not None and replaced.path != found.place:
        report.displaced.append(f"{replaced.path} = {found.shown}")


def _extension(name: str) -> str:
    return name.lower().rpartition(".")[2]


def _taken(found: Found, reading: Reading, document_id: str | None, work: Work) -> tuple[str, ...]:
    """Ids of this file that other files have, each refused by itself.

    The text of a catalogue entry replaces another file of the same number, unless this very run
    has met that one.
    """
    taken = []
    for place, content in enumerate(reading.contents, 1):
        name = document_id or record_name(found.name, content, place)
        owner = work.owners.get(name)
        owner = None if owner == found.place else owner
        if document_id is None and name.endswith(ORIGINAL):
            reason = f"L'identifiant « {name} » est réservé aux textes officiels."
        elif owner is None or (name.endswith(ORIGINAL) and owner not in work.met):
            continue
        else:
            reason = (
                f"L'identifiant « {name} » est déjà celui de {owner} : renommez ce fichier, ou "
                "retirez l'autre par « reperes remove »."
            )
        shown = found.shown if document_id else f"{found.shown}#{place}"
        work.report.refuse(Refusal(shown, reason))
        taken.append(name)
    return tuple(taken)


def _document_id(found: Found, reading: Reading) -> str | None:
    """The id of a file's document, ``None`` when its records carry theirs.

    Raises:
        InvalidDocument: its card is wrong, and must not enter the library.
    """
    if found.name.lower().endswith(RECORDS):
        return None
    document_id = safe_id(found.name)
    if hashlib.sha256(found.data).hexdigest() in shipped_digests():
        return document_id
    for content in reading.contents:
        return original_of_file(found.name, content) or document_id
    return document_id
