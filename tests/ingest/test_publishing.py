"""Publishing: one at a time, verified, all or nothing, whatever kills it."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import IndexBroken, IndexLocked
from ingest import pipeline, publishing
from ingest.index import current_generation, open_generation
from ingest.lexical import terms
from ingest.manifest import Manifest, digests
from ingest.pipeline import ingest
from ingest.publishing import publishing_lock, put_in_service
from ingest.settings import PROJECT, Settings
from ingest.vectors import COLLECTION, chroma_client
from ingest.verifying import verify_aside
from tests.fakes import FakeEmbeddings

HOLD = """
import sys
from pathlib import Path
from ingest.publishing import publishing_lock
with publishing_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
INGEST = """
import sys
from pathlib import Path
from ingest.pipeline import ingest
from tests.conftest import settings_in
from tests.fakes import FakeEmbeddings
ingest([Path(sys.argv[2])], settings_in(Path(sys.argv[1])), FakeEmbeddings())
"""


def holder(index_folder: Path) -> "subprocess.Popen[str]":
    """A process that holds the lock until it is killed or its input ends."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(index_folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def note(folder: Path, text: str, name: str = "ajout.md") -> Path:
    """A file to ingest."""
    path = folder / name
    path.write_text(f"# Ajout\n\n{text}\n", encoding="utf-8")
    return path


def generations(settings: Settings) -> set[str]:
    """Names of the published folders."""
    return {m.parent.name for m in settings.index_folder.glob("*/manifest.json")}


def finds(settings: Settings, query: str, model: FakeEmbeddings | None = None) -> bool:
    """Whether the index in service opens and a passage holds a word of the query."""
    index = open_generation(current_generation(settings.index_folder), model)
    try:
        assert model is None or index.dense(model.embed_query(query), 3, None)
        return bool(index.bm25(terms(query), None).max() > 0)
    finally:
        index.close()


def test_a_lock_held_elsewhere_is_refused_at_once_in_french(
    corpus: Path, settings: Settings
) -> None:
    with holder(settings.index_folder) as child:
        started = time.monotonic()
        with pytest.raises(IndexLocked, match="Une autre indexation est en cours"):
            ingest([corpus], settings, None)
        assert time.monotonic() - started < 2
        child.communicate("")
    assert not settings.library_folder.exists()


def test_the_lock_of_a_dead_process_is_free_and_its_remains_go(
    corpus: Path, settings: Settings
) -> None:
    with holder(settings.index_folder) as child:
        child.kill()
        child.communicate()
    (settings.index_folder / ".building-dead" / "chroma").mkdir(parents=True)
    ingest([corpus], settings, None)
    assert not list(settings.index_folder.glob(".building-*"))
    assert finds(settings, "crèche")


def test_the_lock_is_free_again_after_an_error(settings: Settings) -> None:
    with pytest.raises(ValueError, match="x"), publishing_lock(settings.index_folder):
        raise ValueError("x")
    with publishing_lock(settings.index_folder):
        pass


def test_kills_at_random_moments_leave_an_index_that_answers(
    published: Settings, tmp_path: Path
) -> None:
    arguments = [sys.executable, "-c", INGEST, str(tmp_path)]
    for number in range(3):
        path = note(tmp_path, f"Un tambourin numéro {number}.")
        child = subprocess.Popen([*arguments, str(path)], cwd=PROJECT)
        time.sleep(random.uniform(0.3, 3.0))
        child.kill()
        child.wait()
        assert finds(published, "crèche", FakeEmbeddings())
    ingest([tmp_path / "ajout.md"], published, FakeEmbeddings())
    assert finds(published, "tambourin", FakeEmbeddings())
    assert not list(published.index_folder.glob(".building-*"))


def test_what_fails_its_verification_never_comes_into_service(
    corpus: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([corpus], settings, None)
    before = current_generation(settings.index_folder)
    write = publishing._write

    def mutilated(build: Any, folder: Path, *rest: Any) -> int:
        computed = write(build, folder, *rest)
        (folder / "texts.sqlite").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
        return computed

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_write", mutilated)
        with pytest.raises(IndexBroken, match="vérification"):
            ingest([note(tmp_path, "Un tambourin.")], settings, None)
    assert current_generation(settings.index_folder) == before
    assert not list(settings.index_folder.glob(".building-*"))
    assert ingest([], settings, None).published
    assert finds(settings, "tambourin")


def test_the_verification_sees_missing_vectors_and_broken_files(published: Settings) -> None:
    folder = current_generation(published.index_folder)
    verify_aside(folder, Manifest.read(folder).statements)
    client = chroma_client(folder / "chroma")
    collection = client.get_collection(COLLECTION, embedding_function=None)
    collection.delete(ids=collection.peek(1)["ids"])
    client.close()
    with pytest.raises(IndexBroken, match="vecteurs pour"):
        verify_aside(folder, Manifest.read(folder).statements)
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"\xff" * 8192)
    with pytest.raises(IndexBroken, match="vérification"):
        verify_aside(folder, Manifest.read(folder).statements)


def test_the_same_content_is_the_same_generation_and_computes_nothing(
    published: Settings,
) -> None:
    before = {p: p.stat().st_mtime_ns for p in published.index_folder.rglob("*")}
    model = FakeEmbeddings()
    report = ingest([], published, model)
    assert (report.published, report.embedded, model.encoded) == (True, 0, [])
    before.pop(published.index_folder / ".lock")
    assert {p: p.stat().st_mtime_ns for p in before} == before


def test_a_lost_generation_is_built_again_from_the_cache(published: Settings) -> None:
    folder = current_generation(published.index_folder)
    files = Manifest.read(folder).files
    shutil.rmtree(folder)
    model = FakeEmbeddings()
    assert ingest([], published, model).embedded == 0
    assert (current_generation(published.index_folder), model.encoded) == (folder, [])
    assert set(digests(folder)) >= {"texts.sqlite", "chroma/chroma.sqlite3"}
    assert digests(folder)["texts.sqlite"] == files["texts.sqlite"]


def test_another_model_gives_another_generation(published: Settings) -> None:
    before = current_generation(published.index_folder)
    ingest([], published, None)
    assert current_generation(published.index_folder) != before
    assert Manifest.read(current_generation(published.index_folder)).embedding_model is None


def test_a_changed_lexicon_gives_another_generation(
    corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([corpus], settings, None)
    before = current_generation(settings.index_folder)
    monkeypatch.setattr(pipeline, "analysis_fingerprint", lambda: "other")
    ingest([], settings, None)
    assert current_generation(settings.index_folder) != before


def test_a_damaged_generation_is_mended_by_the_next_ingest(
    corpus: Path, settings: Settings
) -> None:
    ingest([corpus], settings, None)
    folder = current_generation(settings.index_folder)
    (folder / "texts.sqlite").write_bytes(b"")
    ingest([], settings, None)
    assert current_generation(settings.index_folder) == folder
    assert finds(settings, "crèche")


def test_a_lost_pointer_is_mended_by_the_next_ingest(corpus: Path, settings: Settings) -> None:
    ingest([corpus], settings, None)
    (settings.index_folder / "current").write_text("../ailleurs")
    ingest([], settings, None)
    assert finds(settings, "crèche")


def test_only_the_current_and_the_former_generation_are_kept(
    settings: Settings, tmp_path: Path
) -> None:
    published = []
    for number in range(3):
        ingest([note(tmp_path, f"Texte {number}.")], settings, None)
        published.append(current_generation(settings.index_folder).name)
    assert generations(settings) == set(published[1:])


def test_the_former_generation_is_the_one_that_was_in_service_last(settings: Settings) -> None:
    index_folder = settings.index_folder
    a, b, c = (letter * 32 for letter in "abc")
    for name in (a, b):
        (index_folder / name).mkdir(parents=True)
        (index_folder / name / "manifest.json").touch()
        put_in_service(index_folder, name)
        time.sleep(0.02)
    put_in_service(index_folder, a)
    time.sleep(0.02)
    (index_folder / c).mkdir()
    (index_folder / c / "manifest.json").touch()
    put_in_service(index_folder, c)
    assert generations(settings) == {a, c}


def test_no_folder_of_another_program_is_ever_removed(corpus: Path, settings: Settings) -> None:
    for name in ("appA", "appB", "appC"):
        (settings.index_folder / name).mkdir(parents=True)
        (settings.index_folder / name / "manifest.json").write_text("{}")
    for text in ("un", "deux", "trois"):
        ingest([note(corpus, text)], settings, None)
    assert generations(settings) >= {"appA", "appB", "appC"}


def test_a_published_index_can_be_read_by_other_users(corpus: Path, settings: Settings) -> None:
    ingest([corpus], settings, None)
    folder = current_generation(settings.index_folder)
    assert folder.stat().st_mode & 0o777 == 0o755


def test_python_files_of_the_working_folder_are_never_run(
    corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "sqlite3.py", "numpy.py", "ingest.py"):
        (corpus / name).write_text("raise SystemExit(3)")
    monkeypatch.chdir(corpus)
    assert ingest([Path("note.md")], settings, None).published
