"""How an assistant is asked a case: its crash or its slowness is an outcome, never an exception."""

import threading

import pytest

from corpus.errors import IndexMissing
from evals.assistants import Product, attempt, first_places
from ingest.index import Index, current_generation, open_generation
from ingest.pipeline import ingest
from ingest.settings import Settings
from tests.evals.answers import a_case, saying
from tests.evals.evaluated import FakeEvaluated

NOTE = """# Note

## Calendrier

En 2021, tous les contrats sont signés au plus tard le 30 septembre 2021.

En 2020, tous les contrats sont signés au plus tard le 15 octobre 2020.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("note")
    (folder / "note.md").write_text(NOTE, encoding="utf-8")
    settings = Settings(index=folder / "index", embedding_model="none")
    ingest([folder / "note.md"], settings, None)
    return open_generation(current_generation(settings.index_folder), None)


def test_an_answer_comes_with_the_time_that_the_assistant_took() -> None:
    answer = saying("Avant le 30 septembre 2021.")
    outcome = attempt(FakeEvaluated(answer), a_case())
    assert (outcome.case_id, outcome.answer, outcome.error) == ("q1", answer, None)
    assert outcome.elapsed_ms == 12.0


def test_a_crash_is_an_error_outcome() -> None:
    outcome = attempt(FakeEvaluated(ZeroDivisionError("par zéro")), a_case())
    assert outcome.answer is None
    assert outcome.error == "L'assistant a échoué : ZeroDivisionError (par zéro)."


def test_a_known_error_is_told_in_its_own_words() -> None:
    outcome = attempt(FakeEvaluated(IndexMissing("Aucun index.")), a_case())
    assert (outcome.answer, outcome.error) == (None, "Aucun index.")


def test_a_case_over_its_time_is_an_error_outcome() -> None:
    never = threading.Event()
    outcome = attempt(FakeEvaluated(never.wait), a_case(), limit_s=0.05)
    never.set()
    assert (outcome.answer, outcome.error) == (None, "Pas de réponse en 0.05 s.")
    assert outcome.elapsed_ms >= 50


def test_an_interruption_goes_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        attempt(FakeEvaluated(KeyboardInterrupt()), a_case())


def test_the_ten_first_places_are_kept_each_once() -> None:
    places = [("note", str(n // 2)) for n in range(40)]
    assert first_places(places) == tuple(("note", str(n)) for n in range(10))


def test_the_product_answers_and_tells_where_it_looked(index: Index) -> None:
    given = Product(index).answer(a_case(question="Avant quelle date signer en 2021 ?"))
    assert given.answer["case_id"] == "q1"
    assert "30 septembre 2021" in given.answer["text"]
    assert given.retrieved == (("note", "Calendrier"),)
    assert given.elapsed_ms > 0


def test_a_follow_up_is_asked_after_its_former_questions(index: Index) -> None:
    product = Product(index)
    history = ("Avant quelle date les contrats sont-ils signés en 2021 ?",)
    alone = product.answer(a_case(question="et en 2020 ?"))
    after = product.answer(a_case(question="et en 2020 ?", history=history))
    assert "15 octobre 2020" not in alone.answer["text"]
    assert "15 octobre 2020" in after.answer["text"]


def test_the_setup_names_the_corpus_and_the_model(index: Index) -> None:
    setup = Product(index).setup
    assert setup["corpus_digest"] == index.manifest.corpus_digest
    assert setup["embedding_model"] is None
