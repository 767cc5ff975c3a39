"""Which texts rule each exercice, with the former ones that they leave in force."""

from datetime import date
from typing import Any

import pytest

from assistant.consulting import Reference
from corpus.types import Identity, Relation, RelationKind
from ingest.serving import Service
from ui.pages.ruling import rulings, unsettled


def text(year: int, *relations: tuple[RelationKind, str], **given: Any) -> Identity:
    """A circular of that year, for its own exercice."""
    values: dict[str, Any] = {"kind": "circulaire", "exercices": (year,)} | given
    said = tuple(Relation(*relation) for relation in relations)
    return Identity(f"Texte {year}", signed_on=date(year, 3, 1), relations=said, **values)


def told(identities: dict[str, Identity], exercice: int) -> dict[str, str]:
    """Why each text rules an exercice, by its id."""
    return {ruling.id: ruling.why for ruling in rulings(identities)[exercice]}


def test_a_completed_text_rules_with_the_one_that_completes_it_near_or_far() -> None:
    chain = {
        "a": text(2020),
        "b": text(2021, ("complète", "a")),
        "c": text(2022, ("complète", "b")),
    }
    ruling = told(chain, 2022)
    assert list(ruling) == ["a", "b", "c"]
    assert ruling["a"].endswith("par\u00a0: Texte 2021")
    assert ruling["b"].endswith("par\u00a0: Texte 2022")
    assert ruling["c"] == ""
    assert list(told(chain, 2020)) == ["a"]


@pytest.mark.parametrize(
    "changes",
    [
        {"a": text(2020, text_status="annulé")},
        {"a": text(2020, ("annulé par", "arret")), "arret": text(2020, kind="jurisprudence")},
        {"nouveau": text(2019, ("remplace", "a"))},
        {"a": text(2020, kind="loi")},
        {"b": text(2021, ("applique", "a"))},
    ],
)
def test_a_former_text_that_ended_or_is_no_frame_or_isnt_completed_rules_no_more(
    changes: dict[str, Identity],
) -> None:
    chain = {"a": text(2020), "b": text(2021, ("complète", "a"))}
    assert "a" in told(chain, 2021)
    assert "a" not in told(chain | changes, 2021)


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, True),
        ({"text_status": "inconnu"}, False),
        ({"cohorts": ("2019",)}, False),
        ({"cohorts": ()}, False),
        ({"kind": "rapport"}, False),
        ({"exercices": (2023,)}, False),
    ],
)
def test_a_text_in_force_rules_later_exercices_of_its_waves(
    changes: dict[str, Any], rules: bool
) -> None:
    first = {"text_status": "en vigueur", "cohorts": ("2020",)} | changes
    chain = {"a": text(2020, **first), "b": text(2022, cohorts=("2020", "2022"))}
    assert ("a" in told(chain, 2022)) is rules
    if rules:
        assert told(chain, 2022)["a"] == "texte en vigueur selon les fiches, vague 2020"


@pytest.mark.parametrize(
    ("changes", "doubtful"),
    [
        ({}, True),
        ({"cohorts": ("2019",)}, False),
        ({"kind": "rapport"}, False),
        ({"text_status": "remplacé"}, False),
        ({"text_status": "en vigueur"}, False),
        ({"exercices": (2022,)}, False),
    ],
)
def test_a_former_text_of_unknown_status_for_the_same_waves_is_said_to_be_unsettled(
    changes: dict[str, Any], doubtful: bool
) -> None:
    chain = {
        "a": text(2020, **{"cohorts": ("2020",)} | changes),
        "b": text(2022, cohorts=("2020",)),
    }
    assert [one.id for one in unsettled(chain)[2022]] == ["a"] * doubtful
    assert doubtful is False or unsettled(chain)[2022][0].why == (
        "vague 2020\u00a0: aucune fiche ne dit s'il vaut encore"
    )
    completed = chain | {"b": text(2022, ("complète", "a"), cohorts=("2020",))}
    assert unsettled(completed)[2022] == ()


def test_the_shipped_circular_of_2020_still_rules_the_two_next_exercices(
    shipped_service: Service,
) -> None:
    documents = Reference(shipped_service.index).documents()
    cards = {one.document_id: one.identity for one in documents}
    found = rulings(cards)
    first = "circulaire-2020-34"
    why = {year: {one.id: one.why for one in found[year]} for year in (2020, 2021, 2022)}
    assert why[2020][first] == ""
    assert "Circulaire du 1er avril 2021" in why[2021][first]
    assert "en vigueur, complété en 2021" in why[2022][first]
    doubtful = {year: [one.id for one in some] for year, some in unsettled(cards).items()}
    assert (doubtful[2021], doubtful[2022]) == ([], ["circulaire-2021-25"])
