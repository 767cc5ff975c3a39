"""The embedding cache: nothing is computed twice, and a broken file only costs time."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelUnavailable, ReperesError
from ingest import embedding_cache
from ingest.embedding import (
    QUESTION_TOKENS,
    PackedE5Embeddings,
    SentenceTransformerEmbeddings,
    Vectors,
    _shortened,
)
from ingest.embedding_cache import EmbeddingCache
from tests.fakes import FakeEmbeddings

TEXTS = ["le contrat", "la circulaire du 1er avril", "le bilan d'exécution"]
OPEN_TWICE = """
import sys
from pathlib import Path
from ingest.embedding_cache import EmbeddingCache
from tests.fakes import FakeEmbeddings
cache = EmbeddingCache(Path(sys.argv[1]))
for start in range(0, 400, 20):
    cache.encode(FakeEmbeddings(), [f"texte {n}" for n in range(start, start + 20)])
"""


def encoded(folder: Path, model: FakeEmbeddings, texts: list[str]) -> tuple[Vectors, int]:
    """What a cache that has just been opened gives."""
    cache = EmbeddingCache(folder)
    try:
        return cache.encode(model, texts)
    finally:
        cache.close()


def test_a_second_encoding_computes_nothing_and_gives_the_same_vectors(tmp_path: Path) -> None:
    first, computed = encoded(tmp_path, FakeEmbeddings(), TEXTS)
    again = FakeEmbeddings()
    second, recomputed = encoded(tmp_path, again, TEXTS)
    assert (computed, recomputed, again.encoded) == (3, 0, [])
    assert np.array_equal(first, second)


def test_vectors_come_back_in_the_order_of_the_texts(tmp_path: Path) -> None:
    encoded(tmp_path, FakeEmbeddings(), TEXTS[1:])
    vectors, computed = encoded(tmp_path, FakeEmbeddings(), TEXTS)
    assert computed == 1
    assert np.array_equal(vectors, FakeEmbeddings().encode_passages(TEXTS))


def test_another_model_shares_nothing(tmp_path: Path) -> None:
    encoded(tmp_path, FakeEmbeddings(), TEXTS)
    assert encoded(tmp_path, FakeEmbeddings(digest="fake-2"), TEXTS)[1] == len(TEXTS)


def test_a_file_that_is_no_database_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "embeddings.sqlite").write_bytes(b"nothing of the kind" * 500)
    assert encoded(tmp_path, FakeEmbeddings(), TEXTS)[1] == len(TEXTS)
    assert (tmp_path / "embeddings.broken").is_file()
    assert encoded(tmp_path, FakeEmbeddings(), TEXTS)[1] == 0


def test_pages_broken_behind_a_sound_header_are_set_aside_too(tmp_path: Path) -> None:
    texts = [f"texte {n}" for n in range(200)]
    encoded(tmp_path, FakeEmbeddings(), texts)
    path = tmp_path / "embeddings.sqlite"
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xaa" * (len(data) - 4096))
    vectors, computed = encoded(tmp_path, FakeEmbeddings(), texts)
    assert computed == len(texts)
    assert np.isfinite(vectors).all()


def test_an_interruption_keeps_the_batches_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_cache, "COMMIT_TEXTS", 2)
    interrupted = FakeEmbeddings()
    interrupted.fail_after = 1
    with pytest.raises(KeyboardInterrupt):
        encoded(tmp_path, interrupted, TEXTS)
    assert encoded(tmp_path, FakeEmbeddings(), TEXTS)[1] == 1


def test_progress_adds_up_to_the_number_of_texts(tmp_path: Path) -> None:
    encoded(tmp_path, FakeEmbeddings(), TEXTS[:1])
    done: list[int] = []
    cache = EmbeddingCache(tmp_path)
    cache.encode(FakeEmbeddings(), TEXTS, done.append)
    cache.close()
    assert sum(done) == len(TEXTS)


def test_a_file_held_by_another_program_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded(tmp_path, FakeEmbeddings(), TEXTS)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, timeout: connect(path, timeout=0.05))
    holder = connect(tmp_path / "embeddings.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(ReperesError, match="REPERES_CACHE"):
        encoded(tmp_path, FakeEmbeddings(digest="fake-2"), TEXTS)
    holder.close()
    assert not (tmp_path / "embeddings.broken").exists()
    assert encoded(tmp_path, FakeEmbeddings(), TEXTS)[1] == 0


def test_two_processes_may_fill_a_new_cache_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPEN_TWICE, str(tmp_path)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    errors = [child.communicate(timeout=60)[1] for child in both]
    assert errors == ["", ""]
    assert encoded(tmp_path, FakeEmbeddings(), [f"texte {n}" for n in range(400)])[1] == 0


def test_langchain_s_interface_gives_lists_of_floats() -> None:
    model = FakeEmbeddings()
    rows = model.embed_documents(TEXTS)
    assert len(rows) == len(TEXTS)
    assert all(isinstance(value, float) for value in [*rows[0], *model.embed_query("contrat")])
    assert model.embed_documents([]) == []


def test_a_folder_that_is_no_model_is_unavailable_in_french(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    model = SentenceTransformerEmbeddings(str(tmp_path))
    with pytest.raises(ModelUnavailable, match="REPERES_EMBEDDING_MODEL"):
        model.embed_query("contrat")


@pytest.mark.model
@pytest.mark.parametrize("text", ["é" * 2_000, "? " * 1_000, "\u0301" * 1_900])
def test_a_question_of_many_tokens_is_read_by_its_ends(text: str, tmp_path: Path) -> None:
    model = PackedE5Embeddings(tmp_path)
    engine = model._engines.get()
    assert engine.token_count(_shortened(text, engine), True) <= QUESTION_TOKENS
    short = "Quelle est la date limite ?"
    assert _shortened(short, engine) == short
