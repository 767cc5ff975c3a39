"""A session on a free question: its answer is told in its order, or the session says why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Request
from assistant.answering import Assistant
from assistant.teaching.making import make_pack
from assistant.teaching.material import Bibliography
from assistant.teaching.pack import Order, Pack
from assistant.teaching.replying import PARTLY, reply_of
from assistant.teaching.telling import Teller
from assistant.units import UnitReader
from corpus.errors import InvalidRequest
from ingest.index import Index
from tests.assistant.conftest import AS_OF

SIGNED = "Quelle est la date de signature de l'instruction n° 2022/61 ?"
TOTAL = "Quel est le montant total des crédits en 2021 ?"
COUNTED = "Combien de départements sont engagés en 2021, 70 ou 64 ?"
REFUSED = "Pourquoi la Seine-Saint-Denis a-t-elle refusé ?"
OWN = """# Règlement du fonds Alizé

## Délais

Le fonds Alizé verse son aide sous 12 jours. {tail}

## Dépôt

Le dossier du fonds Alizé est déposé à la maison des familles de Brel, du lundi au vendredi. Le \
dossier du fonds Alizé est gardé 5 ans par la maison des familles.
"""


@pytest.fixture(scope="module")
def make(assistant: Assistant, index: Index) -> Callable[..., Pack]:
    """Makes the session of a question."""

    def made(question: str, exercice: int | None = None) -> Pack:
        order = Order("", AS_OF, exercice, "tous publics", 60, 1, question)
        return make_pack(assistant, index, order)

    return made


def expected(pack: Pack) -> list[str]:
    """What the cases of a session hold for right."""
    return [one.text for case in pack.cases for given in case.answers for one in given]


@pytest.mark.parametrize("question", [SIGNED, TOTAL, COUNTED])
def test_an_answer_that_sources_dispute_is_a_teaching_point_and_no_case(
    make: Callable[..., Pack], question: str
) -> None:
    pack = make(question)
    assert pack.cases == ()
    assert any("ne s'accordent pas sur sa réponse" in one for one in pack.missing)
    assert [one for one in pack.disputes if one.sides and one.retain]


def test_the_case_and_the_first_points_are_what_the_chat_answers_of_a_collectivité(
    make: Callable[..., Pack], assistant: Assistant
) -> None:
    pack = make(REFUSED)
    claims = assistant.answer(Request(REFUSED, AS_OF), recorded=False).claims
    given = [claim.text for claim in claims][:3]
    assert len(given) >= 2 and expected(pack) == given
    assert [point.text for point in pack.points][: len(given)] == given


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Combien d'argent pour le Doubs en 2021 ?", "2,8 M€"),
        ("Quand la Seine-et-Marne a-t-elle signé ?", "29 septembre 2020"),
    ],
)
def test_a_question_on_one_collectivité_gives_a_short_session_of_its_answer(
    make: Callable[..., Pack], question: str, said: str
) -> None:
    pack = make(question)
    assert any(said in one for one in expected(pack))
    assert any(said in point.text for point in pack.points)
    assert not any("Voici les territoires" in point.text for point in pack.points)
    assert any("minutes" in one for one in pack.missing)


def test_an_answer_of_another_exercice_is_refused_for_that(make: Callable[..., Pack]) -> None:
    with pytest.raises(InvalidRequest, match="n'est de l'exercice 2024|ne répond pas"):
        make("Quand la Seine-et-Marne a-t-elle signé son contrat de 2020 ?", 2024)


def _own(assistant: Assistant) -> Pack:
    question = "Sous combien de jours le fonds Alizé verse-t-il son aide ?"
    order = Order("", date(2026, 11, 21), None, "tous publics", 60, 1, question)
    return make_pack(assistant, assistant._index(), order)


@pytest.mark.parametrize(
    "tail",
    ["", "<script>alert(1)</script>", "https://exemple.org/fonds?id=3&page=2"],
)
def test_a_text_of_ones_own_is_answered_by_the_right_line_or_by_none(
    over_texts: Callable[..., Assistant], tail: str
) -> None:
    pack = _own(over_texts(reglement=OWN.format(tail=tail)))
    given = expected(pack)
    assert all("12 jours" in one for one in given[:1])
    assert given or any("Pas d'étude de cas" in one for one in pack.missing)
    assert given or "<script>" in tail


def test_a_question_half_answered_says_so(assistant: Assistant, index: Index) -> None:
    question = "Quelles pièces pour l'avenant 2022 ?"
    answer = assistant.answer(Request(question, AS_OF), recorded=False)
    order = Order("", AS_OF, None, "tous publics", 60, 1, question)
    teller = Teller(index, Bibliography())
    reply = reply_of(replace(answer, status="partial"), order, index, UnitReader(index), teller)
    assert reply.expected and reply.lacks == (PARTLY,)


def test_what_the_chat_does_not_answer_makes_no_session(make: Callable[..., Pack]) -> None:
    with pytest.raises(InvalidRequest, match="Reformulez"):
        make("Quelle heure est-il ?")
