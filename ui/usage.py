"""The help of the command line in French: the words that typer adds to ours."""

import re
from collections.abc import Sequence
from typing import Any, Final

from typer.core import TyperCommand

_HEADINGS: Final = {"Commands": "Commandes"}  # « Options » and « Arguments » are French too
_USAGE: Final = "Utilisation : "
_COMMAND: Final = ("COMMAND [ARGS]", "COMMANDE [ARGUMENTS]")
_SENTENCES: Final = {"Show this message and exit.": "Montre cette aide."}
_TYPES: Final = {  # as typer names them, in lower case
    "str": "texte",
    "path": "chemin",
    "int": "entier",
    "int range": "entier",
    "float": "nombre",
    "float range": "nombre",
    "%y-%m-%d": "AAAA-MM-JJ",
}
_TYPE: Final = re.compile(r"<(?:list\[)?([^<>\[\]]{1,40})\]?>$")
_EXTRA: Final = re.compile(r"  \[([^\[\]]{1,200})\]$")
_BETWEEN: Final = re.compile(r"(-?[\d.]+)<=x<=(-?[\d.]+)$")
_WORDS: Final = (
    ("required", "obligatoire"),
    ("default: ", "défaut : "),
    ("env var: ", "variable : "),
    ("x>=", "au moins "),
    ("x<=", "au plus "),
)

# What a command makes its help with: typer doesn't export these two by name.
_Context: Any = TyperCommand.context_class
_Formatter: Any = _Context.formatter_class


class _FrenchFormatter(_Formatter):  # type: ignore[misc]
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args.replace(*_COMMAND), prefix or _USAGE)

    def write_heading(self, heading: str) -> None:
        super().write_heading(f"{_HEADINGS.get(heading, heading)} ")

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        french = [(_TYPE.sub(_type, name), _help(said)) for name, said in rows]
        super().write_dl(french, *args, **options)


class _FrenchContext(_Context):  # type: ignore[misc]
    formatter_class = _FrenchFormatter


def in_french(command: Any) -> Any:
    """The same command, which shows its help in French, and so do its subcommands."""
    command.context_class = _FrenchContext
    for subcommand in getattr(command, "commands", {}).values():
        in_french(subcommand)
    return command


def _type(found: re.Match[str]) -> str:
    return f"<{_TYPES.get(found[1].lower(), found[1])}>"


def _help(said: str) -> str:
    return _EXTRA.sub(_extras, _SENTENCES.get(said, said))


def _extras(found: re.Match[str]) -> str:
    return f"  [{' ; '.join(map(_extra, found[1].split('; ')))}]"


def _extra(said: str) -> str:
    if between := _BETWEEN.match(said):
        return f"de {between[1]} à {between[2]}"
    for english, french in _WORDS:
        if said.startswith(english):
            return french + said[len(english) :]
    return said
