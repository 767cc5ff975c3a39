"""Values and rules that a quote says past, and that a question gives as holding."""

import pytest

from ingest.index import Index
from tests.assistant.test_warning import cited, kinds

WAGE = ("decret-2022-1198", "passe de 4 à 5,06")
HOTEL = ("loi-2022-140", "régime transitoire de la loi Taquet permettait")


@pytest.mark.parametrize(
    ("quote", "question", "told"),
    [(WAGE, "On paie 4 fois le SMIC horaire, comme avant ?", True),
     (WAGE, "Le minimum est-il passé de 4 à 5,06 fois le SMIC ?", False),
     (WAGE, "On paie 5,06 fois le SMIC horaire ?", False),
     (HOTEL, "Le régime transitoire de l'hôtel, on est encore dedans ?", True),
     (HOTEL, "Que disait le régime transitoire de l'hôtel ?", False)],
)  # fmt: skip
def test_what_a_quote_says_past_is_superseded_when_the_question_takes_it_as_holding(
    quote: tuple[str, str], question: str, told: bool, lexical_index: Index
) -> None:
    found = kinds(lexical_index, cited(lexical_index, quote), question)
    assert ("superseded" in found) is told
