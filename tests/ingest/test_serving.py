"""The index in service: it follows publications and falls back instead of failing."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.errors import IndexBroken, IndexMissing, ModelUnavailable
from ingest import serving
from ingest.index import CURRENT_FILE, current_generation, open_generation
from ingest.lexical import terms
from ingest.pipeline import ingest
from ingest.serving import Service
from ingest.settings import Settings
from tests.fakes import FakeEmbeddings

Serve = Callable[[Settings, FakeEmbeddings], Service]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    """A service whose settings load that model."""

    def start(settings: Settings, model: FakeEmbeddings) -> Service:
        monkeypatch.setattr(serving, "load_embeddings", lambda _settings: model)
        return Service(settings)

    return start


@pytest.fixture
def twice(corpus: Path, settings: Settings) -> Settings:
    """A lexical index with a current and a former generation."""
    ingest([corpus], settings, None)
    (corpus / "note.md").write_text("# Note\n\nUn tambourin.\n", encoding="utf-8")
    ingest([corpus], settings, None)
    return settings


def mutilate(folder: Path) -> None:
    """Flips a bit of the texts."""
    path = folder / "texts.sqlite"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_the_index_stays_open_while_nothing_is_published(published: Settings, serve: Serve) -> None:
    service = serve(published, FakeEmbeddings())
    with ThreadPoolExecutor(8) as pool:
        indexes = list(pool.map(lambda _n: service.index(), range(16)))
    assert len({id(index) for index in indexes}) == 1
    assert indexes[0].embeddings is not None
    assert service.fault is None


def test_a_new_publication_is_opened_and_the_former_index_still_answers(
    corpus: Path, settings: Settings
) -> None:
    ingest([corpus], settings, None)
    service = Service(settings)
    before = service.index()
    (corpus / "note.md").write_text("# Note\n\nUn tambourin.\n", encoding="utf-8")
    ingest([corpus], settings, None)
    after = service.index()
    assert after.bm25(terms("tambourin"), None).max() > 0
    assert before.bm25(terms("tambourin"), None).max() == 0
    assert before.texts.passage(0).text
    assert service.fault is None


def test_a_mutilated_generation_gives_way_to_the_former_one(twice: Settings) -> None:
    current = current_generation(twice.index_folder)
    mutilate(current)
    service = Service(twice)
    assert service.index().folder != current
    assert service.fault is not None
    assert "abîmé" in service.fault
    assert service.index().bm25(terms("contrat"), None).max() > 0


def test_a_mutilated_pointer_gives_way_to_a_complete_generation(twice: Settings) -> None:
    current = current_generation(twice.index_folder)
    (twice.index_folder / CURRENT_FILE).write_text("..")
    service = Service(twice)
    assert service.index().folder == current
    assert "reperes ingest" in (service.fault or "")


def test_a_fault_is_forgotten_once_the_index_is_mended(twice: Settings) -> None:
    mutilate(current_generation(twice.index_folder))
    service = Service(twice)
    service.index()
    time.sleep(0.02)
    ingest([], twice, None)
    assert service.index().folder == current_generation(twice.index_folder)
    assert service.fault is None


def test_without_its_model_the_server_answers_by_words_and_says_so(
    published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_settings: Settings) -> None:
        raise ModelUnavailable("Le modèle manque : REPERES_EMBEDDING_MODEL.")

    monkeypatch.setattr(serving, "load_embeddings", missing)
    service = Service(published)
    assert service.index().embeddings is None
    assert service.fault == "Le modèle manque : REPERES_EMBEDDING_MODEL."


def test_a_model_that_does_not_load_gives_an_index_by_words(
    published: Settings, serve: Serve
) -> None:
    class Broken(FakeEmbeddings):
        @property
        def digest(self) -> str:
            raise ModelUnavailable("Le modèle ne se charge pas.")

    service = serve(published, Broken())
    assert service.index().embeddings is None
    assert service.fault == "Le modèle ne se charge pas."


def test_vectors_of_another_model_are_not_used(published: Settings, serve: Serve) -> None:
    service = serve(published, FakeEmbeddings("autre", "fake-2"))
    assert service.index().embeddings is None
    assert "autre" in (service.fault or "")


def test_a_lexical_index_is_no_fault_when_it_was_asked_for(twice: Settings) -> None:
    service = Service(twice)
    assert service.index().embeddings is None
    assert service.fault is None


def test_nothing_published_is_missing_until_something_is(corpus: Path, settings: Settings) -> None:
    service = Service(settings)
    with pytest.raises(IndexMissing, match="reperes ingest"):
        service.index()
    ingest([corpus], settings, None)
    assert service.index().manifest.documents == 5


def test_when_every_generation_is_mutilated_the_error_is_known(twice: Settings) -> None:
    for manifest in twice.index_folder.glob("*/manifest.json"):
        mutilate(manifest.parent)
    with pytest.raises(IndexBroken):
        Service(twice).index()


def test_a_generation_removed_under_a_reader_does_not_stop_it(twice: Settings) -> None:
    former = open_generation(current_generation(twice.index_folder), None)
    for number in range(2):
        path = twice.index_folder.parent / "corpus" / "note.md"
        path.write_text(f"# Note\n\nVersion {number}.\n", encoding="utf-8")
        ingest([path], twice, None)
    assert not former.folder.exists()
    assert former.bm25(terms("tambourin"), None).max() > 0
    assert former.texts.passage(0).text
    former.close()
