"""A tag says « obligation » of what obliges somebody, of nothing else."""

import pytest

from assistant.modality import asks_duty, modality_of, tells_duty


@pytest.mark.parametrize(
    "text",
    [
        "Le département doit remettre un bilan au préfet.",
        "Les contrats devaient être signés avant le 15 octobre 2020.",
        "L'article 375-1 impose au juge un entretien avec l'enfant.",
        "Le bilan est dû au plus tard le 30 juin.",
        "Le 30 juin 2022 est la date limite de remise des pièces.",
        "- première pièce obligatoire pour l'avenant : un bilan des actions ;",
        "Le bilan de santé est obligatoire à l'entrée de l'enfant.",
        "L'État verse 2 M€. Le département doit en verser autant.",
    ],
)
def test_what_obliges_somebody_is_an_obligation(text: str) -> None:
    assert modality_of(text) == "must"


@pytest.mark.parametrize(
    "text",
    [
        "Le contrat est le document que signent trois parties ; une évaluation impossible y mène.",
        "Une avance est la part qui doit être rendue en fin d'exercice.",
        "Le budget inscrit 140 M€ en 2022, versés au plus tard en mai.",
        "Le décret n° 2025-900 est du 5 septembre 2025.",
        "Le juge décide de l'anonymat du lieu d'accueil si l'intérêt de l'enfant l'exige.",
        "Les jeunes sous obligation de quitter le territoire n'ont plus ce droit.",
        "Participer n'est pas une obligation.",
        "Sept des 14 objectifs sont obligatoires.",
        "Les contrats n'ont plus de mesures socles obligatoires.",
        "Le nombre d'objectifs que le contrat doit compter n'est pas connu.",
        "La date est le 18 ou le 28 février selon les sources ; il faut retenir le 18 février.",
        "Le Cher doit recevoir le renfort financier de 2020.",
    ],
)
def test_a_definition_a_figure_or_a_doubt_is_no_obligation(text: str) -> None:
    assert modality_of(text) != "must"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Le préfet peut prolonger le contrat.", "may"),
        ("L'avenant est facultatif.", "may"),
        ("Ces dispositifs sont exclus des objectifs facultatifs finançables.", "states"),
    ],
)
def test_what_is_allowed_is_a_faculty(text: str, modality: str) -> None:
    assert modality_of(text) == modality


@pytest.mark.parametrize(
    ("question", "asked"),
    [("est-on obligés d'accompagner les jeunes majeurs ?", True),
     ("est-on obligé de loger un jeune qui travaille ?", True),
     ("la loi oblige-t-elle à réunir le comité ?", True),
     ("quels sont les objectifs obligatoires ?", False),
     ("quels indicateurs est-on obligés de remplir ?", False),
     ("dans quel délai est-il tenu de saisir le juge ?", False),
     ("l'attestation est obligée de couvrir qui, depuis quand ?", False),
     ("un jeune sous obligation de quitter le territoire", False)],
)  # fmt: skip
def test_a_question_of_duty_asks_whether_someone_is_obliged(question: str, asked: bool) -> None:
    assert asks_duty(question) is asked


def test_a_duty_its_absence_or_a_right_is_told_by_a_statement() -> None:
    assert tells_duty("L'article 375-1 impose au juge un entretien.")
    assert tells_duty("Le département peut l'accompagner, sans y être tenu.")
    assert tells_duty("L'expérimentation est volontaire.")
    assert not tells_duty("Les besoins de santé sont identifiés pendant le temps de répit.")
