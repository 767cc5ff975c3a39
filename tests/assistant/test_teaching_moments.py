"""When dates of the calendar fall, those that only words tell included."""

from datetime import date

import pytest

from assistant.answering import Assistant
from assistant.teaching.making import make_pack
from assistant.teaching.moments import moment_of, when, words_of
from assistant.teaching.pack import Order
from corpus.registry import Deadline
from ingest.index import Index
from tests.assistant.conftest import AS_OF


def deadline(
    words: str | None, event: str = "début des travaux", on: date | None = None
) -> Deadline:
    return Deadline(
        id="essai", proofs=("d#F1",), exercice=2020, event=event, on=on, words=words,
        standing="établi",
    )  # fmt: skip


def test_dates_told_in_words_stand_in_order_among_the_days() -> None:
    rows = [
        deadline("en 2019"),
        deadline(None, on=date(2020, 2, 3)),
        deadline(None, on=date(2020, 2, 20)),
        deadline("à partir de la fin de février 2020"),
        deadline("dès mars 2020"),
        deadline(None, on=date(2020, 3, 2)),
        deadline("jusqu'en mars 2020"),
        deadline("deuxième trimestre 2020"),
        deadline(None, on=date(2020, 7, 14)),
        deadline("jusqu'à l'été 2020"),
        deadline("2020-2022"),
    ]
    moments = [moment_of(row) or "" for row in rows]
    assert moments == sorted(moments) and len(set(moments)) == len(rows)


@pytest.mark.parametrize("words", ["sous un an", "environ un mois", None])
def test_what_names_no_moment_is_no_date(words: str | None) -> None:
    assert moment_of(deadline(words)) is None


@pytest.mark.parametrize("words", ["de 2025 à 2027", "2025-2027"])
def test_the_end_of_a_period_is_its_last_year(words: str) -> None:
    ending = deadline(words, "fin de la période")
    assert when(ending) == "en 2027" and (moment_of(ending) or "") > "2027"
    assert words_of(deadline(words, "période des contrats")) == words


def test_a_day_of_contracts_of_all_years_is_in_order(assistant: Assistant, index: Index) -> None:
    made = make_pack(assistant, index, Order("contractualisation", AS_OF, minutes=420))
    days = [event.on for event in made.timeline if event.on]
    assert days == sorted(days)
    ids = [event.told.id for event in made.timeline]
    announced, begun = "date-departements-retenus-2020", "date-redaction-2020"
    assert ids.index(f"calendar:{announced}") < ids.index(f"calendar:{begun}")
    assert "calendar:date-evaluation-2020" not in ids
