"""Rules that hold for all, asked with one collectivité named."""

import pytest

from assistant import wording
from assistant.answer import Answer
from assistant.national import of_all
from tests.assistant.conftest import Ask

AGREED = [
    ("Quand doit être remis le rapport d'exécution 2020 dans le Nord ?", "30 septembre 2021"),
    ("Nous sommes le département de l'Eure, quel délai pour le rapport d'exécution 2020 ?",
     "30 septembre 2021"),
    ("Dans les Ardennes, jusqu'à quand rendre le rapport annuel d'exécution 2020 ?",
     "30 septembre 2021"),
    ("Combien d'objectifs faut-il choisir en 2022 dans l'Allier ?", "au moins 12 objectifs"),
    ("Le Val-d'Oise peut-il modifier son plan d'actions de 2020 ?", "peuvent être modifiés"),
    ("Dans l'Orne, un entretien d'autonomie est-il obligatoire avant 18 ans ?", "un an avant"),
]  # fmt: skip


def told(answer: Answer) -> str:
    return " ".join(claim.text for claim in answer.claims)


@pytest.mark.parametrize(("asked", "rule"), AGREED)
def test_a_rule_of_all_answers_a_departement_that_is_named(ask: Ask, asked: str, rule: str) -> None:
    answer = ask(asked)
    assert rule in told(answer) and answer.frame.departement


def test_it_is_said_to_be_of_all_with_the_standing_of_the_one_named(ask: Ask) -> None:
    answer = ask("Combien d'objectifs faut-il choisir en 2022 dans l'Allier ?")
    assert "Allier : département retenu en 2020" in told(answer)
    assert wording.FOR_ALL.split(" {")[0] in " ".join(w.text for w in answer.warnings)
    unknown = ask("Le Jura doit-il obligatoirement contractualiser en 2022 ?")
    assert wording.NO_ENTRY in [warning.text for warning in unknown.warnings]


def test_a_national_amount_is_no_share_of_a_departement(ask: Ask) -> None:
    answer = ask("Combien met le programme 304 en 2021 en Gironde ?")
    assert "107 M€" in told(answer)
    assert wording.NATIONAL_AMOUNT.split(" {")[0] in " ".join(w.text for w in answer.warnings)


@pytest.mark.parametrize(
    "asked",
    [
        "Combien a reçu la Gironde en 2021 ?",
        "Quel budget de l'aide sociale à l'enfance dans l'Orne en 2021 ?",
        "Combien d'informations préoccupantes en 2022 dans l'Aude ?",
        "Qui est le président du département de l'Eure ?",
        "Quel temps fait-il dans le Nord ?",
        "Quel jour précis le contrat de Loire-Atlantique a-t-il été signé en 2020 ?",
        "Jeunes majeurs : qu'a reçu le Nord de l'État pour 2023 ?",
    ],
)
def test_what_is_of_one_departement_alone_stays_unanswered(ask: Ask, asked: str) -> None:
    assert ask(asked).status == "refused"


@pytest.mark.parametrize(
    ("asked", "own"),
    [
        ("Combien d'objectifs compte le contrat de l'Isère ?", "13 objectifs"),
        ("A la Réunion, quelle somme l'Etat a-t-il mise en 2020 ?", "4,7 M€"),
        ("Côte-d'Or : quelles années couvre le contrat ?", "2021-2022"),
    ],
)
def test_what_names_the_departement_and_answers_is_kept(ask: Ask, asked: str, own: str) -> None:
    answer = ask(asked)
    assert own in told(answer) and "general_rule" not in [w.kind for w in answer.warnings]


@pytest.mark.parametrize(
    ("asked", "of_any", "general"),
    [
        ("Qui signe le contrat en Dordogne ?", "Qui signe le contrat ?", True),
        ("Le Gard : date limite ?", "date limite ?", True),
        ("La Loire doit-elle candidater ?", "le département concerné doit-elle candidater ?", True),
        ("Je travaille au département de la Sarthe : quand ?", "quand ?", True),
        ("Le contrat de la Meuse ?", "Le contrat du département concerné ?", False),
        ("Qu'a fait le Nord ?", "Qu'a fait le département concerné ?", False),
        ("Quelle dotation dans le Nord ?", "Quelle dotation ?", False),
        ("Quelle date limite ?", "Quelle date limite ?", True),
    ],
)
def test_a_question_is_asked_of_all(asked: str, of_any: str, general: bool) -> None:
    assert of_all(asked) == (of_any, general)
