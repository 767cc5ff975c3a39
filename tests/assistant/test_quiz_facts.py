"""What is a quizzable fact, and what never is one."""

import pytest

from assistant.entries import Entries
from assistant.proofs import conflicts
from assistant.teaching.corrections import most_items
from assistant.teaching.facts import facts_of
from assistant.teaching.gaps import best_gap, gap_of, implied, magnitude, shown
from corpus.quantities import normalised
from corpus.registry import Deadline, Funding
from ingest.index import Index
from tests.assistant.quiz_materials import everything, fact_of, material_of, statements_of


@pytest.fixture(scope="module")
def entries(index: Index) -> Entries:
    return Entries(index)


def test_every_fact_is_sure_and_holds_its_value(entries: Entries, index: Index) -> None:
    facts = facts_of(everything(entries, index))
    assert len(facts) > 400
    for fact in facts:
        anchor = fact.unit.anchor
        assert anchor is not None and anchor.confidence in ("several", "single"), fact.id
        if fact.gaps:
            assert fact.value in normalised(fact.unit.text), fact.id
            assert fact.value not in normalised(fact.words), fact.id


def test_nothing_in_a_disagreement_is_a_fact(entries: Entries, index: Index) -> None:
    disputed = {proof for row in conflicts() for proof in row.proofs}
    facts = facts_of(everything(entries, index))
    assert disputed
    assert [fact.id for fact in facts if fact.proofs & disputed] == []


def test_rows_not_established_or_replaced_are_no_facts(entries: Entries) -> None:
    unsure = {
        f"calendar:{entry.row.id}"
        for entry in entries.of(Deadline)
        if entry.row.standing != "établi" or entry.row.replaced_by
    }
    unsure |= {f"funding:{e.row.id}" for e in entries.of(Funding) if e.row.standing != "établi"}
    made = {fact.id for year in range(2019, 2028) for fact in facts_of(material_of(entries, year))}
    assert unsure and not made & unsure


def test_one_fact_told_by_two_texts_is_asked_once(entries: Entries, index: Index) -> None:
    once = statements_of(entries, index, "institution-crip")
    twice = statements_of(entries, index, "institution-crip", "casf-informations-preoccupantes")
    codes = [(fact.value, code) for fact in facts_of(twice) if fact.gaps for code in fact.codes]
    assert "L16.10" in {code for _value, code in codes}
    assert codes.count(("duration:3 mois", "L16.10")) == 1
    assert most_items(facts_of(twice)) > most_items(facts_of(once))


def test_a_date_and_the_duty_to_meet_it_are_one_fact(entries: Entries) -> None:
    ids = {fact.id for fact in facts_of(material_of(entries, 2021))}
    assert "calendar:date-signature-2021" in ids
    assert "obligations:signature-2021" not in ids


def test_an_actor_is_asked_when_the_question_does_not_name_one(entries: Entries) -> None:
    fact = fact_of(material_of(entries, 2021), "obligations:rapport-execution-2020-preparation")
    assert (fact.kind, fact.value) == ("actor", "actor:département")
    shared = fact_of(material_of(entries, 2020), "obligations:rapport-annuel-preparation")
    assert shared.value == "actor:département"  # « partager avec le préfet » names another


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Le délai est de trois mois.", "duration:3 mois"),
        ("Le contrat porte sur 11 objectifs.", "number:11"),
        ("Il est publié le 3 mai 2021 et paie 12 M€.", "amount:12000000"),
        ("La circulaire du 1er avril 2021 est longue.", None),
        ("L'article 10 de la loi du 7 février 2022 s'applique.", None),
        ("Le 119 est gratuit.", None),
        ("Les enfants de 12 à 14 ans sont vus.", None),
        ("Trois pièces sont dues : un bilan, un plan et un tableau.", None),
        ("Deux ans après la loi, rien n'a paru.", None),
    ],
)
def test_the_quantity_asked_is_said_and_names_nothing(text: str, value: str | None) -> None:
    gap = best_gap(text)
    assert (gap.value if gap else None) == value


def test_a_value_is_shown_the_same_way_however_it_is_written() -> None:
    for text in ("15,5 M€", "15,5 millions d'euros", "15 500 000 euros"):
        gap = gap_of(f"Le fonds donne {text}.", "amount:15500000")
        assert gap is not None and gap.shown == "15,5 millions d'euros"
    assert shown("date", "2020-07-01") == "1er juillet 2020"
    assert shown("amount", "474211") == "474 211 euros"
    assert shown("amount", "8400000000") == "8,4 milliards d'euros"


def test_a_limit_implies_wider_values() -> None:
    text = "Le dossier est remis au plus tard le 30 avril 2022."
    gap, right = (37, 50), "date:2022-04-30"
    assert text[slice(*gap)] == "30 avril 2022"
    assert implied(text, gap, right, "date:2022-06-30")
    assert not implied(text, gap, right, "date:2022-03-30")
    assert not implied(text, gap, right, "date:2022-06-30", limits=False)
    assert implied("Il faut au moins 12 places.", (17, 19), "number:12", "number:8")


def test_durations_compare_in_days() -> None:
    assert magnitude("duration:2 ans") > magnitude("duration:18 mois")
    assert magnitude("duration:3 semaines") == 21


def test_what_is_contested_of_one_year_may_be_asked_of_another(entries: Entries) -> None:
    ids = {fact.id for fact in facts_of(material_of(entries, 2022))}
    assert "funding:contractualisation-2022-programme-304" in ids
    former = {fact.id for fact in facts_of(material_of(entries, 2021))}
    assert "funding:contractualisation-2021-programme-304" not in former


def test_the_facts_of_one_statement_count_for_one_question(entries: Entries) -> None:
    facts = [f for f in facts_of(material_of(entries, 2021)) if "action-17" in f.id]
    assert len(facts) == 3 and len({fact.unit.key for fact in facts}) == 1
    assert most_items(facts) == 1


def test_pilots_whose_number_is_disputed_are_not_asked(entries: Entries, index: Index) -> None:
    facts = facts_of(everything(entries, index))
    told = [fact for fact in facts if "attestation d'honorabilité" in fact.unit.text]
    assert told and not [fact for fact in told if "départements pilotes" in fact.unit.text]


@pytest.mark.parametrize(
    "text",
    [
        "Le droit reconnu par le Conseil d'État le 15 novembre 2022 vaut aussi après une pause.",
        "Le 9 mai 2023 (n° 473601, Val-de-Marne), le Conseil d'État juge que cela ne suffit pas.",
    ],
)
def test_the_day_of_a_decision_is_not_asked_in_place_of_its_rule(text: str) -> None:
    assert best_gap(text) is None
    assert best_gap("L'hôtel est interdit depuis le 1er février 2024, dit le Conseil d'État.")
