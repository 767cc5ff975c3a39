"""What the page weighs, how soon it answers to a person, and twenty people at once."""

import json
import re
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.answering import Assistant
from corpus.collectivites import collectivites
from evals.feedback import FeedbackStore
from ingest.serving import Service
from tests.ui.browsing import answered, ask, served, settled
from tests.ui.fakes import FakeAssistant
from ui import texts
from ui.api import create_app
from ui.settings import ServerSettings

PEOPLE = 20
WEIGHT_BYTES = 2_000_000
INTERACTIVE_S = 3.0
REACTION_MS = 100.0
P95_S = 2.0
NAMES = tuple(place.name for place in collectivites() if "'" not in place.name)[:PEOPLE]
QUESTIONS = tuple(f"Quand le département {name} est-il entré dans les contrats ?" for name in NAMES)
REACTION = """() => { window.reaction = new Promise((done) => {
  addEventListener('keydown', () => {
    const began = performance.now();
    const seen = () => document.querySelector('html.parti, .en-cours');
    const look = () => requestAnimationFrame(() =>
      seen() ? done(performance.now() - began) : look());
    look();
  }, {once: true, capture: true});
}); }"""


@pytest.fixture(scope="module")
def fake_address(store: FeedbackStore) -> Iterator[str]:
    with served(create_app(FakeAssistant(pause_s=0.1), ServerSettings(), store)) as one:
        yield one


@pytest.fixture(scope="module")
def shipped_address(shipped_service: Service, store: FeedbackStore) -> Iterator[str]:
    """The shipped corpus, answered for real."""
    assistant = Assistant(shipped_service.index, lambda: shipped_service.fault)
    with served(create_app(assistant, ServerSettings(), store)) as one:
        ask_api(one, "Quelle est la date limite de signature des contrats de 2021 ?")
        yield one


def ask_api(address: str, question: str) -> str:
    """The answer's JSON."""
    response = httpx.post(f"{address}/api/answers", json={"question": question}, timeout=60)
    assert response.status_code == 200
    return response.text


def ask_chat(address: str, question: str) -> str:
    """All that the chat's queue sends to a tab of its own until its answer is whole."""
    session = f"s{abs(hash(question))}"
    call = {"data": [question, None, False], "fn_index": 0, "session_hash": session}
    assert httpx.post(f"{address}/gradio_api/queue/join", json=call).status_code == 200
    data = f"{address}/gradio_api/queue/data?session_hash={session}"
    received = []
    with httpx.stream("GET", data, timeout=60) as stream:
        for line in stream.iter_lines():
            received.append(json.loads(line.removeprefix("data: ")) if line else {})
            if received[-1].get("msg") == "process_completed":
                break
    assert received[-1]["success"], received[-1]
    return json.dumps(received, ensure_ascii=False)


def asked_at_once(address: str, put: Callable[[str, str], str]) -> list[float]:
    """Seconds that each of twenty people waited; what each got holds no word of another's."""

    def one(question: str) -> tuple[str, float]:
        began = time.perf_counter()
        return put(address, question), time.perf_counter() - began

    with ThreadPoolExecutor(PEOPLE) as pool:
        given = list(pool.map(one, QUESTIONS))
    for own, (received, _s) in zip(QUESTIONS, given, strict=True):
        assert set(re.findall(r"Quand le département .*? contrats", received)) == {own[:-2]}
    return [took_s for _received, took_s in given]


def p95(taken_s: list[float]) -> float:
    return statistics.quantiles(taken_s, n=20)[-1]


def test_twenty_people_in_the_chat_at_once_each_see_their_own(fake_address: str) -> None:
    asked_at_once(fake_address, ask_chat)


@pytest.mark.long
@pytest.mark.model
@pytest.mark.browser
@pytest.mark.parametrize("put", [ask_api, ask_chat])
def test_twenty_people_at_once_are_answered_for_real_in_time(
    shipped_address: str, put: Callable[[str, str], str]
) -> None:
    taken_s = asked_at_once(shipped_address, put)
    print(f"{put.__name__}: p95 {p95(taken_s):.2f} s, median {statistics.median(taken_s):.2f} s")
    assert p95(taken_s) < P95_S


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser that never came here."""
    context = browser.new_context(locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_the_chat_weighs_under_two_megabytes_at_first(page: Page, fake_address: str) -> None:
    weights: list[int] = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda e: weights.append(int(e["encodedDataLength"])))
    page.goto(fake_address)
    ask(page, QUESTIONS[0])  # all that a first answer needs is counted too
    answered(page, 1)
    print(f"{sum(weights)} octets en {len(weights)} réponses")
    assert len(weights) > 10
    assert sum(weights) < WEIGHT_BYTES


@pytest.mark.long
@pytest.mark.browser
def test_the_chat_can_be_used_within_three_seconds(page: Page, fake_address: str) -> None:
    began = time.perf_counter()
    page.goto(fake_address)
    expect(page.get_by_label(texts.QUESTION_LABEL)).to_be_editable()
    took_s = time.perf_counter() - began
    print(f"page utilisable en {took_s:.2f} s")
    assert took_s < INTERACTIVE_S


@pytest.mark.long
@pytest.mark.browser
def test_something_is_seen_at_once_when_a_question_leaves(page: Page, fake_address: str) -> None:
    page.goto(fake_address)
    settled(page)
    seen_ms: list[Any] = []
    for number in range(1, 8):
        page.evaluate(REACTION)
        ask(page, f"Question {number} ?")
        seen_ms.append(page.evaluate("window.reaction"))
        answered(page, number)
    print("première réaction :", " ".join(f"{ms:.0f}" for ms in seen_ms), "ms")
    assert statistics.median(seen_ms) < REACTION_MS
