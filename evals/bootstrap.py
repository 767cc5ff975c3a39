"""Paired bootstrap: how sure a mean is, and a difference of means over the same queries.

Every system is resampled with the same draws, so what makes a query hard cancels out of a
difference (Efron and Tibshirani, « An Introduction to the Bootstrap », 1993; Sakai, 2006).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
SEED = 20211
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the bounds of its 95 % percentile interval, in the unit of the values."""

    mean: float
    low: float
    high: float


def paired_bootstrap(
    columns: Mapping[str, Sequence[float]],
    differences: Sequence[tuple[str, str]] = (),
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, Interval]:
    """The interval of each column's mean, and of each difference (named « a - b »).

    Args:
        columns: values of each system, one a unit (a query or an intent), in the same order.
        differences: pairs (a, b) of column names; a's mean less b's is what is measured.
        resamples: how many times the units are drawn again, with replacement.
        seed: of the draws: the same values always give the same interval.

    Raises:
        ValueError: no unit, or columns of different lengths.
    """
    sizes = {len(values) for values in columns.values()}
    if len(sizes) != 1 or sizes == {0}:
        raise ValueError(f"Paired columns need one common size above zero, not {sorted(sizes)}.")
    (size,) = sizes
    draws = np.random.default_rng(seed).integers(0, size, (resamples, size))
    values = {name: np.asarray(column, np.float64) for name, column in columns.items()}
    values |= {f"{a} - {b}": values[a] - values[b] for a, b in differences}
    return {name: _interval(column, draws) for name, column in values.items()}


def _interval(column: NDArray[np.float64], draws: NDArray[np.int64]) -> Interval:
    means = column[draws].mean(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(column.mean()), float(low), float(high))
