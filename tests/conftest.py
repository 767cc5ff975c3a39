"""What all tests share: their own environment, a tiny corpus and its index, the shipped index."""

import fcntl
import json
import os
import shutil
import threading
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from ingest import adding
from ingest.embedding import load_embeddings
from ingest.parsing import Parser
from ingest.pipeline import ingest
from ingest.serving import Service
from ingest.settings import Settings
from tests.fakes import FakeEmbeddings

NOTE = """# Note sur les contrats

Le contrat départemental est signé avant le 30 septembre 2021.

## Financement

La protection maternelle et infantile reçoit 12 millions d'euros en 2021.
"""
CARD = """+++
title = "Circulaire d'essai n° 2021/25"
kind = "circulaire"
authority = "circulaire"
number = "DGCS/ESSAI/2021/25"
exercices = [2021]
checked_on = 2026-11-21

[sources.A1]
publisher = "Journal d'essai"
evidence = "press"
url = "https://journal.example/1"

[anchors]
F001 = ["A1"]
F002 = ["A1"]
+++
# Circulaire n° DGCS/ESSAI/2021/25 du 2 mars 2021 relative au plan d'action
Le ministre des solidarités et de la santé à Mesdames et Messieurs les préfets de département

Date d'application : immédiate
## Que doit contenir le contrat ?
Le contrat comprend un plan d'action. <!-- F001 single press -->
Le bilan est remis au préfet. <!-- F002 single press -->
"""
RECORDS = [
    {"_id": "fiche/un", "title": "Fiche un", "text": "Le relais accueille les familles le lundi."},
    {"_id": "fiche/deux", "title": "Fiche deux", "text": "La crèche ouvre ses portes en octobre."},
    {"title": "Sans identifiant", "text": "La halte-garderie ferme en août."},
]
_VECTORS: dict[str, list[float]] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--resume FILE``: leaves out the tests listed there, and lists those that pass."""
    parser.addoption("--resume", type=Path, help="fichier des tests déjà passés")


def pytest_configure() -> None:
    """No example has a deadline: it counts the wall's time, which busy workers lengthen.

    What must be quick is measured by processor time (``tests/timing.py``).
    """
    hypothesis.settings.register_profile("suite", deadline=None)
    hypothesis.settings.load_profile("suite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what an interrupted run of the full counts has already passed."""
    file: Path | None = config.getoption("--resume")
    if file is not None and file.exists():
        passed = set(file.read_text(encoding="utf-8").splitlines())
        config.hook.pytest_deselected(items=[i for i in items if i.nodeid in passed])
        items[:] = [item for item in items if item.nodeid not in passed]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Lists a test that passed."""
    report = yield
    file: Path | None = item.config.getoption("--resume")
    if file is not None and report.when == "call" and report.passed:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as passed:
            passed.write(f"{item.nodeid}\n")
    return report


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the deployer's index or model."""
    for name in ("INDEX", "EMBEDDING_MODEL", "CACHE", "RECORDS"):
        monkeypatch.delenv(f"REPERES_{name}", raising=False)


class KeptParser(Parser):
    """A reader of files whose process serves one ingest after another, as it serves their files."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Lock()

    def __exit__(self, *_: object) -> None:
        """Stays open, for the next ingest."""
        self.free.release()


@pytest.fixture(scope="session", autouse=True)
def _kept_parser() -> Iterator[None]:
    """Ingests of this process share a reader: its start is most of a small ingest's time.

    An ingest beside another one has its own.
    """
    kept = KeptParser()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding, "Parser", lambda: kept if kept.free.acquire(False) else Parser())
        yield
    kept.close()


def write_corpus(folder: Path) -> Path:
    """Three files (a note, a card with anchors, three records) in a new folder."""
    folder.mkdir(parents=True)
    (folder / "note.md").write_text(NOTE, encoding="utf-8")
    (folder / "circulaire-essai.md").write_text(CARD, encoding="utf-8")
    lines = [json.dumps(record, ensure_ascii=False) for record in RECORDS]
    (folder / "fiches.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def settings_in(folder: Path, model: str = "none") -> Settings:
    """Settings whose index and cache stand in ``folder``."""
    return Settings(index=folder / "index", cache=folder / "cache", embedding_model=model)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of three files to ingest."""
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Lexical settings: no vectors, no model."""
    return settings_in(tmp_path)


@pytest.fixture(scope="session")
def _published(run_folder: Path) -> Path:
    folder = run_folder / "published"
    corpus = folder / "corpus"
    built_once(
        folder, lambda: ingest([write_corpus(corpus)], settings_in(folder), FakeEmbeddings())
    )
    return folder


@pytest.fixture
def published(_published: Path, tmp_path: Path) -> Settings:
    """A copy of an index with vectors of ``FakeEmbeddings()``, with its cache, to ill-treat."""
    for name in ("index", "cache"):
        shutil.copytree(_published / name, tmp_path / name)
    return settings_in(tmp_path)


def opened(settings: Settings) -> Service:
    """A service of its own over a published index."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # spinning threads starve a busy machine
    service = Service(settings)
    embeddings: Any = service.index().embeddings
    if embeddings is not None:
        embeddings.embed_query = partial(_embedded, embeddings.embed_query)
    return service


def _embedded(embed: Callable[[str], list[float]], text: str) -> list[float]:
    """The vector of a question, computed once a session: it is nearly all of an answer's time."""
    if text not in _VECTORS:
        _VECTORS[text] = embed(text)
    return _VECTORS[text]


@pytest.fixture(scope="session")
def run_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if hasattr(request.config, "workerinput") else own


def built_once(folder: Path, build: Callable[[], object]) -> None:
    """Builds what stands in ``folder`` unless another worker has; waits while it does.

    Only for what no test changes: a published index is read by several processes.
    """
    done = folder.with_suffix(".done")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            build()
            done.touch()


@pytest.fixture(scope="session")
def shipped(run_folder: Path) -> Settings:
    """The shipped corpus, indexed with the real model; vectors stay in the user's cache."""
    settings = Settings(index=run_folder / "shipped", embedding_model="e5-small")
    built_once(run_folder / "shipped", lambda: ingest([], settings, load_embeddings(settings)))
    return settings


@pytest.fixture(scope="session")
def shipped_service(shipped: Settings) -> Service:
    """One service over the shipped corpus for the session."""
    return opened(shipped)
