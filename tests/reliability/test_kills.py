"""``kill -9`` at any moment of an ingest: what was published still answers, nothing is lost."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.index import current_generation, open_generation
from ingest.lexical import terms
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import PROJECT, Settings
from tests.fakes import FakeEmbeddings

INGEST = """
import sys
from pathlib import Path
from ingest.pipeline import ingest
from tests.conftest import settings_in
from tests.fakes import FakeEmbeddings
print("start", flush=True)
ingest([Path(sys.argv[2])], settings_in(Path(sys.argv[1])), FakeEmbeddings())
print("done", flush=True)
"""
ROUNDS = 20
LONGEST_S = 2.5
"""Kills fall between the start of the work and a little after its usual end."""


def start(folder: Path, path: Path) -> "subprocess.Popen[bytes]":
    """A process that has begun to ingest ``path``."""
    command = [sys.executable, "-c", INGEST, str(folder), str(path)]
    child = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    return child


def found(settings: Settings) -> frozenset[str]:
    """Documents in service, after a search by words and one by vectors."""
    model = FakeEmbeddings()
    index = open_generation(current_generation(settings.index_folder), model)
    try:
        assert index.bm25(terms("protection maternelle"), None).max() > 0
        assert index.dense(model.embed_query("protection maternelle"), 3, None)
        return frozenset(index.texts.document_ids)
    finally:
        index.close()


def killed_ingests(settings: Settings, folder: Path, times: int, seed: int) -> int:
    """Kills ``times`` ingests of new versions of one file; returns how many had published."""
    draw = random.Random(seed)
    path = folder / "ajout.md"
    published = 0
    for number in range(times):
        before, listed = found(settings), list(Library(settings.library_folder))
        path.write_text(f"# Ajout\n\nUn tambourin, version {seed}-{number}.\n", encoding="utf-8")
        child = start(folder, path)
        time.sleep(draw.uniform(0, LONGEST_S))
        child.kill()
        child.communicate()
        assert found(settings) in (before, before | {"ajout"})
        library = Library(settings.library_folder)
        for entry in library:
            library.data(entry)  # every listed file is whole
        assert {entry.path for entry in listed} <= {entry.path for entry in library}
        ours = [e for e in library if e.document_id == "ajout"]
        published += bool(ours) and library.data(ours[0]) == path.read_bytes()
    report = ingest([path], settings, FakeEmbeddings())
    assert report.published
    assert found(settings) >= {"ajout"}
    assert not list(settings.index_folder.glob(".building-*"))
    return published


def test_five_kills_leave_an_index_that_answers(published: Settings, tmp_path: Path) -> None:
    killed_ingests(published, tmp_path, 5, seed=1)


@pytest.mark.long
@pytest.mark.kills
@pytest.mark.parametrize("seed", range(300 // ROUNDS))
def test_three_hundred_kills(published: Settings, tmp_path: Path, seed: int) -> None:
    killed_ingests(published, tmp_path, ROUNDS, seed)
