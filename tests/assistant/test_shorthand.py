"""Messages typed in haste are read in plain French."""

import re

import pytest

from assistant.shorthand import spelled_out, written
from tests.assistant.conftest import Ask


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("c koi la CRIP", "c'est quoi la CRIP"),
        ("kesako ODPE", "qu'est-ce que ODPE"),
        ("cb d'objectifs pr 2022 svp", "combien d'objectifs pour 2022 s'il vous plaît"),
        ("le dpt signe qd", "le département signe quand"),
        ("lst des dpts vague 2", "liste des départements deuxième vague"),
        ("nvx contrats de 22, ils couvrent quoi", "nvx contrats de 2022, ils couvrent quoi"),
        ("contrats 25-27 cb d'objectifs", "contrats 2025-2027 combien d'objectifs"),
        ("la stratégie 2020-22", "la stratégie 2020-2022"),
        ("ya combien de pièces", "il y a combien de pièces"),
        ("cb de tps on peu prolonger", "combien de temps on peut prolonger"),
    ],
)
def test_shorthand_is_spelled_out(typed: str, read: str) -> None:
    assert spelled_out(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "avenant 21 objectifs",
        "instruction 2023/36",
        "le 2022-12-01",
        "on peu nombreux",
        "contrat en 22 jours",
        "L'article L226-3 du CASF",
        "2021 vs 2022",
        "DPTS2",
        "les vagues 1 et 2",
        "vague 1 et 2",
        "pré",
        "",
    ],
)
def test_plain_words_stay(text: str) -> None:
    assert spelled_out(text) == text


def test_a_word_asked_in_shorthand_is_answered(ask: Ask) -> None:
    assert "CRIP" in ask("c koi la CRIP").text


@pytest.mark.parametrize("typed", ["combien", "cb", "conbien"])
def test_a_word_is_matched_in_full_or_in_shorthand(typed: str) -> None:
    assert re.fullmatch(written("combien"), typed) and not re.fullmatch(written("combien"), "bien")


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("le 1er accueil", "le premier accueil"),
        ("la 1ère année", "la première année"),
        ("et le 2eme enfant ?", "et le deuxième enfant ?"),
        ("circulaire du 1er avril 2021", "circulaire du 1er avril 2021"),
        ("au 1er février", "au 1er février"),
    ],
)
def test_ranks_are_spelled_out_but_in_dates(text: str, full: str) -> None:
    assert spelled_out(text) == full
