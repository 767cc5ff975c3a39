"""One download: where it may go, how it is pinned, and what bounds it."""

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from corpus.errors import UnreadableFile
from ingest import downloading
from ingest.downloading import Download, Downloads, Network, Unreachable, is_public
from tests.ingest.sites import HOST, LOOPBACK, Page, Site, redirect, sent, serving

PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00::1",
    "ff0e::1",
    "::ffff:127.0.0.1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "officiel.example",
    "",
]


@pytest.fixture(autouse=True)
def _no_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificates of this machine take half a second to load."""
    monkeypatch.setattr(
        downloading, "_authorities", lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    )


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def got(site: Site, path: str = "/texte", **changes: object) -> Download:
    """A download from the site, whose two names the catalogue knows."""
    urls = [site.url(), site.url(host="autre.example")]
    return Downloads(urls, site.network(**changes)).get(site.url(path))


def refusal(site: Site, path: str = "/texte", **changes: object) -> str:
    """Why a download is refused, in one sentence."""
    with pytest.raises(UnreadableFile) as caught:
        got(site, path, **changes)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
    return str(caught.value)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_a_page_comes_with_the_extension_of_its_type(site: Site) -> None:
    site.pages["/texte"] = sent(b"%PDF-1.7", "Application/PDF; qs=1")
    assert got(site) == Download(b"%PDF-1.7", ".pdf")


def test_the_site_is_asked_by_its_name_with_a_plain_agent(site: Site) -> None:
    site.pages["/texte"] = sent(b"Un texte.")
    got(site)
    assert site.headers[0]["Host"] == f"{HOST}:{site.port}"
    assert site.headers[0]["User-Agent"] == f"Reperes/{version('reperes')}"


def test_compressed_content_is_decoded(site: Site) -> None:
    site.pages["/texte"] = sent(gzip.compress(b"Un texte."), content_encoding="gzip")
    assert got(site).data == b"Un texte."


def test_a_redirect_is_followed_without_its_cookie(site: Site) -> None:
    site.pages["/texte"] = redirect("/plus/loin#ici")
    site.pages["/plus/loin"] = sent(b"Un texte.")
    assert got(site).data == b"Un texte."
    assert site.asked == ["/texte", "/plus/loin"]
    assert site.headers[1]["Cookie"] is None


def test_a_redirect_to_another_site_of_the_catalogue_is_followed(site: Site) -> None:
    site.pages["/texte"] = redirect(site.url("/ailleurs", "autre.example"))
    site.pages["/ailleurs"] = sent(b"Un texte.")
    assert got(site).data == b"Un texte."
    assert site.headers[1]["Host"] == f"autre.example:{site.port}"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("http://ailleurs.example/x", "« ailleurs.example » n'est pas un site du catalogue"),
        ("http://127.0.0.1/x", "« 127.0.0.1 » n'est pas un site du catalogue"),
        ("http://[::1]/x", "« ::1 » n'est pas un site du catalogue"),
        (f"http://{HOST}:22/x", f"« {HOST}:22 » n'est pas un site du catalogue"),
        (f"http://{HOST}./x", "n'est pas un site du catalogue"),
        (f"http://nom:mot@{HOST}/x", "avec un nom ou un mot de passe"),
        ("file:///etc/passwd", "n'est pas une adresse protégée"),
        ("ftp://officiel.example/x", "n'est pas une adresse protégée"),
        (f"http://{HOST}:abc/x", "elle est abîmée"),
        ("http://[::g]/x", "elle est abîmée"),
        (f"http://{HOST}:99999/x", f"« {HOST}:99999 » n'est pas un site du catalogue"),
    ],
)
def test_a_redirect_out_of_the_catalogue_is_refused(site: Site, place: str, words: str) -> None:
    site.pages["/texte"] = redirect(place)
    assert words in refusal(site)
    assert site.asked == ["/texte"]


def test_a_protected_address_never_leads_to_one_that_is_not(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def redirected(*_arguments: object) -> httpx.URL:
        return httpx.URL(site.url())

    monkeypatch.setattr(Downloads, "_asked", redirected)
    url = site.url().replace("http:", "https:")
    with pytest.raises(UnreadableFile, match="n'est pas une adresse protégée"):
        Downloads([url], site.network()).get(url)


def test_a_redirect_to_a_name_of_a_private_address_is_refused(site: Site) -> None:
    site.pages["/texte"] = redirect(site.url("/x", "autre.example"))
    addresses = {HOST: [LOOPBACK], "autre.example": ["10.0.0.1"]}
    words = refusal(site, resolve=lambda host, _port: addresses[host])
    assert words == "« autre.example » mène à une adresse privée (10.0.0.1)."


def test_one_private_address_among_those_of_a_name_is_enough_to_refuse_it(site: Site) -> None:
    words = refusal(site, resolve=lambda _host, _port: [LOOPBACK, "192.168.0.1"])
    assert "adresse privée (192.168.0.1)" in words
    assert site.asked == []


def test_a_private_address_is_refused_by_default(site: Site) -> None:
    words = refusal(site, trusted_addresses=frozenset())
    assert "adresse privée (127.0.0.1)" in words
    assert site.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    answers = [[LOOPBACK], ["10.0.0.1"]]
    site.pages["/texte"] = sent(b"Un texte.")
    assert got(site, resolve=lambda _host, _port: answers.pop(0)).data == b"Un texte."
    assert answers == [["10.0.0.1"]]


def test_the_next_address_is_tried_when_the_first_does_not_answer(site: Site) -> None:
    site.pages["/texte"] = sent(b"Un texte.")
    both = ["127.0.0.9", LOOPBACK]
    found = got(site, resolve=lambda _h, _p: both, trusted_addresses=frozenset(both))
    assert found.data == b"Un texte."


def test_a_loop_of_redirects_ends(site: Site) -> None:
    site.pages["/texte"] = redirect("/texte")
    assert "redirige plus de 5 fois" in refusal(site)
    assert len(site.asked) == 6


def test_two_requests_to_one_host_are_apart(site: Site) -> None:
    site.pages["/texte"] = redirect("/deux")
    site.pages["/deux"] = redirect("/trois")
    site.pages["/trois"] = sent(b"Un texte.")
    got(site, pause_s=0.1)
    assert all(after - before >= 0.1 for before, after in pairwise(site.asked_at))
    assert len(site.asked_at) == 3


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/plain")
    request.end_headers()
    while True:
        request.wfile.write(b"encore " * 1000)


def slow_body(site: Site) -> Page:
    def page(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/plain")
        request.end_headers()
        while not site.leaving.wait(0.02):
            request.wfile.write(b".")

    return page


def slow_headers(site: Site) -> Page:
    def page(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Attente: ")
        while not site.leaving.wait(0.02):
            request.wfile.write(b".")

    return page


def test_content_without_end_is_refused_at_the_limit(site: Site) -> None:
    site.pages["/texte"] = endless
    assert "au-delà de la limite de 0,1 Mo" in refusal(site, max_bytes=100_000)


def test_a_bomb_is_refused_by_its_decoded_size(site: Site) -> None:
    bomb = gzip.compress(bytes(30_000_000))
    assert len(bomb) < 100_000
    site.pages["/texte"] = sent(bomb, content_encoding="gzip")
    assert "au-delà de la limite de 25,0 Mo" in refusal(site)


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate", "gzip,gzip,gzip"])
def test_another_compression_is_refused_unread(site: Site, encoding: str) -> None:
    site.pages["/texte"] = sent(gzip.compress(b"x"), content_encoding=encoding)
    assert "compression qui n'est pas lue" in refusal(site)


@pytest.mark.parametrize("kind", ["image/png", "application/octet-stream", "", "application/zip"])
def test_another_type_is_refused(site: Site, kind: str) -> None:
    site.pages["/texte"] = sent(b"Un texte.", kind)
    assert "types lus : HTML, PDF, docx, odt et texte" in refusal(site)


def test_an_error_of_the_site_is_refused(site: Site) -> None:
    assert "répond par l'erreur 404" in refusal(site)


def test_content_shorter_than_announced_is_refused(site: Site) -> None:
    def page(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/plain")
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"Un texte")

    site.pages["/texte"] = page
    assert "a interrompu sa réponse" in refusal(site)


@pytest.mark.parametrize("answer", [b"", b"\x00\xff\n\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_not_the_protocol_is_refused(site: Site, answer: bytes) -> None:
    site.pages["/texte"] = lambda request: void(request.wfile.write(answer))
    assert "a interrompu sa réponse" in refusal(site)


def void(_value: object) -> None:
    """Gives nothing."""


def test_damaged_compression_is_refused(site: Site) -> None:
    site.pages["/texte"] = sent(b"pas du gzip", content_encoding="gzip")
    assert "abîmée" in refusal(site)


def test_a_silent_site_is_left(site: Site) -> None:
    site.pages["/texte"] = lambda _request: void(site.leaving.wait(5))
    assert "ne répond pas assez vite" in refusal(site, read_s=0.1)


@pytest.mark.parametrize("page", [slow_body, slow_headers])
def test_a_site_that_drips_is_left_when_its_time_is_over(site: Site, page: object) -> None:
    site.pages["/texte"] = page(site)  # type: ignore[operator]
    assert "n'est pas arrivé en 0.3 s" in refusal(site, whole_s=0.3)


def test_a_name_that_never_resolves_is_left_when_its_time_is_over(site: Site) -> None:
    def never(_host: str, _port: int) -> list[str]:
        site.leaving.wait(5)
        raise OSError

    assert "n'est pas arrivé en 0.1 s" in refusal(site, resolve=never, whole_s=0.1)


@pytest.mark.parametrize("answer", [OSError("rien"), UnicodeError("rien"), []])
def test_an_unknown_name_is_unreachable(site: Site, answer: object) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        if isinstance(answer, Exception):
            raise answer
        return []

    with pytest.raises(Unreachable, match=f"« {HOST} » est introuvable"):
        got(site, resolve=resolve)


def test_an_unreachable_site_is_tried_once(site: Site) -> None:
    tried: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        tried.append(host)
        raise socket.gaierror

    downloads = Downloads([site.url()], site.network(resolve=resolve))
    for _ in range(3):
        with pytest.raises(Unreachable):
            downloads.get(site.url())
    assert tried == [HOST]


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        site = Site(taken.getsockname()[1])
        with pytest.raises(Unreachable, match="ne peut pas être joint"):
            got(site)


def test_the_environment_names_no_proxy(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.9:9")
    site.pages["/texte"] = sent(b"Un texte.")
    assert got(site).data == b"Un texte."


def test_a_protected_connection_asks_for_the_name_of_the_site() -> None:
    hello: list[bytes] = []
    with socket.create_server((LOOPBACK, 0)) as server:

        def answer() -> None:
            connection, _address = server.accept()
            with connection:
                hello.append(connection.recv(4096))

        thread = threading.Thread(target=answer)
        thread.start()
        url = f"https://{HOST}:{server.getsockname()[1]}/texte"
        with pytest.raises(UnreadableFile, match="a interrompu sa réponse"):
            Downloads([url], Site(0).network()).get(url)
        thread.join()
    assert HOST.encode() in hello[0]


AUTHORITIES = downloading._authorities


def test_certificates_and_their_names_are_checked() -> None:
    context = AUTHORITIES()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.cert_store_stats()["x509_ca"] > 0


def test_the_usual_network_is_public_and_polite() -> None:
    usual = Network()
    assert (usual.trusted_addresses, usual.pause_s) == (frozenset(), 1.0)
    assert (usual.connect_s, usual.read_s, usual.whole_s) == (10.0, 20.0, 60.0)
    assert usual.max_bytes == 25_000_000


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for the site that no authority signed, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl n'est pas là")
    made = tmp_path / "site.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=x"
    names = ["-addext", f"subjectAltName=DNS:{HOST}", "-keyout", str(made), "-out", str(made)]
    subprocess.run(["openssl", *words.split(), *names], check=True, capture_output=True)
    return made


@pytest.mark.parametrize(("host", "trusted"), [(HOST, True), (HOST, False), ("x.example", True)])
def test_a_certificate_must_be_known_and_of_the_site(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, host: str, trusted: bool
) -> None:
    known = ssl.create_default_context(cafile=certificate if trusted else None)
    monkeypatch.setattr(downloading, "_authorities", lambda: known)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate)
    with serving(ours) as site:
        site.pages["/texte"] = sent(b"Un texte.")
        url = site.url(host=host).replace("http:", "https:")
        downloads = Downloads([url], site.network())
        if trusted and host == HOST:
            assert downloads.get(url).data == b"Un texte."
        else:
            with pytest.raises(UnreadableFile, match="n'est pas reconnu"):
                downloads.get(url)
