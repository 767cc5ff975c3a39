"""Verifies a generation aside, in a child process: ``python -m ingest.verifying FOLDER``.

Chroma can end the interpreter on a broken store, so its first opening never happens in the
process that serves. Exit code 0 means counts, ids, dimension and 50 self-queries are right.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

from corpus.errors import IndexBroken
from ingest.lexical import LexicalIndex
from ingest.limits import end_with, limit
from ingest.texts import Texts

SELF_QUERIES = 50
TIMEOUT_S = 120
MEMORY_BYTES = 8 << 30  # address space: Chroma maps more than it uses
FILE_BYTES = 4 << 30


def verify_aside(folder: Path, statements: int | None) -> None:
    """Runs the verification of ``folder`` in a child process with limits.

    Args:
        folder: a generation that is not in service.
        statements: how many statement vectors it must hold, ``None`` for a lexical index.

    Raises:
        IndexBroken: the child found a fault, crashed or took too long.
    """
    # ``-m`` imports from the working folder first: never the user's, whose files are not ours.
    package = Path(__file__).resolve().parent.parent
    count = "" if statements is None else str(statements)
    arguments = [str(folder.resolve()), count, str(os.getpid())]
    command = [sys.executable, "-m", "ingest.verifying", *arguments]
    try:
        child = subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT_S, cwd=package
        )
        reason = child.stderr.strip().rsplit("\n", 1)[-1] or f"code {child.returncode}"
        sound = child.returncode == 0
    except subprocess.TimeoutExpired:
        sound, reason = False, f"vérification de plus de {TIMEOUT_S} s"
    if not sound:
        raise IndexBroken(f"L'index construit ne passe pas sa vérification ({reason}).")


def check(folder: Path, statements: int | None) -> str | None:
    """What is wrong with the generation in ``folder``, ``None`` when it is sound."""
    texts = Texts(folder / "texts.sqlite")
    ids = texts.passage_ids()
    if LexicalIndex.load(folder / "lexical").rows != len(ids):
        return "l'index lexical n'a pas une ligne par passage"
    if statements is None:
        return None
    import numpy as np

    from ingest.vectors import CHROMA_FOLDER, COLLECTION, STATEMENTS, chroma_client

    client = chroma_client(folder / CHROMA_FOLDER)
    held = client.get_collection(STATEMENTS, embedding_function=None).count()
    if held != statements:
        return f"{held} vecteurs pour {statements} énoncés"
    collection = client.get_collection(COLLECTION, embedding_function=None)
    if collection.count() != len(ids):
        return f"{collection.count()} vecteurs pour {len(ids)} passages"
    step = max(1, len(ids) // SELF_QUERIES)
    sample = collection.get(ids=ids[::step][:SELF_QUERIES], include=["embeddings"])
    vectors = np.asarray(sample["embeddings"], np.float32)
    if len(vectors) != len(ids[::step][:SELF_QUERIES]) or not np.isfinite(vectors).all():
        return "vecteurs manquants ou non finis"
    nearest = collection.query(query_embeddings=vectors, n_results=1, include=["distances"])
    distances = nearest["distances"] or []
    if any(not row or row[0] > 1e-3 for row in distances):
        return "un passage ne se retrouve pas lui-même"
    return None


def main(arguments: list[str]) -> int:
    """Command of the child process."""
    end_with(int(arguments[2]))
    limit(resource.RLIMIT_AS, MEMORY_BYTES)
    limit(resource.RLIMIT_FSIZE, FILE_BYTES)
    fault = check(Path(arguments[0]), int(arguments[1]) if arguments[1] else None)
    if fault:
        print(fault, file=sys.stderr)
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
