"""The written mode as people see it: the label, and the command line over a model server."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.answer import Answer
from assistant.settings import WriterSettings
from tests.model_server import ModelServer
from tests.ui.commands import Run
from tests.ui.fakes import answered
from ui import texts
from ui.markup import escape
from ui.rendering import render_answer, render_pending
from ui.terminal import plain_answer

QUESTION = "Quand le contrat départemental est-il signé ?"
REWRITTEN = "Avant le 30 septembre 2021, le contrat départemental est signé."
Shown = Callable[..., Any]


def quoted() -> Answer:
    """An answer made of quotes only."""
    answer = answered()
    return replace(answer, claims=tuple(replace(c, verdict="quoted") for c in answer.claims))


def reworded() -> Answer:
    """The same answer, as if a model had written its first claim."""
    first, *others = quoted().claims
    return replace(quoted(), claims=(replace(first, verdict="checked"), *others), mode="written")


def test_a_rewritten_claim_says_what_was_checked_beside_its_quote() -> None:
    assert render_answer(1, reworded()).count(escape(texts.REWORDED)) == 1
    assert escape(texts.REWORDED) not in render_answer(1, quoted())


def test_a_rewritten_claim_is_labelled_while_the_answer_comes() -> None:
    shown = render_pending(1, QUESTION, "", reworded().claims)
    assert shown.count(escape(texts.REWORDED)) == 1


def test_the_terminal_labels_a_rewritten_answer() -> None:
    assert texts.REWORDED in plain_answer(reworded())
    assert texts.REWORDED not in plain_answer(quoted())


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer().running() as one:
        yield one


@pytest.fixture
def ask(tiny_index: None, command_line: Run) -> Shown:
    """Runs ``reperes ask`` and gives the answer's JSON, or the exit code of a failure."""

    def run(*arguments: str) -> Any:
        ended = command_line("ask", QUESTION, *arguments, "--json")
        return ended.code or ended.json

    return run


def test_the_command_line_writes_with_the_model_of_the_environment(
    ask: Shown, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPERES_MODEL", "essai")
    monkeypatch.setenv("REPERES_MODEL_URL", server.url)
    server.will("")
    assert ask("--mode", "written")["mode"] == "extractive"
    (key,) = [e["clé"] for e in json.loads(server.asked[0][1]["content"])["extraits"]]
    server.will(f"{REWRITTEN} {key}")
    answer = ask("--mode", "written")
    assert (answer["mode"], answer["model"]) == ("written", "essai")
    assert [c["text"] for c in answer["claims"]] == [REWRITTEN]


def test_the_command_line_says_that_no_model_is_set(ask: Shown) -> None:
    answer = ask("--mode", "written")
    assert answer["mode"] == "extractive" and answer["claims"]
    assert "model_unavailable" in [w["kind"] for w in answer["warnings"]]


def test_an_unknown_mode_is_a_misuse(ask: Shown) -> None:
    assert ask("--mode", "poétique") == 2


def test_an_address_without_scheme_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPERES_MODEL_URL", "localhost:8080")
    with pytest.raises(ValidationError):
        WriterSettings()
