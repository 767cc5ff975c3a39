"""Only a regular file is replaced; a link is followed and stays."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import InvalidRequest
from ingest.replacing import aside_of, file_at, write_shared


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(path))


@pytest.mark.parametrize("make", [os.mkfifo, _socket, Path.mkdir])
def test_what_is_no_regular_file_is_refused_and_stays(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    target, link = tmp_path / "cible", tmp_path / "lien"
    make(target)
    link.symlink_to(target)
    before = os.lstat(target)
    for path in (target, link):
        with pytest.raises(InvalidRequest, match=path.name):
            write_shared(path, "texte")
    assert os.lstat(target) == before and link.is_symlink()


def test_a_link_to_nothing_is_refused_and_stays(tmp_path: Path) -> None:
    link = tmp_path / "lien"
    link.symlink_to(tmp_path / "absent")
    with pytest.raises(InvalidRequest, match="ne mène à aucun fichier"):
        file_at(link)
    assert link.is_symlink() and not (tmp_path / "absent").exists()


def test_what_a_link_leads_to_is_written_and_the_link_stays(tmp_path: Path) -> None:
    target, link = tmp_path / "ailleurs" / "cible", tmp_path / "lien"
    target.parent.mkdir()
    target.write_text("avant")
    link.symlink_to(target)
    write_shared(link, "après")
    assert link.is_symlink() and target.read_text(encoding="utf-8") == "après"
    assert [path.name for path in target.parent.iterdir()] == ["cible"]


def test_a_failed_writing_leaves_the_former_file(tmp_path: Path) -> None:
    target = tmp_path / "cible"
    target.write_text("avant")
    with pytest.raises(ValueError, match="panne"), aside_of(target) as file:
        file.write(b"moi")
        raise ValueError("panne")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["avant"]
