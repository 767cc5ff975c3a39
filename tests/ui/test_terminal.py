"""An answer as a terminal shows it."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.answer import Answer
from tests.ui.fakes import answered
from ui import texts
from ui.cards import render_card
from ui.copying import plain_copy
from ui.exporting import sourcing
from ui.pages.rows import Note
from ui.terminal import plain_answer

READ = texts.EVIDENCE_LABELS["other"]


def cited(**changes: Any) -> Answer:
    """An answer whose citations are of a summary, changed."""
    answer = answered()
    given: dict[str, Any] = {"origin": "summary", "evidence": "other"} | changes
    return replace(answer, citations=tuple(replace(c, **given) for c in answer.citations))


def unknown() -> Answer:
    """An answer that cites what nobody could establish."""
    return cited(sources=(), confidence="unknown")


def test_a_source_without_publisher_names_none() -> None:
    for sources in ((), ({"publisher": "", "url": None},)):
        shown = plain_answer(cited(sources=sources))
        assert "(résumé Repères)" in shown
        assert "d'après )" not in shown


def test_a_source_is_named_once() -> None:
    journal = {"publisher": "Journal A", "url": None}
    shown = plain_answer(cited(sources=(journal, journal)))
    assert "(résumé Repères, d'après Journal A)" in shown


def test_what_nobody_could_establish_is_said_so() -> None:
    assert "(résumé Repères, point non établi)" in plain_answer(unknown())
    assert "point non établi" not in plain_answer(cited())


@pytest.mark.parametrize("unsourced", [True, False])
def test_nothing_is_said_to_be_read_for_what_nobody_could_establish(unsourced: bool) -> None:
    answer = unknown() if unsourced else cited()
    first = answer.citations[0]
    shown = (
        plain_copy(answer),
        render_card(1, first, None),
        sourcing.read(first),
        sourcing.proof(first),
        Note(1, "", first).read,
    )
    assert [READ in one for one in shown] == [not unsourced] * 5
    assert [one.count("point non établi") >= 1 for one in shown] == [unsourced] * 5
    assert shown[1].count("point non établi") == unsourced
