"""From the paths of a command to files: folders walked in a fixed order, containers opened."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.errors import UnreadableFile, system_reason
from ingest.parsing import Parser
from ingest.reading import Refusal, check_size
from ingest.reading.containers import CONTAINERS
from ingest.reading.content import Entry
from ingest.report import Report

PASSED_OVER: Final = frozenset(("thumbs.db", "desktop.ini", "__macosx"))
"""What systems leave in folders."""
MAX_NESTING: Final = 2
"""A mail in an archive is opened, and no deeper."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file to add: its bytes, its name, where it stands and how to show it.

    ``place`` is its absolute path and ``shown`` the path as given; each ends with ``!name`` for a
    file found inside another (``!/name`` in the place, which no path of a file can end with).
    """

    name: str
    place: str
    shown: str
    data: bytes


def files_under(paths: Sequence[Path], report: Report) -> list[Path]:
    """Files at ``paths`` and in their folders, in a fixed order.

    Hidden files of folders, and what systems leave there, are passed over. What is no ordinary
    file, a link inside a folder and a folder that can't be listed are refused by themselves.
    """
    found: list[Path] = []
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            _refuse(report, path, f"Ce chemin ne mène à rien de lisible ({system_reason(error)}).")
            continue
        if stat.S_ISDIR(mode):
            found += _walked(path, report)
        elif stat.S_ISREG(mode):
            found.append(path)
        else:
            _refuse(report, path, "Ce n'est pas un fichier ordinaire.")
    return found


def _walked(folder: Path, report: Report) -> list[Path]:
    """Files under a folder, however deep, without following its links."""
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listed:
                entries = list(listed)
        except OSError as error:
            _refuse(report, here, f"Ce dossier ne se lit pas ({system_reason(error)}).")
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith((".", "~$")) or entry.name.lower() in PASSED_OVER:
                continue
            if entry.is_symlink():
                _refuse(report, path, "C'est un lien : ajoutez le fichier ou dossier qu'il vise.")
            elif entry.is_dir():
                waiting.append(path)
            elif entry.is_file():
                found.append(path)
            else:
                _refuse(report, path, "Ce n'est pas un fichier ordinaire.")
    return sorted(found)


def opened(path: Path, parser: Parser, report: Report) -> Iterator[Found]:
    """The file at ``path``, or the files that it contains; what can't be read is refused."""
    shown = str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile("Ce n'est pas un fichier ordinaire.")
        check_size(path.name, status.st_size)
        data = path.read_bytes()
    except UnreadableFile as error:
        report.refuse(Refusal(shown, str(error)))
    except OSError as error:
        report.refuse(Refusal(shown, f"Ce fichier ne se lit pas ({system_reason(error)})."))
    else:
        file = Found(path.name, str(path.resolve()), shown, data)
        yield from contained(file, parser, report)


def contained(file: Found, parser: Parser, report: Report, depth: int = 0) -> Iterator[Found]:
    """The file, or the files that it contains; what can't be opened is refused by itself."""
    if not file.name.lower().endswith(CONTAINERS):
        yield file
        return
    if depth >= MAX_NESTING:
        report.refuse(Refusal(file.shown, "Une archive si profonde n'est pas ouverte."))
        return
    try:
        entries = parser.entries(file.name, file.data)
    except UnreadableFile as error:
        report.refuse(Refusal(file.shown, str(error)))
        return
    if not entries:
        report.refuse(Refusal(file.shown, f"« {file.name} » ne contient aucun fichier."))
    for entry in entries:
        if isinstance(entry, Entry):
            name = entry.name.rsplit("/", 1)[-1]
            place, shown = f"{file.place}!/{entry.name}", f"{file.shown}!{entry.name}"
            inner = Found(name, place, shown, entry.data)
            yield from contained(inner, parser, report, depth + 1)
        else:
            report.refuse(Refusal(file.shown + entry.file.removeprefix(file.name), entry.reason))


def _refuse(report: Report, path: Path, reason: str) -> None:
    report.refuse(Refusal(str(path), reason))
