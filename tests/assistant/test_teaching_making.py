"""Packs of the shipped corpus: every item proved, nothing twice, the time kept."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain, product
from types import SimpleNamespace
from typing import Any, cast, get_args

import pytest

from assistant.answer import Answer, Request
from assistant.answering import Assistant
from assistant.checking import facts, is_exact, unproved
from assistant.teaching.making import make_pack
from assistant.teaching.pack import Audience, Order, Pack, Proved, QuizItem
from assistant.teaching.rechecking import Rechecker
from assistant.teaching.themes import exercices_of, themes
from corpus.errors import InvalidRequest
from ingest.index import Index
from tests.assistant.conftest import AS_OF

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
Make = Callable[..., Pack]


@pytest.fixture(scope="module")
def make(assistant: Assistant, index: Index) -> Make:
    """Makes a pack, each order once."""
    cached = cache(lambda order: make_pack(assistant, index, order))

    def made(theme: str = "", exercice: int | None = None, **fields: Any) -> Pack:
        return cached(Order(theme, AS_OF, exercice, **fields))

    return made


def proved(pack: Pack) -> Iterator[Proved]:
    """All sentences of a pack that say they are proved, but those of the quiz."""
    yield from pack.points
    yield from (event.told for event in pack.timeline)
    yield from (role.told for role in pack.roles)
    if pack.comparison:
        yield from (one for _label, cells in pack.comparison.rows for cell in cells for one in cell)
    yield from (one for case in pack.cases for answers in case.answers for one in answers)
    yield from chain.from_iterable((d.told, *d.sides) for d in pack.disputes)


def faults(pack: Pack, index: Index) -> list[str]:
    """All that is wrong with a pack, in words."""
    held = {citation.n: citation for citation in pack.citations}
    found = []
    for one in proved(pack):
        cited = [held[n] for n in one.citations]
        if not cited or unproved(one.text, cited) or unproved(one.label, cited):
            found.append(f"{one.id} : {sorted(unproved(f'{one.text} {one.label}', cited))}")
        if not one.text.endswith((".", "?", "!", "…")) or one.text[:1].islower():
            found.append(f"{one.id} : « {one.text} »")
    for citation in pack.citations:
        document = index.texts.document(citation.document_id)
        if document is None or not is_exact(citation, document.text):
            found.append(f"{citation.document_id} : citation inexacte")
    if sorted(held) != list(range(1, len(pack.citations) + 1)):
        found.append("citations mal numérotées")
    for name, texts in _series(pack).items():
        found += [f"{name} : deux fois « {t} »" for t, n in Counter(texts).items() if n > 1]
    found += [f"chiffre sans preuve : {text}" for text in pack.objectives if facts(text)]
    given = sum(step.minutes for step in pack.steps)
    if given > pack.order.minutes or any(step.minutes <= 0 for step in pack.steps):
        found.append(f"{given} minutes pour {pack.order.minutes}")
    if given < pack.order.minutes and not any("minutes" in text for text in pack.missing):
        found.append("séance plus courte sans le dire")
    return found


def quiz_faults(pack: Pack, rechecker: Rechecker) -> list[str]:
    """Keys that aren't proved, facts asked twice, wrong answers that a text supports, more true
    sentences than false ones."""
    held = {citation.n: citation for citation in pack.citations}
    found = [f"{one.id} : clé sans preuve" for one in pack.quiz
             if unproved(one.key.text, [held[n] for n in one.key.citations])]  # fmt: skip
    alone = [one for one in pack.quiz if not one.revises]
    told = Counter(n for one in alone for n in set(one.key.citations))
    found += [f"source {n} demandée {times} fois" for n, times in told.items() if times > 1]
    found += [f"{one.id} : {fault}" for one in pack.quiz if (fault := rechecker.fault(one))]
    judged = [one.options[0].right for one in pack.quiz if one.kind == "true_false"]
    if judged.count(True) > judged.count(False) + 1:
        found.append("trop de phrases vraies")
    return found


def _series(pack: Pack) -> dict[str, list[str]]:
    answers = [one.text for case in pack.cases for given in case.answers for one in given]
    return {
        "points": [point.text for point in pack.points],
        "identifiants de points": [point.id for point in pack.points],
        "frise": [event.told.text for event in pack.timeline],
        "qui fait quoi": [role.told.text for role in pack.roles],
        "cas": [case.situation for case in pack.cases] or answers,
        "quiz": [item.prompt for item in pack.quiz],
        "mots": [word.term for word in pack.words],
        "étapes": [step.title for step in pack.steps if step.title != "Pause"],
    }


@pytest.mark.parametrize(
    ("theme", "exercice"),
    [("contractualisation", 2022), ("financement", 2021), ("information-preoccupante", None)],
)
def test_every_sentence_of_a_pack_is_proved(
    make: Make, index: Index, theme: str, exercice: int | None
) -> None:
    pack = make(theme, exercice, audience="nouveaux agents")
    assert not faults(pack, index)
    assert pack.points and pack.roles and pack.cases and pack.words and pack.quiz


@pytest.mark.parametrize("exercice", [2020, 2022])
def test_a_quiz_asks_nothing_twice_and_refutes_its_wrong_answers(
    make: Make, assistant: Assistant, index: Index, exercice: int
) -> None:
    pack = make("contractualisation", exercice, minutes=420)
    assert len(pack.quiz) >= 5
    assert quiz_faults(pack, Rechecker(assistant.entries(), index)) == []


def test_a_pack_on_a_free_question_is_proved(make: Make, index: Index) -> None:
    question = "Quel est le délai d'évaluation d'une information préoccupante ?"
    pack = make(question=question)
    assert not faults(pack, index)
    assert any("3 mois" in point.text for point in pack.points)


@pytest.mark.parametrize("minutes", [30, 95, 420])
def test_steps_add_up_to_the_minutes_asked(make: Make, minutes: int) -> None:
    pack = make("contractualisation", 2021, minutes=minutes)
    assert sum(step.minutes for step in pack.steps) == minutes


def test_a_theme_with_little_proof_gives_a_shorter_session_and_says_so(make: Make) -> None:
    pack = make("mineurs-non-accompagnes", minutes=420)
    assert sum(step.minutes for step in pack.steps) < 420
    assert "minutes" in pack.missing[0]


def test_the_rule_of_another_exercice_is_never_a_key_point(make: Make) -> None:
    pack = make("contractualisation", 2022, audience="nouveaux agents")
    assert all(not p.exercices or 2022 in p.exercices for p in pack.points)
    assert all(2022 in role.told.exercices for role in pack.roles)


def test_a_date_that_another_replaced_is_shown_as_former_only(make: Make) -> None:
    pack = make("calendrier", 2020)
    assert "calendar:date-signature-2020-initiale" not in {e.told.id for e in pack.timeline}
    former = [p for p in pack.points if p.id == "calendar:date-signature-2020-initiale"]
    assert former and former[0].text.startswith("Prévu d'abord : première date limite")
    assert "(le 1er juillet 2020). Retenu ensuite : date limite" in former[0].text
    assert former[0].label == "Date limite de signature des contrats de 2020"


def test_a_conflict_is_a_teaching_point_with_its_sides(make: Make) -> None:
    pack = make("contractualisation", 2021, minutes=420)
    fought = [dispute for dispute in pack.disputes if dispute.sides]
    assert fought and all(len(d.sides) >= 2 and d.retain for d in fought)


def test_the_audience_changes_what_is_told_and_how(make: Make) -> None:
    agents = make("contractualisation", 2021, audience="nouveaux agents")
    elected = make("contractualisation", 2021, audience="élus")
    assert agents.points != elected.points
    assert [step.how for step in agents.steps] != [step.how for step in elected.steps]


def test_the_same_order_gives_the_same_pack(assistant: Assistant, index: Index) -> None:
    order = Order("accueil", AS_OF, minutes=30, seed=4)
    assert make_pack(assistant, index, order) == make_pack(assistant, index, order)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"theme": "tricot"}, "contractualisation"),
        ({"theme": "contractualisation", "exercice": 2012}, "2022"),
        ({"theme": "information-preoccupante", "exercice": 2022}, "ne se décline pas"),
        ({"theme": "ce-qui-change"}, "choisissez"),
        ({"theme": "contractualisation", "minutes": 20}, "30 à 420"),
        ({"question": "Quelle est la recette de la tarte aux pommes ?"}, "Reformulez"),
    ],
)
def test_what_cannot_be_made_is_refused_in_french(
    make: Make, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(InvalidRequest, match=said):
        make(**fields)


def test_progress_is_told(assistant: Assistant, index: Index) -> None:
    told: list[str] = []
    make_pack(assistant, index, Order("accueil", AS_OF), told.append)
    assert len(told) >= 4


@pytest.fixture(scope="module")
def fast_make(assistant: Assistant, index: Index) -> Make:
    """Makes packs with an assistant that answers each question once, whatever the audience."""
    answer = cache(lambda request: assistant.answer(request, recorded=False))

    class Held:  # hashable, as an assistant is
        entries = staticmethod(assistant.entries)

        def answer(self, request: Request, recorded: bool) -> Answer:
            return answer(request)

    held = cast(Assistant, Held())
    return lambda order: make_pack(held, index, order)


@pytest.fixture(scope="module")
def fault_of(assistant: Assistant, index: Index) -> Callable[[QuizItem], str]:
    """What is wrong with a quiz item today; each is looked at once."""
    return cache(Rechecker(assistant.entries(), index).fault)


@pytest.mark.long
@pytest.mark.parametrize("theme", list(themes()))
def test_every_audience_and_exercice_offered_of_a_theme_is_proved(
    theme: str,
    fast_make: Make,
    fault_of: Callable[[QuizItem], str],
    assistant: Assistant,
    index: Index,
) -> None:
    found, rechecker = [], cast(Rechecker, SimpleNamespace(fault=fault_of))
    years = exercices_of(themes()[theme], assistant.entries())
    offered: list[int | None] = [*years] if themes()[theme].compares else [None, *years]
    for exercice, audience, minutes in product(offered, AUDIENCES, (30, 60, 420)):
        pack = fast_make(Order(theme, AS_OF, exercice, audience, minutes))
        wrong = faults(pack, index) + quiz_faults(pack, rechecker)
        found += [f"{theme} {exercice} {minutes} {one}" for one in wrong]
    assert not found
