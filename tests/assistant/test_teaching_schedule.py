"""The run sheet: minutes that add up, matter permitting."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest

from assistant.teaching.pack import Audience, Case
from assistant.teaching.schedule import BREAK_MINUTES, TITLES, Block, run_sheet
from assistant.teaching.studies import of_group, same_cases
from tests.packs import pack

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
COUNTS: dict[Block, int] = {
    "words": 20,
    "points": 30,
    "timeline": 20,
    "roles": 30,
    "comparison": 16,
    "cases": 6,
    "disputes": 10,
    "quiz": 20,
}
PLENTY: dict[Block, Sequence[str]] = {
    block: [f"{block}:{n}" for n in range(count)] for block, count in COUNTS.items()
}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_steps_add_up_exactly_whatever_the_length(audience: Audience) -> None:
    for minutes in range(30, 421):
        steps = run_sheet(PLENTY, audience, minutes)
        assert sum(step.minutes for step in steps) == minutes
        assert all(step.minutes > 0 for step in steps)


def test_a_session_without_matter_is_shorter_than_asked() -> None:
    steps = run_sheet({"points": ["a"]}, "tous publics", 120)
    assert sum(step.minutes for step in steps) < 60


def test_little_matter_has_a_short_welcome_and_a_short_case() -> None:
    items: dict[Block, Sequence[str]] = {"points": ["a", "b", "c", "d"], "cases": ["case"]}
    spent = {
        step.title: step.minutes
        for step in run_sheet(items, "tous publics", 60, limits={"cases": 11})
    }
    assert spent[TITLES["cases"]] == 10
    assert spent[TITLES["welcome"]] + spent[TITLES["closing"]] <= 20 < 60 - sum(spent.values())
    assert run_sheet({"points": ["a"]}, "élus", 420)[0].minutes == 5


def test_a_session_always_opens_and_closes() -> None:
    steps = run_sheet(PLENTY, "élus", 30)
    assert steps[0].title == "Accueil et objectifs"
    assert steps[-1].title == "Bilan et évaluation"


def test_a_block_without_items_has_no_step() -> None:
    titles = [step.title for step in run_sheet({"points": ["a", "b"]}, "élus", 60)]
    assert "Quiz et correction" not in titles


@pytest.mark.parametrize(("minutes", "breaks"), [(60, 0), (180, 1), (420, 2)])
def test_a_long_session_has_breaks_that_neither_open_nor_close_it(
    minutes: int, breaks: int
) -> None:
    steps = run_sheet(PLENTY, "nouveaux agents", minutes)
    pauses = [n for n, step in enumerate(steps) if step.title == "Pause"]
    assert len(pauses) == breaks
    assert all(0 < n < len(steps) - 1 and steps[n].minutes == BREAK_MINUTES for n in pauses)


def test_the_how_depends_on_the_audience() -> None:
    ways = {
        audience: tuple(step.how for step in run_sheet(PLENTY, audience, 420))
        for audience in AUDIENCES
    }
    assert len(set(ways.values())) == len(AUDIENCES)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_an_hour_has_time_to_compare(audience: Audience) -> None:
    counts = {"points": 10, "timeline": 6, "roles": 12, "comparison": 12, "cases": 1,
              "disputes": 4, "quiz": 8, "words": 9}  # fmt: skip
    items: dict[Block, Sequence[str]] = {
        block: [f"{block}:{n}" for n in range(counts.get(block, 0))] for block in TITLES
    }
    titles = [step.title for step in run_sheet(items, audience, 60)]
    assert TITLES["comparison"] in titles


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_essential_stays_in_the_shortest_session(audience: Audience) -> None:
    essential: tuple[Block, ...] = ("comparison",)
    titles = [step.title for step in run_sheet(PLENTY, audience, 30, essential)]
    assert TITLES["comparison"] in titles


def test_a_group_whose_cases_are_those_of_group_a_says_so() -> None:
    cases = [Case(f"case:{n}", "", "", (), ()) for n in range(3)]

    def told(seed: int, *given: int) -> tuple[str, ...]:
        made = pack()
        order = replace(made.order, seed=seed)
        chosen = tuple(cases[n] for n in given)
        return same_cases(replace(made, order=order, cases=chosen), cases[:2])

    assert told(1, 0, 1) == told(2, 2) == told(2) == ()
    assert "les mêmes études de cas que le groupe A" in told(2, 0, 1)[0]
    assert "groupe A : 1 sur 2" in told(2, 2, 0)[0]


def test_each_group_gets_the_next_cases_and_the_first_come_round_again() -> None:
    cases = [Case(f"case:{n}", "", "", (), ()) for n in range(3)]
    ids = [[case.id[-1] for case in of_group(cases, 2, seed)] for seed in (1, 2, 3, 4)]
    assert ids == [["0", "1"], ["2", "0"], ["1", "2"], ["0", "1"]]
    assert of_group(cases, 3, 2) == of_group(cases, 9, 1) == tuple(cases)
