"""``reperes kit``: a trainer's session made from proofs, written as a file, and refreshed."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ui.exits import Misuse, say
from ui.options import IndexOption, JsonOption, settings_for, show

DEFAULT = "make"
TEXTS = frozenset({"md", "gift", "moodle", "csv", "json"})
"""Formats that a terminal can show."""


class ThemeFirst(TyperGroup):
    """A group whose first argument is a theme unless it names a command.

    Alone, or with nothing but the options of a list, it lists.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments, with the name of the command that they don't say."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["list" if _says_no_theme(args) else DEFAULT, *args]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The options of a theme, then the other commands."""
        self.commands[DEFAULT].format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def _says_no_theme(args: list[str]) -> bool:
    """Whether nothing is there but options of ``list``."""
    rest = iter(args)
    for one in rest:
        if one == "--index":
            next(rest, None)
        elif one != "--json" and not one.startswith("--index="):
            return False
    return True


commands = typer.Typer(
    cls=ThemeFirst,
    subcommand_metavar="THEME | list | refresh FICHIER",
    help="Prépare une séance de formation prouvée : déroulé, points clés, cas, quiz, sources. "
    "« reperes kit » seul liste les thèmes ; « reperes kit contractualisation --exercice 2022 "
    "--output seance.docx » en écrit une.",
)
AsOfOption = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], help="Date de référence (AAAA-MM-JJ ; défaut : ce jour)."
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", help="Fichier à écrire ; son nom donne le format.")
]
ReplaceOption = Annotated[
    bool, typer.Option("--replace", help="Écrase le fichier de --output (d'un lien, sa cible).")
]


@commands.command(name=DEFAULT, hidden=True)
def make(
    theme: Annotated[
        str,
        typer.Argument(
            metavar="THEME", help="Un thème (reperes kit list), ou une question entre guillemets."
        ),
    ],
    exercice: Annotated[
        int | None, typer.Option(help="Exercice de la séance (défaut : tous).")
    ] = None,
    audience: Annotated[
        str, typer.Option(help="nouveaux agents, élus, associations ou tous publics.")
    ] = "tous publics",
    minutes: Annotated[int, typer.Option(help="Durée en minutes, de 30 à 420.")] = 60,
    as_of: AsOfOption = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="docx, odt, pptx, pdf, md, gift, moodle, csv, ou json (séance à actualiser).",
        ),
    ] = None,
    output: OutputOption = None,
    replacing: ReplaceOption = False,
    seed: Annotated[
        int,
        typer.Option(help="Groupe (1 : A, 2 : B… 99) : autre quiz, autres cas si le thème en a."),
    ] = 1,
    questions: Annotated[
        int | None, typer.Option(min=1, help="Nombre de questions du quiz (défaut : selon durée).")
    ] = None,
    rewording: Annotated[
        bool,
        typer.Option(
            "--reworded", help="Points clés reformulés par le modèle de REPERES_MODEL, vérifiés."
        ),
    ] = False,
    index: IndexOption = None,
) -> None:
    """Prépare une séance sur un thème ou une question : chaque élément est prouvé et daté."""
    from ui.exporting.formats import export
    from ui.kit_reports import summary
    from ui.kit_requests import chosen_format, read_order

    wanted = chosen_format(form, output)
    _check_target(output, replacing, wanted)
    order = read_order(theme, exercice, audience, minutes, as_of, seed)
    writer = _writer() if rewording else None
    assistant, opened = _assistant(index)
    pack = _made(assistant, opened, order)
    if questions is not None:
        from assistant.teaching.lengthening import with_questions

        pack = with_questions(pack, questions, assistant, opened)
    if writer is not None:
        from assistant.teaching.rewording import reworded

        pack = reworded(pack, writer, say)
    say("J'écris le fichier…")
    _deliver(export(pack, wanted), output)
    for line in summary(pack):
        say(line)


@commands.command(name="list")
def list_themes(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Liste les thèmes, avec les exercices proposés pour chacun."""
    from assistant.teaching.themes import exercices_of, themes

    entries = _assistant(index)[0].entries()
    offered = [(theme, exercices_of(theme, entries)) for theme in themes().values()]
    if as_json:
        show(
            {
                "themes": [
                    {"id": theme.id, "title": theme.title, "exercices": years}
                    for theme, years in offered
                ]
            }
        )
        return
    for theme, years in offered:
        print(f"{theme.id} — {theme.title}{_years(years)}")
    print("Ou une question entre guillemets : reperes kit « … ? »")


@commands.command()
def refresh(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Séance enregistrée (--format json).")
    ],
    as_of: AsOfOption = None,
    output: OutputOption = None,
    replacing: ReplaceOption = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Refait une séance enregistrée et dit, élément par élément, ce qui tient et ce qui change."""
    from dataclasses import asdict

    from assistant.teaching.renewing import renewed
    from ui.exporting.formats import export
    from ui.kit_reports import plain_refresh
    from ui.kit_requests import chosen_format, read_day

    wanted, day = chosen_format(None, output, alone="json"), read_day(as_of)
    if output is not None:
        _check_target(output, replacing, wanted)
    saved = _read(file)
    assistant, opened = _assistant(index)
    found = renewed(saved, day, assistant, opened, say)
    if output is not None:
        _write(export(found.pack, wanted), output)
        say(f"Séance à jour écrite dans {output}.")
    if as_json:
        names = ("holds", "changed", "gone", "new")
        counts = {name: found.count(name) for name in names}  # type: ignore[arg-type]
        show({"counts": counts, "items": [asdict(item) for item in found.items]})
    else:
        print(plain_refresh(found, saved))


def _check_target(output: Path | None, replacing: bool, wanted: str) -> None:
    """That the file can go where it is asked, before any work.

    Raises:
        Misuse: a terminal can't show this format.
        InvalidRequest: something stands there already, or its folder doesn't exist or takes none.
    """
    from tempfile import TemporaryFile

    from corpus.errors import InvalidRequest
    from ingest.replacing import file_at

    if output is None:
        if wanted not in TEXTS and _is_terminal():
            raise Misuse(
                f"le format {wanted} ne se lit pas dans un terminal, donnez --output FICHIER",
                param_hint="--format",
            )
        return
    real = file_at(output)
    if real.exists() and not replacing:
        raise InvalidRequest(f"« {output} » existe déjà : ajoutez --replace pour l'écraser.")
    if not real.parent.is_dir():
        raise InvalidRequest(
            f"Le dossier « {output.parent} » n'existe pas : créez-le, ou donnez un autre --output."
        )
    try:
        TemporaryFile(dir=real.parent).close()  # rights don't say it of every file system
    except OSError as error:
        raise _unwritable(output, error) from None


def _unwritable(output: Path, error: OSError) -> Exception:
    from corpus.errors import InvalidRequest, system_reason

    reason = system_reason(error)
    return InvalidRequest(f"« {output} » ne s'écrit pas ({reason}) : donnez un autre --output.")


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _deliver(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        return
    _write(content, output)
    print(f"Séance écrite dans {output}.")


def _write(content: bytes, output: Path) -> None:
    from ingest.replacing import write_shared

    try:
        write_shared(output, content)
    except OSError as error:  # it may name the file written aside, which nobody asked for
        raise _unwritable(output, error) from None


def _read(file: Path) -> Any:
    from assistant.teaching.saving import MOST_CHARS, UnreadablePack, from_json

    with file.open("rb") as opened:
        content = opened.read(4 * MOST_CHARS + 1)
    try:
        return from_json(content.decode("utf-8-sig", "replace"))
    except UnreadablePack as error:
        raise UnreadablePack(f"« {file.name} » : {error}") from None


def _assistant(index: Path | None) -> tuple[Any, Any]:
    """The assistant of the command line and the index that it reads."""
    from assistant.answering import Assistant
    from assistant.assembly import build_writer
    from assistant.settings import WriterSettings
    from ui.cli import opened_index  # which registers these commands

    opened = opened_index(settings_for(index))
    return Assistant(lambda: opened, writer=build_writer(WriterSettings())), opened


def _writer() -> Any:
    """The model that rewords.

    Raises:
        Misuse: none is configured.
    """
    from assistant.assembly import build_writer
    from assistant.prompting import NOT_CONFIGURED
    from assistant.settings import WriterSettings

    writer = build_writer(WriterSettings())
    if writer is None:
        raise Misuse(
            f"{NOT_CONFIGURED} (REPERES_MODEL, REPERES_MODEL_URL)", param_hint="--reworded"
        )
    return writer


def _made(assistant: Any, opened: Any, order: Any) -> Any:
    from assistant.teaching.making import make_pack

    return make_pack(assistant, opened, order, say)


def _years(years: tuple[int, ...]) -> str:
    return f" (exercices {', '.join(map(str, years))})" if years else ""
