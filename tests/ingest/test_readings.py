"""Readings are kept by content and by the code that reads: only what is new is opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from ingest import readings
from ingest.parsing import Parser
from ingest.reading import Reading, read
from ingest.readings import Readings

NOTE = "# Note\n\nLes préfets signent le contrat.\n".encode()


class CountingParser(Parser):
    """Reads in this process and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def read(self, name: str, data: bytes) -> Reading:
        self.asked.append(name)
        return read(name, data)


@pytest.fixture
def parser() -> Iterator[CountingParser]:
    with CountingParser() as parser:
        yield parser


def test_a_file_is_opened_once(tmp_path: Path, parser: CountingParser) -> None:
    first = Readings(tmp_path, parser).read("note.md", NOTE)
    assert Readings(tmp_path, parser).read("note.md", NOTE) == first == read("note.md", NOTE)
    assert parser.asked == ["note.md"]


def test_another_name_or_content_is_opened(tmp_path: Path, parser: CountingParser) -> None:
    kept = Readings(tmp_path, parser)
    for name, data in (("a.md", NOTE), ("b.txt", NOTE), ("a.md", NOTE + b"!")):
        kept.read(name, data)
    assert parser.asked == ["a.md", "b.txt", "a.md"]


def test_code_that_changed_reads_anew(
    tmp_path: Path, parser: CountingParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    Readings(tmp_path, parser).read("note.md", NOTE)
    monkeypatch.setattr(readings, "reading_fingerprint", lambda: "autre")
    kept = Readings(tmp_path, parser)
    kept.read("note.md", NOTE)
    kept.forget_unused()
    assert parser.asked == ["note.md", "note.md"]
    assert [path.name for path in tmp_path.iterdir()] == ["autre"]


def test_a_damaged_reading_is_opened_again(tmp_path: Path, parser: CountingParser) -> None:
    Readings(tmp_path, parser).read("note.md", NOTE)
    (path,) = tmp_path.rglob("*.gz")
    for damage in (b"", b"\x1f\x8b", path.read_bytes()[:-9], b"{}"):
        path.write_bytes(damage)
        assert Readings(tmp_path, parser).read("note.md", NOTE) == read("note.md", NOTE)
    assert len(parser.asked) == 5


def test_what_was_read_of_a_removed_file_goes(tmp_path: Path, parser: CountingParser) -> None:
    kept = Readings(tmp_path, parser)
    kept.read("a.md", NOTE)
    kept.read("b.md", NOTE)
    again = Readings(tmp_path, parser)
    again.read("b.md", NOTE)
    again.forget_unused()
    assert len(list(tmp_path.rglob("*.gz"))) == 1


def test_a_folder_that_can_t_be_written_only_costs_time(
    tmp_path: Path, parser: CountingParser
) -> None:
    (tmp_path / "fichier").write_text("x")
    kept = Readings(tmp_path / "fichier", parser)
    assert kept.read("note.md", NOTE) == kept.read("note.md", NOTE)
    assert len(parser.asked) == 2
    kept.forget_unused()


def test_a_refusal_is_not_kept(tmp_path: Path, parser: CountingParser) -> None:
    for _time in range(2):
        with pytest.raises(UnreadableFile, match="est vide"):
            Readings(tmp_path, parser).read("vide.md", b"")
    assert len(parser.asked) == 2
