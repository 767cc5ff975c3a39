"""An opened index: never a changed byte, never another model, never a write into what it reads."""

import gc
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexBroken, IndexMismatch, IndexMissing, IndexUnusable
from ingest.index import (
    CURRENT_FILE,
    Filters,
    Index,
    current_generation,
    former_generations,
    open_generation,
)
from ingest.lexical import terms
from ingest.manifest import MANIFEST_FILE, Manifest, digests
from ingest.settings import Settings
from tests.fakes import FakeEmbeddings

QUESTIONS = ("signer le contrat", "crèche d'octobre", "PMI 2021", "bilan du préfet", "")


@pytest.fixture
def folder(published: Settings) -> Path:
    """The generation in service of a published index."""
    return current_generation(published.index_folder)


@pytest.fixture
def index(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    """That generation opened; its private copy goes to ``tmp_path/private``."""
    (tmp_path / "private").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "private"))
    return open_generation(folder, FakeEmbeddings())


def every_document(index: Index) -> frozenset[str]:
    """Ids of the documents of the index."""
    return frozenset(index.texts.document_ids)


def test_dense_search_gives_the_cosines_of_all_passages_best_first(index: Index) -> None:
    model = FakeEmbeddings()
    query = model.embed_query("signer le contrat départemental")
    rows = range(index.manifest.passages)
    texts = [index.texts.passage(row).indexed_text for row in rows]
    expected = model.encode_passages(texts) @ np.asarray(query, np.float32)
    found = index.dense(query, 1000, None)
    assert sorted(row for row, _similarity in found) == list(rows)
    assert [s for _row, s in found] == sorted((s for _row, s in found), reverse=True)
    assert all(abs(similarity - expected[row]) < 1e-4 for row, similarity in found)


def test_statements_are_found_by_document_and_start(index: Index) -> None:
    query = FakeEmbeddings().embed_query("bilan remis au préfet")
    found = index.statements(query, 10, None)
    document = index.texts.document("circulaire-essai")
    assert document is not None
    starts = {("circulaire-essai", a.start) for a in document.anchors}
    assert {(one.document_id, one.start) for one in found} == starts
    assert [one.similarity for one in found] == sorted((s.similarity for s in found), reverse=True)
    for one in found:
        passage = index.texts.passage(one.row)
        assert passage.document_id == one.document_id
        assert passage.start <= one.start < passage.end
    assert index.statements(query, 10, frozenset({"note"})) == []
    assert index.statements(query, 10, frozenset()) == []


def test_filters_restrict_and_never_widen(index: Index) -> None:
    allowed = index.allowed
    assert allowed(Filters()) is None
    assert allowed(Filters(kinds=("circulaire",))) == frozenset({"circulaire-essai"})
    assert allowed(Filters(exercices=(2021,), documents=("note",))) == frozenset()
    assert allowed(Filters(documents=("note", "absent"))) == frozenset({"note"})
    assert allowed(Filters(excluded=("note",))) == every_document(index) - {"note"}


def test_a_filtered_search_gives_only_allowed_passages(index: Index) -> None:
    allowed = frozenset({"note"})
    query = FakeEmbeddings().embed_query("crèche")
    documents = index.texts.passage_documents
    assert {documents[row] for row, _s in index.dense(query, 10, allowed)} == {"note"}
    scores = index.bm25(terms("crèche contrat"), allowed)
    assert {documents[row] for row in np.flatnonzero(scores >= 0)} == {"note"}
    assert index.dense(query, 10, frozenset()) == []


def test_twenty_searches_change_nothing_that_is_published(index: Index) -> None:
    before = digests(index.folder)
    for question in QUESTIONS * 4:
        query = FakeEmbeddings().embed_query(question)
        index.dense(query, 3, None)
        index.statements(query, 3, None)
        index.bm25(terms(question), None)
    index.close()
    assert digests(index.folder) == before


def test_files_published_read_only_are_copied_writable(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    (tmp_path / "private").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "private"))
    index = open_generation(folder, FakeEmbeddings())
    assert index.dense(FakeEmbeddings().embed_query("contrat"), 1, None)
    copies = [p for p in (tmp_path / "private").rglob("*") if p.is_file()]
    assert copies
    assert all(path.stat().st_mode & 0o200 for path in copies)
    index.close()


def test_two_readers_of_one_index_do_not_meet(folder: Path, index: Index) -> None:
    other = open_generation(folder, FakeEmbeddings())
    query = FakeEmbeddings().embed_query("contrat")
    assert index.dense(query, 3, None) == other.dense(query, 3, None)
    other.close()
    assert index.dense(query, 3, None)


def test_a_closed_or_forgotten_index_leaves_no_copy_and_no_open_file(
    folder: Path, index: Index, tmp_path: Path
) -> None:
    index.dense(FakeEmbeddings().embed_query("contrat"), 1, None)
    index.close()
    opened = len(os.listdir("/proc/self/fd"))
    for close in (True, False):
        other = open_generation(folder, FakeEmbeddings())
        other.dense(FakeEmbeddings().embed_query("contrat"), 1, None)
        if close:
            other.close()
        del other
        gc.collect()
    assert list((tmp_path / "private").iterdir()) == []
    assert len(os.listdir("/proc/self/fd")) <= opened + 1


@pytest.mark.parametrize("damage", ["flip", "cut", "grow", "remove"])
def test_any_damaged_file_breaks_the_index_on_opening(folder: Path, damage: str) -> None:
    names = [*Manifest.read(folder).files, MANIFEST_FILE]
    assert {"texts.sqlite", "chroma/chroma.sqlite3"} < set(names)
    for name in names:
        path = folder / name
        data = path.read_bytes()
        _mutilate(path, data, damage)
        if not path.exists() or path.read_bytes() != data:
            expected = IndexMissing if (name, damage) == (MANIFEST_FILE, "remove") else IndexBroken
            with pytest.raises(expected, match="reperes ingest"):
                open_generation(folder, FakeEmbeddings())
        path.write_bytes(data)
    open_generation(folder, FakeEmbeddings()).close()


def _mutilate(path: Path, data: bytes, damage: str) -> None:
    middle = len(data) // 2
    if damage == "remove":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(data[:middle])
    elif damage == "grow":
        path.write_bytes(data + b"\x00")
    elif data:
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :])


def test_another_format_is_a_mismatch(folder: Path) -> None:
    replace(Manifest.read(folder), index_format=99).write(folder)
    with pytest.raises(IndexMismatch, match="99"):
        open_generation(folder, FakeEmbeddings())


def test_vectors_of_another_model_of_the_same_dimension_are_a_mismatch(folder: Path) -> None:
    with pytest.raises(IndexMismatch, match=r"fake.*autre"):
        open_generation(folder, FakeEmbeddings("autre", "fake-2"))


def test_without_a_model_the_index_still_answers_by_words(folder: Path) -> None:
    index = open_generation(folder, None)
    scores = index.bm25(terms("crèche"), None)
    assert index.texts.passage(int(scores.argmax())).document_id == "fiche/deux"
    assert index.statements([0.0] * 32, 3, None) == []
    index.close()


def test_a_folder_where_nothing_was_published_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="reperes ingest"):
        current_generation(tmp_path / "absent")


@pytest.mark.parametrize("text", ["", "../ailleurs", "..", ".building-x", "/etc"])
def test_a_mutilated_pointer_is_broken_and_leads_nowhere(tmp_path: Path, text: str) -> None:
    (tmp_path / CURRENT_FILE).write_text(text)
    with pytest.raises(IndexBroken, match="abîmé"):
        current_generation(tmp_path)


def test_a_pointer_to_nothing_is_unusable_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / CURRENT_FILE).write_bytes(b"\x00\xff")
    with pytest.raises(IndexUnusable):
        open_generation(current_generation(tmp_path), None)
    (tmp_path / CURRENT_FILE).write_text("absent")
    with pytest.raises(IndexUnusable):
        open_generation(current_generation(tmp_path), None)


def test_former_generations_are_complete_and_newest_first(folder: Path) -> None:
    index_folder = folder.parent
    new, old, unfinished = (letter * 32 for letter in "abc")
    for age, name in enumerate((new, old, ".building-x", "autre-logiciel", unfinished), 1):
        shutil.copytree(folder, index_folder / name)
        os.utime(index_folder / name, (1e9 - age, 1e9 - age))
    (index_folder / unfinished / MANIFEST_FILE).unlink()
    os.utime(index_folder / unfinished, (2e9, 2e9))
    names = [f.name for f in former_generations(index_folder, folder)]
    assert names == [new, old]
