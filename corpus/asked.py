"""How people ask for what a statement says: ``corpus/asked/<document_id>.toml``.

A text says « le minimum est de douze objectifs »; an agent asks « combien il faut en prendre ».
Each statement of the shipped corpus comes with a few questions that it answers, written by authors
who saw the statement and no evaluation question. A statement is named by a digest of its words:
when they change, its questions are orphans and ``reperes corpus check`` asks to read them again.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path

from corpus.catalogue import documents_folder
from corpus.errors import InvalidDocument


def asked_folder() -> Path:
    """Folder of the shipped questions."""
    return documents_folder().parent / "asked"


def statement_key(text: str) -> str:
    """Twelve hex digits of a statement's words, whatever its blanks."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8")).hexdigest()[:12]


def read_asked(document_id: str, folder: Path | None = None) -> Mapping[str, tuple[str, ...]]:
    """The questions of a document's statements, by statement key; empty when it has none.

    Raises:
        InvalidDocument: the file isn't TOML of lists of questions.
    """
    path = (folder or asked_folder()) / f"{document_id}.toml"
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidDocument(f"{path.name} : fichier illisible ({error}).") from error
    for key, questions in values.items():
        texts = isinstance(questions, list) and all(isinstance(q, str) for q in questions)
        if not texts or not all(q.strip() for q in questions):
            raise InvalidDocument(f"{path.name} : « {key} » n'est pas une liste de questions.")
    return {key: tuple(questions) for key, questions in values.items()}
