"""Publications while people ask: every answer comes from one whole index."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Request
from assistant.answering import Assistant
from ingest import serving
from ingest.pipeline import ingest
from ingest.serving import Service
from ingest.settings import Settings
from tests.fakes import FakeEmbeddings

USERS = 10
QUESTION = "Quel est le montant du fonds tambourin ?"


def version(path: Path, number: int) -> Path:
    """A file whose only figure is its version's."""
    text = f"# Fonds tambourin\n\nLe montant du fonds tambourin est de {number} millions d'euros.\n"
    path.write_text(text, encoding="utf-8")
    return path


def asked_during(
    settings: Settings, path: Path, swaps: int, pause: Callable[[], None]
) -> tuple[list[tuple[str, str]], list[BaseException]]:
    """Publishes ``swaps`` versions while ten people ask; gives (quote, digest) of each answer."""
    service = Service(settings)
    assistant = Assistant(service.index, lambda: service.fault)
    done = threading.Event()
    answers: list[tuple[str, str]] = []
    failures: list[BaseException] = []

    def ask() -> None:
        while not done.is_set():
            try:
                answer = assistant.answer(Request(QUESTION, date(2026, 11, 21)))
                quotes = " ".join(c.quote for c in answer.citations)
                answers.append((quotes, answer.corpus_digest))
            except BaseException as error:
                failures.append(error)
                return

    with ThreadPoolExecutor(USERS) as pool:
        for _user in range(USERS):
            pool.submit(ask)
        for number in range(2, swaps + 2):
            ingest([version(path, number)], settings, FakeEmbeddings())
            pause()
        done.set()
    return answers, failures


def check(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swaps: int) -> None:
    """No failure; each digest has one figure; the last version is the one answered at the end."""
    monkeypatch.setattr(serving, "load_embeddings", lambda _settings: FakeEmbeddings())
    path = version(tmp_path / "fonds.md", 1)
    ingest([path], settings, FakeEmbeddings())
    answers, failures = asked_during(settings, path, swaps, lambda: time.sleep(0.2))
    assert failures == []
    by_digest: dict[str, set[str]] = {}
    for quote, digest in answers:
        by_digest.setdefault(digest, set()).add(quote)
    assert all(len(quotes) == 1 for quotes in by_digest.values())
    assert len(by_digest) > swaps // 2
    service = Service(settings)
    last = Assistant(service.index).answer(Request(QUESTION, date(2026, 11, 21)))
    assert f"{swaps + 1} millions" in " ".join(c.quote for c in last.citations)


def test_three_publications_under_ten_people(
    published: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(published, tmp_path, monkeypatch, swaps=3)


@pytest.mark.long
@pytest.mark.swaps
@pytest.mark.timeout(1800)
def test_twenty_publications_under_ten_people(
    published: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(published, tmp_path, monkeypatch, swaps=20)
