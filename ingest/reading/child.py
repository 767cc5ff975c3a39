"""The process that opens files: ``python -m ingest.reading.child``, fed by ``ingest/parsing.py``.

It reads requests on stdin and answers on stdout, one after the other, until stdin ends. A request
is a frame of JSON (``work``, ``name``, ``cpu_s``) and a frame of bytes. An answer is a frame ``C``
for each content of a reading and ``R`` for the rest of it (both in JSON: one by one, they cost
their reader little memory), or ``F`` (the one reason of a refusal) or, for a container, a frame
``E`` for each entry (its name, NUL, its bytes) or ``P`` (a part refused, in JSON) and ``.`` at its
end. A frame is its length in 8 bytes, little-endian, then that many bytes.

Memory, time and files are limited here, before a byte of the file is looked at: nothing can be
written to disk, and what goes over a limit ends this process only.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Final

from pydantic import TypeAdapter

from corpus.errors import UnreadableFile
from ingest.limits import limit
from ingest.reading import read
from ingest.reading.containers import entries
from ingest.reading.content import Content, Entry, Reading, Refusal

MEMORY_BYTES: Final = 1 << 30
OPEN_FILES: Final = 64
READING: Final = TypeAdapter(Reading)
CONTENT: Final = TypeAdapter(Content)
PART: Final = TypeAdapter(Refusal)
TOO_MUCH_MEMORY: Final = b"M"


def receive(stream: IO[bytes]) -> bytes | None:
    """The next frame, ``None`` at the end of the stream."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    length = int.from_bytes(head, "little")
    body = stream.read(length)
    return body if len(body) == length else None


def send(stream: IO[bytes], *parts: bytes) -> None:
    """One frame made of ``parts``."""
    stream.write(sum(map(len, parts)).to_bytes(8, "little"))
    for part in parts:
        stream.write(part)


def answers(work: str, name: str, data: bytes) -> Iterator[tuple[bytes, ...]]:
    """The frames that answer one request."""
    try:
        if work == "read":
            reading = read(name, data)
            for content in reading.contents:
                yield b"C", CONTENT.dump_json(content)
            yield b"R", READING.dump_json(replace(reading, contents=()))
            return
        for found in entries(name, data):
            if isinstance(found, Entry):
                yield b"E", found.name.encode("utf-8", "replace"), b"\0", found.data
            else:
                yield b"P", PART.dump_json(found)
        yield (b".",)
    except UnreadableFile as error:
        yield b"F", str(error).encode("utf-8", "replace")
    except MemoryError:
        yield (TOO_MUCH_MEMORY,)
    except Exception as error:  # a fault of a parser, whatever it is, is a refusal of this file
        reason = f"« {name} » n'a pas pu être lu (fichier abîmé : {type(error).__name__})."
        yield b"F", reason.encode("utf-8", "replace")


def _allow_cpu(seconds: int) -> None:
    """Ends the process ``seconds`` of processor time from now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def main() -> int:
    """Serves until stdin ends, or until the memory limit was met."""
    requests = sys.stdin.buffer
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up among the answers
    limit(resource.RLIMIT_AS, int(sys.argv[1]) if len(sys.argv) > 1 else MEMORY_BYTES)
    limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    for which in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        limit(which, 0)
    while (head := receive(requests)) is not None:
        asked = json.loads(head)
        data = receive(requests) or b""
        _allow_cpu(int(asked["cpu_s"]))
        for frame in answers(asked["work"], asked["name"], data):
            send(replies, *frame)
            if frame[0] == TOO_MUCH_MEMORY:
                replies.flush()
                return 3  # what is left of this process's memory is not worth keeping
        replies.flush()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(1)
