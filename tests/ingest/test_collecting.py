"""From paths to files: what is found, in which order, and what is refused by itself."""

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.collecting import Found, files_under, opened
from ingest.parsing import Parser
from ingest.report import Report


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser() as parser:
        yield parser


def archive(**files: bytes) -> bytes:
    """A zip of those files; ``__`` in a name stands for a folder, ``_`` for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/").replace("_", "."), data)
    return buffer.getvalue()


def found_in(path: Path, parser: Parser) -> tuple[list[Found], dict[str, str]]:
    """The files at a path, and its refusals by file."""
    report = Report()
    found = list(opened(path, parser, report))
    return found, {row["file"]: row["reason"] for row in report.refused}


def test_a_folder_gives_its_files_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.md", "a/.cache/x.md", ".secret.md", "a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    report = Report()
    found = [path.relative_to(tmp_path).as_posix() for path in files_under([tmp_path], report)]
    assert (found, report.refused) == (["a/c.md", "a.md", "b.md"], [])


def test_links_and_odd_files_of_a_folder_are_refused_by_themselves(tmp_path: Path) -> None:
    outside = tmp_path / "secret.md"
    outside.write_text("secret")
    folder = tmp_path / "depot"
    folder.mkdir()
    (folder / "lien.md").symlink_to(outside)
    (folder / "dossier").symlink_to(tmp_path)
    os.mkfifo(folder / "tube.md")
    (folder / "note.md").write_text("x")
    report = Report()
    assert [path.name for path in files_under([folder], report)] == ["note.md"]
    assert {Path(row["file"]).name for row in report.refused} == {"lien.md", "dossier", "tube.md"}


@pytest.mark.parametrize("kind", ["absent", "dangling", "fifo"])
def test_a_path_that_is_no_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.md"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "dangling":
        path.symlink_to(tmp_path / "nulle-part")
    report = Report()
    assert files_under([path], report) == []
    assert report.refused[0]["file"] == str(path)


def test_a_link_given_by_name_is_followed(tmp_path: Path, parser: Parser) -> None:
    (tmp_path / "note.md").write_bytes(b"x")
    (tmp_path / "lien.md").symlink_to(tmp_path / "note.md")
    (found,), refused = found_in(tmp_path / "lien.md", parser)
    assert (found.name, found.place, refused) == ("lien.md", str(tmp_path / "note.md"), {})


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path, parser: Parser) -> None:
    path = tmp_path / "énorme.md"
    with path.open("wb") as file:
        file.truncate(60_000_000_000)  # a sparse file: no byte of it is written
    found, refused = found_in(path, parser)
    assert found == []
    assert "60000,0 Mo" in refused[str(path)]


def test_the_files_of_an_archive_stand_behind_its_name(tmp_path: Path, parser: Parser) -> None:
    path = tmp_path / "envoi.zip"
    path.write_bytes(archive(dossier__note_md=b"# A", autre_txt=b"B"))
    found, refused = found_in(path, parser)
    assert [(f.name, f.place, f.data) for f in found] == [
        ("note.md", f"{path}!/dossier/note.md", b"# A"),
        ("autre.txt", f"{path}!/autre.txt", b"B"),
    ]
    assert refused == {}


def test_a_bad_entry_is_refused_under_the_archive_s_path(tmp_path: Path, parser: Parser) -> None:
    path = tmp_path / "envoi.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("../evasion.md", "x")
        made.writestr("note.md", "# A")
    found, refused = found_in(path, parser)
    assert [f.name for f in found] == ["note.md"]
    (file,) = refused
    assert file.startswith(f"{path}!")


def test_a_broken_archive_is_one_refusal(tmp_path: Path, parser: Parser) -> None:
    path = tmp_path / "envoi.zip"
    path.write_bytes(archive(note_md=b"# A" * 500)[:-30])
    found, refused = found_in(path, parser)
    assert (found, list(refused)) == ([], [str(path)])


def test_an_archive_without_a_file_says_so(tmp_path: Path, parser: Parser) -> None:
    path = tmp_path / "vide.zip"
    path.write_bytes(archive())
    found, refused = found_in(path, parser)
    assert found == []
    assert list(refused) == [str(path)]


def test_an_archive_in_an_archive_is_not_opened(tmp_path: Path, parser: Parser) -> None:
    path = tmp_path / "poupee.zip"
    inner = archive(note_md=b"# A")
    path.write_bytes(archive(dedans_zip=inner, note_md=b"# B"))
    found, refused = found_in(path, parser)
    assert [f.data for f in found] == [b"# B"]
    assert list(refused) == [f"{path}!dedans.zip"]


def test_a_mail_in_an_archive_is_opened(tmp_path: Path, parser: Parser) -> None:
    mail = (
        b"From: a@example.fr\r\nSubject: Circulaire\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nVoici le texte de la circulaire.\r\n"
    )
    path = tmp_path / "envoi.zip"
    path.write_bytes(archive(message_eml=mail))
    found, refused = found_in(path, parser)
    assert len(found) == 1
    assert found[0].place.startswith(f"{path}!/message.eml!/")
    assert (b"Voici le texte" in found[0].data, refused) == (True, {})
