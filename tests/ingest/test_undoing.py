"""A change of the library that isn't published leaves no trace, even if its process is killed."""

import hashlib
from pathlib import Path

import pytest

from ingest.index import CURRENT_FILE
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings
from ingest.undoing import UNDO_FILE, recover, undone_unless_published

OLD, NEW = b"# Charte\n\nLe relais ouvre le mardi.\n", b"# Charte\n\nLe relais ouvre le jeudi.\n"


def contents(settings: Settings) -> dict[str, bytes]:
    """The bytes of each file of the library, by place."""
    library = Library(settings.library_folder)
    return {entry.path: library.data(entry) for entry in library}


@pytest.fixture
def library(settings: Settings, corpus: Path) -> Library:
    """A published library that holds a first charter."""
    ingest([corpus], settings, None)
    library = Library(settings.library_folder)
    library.put("ici", "charte.md", OLD, "charte")
    return library


def test_a_killed_change_is_undone_at_the_next_start(settings: Settings, library: Library) -> None:
    before = contents(settings)
    killed = undone_unless_published(library, settings.index_folder)
    killed.__enter__()
    library.put("ici", "charte.md", NEW, "charte")
    assert contents(settings) != before
    recover(settings)
    names = {path.name for path in (settings.library_folder / "files").iterdir()}
    assert contents(settings) == before
    assert names == {hashlib.sha256(data).hexdigest() for data in before.values()}
    assert not (settings.library_folder / UNDO_FILE).exists()


def test_the_next_ingest_undoes_it_too(settings: Settings, library: Library) -> None:
    before = contents(settings)
    killed = undone_unless_published(library, settings.index_folder)
    killed.__enter__()
    library.put("là", "autre.md", NEW, "autre")
    ingest([], settings, None)
    assert contents(settings) == before


def test_a_change_killed_once_published_stays(settings: Settings, library: Library) -> None:
    killed = undone_unless_published(library, settings.index_folder)
    killed.__enter__()
    library.put("ici", "charte.md", NEW, "charte")
    (settings.index_folder / CURRENT_FILE).write_text("0" * 32, encoding="ascii")
    recover(settings)
    assert contents(settings)["ici"] == NEW
    assert not (settings.library_folder / UNDO_FILE).exists()


def test_an_error_undoes_and_a_success_forgets_what_was(
    settings: Settings, library: Library
) -> None:
    before = contents(settings)
    with (
        pytest.raises(OSError, match="plein"),
        undone_unless_published(library, settings.index_folder),
    ):
        library.put("ici", "charte.md", NEW, "charte")
        raise OSError(28, "plein")
    assert contents(settings) == before
    with undone_unless_published(library, settings.index_folder):
        library.put("ici", "charte.md", NEW, "charte")
    assert contents(settings)["ici"] == NEW
    assert not (settings.library_folder / "files" / hashlib.sha256(OLD).hexdigest()).exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"current": 1}', '{"listing": 3}'])
def test_what_is_no_undo_file_changes_nothing(
    settings: Settings, library: Library, text: str
) -> None:
    before = contents(settings)
    (settings.library_folder / UNDO_FILE).write_text(text, encoding="ascii")
    recover(settings)
    assert contents(settings) == before
