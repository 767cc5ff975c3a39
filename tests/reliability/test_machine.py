"""The library and the index against a dict, whatever happens to them in whatever order."""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from corpus.errors import IndexUnusable, ReperesError
from ingest import serving
from ingest.index import current_generation
from ingest.lexical import terms
from ingest.library import Library
from ingest.pipeline import backup, ingest, remove, restore
from ingest.serving import Service
from ingest.settings import PROJECT
from tests.conftest import settings_in
from tests.fakes import FakeEmbeddings

NAMES = st.sampled_from(("avenant", "bilan", "contrat", "diagnostic"))
WORDS = ("abricot", "belette", "cerise", "dindon", "endive", "fauvette", "girofle", "hamster")
PLACES = st.floats(0, 1, exclude_max=True)
INGEST = """
import sys
from pathlib import Path
from ingest.pipeline import ingest
from tests.conftest import settings_in
from tests.fakes import FakeEmbeddings
print("start", flush=True)
ingest([Path(sys.argv[2])], settings_in(Path(sys.argv[1])), FakeEmbeddings())
"""


class LibraryMachine(RuleBasedStateMachine):
    """``texts`` is what the library must hold, document id to text; the index must follow."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="reperes-machine-"))
        self.settings = settings_in(self.folder)
        self.texts: dict[str, str] = {}
        self.saved: dict[str, str] | None = None
        self.service: Service | None = None
        self.damaged = False
        self.number = 0

    @initialize(name=NAMES)
    def first_file(self, name: str) -> None:
        """An index of one file, served."""
        self.add(name)
        self.restart()

    def written(self, name: str) -> Path:
        """A file of that name with words that no other version has."""
        self.number += 1
        words = random.Random(self.number).sample(WORDS, 3)
        text = f"# {name.capitalize()}\n\nVersion {self.number} : {', '.join(words)}.\n"
        path = self.folder / "depot" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def publish(self, *paths: Path) -> None:
        """An ingest that must succeed."""
        assert ingest(paths, self.settings, FakeEmbeddings()).published
        self.damaged = False

    @rule(name=NAMES)
    def add(self, name: str) -> None:
        """A new file, or a new version of one."""
        path = self.written(name)
        self.publish(path)
        self.texts[name] = path.read_text(encoding="utf-8")

    @rule()
    def add_the_same_again(self) -> None:
        """A second run changes nothing."""
        self.publish()

    @rule(data=st.sampled_from((b"", b"%PDF-1.7\n\xff", b"\x00\x01\x02" * 50)))
    def add_a_bad_file(self, data: bytes) -> None:
        """A file that can't be read is refused and nothing changes."""
        path = self.folder / "mauvais.md"
        path.write_bytes(data)
        with pytest.raises(ReperesError):
            ingest([path], self.settings, FakeEmbeddings())

    @rule(name=NAMES)
    def add_a_copy(self, name: str) -> None:
        """The same content under another name is a duplicate."""
        if name not in self.texts:
            return
        path = self.folder / "copie.md"
        path.write_text(self.texts[name], encoding="utf-8")
        report = ingest([path], self.settings, FakeEmbeddings())
        assert len(report.duplicates) == 1
        self.damaged = False

    @rule(name=NAMES)
    def take_out(self, name: str) -> None:
        """A document goes, unless it isn't there or is the last one."""
        if name in self.texts and len(self.texts) > 1:
            remove([name], self.settings, FakeEmbeddings())
            del self.texts[name]
            self.damaged = False
            return
        with pytest.raises(ReperesError, match="rien n'a été retiré"):
            remove([name], self.settings, FakeEmbeddings())

    @rule(name=NAMES, place=PLACES)
    def kill(self, name: str, place: float) -> None:
        """An ingest is killed: its file is listed or not, nothing else changed."""
        path = self.written(name)
        command = [sys.executable, "-c", INGEST, str(self.folder), str(path)]
        child = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(place * 2)
        child.kill()
        child.communicate()
        after = self.texts | {name: path.read_text(encoding="utf-8")}
        assert self.listed() in (self.texts, after)
        self.texts = self.listed()
        self.publish()

    @rule()
    def restart(self) -> None:
        """A server starts."""
        self.service = Service(self.settings)

    @rule(place=PLACES)
    def corrupt(self, place: float) -> None:
        """A published file changes on disk; a server that starts falls back or says why."""
        folder = current_generation(self.settings.index_folder)
        paths = sorted(path for path in folder.rglob("*") if path.stat().st_size and path.is_file())
        path = paths[int(place * len(paths))]
        data = bytearray(path.read_bytes())
        data[int(place * len(data))] ^= 0x5A
        path.write_bytes(data)
        self.damaged = True

    @rule()
    def save(self) -> None:
        """The library is backed up."""
        backup(self.folder / "sauvegarde.zip", self.settings)
        self.saved = dict(self.texts)

    @precondition(lambda self: self.saved is not None)
    @rule()
    def go_back(self) -> None:
        """The library of the backup is back."""
        source = self.folder / "sauvegarde.zip"
        restore(source, self.settings, FakeEmbeddings(), replacing=True)
        assert self.saved is not None
        self.texts, self.damaged = dict(self.saved), False

    def listed(self) -> dict[str, str]:
        """What the library holds."""
        library = Library(self.settings.library_folder)
        return {str(e.document_id): library.data(e).decode("utf-8") for e in library}

    @invariant()
    def the_library_is_the_dict(self) -> None:
        """Nothing is lost and nothing is kept that was removed."""
        assert self.listed() == self.texts

    @invariant()
    def the_index_answers_for_the_library(self) -> None:
        """Every document is found by its own words; an index that was damaged says so."""
        if self.service is None:
            return
        if self.damaged:
            try:
                Service(self.settings).index()
            except IndexUnusable as error:
                assert "reperes ingest" in str(error)
            return
        index = self.service.index()
        assert set(index.texts.document_ids) == set(self.texts)
        for name, text in self.texts.items():
            version = text.split("Version ")[1].split(" :")[0]
            row = int(index.bm25(terms(f"{name} {version}"), None).argmax())
            assert index.texts.passage_documents[row] == name

    def teardown(self) -> None:
        """Nothing stays on disk."""
        shutil.rmtree(self.folder, ignore_errors=True)


def run(monkeypatch: pytest.MonkeyPatch, examples: int, steps: int) -> None:
    """Runs the machine."""
    monkeypatch.setattr(serving, "load_embeddings", lambda _settings: FakeEmbeddings())
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        LibraryMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_library_and_the_index_follow_a_dict(monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, examples=5, steps=8)


@pytest.mark.long
@pytest.mark.machine
def test_the_library_and_the_index_follow_a_dict_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, examples=60, steps=15)
