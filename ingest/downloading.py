"""One page at a time from a known site: address checked, connection pinned, size and time bounded.

A name is resolved once and the connection goes to the address that was checked, so a second
resolution can't lead inside the machine's own network. For that reason no proxy is used: a proxy
resolves names by itself. Nothing of the environment is read, but the machine's own certificate
authorities are trusted beside the public ones.
"""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

import httpx

from corpus.errors import UnreadableFile
from ingest.reading import MAX_BYTES, check_size

REDIRECTS_AT_MOST: Final = 5
ADDRESSES_AT_MOST: Final = 4
EXTENSIONS: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "text/plain": ".txt",
}
"""What a site may send, with the extension that picks its reader."""
_NAT64: Final = IPv6Network("64:ff9b::/96")
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class Unreachable(UnreadableFile):
    """The site can't be reached at all: no name, no route, nobody listening."""


def system_addresses(host: str, port: int) -> Sequence[str]:
    """Addresses of a host as the system resolves it, best first.

    Raises:
        OSError: the name isn't known, or nothing can be resolved here.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


@dataclass(frozen=True, slots=True)
class Network:
    """How the network is reached; the defaults are those of a public, polite download.

    ``resolve`` takes a host and a port. ``trusted_addresses`` are accepted though they aren't
    public. ``whole_s`` bounds one document, its redirects and pauses included; ``max_bytes`` the
    decoded content.
    """

    resolve: Callable[[str, int], Sequence[str]] = system_addresses
    trusted_addresses: frozenset[str] = frozenset()
    pause_s: float = 1.0
    connect_s: float = 10.0
    read_s: float = 20.0
    whole_s: float = 60.0
    max_bytes: int = MAX_BYTES


@dataclass(frozen=True, slots=True)
class Download:
    """What a site sent: decoded bytes, and the extension of their type (``.pdf``)."""

    data: bytes
    extension: str


def is_public(address: str) -> bool:
    """Whether an address is of the public Internet, the IPv4 one that it may carry too."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    inner = _carried(found) if isinstance(found, IPv6Address) else None
    public = found.is_global and not found.is_multicast
    return public and (inner is None or (inner.is_global and not inner.is_multicast))


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


class Downloads:
    """Downloads from a closed list of sites, one request at a time."""

    def __init__(self, urls: Iterable[str], network: Network) -> None:
        """Only the hosts of ``urls`` will be asked, on their ports or the usual one."""
        self._network = network
        self._sites = {_site(httpx.URL(url)) for url in urls}
        self._hosts = {host for host, _port in self._sites}
        self._tls: ssl.SSLContext | None = None
        self._asked_at: dict[str, float] = {}
        self._unreachable: set[str] = set()

    def get(self, url: str) -> Download:
        """What stands at a url, after at most five redirects.

        Raises:
            Unreachable: the site can't be reached; the other downloads may still work.
            UnreadableFile: the site, its answer or what it sent is refused; each message is one
                French sentence.
        """
        # In a thread: neither a name that resolves for ever nor headers sent byte by byte can be
        # timed otherwise.
        box: queue.SimpleQueue[Download | Exception] = queue.SimpleQueue()
        deadline = time.monotonic() + self._network.whole_s

        def work() -> None:
            try:
                box.put(self._followed(url, deadline))
            except Exception as error:
                box.put(error)

        threading.Thread(target=work, daemon=True).start()
        try:
            found = box.get(timeout=self._network.whole_s)
        except queue.Empty:
            raise _too_slow(url, self._network.whole_s) from None
        if isinstance(found, Exception):
            raise found
        return found

    def _followed(self, url: str, deadline: float) -> Download:
        here = httpx.URL(url)
        for _ in range(REDIRECTS_AT_MOST + 1):
            self._check(here, secure=not url.startswith("http://"))
            found = self._asked(here, deadline)
            if isinstance(found, Download):
                return found
            here = found
        raise UnreadableFile(f"« {url} » redirige plus de {REDIRECTS_AT_MOST} fois.")

    def _check(self, url: httpx.URL, *, secure: bool) -> None:
        """Refuses an address before anything is asked of it."""
        host, port = _site(url)
        if url.scheme != "https" and (secure or url.scheme != "http"):
            raise UnreadableFile(f"« {url} » n'est pas une adresse protégée (https).")
        if url.userinfo:
            raise UnreadableFile(f"« {host} » est appelé avec un nom ou un mot de passe.")
        if host not in self._hosts or (port is not None and (host, port) not in self._sites):
            place = host if port is None else f"{host}:{port}"
            raise UnreadableFile(f"« {place} » n'est pas un site du catalogue.")

    def _asked(self, url: httpx.URL, deadline: float) -> Download | httpx.URL:
        """The content at one url, or where it redirects."""
        host = _site(url)[0]
        if host in self._unreachable:
            raise Unreachable(f"« {host} » ne peut pas être joint.")
        try:
            addresses = self._addresses(url)
            for address in addresses[:-1]:
                try:
                    return self._exchanged(url, address, deadline)
                except Unreachable:
                    continue  # its next address may be of a network that this machine has
            return self._exchanged(url, addresses[-1], deadline)
        except Unreachable:
            self._unreachable.add(host)
            raise

    def _addresses(self, url: httpx.URL) -> Sequence[str]:
        host = _site(url)[0]
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            found = list(self._network.resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"Le site « {host} » est introuvable.") from error
        if not found:
            raise Unreachable(f"Le site « {host} » est introuvable.")
        for address in found:
            if not is_public(address) and address not in self._network.trusted_addresses:
                raise UnreadableFile(f"« {host} » mène à une adresse privée ({address}).")
        return found[:ADDRESSES_AT_MOST]

    def _exchanged(self, url: httpx.URL, address: str, deadline: float) -> Download | httpx.URL:
        """One request to a checked address, its errors said in French."""
        host = _site(url)[0]
        pause = self._asked_at.get(host, 0.0) + self._network.pause_s - time.monotonic()
        if host in self._asked_at and pause > 0:
            time.sleep(pause)
        try:
            return self._received(url, address, deadline)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise _failure(url, error) from error
        finally:
            self._asked_at[host] = time.monotonic()

    def _received(self, url: httpx.URL, address: str, deadline: float) -> Download | httpx.URL:
        network = self._network
        if self._tls is None:
            self._tls = _authorities()
        headers = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": f"Reperes/{version('reperes')}",
            "Accept": ", ".join(EXTENSIONS),
            "Accept-Encoding": "gzip",
        }
        # A client for each request: no cookie, and no connection kept for another name.
        client = httpx.Client(
            verify=self._tls,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(network.read_s, connect=network.connect_s),
        )
        pinned = url.copy_with(host=address)
        name = {"sni_hostname": _site(url)[0]}
        with client, client.stream("GET", pinned, headers=headers, extensions=name) as response:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return url.join(response.headers["location"]).copy_with(fragment=None)
            extension = _extension(url, response)
            data = bytearray()
            for chunk in response.iter_bytes():
                data += chunk
                check_size(str(url), len(data), network.max_bytes)
                if time.monotonic() > deadline:
                    raise _too_slow(str(url), network.whole_s)
        return Download(bytes(data), extension)


def _authorities() -> ssl.SSLContext:
    """Checks certificates against the public authorities and those of this machine."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _site(url: httpx.URL) -> tuple[str, int | None]:
    """The host of a url as it is resolved, and its port where it isn't the usual one."""
    return url.raw_host.decode("ascii"), url.port


def _extension(url: httpx.URL, response: httpx.Response) -> str:
    """The extension of what a site sends; an answer that can't be a document is refused."""
    if response.status_code != 200:
        raise UnreadableFile(f"« {url} » répond par l'erreur {response.status_code}.")
    # Several encodings one over the other could make gigabytes of one piece.
    if response.headers.get("content-encoding", "identity").lower() not in ("gzip", "identity"):
        raise UnreadableFile(f"« {url} » est envoyé dans une compression qui n'est pas lue.")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in EXTENSIONS:
        shown = f"du type « {kind[:60]} »" if kind else "sans type"
        raise UnreadableFile(
            f"« {url} » envoie un contenu {shown} (types lus : HTML, PDF, docx, odt et texte)."
        )
    return EXTENSIONS[kind]


def _failure(url: httpx.URL, error: Exception) -> UnreadableFile:
    host = _site(url)[0]
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return UnreadableFile(f"Le certificat de « {host} » n'est pas reconnu.")
    if cause is None and isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return Unreachable(f"« {host} » ne peut pas être joint.")
    if isinstance(error, httpx.TimeoutException):
        return UnreadableFile(f"« {host} » ne répond pas assez vite.")
    return UnreadableFile(f"« {host} » a interrompu sa réponse, ou elle est abîmée.")


def _too_slow(url: str, whole_s: float) -> UnreadableFile:
    return UnreadableFile(f"« {url} » n'est pas arrivé en {whole_s:g} s.")
