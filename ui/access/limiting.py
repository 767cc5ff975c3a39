"""How often somebody may ask, in memory and by process."""

import ipaddress
import math
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limits import RateLimitItem


class Rate:
    """At most ``count`` uses of one key in any ``period_s`` seconds; 0 is no limit."""

    def __init__(self, count: int, period_s: int) -> None:
        from limits import RateLimitItemPerSecond
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        self._item = RateLimitItemPerSecond(count, period_s) if count else None
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def take(self, key: str, uses: int = 1) -> int:
        """Counts some uses, all or none: 0 when they are allowed, else the whole seconds to wait.

        What no period could hold counts as all of it but the request that asks, so that waiting
        is enough.
        """
        if self._item is None:
            return 0
        cost = max(1, min(uses, self._item.amount - 1))
        if self._window.hit(self._item, key, cost=cost):
            return 0
        return self._wait_s(self._item, key)

    def wait_s(self, key: str) -> int:
        """The whole seconds to wait before the next use, 0 when it is allowed; counts nothing."""
        if self._item is None or self._window.test(self._item, key):
            return 0
        return self._wait_s(self._item, key)

    def used(self, key: str) -> int:
        """How many uses count at this moment, at most ``count``."""
        if self._item is None:
            return 0
        return self._item.amount - self._window.get_window_stats(self._item, key).remaining

    def forget(self, key: str) -> None:
        """Starts again for that key."""
        if self._item is not None:
            self._window.clear(self._item, key)

    def _wait_s(self, item: "RateLimitItem", key: str) -> int:
        reset = self._window.get_window_stats(item, key).reset_time
        return max(1, math.ceil(reset - time.time()))


def network(address: str) -> str:
    """What stands for one client: an IPv4 address, or the /64 that an IPv6 client owns whole."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
