"""The comparison of a session tells what sources disagree on beside what they say."""

import pytest

from assistant.answering import Assistant
from assistant.checking import unproved
from assistant.teaching.material import Bibliography, Material
from assistant.teaching.pack import Order, Proved
from assistant.teaching.parts import compared
from assistant.teaching.telling import Teller
from ingest.index import Index
from tests.assistant.conftest import AS_OF

Cells = dict[str, tuple[tuple[Proved, ...], ...]]


@pytest.fixture(scope="module")
def bibliography() -> Bibliography:
    return Bibliography()


@pytest.fixture(scope="module")
def cells(assistant: Assistant, index: Index, bibliography: Bibliography) -> Cells:
    """The rows of the contracts' comparison, 2021 beside 2022."""
    material = Material(Order("contractualisation", AS_OF, 2022), "Les contrats")
    table = compared(material, assistant.entries(), Teller(index, bibliography, 2022))
    assert table is not None
    return dict(table.rows)


def test_a_cell_that_sources_disagree_on_says_so_with_what_proves_it(
    cells: Cells, bibliography: Bibliography
) -> None:
    stated, disputed = cells["Budget de l'État"][0]
    assert "107 M€" in stated.text
    assert disputed.text.startswith("Discuté : 107 M€") and "ou 67,5 M€" in disputed.text
    assert "À retenir : 107 M€." in disputed.text
    cited = [one for one in bibliography.citations if one.n in disputed.citations]
    assert cited and not unproved(disputed.text, cited)


def test_a_cell_that_no_disagreement_touches_says_nothing_of_it(cells: Cells) -> None:
    others = [cells["Budget de l'État"][1], *cells["FIR"]]
    assert not [one.text for cell in others for one in cell if "Discuté" in one.text]


def test_a_cell_without_any_statement_stays_empty(cells: Cells) -> None:
    assert cells["FIR"][1] == ()


def test_a_cell_whose_date_was_replaced_says_what_replaced_it(cells: Cells) -> None:
    former, now = cells["Période des nouveaux contrats signés"]
    assert not [one.text for one in former if "Remplacé" in one.text]
    assert "2022-2024" in now[0].text
    assert now[1].text.startswith("Remplacé depuis : fin de tous les contrats")
    assert now[1].text.endswith(" (le 31 décembre 2023).") and now[1].citations


def test_a_cell_that_tells_the_replacement_itself_says_it_once(cells: Cells) -> None:
    assert not [one.text for one in cells["À remettre"][0] if "Remplacé" in one.text]
