"""A number that no text has is never answered by the text of the same day or the next number."""

import pytest

from tests.assistant.conftest import Ask


@pytest.mark.parametrize(
    "named",
    [
        "le décret n° 2022-1126 du 5 août 2022",
        "la circulaire n° 2020/35 du 20 février 2020",
        "le décret n° 2023-827 du 28 août 2023",
    ],
)
def test_an_invented_number_is_refused(ask: Ask, named: str) -> None:
    assert ask(f"Que prévoit {named} ?").status == "refused"


@pytest.mark.parametrize(
    ("named", "document"),
    [
        ("le décret n° 2022-1125 du 5 août 2022", "decret-2022-1125"),
        ("la circulaire du 20 février 2020", "circulaire-2020-34"),
    ],
)
def test_a_real_one_is_found(ask: Ask, named: str, document: str) -> None:
    answer = ask(f"Que prévoit {named} ?")
    assert answer.frame.text == document and answer.status == "answered"
