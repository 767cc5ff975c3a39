"""Chains of texts: what each changes, what changes it, and who rules an exercice."""

from datetime import date

import pytest

from corpus.chains import PASSIVE, chain_of, governing, links_of
from corpus.types import Identity, Kind, Relation, RelationKind, TextStatus


def text(
    day: str | None = None,
    *relations: tuple[RelationKind, str],
    kind: Kind = "circulaire",
    exercices: tuple[int, ...] = (),
    status: TextStatus = "inconnu",
) -> Identity:
    """A text signed that day."""
    return Identity(
        "Texte",
        kind,
        signed_on=date.fromisoformat(day) if day else None,
        exercices=exercices,
        text_status=status,
        relations=tuple(Relation(*relation) for relation in relations),
    )


FAMILY = {
    "note": text("2023-05-01", ("complète", "circulaire"), exercices=(2023,)),
    "circulaire": text("2022-03-01", ("applique", "loi"), exercices=(2022,)),
    "autre": text("2022-04-01", ("applique", "loi")),
    "code": text(kind="code"),
    "loi": text("2020-01-01", ("modifie", "code"), ("applique", "perdue"), kind="loi"),
    "seule": text("2021-01-01"),
}


def test_a_chain_goes_up_to_what_a_text_follows_from_and_down_to_what_follows_it() -> None:
    chain = chain_of(FAMILY, "circulaire")
    assert chain.members == ("code", "loi", "circulaire", "note")
    assert [(link.kind, link.target) for link in chain.parents] == [("applique", "loi")]
    assert [(link.kind, link.source) for link in chain.children] == [("complète", "note")]


def test_a_chain_holds_the_links_of_its_members_only() -> None:
    pairs = [(link.source, link.target) for link in chain_of(FAMILY, "circulaire").links]
    assert sorted(pairs) == [("circulaire", "loi"), ("loi", "code"), ("note", "circulaire")]


def test_children_come_oldest_first() -> None:
    children = chain_of(FAMILY, "loi").children
    assert [link.source for link in children] == ["circulaire", "autre"]


def test_a_text_without_relation_is_its_own_chain() -> None:
    chain = chain_of(FAMILY, "seule")
    assert (chain.members, chain.links) == (("seule",), ())


def test_a_relation_to_an_absent_text_is_left_out() -> None:
    assert all(link.target != "perdue" for link in links_of(FAMILY))


def test_an_unknown_text_has_no_chain() -> None:
    with pytest.raises(KeyError):
        chain_of(FAMILY, "perdue")


def test_a_circle_ends_where_it_began() -> None:
    circle = {
        "a": text("2020-01-01", ("complète", "b")),
        "b": text("2021-01-01", ("complète", "c")),
        "c": text("2022-01-01", ("complète", "a"), ("complète", "c")),
    }
    assert chain_of(circle, "b").members == ("a", "b", "c")


def test_a_text_that_completes_another_rules_its_exercice_with_it() -> None:
    texts = {
        "suite": text("2022-02-01", ("complète", "debut"), exercices=(2022,)),
        "debut": text("2022-01-01", exercices=(2021, 2022)),
    }
    assert governing(texts) == {2021: ("debut",), 2022: ("debut", "suite")}


@pytest.mark.parametrize("kind", ["remplace", "abroge"])
def test_a_replaced_text_rules_only_the_exercices_that_its_successor_leaves(
    kind: RelationKind,
) -> None:
    texts = {
        "ancien": text("2021-01-01", exercices=(2021, 2022), status="remplacé"),
        "nouveau": text("2022-01-01", (kind, "ancien"), exercices=(2022, 2023)),
    }
    assert governing(texts) == {2021: ("ancien",), 2022: ("nouveau",), 2023: ("nouveau",)}


def test_an_annulled_text_rules_nothing_and_replaces_nothing() -> None:
    texts = {
        "ancien": text("2021-01-01", exercices=(2022,)),
        "annule": text("2022-01-01", ("remplace", "ancien"), exercices=(2022,), status="annulé"),
    }
    assert governing(texts) == {2022: ("ancien",)}


@pytest.mark.parametrize("kind", ["presse", "rapport", "débat parlementaire", "inconnue"])
def test_only_a_rule_rules(kind: Kind) -> None:
    assert governing({"texte": text("2022-01-01", kind=kind, exercices=(2022,))}) == {}


def test_a_chain_says_which_of_its_texts_rule() -> None:
    assert chain_of(FAMILY, "note").governing == {2022: ("circulaire",), 2023: ("note",)}


def test_every_relation_reads_from_its_target() -> None:
    assert PASSIVE["annulé par"] == "annule"
    assert len(PASSIVE) == 6
