"""A child in danger is told from a policy that speaks of children in danger."""

from datetime import date

import pytest

from assistant import wording
from assistant.answer import Request
from assistant.answering import Assistant
from assistant.danger import smells_of_danger
from assistant.privacy import masked
from corpus.errors import IndexMissing, IndexUnusable
from ingest.index import Index
from tests.assistant.privacy_sets import every, held_out

HEARD, FALSE_ALARMS = 0.85, 0.05


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
        "MON PERE ME FRAPPE",
        "mon pèèèère me fraaappe",
        "jai peur de rentré chez moi",
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


def test_a_masked_child_is_still_a_child() -> None:
    assert smells_of_danger(masked("Kevin, 8 ans, arrive avec des bleus"))


def test_an_adult_s_past_offence_is_no_danger() -> None:
    assert not smells_of_danger(
        masked("Mme Durand, condamnée pour violences : quelle attestation ?")
    )


def test_the_sets_are_large_enough() -> None:
    assert len(set(every("danger"))) >= 30 and len(set(every("no_danger"))) >= 40


def test_most_wordings_of_the_held_out_half_are_heard() -> None:
    heard = [smells_of_danger(masked(line)) for line in held_out("danger")]
    assert sum(heard) / len(heard) >= HEARD


def test_questions_of_policy_of_the_held_out_half_seldom_alarm() -> None:
    alarms = [smells_of_danger(masked(line)) for line in held_out("no_danger")]
    assert sum(alarms) / len(alarms) <= FALSE_ALARMS


@pytest.mark.parametrize("name", ["impersonal", "general"])
def test_ordinary_questions_raise_no_alarm(name: str) -> None:
    assert not [line for line in every(name) if smells_of_danger(masked(line))]


def test_the_numbers_are_shown_even_when_nothing_can_be_searched() -> None:
    def broken() -> Index:
        raise IndexUnusable("aucun index")

    events = Assistant(broken).events(Request("mon père me frappe", date(2026, 11, 21)))
    assert next(events) == ("step", wording.DANGER)
    assert "119" in wording.DANGER and "CRIP" in wording.DANGER
    with pytest.raises(IndexUnusable, match="119.* aucun index"):
        list(events)


@pytest.mark.parametrize("error", [IndexUnusable, IndexMissing])
def test_an_error_tells_a_child_in_danger_whom_to_call(error: type[IndexUnusable]) -> None:
    def broken() -> Index:
        raise error("aucun index")

    for question, told in (("mon père me frappe", True), ("Qui signe le contrat ?", False)):
        with pytest.raises(error) as raised:
            Assistant(broken).answer(Request(question, date(2026, 11, 21)))
        assert ("119" in str(raised.value)) is told and "aucun index" in str(raised.value)
