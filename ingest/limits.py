"""Limits of a child process, as far as this system knows them and allows them."""

import ctypes
import os
import resource
import signal
import sys


def limit(which: int, value: int) -> None:
    """Lowers a limit (``resource.RLIMIT_…``) of this process to ``value``, for good.

    One that is lower already stays; a system that doesn't know it goes without.
    """
    try:
        hard = resource.getrlimit(which)[1]
        lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (lowest, lowest))
    except (ValueError, OSError):
        return


def end_with(parent: int) -> None:
    """Ends this process when the thread that began it is gone, so that it doesn't go on writing."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)
