"""The desk behind « /ajouter », without a browser: drafts, publication, removal."""

import io
import os
import signal
import stat
import subprocess
import tempfile
import time
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.answering import Assistant
from corpus.errors import InvalidDocument, InvalidRequest, ReperesError, UnreadableFile
from ingest.collecting import Found
from ingest.index import current_generation
from ingest.library import Library
from ingest.publication import PublicationCrashed
from ingest.publishing import publishing_lock
from ingest.serving import Service
from ingest.settings import Settings
from tests.conftest import NOTE
from tests.fakes import FakeEmbeddings
from ui import adding_texts as texts
from ui.adding import PLACE, Desk, Outlook
from ui.drafts import Drafts, shown_name, sweep

TEXT = b"# Charte du relais\n\nLe relais parental accueille les familles chaque mardi.\n"


COPY = ("copie.md", NOTE.encode())


class Clock:
    """A clock that a test moves."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def desk(published: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk over a tiny published index; its drafts stand in a folder of the test."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return Desk(published, FakeEmbeddings)


def published_texts(settings: Settings) -> str:
    """All that the index in service holds."""
    assistant = Assistant(Service(settings).index)
    return "\n".join(document.text for document in assistant.documents())


def left(tmp_path: Path) -> list[Path]:
    """Files of drafts on disk."""
    return [p for p in (tmp_path / "tmp").rglob("*") if p.is_file() and p.name != "en-service"]


def test_a_draft_is_private_and_published_only_when_asked(
    desk: Desk, published: Settings, tmp_path: Path
) -> None:
    draft = desk.drafts.add("charte.md", TEXT)
    (file,) = left(tmp_path)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert "relais parental" not in published_texts(published)
    desk.publish(draft)
    desk.wait(60)
    assert (desk.job and desk.job.state, desk.job and desk.job.error) == ("done", None)
    assert "relais parental" in published_texts(published)
    assert left(tmp_path) == []


def test_a_discarded_draft_leaves_nothing(desk: Desk, published: Settings, tmp_path: Path) -> None:
    held = desk.held()
    desk.drafts.discard(desk.drafts.add("charte.md", TEXT).token)
    assert (desk.drafts.all(), left(tmp_path), desk.held()) == ([], [], held)


def test_a_draft_goes_after_an_hour(desk: Desk, tmp_path: Path) -> None:
    clock = Clock()
    desk.drafts = Drafts(kept_s=3600, clock=clock)
    token = desk.drafts.add("charte.md", TEXT).token
    clock.now_s = 3599
    assert desk.drafts.get(token) is not None
    clock.now_s = 3600
    assert (desk.drafts.get(token), left(tmp_path)) == (None, [])


def test_what_a_killed_server_left_goes_at_the_next_start(tmp_path: Path) -> None:
    dead, alive = tmp_path / "reperes-ajouts-a", tmp_path / "autre"
    for folder in (dead, alive):
        folder.mkdir()
        (folder / "en-service").touch()
    sweep(tmp_path)
    assert (dead.exists(), alive.exists()) == (False, True)


def test_the_folder_of_a_running_server_stays(desk: Desk, tmp_path: Path) -> None:
    draft = desk.drafts.add("charte.md", TEXT)
    Drafts()
    assert draft.file.read_bytes() == TEXT


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.md", "passwd.md"),
        ("C:\\Users\\x\\note.pdf", "note.pdf"),
        ("a\x00\nb\u202e.txt", "a b .txt"),
        ("", "document"),
        ("..", "document"),
        (f"{'a' * 300}.pdf", f"{'a' * 116}.pdf"),
    ],
)
def test_a_name_is_never_a_path(given: str, shown: str) -> None:
    assert shown_name(given) == shown


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("vide.md", b"", "est vide"),
        ("table.xlsx", b"PK", "exportez-le au format .pdf"),
        ("gros.txt", b"a" * 25_000_001, "au-delà de la limite"),
        ("fiches.jsonl", b"abc\ndef\n", "fiches"),
        ("faux.pdf", b"%PDF-1.7 rien", "faux.pdf"),
    ],
)
def test_what_cannot_be_read_says_why_and_leaves_nothing(
    desk: Desk, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    with pytest.raises(UnreadableFile, match=said):
        desk.drafts.add(name, data)
    assert left(tmp_path) == []


def archive(**files: bytes) -> bytes:
    """A zip of files named by their keys, « __ » for a dot and « ___ » for a folder."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as one:
        for key, data in files.items():
            one.writestr(key.replace("___", "/").replace("__", "."), data)
    return written.getvalue()


def test_each_file_of_an_archive_is_a_draft_or_refused_by_itself(desk: Desk) -> None:
    data = archive(a___charte__md=TEXT, b___note__txt=b"Un autre texte.", table__xlsx=b"PK")
    sent = desk.drafts.send("lot.zip", data)
    assert [draft.name for draft in sent.drafts] == ["charte.md", "note.txt"]
    (refusal,) = sent.refused
    assert refusal.file == "lot.zip!table.xlsx"
    assert "exportez-le au format .pdf" in refusal.reason


def test_two_files_of_one_name_in_an_archive_are_not_confused(desk: Desk) -> None:
    sent = desk.drafts.send(
        "lot.zip", archive(a___charte__md=TEXT, b___charte__md=b"# Autre\n\nX.")
    )
    assert [draft.file.read_bytes() for draft in sent.drafts] == [TEXT]
    assert sent.refused[0].reason == texts.twice("charte.md")


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"PK", "lot.zip"), (archive(), "ne contient aucun fichier")],
)
def test_an_archive_of_which_nothing_is_read_says_why(desk: Desk, data: bytes, said: str) -> None:
    sent = desk.drafts.send("lot.zip", data)
    assert sent.drafts == () and said in sent.refused[0].reason


def test_a_mail_gives_its_text_and_its_attachments(desk: Desk) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Charte du relais"
    mail.set_content("Voici la charte qui accueille les familles.")
    mail.add_attachment(TEXT.decode(), filename="charte.md", subtype="markdown")
    names = [draft.name for draft in desk.drafts.send("envoi.eml", mail.as_bytes()).drafts]
    assert len(names) == 2 and "charte.md" in names


def test_drafts_without_remark_are_published_together(desk: Desk, published: Settings) -> None:
    for name, data in (("charte.md", TEXT), ("autre.md", b"# Autre\n\nLe relais ferme."), COPY):
        desk.drafts.add(name, data)
    ready = desk.ready()
    assert [draft.name for draft in ready] == ["charte.md", "autre.md"]
    desk.publish(*ready)
    desk.wait(60)
    assert desk.job is not None and desk.job.documents == ("charte", "autre")
    assert [draft.name for draft in desk.drafts.all()] == ["copie.md"]
    assert "Le relais ferme" in published_texts(published)


def test_two_drafts_of_one_name_are_not_published_together(desk: Desk) -> None:
    desk.drafts.add("charte.md", TEXT)
    desk.drafts.add("charte.md", TEXT.replace(b"mardi", b"jeudi"))
    with pytest.raises(InvalidRequest, match="ouvrez-les un à un"):
        desk.publish(*desk.ready())


def test_a_full_disk_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ReperesError, match="le disque est plein"):
        desk.drafts.add("charte.md", TEXT)
    assert desk.drafts.all() == []


def test_no_more_drafts_wait_than_are_allowed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.drafts.MOST_DRAFTS", 1)
    desk.drafts.add("charte.md", TEXT)
    with pytest.raises(InvalidRequest, match="^1 fichiers lus attendent"):
        desk.drafts.add("autre.md", TEXT)


def test_the_same_content_is_a_duplicate(desk: Desk) -> None:
    outlook = desk.outlook(desk.drafts.add("copie.md", NOTE.encode()))
    assert outlook.obstacle == texts.duplicate("note.md")


def test_an_identifier_of_another_file_is_an_obstacle(desk: Desk, published: Settings) -> None:
    draft = desk.drafts.add("note.txt", TEXT)
    assert desk.outlook(draft).obstacle == texts.taken("note", "note.md")
    desk.publish(draft)
    desk.wait(60)
    assert desk.job is not None
    assert "L'identifiant « note » est déjà celui de" in str(desk.job.error)
    assert "relais parental" not in published_texts(published)


def test_another_file_of_the_same_name_is_announced_then_replaced(
    desk: Desk, published: Settings
) -> None:
    for data in (TEXT, TEXT.replace(b"mardi", b"jeudi")):
        draft = desk.drafts.add("charte.md", data)
        notice = desk.outlook(draft).notice
        desk.publish(draft)
        desk.wait(60)
    assert notice == texts.replaces("charte.md")
    assert "chaque jeudi" in published_texts(published)
    assert "chaque mardi" not in published_texts(published)


def test_a_publication_that_fails_changes_nothing(
    desk: Desk, published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish(desk.drafts.add("charte.md", TEXT))
    desk.wait(60)
    before = (list(Library(published.library_folder)), current_generation(published.index_folder))

    def crash(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.publication.publish_library", crash)
    draft = desk.drafts.add("charte.md", TEXT.replace(b"mardi", b"jeudi"))
    desk.publish(draft)
    desk.wait(60)
    library = Library(published.library_folder)
    assert desk.job is not None and "le disque est plein" in str(desk.job.error)
    assert (list(library), current_generation(published.index_folder)) == before
    assert TEXT in [library.data(entry) for entry in library]
    assert desk.drafts.get(draft.token) == draft


def test_an_index_at_work_elsewhere_is_said(desk: Desk, published: Settings) -> None:
    draft = desk.drafts.add("charte.md", TEXT)
    with publishing_lock(published.index_folder):
        desk.publish(draft)
        desk.wait(60)
    assert desk.job is not None
    assert "Une autre indexation est en cours" in str(desk.job.error)


class Children(list["subprocess.Popen[bytes]"]):
    """The processes begun to publish."""

    def begin(self, *given: object, **named: object) -> "subprocess.Popen[bytes]":
        """As ``Popen``, noted."""
        child: subprocess.Popen[bytes] = POPEN(*given, **named)  # type: ignore[call-overload]
        if "ingest.publication" in child.args:  # type: ignore[operator]
            self.append(child)
        return child


POPEN = subprocess.Popen


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Children:
    """Notes the processes that publish."""
    noted = Children()
    monkeypatch.setattr("ingest.publication.subprocess.Popen", noted.begin)
    return noted


def test_a_publication_whose_process_is_killed_changes_nothing_and_can_be_done_again(
    desk: Desk, published: Settings, children: Children
) -> None:
    desk, draft = Desk(published, drafts=desk.drafts), desk.drafts.add("charte.md", TEXT)
    before = (list(Library(published.library_folder)), current_generation(published.index_folder))
    desk.publish(draft)
    until = time.monotonic() + 60
    while len(Library(published.library_folder)) == len(before[0]):  # the file is not in yet
        assert time.monotonic() < until
    os.kill(children[0].pid, signal.SIGKILL)
    desk.wait(60)
    after = (list(Library(published.library_folder)), current_generation(published.index_folder))
    assert desk.job is not None and "s'est arrêtée avant sa fin" in str(desk.job.error)
    assert (after, desk.outlook(draft)) == (before, Outlook())
    assert "relais parental" not in published_texts(published)
    desk.publish(draft)
    desk.wait(60)
    assert (desk.job.error, len(children)) == (None, 2)
    assert "relais parental" in published_texts(published)


def test_what_the_process_of_a_publication_is_refused_is_said(
    desk: Desk, published: Settings, children: Children
) -> None:
    desk, draft = Desk(published, drafts=desk.drafts), desk.drafts.add("charte.md", TEXT)
    with publishing_lock(published.index_folder):
        desk.publish(draft)
        desk.wait(60)
    assert desk.job is not None and len(children) == 1
    assert "Une autre indexation est en cours" in str(desk.job.error)


def test_a_crash_of_the_process_is_one_french_sentence(
    desk: Desk, published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_given: object) -> None:
        raise PublicationCrashed("KeyError index.py:1")

    monkeypatch.setattr("ui.adding.carry_out_aside", crash)
    desk, draft = Desk(published, drafts=desk.drafts), desk.drafts.add("charte.md", TEXT)
    desk.publish(draft)
    desk.wait(60)
    assert desk.job is not None and desk.job.error == texts.UNFORESEEN


def test_one_publication_runs_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = desk.drafts.add("charte.md", TEXT)
    read, write = os.pipe()

    def held(_found: Found, _work: object, _card: object = None) -> None:
        os.read(read, 1)

    monkeypatch.setattr("ingest.publication.add", held)
    desk.publish(draft)
    with pytest.raises(InvalidRequest, match="Une autre publication"):
        desk.publish(draft)
    os.close(write)
    desk.wait(60)
    os.close(read)


def test_a_person_corrects_the_identity_of_any_file(desk: Desk, published: Settings) -> None:
    draft = desk.drafts.add("charte.txt", b"Le relais parental accueille les familles.")
    card = {"title": "Charte", "kind": "contrat local", "authority": "contrat local"}
    draft = desk.drafts.correct(draft, card | {"signed_on": "2031-05-12", "exercices": [2031]})
    desk.publish(draft)
    desk.wait(60)
    assistant = Assistant(Service(published).index)
    document = assistant.document("charte")
    assert document is not None
    identity = document.identity
    assert (identity.title, identity.kind, identity.origin) == (
        "Charte",
        "contrat local",
        "original",
    )
    assert (identity.signed_on, identity.exercices) == (date(2031, 5, 12), (2031,))
    assert draft.card in [entry.card for entry in Library(published.library_folder)]


def test_nobody_makes_a_file_official_by_saying_so(desk: Desk) -> None:
    draft = desk.drafts.add("charte.txt", "Cité : circulaire n° DGCS/SD2B/2021/25.".encode())
    said = {"title": "Circulaire", "kind": "circulaire", "authority": "circulaire"}
    draft = desk.drafts.correct(draft, said | {"number": "DGCS/SD2B/2021/25"})
    identity = draft.documents[0].identity
    assert (identity.kind, identity.authority, identity.number) == ("inconnue", "inconnue", None)


def test_a_correction_that_is_wrong_changes_nothing(desk: Desk) -> None:
    draft = desk.drafts.add("charte.md", TEXT)
    card = {"title": "C", "kind": "presse", "authority": "presse", "signed_on": "hier"}
    with pytest.raises(InvalidDocument, match="il faut une date"):
        desk.drafts.correct(draft, card)
    assert desk.drafts.get(draft.token) == draft


def test_sending_a_file_again_corrects_its_identity(desk: Desk, published: Settings) -> None:
    card = {"title": "Charte revue", "kind": "presse", "authority": "presse"}
    for corrected in (False, True):
        draft = desk.drafts.add("charte.md", TEXT)
        draft = desk.drafts.correct(draft, card) if corrected else draft
        outlook = desk.outlook(draft)
        desk.publish(draft)
        desk.wait(60)
    assert outlook.notice == texts.CORRECTS
    document = Assistant(Service(published).index).document("charte")
    assert document is not None and document.identity.title == "Charte revue"


def test_a_file_that_was_added_is_taken_out(desk: Desk, published: Settings) -> None:
    desk.publish(desk.drafts.add("charte.md", TEXT))
    desk.wait(60)
    (held,) = [held for held in desk.held() if held.path == f"{PLACE}charte.md"]
    desk.remove(held)
    desk.wait(60)
    assert desk.job is not None and desk.job.state == "done"
    assert held not in desk.held()
    assert "relais parental" not in published_texts(published)
