"""Files replaced in one step: the former one or the new one is there, never half of it.

Only a regular file is ever replaced. A link is followed: what it leads to changes, it stays.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from corpus.errors import InvalidRequest


def file_at(target: Path) -> Path:
    """Where a file asked at ``target`` is written, links followed; it may not be there yet.

    Raises:
        InvalidRequest: a folder, a device, a pipe, a socket or a link to nothing stands there.
    """
    real = Path(os.path.realpath(target))
    if real.is_dir():
        raise InvalidRequest(f"« {target} » est un dossier : donnez un nom de fichier.")
    if real.exists() and not real.is_file():
        raise InvalidRequest(
            f"« {target} » n'est pas un fichier ordinaire (périphérique, tube, prise) : il reste "
            "tel quel, donnez un autre nom de fichier."
        )
    if target.is_symlink() and not real.exists():
        raise InvalidRequest(
            f"« {target} » est un lien qui ne mène à aucun fichier : il reste tel quel, donnez un "
            "autre nom de fichier."
        )
    return real


@contextmanager
def aside_of(target: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of ``target`` in one step, or leaves no trace.

    Raises:
        InvalidRequest: what stands there is no regular file (``file_at``).
        OSError: it can't be written; the error names ``target``.
    """
    real = file_at(target)
    real.parent.mkdir(parents=True, exist_ok=True)
    descriptor, aside = tempfile.mkstemp(prefix=".writing-", dir=real.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, real)
    except OSError as error:
        Path(aside).unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(target)) from error
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    folder = os.open(real.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def write_shared(target: Path, content: str | bytes) -> None:
    """Writes a file that its user may share: the rights of any new file, text in UTF-8.

    Raises:
        InvalidRequest: what stands there is no regular file.
        OSError: it can't be written.
    """
    umask = os.umask(0)
    os.umask(umask)
    with aside_of(target) as file:
        os.fchmod(file.fileno(), 0o666 & ~umask)
        file.write(content.encode() if isinstance(content, str) else content)
