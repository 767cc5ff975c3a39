"""``reperes users``: who may use the server from other machines."""

import sys
from typing import Annotated, Any

import typer

from ui.exits import Misuse, printable
from ui.options import IndexOption, JsonOption, settings_for, show

commands = typer.Typer(
    help="Les comptes de ceux qui utilisent le serveur depuis une autre machine.",
    no_args_is_help=True,
)
NameArgument = Annotated[str, typer.Argument(metavar="NOM", help="Le nom du compte.")]
StdinOption = Annotated[
    bool,
    typer.Option("--password-stdin", help="Lit le mot de passe sur l'entrée standard (une ligne)."),
]


@commands.command()
def add(
    name: NameArgument,
    role: Annotated[str, typer.Option(help="agent, ou administrateur.")] = "agent",
    password_stdin: StdinOption = False,
    index: IndexOption = None,
) -> None:
    """Crée un compte ; le mot de passe est demandé sans s'afficher, 12 caractères au moins."""
    from ui.access.people import valid_name

    if role not in ("agent", "administrateur"):
        raise Misuse("agent ou administrateur", param_hint="--role")
    store = _store(index)
    name = valid_name(name)
    store.check_free(name)
    person = store.add(name, _password(password_stdin), role)
    print(f"Compte « {person.name} » créé ({person.role}).")


@commands.command(name="list")
def list_people(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Liste les comptes : nom, rôle, date de création."""
    people = _store(index).people()
    if as_json:
        rows = [{"name": p.name, "role": p.role, "created_on": str(p.created_on)} for p in people]
        show({"users": rows})
        return
    for person in people:
        print(f"{printable(person.name)}  {person.role}  {person.created_on}")
    if not people:
        print("Aucun compte : « reperes users add NOM ».")


@commands.command()
def remove(name: NameArgument, index: IndexOption = None) -> None:
    """Retire un compte et ferme ses sessions."""
    _store(index).remove(name)
    print(f"Compte « {printable(name.lower())} » retiré, ses sessions sont fermées.")


@commands.command()
def password(
    name: NameArgument, password_stdin: StdinOption = False, index: IndexOption = None
) -> None:
    """Change le mot de passe d'un compte et ferme ses sessions."""
    store = _store(index)
    store.check_known(name)
    store.change_password(name, _password(password_stdin))
    print(f"Mot de passe de « {printable(name.lower())} » changé, ses sessions sont fermées.")


def _store(index: Any) -> Any:
    from ui.access.entrance import people_store

    return people_store(settings_for(index))


def _password(from_stdin: bool) -> str:
    from getpass import getpass

    from corpus.errors import InvalidRequest
    from ui.access import words

    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Misuse(words.NO_TERMINAL, param_hint="--password-stdin")
    given = getpass(words.PASSWORD_PROMPT)
    if getpass(words.AGAIN_PROMPT) != given:
        raise InvalidRequest(words.DIFFERENT)
    return given
