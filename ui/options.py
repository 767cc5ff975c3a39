"""What the commands share: options, settings, the model, results and progress."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from corpus.errors import ModelUnavailable
from ui.exits import say

IndexOption = Annotated[
    Optional[Path], typer.Option("--index", help="Dossier de l'index (défaut : REPERES_INDEX).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Résultat en JSON.")]
ExerciceOption = Annotated[
    Optional[list[int]], typer.Option("--exercice", help="Seulement cet exercice (répétable).")
]
KindOption = Annotated[
    Optional[list[str]], typer.Option("--kind", help="Seulement ce type de texte (répétable).")
]
DocumentOption = Annotated[
    Optional[list[str]], typer.Option("--document", help="Seulement ce document (répétable).")
]


def show(value: Any) -> None:
    """One JSON line on stdout, in UTF-8 and not escaped."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.write(b"\n")


def settings_for(index: Path | None) -> Any:
    """Settings of the environment, with the index folder of the command line."""
    from ingest.settings import Settings

    return Settings(index=index) if index is not None else Settings()


@contextmanager
def progress_bar() -> Iterator[Any]:
    """A callback (stage, done, total) that draws a bar, only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage.capitalize(), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield report


def encoder(settings: Any) -> Any:
    """The embedding model, or ``None`` with a line on stderr when there is none here."""
    from ingest.embedding import load_embeddings

    try:
        return load_embeddings(settings)
    except ModelUnavailable as error:
        say(f"Attention : recherche lexicale seule. {error}")
        return None
