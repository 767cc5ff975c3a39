"""Small files made to exhaust the memory, the time or the disk of who opens them."""

import gzip
import struct
import zlib
from collections.abc import Callable
from typing import Final

from tests.ingest import test_reading_opendocument as odt
from tests.ingest import test_reading_word as docx
from tests.reliability.malformed import CATALOGUE, attributes, mail, nested_mail, pdf, toml, zipped

MEGA: Final = 1_000_000
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 5 0 R>>"
_TREE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS: Final = f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>'


def swollen(unit: bytes, times: int) -> bytes:
    """Raw deflate that gives ``unit`` so many times, made without ever holding what it gives."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeeze.compress(unit) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return block * times + squeeze.flush(zlib.Z_FINISH)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream of a PDF, its dictionary with these entries."""
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), entries, data)


def flate(unit: bytes, times: int, entries: bytes = b"") -> bytes:
    """A stream of a PDF that swells."""
    return stream(b"x\x9c" + swollen(unit, times) + b"\x00" * 4, entries + b"/Filter/FlateDecode")


def paged(content: bytes, *more: bytes, resources: bytes = _FONT, page: bytes = _PAGE) -> bytes:
    """A PDF of one page with this content stream (object 4); more objects from 6 on."""
    return pdf(CATALOGUE, _TREE, page, content, resources, *more)


def nested_flate() -> bytes:
    """A content stream of 10 GB, compressed three times over."""
    data = b"x\x9c" + swollen(b"0 g " * 250_000, 10_000) + b"\x00" * 4
    for _ in range(2):
        data = zlib.compress(data, 9)
    return paged(stream(data, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))


def forms(levels: int, calls: int) -> bytes:
    """Forms that each call the next one so many times; the last one calls the first."""
    made = []
    for number in range(levels):
        following = 6 + (number + 1) % levels
        names = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
        made.append(stream(b"/X Do " * calls, names % following))
    return paged(stream(b"/X Do"), *made, resources=b"<</XObject<</X 6 0 R>>>>")


def looping_pages() -> bytes:
    """A page tree whose branches are their own ancestors, a million pages it says."""
    kids = b"2 0 R 3 0 R " * 50
    branch = b"<</Type/Pages/Parent 2 0 R/Kids[%b]/Count 1000000>>" % kids
    return pdf(CATALOGUE, branch, branch)


def one_page_a_million_times() -> bytes:
    """A page tree that names one page a million times."""
    tree = b"<</Type/Pages/Kids[%b]/Count 1000000>>" % (b"3 0 R " * MEGA)
    return pdf(CATALOGUE, tree, _PAGE, stream(b""), _FONT)


def object_streams() -> bytes:
    """Object streams that extend each other and say that they hold a million objects."""
    numbers = b" ".join(b"%d 0" % n for n in range(100_000))
    heads = b"/Type/ObjStm/N 1000000/First 9/Extends %d 0 R"
    inner = [stream(zlib.compress(numbers), heads % n + b"/Filter/FlateDecode") for n in (7, 6)]
    return paged(stream(b"BT /F 9 Tf (a) Tj ET"), *inner)


def looping_table() -> bytes:
    """A PDF whose cross-reference table says that it continues itself."""
    data = paged(stream(b"BT /F 9 Tf (a) Tj ET"))
    place = data.rfind(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % place)


def giant_picture() -> bytes:
    """A page painted with a picture of 10 billion points, a thousand times."""
    size = b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8"
    picture = flate(bytes(MEGA), 10_000, size + b"/ColorSpace/DeviceRGB")
    painted = stream(b"q 500 0 0 500 0 0 cm /X Do Q " * 1000)
    return paged(painted, picture, resources=b"<</XObject<</X 6 0 R>>>>")


def shared_content() -> bytes:
    """A thousand pages that share one stream of 150 MB of text operators."""
    tree = b"<</Type/Pages/Kids[%b]/Count 1000>>" % (b"3 0 R " * 1000)
    text = flate(b"BT /F 9 Tf 9 9 Td (a) Tj ET\n" * 10_000, 500)
    return pdf(CATALOGUE, tree, _PAGE, text, _FONT)


def _local(name: bytes, crc: int, packed: int, size: int) -> bytes:
    fields = (20, 0, 8, 0, 33, crc, packed, size, len(name), 0)
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, *fields) + name


def _central(place: int, name: bytes, crc: int, packed: int, size: int) -> bytes:
    fields = (20, 20, 0, 8, 0, 33, crc, packed, size, len(name), 0, 0, 0, 0, 0, place)
    return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, *fields) + name


def _end(count: int, directory: int, place: int) -> bytes:
    return struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, directory, place, 0)


def alone(name: str, raw: bytes, size: int) -> bytes:
    """A zip file of one entry, already deflated, whose size is said right."""
    fields = (name.encode(), 0, len(raw), size)
    body, record = _local(*fields) + raw, _central(0, *fields)
    return body + record + _end(1, len(record), len(body))


def crowded(count: int) -> bytes:
    """A zip file of so many empty entries, all at one place."""
    records = b"".join(_central(0, b"%06d.txt" % n, 0, 2, 0) for n in range(count))
    body = _local(b"000000.txt", 0, 2, 0) + b"\x03\x00"
    return body + records + _end(count & 0xFFFF, len(records), len(body))


def quoted(files: int, kernel: int) -> bytes:
    """A zip file whose entries overlap: each quotes the next one's header, all share a kernel.

    Sizes and checksums are right (D. Fifield, « A better zip bomb », 2019).
    """
    zeros, packed = bytes(kernel), swollen(bytes(100_000), kernel // 100_000)
    fields = (b"%05d.txt" % files, zlib.crc32(zeros), len(packed), kernel)
    made, body, headers = [fields], packed, b""
    for number in reversed(range(files)):
        header = _local(*fields)
        headers = header + headers
        body = struct.pack("<BHH", 0, len(header), len(header) ^ 0xFFFF) + header + body
        crc, size = zlib.crc32(zeros, zlib.crc32(headers)), fields[3] + len(header)
        fields = (b"%05d.txt" % number, crc, len(body), size)
        made.append(fields)
    body = _local(*fields) + body
    step = len(_local(*fields)) + 5
    records = b"".join(_central(n * step, *entry) for n, entry in enumerate(reversed(made)))
    return body + records + _end(len(made), len(records), len(body))


def ballast(ratio: int, size: int) -> bytes:
    """Bytes that a zip shrinks about ``ratio`` times: never enough to be told by it."""
    noise = b"".join(zlib.crc32(b"%d" % n).to_bytes(4, "little") for n in range(2500))
    unit = noise + b" " * (10_000 * (ratio - 1))
    return (unit * (size // len(unit) + 1))[:size]


def members(count: int) -> bytes:
    """A gzip file of so many empty members."""
    return gzip.compress(b"") * count


def gzipped(unit: bytes, times: int) -> bytes:
    """A gzip file that swells."""
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff" + swollen(unit, times) + bytes(8)


def office(head: str, unit: str, times: int, foot: str) -> bytes:
    """A zip file of ``word/document.xml`` and ``content.xml``, too large to be made whole."""
    del head, unit, times, foot
    raise NotImplementedError


def document(body: str, part: str = "word/document.xml") -> bytes:
    """A .docx of this document part."""
    return docx.zipped({part: body})


def many_parts(count: int) -> bytes:
    """A mail of so many parts."""
    head = b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
    return head + b"--b\nContent-Type: text/plain\n\na\n" * count


def words_everywhere() -> bytes:
    """Twenty pages that share 45,000 words, each at a place of its own."""
    tree = b"<</Type/Pages/Kids[%b]/Count 20>>" % (b"3 0 R " * 20)
    put = b"1 0 0 1 %d %d Tm (ab) Tj "
    words = b"".join(put % (n * 37 % 560, 20 + n * 53 % 800) for n in range(45_000))
    return pdf(CATALOGUE, tree, _PAGE, stream(b"BT /F 4 Tf " + words + b"ET"), _FONT)


def letter(body: str) -> bytes:
    """A .docx of this body."""
    return docx.zipped({"word/document.xml": docx.part("document", f"<w:body>{body}</w:body>")})


def sheets(count: int) -> bytes:
    """An .odt of so many tables of a billion rows and columns."""
    cell = f"<table:table-cell table:number-columns-repeated='1000000000'>{odt.p('a')}"
    row = f"<table:table-row table:number-rows-repeated='1000000000'>{cell}</table:table-cell>"
    return odt.written(f"<table:table>{row}</table:table-row></table:table>" * count)


def quadratic() -> bytes:
    """An .odt in which one entity of 100 kB stands 100,000 times."""
    entity = f'<!DOCTYPE x [<!ENTITY e "{"a" * 100_000}">]>'
    return odt.zipped({"content.xml": entity + odt.root(odt.p("&e;" * 100_000))})


def _laughing(coding: str) -> bytes:
    return (LAUGHS + docx.part("document", f"<w:body>{docx.p('&l11;')}</w:body>")).encode(coding)


BOMBS: Final[dict[str, Callable[[], bytes]]] = {
    "flate.pdf": nested_flate,
    "opérateurs.pdf": lambda: paged(flate(b"BT /F 9 Tf 9 9 Td (a) Tj ET\n" * 10_000, 1000)),
    "traits.pdf": lambda: paged(flate(b"9 9 m 400 9 l S " * 10_000, 500)),
    "états.pdf": lambda: paged(flate(b"q " * 500_000, 500)),
    "formes.pdf": lambda: forms(12, 12),
    "pages en boucle.pdf": looping_pages,
    "million de pages.pdf": one_page_a_million_times,
    "flux d'objets.pdf": object_streams,
    "table en boucle.pdf": looping_table,
    "image.pdf": giant_picture,
    "contenu partagé.pdf": shared_content,
    "mots.pdf": words_everywhere,
    "crochets.pdf": lambda: paged(stream(b"[" * 5 * MEGA), b"[" * 5 * MEGA),
    "dictionnaires.pdf": lambda: paged(stream(b"<<" * 5 * MEGA), b"<</A" * 3 * MEGA),
    "citations.zip": lambda: quoted(300, 20 * MEGA),
    "zéros.zip": lambda: alone("a.txt", swollen(bytes(MEGA), 4000), 4000 * MEGA),
    "foule.zip": lambda: crowded(100_000),
    "ballast.zip": lambda: zipped(*((f"{n}.txt", ballast(85, 24 * MEGA)) for n in range(11))),
    "rires.docx": lambda: docx.zipped({"word/document.xml": _laughing("utf-8")}),
    "rires.odt": lambda: docx.zipped({"content.xml": _laughing("utf-16")}),
    "quadratique.odt": quadratic,
    "500 Mo.docx": lambda: alone("word/document.xml", swollen(b"<w:p/>" * 100_000, 830), 5 << 27),
    "paragraphes.docx": lambda: letter("<w:p/>" * 6 * MEGA),
    "courts.docx": lambda: letter(docx.p("a") * 500_000),
    "tableaux.docx": lambda: letter("<w:tbl><w:tr><w:tc>" * MEGA),
    "profonds.docx": lambda: letter(
        ("<w:tbl><w:tr><w:tc>" * 60 + docx.p("a") + "</w:tc></w:tr></w:tbl>" * 60) * 9_000
    ),
    "rangées.odt": lambda: sheets(20_000),
    "flux.jsonl.gz": lambda: gzipped(bytes(MEGA), 10_000),
    "membres.jsonl.gz": lambda: members(MEGA),
    "lignes.jsonl.gz": lambda: gzip.compress(ballast(40, 150 * MEGA), 6),
    "tableaux.html": lambda: b"<table><tr><td>a" * 100_000,
    "ouvertes.html": lambda: b"<p><b><i>a" * MEGA,
    "listes.html": lambda: b"<ul><li>a" * MEGA,
    "paragraphes.html": lambda: b"<p>ab</p>" * MEGA,
    "attribut.html": lambda: b"<html><body><p title='" + b"a" * 20 * MEGA + b"'>a</p>",
    "attributs.html": lambda: attributes(100_000),
    "notes.html": lambda: b"<sup><a href=#fn1>1</a></sup><p id=fn1>1 a</p>" * 100_000,
    "parties.eml": lambda: many_parts(100_000),
    "profond.eml": lambda: nested_mail(10_000),
    "base64.eml": lambda: mail(attached=b"a" * 65 * MEGA),
    "ligne.jsonl": lambda: b'{"text":"' + b"a b. " * 4_900_000 + b'"}',
    "lignes.jsonl": lambda: b'{"text":"a"}\n' * 1_900_000,
    "cent cinquante mille.jsonl": lambda: b'{"text":"a"}\n' * 150_000,
    "objets.jsonl": lambda: b"{}\n" * 8_000_000,
    "emphase.md": lambda: b"*a _b " * MEGA,
    "liens.md": lambda: b"![a]([b" * 700_000,
    "mélange.md": lambda: b"<a `*_[~~\\(http://" * 300_000,
    "fiche.md": lambda: toml(".".join("a" * 300_000) + " = 1"),
    "paragraphes.md": lambda: b"a\n\n" * 8 * MEGA,
    "paragraphes.txt": lambda: b"a\n\n" * 8 * MEGA,
    "cent cinquante mille.txt": lambda: b"a\n\n" * 150_000,
    "un million.txt": lambda: b"a\n\n" * MEGA,
    "puces.txt": lambda: b"- a\n" * 6 * MEGA,
}
