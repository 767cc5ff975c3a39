"""Office files are zip archives; ours hold no clock, so the same pack gives the same bytes."""

import io
import zipfile
from collections.abc import Mapping

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def rewritten(archive: bytes, files: Mapping[str, str] | None = None) -> bytes:
    """The archive without times, some of its files written anew; their order stays."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            content = (files or {}).get(entry.filename)
            plain = zipfile.ZipInfo(entry.filename, _NO_TIME)
            plain.compress_type = entry.compress_type
            new.writestr(plain, old.read(entry) if content is None else content.encode())
    return written.getvalue()
