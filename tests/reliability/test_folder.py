"""What a département drops: a folder of 200 mixed files, a tenth of them bad."""

import gzip
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from ingest.index import current_generation, open_generation
from ingest.lexical import terms
from ingest.pipeline import ingest
from ingest.reading import read
from ingest.settings import PROJECT, Settings
from tests.ingest.pdf_pages import Pages, book
from tests.ingest.test_reading_opendocument import p as odt_paragraph
from tests.ingest.test_reading_opendocument import written as odt
from tests.timing import fastest_s

GOOD, BAD = 180, 20
SYLLABLES = ("ba", "do", "fi", "gu", "la", "mo", "ni", "pe", "ru", "so")


def word(number: int) -> str:
    """A word that no other file of the folder has."""
    return "zy" + "".join(SYLLABLES[int(digit)] for digit in f"{number:03}")


def sentence(number: int) -> str:
    """What a file says."""
    return f"Le relais {word(number)} accueille {number + 3} familles le samedi."


def pdf(number: int) -> bytes:
    pages = Pages()
    pages.line(f"Rapport du relais {number}", size=18, bold=True)
    pages.text(sentence(number))
    return pages.data()


def word_file(number: int) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_heading(f"Rapport du relais {number}", 1)
    document.add_paragraph(sentence(number))
    document.save(file)
    return file.getvalue()


def page(number: int) -> bytes:
    text = f"<h1>Relais {number}</h1><p>{sentence(number)} Il ouvre toute l'année.</p>"
    return f"<html><body><nav>Accueil</nav><article>{text}</article></body></html>".encode()


def archive(number: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(f"dedans-{number}.txt", sentence(number))
    return file.getvalue()


def mail(number: int) -> bytes:
    head = f"From: a@b.fr\r\nSubject: Relais {number}\r\nContent-Type: text/plain; charset=utf-8"
    return f"{head}\r\nMIME-Version: 1.0\r\n\r\n{sentence(number)}\r\n".encode()


def record(number: int) -> bytes:
    row = {"_id": f"fiche-{number}", "title": f"Relais {number}", "text": sentence(number)}
    return json.dumps(row, ensure_ascii=False).encode()


MAKERS: dict[str, Callable[[int], bytes]] = {
    "pdf": pdf,
    "docx": word_file,
    "odt": lambda n: odt(odt_paragraph(sentence(n))),
    "html": page,
    "md": lambda n: f"# Relais {n}\n\n{sentence(n)}\n".encode(),
    "txt": lambda n: sentence(n).encode("cp1252"),
    "jsonl": record,
    "jsonl.gz": lambda n: gzip.compress(record(n), mtime=0),
    "zip": archive,
    "eml": mail,
}
BAD_FILES: tuple[tuple[str, bytes], ...] = (
    ("vide.pdf", b""),
    ("binaire.pdf", bytes(range(256)) * 20),
    ("coupe.docx", word_file(1)[:2000]),
    ("image.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
    ("ancien.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
    ("sans-texte.odt", odt("")),
    ("cassee.zip", archive(1)[:-20]),
    ("ligne.jsonl", b"{"),
    ("coupe.jsonl.gz", gzip.compress(record(1))[:-9]),
    ("script.html", b"<script>alert(1)</script>"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """200 files: 18 of each format, and 20 bad ones."""
    folder = tmp_path_factory.mktemp("depot")
    for number in range(GOOD):
        extension = list(MAKERS)[number % len(MAKERS)]
        (folder / f"relais-{number}.{extension}").write_bytes(MAKERS[extension](number))
    for copy in range(BAD // len(BAD_FILES)):
        for name, data in BAD_FILES:
            (folder / f"mauvais-{copy}-{name}").write_bytes(data + b"\x00" * copy)
    return folder


def test_a_folder_of_two_hundred_files_answers_from_the_good_ones(
    folder: Path, settings: Settings, tmp_path: Path
) -> None:
    report = ingest([folder], settings, None)
    assert len(report.added) == GOOD
    refused = {Path(row["file"].split("!")[0].split("#")[0]).name for row in report.refused}
    assert refused == {path.name for path in folder.glob("mauvais-*")}
    assert all(row["reason"].rstrip()[-1] in ".)" for row in report.refused)
    index = open_generation(current_generation(settings.index_folder), None)
    for number in range(GOOD):
        row = int(index.bm25(terms(word(number)), None).argmax())
        assert f"{number + 3} familles" in index.texts.passage(row).text
    index.close()
    again = ingest([folder], settings, None)
    assert (again.corpus_digest, len(again.unchanged)) == (report.corpus_digest, GOOD)
    other = Settings(index=tmp_path / "autre", cache=tmp_path, embedding_model="none")
    assert ingest([folder], other, None).corpus_digest == report.corpus_digest


INGEST_BOOK = """
import resource, sys
from pathlib import Path
from ingest.pipeline import ingest
from ingest.settings import Settings
stages = []
settings = Settings(index=Path(sys.argv[1]), cache=Path(sys.argv[1]), embedding_model="none")
report = ingest([Path(sys.argv[2])], settings, None, lambda *stage: stages.append(stage))
# ru_maxrss of this process would be that of the one it was forked from.
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
own_mb = int(status["VmHWM"].split()[0]) / 1024
children_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(report.passages, max(own_mb, children_mb), len(stages))
"""


def test_three_hundred_pages_take_less_than_one_gigabyte(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(book(300))
    command = [sys.executable, "-c", INGEST_BOOK, str(tmp_path / "index"), str(path)]
    child = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    passages, used_mb, stages = child.stdout.split()
    assert int(passages) > 600
    assert float(used_mb) < 1000
    assert int(stages) > 0


def test_text_is_read_at_fifty_pages_a_second() -> None:
    data = book(50)
    read("rapport.pdf", data)
    assert 50 / fastest_s(lambda: read("rapport.pdf", data)) > 50
