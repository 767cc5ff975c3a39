"""A disk that is full or can't be written: one French line, and what was published answers."""

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.index import current_generation, open_generation
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import PROJECT, Settings
from tests.fakes import FakeEmbeddings

INGEST = """
import ctypes, resource, sys
from pathlib import Path
import bm25s, chromadb, langchain_chroma
from corpus.errors import ReperesError
from ingest.pipeline import ingest
from tests.conftest import settings_in
from tests.fakes import FakeEmbeddings
from ui.exits import run

def obey_permissions():
    # root may write where permissions say no; not this process, nor its children
    libc, cap_dac_override, pr_capbset_drop = ctypes.CDLL(None), 1, 24
    head, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    libc.prctl(pr_capbset_drop, cap_dac_override)
    libc.capget(head, sets)
    for at in (0, 1):
        sets[at] &= ~(1 << cap_dac_override)
    assert libc.capset(head, sets) == 0

def main(**_options):
    obey_permissions()
    size = int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    ingest([Path(sys.argv[2])], settings_in(Path(sys.argv[1])), FakeEmbeddings())

run(main)
"""


def outcome(*arguments: str | Path | int) -> tuple[int, str]:
    """Exit code and stderr of an ingest in a process whose files have a largest size."""
    command = [sys.executable, "-B", "-c", INGEST, *map(str, arguments)]
    child = subprocess.run(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True)
    return child.returncode, child.stderr


def in_service(settings: Settings) -> list[str]:
    """Documents of the index that answers."""
    index = open_generation(current_generation(settings.index_folder), FakeEmbeddings())
    try:
        return sorted(index.texts.document_ids)
    finally:
        index.close()


@pytest.mark.parametrize("size", [0, 100, 5_000, 40_000, 150_000, 250_000])
def test_a_full_disk_is_one_french_line_and_loses_nothing(
    published: Settings, tmp_path: Path, size: int
) -> None:
    path = tmp_path / "ajout.md"
    path.write_text("# Ajout\n\n" + "Un tambourin de plus. " * 400, encoding="utf-8")
    before = in_service(published)
    held = [(entry.path, entry.sha256) for entry in Library(published.library_folder)]
    code, said = outcome(tmp_path, path, size)
    assert (code, len(said.strip().splitlines())) == (1, 1), said
    assert said.startswith("Erreur : ")
    assert in_service(published) == before
    library = Library(published.library_folder)
    assert set(held) <= {(entry.path, entry.sha256) for entry in library}
    for entry in library:
        library.data(entry)
    ingest([path], published, FakeEmbeddings())
    assert in_service(published) == sorted([*before, "ajout"])


@pytest.mark.parametrize("name", ["index", "index/library", "cache"])
def test_a_folder_that_can_t_be_written_is_one_french_line(
    published: Settings, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "ajout.md"
    path.write_text("# Ajout\n\nUn tambourin.\n", encoding="utf-8")
    before = in_service(published)
    closed = [tmp_path / name, *(tmp_path / name).glob("*")]
    for found in closed:
        found.chmod(0o555 if found.is_dir() else 0o444)
    code, said = outcome(tmp_path, path, 10**9)
    for found in closed:
        found.chmod(0o755)
    assert (code, len(said.strip().splitlines())) == (1, 1), said
    assert said.startswith("Erreur : ")
    assert in_service(published) == before


def test_an_index_folder_that_is_a_file_is_one_french_line(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("x")
    path = tmp_path / "ajout.md"
    path.write_text("# Ajout\n\nUn tambourin.\n", encoding="utf-8")
    code, said = outcome(tmp_path, path, 10**9)
    assert (code, len(said.strip().splitlines())) == (1, 1), said
