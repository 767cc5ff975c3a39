"""Two runs compared: differences by base, flips both ways, and no claim where chance would do."""

from typing import Any

import pytest

from corpus.errors import InvalidRequest
from evals.compare import Change, Comparison, as_text, compare
from tests.evals.evaluated import a_row, a_run


def of(first: dict[str, Any], second: dict[str, Any]) -> Comparison:
    """Runs of one score, « right », given by case id."""
    runs = [
        a_run(a_row(name, right=value) for name, value in each.items()) for each in (first, second)
    ]
    return compare(*runs)


def ids(count: int) -> list[str]:
    return [f"q{n}" for n in range(count)]


def test_flips_are_told_both_ways() -> None:
    found = of({"a": 0, "b": 1, "c": 1, "d": 0}, {"a": 1, "b": 0, "c": 1, "d": 0})
    assert (found.gained, found.lost) == (("a",), ("b",))


def test_a_gain_everywhere_is_better_and_its_reverse_worse() -> None:
    low, high = dict.fromkeys(ids(20), 0.2), dict.fromkeys(ids(20), 0.7)
    (gain,), (loss,) = of(low, high).changes, of(high, low).changes
    assert gain.difference.mean == pytest.approx(0.5) == pytest.approx(-loss.difference.mean)
    assert (gain.verdict, loss.verdict) == ("better", "worse")


def test_as_many_gains_as_losses_show_no_difference() -> None:
    names = ids(20)
    first = {name: n % 2 for n, name in enumerate(names)}
    found = of(first, {name: 1 - value for name, value in first.items()})
    assert found.changes[0].verdict == "none_shown"
    assert "aucune différence montrée" in as_text(found)
    assert len(found.gained) == len(found.lost) == 10


def test_rewordings_of_one_question_count_once() -> None:
    reworded = [f"r{n}" for n in range(30)]
    first = a_run(
        [a_row(n, right=0) for n in ids(9)] + [a_row(n, "q99", right=0) for n in reworded]
    )
    second = a_run(
        [a_row(n, right=0) for n in ids(9)] + [a_row(n, "q99", right=1) for n in reworded]
    )
    (change,) = compare(first, second).changes
    assert (change.cases, change.bases, change.verdict) == (39, 10, "none_shown")
    assert change.difference.mean == pytest.approx(0.1)


def test_a_handful_of_questions_concludes_nothing() -> None:
    (change,) = of(dict.fromkeys(ids(5), 0), dict.fromkeys(ids(5), 1)).changes
    assert change.verdict == "too_few"
    (change,) = of(dict.fromkeys(ids(6), 0), dict.fromkeys(ids(6), 1)).changes
    assert change.verdict == "better"


def test_only_cases_that_both_runs_score_are_paired() -> None:
    first = a_run([a_row("a", right=1, mrr=None), a_row("b", right=1, mrr=0.5)])
    second = a_run([a_row("a", right=1, mrr=1), a_row("b", right=1, mrr=1)])
    changes: dict[str, Change] = {change.name: change for change in compare(first, second).changes}
    assert (changes["right"].cases, changes["mrr"].cases) == (2, 1)
    assert changes["mrr"].first == 0.5


def test_absent_and_changed_cases_are_left_out() -> None:
    first = a_run([a_row("a", right=1), a_row("b", right=1), a_row("c", right=1)])
    second = a_run([a_row("a", right=1), a_row("b", digest="other", right=0), a_row("d", right=1)])
    found = compare(first, second)
    assert (found.cases, found.left_out, found.lost) == (1, ("b", "c", "d"), ())


def test_runs_without_a_common_case_are_refused() -> None:
    with pytest.raises(InvalidRequest, match="aucun cas en commun"):
        of({"a": 1}, {"b": 1})


def test_the_text_says_what_differs_and_the_figures_in_french() -> None:
    first = a_run([a_row(n, right=0) for n in ids(8)], commit="a" * 40, corpus_digest="c1")
    second = a_run([a_row(n, right=1) for n in ids(8)], commit="b" * 40, corpus_digest="c1")
    text = as_text(compare(first, second))
    assert "Ce qui diffère : le commit." in text
    assert "Entièrement juste    0,0 % → 100,0 %  +100,0 [+100,0 ; +100,0]  n=8 (8)  mieux" in text
    assert f"Devenus entièrement justes : 8 ({', '.join(ids(8))})" in text
    assert "Qui ne le sont plus : 0" in text
