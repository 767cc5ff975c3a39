"""Bombs: each ends within the limits, in a sentence; nothing grows here, nothing is written."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from ingest.parsing import WALL_S, Parser, extra_s
from ingest.reading.containers import CONTAINERS
from tests.reliability.bombs import BOMBS, MEGA
from tests.reliability.malformed import GOOD, SEEN, outcome

GRACE_S = 8
GROWTH_BYTES = 150 * MEGA
QUICK = ("formes.pdf", "zéros.zip", "rires.docx")


def memory(field: str) -> int:
    """Bytes of memory that this process holds (``VmRSS``), or held at most (``VmHWM``)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024


@pytest.fixture
def parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parser]:
    """A parser whose child has an empty folder for its temporary files."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    with Parser() as parser:
        yield parser


def explode(parser: Parser, name: str) -> str:
    """Opens one bomb within all limits and tells what came of it."""
    data = BOMBS[name]()
    parser.read("bon.md", GOOD)
    before = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # VmHWM starts anew
    started = time.monotonic()
    try:
        found = parser.entries(name, data) if name.endswith(CONTAINERS) else parser.read(name, data)
        said = f"lu ({type(found).__name__})"
    except UnreadableFile as error:
        said = str(error)
        assert f"« {name} »" in said and said.isprintable()
    took, growth = time.monotonic() - started, memory("VmHWM") - before
    print(f"\n{name}: {took:.1f} s, +{growth // MEGA} Mo, {said}")
    assert took < WALL_S + 1.5 * extra_s(len(data)) + GRACE_S
    assert growth < GROWTH_BYTES
    return said


def check(parser: Parser, folder: Path, name: str) -> None:
    explode(parser, name)
    assert not list((folder / "temp").iterdir())
    assert outcome(parser, "bon.md", GOOD).text.endswith(SEEN)


@pytest.mark.parametrize("name", QUICK)
def test_a_bomb_harms_nothing(parser: Parser, tmp_path: Path, name: str) -> None:
    check(parser, tmp_path, name)


@pytest.mark.long
@pytest.mark.bombs
@pytest.mark.parametrize("name", [name for name in BOMBS if name not in QUICK])
def test_every_bomb_harms_nothing(parser: Parser, tmp_path: Path, name: str) -> None:
    check(parser, tmp_path, name)
