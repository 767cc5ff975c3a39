"""Thousands of questions in one process: memory and handles stay where they were."""

import gc
import os
import random
import resource
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Request
from assistant.answering import Assistant
from ingest import serving
from ingest.pipeline import ingest
from ingest.serving import Service
from ingest.settings import PROJECT, Settings
from tests.conftest import settings_in
from tests.fakes import FakeEmbeddings

WORDS = (
    "contrat signature préfet ARS département financement PMI bilan exercice 2020 2021 2022 2023 "
    "date limite montant action fiche obligation éligible candidature avenant circulaire "
    "instruction stratégie enfance protection visite domicile sage-femme quand combien qui quel"
).split()

POOL = 20
"""The most connections that Chroma may keep: ten to each of two databases."""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The shipped corpus, indexed with fake vectors."""
    folder = tmp_path_factory.mktemp("shipped")
    settings = settings_in(folder)
    ingest([PROJECT / "corpus" / "documents"], settings, FakeEmbeddings())
    return settings


def questions(seed: int) -> Iterator[str]:
    """Questions without end: words of the field in any order, some odd."""
    draw = random.Random(seed)
    while True:
        words = draw.sample(WORDS, draw.randrange(2, 9))
        yield " ".join(words) + draw.choice((" ?", "", "…", " ???", " \u202e"))


def resident_mb() -> float:
    """Memory of this process now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def handles() -> tuple[int, int]:
    """Open files of this process: Chroma's pool of connections to its database, and all others."""
    links = (Path("/proc/self/fd") / name for name in os.listdir("/proc/self/fd"))
    targets = [str(link.readlink()) for link in links if link.is_symlink()]
    pooled = sum("chroma.sqlite3" in target for target in targets)
    return pooled, len(targets) - pooled


def ask_many(settings: Settings, count: int, warm_up: int) -> tuple[float, int, int]:
    """Over ``count`` questions after a warm-up: growth in memory (MB) and in handles.

    The last figure is the size of Chroma's pool at the end, which grows to its own limit.
    """
    service = Service(settings)
    assistant = Assistant(service.index, lambda: service.fault)
    asked = questions(count)
    for _number in range(warm_up):
        assistant.answer(Request(next(asked), date(2026, 11, 21)))
    gc.collect()
    before = resident_mb(), handles()
    for _number in range(count):
        answer = assistant.answer(Request(next(asked), date(2026, 11, 21)))
        assert answer.status in ("answered", "partial", "refused")
    gc.collect()
    pooled, others = handles()
    return resident_mb() - before[0], others - before[1][1], pooled


def test_questions_leave_no_memory_and_no_handle(
    shipped: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "load_embeddings", lambda _settings: FakeEmbeddings())
    growth_mb, more_handles, pooled = ask_many(shipped, count=150, warm_up=50)
    assert (more_handles, pooled <= POOL) == (0, True)
    assert growth_mb < 20


@pytest.mark.long
@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_ten_thousand_questions(shipped: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "load_embeddings", lambda _settings: FakeEmbeddings())
    growth_mb, more_handles, pooled = ask_many(shipped, count=10_000, warm_up=500)
    print(f"10 000 questions : {growth_mb:+.1f} Mo, {more_handles:+d} fichiers, {pooled} réservés")
    assert (more_handles, pooled <= POOL) == (0, True)
    assert growth_mb < 30
