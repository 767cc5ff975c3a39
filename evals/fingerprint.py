"""What a run depends on: two runs with one fingerprint, its date aside, may be one run."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from evals.assistants import Evaluated
from evals.cases import Case
from evals.performance import machine
from ingest.settings import PROJECT

PACKAGES = ("corpus", "ingest", "assistant", "evals")
THRESHOLDS = "thresholds.toml"  # judges a run once it is made
LABELS: Mapping[str, str] = {
    "assistant": "l'assistant",
    "commit": "le commit",
    "dirty": "l'état du dépôt",
    "code": "le code",
    "corpus_digest": "le corpus",
    "embedding_model": "le modèle de vecteurs",
    "settings_fingerprint": "les réglages",
    "limit_s": "le temps permis",
    "judge": "le modèle qui juge",
    "n_cases": "le nombre de cas",
    "cases_digest": "les cas",
    "python": "Python",
    "machine": "la machine",
}


def fingerprint(cases: Sequence[Case], evaluated: Evaluated, limit_s: float) -> dict[str, Any]:
    """The first line of a run, as JSON values.

    ``commit`` and ``dirty`` are ``None`` outside a checkout; ``code`` is the digest of the program
    that answers and scores, which changes where the commit doesn't.
    """
    commit = _git("rev-parse", "HEAD")
    changed = _git("status", "--porcelain")
    host = machine()
    return {
        "assistant": evaluated.name,
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "commit": commit,
        "dirty": None if changed is None else bool(changed),
        "code": code_digest(PROJECT),
        **evaluated.setup,
        "limit_s": limit_s,
        "n_cases": len(cases),
        "cases_digest": _digest([case_digest(case) for case in cases]),
        "python": platform.python_version(),
        "machine": {"cpu": host["cpu"], "cores": host["cores"]},
    }


def differences(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[str]:
    """What differs between two fingerprints but their date, in French words."""
    return [label for key, label in LABELS.items() if a.get(key) != b.get(key)]


def case_digest(case: Case) -> str:
    """Digest of all that a case asks and wants."""
    return _digest(case.model_dump(mode="json"))


def code_digest(root: Path) -> str:
    """Digest of the Python and TOML files that answer and score."""
    sha = hashlib.sha256()
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".toml") and path.name != THRESHOLDS:
                sha.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return sha.hexdigest()[:16]


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _git(*arguments: str) -> str | None:
    """What git says of this checkout; ``None`` without git or outside a checkout of ours."""
    if not (PROJECT / ".git").exists():
        return None
    command = ("git", "--no-optional-locks", "-C", str(PROJECT), *arguments)
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
