"""``reperes answers``: the answers that were kept, and what changed since."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ui.exits import Misuse
from ui.options import IndexOption, JsonOption, settings_for, show

commands = typer.Typer(
    help="Les réponses gardées (REPERES_RECORDS) : lister, montrer, rejouer, oublier.",
    no_args_is_help=True,
)
IdArgument = Annotated[
    str,
    typer.Argument(metavar="ID", help="L'identifiant d'une réponse, ou son début (6 chiffres)."),
]


@commands.command(name="list")
def list_kept(
    count: Annotated[int, typer.Option("-n", min=1, max=10_000, help="Au plus tant.")] = 20,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Liste les réponses gardées, la plus récente d'abord."""
    from ui.accounts import summary_line

    records = _store(index).latest(count)
    if as_json:
        show({"records": [_summary(record) for record in records]})
        return
    for record in records:
        print(summary_line(record))
    if not records:
        print("Aucune réponse gardée.")


@commands.command(name="show")
def show_kept(
    answer_id: IdArgument, index: IndexOption = None, as_json: JsonOption = False
) -> None:
    """Montre une réponse gardée : la question masquée, le cadre, les énoncés et leurs preuves."""
    from ui.accounts import plain_record

    record = _store(index).find(_checked(answer_id))
    if as_json:
        show({"id": record.answer.id} | record.as_dict())
    else:
        print(plain_record(record))


@commands.command()
def replay(
    answer_id: IdArgument,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Autre date de référence (AAAA-MM-JJ)."),
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Repose la question aujourd'hui et dit ce qui a changé depuis."""
    from assistant.answering import Assistant
    from assistant.assembly import build_writer
    from assistant.replaying import replay as ask_again
    from assistant.settings import WriterSettings
    from ui.accounts import plain_replay
    from ui.cli import opened_index  # which registers these commands

    record = _store(index).find(_checked(answer_id))
    writer = build_writer(WriterSettings())
    opened = opened_index(settings_for(index))
    assistant = Assistant(lambda: opened, writer=writer)
    day = as_of.date() if as_of else None
    found = ask_again(record, assistant, as_of=day, written=writer is not None)
    if as_json:
        show(_replayed(record, found))
    else:
        print(plain_replay(record, found))


@commands.command()
def forget(
    answer_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="L'identifiant, ou son début.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Toutes les réponses gardées.")] = False,
    index: IndexOption = None,
) -> None:
    """Efface une réponse gardée, ou toutes."""
    if (answer_id is None) != every:
        raise Misuse("donnez un identifiant, ou --all", param_hint="ID")
    store = _store(index)
    if answer_id is None:
        print(f"Réponses oubliées : {store.forget_all()}.")
    else:
        print(f"Réponse {store.forget(_checked(answer_id))} oubliée.")


def _store(index: Path | None) -> Any:
    """The file of kept answers.

    Raises:
        InvalidRequest: there is none, and the setting makes none.
    """
    from assistant.assembly import build_records
    from assistant.settings import RecordSettings
    from corpus.errors import InvalidRequest

    store = build_records(RecordSettings(), settings_for(index).library_folder)
    if not store.days and not store.path.exists():
        raise InvalidRequest(
            "Aucune réponse n'est gardée : REPERES_RECORDS dit pendant combien de jours les "
            "garder (0 par défaut)."
        )
    return store


def _checked(answer_id: str) -> str:
    from assistant.records import is_id

    if not is_id(answer_id):
        raise Misuse("de 6 à 32 chiffres hexadécimaux", param_hint="ID")
    return answer_id


def _summary(record: Any) -> dict[str, Any]:
    answer = record.answer
    return {
        "id": answer.id,
        "answered_at": record.answered_at.isoformat(),
        "until": record.until.isoformat(),
        "status": answer.status,
        "refusal": answer.refusal,
        "question": answer.question,
    }


def _replayed(record: Any, found: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "id": record.answer.id,
        "answered_at": record.answered_at.isoformat(),
        "as_of": found.answer.as_of.isoformat(),
        "unchanged": not found.changes,
        "same_answer": found.same_answer,
        "by_quote": found.by_quote,
        "changes": [asdict(change) for change in found.changes],
        "answer": found.answer.as_dict(),
    }
