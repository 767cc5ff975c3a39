"""Publishing a generation: built aside under a lock, verified in a child, swapped atomically."""

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus.errors import IndexLocked, IndexUnwritable, system_reason
from corpus.types import Document, Passage
from ingest.embedding import PassageEncoder
from ingest.embedding_cache import EmbeddingCache
from ingest.index import CURRENT_FILE, former_generations
from ingest.lexical import LexicalIndex, terms
from ingest.manifest import INDEX_FORMAT, Manifest, digests
from ingest.texts import write_texts
from ingest.vectors import CHROMA_FOLDER, COLLECTION, STATEMENTS, fill_chroma
from ingest.verifying import verify_aside

BUILDING_PREFIX = ".building-"


@dataclass(frozen=True, slots=True)
class Build:
    """What a generation is made of; ``digest`` names its folder."""

    documents: Sequence[Document]
    passages: Sequence[Passage]
    corpus_digest: str
    chunking: str
    encoder: PassageEncoder | None
    digest: str


@contextmanager
def publishing_lock(index_folder: Path) -> Iterator[None]:
    """Holds the right to publish there; the system frees it when its holder dies.

    Raises:
        IndexLocked: another ingest is at work.
    """
    index_folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(index_folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IndexLocked(
                f"Une autre indexation est en cours dans {index_folder} : attendez qu'elle finisse."
            ) from error
        for stale in index_folder.glob(BUILDING_PREFIX + "*"):
            shutil.rmtree(stale, ignore_errors=True)
        yield
    finally:
        os.close(descriptor)


def publish(
    build: Build, index_folder: Path, cache_folder: Path, progress: Callable[[int, int], None]
) -> int:
    """Builds, verifies and puts in service; returns how many passages had to be embedded.

    Raises:
        IndexBroken: what was built doesn't pass its verification (the former one stays).
        IndexUnwritable: the disk is full or the folder can't be written (the former one stays).
    """
    try:
        return _publish(build, index_folder, cache_folder, progress)
    except (OSError, sqlite3.Error) as error:
        full = isinstance(error, sqlite3.Error) and "full" in str(error)
        reason = "le disque est plein" if full else "la base ne s'écrit pas"
        reason = system_reason(error) if isinstance(error, OSError) else reason
        raise IndexUnwritable(
            f"L'index n'a pas pu être écrit dans {index_folder} ({reason}) : libérez de la "
            "place ou choisissez un autre dossier (--index) ; l'ancien index reste en service."
        ) from error


def _publish(
    build: Build, index_folder: Path, cache_folder: Path, progress: Callable[[int, int], None]
) -> int:
    aside = Path(tempfile.mkdtemp(prefix=BUILDING_PREFIX, dir=index_folder))
    try:
        computed = _write(build, aside, cache_folder, progress)
        statements = sum(1 for _ in _statements(build)) if build.encoder else None
        verify_aside(aside, statements)
        _manifest(build, aside).write(aside)
        _flush(aside)
        aside.chmod(0o755)  # mkdtemp's folder is its owner's alone
        target = index_folder / build.digest
        if target.is_dir():  # a broken or unused folder of the same content
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        os.replace(aside, target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    put_in_service(index_folder, build.digest)
    return computed


def put_in_service(index_folder: Path, digest: str) -> None:
    """Points ``current`` at a complete generation and keeps one former generation."""
    if (index_folder / CURRENT_FILE).is_dir():
        raise IndexUnwritable(
            f"{index_folder / CURRENT_FILE} est un dossier, ce devrait être un fichier : "
            "déplacez-le, puis relancez « reperes ingest »."
        )
    pointer = index_folder / f".{CURRENT_FILE}-{os.getpid()}"
    with pointer.open("w", encoding="ascii") as file:
        file.write(digest)
        file.flush()
        os.fsync(file.fileno())
    os.utime(index_folder / digest)  # generations are ordered by when they were in service
    os.replace(pointer, index_folder / CURRENT_FILE)
    _flush_entry(index_folder)
    for old in list(former_generations(index_folder, index_folder / digest))[1:]:
        shutil.rmtree(old, ignore_errors=True)


def _write(
    build: Build, folder: Path, cache_folder: Path, progress: Callable[[int, int], None]
) -> int:
    write_texts(folder / "texts.sqlite", build.documents, build.passages)
    LexicalIndex.build(_lexical_rows(build)).save(folder / "lexical")
    if build.encoder is None:
        return 0
    statements = list(_statements(build))
    texts = [p.indexed_text for p in build.passages] + [text for _row, text in statements]
    cache = EmbeddingCache(cache_folder)
    done = 0

    def embedded(more: int) -> None:
        nonlocal done
        done += more
        progress(done, len(texts))

    try:
        vectors, computed = cache.encode(build.encoder, texts, embedded)
    finally:
        cache.close()
    count = len(build.passages)
    fill_chroma(folder / CHROMA_FOLDER, COLLECTION, list(_passage_rows(build)), vectors[:count])
    rows = [row for row, _text in statements]
    fill_chroma(folder / CHROMA_FOLDER, STATEMENTS, rows, vectors[count:])
    return computed


def _lexical_rows(build: Build) -> Iterator[list[str]]:
    """Terms of each passage, and those of the questions that its statements answer."""
    anchors = {d.document_id: d.anchors for d in build.documents if d.anchors}
    for p in build.passages:
        held = (a for a in anchors.get(p.document_id, ()) if p.start <= a.start < p.end)
        asked = dict.fromkeys(term for a in held for q in a.asked for term in terms(q))
        yield [*terms(p.indexed_text), *asked]


def _passage_rows(build: Build) -> Iterator[tuple[str, str, dict[str, Any]]]:
    titles = {d.document_id: d.identity.title or d.document_id for d in build.documents}
    for number, p in enumerate(build.passages):
        metadata = {"row": number, "document_id": p.document_id, "title": titles[p.document_id]}
        metadata |= {"locator": p.locator, "start": p.start, "end": p.end}
        yield p.passage_id, p.text, metadata


def _statements(build: Build) -> Iterator[tuple[tuple[str, str, dict[str, Any]], str]]:
    """Anchored statements: a vector each, so that the right line of a section can be told, and
    one for each question that people ask for it.

    Gives (row of the collection, text to embed); a statement starts with its passage's context.
    """
    anchors = {d.document_id: d.anchors for d in build.documents if d.anchors}
    for n, p in enumerate(build.passages):
        for anchor in anchors.get(p.document_id, ()):
            if p.start <= anchor.start and anchor.end <= p.end:
                text = p.text[anchor.start - p.start : anchor.end - p.start]
                metadata = {"document_id": p.document_id, "start": anchor.start, "row": n}
                row = (f"{p.document_id}:{anchor.start}", text, metadata)
                yield row, f"{p.context}\n{text}"
                for number, question in enumerate(anchor.asked, 1):
                    yield (f"{row[0]}?{number}", question, metadata), question


def _manifest(build: Build, folder: Path) -> Manifest:
    encoder = build.encoder
    packages = ("chromadb", "bm25s", "PyStemmer", "sentence-transformers")
    return Manifest(
        index_format=INDEX_FORMAT,
        corpus_digest=build.corpus_digest,
        chunking=build.chunking,
        embedding_model=encoder.name if encoder else None,
        embedding_digest=encoder.digest if encoder else None,
        dimension=encoder.dimension if encoder else None,
        normalised=True,
        documents=len(build.documents),
        passages=len(build.passages),
        statements=sum(1 for _ in _statements(build)) if encoder else 0,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        checked_on=min(
            (d.identity.checked_on for d in build.documents if d.identity.checked_on), default=None
        ),
        versions={name: version(name) for name in packages},
        files=digests(folder),
    )


def _flush(folder: Path) -> None:
    """Forces every file and folder entry to disk before the rename that publishes them."""
    for path in folder.rglob("*"):
        _flush_entry(path)
    _flush_entry(folder)


def _flush_entry(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
