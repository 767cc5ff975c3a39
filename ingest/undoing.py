"""A change of the library that is published or leaves no trace, even if its process is killed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ingest.index import CURRENT_FILE
from ingest.library import Library, listing, parse_listing, write_aside
from ingest.publishing import publishing_lock
from ingest.settings import Settings

UNDO_FILE: Final = "undo.json"
"""Beside the list of the library: that list as it was, and the generation then in service."""


@contextmanager
def undone_unless_published(library: Library, index_folder: Path) -> Iterator[None]:
    """What changes the library inside is undone when it raises; under the lock of the index.

    A process that is killed there leaves the file by which ``undo`` undoes it.
    """
    former = list(library)
    values = {"current": _current(index_folder), "listing": listing(former).decode("ascii")}
    write_aside(library.folder / UNDO_FILE, json.dumps(values).encode("ascii"))
    library.keeps_former = True
    try:
        yield
    except BaseException:
        library.keeps_former = False
        library.replace_by(former, ())
        _forget(library)
        raise
    library.keeps_former = False
    _forget(library)


def undo(settings: Settings) -> None:
    """Undoes what a process killed before its publication changed; under the lock of the index."""
    try:
        kept = json.loads((settings.library_folder / UNDO_FILE).read_bytes())
        former, _leaving = parse_listing(kept["listing"].encode("ascii"))
        published = kept["current"] != _current(settings.index_folder)
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError, AttributeError):  # not ours: written in one step
        return
    library = Library(settings.library_folder, recovering=True)
    if not published:
        library.replace_by(former, ())
    _forget(library)


def recover(settings: Settings) -> None:
    """Undoes what a killed process left, if it left something.

    Raises:
        IndexLocked: another one is at work, which does it.
        ReperesError: the library can't be read.
    """
    if (settings.library_folder / UNDO_FILE).exists():
        with publishing_lock(settings.index_folder):
            undo(settings)


def _forget(library: Library) -> None:
    (library.folder / UNDO_FILE).unlink(missing_ok=True)
    library.sweep()


def _current(index_folder: Path) -> str:
    """The name of the generation in service, empty without one."""
    try:
        return (index_folder / CURRENT_FILE).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
