"""Settings of the web server: the only place of this package that reads the environment."""

import ipaddress
import re
from ipaddress import IPv4Address

from pydantic import Field, IPvAnyAddress, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import InvalidRequest
from ui.access import words

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
"""What a browser on this machine may write in ``Host`` (``testserver``: Starlette's tests)."""


_EVERY_ADDRESS = frozenset({"", "0.0.0.0", "::"})
_NAMES = r"^[A-Za-z0-9.:,\[\] -]*$"
_SAID_BY_CLIENTS = frozenset(
    {"accept", "authorization", "content-type", "cookie", "host", "origin", "referer", "user-agent"}
)
_ELSEWHERE_PER_MINUTE = 60


class ServerSettings(BaseSettings):
    """Where the server listens and whom it believes; nothing is required on this machine.

    ``host`` and ``port`` (``REPERES_HOST``, ``REPERES_PORT``). ``allowed_hosts``: the public names
    of the server, separated by commas. ``proxy_header``: the header in which a trusted reverse
    proxy names the person; believed only from ``proxy_address``. The risk is whole: whoever
    reaches the server from that address, and any client whose own header the proxy passes on, can
    be anybody. ``rate_per_minute``: questions that a client may ask, 0 for no limit; when it is
    ``None``, no limit on this machine and 60 elsewhere.
    """

    model_config = SettingsConfigDict(
        env_prefix="REPERES_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65_535)
    allowed_hosts: str = Field(default="", pattern=_NAMES)
    proxy_header: str | None = Field(default=None, pattern=r"^[A-Za-z0-9-]{1,64}$")
    proxy_address: IPvAnyAddress = IPv4Address("127.0.0.1")
    rate_per_minute: int | None = Field(default=None, ge=0, le=100_000)

    @field_validator("proxy_header")
    @classmethod
    def _of_a_proxy(cls, header: str | None) -> str | None:
        if header is not None and header.lower() in _SAID_BY_CLIENTS:
            raise ValueError("un client écrit lui-même cet en-tête")
        return header

    @property
    def names(self) -> frozenset[str]:
        """The public names of the server, lower case, without port."""
        given = (re.sub(r":\d+\Z", "", name.strip()) for name in self.allowed_hosts.split(","))
        return frozenset(name.lower() for name in given if name)

    @property
    def trusted_hosts(self) -> frozenset[str]:
        """Names accepted in ``Host``, lower case, without port (IPv6 in brackets)."""
        own = f"[{self.host}]" if ":" in self.host else self.host.lower()
        return LOOPBACK_NAMES | {own} | self.names

    @property
    def is_guarded(self) -> bool:
        """Whether people must sign in: other machines come in, directly or through a proxy."""
        return not is_loopback(self.host) or self.proxy_header is not None or bool(self.names)

    @property
    def questions_per_minute(self) -> int:
        """How many questions a client may ask in any minute; 0 is no limit."""
        if self.rate_per_minute is not None:
            return self.rate_per_minute
        return _ELSEWHERE_PER_MINUTE if self.is_guarded else 0


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_access(settings: ServerSettings, accounts: int) -> None:
    """Lets start a server that only this machine reaches, or that knows who comes in.

    Args:
        settings: where it listens, and whether a proxy names people.
        accounts: how many there are.

    Raises:
        InvalidRequest: others could reach it and nobody could sign in, or by no name it knows.
    """
    if not settings.is_guarded:
        return
    if not accounts and settings.proxy_header is None:
        raise InvalidRequest(words.no_account(settings.host))
    if settings.host in _EVERY_ADDRESS and not settings.names:
        raise InvalidRequest(words.no_public_name(settings.host))
