"""Search over the shipped corpus, and LangChain's retriever."""

from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from assistant.retrieval import PassageRetriever, search
from corpus.errors import InvalidRequest
from ingest.index import Filters, Index

pytestmark = pytest.mark.model

QUESTION = "date limite de signature des contrats de 2021"


@pytest.mark.parametrize("retrieval", ["hybrid", "dense", "lexical"])
def test_hits_come_best_first_and_quote_their_document(index: Index, retrieval: Any) -> None:
    hits = search(index, QUESTION, 5, retrieval=retrieval)
    assert len(hits) == 5 and [h.score for h in hits] == sorted(h.score for h in hits)[::-1]
    for hit in hits:
        document = index.texts.document(hit.passage.document_id)
        assert document and document.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_the_same_search_gives_the_same_hits(index: Index) -> None:
    assert search(index, QUESTION, 30) == search(index, QUESTION, 30)


def test_an_official_number_finds_its_text_first(index: Index) -> None:
    for wording in ("2021/25", "DGCS/SD2B/DGS/SP1/2021/25", "circulaire n° 2021 / 25"):
        assert search(index, wording, 1)[0].passage.document_id == "circulaire-2021-25"


@pytest.mark.parametrize("query", ["", "   ", "\x00\u200b"])
def test_an_empty_query_finds_nothing(index: Index, query: str) -> None:
    assert search(index, query, 5) == []


@pytest.mark.parametrize(
    "filters",
    [Filters(kinds=("aucun",)), Filters(documents=("absent",)), Filters(exercices=(2015,)),
     Filters(documents=("cher-2020-02-15",), excluded=("cher-2020-02-15",))],
)  # fmt: skip
def test_filters_never_fail_open(index: Index, filters: Filters) -> None:
    for retrieval in ("hybrid", "dense", "lexical"):
        assert search(index, QUESTION, 5, filters, retrieval) == []  # type: ignore[arg-type]


def test_filters_hold_for_every_hit(index: Index) -> None:
    hits = search(index, QUESTION, 100, Filters(exercices=(2021,), kinds=("presse",)))
    assert hits
    for hit in hits:
        assert index.texts.kinds[hit.passage.document_id] == "presse"
        assert 2021 in index.texts.exercices[hit.passage.document_id]


def test_a_dense_search_without_vectors_is_refused(lexical_index: Index) -> None:
    with pytest.raises(InvalidRequest, match="lexical"):
        search(lexical_index, QUESTION, 5, retrieval="dense")


def test_a_hybrid_search_without_vectors_is_lexical(lexical_index: Index) -> None:
    assert search(lexical_index, QUESTION, 5) == search(
        lexical_index, QUESTION, 5, retrieval="lexical"
    )


def test_the_retriever_gives_langchain_documents(index: Index) -> None:
    found = PassageRetriever(index=index, k=3).invoke(QUESTION)
    assert len(found) == 3 and all(isinstance(one, Document) for one in found)
    assert found[0].metadata.keys() == {
        "passage_id", "document_id", "title", "locator", "start", "end", "score",
    }  # fmt: skip
    assert [one.id for one in found] == [h.passage.passage_id for h in search(index, QUESTION, 3)]


def test_the_retriever_drops_into_a_chain(index: Index) -> None:
    seen: list[str] = []

    def joined(found: list[Document]) -> str:
        seen.extend(one.metadata["document_id"] for one in found)
        return "\n".join(one.page_content for one in found)

    chain = (
        {"context": PassageRetriever(index=index, k=2) | RunnableLambda(joined),
         "question": RunnablePassthrough()}
        | ChatPromptTemplate.from_template("{context}\n\n{question}")
        | FakeListChatModel(responses=["Le 30 septembre 2021."])
        | StrOutputParser()
    )  # fmt: skip
    assert chain.invoke(QUESTION) == "Le 30 septembre 2021." and len(seen) == 2


def test_the_retriever_keeps_its_filters(index: Index) -> None:
    retriever = PassageRetriever(index=index, filters=Filters(documents=("absent",)))
    assert retriever.invoke(QUESTION) == [] and retriever.batch([QUESTION]) == [[]]
