"""From files to a published index: the one story of ingest."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from corpus.errors import IndexUnusable, ReperesError
from corpus.types import Document, Passage
from ingest.adding import Work, add, at_work, documents_of
from ingest.backups import opened_backup, write_backup
from ingest.chunking import CHUNKING, passages
from ingest.collecting import files_under, opened
from ingest.documents import (
    IndexedFile,
    read_documents,
    shipped_digests,
    shipped_files,
    with_card,
)
from ingest.embedding import PassageEncoder
from ingest.index import current_generation
from ingest.lexical import analysis_fingerprint
from ingest.library import Entry, Library
from ingest.manifest import INDEX_FORMAT, Manifest
from ingest.publishing import Build, publish, put_in_service
from ingest.reading import Reading
from ingest.report import Progress, Report
from ingest.settings import Settings


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    encoder: PassageEncoder | None,
    progress: Progress = _silent,
) -> Report:
    """Adds ``paths`` to the library and publishes; without paths, indexes what is there.

    The default index always holds the shipped corpus; another one holds it when nothing was
    ever ingested into it.

    Raises:
        IndexLocked: another ingest is at work.
        ReperesError: nothing could be published (every file was refused, an empty library…).
    """
    with at_work(settings, progress) as work:
        report = work.report
        files = files_under(paths, report)
        for number, path in enumerate(files, 1):
            for found in opened(path, work.parser, report):
                add(found, work)
            progress("lecture", number, len(files))
        if paths and not (report.added or report.replaced or report.unchanged or report.duplicates):
            raise ReperesError(_nothing_kept(report))
        publish_library(work, encoder)
    return report


def remove(
    document_ids: Sequence[str],
    settings: Settings,
    encoder: PassageEncoder | None,
    progress: Progress = _silent,
) -> Report:
    """Takes documents out of the library and publishes what is left.

    Raises:
        ReperesError: a document isn't in the library, or none would be left in an index without
            the shipped corpus (nothing is removed then).
    """
    with at_work(settings, progress, whole=True) as work:
        left = {entry.path: documents_of(entry, work) for entry in work.library}
        wanted = list(
            dict.fromkeys(n for d in document_ids for n in _wanted(d, left, work.library))
        )
        left = {path: documents - set(wanted) for path, documents in left.items()}
        if not settings.is_default_index and not any(left.values()):
            raise ReperesError(
                "Ce sont les derniers documents de cet index, qui ne peut pas être vide : rien n'a "
                f"été retiré. Pour tout effacer, supprimez le dossier {settings.index_folder}."
            )
        for entry in list(work.library):
            _take_out(entry, wanted, left[entry.path], work)
        work.report.removed += wanted
        publish_library(work, encoder)
    return work.report


def backup(target: Path, settings: Settings) -> int:
    """Writes the whole library to one file; returns how many files it holds.

    Raises:
        IndexLocked: an ingest is at work.
        ReperesError: a file of the library is missing or was changed, the library is empty, or the
            target's folder doesn't exist.
    """
    if not target.parent.is_dir():
        raise ReperesError(f"Le dossier {target.parent} n'existe pas : créez-le, puis réessayez.")
    inside = settings.index_folder.resolve(), settings.library_folder.resolve()
    if any(target.resolve().is_relative_to(folder) for folder in inside) or (
        target.exists() and not target.is_file()
    ):
        raise ReperesError(
            f"Une sauvegarde ne s'écrit pas dans {target} : choisissez un autre nom."
        )
    with at_work(settings, _silent) as work:
        if not len(work.library):
            raise ReperesError(
                f"La bibliothèque {settings.library_folder} est vide : rien à sauvegarder, et "
                f"{target} n'a pas été touché."
            )
        write_backup(work.library, target)
        return len(work.library)


def restore(
    source: Path,
    settings: Settings,
    encoder: PassageEncoder | None,
    progress: Progress = _silent,
    *,
    replacing: bool = False,
) -> Report:
    """Puts back the library that ``backup`` wrote, in one step, and publishes.

    Args:
        source: the file.
        settings: whose library it becomes.
        encoder: the embedding model.
        progress: told what is done.
        replacing: whether a library that holds other files may be replaced.

    Raises:
        UnreadableFile: the file isn't a whole backup; nothing is changed then.
        ReperesError: the library holds other files and ``replacing`` is false.
    """
    with (
        opened_backup(source) as (entries, contents),
        at_work(settings, progress, recovering=replacing) as work,
    ):
        held = {entry.path: entry.sha256 for entry in work.library}
        kept = {entry.path: entry.sha256 for entry in entries}
        if not replacing and not held.items() <= kept.items():
            raise ReperesError(
                f"La bibliothèque tient {len(held)} fichiers que cette sauvegarde ne rend pas tous "
                "à l'identique : sauvegardez-la d'abord (reperes backup), puis ajoutez --replace."
            )
        former = list(work.library)
        work.library.replace_by(entries, contents)
        try:
            publish_library(work, encoder)
        except BaseException:
            work.library.replace_by(former, ())
            raise
        work.library.sweep()
        work.report.added += [path for path in kept if path not in held]
        work.report.removed += [path for path in held if path not in kept]
    return work.report


def _wanted(name: str, documents: Mapping[str, set[str]], library: Library) -> list[str]:
    """The documents that a person names: by their id, else by their file's name or path.

    Raises:
        ReperesError: none of that name; the nearest ids are given.
    """
    known = {document_id for ids in documents.values() for document_id in ids}
    if name in known:
        return [name]
    named = [e for e in library if name in (e.name, e.path) or str(Path(name).absolute()) == e.path]
    if len(named) == 1:
        return sorted(documents[named[0].path])
    near = get_close_matches(name, sorted(known), 3, 0.5)
    hint = f" Identifiants proches : {', '.join(near)}." if near else ""
    raise ReperesError(
        f"« {name} » n'est pas dans la bibliothèque : rien n'a été retiré (les documents du corpus "
        f"livré ne se retirent pas).{hint}"
    )


def _take_out(entry: Entry, wanted: Sequence[str], left: set[str], work: Work) -> None:
    """Takes documents out of an entry; the file goes with the last of them."""
    if not left:
        work.library.remove(entry)
    elif entry.document_id is None:
        work.library.remove(entry, [name for name in wanted if name not in left])


def _nothing_kept(report: Report) -> str:
    if not report.refused:
        return "Aucun fichier à indexer à cet endroit."
    first = report.refused[0]
    more = f" (et {len(report.refused) - 1} autres)" if len(report.refused) > 1 else ""
    return f"Rien n'a été publié. {first['file']} : {first['reason']}{more}"


def publish_library(work: Work, encoder: PassageEncoder | None) -> None:
    """Publishes what the library holds; nothing is written when that is already in service.

    Raises:
        ReperesError: there is nothing to publish, or it can't be written.
    """
    settings, report = work.settings, work.report
    files = _indexed_files(work)
    documents = read_documents(files, report)
    work.readings.forget_unused()
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
        work.progress("calcul des vecteurs", done, total)

    report.embedded = publish(build, settings.index_folder, settings.cache, embedded)


def _indexed_files(work: Work) -> Iterator[IndexedFile]:
    """The shipped corpus where the index holds it, then the library, one file at a time."""
    library = work.library
    if work.settings.is_default_index or not len(library):
        yield from shipped_files()
    for entry in library:
        reading = partial(_read, work, entry, library.data(entry))
        ours = entry.sha256 in shipped_digests()
        yield IndexedFile(entry.name, reading, entry.document_id, ours, entry.removed)


def _read(work: Work, entry: Entry, data: bytes) -> Reading:
    return with_card(work.readings.read(entry.name, data), entry.card)


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
