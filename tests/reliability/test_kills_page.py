"""``kill -9`` of the server while its page publishes a file: whole afterwards, and it says so."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape

import httpx
import pytest

from ingest.index import CURRENT_FILE
from ingest.library import Library
from ingest.settings import PROJECT, Settings
from ingest.undoing import UNDO_FILE
from ui import adding_texts as texts
from ui.pages.navigation import ADDING, document_address

SERVE = "import sys; from ui.cli import main; sys.argv = ['reperes', *sys.argv[1:]]; main()"
START_S = 120
KNOWN = "Quand le contrat départemental est-il signé en 2021 ?"


@dataclass(frozen=True, slots=True)
class Server:
    """A server in a process of its own, and a person before it."""

    process: "subprocess.Popen[str]"
    person: httpx.Client

    def kill(self) -> None:
        """As the system does that lacks memory; its publication is another process."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(settings: Settings) -> Iterator[Server]:
    """A server over an index, from its address printed to its end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "REPERES_INDEX": str(settings.index_folder),
        "REPERES_CACHE": str(settings.cache),
        "REPERES_EMBEDDING_MODEL": "none",
    }
    command = [sys.executable, "-c", SERVE, "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        assert "Repères répond" in process.stdout.readline()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=START_S) as person:
            yield Server(process, person)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def published_from_the_page(server: Server, name: str, data: bytes) -> str:
    """Sends a file and orders its publication; gives the address of its draft."""
    key = re.search(r'name="cle" value="([^"]+)"', server.person.get(ADDING).text)
    assert key is not None
    own = {"cle": key[1]}
    draft = server.person.post(ADDING, data=own, files={"fichier": (name, data)}).headers[
        "location"
    ]
    begun = server.person.post(f"{draft}/publier", data=own)
    assert begun.headers["location"] == f"{ADDING}/travail"
    return draft


def check_whole(server: Server, settings: Settings, name: str, said: str, draft: str) -> bool:
    """The document is there, whole and found, or nowhere; tells which. The page says it."""
    document_id = name.partition(".")[0]
    library = Library(settings.library_folder)
    for entry in library:
        library.data(entry)
    listed = name in {entry.name for entry in library}
    page = server.person.get(document_address(document_id))
    asked = {"question": f"Que dit la charte du {said} ?"}
    answer = server.person.post("/api/answers", json=asked).text
    assert (page.status_code == 200, document_id in answer) == (listed, listed)
    front = unescape(server.person.get(f"{ADDING}/travail").text)
    assert texts.NO_WORK in front
    assert (f"Retirer {name}" in re.sub(r"<[^>]+>", "", front)) == listed
    gone = server.person.get(draft)
    assert (gone.status_code, texts.GONE in unescape(gone.text)) == (404, True)
    assert "30 septembre 2021" in server.person.post("/api/answers", json={"question": KNOWN}).text
    return listed


def moments(settings: Settings) -> Iterator[Callable[[], bool]]:
    """What the disk shows at four moments of a publication, each made when its turn comes."""
    index = settings.index_folder
    yield lambda: True  # the order is given
    yield (settings.library_folder / UNDO_FILE).exists  # the library is being changed
    yield lambda: any(index.glob(".building-*"))  # an index is being written
    former = (index / CURRENT_FILE).read_text(encoding="ascii")
    yield lambda: (index / CURRENT_FILE).read_text(encoding="ascii") != former  # in service


def wait_for(reached: Callable[[], bool]) -> None:
    """Waits until the disk shows a moment."""
    end = time.monotonic() + START_S
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.001)


@pytest.mark.long
@pytest.mark.kills
@pytest.mark.timeout(900)
def test_a_server_killed_while_its_page_publishes_is_whole_again(published: Settings) -> None:
    there = []
    for number, reached in enumerate(moments(published)):
        name, said = f"charte{number}.md", f"relais tambourin{number}"
        data = f"# Charte du {said}\n\nLe {said} accueille les familles le mardi.\n".encode()
        with serving(published) as server:
            draft = published_from_the_page(server, name, data)
            wait_for(reached)
            server.kill()
        with serving(published) as server:
            there.append(check_whole(server, published, name, said, draft))
    assert there[-1] and not all(there)
