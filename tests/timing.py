"""Processor time of a call, without what the machine or the rest of the suite adds to it."""

import gc
import time
from collections.abc import Callable


def fastest_s(call: Callable[[], object], runs: int = 5) -> float:
    """Least processor time of a few runs, in seconds, the garbage collector at rest.

    The suite's own heap makes a collection cost tenths of a second, whatever runs meanwhile.
    """
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(runs):
            began = time.process_time()
            call()
            times.append(time.process_time() - began)
    finally:
        gc.enable()
    return min(times)
