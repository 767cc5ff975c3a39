"""Accounts for the tests: cheap hashes, a clock that tests move, a guarded application."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from ui.access import passwords
from ui.access.people import PeopleStore

PASSWORD = "correct cheval agrafe"
NEW_PASSWORD = "autre pile de livres"


class Clock:
    """Seconds that only the test moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def cheap_hashes() -> Iterator[None]:
    """argon2id at its least cost."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: hasher)
        passwords._nobody.cache_clear()
        yield
    passwords._nobody.cache_clear()


def two_people(folder: Path, clock: Clock | None = None) -> PeopleStore:
    """« claire », an agent, and « bruno », an administrator, with the same password."""
    store = PeopleStore(folder / "people.sqlite", clock or Clock())
    store.add("claire", PASSWORD)
    store.add("bruno", PASSWORD, "administrateur")
    return store
