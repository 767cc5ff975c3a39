"""Mutated files of every format: each is read or refused in one sentence, nothing else."""

import io
import random
import re
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import docx
import pytest
from lxml import etree

from corpus.errors import UnreadableFile
from ingest.parsing import Parser
from ingest.reading import Reading, Refusal
from ingest.reading.child import READING
from ingest.reading.containers import CONTAINERS
from ingest.reading.sanitising import sanitise
from tests.conftest import CARD
from tests.ingest import pdf_pages
from tests.ingest import test_reading_opendocument as odt
from tests.ingest import test_reading_word as word
from tests.reliability import malformed

FILES: Final = 20_000
PARTS: Final = 20
TEXT: Final = f"""# Les relais du Val

{pdf_pages.prose(60)}

## Les mesures

- un local, ouvert le 12 mars 2021 ;
- 1° un bureau[^1].

| Année | Montant |
|-------|---------|
| 2021  | 12 500 € |

[^1]: Instruction n° DGCS/SD2B/2022/61 du 3 mars 2022.
"""
PAGE: Final = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<meta property="article:published_time" content="2021-03-12"><title>Les relais</title></head>
<body><nav>Menu</nav><main>
<h1>Les relais</h1><p>{pdf_pages.prose(60)} <sup><a href="#fn1">1</a></sup></p><ul><li>un local
<ul><li>un bureau</ul></ul><table><tr><th>Année</th><th>Montant</th></tr><tr><td>2021</td><td>12
</td></tr></table><p>&laquo;&nbsp;Été&#8217;s&nbsp;&raquo;</p><p id="fn1">1. Une note.</p></main>
<script>let a = "</p>";</script></body></html>"""
UNEXPECTED: Final = re.compile(r"fichier abîmé : (\w+)")
GARBAGE: Final = (
    b"\x00",
    b"\xff\xfe",
    b"<",
    b">",
    b"]]>",
    b"&#0;",
    b"(",
    b"endobj",
    b"\r",
    b"PK\x03",
)


@cache
def seeds() -> dict[str, bytes]:
    """One valid file of each format, or a few."""
    table, ruled = word.numbered("Un") + word.p(word.PROSE), pdf_pages.Pages()
    ruled.line("Les relais", size=18, bold=True)
    ruled.text(pdf_pages.prose(90))
    ruled.grid([70, 200, 400], [["Année", "Montant"], ["2021", "12\n13"]])
    ruled.page()
    ruled.picture()
    made, file = docx.Document(), io.BytesIO()
    made.add_heading("Les relais", 0)
    made.add_paragraph("un local ;", style="List Bullet")
    made.add_table(rows=2, cols=2).cell(0, 0).text = "Année"
    made.save(file)
    records = malformed.lines(malformed.RECORD, {**malformed.RECORD, "metadata": {"date": "2021"}})
    inner = (("note.txt", TEXT.encode()), ("été/page.html", PAGE.encode()))
    return {
        "note.md": TEXT.encode(),
        "fiche.md": CARD.encode(),
        "note.txt": TEXT.encode("cp1252"),
        "large.txt": TEXT.encode("utf-16"),
        "page.html": PAGE.encode(),
        "fiches.jsonl": records * 3,
        "fiches.jsonl.gz": zlib.compress(records, 6, 31),
        "livre.pdf": pdf_pages.book(2, lines=14),
        "tableau.pdf": ruled.data(),
        "plain.pdf": malformed.pdf(*_plain_pdf()),
        "note.docx": file.getvalue(),
        "liste.docx": word.written(table, numbering=word.numbering(("decimal", "%1."))),
        "note.odt": odt.written(odt.items(odt.p("un local")) + odt.p(odt.PROSE)),
        "table.odt": malformed.table(columns='table:number-columns-spanned="2"'),
        "dossier.zip": malformed.zipped(*inner),
        "message.eml": malformed.mail(attached=b"%PDF-1.7"),
        "page.mht": b"Subject: x\nContent-Type: text/html; charset=utf-8\n\n" + PAGE.encode(),
    }


def _plain_pdf() -> list[bytes]:
    text = b"BT /F 11 Tf 70 700 Td (Le relais accueille les familles.) Tj 0 -14 Td (Oui.) Tj ET"
    return [
        b"<</Type/Catalog/Pages 2 0 R/Outlines 9 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 5 0 R>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(text), text),
        b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
    ]


def mutated(name: str, draw: random.Random) -> bytes:
    """A seed changed in one to six places; the parts of a zip file may be changed inside it."""
    data = seeds()[name]
    if data.startswith(b"PK") and draw.random() < 0.7:
        return _zipped_again(data, draw)
    if data.startswith(b"\x1f\x8b") and draw.random() < 0.5:
        return zlib.compress(_changed(zlib.decompress(data, 31), draw), 6, 31)
    return _changed(data, draw)


def _zipped_again(data: bytes, draw: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    hit = draw.randrange(len(parts))
    name, part = parts[hit]
    is_tree = name.endswith(".xml") and draw.random() < 0.7
    parts[hit] = (name, _regrown(part, draw) if is_tree else _changed(part, draw))
    return malformed.zipped(*parts)


def _regrown(xml: bytes, draw: random.Random) -> bytes:
    """The same XML, well-formed still, some of its elements gone, moved, repeated or renamed."""
    root = etree.fromstring(xml)
    for _ in range(draw.choice((1, 2, 5, 20))):
        elements = list(root.iter(etree.Element))
        one, other = draw.choice(elements), draw.choice(elements)
        kind = draw.choice(("gone", "moved", "again", "renamed", "value", "words"))
        if kind == "renamed":
            one.tag = other.tag
        elif kind == "value":
            for key in other.attrib:
                one.set(key, draw.choice((other.get(key), "", "-1", "99999999999", "é", "true")))
        elif kind == "words":
            one.text = draw.choice(("", "1", "\u202e", "mot " * 900, other.text))
        elif one is not root and kind == "gone":
            one.getparent().remove(one)
        elif one is not root and kind == "again":
            one.addnext(deepcopy(one))
        elif one is not root and other is not one and one not in other.iterancestors():
            other.append(one)
    return bytes(etree.tostring(root))


def _changed(data: bytes, draw: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(draw.choice((1, 1, 1, 2, 3, 6))):
        _change(made, draw)
    return bytes(made)


def _change(data: bytearray, draw: random.Random) -> None:
    """One change: bytes flipped, cut, repeated, taken from another seed, made up, or swapped."""
    at = draw.randrange(len(data) + 1)
    size = draw.choice((1, 2, 8, 60, 900))
    some = bytes(data[at : at + size])
    kind = draw.choice(("flip", "cut", "end", "repeat", "splice", "garbage", "swap", "number"))
    if kind == "flip" and some:
        for _ in range(draw.choice((1, 4, 40))):
            data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    elif kind == "cut":
        del data[at : at + size]
    elif kind == "end":
        del data[at:]
    elif kind == "repeat":
        data[at:at] = some * draw.choice((1, 3, 50))
    elif kind == "splice":
        other = draw.choice(list(seeds().values()))
        start = draw.randrange(len(other))
        data[at : at + size] = other[start : start + size]
    elif kind == "garbage":
        data[at:at] = draw.choice((draw.randbytes(size), draw.choice(GARBAGE) * size))
    elif kind == "swap":
        there = draw.randrange(len(data) + 1)
        data[at : at + size], data[there : there + size] = data[there : there + size], some
    else:
        _renumber(data, at, draw)


def _renumber(data: bytearray, at: int, draw: random.Random) -> None:
    """Another number where one is written next, in digits or in the bytes of a length."""
    found = re.compile(rb"\d+").search(bytes(data[at : at + 2000]))
    if found and draw.random() < 0.7:
        value = draw.choice((0, 1, -1, 65_536, 1 << 31, 10**12, draw.randrange(5000)))
        data[at + found.start() : at + found.end()] = b"%d" % value
    else:
        data[at : at + 4] = draw.choice((b"\xff\xff\xff\x7f", bytes(4), draw.randbytes(4)))


@dataclass
class Tally:
    """What became of mutated files."""

    read: int = 0
    refused: int = 0
    started: int = 0
    unexpected: list[str] = field(default_factory=list)

    def add(self, parser: Parser, name: str, data: bytes) -> None:
        """Opens one file and checks what came of it."""
        try:
            if name.endswith(CONTAINERS):
                for entry in parser.entries(name, data):
                    assert entry.reason.isprintable() if isinstance(entry, Refusal) else entry.data
            else:
                check(parser.read(name, data))
        except UnreadableFile as error:
            message = str(error)
            assert f"« {name} »" in message and message.isprintable() and message.endswith(".")
            self.refused += 1
            self.unexpected += [f"{name}: {kind}" for kind in UNEXPECTED.findall(message)]
        else:
            self.read += 1


def check(reading: Reading) -> None:
    """A reading is made of clean blocks and outlives JSON."""
    assert reading.contents or reading.refused
    for content in reading.contents:
        for block in content.blocks:
            assert block.text.strip() and sanitise(block.text) == block.text
    assert all(part.reason.isprintable() for part in reading.refused)
    assert READING.validate_json(READING.dump_json(reading)) == reading


def fuzzed(seed: int, files: int) -> Tally:
    """Opens so many mutated files, in one parser."""
    tally = Tally()
    names = list(seeds())
    with Parser() as parser:
        for number in range(files):
            draw = random.Random(f"{seed} {number}")
            name = names[number % len(names)]
            data = mutated(name, draw)
            try:
                tally.add(parser, name, data)
            except Exception as error:
                raise AssertionError(f"seed {seed}, file {number}, {name}: {error!r}") from error
        tally.started = parser.started
    return tally


def test_every_seed_is_read() -> None:
    tally = Tally()
    with Parser() as parser:
        for name, data in seeds().items():
            tally.add(parser, name, data)
    assert (tally.read, tally.refused, tally.unexpected) == (len(seeds()), 0, [])


def test_mutated_files_are_read_or_refused() -> None:
    tally = fuzzed(0, 60)
    assert tally.read + tally.refused == 60
    assert tally.read > 10
    assert tally.refused > 5


@pytest.mark.long
@pytest.mark.fuzz
@pytest.mark.parametrize("part", range(PARTS))
def test_a_thousand_mutated_files_are_read_or_refused(part: int) -> None:
    each = FILES // PARTS // 2
    with ThreadPoolExecutor(2) as threads:
        tallies = list(threads.map(lambda seed: fuzzed(seed, each), (2 * part + 1, 2 * part + 2)))
    unexpected = [kind for tally in tallies for kind in tally.unexpected]
    replaced = sum(tally.started - 1 for tally in tallies)
    print(f"\n{sum(t.read for t in tallies)} lus, {sum(t.refused for t in tallies)} refusés,")
    print(f"{replaced} processus remplacés, {len(unexpected)} exceptions imprévues {unexpected}")
    assert sum(tally.read + tally.refused for tally in tallies) == 2 * each
    assert len(unexpected) <= each // 50
