"""The library: what was listed is never lost, and nothing is kept that isn't listed."""

import hashlib
import os
from pathlib import Path

import pytest

from corpus.errors import LibraryClash, ReperesError
from ingest import library as library_module
from ingest.library import Entry, Library, safe_id


def contents(folder: Path) -> dict[str, bytes]:
    """What a library opened anew holds, by file name."""
    library = Library(folder)
    return {entry.name: library.data(entry) for entry in library}


def test_a_file_put_is_there_when_the_library_is_opened_again(tmp_path: Path) -> None:
    assert Library(tmp_path).put("/a/note.md", "note.md", b"un", "note") is None
    assert contents(tmp_path) == {"note.md": b"un"}
    entry = Library(tmp_path).at("/a/note.md")
    assert entry is not None
    assert entry.sha256 == hashlib.sha256(b"un").hexdigest()
    assert Library(tmp_path).find_content(entry.sha256) == entry


def test_the_same_path_is_replaced_and_its_former_bytes_go(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put("note.md", "note.md", b"un", "note")
    former = library.put("note.md", "note.md", b"deux", "note")
    assert former is not None and former.sha256 == hashlib.sha256(b"un").hexdigest()
    assert contents(tmp_path) == {"note.md": b"deux"}
    assert len(list((tmp_path / "files").iterdir())) == 1


def test_an_identifier_of_another_path_is_a_clash_that_names_both(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put("a/note.md", "note.md", b"un", "note")
    with pytest.raises(LibraryClash) as raised:
        library.put("b/note.md", "note.md", b"deux", "note")
    assert "a/note.md" in str(raised.value)
    assert "b/note.md" in str(raised.value)
    assert contents(tmp_path) == {"note.md": b"un"}


def test_a_removed_file_leaves_no_bytes(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put("note.md", "note.md", b"un", "note")
    library.remove(*library)
    assert contents(tmp_path) == {}
    assert list((tmp_path / "files").iterdir()) == []


def test_bytes_that_another_entry_shares_stay(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put("a.md", "a.md", b"un", "a")
    library.put("b.md", "b.md", b"un", "b")
    library.remove(next(iter(library)))
    assert contents(tmp_path) == {"b.md": b"un"}


def test_two_records_of_a_file_are_both_remembered_as_removed(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put("fiches.jsonl", "fiches.jsonl", b"{}", None)
    for record in ("un", "deux"):
        library.remove(next(iter(library)), [record])
    assert [e.removed for e in Library(tmp_path)] == [("un", "deux")]


def test_entries_come_in_order_of_their_paths(tmp_path: Path) -> None:
    library = Library(tmp_path)
    for name in ("c.md", "a.md", "b.md"):
        library.put(name, name, name.encode(), name)
    assert list(contents(tmp_path)) == ["a.md", "b.md", "c.md"]


def test_a_crash_between_files_and_entries_loses_nothing_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library(tmp_path).put("note.md", "note.md", b"un", "note")

    def crash(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(library_module.Library, "_save", crash)
        with pytest.raises(KeyboardInterrupt):
            Library(tmp_path).put("note.md", "note.md", b"deux", "note")
    assert contents(tmp_path) == {"note.md": b"un"}
    Library(tmp_path).put("note.md", "note.md", b"deux", "note")
    assert contents(tmp_path) == {"note.md": b"deux"}


def test_what_left_the_list_before_a_crash_goes_with_the_next_sweep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library(tmp_path).put("note.md", "note.md", b"un", "note")
    with monkeypatch.context() as patch:
        patch.setattr(Library, "sweep", lambda _library: None)
        Library(tmp_path).put("note.md", "note.md", b"deux", "note")
    (tmp_path / ".writing-abc").write_bytes(b"[")
    assert len(list((tmp_path / "files").iterdir())) == 2
    Library(tmp_path).sweep()
    assert contents(tmp_path) == {"note.md": b"deux"}
    assert len(list((tmp_path / "files").iterdir())) == 1
    assert not list(tmp_path.glob(".writing-*"))


def test_a_list_older_than_its_files_loses_none_of_them(tmp_path: Path) -> None:
    Library(tmp_path).put("a.md", "a.md", b"un", "a")
    older = (tmp_path / "library.json").read_bytes()
    Library(tmp_path).put("b.md", "b.md", b"deux", "b")
    newer = (tmp_path / "library.json").read_bytes()
    (tmp_path / "library.json").write_bytes(older)
    Library(tmp_path).put("c.md", "c.md", b"trois", "c")
    (tmp_path / "library.json").write_bytes(newer)
    assert contents(tmp_path) == {"a.md": b"un", "b.md": b"deux"}


def test_one_changed_byte_of_the_list_is_seen(tmp_path: Path) -> None:
    Library(tmp_path).put("note.md", "note.md", b"un", "note")
    path = tmp_path / "library.json"
    data = path.read_bytes()
    digest = hashlib.sha256(b"un").hexdigest().encode()
    path.write_bytes(data.replace(digest, digest[:-1] + (b"0" if digest[-1:] != b"0" else b"1")))
    with pytest.raises(ReperesError, match="abîmée"):
        Library(tmp_path)


def test_files_without_their_list_are_an_error_and_stay(tmp_path: Path) -> None:
    Library(tmp_path).put("note.md", "note.md", b"un", "note")
    (tmp_path / "library.json").unlink()
    with pytest.raises(ReperesError, match="a perdu sa liste"):
        Library(tmp_path)
    assert len(list((tmp_path / "files").iterdir())) == 1


def test_a_first_file_that_could_not_be_listed_is_no_lost_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = Library._save
    saved: list[int] = []

    def second_fails(library: Library, entries: dict[str, Entry]) -> None:
        saved.append(len(entries))
        if len(saved) == 2:
            raise KeyboardInterrupt
        save(library, entries)

    monkeypatch.setattr(Library, "_save", second_fails)
    with pytest.raises(KeyboardInterrupt):
        Library(tmp_path).put("note.md", "note.md", b"un", "note")
    assert (saved, contents(tmp_path)) == ([0, 1], {})


def test_the_text_of_a_catalogue_entry_is_replaced_from_anywhere(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put("/a/c.pdf", "c.pdf", b"un", "circulaire-2021-25/original")
    former = library.put("/b/c.docx", "c.docx", b"deux", "circulaire-2021-25/original")
    assert former is not None and former.path == "/a/c.pdf"
    assert contents(tmp_path) == {"c.docx": b"deux"}


def test_a_file_name_that_is_no_text_is_kept_as_it_is(tmp_path: Path) -> None:
    name = b"\xe9t\xe9.md".decode("utf-8", "surrogateescape")
    Library(tmp_path).put(f"/a/{name}", name, b"un", safe_id(name))
    (entry,) = Library(tmp_path)
    assert (entry.name, entry.path, entry.document_id) == (name, f"/a/{name}", "t")


def test_a_crash_while_writing_leaves_the_former_entries_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library(tmp_path).put("note.md", "note.md", b"un", "note")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            Library(tmp_path).put("autre.md", "autre.md", b"deux", "autre")
    assert contents(tmp_path) == {"note.md": b"un"}
    assert not list(tmp_path.rglob(".writing-*"))


@pytest.mark.parametrize(
    "text", ["{", "5", '["a"]', '[{"name": "x"}]', "\ufffd\x00", "[" * 200_000]
)
def test_unreadable_entries_are_a_french_error_and_nothing_changes(
    tmp_path: Path, text: str
) -> None:
    Library(tmp_path).put("note.md", "note.md", b"un", "note")
    (tmp_path / "library.json").write_text(text, encoding="utf-8")
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    with pytest.raises(ReperesError, match="abîmée"):
        Library(tmp_path)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("note.md", "note"),
        ("dossier/Mon rapport (1).html", "Mon-rapport-1"),
        ("été.jsonl.gz", "été"),
        ("NOTE.MD", "NOTE"),
        ("e\u0301te\u0301.pdf", "été"),
        ("circulaire 2021.25.docx", "circulaire-2021.25"),
        ("...md", "document"),
        ("../../etc/passwd.txt", "passwd"),
    ],
)
def test_an_identifier_is_made_of_a_file_s_name(name: str, expected: str) -> None:
    assert safe_id(name) == expected
