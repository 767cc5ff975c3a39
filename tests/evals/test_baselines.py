"""The baselines over a tiny index: answers of the contract, exact quotes, the right sections."""

from collections.abc import Iterator
from typing import Any

import pytest

from corpus.errors import InvalidRequest
from evals.assistants import Evaluated
from evals.baselines import CHUNK_CHARS, Lexical, Quickstart, sections_of
from evals.grounding import ground
from evals.scoring import score_all
from ingest.index import Index, current_generation, open_generation
from ingest.settings import Settings
from tests.evals.answers import a_case, outcome
from tests.fakes import FakeEmbeddings

QUESTION = "Combien reçoit la protection maternelle et infantile en 2021 ?"


@pytest.fixture
def index(published: Settings) -> Iterator[Index]:
    opened = open_generation(current_generation(published.index_folder), FakeEmbeddings())
    yield opened
    opened.close()


@pytest.fixture(params=["quickstart", "bm25"])
def baseline(request: Any, index: Index, published: Settings) -> Evaluated:
    return Quickstart(index, published.cache) if request.param == "quickstart" else Lexical(index)


def test_the_passages_are_the_answer_and_cite_themselves(baseline: Evaluated, index: Index) -> None:
    answer = baseline.answer(a_case(question=QUESTION)).answer
    assert (answer["status"], answer["refusal"]) == ("answered", None)
    assert 1 <= len(answer["claims"]) <= 4
    assert [claim["citations"] for claim in answer["claims"]] == [
        [citation["n"]] for citation in answer["citations"]
    ]
    for citation in answer["citations"]:
        document = index.texts.document(citation["document_id"])
        assert document is not None
        assert document.text[citation["start"] : citation["end"]] == citation["quote"]


def test_its_answer_has_the_fields_of_the_products(baseline: Evaluated, index: Index) -> None:
    case = a_case(question=QUESTION, expected=(("12 millions d'euros",),))
    given = baseline.answer(case)
    scores = score_all(case, outcome(given.answer, given.retrieved), ground(index))
    assert scores["vital_recall"].value == 1
    assert scores["validity"].value == 1


def test_it_tells_the_sections_that_it_found(baseline: Evaluated) -> None:
    given = baseline.answer(a_case(question=QUESTION))
    assert given.retrieved is not None
    assert ("note", "Financement") in given.retrieved
    assert len(set(given.retrieved)) == len(given.retrieved) <= 10


def test_the_vectors_of_its_chunks_come_from_the_cache(index: Index, published: Settings) -> None:
    Quickstart(index, published.cache)
    model: Any = index.embeddings
    computed = len(model.encoded)
    Quickstart(index, published.cache)
    assert computed > 0
    assert len(model.encoded) == computed


def test_chunks_are_no_longer_than_the_quickstarts(index: Index, published: Settings) -> None:
    answer = Quickstart(index, published.cache).answer(a_case(question=QUESTION)).answer
    assert max(len(citation["quote"]) for citation in answer["citations"]) <= CHUNK_CHARS


def test_the_quickstart_needs_a_model(published: Settings) -> None:
    lexical = open_generation(current_generation(published.index_folder), None)
    with pytest.raises(InvalidRequest, match="pas de vecteurs"):
        Quickstart(lexical, published.cache)


def test_a_span_that_begins_in_a_heading_belongs_to_the_section_it_opens(index: Index) -> None:
    document = index.texts.document("note")
    assert document is not None
    at = document.text.index("Financement")
    (section,) = sections_of(document, at, at + 4)
    assert section.heading_path[-1] == "Financement"
    assert len(sections_of(document, 0, len(document.text))) == len(document.sections)
