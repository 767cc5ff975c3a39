"""The command line: results on stdout, progress and messages on stderr, one line an error."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Optional

import typer
from typer.main import get_command

from ui import (
    answers_commands,
    corpus_commands,
    eval_commands,
    indexing,
    kit_commands,
    users_commands,
)
from ui.batches import answer_lines, read_history, read_jsonl
from ui.exits import Misuse, run, say
from ui.options import (
    DocumentOption,
    ExerciceOption,
    IndexOption,
    JsonOption,
    KindOption,
    encoder,
    settings_for,
    show,
)
from ui.usage import in_french

app = typer.Typer(
    name="reperes",
    help="Repères : des réponses prouvées sur la politique de protection de l'enfance.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(indexing.commands)
app.add_typer(answers_commands.commands, name="answers")
app.add_typer(corpus_commands.commands, name="corpus")
app.add_typer(eval_commands.commands, name="eval")
app.add_typer(kit_commands.commands, name="kit")
app.add_typer(users_commands.commands, name="users")


def main() -> None:
    """Entry point."""
    run(in_french(get_command(app)))


def opened_index(settings: Any) -> Any:
    """The index in service, opened strictly: the command line never falls back in silence.

    Raises:
        IndexUnusable: none there, broken, or of another model.
    """
    from ingest.index import current_generation, open_generation
    from ingest.manifest import Manifest

    folder = current_generation(settings.index_folder)
    embeddings = encoder(settings)
    if embeddings is not None and Manifest.read(folder).embedding_digest is None:
        say("Attention : cet index est lexical (sans vecteurs).")
        embeddings = None
    return open_generation(folder, embeddings)


@app.command()
def search(
    query: Annotated[
        Optional[str], typer.Argument(metavar="REQUÊTE", help="Ce que l'on cherche.")
    ] = None,
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
        raise Misuse("donnez une requête, ou --batch FICHIER", param_hint="REQUÊTE")
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
    question: Annotated[
        Optional[str], typer.Argument(metavar="QUESTION", help="La question, en français.")
    ] = None,
    exercice: ExerciceOption = None,
    as_of: Annotated[Optional[str], typer.Option(help="Date de référence (AAAA-MM-JJ).")] = None,
    history: Annotated[
        Optional[Path],
        typer.Option(help='Fichier JSON des questions d\'avant : [{"question": "…"}, …].'),
    ] = None,
    batch: Annotated[
        Optional[Path], typer.Option(help="Fichier jsonl de questions (id, question).")
    ] = None,
    mode: Annotated[str, typer.Option(help="extractive, ou written (un modèle reformule).")] = (
        "extractive"
    ),
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Répond à une question, chaque phrase étant citée, ou refuse en disant pourquoi."""
    from assistant.answering import Assistant
    from assistant.assembly import build_records, build_writer
    from assistant.settings import RecordSettings, WriterSettings
    from ui.requests import read_request
    from ui.terminal import plain_answer

    if (question is None) == (batch is None):
        raise Misuse("donnez une question, ou --batch FICHIER", param_hint="QUESTION")
    if mode not in ("extractive", "written"):
        raise Misuse("extractive ou written", param_hint="--mode")
    options: dict[str, Any] = {"exercices": exercice or [], "mode": mode}
    if as_of is not None:
        options["as_of"] = as_of
    if history is not None:
        options["history"] = read_history(history)
    settings = settings_for(index)
    opened = cache(lambda: opened_index(settings))  # by a question: its error knows of danger
    records = build_records(RecordSettings(), settings.library_folder)
    assistant = Assistant(opened, writer=build_writer(WriterSettings()), record=records.recorder())
    if batch is not None:
        read_request(options | {"question": "?"})  # a wrong option is no fault of the lines

        def answered(row: dict[str, Any]) -> dict[str, Any]:
            given = {key: value for key, value in row.items() if key != "id"}
            return assistant.answer(read_request(options | given), case_id=row["id"]).as_dict()

        for made in answer_lines(batch, answered):
            show(made)
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
    """Sert le chat et l'API, sur cette machine ou à ceux qui ont un compte (reperes users)."""
    from ui.serving import run as serve_on

    serve_on(settings_for(index), host, port)
