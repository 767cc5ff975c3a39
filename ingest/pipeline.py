"""From files to a published index: the one story of ingest."""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from corpus.errors import IndexUnusable, InvalidDocument, ReperesError, UnreadableFile
from corpus.types import Document, Passage
from ingest.chunking import CHUNKING, passages
from ingest.documents import (
    IndexedFile,
    make_document,
    read_documents,
    record_name,
    shipped_files,
    shipped_ids,
)
from ingest.embedding import PassageEncoder
from ingest.index import current_generation
from ingest.lexical import analysis_fingerprint
from ingest.library import Entry, Library, safe_id
from ingest.manifest import INDEX_FORMAT, Manifest
from ingest.publishing import Build, publish, publishing_lock, put_in_service
from ingest.reading import read
from ingest.reading.content import Refusal
from ingest.report import Progress, Report
from ingest.settings import Settings


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    encoder: PassageEncoder | None,
    progress: Progress = lambda _stage, _done, _total: None,
) -> Report:
    """Adds ``paths`` to the library and publishes; without paths, indexes what is there.

    The default index always holds the shipped corpus; another one holds it when nothing was
    ever ingested into it.

    Raises:
        IndexLocked: another ingest is at work.
        ReperesError: nothing could be published (every file was refused, an empty library…).
    """
    started, report = time.monotonic(), Report()
    with publishing_lock(settings.index_folder):
        library = Library(settings.library_folder)
        shipped = shipped_ids() if settings.is_default_index else frozenset()
        for path in _expanded(paths, report):
            _add(path, library, report, shipped)
        if paths and not (report.added or report.replaced or report.unchanged or report.duplicates):
            raise ReperesError(_nothing_kept(report))
        _publish(library, settings, encoder, report, progress)
    report.seconds = round(time.monotonic() - started, 2)
    return report


def remove(
    document_ids: Sequence[str],
    settings: Settings,
    encoder: PassageEncoder | None,
    progress: Progress = lambda _stage, _done, _total: None,
) -> Report:
    """Takes documents out of the library and publishes what is left.

    Raises:
        ReperesError: a document isn't in the library (nothing is removed then).
    """
    started, report = time.monotonic(), Report()
    with publishing_lock(settings.index_folder):
        library = Library(settings.library_folder)
        wanted = list(dict.fromkeys(document_ids))
        for document_id in wanted:
            _holder(library, document_id)
        for document_id in wanted:
            _take_out(library, _holder(library, document_id), document_id)
            report.removed.append(document_id)
        _publish(library, settings, encoder, report, progress)
    report.seconds = round(time.monotonic() - started, 2)
    return report


def _holder(library: Library, document_id: str) -> Entry:
    for entry in library:
        if entry.document_id == document_id:
            return entry
        if entry.document_id is None and document_id in _records_left(library, entry):
            return entry
    raise ReperesError(
        f"« {document_id} » n'est pas dans la bibliothèque : rien n'a été retiré (les documents "
        "du corpus livré ne se retirent pas)."
    )


def _take_out(library: Library, entry: Entry, document_id: str) -> None:
    """Takes one document out; a file goes with the last of its records."""
    if entry.document_id is None and _records_left(library, entry) - {document_id}:
        library.remove(entry, document_id)
    else:
        library.remove(entry)


def _records_left(library: Library, entry: Entry) -> set[str]:
    contents = read(entry.name, library.data(entry)).contents
    names = {record_name(entry.name, c, place) for place, c in enumerate(contents, 1)}
    return names - set(entry.removed)


def _expanded(paths: Iterable[Path], report: Report) -> Iterator[Path]:
    """Files under ``paths``, in a fixed order; hidden files of folders are passed over."""
    for path in paths:
        if path.is_dir():
            for found in sorted(path.rglob("*")):
                if found.is_file() and not any(
                    part.startswith(".") for part in found.relative_to(path).parts
                ):
                    yield found
        elif path.is_file():
            yield path
        else:
            report.refuse(Refusal(str(path), "Ce fichier ou dossier n'existe pas."))


def _add(path: Path, library: Library, report: Report, shipped: frozenset[str]) -> None:
    """Reads a file for its faults and puts it in the library."""
    try:
        data = path.read_bytes()
        reading = read(path.name, data)
        if not reading.contents and not reading.refused:
            raise UnreadableFile("Aucun texte n'a été trouvé dans ce fichier.")
        for content in reading.contents:
            if content.front_matter is not None:  # a wrong card must not enter the library
                make_document(path.stem, path.name, content)
    except (UnreadableFile, InvalidDocument, OSError) as error:
        report.refuse(Refusal(str(path), _reason(error)))
        return
    for refusal in reading.refused:
        report.refuse(replace(refusal, file=f"{path}{refusal.file.removeprefix(path.name)}"))
    if not reading.contents:
        return
    sha256 = hashlib.sha256(data).hexdigest()
    many = path.name.lower().endswith((".jsonl", ".jsonl.gz"))
    document_id = None if many else safe_id(path.name)
    name = document_id or path.name
    if name in shipped:
        reason = f"L'identifiant « {name} » est celui d'un document du corpus livré : renommez-le."
        report.refuse(Refusal(str(path), reason))
        return
    former = next((entry for entry in library if entry.path == str(path.resolve())), None)
    same = library.find_content(sha256)
    if same is not None and same.path == str(path.resolve()) and not same.removed:
        report.unchanged.append(name)
        return
    if same is not None and same.path != str(path.resolve()):
        report.duplicates.append(f"{path} = {same.path}")
        if former is not None:  # what this file held before is nowhere any more
            library.remove(former)
            report.removed.append(name)
        return
    try:
        library.put(path, data, document_id)
    except ReperesError as error:
        report.refuse(Refusal(str(path), str(error)))
        return
    (report.replaced if former else report.added).append(name)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"Ce fichier ne se lit pas ({error.strerror or type(error).__name__})."
    return str(error)


def _nothing_kept(report: Report) -> str:
    if not report.refused:
        return "Aucun fichier à indexer à cet endroit."
    first = report.refused[0]
    more = f" (et {len(report.refused) - 1} autres)" if len(report.refused) > 1 else ""
    return f"Rien n'a été publié. {first['file']} : {first['reason']}{more}"


def _publish(
    library: Library,
    settings: Settings,
    encoder: PassageEncoder | None,
    report: Report,
    progress: Progress,
) -> None:
    files = [IndexedFile(e.name, library.data(e), e.document_id, e.removed) for e in library]
    if settings.is_default_index or not files:
        files = [*shipped_files(), *files]
    documents = read_documents(files, report, progress)
    chunks = [p for d in documents for p in passages(d)]
    if not chunks:
        raise ReperesError("Aucun passage à indexer : la bibliothèque est vide.")
    build = _build(documents, chunks, encoder)
    report.documents, report.passages = len(documents), len(chunks)
    report.corpus_digest = build.corpus_digest
    report.published = True
    if _in_service(settings.index_folder, build.digest):
        return

    def embedded(done: int, total: int) -> None:
        progress("calcul des vecteurs", done, total)

    report.embedded = publish(build, settings.index_folder, settings.cache, embedded)


def _build(
    documents: Sequence[Document], chunks: Sequence[Passage], encoder: PassageEncoder | None
) -> Build:
    corpus_digest = hashlib.sha256(
        "\n".join(_fingerprint(d) for d in documents).encode("utf-8")
    ).hexdigest()
    model = encoder.digest if encoder else "lexical"
    digest = hashlib.sha256(
        f"{INDEX_FORMAT} {CHUNKING.fingerprint} {analysis_fingerprint()} {model} "
        f"{corpus_digest}".encode()
    ).hexdigest()[:32]
    return Build(documents, chunks, corpus_digest, CHUNKING.fingerprint, encoder, digest)


def _fingerprint(document: Document) -> str:
    """Digest of all that an answer may show of a document."""
    values = asdict(document)
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _in_service(index_folder: Path, digest: str) -> bool:
    """Whether that generation is published and sound; then there is nothing to do."""
    folder = index_folder / digest
    try:
        Manifest.read(folder).check_files(folder)
        if current_generation(index_folder) != folder:
            put_in_service(index_folder, digest)
    except IndexUnusable:
        return False
    return True
