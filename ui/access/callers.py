"""Where a request comes from, and what the trusted proxy says of it."""

import ipaddress
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

_CALLER: Final = "reperes.caller"
_NAME_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class Proxy:
    """The reverse proxy that is believed: its address, and the header that names people.

    Whoever reaches the server from ``address`` can be anybody: the proxy must delete this header
    from what its own clients send, and no other program that people use may run there. Without
    ``header``, the proxy is believed on the address and the scheme of its clients only.
    """

    address: str
    header: str | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """A client: its address (empty when unknown), https or not, who the proxy says it is."""

    address: str
    secure: bool = False
    claimed: str | None = None


def with_caller(scope: Scope, proxy: Proxy | None) -> Scope:
    """The scope with its caller noted; what a proxy's headers say is believed of ``proxy`` only."""
    return {**scope, _CALLER: _read(scope, proxy)}


def _read(scope: Scope, proxy: Proxy | None) -> Caller:
    peer = plain_address((scope.get("client") or ("", 0))[0])
    secure = scope.get("scheme") == "https"
    if proxy is None or not peer or peer != plain_address(proxy.address):
        return Caller(peer, secure)
    headers = Headers(scope=scope)
    # A proxy adds to the end of the list: what stands before is the client's own word.
    behind = plain_address(_last(headers, "x-forwarded-for"))
    scheme = _last(headers, "x-forwarded-proto").strip().lower()
    claimed = _claimed(headers.getlist(proxy.header)) if proxy.header else None
    return Caller(behind or peer, secure or scheme == "https", claimed)


def _last(headers: Headers, name: str) -> str:
    return ",".join(headers.getlist(name)).rpartition(",")[2]


def _claimed(given: list[str]) -> str | None:
    if len(given) != 1:  # of two names, one isn't the proxy's
        return None
    name = _decoded(given[0]).strip()
    return name if name.isprintable() and 0 < len(name) <= _NAME_CHARS else None


def _decoded(value: str) -> str:
    """A header's value as UTF-8, which proxies write and HTTP doesn't know of."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def caller_of(scope: Scope) -> Caller:
    """Who sent this request."""
    caller: Caller = scope.get(_CALLER) or Caller("")
    return caller


def plain_address(text: str) -> str:
    """An IP address in its usual form, IPv4 inside IPv6 as IPv4; empty when it isn't one."""
    try:
        address = ipaddress.ip_address(text.strip().strip("[]"))
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
