"""The command line: results on stdout, progress and messages on stderr, one line an error."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal, Optional

import typer

from corpus.errors import ModelUnavailable
from ui.batches import read_history, read_jsonl
from ui.exits import Misuse, run, say

app = typer.Typer(
    name="reperes",
    help="Repères : des réponses prouvées sur la politique de protection de l'enfance.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

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


def main() -> None:
    """Entry point."""
    run(app)


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


def _encoder(settings: Any) -> Any:
    """The embedding model, or ``None`` with a line on stderr when there is none here."""
    from ingest.embedding import load_embeddings

    try:
        return load_embeddings(settings)
    except ModelUnavailable as error:
        say(f"Attention : recherche lexicale seule. {error}")
        return None


@app.command()
def ingest(
    paths: Annotated[Optional[list[Path]], typer.Argument(help="Fichiers ou dossiers.")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ajoute des fichiers à la bibliothèque et publie l'index (sans fichier : le corpus livré)."""
    from ingest.pipeline import ingest as run

    settings = settings_for(index)
    with progress_bar() as report_progress:
        report = run(paths or [], settings, _encoder(settings), report_progress)
    _show_report(report, as_json)


@app.command()
def remove(
    document_ids: Annotated[list[str], typer.Argument(help="Identifiants des documents.")],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Retire des documents de la bibliothèque et republie l'index."""
    from ingest.pipeline import remove as run

    settings = settings_for(index)
    with progress_bar() as report_progress:
        report = run(document_ids, settings, _encoder(settings), report_progress)
    _show_report(report, as_json)


def _show_report(report: Any, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        show(asdict(report))
        return
    for refusal in report.refused:
        say(f"Refusé : {refusal['file']} : {refusal['reason']}")
    for duplicate in report.duplicates:
        say(f"Doublon : {duplicate}")
    print(
        f"{report.documents} documents, {report.passages} passages publiés "
        f"({len(report.added)} ajoutés, {len(report.replaced)} remplacés, "
        f"{len(report.unchanged)} inchangés, {len(report.removed)} retirés, "
        f"{len(report.refused)} refusés) en {report.seconds:.1f} s."
    )


@app.command()
def status(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Ce qui est indexé, avec quel modèle, depuis quand."""
    from ingest.index import current_generation
    from ingest.manifest import Manifest

    settings = settings_for(index)
    folder = current_generation(settings.index_folder)
    manifest = Manifest.read(folder)
    manifest.check_files(folder)
    values = {
        "documents": manifest.documents,
        "passages": manifest.passages,
        "embedding_model": manifest.embedding_model,
        "corpus_digest": manifest.corpus_digest,
        "built_at": manifest.built_at,
        "retrieval": "hybrid" if manifest.embedding_model else "lexical",
    }
    if as_json:
        show(values)
        return
    labels = {
        "documents": "Documents",
        "passages": "Passages",
        "embedding_model": "Modèle de vecteurs",
        "corpus_digest": "Empreinte du corpus",
        "built_at": "Construit le",
        "retrieval": "Recherche",
    }
    for key, label in labels.items():
        print(f"{label} : {values[key] or 'aucun'}")


def opened_index(settings: Any) -> Any:
    """The index in service, opened strictly: the command line never falls back in silence.

    Raises:
        IndexUnusable: none there, broken, or of another model.
    """
    from ingest.index import current_generation, open_generation
    from ingest.manifest import Manifest

    folder = current_generation(settings.index_folder)
    encoder = _encoder(settings)
    if encoder is not None and Manifest.read(folder).embedding_digest is None:
        say("Attention : cet index est lexical (sans vecteurs).")
        encoder = None
    return open_generation(folder, encoder)


@app.command()
def search(
    query: Annotated[Optional[str], typer.Argument(help="Ce que l'on cherche.")] = None,
    count: Annotated[int, typer.Option("-k", min=1, max=1000, help="Nombre de passages.")] = 10,
    exercice: ExerciceOption = None,
    kind: KindOption = None,
    document: DocumentOption = None,
    retrieval: Annotated[str, typer.Option(help="hybrid, dense ou lexical.")] = "hybrid",
    batch: Annotated[
        Optional[Path], typer.Option(help="Fichier jsonl de requêtes (_id, text).")
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Cherche des passages, du plus proche au moins proche."""
    from assistant.retrieval import search as find
    from ingest.index import Filters

    if retrieval not in ("hybrid", "dense", "lexical"):
        raise Misuse("hybrid, dense ou lexical", param_hint="--retrieval")
    if (query is None) == (batch is None):
        raise Misuse("donnez une requête, ou --batch FICHIER", param_hint="QUERY")
    mode: Literal["hybrid", "dense", "lexical"] = retrieval  # type: ignore[assignment]
    opened = opened_index(settings_for(index))
    filters = Filters(tuple(exercice or ()), tuple(kind or ()), tuple(document or ()))
    if batch is not None:
        for row in read_jsonl(batch, "_id", "text"):
            hits = find(opened, row["text"], count, filters, mode)
            show({"_id": row["_id"], "results": [_result(hit) for hit in hits]})
        return
    hits = find(opened, query or "", count, filters, mode)
    if as_json:
        show({"results": [_result(hit) for hit in hits]})
        return
    if not hits:
        print("Aucun passage ne correspond.")
    for rank, hit in enumerate(hits, 1):
        print(f"{rank}. {hit.title} — {hit.passage.locator or 'début'} ({hit.score:.3f})")
        print(f"   {hit.passage.text.replace(chr(10), chr(10) + '   ')}\n")


def _result(hit: Any) -> dict[str, Any]:
    return {
        "passage_id": hit.passage.passage_id,
        "document_id": hit.passage.document_id,
        "title": hit.title,
        "locator": hit.passage.locator,
        "text": hit.passage.text,
        "score": round(hit.score, 6),
    }


@app.command()
def ask(
    question: Annotated[Optional[str], typer.Argument(help="La question, en français.")] = None,
    exercice: ExerciceOption = None,
    as_of: Annotated[Optional[str], typer.Option(help="Date de référence (AAAA-MM-JJ).")] = None,
    history: Annotated[
        Optional[Path], typer.Option(help="Fichier JSON des tours précédents.")
    ] = None,
    batch: Annotated[
        Optional[Path], typer.Option(help="Fichier jsonl de questions (id, question).")
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Répond à une question, chaque phrase étant citée, ou refuse en disant pourquoi."""
    from assistant.answering import Assistant
    from ui.requests import read_request
    from ui.terminal import plain_answer

    if (question is None) == (batch is None):
        raise Misuse("donnez une question, ou --batch FICHIER", param_hint="QUESTION")
    options: dict[str, Any] = {"exercices": exercice or []}
    if as_of is not None:
        options["as_of"] = as_of
    if history is not None:
        options["history"] = read_history(history)
    settings = settings_for(index)
    opened = opened_index(settings)
    assistant = Assistant(lambda: opened)
    if batch is not None:
        for row in read_jsonl(batch, "id", "question"):
            given = {key: value for key, value in row.items() if key != "id"}
            answer = assistant.answer(read_request(options | given), case_id=row["id"])
            show(answer.as_dict())
        return
    answer = assistant.answer(read_request(options | {"question": question}))
    if as_json:
        show(answer.as_dict())
    else:
        print(plain_answer(answer))


@app.command()
def serve(
    host: Annotated[Optional[str], typer.Option(help="Adresse d'écoute.")] = None,
    port: Annotated[Optional[int], typer.Option(min=1, max=65535, help="Port.")] = None,
    index: IndexOption = None,
) -> None:
    """Sert le chat et l'API sur cette machine."""
    from ui.serving import run as serve_on

    serve_on(settings_for(index), host, port)
