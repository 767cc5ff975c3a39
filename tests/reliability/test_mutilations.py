"""A published file changed on disk: no signal, no traceback, no wrong text, and it is said."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import IndexUnusable
from ingest import serving
from ingest.index import current_generation
from ingest.lexical import terms
from ingest.manifest import Manifest
from ingest.pipeline import ingest
from ingest.serving import Service
from ingest.settings import PROJECT, Settings
from tests.fakes import FakeEmbeddings

KINDS = ("flip", "cut", "grow", "empty", "zeros", "gone", "noise", "swap")
OPEN = """
import json, sys
from pathlib import Path
from ingest import serving
from ingest.lexical import terms
from ingest.serving import Service
from tests.conftest import settings_in
from tests.fakes import FakeEmbeddings
from corpus.errors import ReperesError
serving.load_embeddings = lambda _settings: FakeEmbeddings()
try:
    service = Service(settings_in(Path(sys.argv[1])))
    index = service.index()
    texts = [index.texts.passage(row).text for row in range(index.manifest.passages)]
    best = int(index.bm25(terms("protection maternelle"), None).argmax())
    dense = index.embeddings is not None
    if dense:
        index.dense(FakeEmbeddings().embed_query("protection"), 3, None)
    print(json.dumps({"texts": texts, "best": best, "dense": dense, "fault": service.fault}))
except ReperesError as error:
    print(json.dumps({"error": str(error)}))
"""


def mutilate(path: Path, kind: str, draw: random.Random) -> None:
    """Changes a file in one of the ways that a disk or a person does."""
    data = bytearray(path.read_bytes())
    at = draw.randrange(max(1, len(data)))
    if kind == "flip" and data:
        data[at] ^= 1 << draw.randrange(8)
    elif kind == "cut":
        del data[at:]
    elif kind == "grow":
        data += b"\x00" * draw.randrange(1, 5000)
    elif kind == "empty":
        data.clear()
    elif kind == "zeros":
        data[at : at + 512] = bytes(len(data[at : at + 512]))
    elif kind == "noise":
        data[at : at + 64] = draw.randbytes(len(data[at : at + 64]))
    elif kind == "swap":
        data[:] = data[at:] + data[:at]
    if kind == "gone":
        path.unlink()
    else:
        path.write_bytes(data)


def published_files(settings: Settings) -> list[str]:
    """Files of the generation in service, its manifest and the pointer, by relative path."""
    folder = current_generation(settings.index_folder)
    names = sorted(p.relative_to(settings.index_folder) for p in folder.rglob("*") if p.is_file())
    return ["current", *map(str, names)]


def opened_elsewhere(folder: Path) -> dict[str, object]:
    """What another process sees of the index: it must end well and say one thing."""
    command = [sys.executable, "-c", OPEN, str(folder)]
    child = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert child.returncode == 0, child.stderr[-2000:]
    seen: dict[str, object] = json.loads(child.stdout)
    return seen


@pytest.mark.parametrize("kind", ["flip", "cut", "empty", "gone", "noise", "swap"])
def test_a_mutilated_file_never_ends_a_reader(
    published: Settings, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "load_embeddings", lambda _settings: FakeEmbeddings())
    whole = texts_in_service(published)
    best = int(Service(published).index().bm25(terms("protection maternelle"), None).argmax())
    draw = random.Random(kind)
    name = draw.choice(published_files(published))
    mutilate(published.index_folder / name, kind, draw)
    seen = opened_elsewhere(tmp_path)
    assert seen.get("error") or (seen["texts"], seen["best"]) == (whole, best)
    assert "reperes ingest" in str(seen.get("error") or seen["fault"])
    assert ingest([], published, FakeEmbeddings()).published
    assert seen_in_service(published) == (whole, None)


def test_broken_vectors_leave_the_words(
    published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "load_embeddings", lambda _settings: FakeEmbeddings())
    folder = current_generation(published.index_folder)
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"\xff" * 100)
    service = Service(published)
    index = service.index()
    assert (index.embeddings, index.bm25(terms("protection"), None).max() > 0) == (None, True)
    assert "abîmé" in str(service.fault)


@pytest.mark.long
@pytest.mark.mutilations
@pytest.mark.parametrize("part", range(20))
def test_forty_mutilations_of_each_file(
    published: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(serving, "load_embeddings", lambda _settings: FakeEmbeddings())
    kept = tmp_path / "kept"
    shutil.copytree(published.index_folder, kept)
    whole = texts_in_service(published)
    names = published_files(published)
    for number in range(2):
        for name in names:
            draw = random.Random(f"{part} {number} {name}")
            shutil.rmtree(published.index_folder)
            shutil.copytree(kept, published.index_folder)
            path = published.index_folder / name
            before = path.read_bytes()
            mutilate(path, draw.choice(KINDS), draw)
            same = path.exists() and path.read_bytes() == before
            texts, fault = seen_in_service(published)
            assert texts is None or texts == whole
            assert same or fault, f"{name} changed and nothing was said"


def texts_in_service(settings: Settings) -> list[str]:
    """Every passage of the index in service."""
    index = Service(settings).index()
    return [index.texts.passage(row).text for row in range(index.manifest.passages)]


def seen_in_service(settings: Settings) -> tuple[list[str] | None, str | None]:
    """The passages (``None`` when nothing can be read) and what the server says."""
    service = Service(settings)
    try:
        index = service.index()
    except IndexUnusable as error:
        return None, str(error)
    texts = [index.texts.passage(row).text for row in range(index.manifest.passages)]
    assert index.bm25(terms("protection maternelle"), None).max() > 0
    if index.embeddings is not None:
        assert index.dense(FakeEmbeddings().embed_query("protection"), 3, None)
    Manifest.read(index.folder)
    return texts, service.fault
