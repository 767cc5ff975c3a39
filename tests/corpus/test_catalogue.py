"""Cards and anchors: what is well formed is kept whole, the rest is named."""

from datetime import date
from typing import Any

import pytest

from corpus.catalogue import Card, read_anchor, read_card
from corpus.errors import InvalidDocument

FRONT_MATTER: dict[str, Any] = {
    "title": "Circulaire d'essai",
    "kind": "circulaire",
    "authority": "circulaire",
    "nor": "SSAA2110502J",
    "signed_on": date(2021, 4, 1),
    "exercices": [2021],
    "relations": [{"kind": "complète", "target": "circulaire-2020-34"}],
    "sources": {
        "A1": {"publisher": "Journal", "evidence": "press", "url": "https://journal.example/1"},
        "B2": {"publisher": "Ministère", "evidence": "official_page", "file": "page.html"},
    },
    "anchors": {"F001": ["A1"], "F002": ["B2", "A1"], "F003": ["Z9"]},
}


@pytest.fixture
def card() -> Card:
    return read_card("essai.md", FRONT_MATTER)


def test_a_card_keeps_what_the_front_matter_says(card: Card) -> None:
    identity = card.identity
    assert (identity.title, identity.kind, identity.nor) == (
        "Circulaire d'essai",
        "circulaire",
        "SSAA2110502J",
    )
    assert (identity.signed_on, identity.exercices) == (date(2021, 4, 1), (2021,))
    assert [(r.kind, r.target) for r in identity.relations] == [("complète", "circulaire-2020-34")]
    assert [(s.code, s.url, s.file) for s in card.sources] == [
        ("A1", "https://journal.example/1", None),
        ("B2", None, "page.html"),
    ]


def test_what_a_card_does_not_say_is_unknown(card: Card) -> None:
    identity = card.identity
    assert (identity.number, identity.issuer, identity.in_force_until) == (None, None, None)
    assert (identity.origin, identity.text_status) == ("summary", "inconnu")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "roman"}, "kind"),
        ({"nor": "123"}, "nor"),
        ({"signed_on": "hier"}, "signed_on"),
        ({"inconnu": 1}, "inconnu"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"relations": [{"kind": "aime", "target": "x"}]}, "relations.0.kind"),
        ({"sources": {"A1": {"publisher": "X", "evidence": "press"}}}, "sources.A1"),
        ({"exercices": ["deux mille"]}, "exercices.0"),
    ],
)
def test_a_wrong_field_is_named_with_its_file(change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidDocument) as raised:
        read_card("essai.md", FRONT_MATTER | change)
    assert str(raised.value).startswith(f"essai.md : champ « {field} » ")


def test_an_anchor_gathers_the_sources_of_its_facts_once(card: Card) -> None:
    anchor = read_anchor("essai.md", card, 3, 9, " F001+F002 several official_page ")
    assert (anchor.start, anchor.end, anchor.facts) == (3, 9, ("F001", "F002"))
    assert (anchor.confidence, anchor.evidence) == ("several", "official_page")
    assert anchor.sources == ("A1", "B2")


def test_an_unknown_has_neither_evidence_nor_source(card: Card) -> None:
    anchor = read_anchor("essai.md", card, 0, 1, "T01 unknown")
    assert (anchor.confidence, anchor.evidence, anchor.sources) == ("unknown", "other", ())


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ("", "mal formée"),
        ("F001", "mal formée"),
        ("F001 sure press", "mal formée"),
        ("F001 single press more", "mal formée"),
        ("F001 single", "sans preuve"),
        ("F001 single gossip", "sans preuve"),
        ("F404 single press", "n'a pas de sources"),
        ("F003 single press", "source inconnue Z9"),
    ],
)
def test_a_wrong_anchor_is_refused_with_its_reason(card: Card, mark: str, reason: str) -> None:
    with pytest.raises(InvalidDocument, match=reason):
        read_anchor("essai.md", card, 0, 1, mark)
