"""Limits of a child process, as far as this system knows them and allows them."""

import resource


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
