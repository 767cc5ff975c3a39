"""Themes and cases: what their files say stands in the registers and the catalogue."""

from fnmatch import fnmatchcase
from typing import get_args

import pytest

from assistant.answering import Assistant
from assistant.checking import facts
from assistant.teaching.pack import Audience
from assistant.teaching.studies import situations
from assistant.teaching.themes import (
    check_exercice,
    exercices_of,
    find_theme,
    rows_of,
    themes,
)
from corpus.errors import InvalidRequest
from corpus.registry import REGISTERS, read_register
from ingest.index import Index

ROWS = {f"{name}:{row.id}" for name in REGISTERS for row in read_register(name)}


def test_every_pattern_of_a_theme_takes_something(index: Index) -> None:
    documents = index.texts.document_ids
    for theme in themes().values():
        for pattern in (*theme.documents, *theme.sources):
            assert any(fnmatchcase(d, pattern) for d in documents), f"{theme.id} : {pattern}"
        for pattern in (*theme.rows, *theme.without):
            assert any(fnmatchcase(row, pattern) for row in ROWS), f"{theme.id} : {pattern}"


def test_every_pattern_of_a_case_takes_a_row() -> None:
    for case in situations():
        assert set(case.themes) <= set(themes()), case.id
        for asked in case.questions:
            for pattern in (*asked.rows, *asked.completed):
                assert any(fnmatchcase(row, pattern) for row in ROWS), f"{case.id} : {pattern}"


def test_a_situation_states_no_figure_and_names_no_place() -> None:
    for case in situations():
        assert set(case.told) <= set(get_args(Audience)), case.id
        for told in (case.situation, *case.told.values()):
            assert not facts(told.replace("{exercice}", "")), case.id


def test_every_theme_has_a_case() -> None:
    told = {theme for case in situations() for theme in case.themes}
    assert told == set(themes())


def test_every_theme_has_rows_and_a_yearly_one_offers_exercices(assistant: Assistant) -> None:
    entries = assistant.entries()
    for theme in themes().values():
        assert list(rows_of(theme, entries)), theme.id
        assert bool(exercices_of(theme, entries)) is theme.yearly, theme.id


def test_the_first_exercice_is_compared_with_none(assistant: Assistant) -> None:
    offered = exercices_of(themes()["ce-qui-change"], assistant.entries())
    assert 2021 in offered and 2020 not in offered


@pytest.mark.parametrize("name", ["information-preoccupante", "Information préoccupante"])
def test_a_theme_is_found_without_its_accents(name: str) -> None:
    assert find_theme(name).id == "information-preoccupante"


def test_an_unknown_theme_is_refused_with_the_list() -> None:
    with pytest.raises(InvalidRequest, match="jeunes-majeurs"):
        find_theme("cuisine")


def test_an_exercice_that_a_theme_has_not_is_refused_by_its_title(assistant: Assistant) -> None:
    theme = find_theme("eligibilite")
    with pytest.raises(InvalidRequest, match="Qui peut signer : les vagues d'entrée"):
        check_exercice(theme, 2035, assistant.entries())
