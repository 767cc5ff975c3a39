import pytest

from ui.natures import nature_of


@pytest.mark.parametrize(
    ("kind", "title", "said"),
    [
        ("inconnue", "Note de service n° 2024-07", "note de service (selon son titre)"),
        ("inconnue", "Bilan de l'année", "nature non établie"),
        ("circulaire", "Note d'information", "circulaire"),
    ],
)
def test_a_text_of_no_known_kind_is_named_as_its_title_names_it(
    kind: str, title: str, said: str
) -> None:
    assert nature_of(kind, title) == said
