"""The published texts: documents and passages come back as they went in."""

import sqlite3
from pathlib import Path

import pytest

from corpus.types import Document, Passage
from ingest.chunking import passages
from ingest.documents import make_document
from ingest.reading import read
from ingest.texts import Texts, write_texts
from tests.conftest import CARD, NOTE

Published = tuple[Texts, list[Document], list[Passage]]


@pytest.fixture
def published(tmp_path: Path) -> Published:
    (card,) = read("circulaire-essai.md", CARD.encode()).contents
    (note,) = read("note.md", NOTE.replace("Note", "Note 𝒜 é").encode()).contents
    documents = [
        make_document("circulaire-essai", "circulaire-essai.md", card, ours=True),
        make_document("dossier/note", "note.md", note),
    ]
    cut = [p for d in documents for p in passages(d)]
    write_texts(tmp_path / "texts.sqlite", documents, cut)
    return Texts(tmp_path / "texts.sqlite"), documents, cut


def test_documents_come_back_whole(published: Published) -> None:
    texts, documents, _cut = published
    assert texts.document_ids == ("circulaire-essai", "dossier/note")
    assert [texts.document(d) for d in texts.document_ids] == documents
    assert documents[0].anchors
    assert texts.kinds["circulaire-essai"] == "circulaire"
    assert texts.exercices == {"circulaire-essai": (2021,), "dossier/note": ()}


def test_passages_come_back_by_row(published: Published) -> None:
    texts, _documents, cut = published
    assert [texts.passage(row) for row in range(len(cut))] == cut
    assert texts.passage_ids() == [p.passage_id for p in cut]


def test_a_passage_is_its_span_of_the_document_in_code_points(published: Published) -> None:
    texts, _documents, cut = published
    for passage in cut:
        document = texts.document(passage.document_id)
        assert document is not None
        assert document.text[passage.start : passage.end] == passage.text


def test_every_character_of_a_passage_leads_back_to_it(published: Published) -> None:
    texts, _documents, cut = published
    for passage in cut:
        for offset in (passage.start, passage.end - 1):
            assert texts.passage_at(passage.document_id, offset) == passage


def test_a_document_is_found_by_its_own_number(published: Published) -> None:
    assert published[0].references == {"2021/25": ("circulaire-essai",)}


def test_passages_that_only_state_ignorance_are_told(tmp_path: Path) -> None:
    card = (
        CARD
        + "\n## Ce qui n'est pas établi\n\nLe montant local n'est pas connu. <!-- N1 unknown -->\n"
    )
    (content,) = read("circulaire-essai.md", card.encode()).contents
    document = make_document("circulaire-essai", "circulaire-essai.md", content, ours=True)
    cut = passages(document)
    write_texts(tmp_path / "texts.sqlite", [document], cut)
    texts = Texts(tmp_path / "texts.sqlite")
    (row,) = texts.ignorance
    assert texts.passage(row).text == "Le montant local n'est pas connu."


def test_what_is_not_there_is_none(published: Published) -> None:
    assert published[0].document("absent") is None


def test_published_texts_cannot_be_written(published: Published) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        published[0]._rows("DELETE FROM passages")
