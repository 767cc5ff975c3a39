"""``reperes users``: what it prints, what it refuses, what it never shows."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.accounts import NEW_PASSWORD, PASSWORD, cheap_hashes
from tests.ui.commands import Ended, Run
from ui.access import words
from ui.access.people import PeopleStore


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command_line: Run) -> Iterator[Run]:
    """Runs ``reperes users …`` over accounts of its own, ``typed`` on the standard input."""
    monkeypatch.setenv("REPERES_INDEX", str(tmp_path))

    def run(*arguments: str, typed: str = "", terminal: bool = False) -> Ended:
        stdin = Terminal(typed) if terminal else io.StringIO(typed)
        monkeypatch.setattr(sys, "stdin", stdin)
        return command_line("users", *arguments)

    with cheap_hashes():
        yield run


@pytest.fixture
def store(tmp_path: Path) -> PeopleStore:
    return PeopleStore(tmp_path / "people.sqlite")


def test_an_account_is_added_and_listed(users: Run, store: PeopleStore) -> None:
    added = users("add", "Claire", "--password-stdin", typed=f"{PASSWORD}\n")
    assert (added.code, added.out) == (0, "Compte « claire » créé (agent).\n")
    assert store.open_session("claire", PASSWORD) is not None
    listed = users("list")
    assert listed.out.startswith("claire  agent  20")
    assert "argon2" not in listed.out


def test_the_list_is_read_by_machines(users: Run) -> None:
    users("add", "bruno", "--role", "administrateur", "--password-stdin", typed=PASSWORD)
    (row,) = json.loads(users("list", "--json").out)["users"]
    assert (row["name"], row["role"], set(row)) == (
        "bruno",
        "administrateur",
        {"name", "role", "created_on"},
    )


def test_without_account_the_list_says_how_to_add_one(users: Run) -> None:
    assert users("list").out == "Aucun compte : « reperes users add NOM ».\n"


def test_a_short_password_is_refused_in_french(users: Run, store: PeopleStore) -> None:
    ended = users("add", "claire", "--password-stdin", typed="court\n")
    assert (ended.code, "12 caractères" in ended.err.replace("\ufffd", " ")) == (1, True)
    assert store.people() == ()


def test_a_taken_name_is_refused_before_any_password(users: Run) -> None:
    users("add", "claire", "--password-stdin", typed=PASSWORD)
    ended = users("add", "claire")
    assert (ended.code, "existe déjà" in ended.err) == (1, True)


def test_without_terminal_the_password_comes_on_the_input(users: Run) -> None:
    ended = users("add", "claire", typed=PASSWORD)
    assert (ended.code, "--password-stdin" in ended.err) == (2, True)


def test_a_terminal_is_asked_twice_without_echo(
    users: Run, store: PeopleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = iter([PASSWORD, PASSWORD, PASSWORD, NEW_PASSWORD])

    def getpass(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr("getpass.getpass", getpass)
    assert users("add", "claire", terminal=True).code == 0
    assert asked == [words.PASSWORD_PROMPT, words.AGAIN_PROMPT]
    ended = users("password", "claire", terminal=True)
    assert (ended.code, words.DIFFERENT in ended.err) == (1, True)
    assert store.open_session("claire", PASSWORD) is not None


def test_an_unknown_role_is_a_misuse(users: Run) -> None:
    ended = users("add", "claire", "--role", "chef", "--password-stdin", typed=PASSWORD)
    assert (ended.code, "agent ou administrateur" in ended.err) == (2, True)


def test_a_new_password_closes_sessions(users: Run, store: PeopleStore) -> None:
    users("add", "claire", "--password-stdin", typed=PASSWORD)
    session = store.open_session("claire", PASSWORD)
    ended = users("password", "claire", "--password-stdin", typed=NEW_PASSWORD)
    assert (ended.code, store.whose(session or "")) == (0, None)
    assert store.open_session("claire", NEW_PASSWORD) is not None


def test_a_removed_account_is_gone(users: Run, store: PeopleStore) -> None:
    users("add", "claire", "--password-stdin", typed=PASSWORD)
    assert users("remove", "claire").code == 0
    assert store.people() == ()
    ended = users("remove", "claire")
    assert (ended.code, "n'existe pas" in ended.err) == (1, True)
