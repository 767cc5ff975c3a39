from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.answer import Answer, Claim, Request
from corpus.asked import statement_key
from corpus.errors import IndexUnusable
from corpus.registry import Deadline, Funding
from tests.ui.fakes import CIRCULAR_ID, DEADLINE, TODAY, FakeAssistant, answered, refused
from ui.examples import NEEDS, Examples, candidates

GOOD = [f"À quelle date l'avenant numéro {n} doit-il être signé ?" for n in range(6)]
POOR = [
    "Quand ?",
    "avenant 2021 date limite de signature ?",
    "Quand est-ce qu'on signe l'avenant ?",
    "Quel département a signé son avenant à cette date-là ?",
    "Qui touche 2,70 millions d'euros à la date de signature ?",
    "Qui signe l'avenant pour le compte de l'État ?",
    "Quelle date limite figure à l'avenant, et au profit de qui ?",
    "Quelle source donne la date de signature de l'avenant ?",
]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    """An assistant whose register of deadlines has one statement, asked about in a dozen ways."""

    def asked(document_id: str) -> Mapping[str, tuple[str, ...]]:
        known = {statement_key(DEADLINE): (*POOR, *GOOD)}
        return known if document_id == CIRCULAR_ID else {}

    monkeypatch.setattr("ui.examples.read_asked", asked)
    made = FakeAssistant()
    unit = SimpleNamespace(document=made.document(CIRCULAR_ID), text=DEADLINE)
    made.registers.rows[Deadline] = (SimpleNamespace(units=(unit,)),)
    return made


def test_candidates_are_short_and_well_formed(fake: FakeAssistant) -> None:
    registers: Any = fake.entries()
    when, *_rest = NEEDS
    assert list(candidates(registers, when)) == [(q, DEADLINE, CIRCULAR_ID) for q in GOOD]
    assert [q for need in NEEDS if need[0] is Funding for q in candidates(registers, need)] == []


def test_an_example_lasts_a_day_and_changes(fake: FakeAssistant) -> None:
    days = [date(2026, 11, day) for day in range(1, 29)]
    shown = [Examples(fake, lambda day=day: day).read() for day in days]  # type: ignore[misc]
    assert Examples(fake, lambda: days[0]).read() == shown[0]
    assert all(len(one) == 1 and one[0] in GOOD for one in shown)
    assert len(set(shown)) > 1


def test_the_draw_is_made_once_a_day(fake: FakeAssistant) -> None:
    examples = Examples(fake, lambda: TODAY)
    assert examples.read() == examples.read()
    assert len(fake.requests) == 1


def test_only_what_is_answered_with_its_source_is_shown(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(request: Request, *, recorded: bool = True) -> Answer:
        assert not recorded
        question = request.question
        return answered(question) if question == GOOD[3] else refused(question)

    monkeypatch.setattr(fake, "answer", answer)
    assert Examples(fake, lambda: TODAY).read() == (GOOD[3],)


@pytest.mark.parametrize(
    "first",
    [
        replace(answered().claims[0], citations=(2,)),
        replace(answered().claims[0], text="délai de signature : septembre 2021."),
    ],
)
def test_an_example_is_answered_first_by_its_statement_in_a_whole_sentence(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch, first: Claim
) -> None:
    answer = replace(answered(), claims=(first, *answered().claims))
    monkeypatch.setattr(fake, "answer", lambda request, recorded: answer)
    assert Examples(fake, lambda: TODAY).read() == ()


def test_a_corpus_without_proofs_has_no_example() -> None:
    assert Examples(FakeAssistant(), lambda: TODAY).read() == ()


def test_a_broken_index_leaves_the_page_without_examples(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> dict[str, Any]:
        raise IndexUnusable("Aucun index.")

    monkeypatch.setattr(fake, "health", broken)
    assert Examples(fake, lambda: TODAY).read() == ()
