"""Files are opened in a child process with limits: a hostile one can end the child, never us.

The limits: 1 GB of memory, 20 s of processor time and 30 s in all for a small file (more by its
size), and no file written.
"""

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from corpus.errors import UnreadableFile
from ingest.reading import Reading, Refusal
from ingest.reading.child import (
    CONTENT,
    MEMORY_BYTES,
    PART,
    READING,
    TOO_MUCH_MEMORY,
    receive,
    send,
)
from ingest.reading.content import Content, Entry

CPU_S: Final = 20
WALL_S: Final = 30
CPU_S_BY_MEGABYTE: Final = 2
_SLOW = "demande trop de temps de calcul : fichier refusé"
_LARGE = "demande trop de mémoire une fois ouvert : fichier refusé"
_ENDED = "a interrompu sa lecture (fichier abîmé ou hostile) : fichier refusé"


class _Worn(UnreadableFile):
    """A child that has read other files failed on this one: a new child decides."""


class Parser:
    """One child process, started at the first file and replaced when a limit ended it.

    A context manager, for one thread at a time. ``started`` counts the children so far.
    """

    def __init__(
        self, *, memory_bytes: int = MEMORY_BYTES, cpu_s: int = CPU_S, wall_s: float = WALL_S
    ) -> None:
        self._memory_bytes, self._cpu_s, self._wall_s = memory_bytes, cpu_s, wall_s
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self.started = 0

    def __enter__(self) -> "Parser":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, name: str, data: bytes) -> Reading:
        """What ``ingest.reading.read`` gives of this file.

        Raises:
            UnreadableFile: nothing can be read, or a limit was met; the message is one French
                sentence.
        """
        try:
            return self._read(name, data)
        except _Worn:
            return self._read(name, data)

    def _read(self, name: str, data: bytes) -> Reading:
        contents: list[Content] = []
        reading = Reading(())
        for frame in self._frames("read", name, data):
            if frame[:1] == b"C":
                contents.append(CONTENT.validate_json(frame[1:]))
            else:
                reading = READING.validate_json(frame[1:])
        return replace(reading, contents=tuple(contents))

    def entries(self, name: str, data: bytes) -> list[Entry | Refusal]:
        """The files that a container holds, and those of them that are refused.

        Raises:
            UnreadableFile: as ``read``.
        """
        try:
            return self._entries(name, data)
        except _Worn:
            return self._entries(name, data)

    def _entries(self, name: str, data: bytes) -> list[Entry | Refusal]:
        found: list[Entry | Refusal] = []
        for frame in self._frames("entries", name, data):
            if frame[:1] == b"E":
                end = frame.index(b"\0")  # not partition: a third copy of a large file
                found.append(Entry(frame[1:end].decode("utf-8"), frame[end + 1 :]))
            elif frame[:1] == b"P":
                found.append(PART.validate_json(frame[1:]))
        return found

    def close(self) -> None:
        """Ends the child."""
        if self._child is not None:
            _end(self._child)
            self._child = None

    def _frames(self, work: str, name: str, data: bytes) -> Iterator[bytes]:
        """The frames of one answer, up to its last one; messages show the name on one line."""
        name = "".join(char if char.isprintable() else "\ufffd" for char in name)
        child = self._running()
        assert child.stdin is not None and child.stdout is not None
        more = extra_s(len(data))
        timer = threading.Timer(self._wall_s + 1.5 * more, child.kill)
        timer.daemon = True
        timer.start()
        done = False
        # What a former file left of a child's memory must not refuse this one.
        fault = _Worn if self._served else UnreadableFile
        try:
            _ask(child.stdin, {"work": work, "name": name, "cpu_s": self._cpu_s + more}, data)
            while (frame := receive(child.stdout)) is not None:
                kind = frame[:1]
                done = kind in b"RF."
                if kind == b"F":
                    raise UnreadableFile(frame[1:].decode("utf-8"))
                if kind == TOO_MUCH_MEMORY:
                    raise fault(f"« {name} » {_LARGE}.")
                yield frame
                if done:
                    return
            self.close()
            reason = _reason(child.returncode)
            if reason == _SLOW:
                fault = UnreadableFile
            raise fault(f"« {name} » {reason}.")
        finally:
            self._served += 1
            timer.cancel()
            if not done:  # interrupted, or ended by a limit: it may owe frames
                self.close()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self.close()
            # ``-m`` imports from the working folder first: never the user's.
            package = Path(__file__).resolve().parent.parent
            command = [sys.executable, "-B", "-m", "ingest.reading.child", str(self._memory_bytes)]
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=package,
                start_new_session=True,  # Ctrl-C is ours to handle
            )
            self.started += 1
            self._served = 0
        return self._child


def extra_s(size: int) -> int:
    """Seconds of processor time that a file of ``size`` bytes has beyond the common limit."""
    return CPU_S_BY_MEGABYTE * size // 1_000_000


def _ask(stream: IO[bytes], head: dict[str, str | int], data: bytes) -> None:
    with contextlib.suppress(OSError):  # it ended; the missing answer says so
        send(stream, json.dumps(head).encode("ascii"))
        send(stream, data)
        stream.flush()


def _reason(code: int | None) -> str:
    """Why a child ended, by its exit code: SIGXCPU, our own SIGKILL, else a fault."""
    return {-24: _SLOW, -9: _SLOW}.get(code or 0, _ENDED)


def _end(child: "subprocess.Popen[bytes]") -> None:
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    try:
        child.wait(0.2)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
