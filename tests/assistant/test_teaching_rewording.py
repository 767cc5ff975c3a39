"""Key points reworded by a model: shown only where each check of the written mode passes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant import prompting
from assistant.assembly import build_writer
from assistant.settings import WriterSettings
from assistant.teaching.pack import Pack
from assistant.teaching.rewording import reworded
from assistant.writing import Writer
from tests.model_server import ModelServer, status
from tests.packs import DEADLINE, SIGNED, VISITED, pack

RIGHT = "Les contrats de 2021 doivent être signés au plus tard le 15 octobre 2021."
SAME = "Au plus tard le 15 octobre 2021, les contrats de 2021 sont signés."


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer().running() as one:
        yield one


@pytest.fixture
def writer(server: ModelServer) -> Writer:
    made = build_writer(WriterSettings(model="essai", model_url=server.url, model_timeout_s=5.0))
    assert made is not None
    return made


@pytest.fixture
def asked() -> Pack:
    """Two points, each proved by one quote."""
    return replace(pack(), points=(SIGNED, VISITED))


def reply(sentence: str) -> str:
    key = prompting.key_of(pack().citations[0])
    return f"{sentence} [k:{key}]"


def test_a_point_in_other_words_that_say_as_much_is_kept_and_marked(
    asked: Pack, writer: Writer, server: ModelServer
) -> None:
    server.will(reply(SAME))
    told: list[str] = []
    made = reworded(asked, writer, told.append)
    assert made.points[0].text == SAME
    assert made.points[0].label == f"{SIGNED.label} (reformulé)"
    assert made.points[1] == VISITED
    assert told[-1].startswith("1 point sur 2 reformulé par essai")


@pytest.mark.parametrize(
    "sentence",
    [
        RIGHT,  # a duty that the quote doesn't say
        SAME.replace("15 octobre", "16 octobre"),
        "Les contrats de 2021 sont signés.",  # says less
        "Les contrats sont beaux.",
    ],
)
def test_words_that_fail_a_check_leave_those_of_the_source(
    asked: Pack, writer: Writer, server: ModelServer, sentence: str
) -> None:
    server.will(reply(sentence))
    assert reworded(asked, writer, lambda _step: None) == asked
    assert asked.points[0].text == DEADLINE


def test_a_model_that_fails_is_asked_no_more(
    asked: Pack, writer: Writer, server: ModelServer
) -> None:
    server.will(status(500), reply(SAME))
    assert reworded(asked, writer, lambda _step: None) == asked
    assert len(server.asked) == 1
