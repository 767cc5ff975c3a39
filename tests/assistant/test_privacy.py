"""Personal data is masked by its shape; danger is told from policy by its words."""

import pytest

from assistant.privacy import MASK, is_individual, masked, smells_of_danger
from tests.timing import fastest_s


@pytest.mark.parametrize(
    "secret",
    [
        "06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78", "06/12/34/56/78", "0612345678",
        "06\u00a012\u202f34\u00a056\u00a078", "+33 6 12 34 56 78", "+33612345678",
        "0033 1 23 45 67 89", "+33 (0)6 12 34 56 78", "1 85 05 78 006 084 36", "185057800608436",
        "2 85 05 2A 006 084", "2 85 05 2a 006 084 36", "1-85-05-78-006-084-36",
        "1\u00a085\u00a005\u00a078\u00a0006\u00a0084\u00a036", "jean.dupont@exemple.fr",
        "Jean+x@mairie-lyon.gouv.fr", "agnès@cg18.fr",
    ],
)  # fmt: skip
def test_personal_data_is_masked(secret: str) -> None:
    assert masked(f"Écrivez à {secret}, merci.") == f"Écrivez à {MASK}, merci."


@pytest.mark.parametrize(
    "text",
    [
        "107 000 000 € et 33 000 000 €", "DGCS/SD2B/DGS/SP1/2021/25", "NOR : SSAA2207127J",
        "du 01/04/2021 au 30/09/2021", "2019 2020 2021 2022 2023 2024", "JORFTEXT000045133771",
        "article L. 223-1-1 du CASF", "le 119 répond à toute heure", "120 000 000 000 euros",
    ],
)  # fmt: skip
def test_figures_of_the_field_are_left_alone(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "question",
    [
        "Mon voisin frappe sa fille tous les soirs, que faire ?",
        "Une petite fille de ma classe a des bleus partout, qui prévenir ?",
        "J'entends des enfants hurler chez les voisins",
        "Mon fils a été agressé au foyer",
        "Un enfant de 4 ans est laissé seul la nuit, que faire ?",
        "Ma nièce subit des attouchements de son oncle",
        "Je pense que mon élève est maltraité",
        "Une gamine du quartier se fait violer par son père",
        "Je connais un enfant victime de violences, à qui le signaler ?",
        "mon ado parle de suicide, au secours",
        "ma mère me frappe",
        "Mon beau-père me touche le soir",
        "J'ai 13 ans et on me tape à la maison",
        "je suis battue par mes parents",
    ],
)
def test_someone_in_danger_is_heard(question: str) -> None:
    assert smells_of_danger(question)


@pytest.mark.parametrize(
    "question",
    [
        "Que dit l'instruction 2022 sur les violences institutionnelles ?",
        "enfants en danger : quelle définition ?",
        "combien d'enfants maltraités sont suivis en 2021 ?",
        "Quelles actions de lutte contre les violences faites aux enfants ?",
        "Comment repérer les enfants en danger selon la stratégie ?",
        "Quel objectif pour les mineurs victimes de violences intrafamiliales ?",
        "Quelle aide pour les enfants maltraités est prévue en 2022 ?",
        "Pour ma note : que dit l'instruction sur les enfants victimes de violences ?",
        "Je cherche la mesure sur les fugues des mineurs en 2021",
        "Dans mon département, que prévoit le contrat pour les jeunes victimes d'inceste ?",
        "Mon président souhaite les crédits de 2021 contre la maltraitance des enfants",
        "Combien de places d'accueil d'urgence pour les enfants maltraités ?",
    ],
)
def test_a_question_of_policy_is_not_a_danger(question: str) -> None:
    assert not smells_of_danger(question)


@pytest.mark.parametrize(
    "question",
    ["Ai-je droit à un contrat jeune majeur ?", "J'ai 17 ans, que faire ?", "ma mère me frappe",
     "Mon ex refuse de me rendre ma fille", "Mes droits ?", "Mes parents sont-ils éligibles ?"],
)  # fmt: skip
def test_a_person_s_own_case_is_recognised(question: str) -> None:
    assert is_individual(question)


@pytest.mark.parametrize(
    "question",
    ["Mon département est-il éligible ?", "Quels jeunes de 18 ans sont suivis ?",
     "Qui a droit à un contrat jeune majeur ?", "Que dois-je fournir pour l'avenant 2021 ?"],
)  # fmt: skip
def test_an_agent_s_question_is_not_a_case(question: str) -> None:
    assert not is_individual(question)


@pytest.mark.parametrize("text", ["0 " * 1000, "1" * 2000, "a@" * 1000, "mon enfant me " * 140])
def test_reading_a_hostile_question_stays_quick(text: str) -> None:
    def read() -> None:
        masked(text), smells_of_danger(text), is_individual(text)

    assert fastest_s(read) < 0.5
