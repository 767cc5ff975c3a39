"""Settings of the web server: the only place of this package that reads the environment."""

import ipaddress

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import InvalidRequest
from ui import texts

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
"""What a browser on this machine may write in ``Host`` (``testserver``: Starlette's tests)."""


class ServerSettings(BaseSettings):
    """``REPERES_HOST`` and ``REPERES_PORT``: where the server listens; nothing is required."""

    model_config = SettingsConfigDict(env_prefix="REPERES_", frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65_535)

    @property
    def trusted_hosts(self) -> frozenset[str]:
        """Names accepted in ``Host``, lower case, without port (IPv6 in brackets)."""
        own = f"[{self.host}]" if ":" in self.host else self.host.lower()
        return LOOPBACK_NAMES | {own}


def check_host(host: str) -> None:
    """Lets a loopback address or ``localhost`` through.

    Raises:
        InvalidRequest: any other machine could reach this server, and it has no accounts.
    """
    if host.lower() == "localhost":
        return
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise InvalidRequest(texts.not_loopback(host))
