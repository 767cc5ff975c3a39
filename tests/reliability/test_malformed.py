"""Malformed files: each has one outcome, said in one line of French, and the next one is read."""

import gzip
import re
from collections.abc import Callable, Iterator
from typing import Final

import pytest

from corpus.errors import UnreadableFile
from ingest.parsing import Parser
from tests.ingest import test_reading_opendocument as odt
from tests.ingest import test_reading_word as docx
from tests.reliability import malformed as made
from tests.reliability.malformed import GOOD, NOISE, OLE, PAGE, RECORD, SEEN, lines, toml, zipped

Files = dict[str, Callable[[], bytes]]
ENGLISH = re.compile(
    r"\b(?:traceback|exception|error|invalid|expected|unexpected|failed|cannot|could|not|line|the"
    r"|unable|missing|found|codec|byte|data|fichier abîmé)\b",
    re.IGNORECASE,
)
XML = docx.part("document", f"<w:body>{docx.p(SEEN)}</w:body>")
LOCKED = odt.root("<manifest:encryption-data/>", "manifest:manifest")

REFUSED: Final[dict[str, Files]] = {
    "est vide": {
        "rien.md": bytes,
        "blancs.txt": lambda: b" \r\n\t" * 50,
        "nuls.pdf": lambda: bytes(900),
        "nuls.docx": lambda: bytes(900),
    },
    "aucun texte": {
        "insécables.txt": lambda: "\u00a0\u200b".encode() * 40,
        "blanc.docx": lambda: docx.written(docx.p(" ")),
        "blanc.odt": lambda: odt.written(odt.p(" ")),
        "blanc.pdf": made.blank_pdf,
        "script.html": lambda: b"<script>" + b"let a = 1;" * 900,
        "emboîtée.html": lambda: f"{'<div>' * 400_000}<p>{SEEN}</p>".encode(),
        "dièses.md": lambda: b"#\n" * 5000,
    },
    "pèse 25,0 Mo.*limite": {"énorme.txt": lambda: b"a" * 25_000_001},
    "plus de 150000 lignes": {"lignes.jsonl": lambda: b"{}\n" * 150_001},
    "n'est pas d'un format lu": {"note.xyz": lambda: GOOD, "note": lambda: GOOD},
    "n'est pas un fichier PDF": {"bruit.pdf": lambda: NOISE, "texte.pdf": lambda: GOOD},
    "un programme": {"programme.docx": lambda: b"\x7fELF" + NOISE},
    "image PNG": {"image.txt": lambda: b"\x89PNG\r\n\x1a\n" + NOISE},
    "image JPEG": {"photo.html": lambda: b"\xff\xd8\xff\xe0" + NOISE},
    "fichier RTF": {"riche.txt": lambda: b"{\\rtf1 " + GOOD},
    "PDF.*renommez-le en .pdf": {"pdf.md": made.drawn, "pdf.odt": made.drawn, "a.zip": made.drawn},
    "un document Word": {"word.txt": lambda: docx.written(docx.p(SEEN))},
    "un classeur Excel": {"excel.docx": lambda: zipped(("xl/workbook.xml", b"<x/>"))},
    "contenu binaire": {"bruit.txt": lambda: NOISE, "bruit.html": lambda: NOISE},
    r"compressé \(gzip\)": {"gzip.jsonl": lambda: gzip.compress(GOOD)},
    "mot de passe": {
        "chiffré.pdf": lambda: made.drawn(password="secret"),
        "chiffré.docx": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        "chiffré.odt": lambda: odt.zipped({"content.xml": "?", "META-INF/manifest.xml": LOCKED}),
    },
    "endommagé": {
        "tronqué.pdf": lambda: made.drawn(3)[:400],
        "tête.pdf": lambda: b"%PDF-1.7\n",
        "sans racine.pdf": lambda: made.pdf(b"<</Type/Catalog/Pages 9 0 R>>"),
        "sans page.pdf": lambda: made.pdf(made.CATALOGUE, b"<</Type/Pages/Kids[]/Count 0>>"),
        "crc.docx": lambda: made.patched(docx.written(docx.p(SEEN)), 16, b"abcd"),
    },
    "scan.*OCR": {"scan.pdf": lambda: made.drawn(3, scan=True)},
    "1001 pages.*1000 pages": {"pages.pdf": lambda: made.drawn(1001, words=1)},
    "n'est pas un document Word lisible": {
        "sans document.docx": lambda: zipped(("word/styles.xml", b"<x/>")),
        "xml.docx": lambda: zipped(("word/document.xml", b"<w:document><w:body>")),
        "sans corps.docx": lambda: zipped(("word/document.xml", b"<x/>")),
        "tronqué.docx": lambda: docx.written(docx.p(SEEN))[:-30],
        "bruit.docx": lambda: NOISE,
    },
    "n'est pas un document OpenDocument lisible": {
        "sans contenu.odt": lambda: odt.zipped({"meta.xml": "<x/>"}),
        "xml.odt": lambda: odt.zipped({"content.xml": "<office:document"}),
        "bruit.odt": lambda: NOISE,
    },
    "DOCTYPE": {
        "entités.docx": lambda: docx.zipped({"word/document.xml": made.DOCTYPE + XML}),
        "16.docx": lambda: docx.zipped(
            {"word/document.xml": (made.DOCTYPE + XML).encode("utf-16")}
        ),
        "entités.odt": lambda: odt.zipped({"content.xml": made.DOCTYPE + "<x>&e;</x>"}),
    },
    "enregistrez-le au format .docx": {"ancien.docx": lambda: OLE, "ancien.odt": lambda: OLE},
    "n'est pas une archive ZIP lisible": {
        "tronqué.zip": lambda: zipped(("a.txt", GOOD))[:-25],
        "bruit.zip": lambda: b"PK\x03\x04" + NOISE,
        "texte.zip": lambda: GOOD,
    },
    "ne contient aucun fichier": {"rien.zip": zipped, "dossiers.zip": lambda: zipped(("a/", b""))},
    "plus de 2000 fichiers": {
        "foule.zip": lambda: zipped(*((f"{n}.txt", b"x") for n in range(2001)))
    },
    "ni texte ni pièce jointe": {
        "sans corps.eml": lambda: made.mail(None),
        "image.mht": lambda: b"Subject: x\nContent-Type: image/gif\n\nGIF8",
    },
    "trop de parties": {"profond.eml": lambda: made.nested_mail(100)},
    "n'est pas un message lisible": {"texte.eml": lambda: GOOD},
    "dépasse 5 Mo": {"bombe.jsonl.gz": lambda: gzip.compress(bytes(9_000_000))},
    "gzip incomplet": {"tronqué.jsonl.gz": lambda: gzip.compress(NOISE + GOOD)[:-99]},
    "n'est pas un fichier gzip": {
        "suite.jsonl.gz": lambda: gzip.compress(lines(RECORD)) + NOISE,
        "texte.jsonl.gz": lambda: lines(RECORD),
    },
    "ligne 3 .*TOML": {"toml.md": lambda: toml('title = "a"\nkind = = 1')},
    "aucune autre ligne": {"ouvert.md": lambda: b"+++\ntitle = 'a'\n" + GOOD},
    "n'est pas du TOML valide": {
        "listes.md": lambda: toml("a = " + "[" * 100_000),
        "clés.md": lambda: toml(".".join("a" * 5000) + " = 1"),
        "nombre.md": lambda: toml("a = " + "9" * 5000),
    },
}
READ: Final[Files] = {
    "précédé.pdf": lambda: b"reste d'en-t\xeate\n" * 9 + made.sentence_pdf(),
    "renvoi.pdf": lambda: made.sentence_pdf().replace(b"startxref\n", b"startxref\n9"),
    "sans liens.docx": lambda: docx.written(docx.p(SEEN)),
    "colonnes.odt": lambda: made.table(columns='table:number-columns-repeated="1000000"'),
    "rangées.odt": lambda: made.table(rows='table:number-rows-repeated="1000000000"'),
    "membres.jsonl.gz": lambda: gzip.compress(b"") * 9_000 + gzip.compress(lines(RECORD)),
    "klingon.eml": lambda: made.mail().replace(b"utf-8", b"klingon"),
    "jamais clos.eml": lambda: made.nested_mail(3),
    "base64.eml": lambda: made.mail(attached=b"%PDF-").replace(b"JVBERi0=", b"JVBE!="),
    "taille.zip": lambda: made.patched(made.beside("b.txt"), 24, b"\xfe\xff\xff\x7f"),
    "attributs.html": lambda: made.attributes(10_000),
    "entités.html": lambda: PAGE.replace("é", "&eacute;").encode() + b"&#x;&#99999999;&",
    "substituts.html": lambda: PAGE.encode() + b"<p>&#xD800;&#xDFFF;&#0;</p>",
    "brisée.html": lambda: f"<<p <b>>< /p><a href='<p>'>{SEEN}</i></p></table".encode(),
    "klingon.html": lambda: b"<meta charset=klingon>" + PAGE.encode(),
    "hexadécimal.html": lambda: b"<meta charset=hex>" + PAGE.encode(),
    "windows.html": lambda: b"<meta charset=windows-1252>" + PAGE.encode("cp1252"),
    "windows.txt": lambda: SEEN.encode("cp1252"),
    "utf16.txt": lambda: SEEN.encode("utf-16"),
    "utf16.md": lambda: SEEN.encode("utf-16-le"),
    "utf16.html": lambda: PAGE.encode("utf-16-be"),
    "utf32.txt": lambda: SEEN.encode("utf-32"),
    "octets.txt": lambda: ("é" * 40 + SEEN).encode() + b" \xff\xc3 \x80",
    "mal décodé.md": lambda: made.misread(SEEN, 1),
    "deux fois.txt": lambda: made.misread(SEEN, 2),
    "nul.txt": lambda: b"\x00" + SEEN.encode() * 9,
    "commandes.txt": lambda: b"\x1b\x07" + SEEN.encode(),
    "invisible.txt": lambda: "\u200b\U000e0041".join(SEEN).encode(),
    "sens.md": lambda: f"\u202e{SEEN}\u2066".encode(),
    "ligne.txt": lambda: f"{SEEN} ".encode() * 19_000,
    "mot.txt": lambda: b"a" * 100_000 + f"\n\n{SEEN}".encode(),
    "nan.md": lambda: toml("a = nan\nb = -inf\nc = 1979-05-27T07:32:00-08:00\nd = 07:32:00"),
    "grand nombre.md": lambda: toml("a = " + "9" * 4000),
    "grande fiche.md": lambda: toml("\n".join(f"k{n} = '{SEEN}'" for n in range(5_000))),
    "échappé.md": lambda: toml('title = "a\\u202eb\\u0000"'),
    "titres.md": lambda: b"#" * 10_000 + b" a\n\n" + SEEN.encode(),
    "citations.md": lambda: b">" * 100_000 + SEEN.encode(),
    "clôture.md": lambda: b"~~~\n```\n~~~~~\n" + SEEN.encode(),
    "tableau.md": lambda: b"|a" * 9_000 + b"|\n|" + b"-|" * 9_000 + f"\n|{SEEN}|".encode(),
    "deux\nlignes.md": lambda: GOOD,
}
PARTLY: Final[dict[str, Files]] = {
    "archive dans une archive": {"emboîté.zip": lambda: made.beside("b.zip", zipped())},
    "chemin est absolu": {
        "absolu.zip": lambda: made.beside("/etc/b.txt"),
        "lecteur.zip": lambda: made.beside("C:/b.txt"),
    },
    "sort de l'archive": {
        "parent.zip": lambda: made.beside("../../b.txt"),
        "pièce.eml": made.named_attachment,
    },
    "trop gros": {"grosse.eml": lambda: made.mail(attached=b"%PDF-" * 5_100_000)},
    "barre oblique inverse": {"barre.zip": lambda: made.beside("a\\b.txt")},
    "caractères de contrôle": {"nul.zip": lambda: made.beside("aXb.txt", nul=True)},
    "lien vers un autre fichier": {"lien.zip": lambda: made.beside(made.linked())},
    "porte le même nom": {"doublon.zip": lambda: made.beside("a.txt")},
    "est vide": {"vide.zip": lambda: made.beside("b.txt", b"")},
    "mot de passe": {"clé.zip": lambda: made.patched(made.beside("b.txt"), 8, b"\x01\x00")},
    "méthode de compression": {
        "méthode.zip": lambda: made.patched(made.beside("b.txt"), 10, b"\x63")
    },
    "est endommagée": {"crc.zip": lambda: made.patched(made.beside("b.txt"), 16, b"abcd")},
    "n'est pas du JSON valide": {
        "ligne.jsonl": lambda: lines(RECORD, b"{'a': 1}", b""),
        "emboîté.jsonl": lambda: lines(RECORD, b'{"a":' + b"[" * 200_000),
        "nombre.jsonl": lambda: lines(RECORD, b'{"a":' + b"9" * 9_000 + b"}"),
    },
    "n'est pas un objet JSON": {"objets.jsonl": lambda: lines(RECORD, [1], "a", 3, None)},
    "« text » manque": {"sans texte.jsonl": lambda: lines(RECORD, {"_id": "b"})},
    "aucun texte lisible": {"substituts.jsonl": lambda: lines(RECORD, b'{"text":"\\ud800"}')},
    "« _id » n'est pas": {"clé.jsonl": lambda: lines(RECORD, {**RECORD, "_id": [1]})},
    "Page 2 sans texte": {"mixte.pdf": made.half_scanned},
}


def named(groups: dict[str, Files]) -> list[object]:
    """One parameter a file: its name, how it is made, what is said of it."""
    found = [(name, make, why) for why, files in groups.items() for name, make in files.items()]
    return [pytest.param(*file, id=file[0]) for file in found]


def is_one_french_line(message: str) -> bool:
    said = message.rpartition("»")[2]
    return message.isprintable() and message.endswith(".") and not ENGLISH.search(said)


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser() as parser:
        yield parser


@pytest.fixture(autouse=True)
def _reads_on(parser: Parser) -> Iterator[None]:
    """After each file, a good one is read."""
    yield
    assert made.outcome(parser, "bon.md", GOOD).text.endswith(SEEN)


@pytest.mark.parametrize(("name", "make", "why"), named(REFUSED))
def test_an_unreadable_file_is_refused_for_its_reason(
    parser: Parser, name: str, make: Callable[[], bytes], why: str
) -> None:
    with pytest.raises(UnreadableFile, match=why) as raised:
        made.outcome(parser, name, make())
    assert f"« {name} »" in str(raised.value)
    assert is_one_french_line(str(raised.value))


@pytest.mark.parametrize(("name", "make"), READ.items(), ids=READ)
def test_an_odd_file_is_read(parser: Parser, name: str, make: Callable[[], bytes]) -> None:
    seen = made.outcome(parser, name, make())
    assert SEEN in seen.text
    assert not seen.parts
    assert seen.text.replace("\n", "").isprintable()


@pytest.mark.parametrize(("name", "make", "why"), named(PARTLY))
def test_a_bad_part_is_refused_by_itself(
    parser: Parser, name: str, make: Callable[[], bytes], why: str
) -> None:
    seen = made.outcome(parser, name, make())
    assert SEEN in seen.text
    assert seen.parts
    assert all(why in part and is_one_french_line(part) for part in seen.parts)


def test_a_bad_line_is_named_by_its_number(parser: Parser) -> None:
    refused = parser.read("a.jsonl", lines(RECORD, b"", b"{", RECORD)).refused
    assert [part.file for part in refused] == ["a.jsonl#3"]


@pytest.mark.parametrize("name", ["a\nb.md", "a\udce9.md", "\u202ea.md", "a\x00.jsonl"])
def test_a_name_that_does_not_print_is_shown_on_one_line(parser: Parser, name: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        parser.read(name, b"")
    assert is_one_french_line(str(raised.value))


@pytest.mark.parametrize("name", ["a\udce9.jsonl", "a\n.jsonl"])
def test_a_name_that_does_not_print_harms_no_reading(parser: Parser, name: str) -> None:
    reading = parser.read(name, lines(RECORD, b"{"))
    assert (len(reading.contents), len(reading.refused)) == (1, 1)
