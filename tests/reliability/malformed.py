"""Makes malformed and odd files, and tells what a parser gave of one."""

import io
import json
import stat
import warnings
import zipfile
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.parsing import Parser
from ingest.reading.containers import CONTAINERS
from ingest.reading.content import Entry, Refusal
from tests.ingest import test_reading_opendocument as odt
from tests.ingest.pdf_pages import Pages, prose

SEEN: Final = "Les préfets signent le contrat avant le 31 décembre."
GOOD: Final = f"# Note\n\n{SEEN}\n".encode()
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
NOISE: Final = bytes((n * n * 31 + n * 7) % 251 for n in range(6000))
PAGE: Final = f"<html><body><h1>Note</h1><p>{SEEN}</p></body></html>"
RECORD: Final = {"_id": "a", "title": "Note", "text": SEEN}
CATALOGUE: Final = b"<</Type/Catalog/Pages 2 0 R>>"
DOCTYPE: Final = '<!DOCTYPE x [<!ENTITY e "secret">]>'


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file gave: the text of its blocks (or entries) and the reasons of refused parts."""

    text: str
    parts: tuple[str, ...] = ()


def outcome(parser: Parser, name: str, data: bytes) -> Outcome:
    """Reads a file, or opens a container.

    Raises:
        UnreadableFile: it is refused.
    """
    if name.endswith(CONTAINERS):
        found = parser.entries(name, data)
        kept = [e.data.decode("utf-8-sig", "replace") for e in found if isinstance(e, Entry)]
        return Outcome("\n".join(kept), tuple(e.reason for e in found if isinstance(e, Refusal)))
    reading = parser.read(name, data)
    text = "\n".join(block.text for content in reading.contents for block in content.blocks)
    return Outcome(text, tuple(part.reason for part in reading.refused))


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes], method: int = 8) -> bytes:
    """A zip file of these entries."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as archive:
        warnings.simplefilter("ignore")  # the same name twice
        for name, data in files:
            archive.writestr(name, data)
    return file.getvalue()


def patched(data: bytes, offset: int, value: bytes) -> bytes:
    """The same zip file, its last record in the directory changed at ``offset``."""
    at = data.rfind(b"PK\x01\x02") + offset
    return data[:at] + value + data[at + len(value) :]


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first of which is its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    return data + head + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n" % (size, len(data))


def drawn(
    pages: int = 1, *, password: str | None = None, scan: bool = False, words: int = 60
) -> bytes:
    """A PDF of prose, or of pictures."""
    made = Pages()
    if password is not None:
        lock = StandardEncryption(password, "owner", strength=128)
        made.canvas = Canvas(made.out, pagesize=(595, 842), encrypt=lock)
    for _ in range(pages):
        if scan:
            made.picture()
        else:
            made.text(prose(words))
        made.page()
    return made.data()


def linked() -> zipfile.ZipInfo:
    """An entry that is a link to a file."""
    info = zipfile.ZipInfo("lien.txt")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


def lines(*records: object) -> bytes:
    """Lines of JSON; bytes are a line as they are."""
    return b"\n".join(r if isinstance(r, bytes) else json.dumps(r).encode() for r in records)


def nested_mail(depth: int) -> bytes:
    """A mail whose multiparts hold one another, the deepest one a text."""
    heads = [
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n".encode() for n in range(depth)
    ]
    return b"Subject: x\n" + b"".join(heads) + b"Content-Type: text/plain\n\n" + SEEN.encode()


def mail(text: str | None = SEEN, attached: bytes | None = None) -> bytes:
    """A mail with its text and one attached file."""
    message = EmailMessage()
    message["Subject"], message["From"] = "Contrat", "Odile Ferrandon <odile@relais.example>"
    if text is not None:
        message.set_content(text)
    if attached is not None:
        message.add_attachment(
            attached, maintype="application", subtype="pdf", filename="pièce.pdf"
        )
    return bytes(message)


def misread(text: str, times: int) -> bytes:
    """Text whose UTF-8 bytes were read as Windows-1252 and saved again, ``times`` times."""
    for _ in range(times):
        text = text.encode("utf-8").decode("cp1252")
    return text.encode("utf-8")


def toml(head: str, body: str = SEEN) -> bytes:
    """A markdown file with this front matter."""
    return f"+++\n{head}\n+++\n{body}\n".encode()


def sentence_pdf() -> bytes:
    """A PDF of one sentence."""
    pages = Pages()
    pages.line(SEEN)
    return pages.data()


def attributes(count: int) -> bytes:
    """A page with so many attributes in one tag."""
    names = " ".join(f"data-{n}='{n}'" for n in range(count))
    return PAGE.replace("<p>", f"<p {names}>").encode()


def table(columns: str = "", rows: str = "") -> bytes:
    """An .odt of a table of one row and two cells, with more attributes."""
    cell = f"<table:table-cell {{}}>{odt.p(SEEN)}</table:table-cell>"
    cells = cell.format("") + cell.format(columns)
    row = f"<table:table-row {rows}>{cells}</table:table-row>"
    return odt.written(f"<table:table>{row}</table:table>")


def beside(name: str | zipfile.ZipInfo, data: bytes = b"autre", *, nul: bool = False) -> bytes:
    """A zip file of a good text and one more file; a NUL in its name where it holds ``X``."""
    made = zipped(("a.txt", SEEN.encode()), (name, data))
    return made.replace(b"aXb", b"a\x00b") if nul else made


def named_attachment() -> bytes:
    """A mail whose attached file has a name that leaves the folder."""
    return mail(attached=b"%PDF-").replace(b"filename*=", b"filename=../a.pdf; x=")


def blank_pdf() -> bytes:
    """A PDF of two pages without anything."""
    pages = Pages()
    pages.page()
    pages.page()
    return pages.data()


def half_scanned() -> bytes:
    """A PDF of a page of prose and a scanned one."""
    pages = Pages()
    pages.line(SEEN)
    pages.page()
    pages.picture()
    return pages.data()
