"""How a command ends: exit codes, and every error in one French line on stderr."""

import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Any, NoReturn

import typer
from pydantic import ValidationError

from corpus.errors import ReperesError, system_reason


def say(message: str) -> None:
    """One line on stderr."""
    print(printable(message), file=sys.stderr)


def printable(text: str) -> str:
    """The text without what would forge a line or colour a terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


class Misuse(typer.BadParameter):
    """A wrong option or argument, worded in French by us."""


# The base of typer's own errors of usage, which it doesn't export by name.
_MISUSE: Any = typer.BadParameter.__mro__[2]


def run(command: Callable[..., Any]) -> NoReturn:
    """Runs a command line; ends the process with the exit codes of the contract.

    0 done, 1 a known error in one French line, 2 misuse, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks our letters shows others
            stream.reconfigure(errors="replace")
    try:
        sys.exit(command(standalone_mode=False) or 0)
    except _MISUSE as error:
        say(f"Commande incorrecte : {_french_misuse(error)} (reperes --help).")
        sys.exit(2)
    except typer.Abort:
        say("Interrompu.")
        sys.exit(130)
    except ReperesError as error:
        say(f"Erreur : {error}")
        sys.exit(1)
    except ValidationError as error:  # a variable of the environment, read by our settings
        name = ".".join(str(part) for part in error.errors()[0]["loc"])
        say(f"Erreur : le réglage REPERES_{name.upper()} a une valeur incorrecte.")
        sys.exit(1)
    except KeyboardInterrupt:
        say("Interrompu.")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        say(f"Erreur : {system_reason(error)} ({error.filename or 'fichier inconnu'}).")
        sys.exit(1)


def _french_misuse(error: Any) -> str:
    """What is wrong with a command line, in French; typer says it in English."""
    name = getattr(error, "option_name", None) or getattr(error, "param_hint", None)
    if name is None and getattr(error, "param", None) is not None:
        name = error.param.get_error_hint()
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return f"l'option {name} n'existe pas"
    if kind == "MissingParameter":
        return f"il manque {name}"
    if isinstance(error, typer.BadParameter):
        return f"{name} : {error.message if isinstance(error, Misuse) else 'valeur incorrecte'}"
    if kind == "NoArgsIsHelpError":
        return "il manque une commande"
    return "commande ou argument inconnu"
