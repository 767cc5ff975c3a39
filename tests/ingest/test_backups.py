"""The library in one file: whole on the way out, checked on the way back."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from corpus.errors import ReperesError, UnreadableFile
from ingest.index import current_generation, open_generation
from ingest.lexical import terms
from ingest.library import Entry, Library, listing
from ingest.pipeline import backup, ingest, remove, restore
from ingest.settings import Settings
from tests.conftest import settings_in


def contents(settings: Settings) -> dict[str, bytes]:
    """What a library holds, by file name."""
    library = Library(settings.library_folder)
    return {entry.name: library.data(entry) for entry in library}


def answers(settings: Settings, word: str) -> bool:
    """Whether a passage in service holds a word."""
    index = open_generation(current_generation(settings.index_folder), None)
    try:
        return bool(index.bm25(terms(word), None).max() > 0)
    finally:
        index.close()


@pytest.fixture
def saved(corpus: Path, settings: Settings, tmp_path: Path) -> Path:
    """A backup of three files, one record of which was removed."""
    ingest([corpus], settings, None)
    remove(["fiche/deux"], settings, None)
    assert backup(tmp_path / "s.zip", settings) == 3
    return tmp_path / "s.zip"


def test_a_library_moves_to_another_machine(
    saved: Path, settings: Settings, tmp_path: Path
) -> None:
    other = settings_in(tmp_path / "ailleurs")
    report = restore(saved, other, None)
    assert contents(other) == contents(settings)
    assert list(Library(other.library_folder)) == list(Library(settings.library_folder))
    ours, theirs = (current_generation(s.index_folder).name for s in (settings, other))
    assert (ours, len(report.added)) == (theirs, 3)
    assert answers(other, "protection")


def test_a_backup_goes_through_a_link_and_never_to_one_that_leads_nowhere(
    saved: Path, settings: Settings, tmp_path: Path
) -> None:
    link, lost = tmp_path / "lien.zip", tmp_path / "perdu.zip"
    link.symlink_to(saved)
    lost.symlink_to(tmp_path / "absent.zip")
    saved.write_bytes(b"ancien")
    assert backup(link, settings) == 3
    assert link.is_symlink() and zipfile.is_zipfile(saved)
    with pytest.raises(ReperesError, match="ne mène à aucun fichier"):
        backup(lost, settings)
    assert lost.is_symlink() and not (tmp_path / "absent.zip").exists()


def test_a_backup_gives_back_what_was_removed_since(saved: Path, settings: Settings) -> None:
    remove(["note"], settings, None)
    assert not answers(settings, "protection")
    restore(saved, settings, None)
    assert answers(settings, "protection")


def test_files_added_since_are_not_lost_without_saying_so(
    saved: Path, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "neuf.md").write_text("# Neuf\n\nUn tambourin.\n", encoding="utf-8")
    ingest([tmp_path / "neuf.md"], settings, None)
    before = contents(settings)
    with pytest.raises(ReperesError, match="--replace"):
        restore(saved, settings, None)
    assert contents(settings) == before
    report = restore(saved, settings, None, replacing=True)
    assert "neuf.md" not in contents(settings)
    assert report.removed == [str(tmp_path / "neuf.md")]


@pytest.mark.parametrize("damage", ["cut", "flipped", "text", "renamed", "listed"])
def test_a_damaged_backup_is_one_french_error_and_changes_nothing(
    saved: Path, settings: Settings, damage: str
) -> None:
    data = bytearray(saved.read_bytes())
    if damage == "cut":
        del data[len(data) // 2 :]
    elif damage == "flipped":
        data[data.index(b"files/") + 90] ^= 0xFF
    elif damage == "text":
        data[:] = b"pas une archive"
    saved.write_bytes(data)
    if damage in ("renamed", "listed"):
        with zipfile.ZipFile(saved, "w") as archive:
            entry = Entry("a", "/a", "../../x", "a")
            listed = listing([entry] if damage == "listed" else [])
            archive.writestr("library.json" if damage == "listed" else "autre.json", listed)
    before = contents(settings)
    with pytest.raises(UnreadableFile, match="pas une sauvegarde"):
        restore(saved, settings, None, replacing=True)
    assert contents(settings) == before


def test_a_restore_that_can_t_be_published_changes_nothing(
    settings: Settings, corpus: Path, tmp_path: Path
) -> None:
    ingest([corpus], settings, None)
    before = contents(settings)
    data = b"illisible"
    with zipfile.ZipFile(tmp_path / "s.zip", "w") as archive:
        sha256 = hashlib.sha256(data).hexdigest()
        archive.writestr("library.json", listing([Entry("a.xyz", "/a.xyz", sha256, "a")]))
        archive.writestr(f"files/{sha256}", data)
    with pytest.raises(ReperesError):
        restore(tmp_path / "s.zip", settings, None, replacing=True)
    assert contents(settings) == before


@pytest.mark.parametrize(
    "name", ["index/library/files/s.zip", "index/s.zip", "absent/s.zip", "index"]
)
def test_a_backup_never_lands_on_what_is_ours(saved: Path, settings: Settings, name: str) -> None:
    with pytest.raises(ReperesError):
        backup(saved.parent / name, settings)


def test_an_empty_library_never_replaces_a_backup(saved: Path, tmp_path: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(ReperesError, match="est vide"):
        backup(saved, settings_in(tmp_path / "faute"))
    assert saved.read_bytes() == before


def test_a_lost_list_is_mended_by_a_backup(saved: Path, settings: Settings) -> None:
    before = contents(settings)
    (settings.library_folder / "library.json").write_text("[{")
    with pytest.raises(ReperesError, match="abîmée"):
        ingest([], settings, None)
    restore(saved, settings, None, replacing=True)
    assert contents(settings) == before


def test_a_backup_that_can_t_be_written_leaves_the_former_one(
    saved: Path, settings: Settings
) -> None:
    before = saved.read_bytes()
    (entry, *_rest) = Library(settings.library_folder)
    (settings.library_folder / "files" / entry.sha256).write_bytes(b"autre")
    with pytest.raises(ReperesError, match="manque à la bibliothèque"):
        backup(saved, settings)
    assert saved.read_bytes() == before
    assert not list(saved.parent.glob(".writing-*"))
