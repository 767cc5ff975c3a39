"""The assistant over the shipped corpus, and over small texts."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.answer import Answer, Request
from assistant.answering import Assistant
from corpus.types import Document, Identity
from evals.cases import QUESTIONS
from ingest.index import Index
from ingest.pipeline import ingest
from ingest.reading.content import RawBlock
from ingest.sectioning import assemble
from ingest.serving import Service
from ingest.settings import Settings
from tests.conftest import built_once, opened

AS_OF = date(2026, 11, 21)
EVERYDAY = 6
"""One gold question in six of each category is asked every day."""
Ask = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Gold:
    """A question of the evaluation set, and the answer given to it."""

    case: dict[str, Any]
    answer: Answer


def asker(assistant: Assistant) -> Ask:
    """Asks a question at a fixed date, with any other field of a request."""
    return lambda question, **fields: assistant.answer(Request(question, AS_OF, **fields))


@pytest.fixture(scope="session")
def index(shipped_service: Service) -> Index:
    return shipped_service.index()


@pytest.fixture(scope="session")
def assistant(shipped_service: Service) -> Assistant:
    return Assistant(shipped_service.index, lambda: shipped_service.fault)


@pytest.fixture(scope="session")
def other_assistant(shipped: Settings) -> Assistant:
    """Another assistant over the same index: it shares nothing with the first one."""
    other = opened(shipped)
    return Assistant(other.index, lambda: other.fault)


@pytest.fixture(scope="session")
def ask(assistant: Assistant) -> Ask:
    return asker(assistant)


def one_in(step: int, cases: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first case of each category and every ``step``-th after it: always the same ones."""
    seen: Counter[str] = Counter()
    chosen = []
    for case in cases:
        if seen[case["category"]] % step == 0:
            chosen.append(case)
        seen[case["category"]] += 1
    return chosen


@pytest.fixture(scope="session")
def gold(ask: Ask) -> tuple[Gold, ...]:
    """Questions of the evaluation set, each answered once: some of each category, or all of
    them when ``REPERES_GOLD`` says ``whole``."""
    files = sorted(QUESTIONS.glob("*.yaml"))
    cases = [case for file in files for case in yaml.safe_load(file.read_bytes())["cases"]]
    whole = os.environ.get("REPERES_GOLD") == "whole"
    chosen = one_in(1 if whole else EVERYDAY, cases)
    return tuple(Gold(case, ask(case["question"])) for case in chosen)


@pytest.fixture(scope="session")
def lexical_index(run_folder: Path) -> Index:
    """The shipped corpus without vectors."""
    settings = Settings(index=run_folder / "lexical", embedding_model="none")
    built_once(run_folder / "lexical", lambda: ingest([], settings, None))
    return Service(settings).index()


@pytest.fixture(scope="session")
def lexical_assistant(lexical_index: Index) -> Assistant:
    return Assistant(lambda: lexical_index)


@pytest.fixture(scope="session")
def lexical_ask(lexical_assistant: Assistant) -> Ask:
    return asker(lexical_assistant)


@pytest.fixture
def over_texts(tmp_path: Path) -> Iterator[Callable[..., Assistant]]:
    """Makes an assistant, without vectors, over files given as ``name="text"``."""
    held: list[Index] = []

    def make(**texts: str) -> Assistant:
        for name, text in texts.items():
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        settings = Settings(index=tmp_path / "index", embedding_model="none")
        ingest([tmp_path / f"{name}.md" for name in texts], settings, None)
        held.append(Service(settings).index())
        return Assistant(lambda: held[-1])

    yield make
    for one in held:
        one.close()


def document(*blocks: RawBlock, document_id: str = "note", **card: Any) -> Document:
    """A document made of raw blocks, with what its identity card says."""
    done = assemble(blocks, "Note")
    identity = Identity(**({"title": "Note"} | card))
    return Document(document_id, done.text, identity, done.blocks, done.sections)
