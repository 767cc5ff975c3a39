"""The registers lead the answers on amounts and dates, and say what nobody knows."""

import pytest

from assistant.answer import Turn
from tests.assistant.conftest import Ask


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("Quel est le montant du FIR en 2021 ?", "33 M€"),
        ("ondam 2021 combien", "15 M€"),
        ("combien d'argent l'État met sur le programme 304 en 2022", "140 M€"),
    ],
)
def test_the_amount_of_a_source_leads(ask: Ask, question: str, amount: str) -> None:
    assert amount in ask(question).claims[0].text


@pytest.mark.parametrize("year", [2022, 2023, 2025])
def test_an_amount_that_nobody_found_is_said_unknown(ask: Ask, year: int) -> None:
    answer = ask(f"Quel est le montant du FIR en {year} ?")
    assert answer.refusal == "known_unknown" and not answer.claims


def test_what_is_known_of_two_sources_comes_with_what_is_not(ask: Ask) -> None:
    answer = ask("Montants du P304 et du FIR en 2022 ?")
    unknown = [w.text for w in answer.warnings if w.kind == "unverified"]
    assert "140 M€" in answer.text
    assert any("FIR" in told and "n'ont pas été retrouvés" in told for told in unknown)
    assert ask("Quels sont les montants du FIR et de l'ONDAM en 2022 ?").refusal == "known_unknown"


def test_what_nobody_knows_of_the_point_is_told_beside_it(ask: Ask) -> None:
    answer = ask("c quoi les 3 nouveaux objectifs de 2022")
    (unknown,) = [w for w in answer.warnings if w.kind == "unverified"]
    assert "troisième" in unknown.text and unknown.citations


def test_a_former_deadline_does_not_lead(ask: Ask) -> None:
    first = ask("Date limite de signature des contrats de 2020 ?").claims[0].text
    assert "15 octobre 2020" in first


def test_an_amount_of_something_else_is_left_to_the_search(ask: Ask) -> None:
    answer = ask("Combien le programme 304 donne-t-il au plan 1000 jours en 2022 ?")
    assert "2,7 M€" in answer.claims[0].text


def test_the_date_of_another_policy_is_not_given(ask: Ask) -> None:
    former = Turn("Date limite de signature en 2021 ?", exercices=(2021,))
    answer = ask("et 2019 ?", history=(former,))
    assert "Calpae" not in answer.text.partition("Documents proches")[0]


@pytest.mark.parametrize(
    ("kind", "others", "held"),
    [("fondamentaux", "facultatif", "CRIP"), ("facultatifs", "fondamental de", "fratries")],
)
def test_the_objectives_of_one_kind_are_listed_with_what_is_not_known(
    ask: Ask, kind: str, others: str, held: str
) -> None:
    claims = [one.text for one in ask(f"Liste des objectifs {kind} ?").claims]
    assert any(held in text for text in claims)
    assert not any(f"objectif {others}" in text for text in claims)
    assert "n'ont pas été" in claims[-1]


def test_what_a_register_knows_is_not_said_unknown(ask: Ask) -> None:
    answer = ask("avec le retard du confinement, on a jusqu'à quand pour signer en 2020 ?")
    assert "15 octobre 2020" in answer.claims[0].text


def test_the_date_of_a_cohort_named_by_its_rank_is_told(ask: Ask) -> None:
    turn = ask("Jusqu'à quand les trente premiers départements avaient-ils pour signer ?")
    asked = "Jusqu'à quand les quarante suivants avaient-ils pour signer, en 2021 ?"
    assert any("15 octobre 2020" in claim.text for claim in turn.claims)
    assert "30 septembre 2021" in ask(asked).claims[0].text


def test_the_deadline_on_which_the_money_hangs_is_told(ask: Ask) -> None:
    assert "15 juillet 2025" in ask("deadline contrat 2025-2027 pr toucher les sous").claims[0].text
    assert ask("deadline contrat 2025-2027").refusal == "known_unknown"


def test_pieces_and_their_date_asked_in_haste_are_both_told(ask: Ask) -> None:
    asked = "on a signé en 2021, quelles pièces il faut envoyer pr l'avenant 2022 et avant quand"
    text = ask(asked).text
    assert all(told in text for told in ("bilan", "tableau de bord", "plan d'action", "30 avril"))


@pytest.mark.parametrize("of", ["", " de la circulaire de 2020"])
def test_objectives_are_listed_whether_their_text_is_named_or_not(ask: Ask, of: str) -> None:
    answer = ask(f"Quels sont les quinze objectifs facultatifs{of} ?")
    told = " ".join(claim.text for claim in answer.claims)
    assert "fratries" in told and "Onze des quinze" in told
