"""A change of the library published in a child process: ``python -m ingest.publication``.

A publication holds a processor for a long time, most of it in Python: in the process that answers,
it would make people wait. The child reads one order on stdin (JSON) and answers on stdout, a line
of JSON each: ``progress`` (stage, done, total), then ``report``, or ``error`` (a French sentence),
``errno`` (the system's refusal) or ``crash`` (what kind of error, raised where; never its message).
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from pydantic import TypeAdapter

from corpus.errors import IndexLocked, ReperesError, system_reason
from ingest.adding import add, at_work
from ingest.collecting import Found
from ingest.embedding import PassageEncoder, load_embeddings
from ingest.limits import end_with
from ingest.pipeline import publish_library, remove
from ingest.report import Progress, Report
from ingest.settings import Settings
from ingest.undoing import recover

NICENESS: Final = 10
_POOLS: Final = ("OMP", "MKL", "OPENBLAS", "RAYON")
_ONE_THREAD: Final = {f"{pool}_NUM_THREADS": "1" for pool in _POOLS} | {
    "TOKENIZERS_PARALLELISM": "false"
}
"""A processor is left to the answers."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A file to add: its name, its place in the library, where its bytes are, what is said of it.

    ``card`` is a front matter of plain JSON values.
    """

    name: str
    place: str
    file: Path
    card: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the library: files added, or files taken out (their places)."""

    additions: tuple[Addition, ...] = ()
    removals: tuple[str, ...] = ()


class PublicationCrashed(Exception):
    """An error that nobody foresaw in the child; its text is the kind and the place."""


def carry_out(
    change: Change, settings: Settings, encoder: PassageEncoder | None, progress: Progress
) -> Report:
    """Changes the library and publishes it, or leaves it as it was.

    Raises:
        IndexLocked: another ingest is at work.
        ReperesError: nothing could be published.
    """
    if change.removals:
        return remove(list(change.removals), settings, encoder, progress)
    with at_work(settings, progress, whole=True) as work:
        for one in change.additions:
            add(Found(one.name, one.place, one.name, one.file.read_bytes()), work, one.card)
        report = work.report
        if not (report.added or report.replaced or report.unchanged):
            raise ReperesError(f"Rien n'a été publié. {_why(report)}")
        publish_library(work, encoder)
    return report


def carry_out_aside(change: Change, settings: Settings, progress: Progress) -> Report:
    """``carry_out`` in a child process of low priority; ends it when this thread ends.

    Raises:
        ReperesError: what ``carry_out`` raises, or the child was killed (the former index stays in
            service and the library is as it was).
        OSError: the system refuses a file, or a process.
        PublicationCrashed: an unforeseen error.
    """
    package = Path(__file__).resolve().parent.parent
    child = subprocess.Popen(
        [sys.executable, "-m", "ingest.publication", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=package,  # ``-m`` imports from the working folder first: never the user's
        env={**os.environ, **_ONE_THREAD},
        start_new_session=True,
    )
    try:
        assert child.stdin is not None and child.stdout is not None
        with suppress(BrokenPipeError), child.stdin:  # it ended; the missing answer says so
            child.stdin.write(_order(change, settings))
        with child.stdout:
            for line in child.stdout:
                said = json.loads(line)
                if "progress" in said:
                    progress(*said["progress"])
                    continue
                child.wait()
                return _ended(said)
        code = child.wait()
    finally:
        child.kill()
        child.wait()
        with suppress(IndexLocked):
            recover(settings)
    raise ReperesError(
        "La publication s'est arrêtée avant sa fin (processus interrompu, code "
        f"{code}) : l'ancien index reste en service et la bibliothèque n'a pas changé, recommencez."
    )


def _order(change: Change, settings: Settings) -> bytes:
    """The order of a child, which stands in another folder: every path is whole."""
    model = Path(settings.embedding_model)
    values = {
        "index": str(settings.index_folder.absolute()),
        "cache": str(settings.cache.absolute()),
        "embedding_model": str(model.absolute()) if model.is_dir() else settings.embedding_model,
    }
    additions = [{**asdict(one), "file": str(one.file.absolute())} for one in change.additions]
    order = {"settings": values, "additions": additions, "removals": change.removals}
    return json.dumps(order).encode("ascii")


def _ended(said: dict[str, Any]) -> Report:
    if "report" in said:
        return TypeAdapter(Report).validate_python(said["report"])
    if "locked" in said:
        raise IndexLocked(said["locked"])
    if "error" in said:
        raise ReperesError(said["error"])
    if "errno" in said:
        raise OSError(said["errno"], os.strerror(said["errno"]))
    raise PublicationCrashed(said["crash"])


def _why(report: Report) -> str:
    """Why no file was added."""
    if report.refused:
        return report.refused[0]["reason"]
    if report.duplicates:
        other = report.duplicates[0].rpartition(" = ")[2].rpartition(":")[2]
        return f"Ce fichier est déjà dans la bibliothèque sous le nom « {other} »."
    return "Aucun fichier n'a été donné."


def _answers(order: dict[str, Any], replies: TextIO) -> Iterator[dict[str, Any]]:
    """The last line of the child, after those of its progress."""

    def progress(stage: str, done: int, total: int) -> None:
        print(json.dumps({"progress": [stage, done, total]}), file=replies, flush=True)

    try:
        settings = Settings(**order["settings"])
        additions = tuple(Addition(**{**a, "file": Path(a["file"])}) for a in order["additions"])
        change = Change(additions, tuple(order["removals"]))
        yield {"report": asdict(carry_out(change, settings, load_embeddings(settings), progress))}
    except IndexLocked as error:
        yield {"locked": str(error)}
    except ReperesError as error:
        yield {"error": str(error)}
    except OSError as error:
        yield {"errno": error.errno} if error.errno else {"error": system_reason(error)}
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        yield {"crash": f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"}


def main() -> int:
    """Command of the child process."""
    end_with(int(sys.argv[1]))
    os.nice(NICENESS)
    replies = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what a library prints must not end up among the answers
    for said in _answers(json.loads(sys.stdin.buffer.read()), replies):
        print(json.dumps(said), file=replies, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
