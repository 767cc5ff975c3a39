"""Processor time of a call, without what the machine or the rest of the suite adds to it."""

import gc
import time
from collections.abc import Callable, Iterator


def fastest_s(call: Callable[[], object], runs: int = 5) -> float:
    """Least processor time of a few runs, in seconds."""
    return min(times_s(call, runs))


def is_under(limit_s: float, call: Callable[[], object], runs: int = 5) -> bool:
    """Whether the fastest of a few runs takes less processor time than ``limit_s`` seconds.

    The first that does is enough: the others would change nothing. Prints those that don't.
    """
    for took_s in times_s(call, runs):
        if took_s < limit_s:
            return True
        print(f"{took_s:.3f} s")
    return False


def times_s(call: Callable[[], object], runs: int) -> Iterator[float]:
    """Processor time of each run, in seconds, the garbage collector at rest meanwhile.

    The suite's own heap makes a collection cost tenths of a second, whatever runs.
    """
    for _ in range(runs):
        gc.disable()
        try:
            began = time.process_time()
            call()
            took_s = time.process_time() - began
        finally:
            gc.enable()
        yield took_s
