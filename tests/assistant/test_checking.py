"""What a claim states must stand in what it cites."""

from dataclasses import replace

import pytest

from assistant.answer import Citation
from assistant.checking import is_exact, markers, unproved, without_brackets
from tests.assistant.conftest import AS_OF

QUOTE = "Le FIR verse 33 millions d'euros au Cher avant le 1er avril 2021 (n° 2021/25)."
CITATION = Citation(
    n=1, passage_id="0" * 16, document_id="note", title="Circulaire du 20 février 2020",
    kind="circulaire", authority="circulaire", evidence="press", origin="summary",
    confidence="single", reference="DGCS/2020/34", nor="SSAA2007127C", issuer=None,
    signed_on=AS_OF, published_on=None, in_force_from=None, in_force_until=None,
    text_status="inconnu", exercices=(2020,), locator="", page=None, quote=QUOTE, start=0,
    end=len(QUOTE), url=None,
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["33 M€", "01/04/2021", "avril 2021", "en 2021", "le Cher", "la circulaire 2021/25",
     "33 000 000 €", "du 20 février 2020", "n° 2020/34", "NOR SSAA2007127C", "le 21 novembre 2026",
     "rien de chiffré"],
)  # fmt: skip
def test_what_the_quote_or_its_identity_states_is_proved(text: str) -> None:
    assert unproved(text, [CITATION]) == frozenset()


@pytest.mark.parametrize(
    "text",
    ["34 M€", "33 Md€", "2 avril 2021", "mai 2021", "en 2019", "la Drôme", "n° 2021/26", "33 %",
     "trois pièces", "NOR SSAA2007128C", "article L. 223-1", "3 mois"],
)  # fmt: skip
def test_what_no_citation_states_is_unproved(text: str) -> None:
    assert unproved(text, [CITATION])


def test_several_citations_prove_together() -> None:
    other = replace(CITATION, n=2, quote="La Drôme reçoit 5 M€.")
    assert not unproved("33 M€ au Cher et 5 M€ à la Drôme", [CITATION, other])


def test_nothing_is_proved_without_citation() -> None:
    assert unproved("33 M€", []) and not unproved("rien", [])


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("Un [1] texte [23].", "Un texte."), ("12 M€[4]", "12 M€"), ("[12345] note", " note"),
     ("a [1[2]] b", "a b"), ("[a] [1, 2] [-1]", "[a] [1, 2] [-1]"), ("rien", "rien")],
)  # fmt: skip
def test_bracketed_numbers_are_removed(text: str, cleaned: str) -> None:
    assert without_brackets(text) == cleaned


def test_markers_are_read_in_order() -> None:
    assert list(markers("Un [2]. Deux [1] [12].")) == [2, 1, 12]


def test_a_quote_is_exact_only_at_its_place() -> None:
    assert is_exact(CITATION, QUOTE)
    assert not is_exact(CITATION, f" {QUOTE}") and not is_exact(CITATION, QUOTE.upper())
