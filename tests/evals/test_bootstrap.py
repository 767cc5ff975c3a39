import pytest

from evals.bootstrap import paired_bootstrap


def test_interval_holds_the_mean_and_shrinks_with_more_units() -> None:
    few = paired_bootstrap({"a": [0.0, 1.0] * 10})["a"]
    many = paired_bootstrap({"a": [0.0, 1.0] * 1000})["a"]
    assert few.mean == many.mean == 0.5
    assert few.low < many.low < 0.5 < many.high < few.high


def test_interval_is_near_the_normal_one() -> None:
    found = paired_bootstrap({"a": [0.0, 1.0] * 200})["a"]
    assert found.low == pytest.approx(0.5 - 1.96 * 0.5 / 20, abs=0.006)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.5 / 20, abs=0.006)


def test_same_values_give_the_same_interval() -> None:
    columns = {"a": [0.1, 0.4, 0.9], "b": [0.2, 0.2, 0.8]}
    assert paired_bootstrap(columns, [("a", "b")]) == paired_bootstrap(columns, [("a", "b")])


def test_a_constant_gain_is_certain_however_varied_the_queries() -> None:
    hard = [0.0, 0.3, 0.8, 0.1, 0.5]
    found = paired_bootstrap({"a": [x + 0.1 for x in hard], "b": hard}, [("a", "b")])["a - b"]
    assert (found.low, found.high) == pytest.approx((0.1, 0.1))


def test_difference_is_the_first_less_the_second() -> None:
    found = paired_bootstrap({"a": [1.0, 1.0], "b": [0.0, 0.5]}, [("a", "b"), ("b", "a")])
    assert found["a - b"].mean == 0.75
    assert found["b - a"].low == -found["a - b"].high


def test_one_unit_has_an_interval_without_width() -> None:
    found = paired_bootstrap({"a": [0.7]})["a"]
    assert found.low == found.high == pytest.approx(0.7)


@pytest.mark.parametrize("columns", [{"a": []}, {"a": [1.0], "b": [1.0, 0.0]}, {}])
def test_columns_without_a_common_size_are_refused(columns: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match="common size"):
        paired_bootstrap(columns)
