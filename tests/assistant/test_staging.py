"""Clauses that set the scene are told from what is asked."""

import pytest

from assistant.staging import gets_money, told_entry, unstaged


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Pour décrocher l'avenant, il faut fournir quoi ?", "il faut fournir quoi ?"),
        ("avec le retard du confinement, on signe quand ?", "on signe quand ?"),
        ("que remettre pour toucher notre rallonge ?", "que remettre"),
    ],
)
def test_a_purpose_and_a_first_cause_are_left_out(question: str, asked: str) -> None:
    assert unstaged(question).strip(" ,?") == asked.strip(" ?")


@pytest.mark.parametrize(
    "question",
    ["Quelle date limite pour signer le contrat ?", "Combien pour les jeunes majeurs en 2024 ?",
     "Avec quels crédits l'avenant est-il payé ?"],
)  # fmt: skip
def test_what_is_asked_is_kept(question: str) -> None:
    assert unstaged(question) == question


@pytest.mark.parametrize(
    ("question", "cohorts"),
    [
        ("Sous contrat depuis 2021, que rendre en 2022 ?", ("2021",)),
        ("Département entré avant 2022, quelles pièces en 2022 ?", ("2020", "2021")),
        ("Nous avons signé avant 2021, que remettre en 2022 ?", ("2020",)),
    ],
)
def test_an_entry_told_by_the_asker_gives_its_cohorts(
    question: str, cohorts: tuple[str, ...]
) -> None:
    told = told_entry(question)
    assert told is not None and told.cohorts == cohorts
    assert "2022" in told.rest and "avant" not in told.rest and "depuis" not in told.rest


@pytest.mark.parametrize(
    "question",
    ["Quand signer en 2021 ?", "À remettre avant le 30 juin 2021 ?", "Entré avant 2020 ?"],
)
def test_no_entry_is_read_elsewhere(question: str) -> None:
    assert told_entry(question) is None


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("deadline du contrat pour toucher les sous", True),
        ("projet à transmettre, pour percevoir les crédits prévus", True),
        ("les sous du contrat, c'est pour quand ?", False),
    ],
)
def test_what_is_done_for_the_money_is_told_apart(text: str, paid: bool) -> None:
    assert gets_money(text) is paid
