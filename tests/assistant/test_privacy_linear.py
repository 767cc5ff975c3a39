"""Every pattern that reads a person's own words does so in linear time."""

from collections.abc import Callable
from functools import partial

import pytest

from assistant import (
    cased_words,
    danger,
    decisions,
    individual,
    known_names,
    name_cues,
    obliging,
    privacy,
    provenance,
    stories,
    telling,
)
from assistant.danger import smells_of_danger
from assistant.individual import is_individual
from assistant.names import find_names
from assistant.privacy import masked
from tests.ingest.test_linear_patterns import hostile, is_slow, patterns_in, texts_for
from tests.timing import is_under

PATTERNS = {
    f"{module.__name__}.{variable}.{number}": pattern
    for module in (
        cased_words,
        danger,
        decisions,
        individual,
        known_names,
        name_cues,
        obliging,
        privacy,
        provenance,
        stories,
        telling,
    )
    for variable, value in vars(module).items()
    for number, pattern in enumerate(patterns_in(value))
}
LONGEST_S = 2.0
"""Of a hundred thousand characters, fifty times what a question may hold."""


def read_all(name: str, text: str) -> None:
    for _ in PATTERNS[name].finditer(text):
        pass


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear(name: str) -> None:
    texts = texts_for(PATTERNS[name])
    assert not [kind for kind, text in texts.items() if is_slow(partial(read_all, name), text)]


@pytest.mark.parametrize("read", [masked, find_names, smells_of_danger, is_individual])
@pytest.mark.parametrize(
    "piece", ["a ", "A ", "A. ", "mon enfant me ", "Mme Durand ", "0 ", "a@a."]
)
def test_a_hundred_thousand_characters_are_read(read: Callable[[str], object], piece: str) -> None:
    assert is_under(LONGEST_S, partial(read, hostile(piece)), runs=1)


@pytest.mark.parametrize("text", ["0 " * 1000, "1" * 2000, "a@" * 1000, "mon enfant me " * 140])
def test_reading_a_hostile_question_stays_quick(text: str) -> None:
    def read() -> None:
        masked(text), smells_of_danger(text), is_individual(text)

    assert is_under(0.2, read)
