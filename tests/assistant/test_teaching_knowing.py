"""A session of a day: what was known then, and nothing of later texts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from assistant.answering import Assistant
from assistant.knowing import known_by
from assistant.teaching.knowing import check_day, entries_of
from assistant.teaching.making import make_pack
from assistant.teaching.pack import Order
from corpus.errors import InvalidRequest
from corpus.registry import Deadline
from ingest.index import Index
from tests.assistant.conftest import AS_OF

EARLY = date(2020, 6, 1)


@pytest.mark.parametrize(
    ("theme", "exercice"), [("contractualisation", 2020), ("jeunes-majeurs", None)]
)
def test_no_text_of_later_days_is_in_a_session(
    theme: str, exercice: int | None, assistant: Assistant, index: Index
) -> None:
    made = make_pack(assistant, index, Order(theme, EARLY, exercice))
    dated = [c.signed_on or c.published_on for c in made.citations]
    assert made.points and made.quiz
    assert [day for day in dated if day is not None and day > EARLY] == []


@pytest.mark.parametrize(
    ("theme", "question"), [("contractualisation", ""), ("", "Quels crédits en 2022 ?")]
)
def test_an_exercice_of_which_nothing_was_known_is_refused(
    theme: str, question: str, assistant: Assistant, index: Index
) -> None:
    order = Order(theme, EARLY, 2022, question=question)
    with pytest.raises(InvalidRequest, match="1er juin 2020|ne répond pas"):
        make_pack(assistant, index, order)


def test_a_session_is_not_dated_more_than_a_year_ahead() -> None:
    check_day(Order("calendrier", AS_OF + timedelta(days=366)), AS_OF)
    with pytest.raises(InvalidRequest, match="plus d'un an"):
        check_day(Order("calendrier", AS_OF + timedelta(days=367)), AS_OF)


def test_a_text_without_a_date_that_rules_later_exercices_is_not_known(index: Index) -> None:
    name = index.texts.document_ids[0]
    document: Any = index.texts.document(name)
    undated = replace(document.identity, signed_on=None, published_on=None, exercices=(2022, 2023))
    assert not known_by(undated, EARLY)
    assert known_by(undated, date(2022, 1, 1))
    assert known_by(replace(undated, exercices=()), EARLY)


def test_a_date_is_not_replaced_yet_by_one_that_nobody_knows(assistant: Assistant) -> None:
    whole = assistant.entries()
    rows = {entry.row.id: entry.row for entry in whole.of(Deadline)}
    early = {entry.row.id: entry.row for entry in entries_of(whole, EARLY).of(Deadline)}
    waiting = [n for n, row in early.items() if rows[n].replaced_by and not row.replaced_by]
    assert waiting and all(rows[name].replaced_by not in early for name in waiting)
    assert len(early) < len(rows) == len(entries_of(whole, AS_OF).of(Deadline))
