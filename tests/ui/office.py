"""LibreOffice without a display, for the tests that open what was written."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_SECONDS = 120


def converted(file: Path, kind: str) -> Path:
    """``file`` as LibreOffice writes it to ``kind``; skips where LibreOffice isn't installed,
    unless ``REPERES_REQUIRE`` names ``office``."""
    program = shutil.which("soffice")
    if program is None:
        if "office" in os.environ.get("REPERES_REQUIRE", ""):
            pytest.fail("LibreOffice (soffice) est absent, et REPERES_REQUIRE le demande.")
        pytest.skip("LibreOffice (soffice) est absent")
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(file.parent)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=_SECONDS)
    return file.with_suffix(f".{kind}")
