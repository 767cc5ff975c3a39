"""From a draft to the bytes of a format, by pandoc, which reads nothing but what it is given."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ui.exporting.outline import Draft
from ui.exporting.syntax import document


def convert(
    draft: Draft, target: str, options: Sequence[str] = (), reference: bytes | None = None
) -> bytes:
    """The draft in pandoc's format ``target``; ``reference`` is the office file with the styles."""
    import pypandoc  # type: ignore[import-untyped]

    source = json.dumps(document(draft.blocks, draft.pack.title))
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "written")
        given = ["--sandbox", *options]
        if reference is not None:
            styles = Path(folder, "reference")
            styles.write_bytes(reference)
            given.append(f"--reference-doc={styles}")
        pypandoc.convert_text(
            source, target, format="json", outputfile=str(written), extra_args=given
        )
        return written.read_bytes()


def default_reference(kind: str) -> bytes:
    """Pandoc's own office file with styles, ``docx`` or ``odt``."""
    import subprocess

    import pypandoc

    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", f"reference.{kind}"]
    return subprocess.run(command, capture_output=True, check=True).stdout
