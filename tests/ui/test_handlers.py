from dataclasses import replace

import pytest

from corpus.errors import IndexMissing
from tests.ui.fakes import CIRCULAR_ID, CREDITS, TODAY, FakeAssistant, answered
from ui import chat_texts, texts
from ui.handlers import CorpusLine, Screen, ask, ask_again, empty_screen
from ui.markup import escape


def screens(fake: FakeAssistant, question: str, last: Screen | None = None) -> list[Screen]:
    exchanges = last.exchanges if last else ()
    return list(ask(fake, question, exchanges, today=lambda: TODAY))


def again(fake: FakeAssistant, change: str, last: Screen) -> list[Screen]:
    return list(ask_again(fake, change, last.exchanges, today=lambda: TODAY))


def test_a_step_shows_at_once_then_claims_then_the_answer() -> None:
    shown = screens(FakeAssistant(), "À quelle date ?")
    assert shown[0].status == texts.FIRST_STEP
    assert "À quelle date\u202f?" in shown[0].conversation
    assert [s.busy for s in shown] == [True] * (len(shown) - 1) + [False]
    assert escape(CREDITS)[:20] not in shown[2].conversation
    assert escape(CREDITS)[:20] in shown[4].conversation
    assert "href" not in shown[4].conversation
    assert 'href="#source-1-1"' in shown[-1].conversation
    assert 'id="source-1-1"' in shown[-1].sources
    assert shown[-1].follow_ups == answered().follow_ups
    assert shown[-1].question == ""


def test_the_conversation_grows_and_the_next_question_knows_it() -> None:
    fake = FakeAssistant()
    first = screens(fake, "Un ?")[-1]
    second = screens(fake, "Quelle liste ?", first)[-1]
    assert [e.number for e in second.exchanges] == [1, 2]
    assert "reponse-1" in second.conversation
    assert "reponse-2" in second.conversation
    (turn,) = fake.requests[1].history
    assert (turn.question, turn.answer_id, turn.exercices) == ("Un ?", "a1", (2021,))
    assert first.exchanges == second.exchanges[:1]


def test_only_the_masked_question_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeAssistant()
    monkeypatch.setattr(fake, "answer", lambda request: answered("Où vit [nom] ?"))
    last = screens(fake, "Où vit Kévin ?")[-1]
    assert "Kévin" not in repr(last)
    assert "[nom]" in last.conversation


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", texts.QUESTION_EMPTY),
        (" \n\x00", texts.QUESTION_EMPTY),
        ("a" * 2001, texts.QUESTION_LENGTH),
    ],
)
def test_a_question_of_wrong_length_comes_back(question: str, message: str) -> None:
    fake = FakeAssistant()
    (screen,) = screens(fake, question)
    assert screen.status == message
    assert screen.question == question.strip(" \n\x00")
    assert fake.requests == []
    assert not screen.busy


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (RuntimeError("Traceback secret"), texts.TECHNICAL_ERROR),
        (IndexMissing("Aucun index ici."), "Aucun index ici."),
    ],
)
def test_an_error_is_one_french_sentence(error: Exception, message: str) -> None:
    fake = FakeAssistant()
    before = screens(fake, "Un ?")[-1]
    fake.error = error
    last = screens(fake, "Deux ?", before)[-1]
    assert last.status == message
    assert escape(message) in last.conversation
    assert "secret" not in repr(last)
    assert last.question == "Deux ?"
    assert last.exchanges == before.exchanges
    assert not last.busy


def test_a_stream_that_ends_without_an_answer_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeAssistant()
    monkeypatch.setattr(fake, "events", lambda request: iter([("step", "Je cherche…")]))
    assert screens(fake, "Un ?")[-1].status == texts.TECHNICAL_ERROR


def test_strange_characters_crash_nothing() -> None:
    for screen in screens(FakeAssistant(), "hostile \ud800\x00\u202e ?"):
        screen.conversation.encode("utf-8")
        screen.sources.encode("utf-8")


def test_clearing_shows_the_first_page() -> None:
    screen = empty_screen(texts.CLEARED)
    assert escape(texts.WELCOME) in screen.conversation
    assert escape(texts.SOURCES_EMPTY) in screen.sources
    assert screen.exchanges == ()


def test_the_corpus_line_counts_documents_once() -> None:
    fake = FakeAssistant()
    corpus = CorpusLine(fake)
    line, banner = corpus.read()
    assert line == texts.corpus_line(1, 2, TODAY)
    assert banner is None
    fake.documents = None  # type: ignore[assignment,method-assign]
    assert corpus.read()[0] == line


def test_the_corpus_line_warns_when_search_is_lexical(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeAssistant(lexical=True)
    assert CorpusLine(fake).read()[1] == "Recherche par mots seulement."
    monkeypatch.setattr(
        fake, "health", lambda: {"status": "unavailable", "message": "Aucun index."}
    )
    assert CorpusLine(fake).read() == ("", "Aucun index.")
    monkeypatch.setattr(fake, "health", lambda: 1 / 0)
    assert CorpusLine(fake).read() == ("", texts.TECHNICAL_ERROR)


def test_a_long_conversation_keeps_its_latest_exchanges() -> None:
    fake = FakeAssistant()
    one = screens(fake, "Un ?")[-1].exchanges[0]
    many = Screen("", "", "", exchanges=tuple(replace(one, number=i) for i in range(1, 61)))
    last = screens(fake, "Encore ?", many)[-1]
    assert last.exchanges[-1].number == 61
    assert len(last.exchanges) == 51
    assert len(fake.requests[-1].history) == 20


def test_changing_the_frame_puts_the_last_question_again() -> None:
    fake = FakeAssistant()
    first = screens(fake, "Un ?")[-1]
    second = screens(fake, "Quels crédits en 2021 ?", first)[-1]
    assert "puce-exercices" in second.scope
    shown = again(fake, "exercices=2022", second)
    assert [s.busy for s in shown] == [True] * (len(shown) - 1) + [False]
    assert all(s.question is None for s in shown)
    assert [e.number for e in shown[-1].exchanges] == [1, 2]
    assert fake.requests[-1].exercices == (2022,)
    assert fake.requests[-1].question == "Quels crédits en 2022 ?"
    assert [turn.question for turn in fake.requests[-1].history] == ["Un ?"]
    assert chat_texts.field_is("exercices", "2022") in shown[-1].conversation


def test_a_frame_given_back_puts_the_question_as_it_was_asked() -> None:
    fake = FakeAssistant()
    first = screens(fake, "Quels crédits en 2021 ?")[-1]
    changed = again(fake, "exercices=2022", first)[-1]
    again(fake, "exercices=", changed)
    assert fake.requests[-1].question == "Quels crédits en 2021 ?"
    assert fake.requests[-1].exercices == ()


def test_restrictions_on_sources_outlast_the_question_until_removed() -> None:
    fake = FakeAssistant()
    without = again(fake, f"exclude={CIRCULAR_ID}", screens(fake, "Un ?")[-1])[-1]
    assert chat_texts.RESTRICTIONS_TITLE in without.scope
    following = screens(fake, "Deux ?", without)[-1]
    assert fake.requests[-1].exclude == (CIRCULAR_ID,)
    again(fake, f"-exclude={CIRCULAR_ID}", following)
    assert not fake.requests[-1].exclude


def test_a_frame_chosen_for_one_question_is_not_imposed_on_the_next() -> None:
    fake = FakeAssistant()
    chosen = again(fake, "departement=29", screens(fake, "Un ?")[-1])[-1]
    assert fake.requests[-1].departement == "29"
    screens(fake, "Deux ?", chosen)
    assert fake.requests[-1].departement is None


def test_a_change_that_fails_leaves_the_former_answer() -> None:
    fake = FakeAssistant()
    first = screens(fake, "Un ?")[-1]
    (refused,) = again(fake, "departement=999", first)
    assert (refused.exchanges, refused.scope) == (first.exchanges, first.scope)
    fake.error = RuntimeError("secret")
    last = again(fake, "cohort=2020", first)[-1]
    assert last.status == texts.TECHNICAL_ERROR
    assert (last.exchanges, last.scope) == (first.exchanges, first.scope)
    assert first.exchanges[0].answer_html in last.conversation


def test_a_change_after_the_server_forgot_says_so() -> None:
    fake = FakeAssistant()
    (screen,) = list(ask_again(fake, "exercices=2022"))
    assert screen.status == chat_texts.NOTHING_TO_RERUN
    assert screen.question is None
    assert fake.requests == []


def test_the_written_mode_is_asked_for_only_when_chosen() -> None:
    fake = FakeAssistant()
    list(ask(fake, "Un ?", today=lambda: TODAY, mode="written"))
    screens(fake, "Deux ?")
    assert [request.mode for request in fake.requests] == ["written", "extractive"]
