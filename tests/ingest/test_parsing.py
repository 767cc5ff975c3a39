"""Files are opened in a child: what ends it is a refusal of that file, and the next one is read."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from ingest import parsing
from ingest.parsing import Parser, extra_s
from ingest.reading import child, read
from ingest.settings import PROJECT

NOTE = "# Note\n\nLes préfets signent le contrat avant le 31 décembre.\n".encode()
# Each line of it makes the child do what a faulty parser would.
FAULTY = """
import ctypes, mmap, os, sys, tempfile, time
from ingest.reading import child

kept = []

def read(name, data):
    if name == "crash.md":
        ctypes.string_at(0)
    if name == "loop.md":
        while True:
            pass
    if name == "sleep.md":
        time.sleep(60)
    if name == "memory.md":
        bytearray(3 << 30)
    if name == "exit.md":
        os._exit(0)
    if name == "fat.md":
        kept.append(mmap.mmap(-1, 700 << 20))
    if name == "wide.md":
        try:
            mmap.mmap(-1, 500 << 20)
        except OSError as error:
            raise MemoryError from error
    if name == "fault.md":
        raise KeyError("x")
    if name == "print.md":
        print("du texte sur la sortie", flush=True)
    if name == "write.md":
        with tempfile.TemporaryFile() as file:
            file.write(data)
    return real(name, data)

real, child.read = child.read, read
sys.exit(child.main())
"""


@pytest.fixture
def parser() -> Iterator[Parser]:
    with Parser() as parser:
        yield parser


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parser]:
    """A parser whose child has faults that depend on the file's name."""
    popen = subprocess.Popen

    def start(command: list[str], **options: object) -> object:
        words = [command[0], "-c", FAULTY, command[-1]]
        return popen(words, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(parsing.subprocess, "Popen", start)
    with Parser(cpu_s=1, wall_s=4) as parser:
        yield parser


def test_a_file_is_read_as_in_this_process(parser: Parser) -> None:
    assert parser.read("note.md", NOTE) == read("note.md", NOTE)


def test_a_corpus_document_keeps_its_card_through_the_child(parser: Parser) -> None:
    path = PROJECT / "corpus" / "documents" / "circulaire-2021-25.md"
    card = parser.read(path.name, path.read_bytes()).contents[0].front_matter
    assert card is not None
    assert card["number"] == "DGCS/SD2B/DGS/SP1/2021/25"
    assert str(card["signed_on"]) == "2021-04-01"


def test_many_files_share_one_child(parser: Parser) -> None:
    for number in range(5):
        parser.read(f"{number}.md", NOTE)
        with pytest.raises(UnreadableFile, match="est vide"):
            parser.read("vide.md", b"")
    assert parser.started == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("crash.md", "a interrompu sa lecture"),
        ("exit.md", "a interrompu sa lecture"),
        ("loop.md", "trop de temps"),
        ("sleep.md", "trop de temps"),
        ("memory.md", "trop de mémoire"),
        ("fault.md", "fichier abîmé : KeyError"),
        ("write.md", "fichier abîmé : FileNotFoundError"),
    ],
)
def test_what_ends_the_child_is_a_refusal_and_the_next_file_is_read(
    faulty: Parser, name: str, reason: str
) -> None:
    with pytest.raises(UnreadableFile, match=reason) as raised:
        faulty.read(name, NOTE)
    assert f"« {name} »" in str(raised.value)
    assert faulty.read("note.md", NOTE) == read("note.md", NOTE)


def test_what_a_file_left_in_memory_does_not_refuse_the_next(faulty: Parser) -> None:
    for name in ("fat.md", "wide.md"):
        assert faulty.read(name, NOTE) == read("note.md", NOTE)
    assert faulty.started == 2


def test_what_a_parser_prints_does_not_mix_with_the_answer(faulty: Parser) -> None:
    assert faulty.read("print.md", NOTE) == read("print.md", NOTE)
    assert faulty.started == 1


def test_a_limit_ends_the_wait_in_time(faulty: Parser) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableFile):
        faulty.read("sleep.md", NOTE)
    assert time.monotonic() - started < 8


def test_a_killed_child_is_replaced(parser: Parser) -> None:
    parser.read("note.md", NOTE)
    assert parser._child is not None
    os.kill(parser._child.pid, signal.SIGKILL)
    parser._child.wait()
    assert parser.read("note.md", NOTE).contents
    assert parser.started == 2


def test_the_child_ends_with_its_parser(parser: Parser) -> None:
    parser.read("note.md", NOTE)
    process = parser._child
    assert process is not None
    parser.close()
    assert process.poll() is not None


def test_the_child_ends_when_its_parent_is_killed() -> None:
    script = (
        "from ingest.parsing import Parser, extra_s\n"
        "p = Parser(); p.read('a.md', b'# A\\n\\nB.'); print(p._child.pid, flush=True)\n"
        "import time; time.sleep(60)"
    )
    command = [sys.executable, "-c", script]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=PROJECT, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 10
    while (alive := Path(f"/proc/{pid}/cmdline").exists()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive


def test_a_name_that_is_no_text_is_only_a_name(parser: Parser) -> None:
    name = b"\xe9t\xe9.md".decode("utf-8", "surrogateescape")
    assert parser.read(name, NOTE).contents
    with pytest.raises(UnreadableFile, match="est vide"):
        parser.read(name, b"")


def test_a_large_file_has_more_time() -> None:
    assert (extra_s(900_000), extra_s(10_000_000)) == (1, 20)


def test_frames_are_whole_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "frames"
    with path.open("wb") as file:
        child.send(file, b"ab", b"c")
        child.send(file, b"")
    data = path.read_bytes()
    with path.open("rb") as file:
        assert [child.receive(file) for _frame in range(3)] == [b"abc", b"", None]
    path.write_bytes(data[:9])
    with path.open("rb") as file:
        assert child.receive(file) is None
