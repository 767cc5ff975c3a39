"""Containers: each file by itself, bombs and unsafe names refused, nothing written to disk."""

import io
import stat
import time
import zipfile
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from ingest.reading import RawBlock, read
from ingest.reading.archives import MAX_ENTRIES
from ingest.reading.containers import entries
from ingest.reading.content import Entry, Refusal
from ingest.reading.markdown import read as read_markdown
from ingest.reading.web import read as read_web

PROSE = "Le relais accueille les familles du quartier chaque samedi, sans rendez-vous. "


def zipped(
    *files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return file.getvalue()


def opened(data: bytes, name: str = "a.zip") -> tuple[dict[str, bytes], dict[str, str]]:
    """The entries by name, and the reasons of the refusals by file."""
    found = list(entries(name, data))
    kept = {item.name: item.data for item in found if isinstance(item, Entry)}
    return kept, {item.file: item.reason for item in found if isinstance(item, Refusal)}


def test_files_are_given_with_their_folders() -> None:
    kept, refused = opened(zipped(("note.txt", b"un"), ("annexes/été 2021.pdf", b"deux")))
    assert kept == {"note.txt": b"un", "annexes/été 2021.pdf": b"deux"}
    assert not refused


@pytest.mark.parametrize(
    "name",
    ["dossier/", "__MACOSX/._a.txt", ".DS_Store", "x/Thumbs.db", ".git/config", "desktop.ini"],
)
def test_what_systems_leave_behind_is_passed_over(name: str) -> None:
    assert opened(zipped((name, b"x"), ("a.txt", b"un"))) == ({"a.txt": b"un"}, {})


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../a.txt", "sort de l'archive"),
        ("x/../../a.txt", "sort de l'archive"),
        ("/etc/a.txt", "chemin est absolu"),
        ("C:a.txt", "chemin est absolu"),
        ("x\\a.txt", "barre oblique inverse"),
        ("a\x07.txt", "caractères de contrôle"),
        ("a.zip", "une archive dans une archive"),
        ("x/a.tar.gz", "une archive dans une archive"),
    ],
)
def test_an_unsafe_name_is_refused_by_itself(name: str, reason: str) -> None:
    kept, refused = opened(zipped((name, b"x"), ("b.txt", b"un")))
    assert kept == {"b.txt": b"un"}
    assert next(iter(refused)).startswith("a.zip!")
    assert reason in "".join(refused.values())


def test_a_name_cut_by_a_nul_is_refused() -> None:
    data = zipped(("aXb.txt", b"x")).replace(b"aXb.txt", b"a\x00b.txt")
    assert "contrôle" in opened(data)[1]["a.zip!ab.txt"]


@pytest.mark.parametrize("encoding", ["cp850", "cp1252", "utf-8"])
@pytest.mark.parametrize("name", ["Évaluation de l'été.txt", "n° 5 – reçu.txt"])
def test_names_of_french_tools_are_decoded(encoding: str, name: str) -> None:
    raw = name.replace("–", "-").encode(encoding)
    data = zipped(("x" * len(raw), b"un")).replace(b"x" * len(raw), raw)
    assert list(opened(data)[0]) == [name.replace("–", "-")]


def linked(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


def test_links_duplicates_empty_and_locked_files_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(
            (linked("l.txt"), b"/etc/x"), ("a.txt", b"un"), ("a.txt", b"deux"), ("v.txt", b"")
        )
    kept, refused = opened(data)
    assert kept == {"a.txt": b"un"}
    reasons = ["lien vers", "même nom", "est vide"]
    assert all(reason in text for reason, text in zip(reasons, refused.values(), strict=True))


def patched(data: bytes, offset: int, value: bytes) -> bytes:
    """The same zip file, two bytes changed in the record of its only entry in the directory."""
    at = data.rfind(b"PK\x01\x02") + offset
    return data[:at] + value + data[at + len(value) :]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (patched(zipped(("a.txt", b"un")), 8, b"\x01\x00"), "mot de passe"),
        (zipped(("a.txt", b"un"), method=zipfile.ZIP_BZIP2), "méthode de compression"),
        (patched(zipped(("a.txt", b"un" * 50)), 16, b"\x00\x00"), "endommagée"),
        (zipped(("a.txt", b"\x00" * 3_000_000)), "trop gros une fois décompressé"),
        (patched(zipped(("a.txt", b"a" * 3_000_000)), 24, b"\x05\x00\x00\x00"), "endommagée"),
    ],
)
def test_a_bad_entry_is_refused_by_itself(data: bytes, reason: str) -> None:
    kept, refused = opened(data)
    assert not kept
    assert reason in refused["a.zip!a.txt"]


def overlapping(times: int) -> bytes:
    """A zip file whose directory names the same compressed bytes many times."""
    data = zipped(("a.txt", b"a" * 900_000))
    start, end = data.rfind(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    record = data[start:end]
    records = b"".join(record.replace(b"a.txt", b"%05d" % n) for n in range(times))
    counts = times.to_bytes(2, "little") * 2 + len(records).to_bytes(4, "little")
    return data[:start] + records + data[end : end + 8] + counts + data[end + 16 :]


def test_entries_that_overlap_are_bounded() -> None:
    start = time.process_time()
    kept, refused = opened(overlapping(1_500))
    assert sum(map(len, kept.values())) <= 25_000_000
    assert refused
    assert time.process_time() - start < 10


def test_too_many_entries_are_refused_before_they_are_listed() -> None:
    with pytest.raises(UnreadableFile, match=f"plus de {MAX_ENTRIES} fichiers"):
        opened(zipped(*((f"{n}.txt", b"x") for n in range(MAX_ENTRIES + 1))))
    directory = zipfile.ZipFile(io.BytesIO(zipped(*((f"{n:0200}", b"") for n in range(5_000)))))
    data = directory.fp.getvalue()  # type: ignore[union-attr]
    with pytest.raises(UnreadableFile, match=f"plus de {MAX_ENTRIES} fichiers"):
        opened(data)


GOOD = zipped(("a.txt", b"un texte"), ("b.txt", b"deux"))


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04abc", GOOD[:-25], GOOD[:40], b"rien", b"PK\x05\x06"],
    ids=["head", "no end", "cut", "none", "end"],  # an archive holds the time when it was made
)
def test_a_broken_archive_is_one_refusal(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"« a\.zip » n'est pas une archive ZIP lisible\."):
        opened(data)


def test_an_archive_without_a_file_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="aucun fichier"):
        opened(zipped(("dossier/", b"")))
    with pytest.raises(UnreadableFile, match="est en fait un fichier PDF"):
        opened(b"%PDF-1.7")


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, len(GOOD) - 1), value=st.integers(0, 255))
def test_a_changed_byte_never_crashes(at: int, value: int) -> None:
    data = GOOD[:at] + bytes([value]) + GOOD[at + 1 :]
    try:
        kept, refused = opened(data)
    except UnreadableFile:
        return
    assert kept or refused


def mail(subject: str = "Le relais du Val", text: str | None = PROSE) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "Odile Ferrandon <odile@relais.example>"
    message["Date"] = "Mon, 12 Jun 2023 10:00:00 +0200"
    if text is not None:
        message.set_content(text)
    return message


def test_a_mail_gives_its_text_with_its_subject_sender_and_day() -> None:
    kept, refused = opened(bytes(mail()), "m.eml")
    found = read_markdown("m.md", kept["Le relais du Val.md"]).contents[0]
    assert (found.title, str(found.published_on)) == ("Le relais du Val", "2023-06-12")
    assert [block.text for block in found.blocks][1:] == [
        "De : Odile Ferrandon",
        "Le 12/06/2023",
        PROSE.strip(),
    ]
    assert not refused


def test_the_html_of_a_mail_is_preferred_and_bears_the_subject() -> None:
    message = mail()
    message.add_alternative(
        f"<html><body class='x'><p>{PROSE * 5}</p></body></html>", subtype="html"
    )
    kept, _ = opened(bytes(message), "m.eml")
    assert list(kept) == ["Le relais du Val.html"]
    found = read_web("m.html", kept["Le relais du Val.html"]).contents[0]
    assert found.title == "Le relais du Val"
    assert PROSE.strip() in found.blocks[-1].text


SUBJECTS = [
    "x",
    "TR: Le relais du Val et ses deux antennes",
    "TR: " + "Le relais du Val accueille les familles du quartier, " * 4 + "sans rendez-vous.",
    "Annexe 2 : le budget",
    "1. Le cadre",
    "- *Relais* | # du [Val](a) <b> & _fils_ `x` ~~",
]


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject[:12])
@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_any_subject_is_the_heading_and_nothing_else(subject: str, subtype: str) -> None:
    message = mail(subject, None)
    page = f"<head><title>Autre</title></head><h1>Un</h1><p>{PROSE * 5}</p><h1>Deux</h1><p>Oui.</p>"
    message.set_content(PROSE if subtype == "plain" else page, subtype=subtype)
    ((name, data),) = opened(bytes(message), "m.eml")[0].items()
    found = read(name, data).contents[0]
    assert found.title == subject
    assert found.blocks[0] == RawBlock("heading", subject, 1)
    assert sum(subject in b.text for b in found.blocks if len(subject) > 1) <= 1
    assert not any("==" in block.text for block in found.blocks)


def test_the_text_of_a_mail_keeps_its_signs_and_its_lists() -> None:
    line = "Le *mot* <b> & `c` # | a_b_ [x](y) \\*."
    text = f"{line}\n\n- un\n- deux\n\n1. trois\n\nA) quatre\n\n[1] Note."
    kept, _ = opened(bytes(mail("Relais", text)), "m.eml")
    blocks = read("m.md", kept["Relais.md"]).contents[0].blocks[3:]
    assert [(b.kind, b.label, b.text) for b in blocks] == [
        ("paragraph", "", line),
        ("item", "", "un"),
        ("item", "", "deux"),
        ("item", "1.", "trois"),
        ("item", "", "A) quatre"),
        ("note", "", "[1] Note."),
    ]


def test_attachments_follow_with_their_decoded_names() -> None:
    message = mail("Réf. : n° 5/2023")
    message.add_attachment(
        b"%PDF", maintype="application", subtype="pdf", filename="Été à l'école.pdf"
    )
    message.add_attachment(
        b"GIF8", maintype="image", subtype="gif", disposition="inline", cid="<i>"
    )
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="pièces.zip")
    message.add_attachment(b"x", maintype="application", subtype="x", filename="../x.pdf")
    message.add_attachment(mail("Autre"))
    kept, refused = opened(bytes(message), "m.eml")
    assert list(kept) == ["Réf. n° 5 2023.md", "Été à l'école.pdf", "pièces.zip"]
    reasons = ["sort de l'archive", "message joint"]
    assert all(reason in text for reason, text in zip(reasons, refused.values(), strict=True))


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "windows-1252", "klingon", "rot13"])
def test_odd_character_sets_never_crash(charset: str) -> None:
    codec = charset if charset in ("iso-8859-1", "utf-8") else "cp1252"
    head = f"Subject: x\nContent-Type: text/plain; charset={charset}\n\n"
    kept, _ = opened(head.encode() + "Été à l'école.".encode(codec), "m.eml")
    assert "Été à l'école." in kept["x.md"].decode("utf-8-sig")


@pytest.mark.parametrize(
    "subject", ["=?utf-8?q?=C3=89t=C3=A9?=", "Été", "=?iso-8859-1?Q?=C9t=E9?="]
)
def test_encoded_subjects_are_decoded(subject: str) -> None:
    assert list(opened(f"Subject: {subject}\n\nUn texte.".encode(), "m.eml")[0]) == ["Été.md"]


def test_a_saved_page_is_its_html() -> None:
    message = EmailMessage()
    message["Subject"] = "Page"
    message.set_content(f"<title>T</title><p>{PROSE}</p>", subtype="html")
    message.add_related(b"GIF8", maintype="image", subtype="gif", cid="<i>")
    kept, refused = opened(bytes(message), "dossier/page.mhtml")
    assert list(kept) == ["page.html"]
    assert b"rendez-vous" in kept["page.html"]
    assert not refused


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Un simple texte.\n\nAutre.", "n'est pas un message lisible"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 99, "ancien fichier Office"),
        (b"Subject: x\nContent-Type: application/pkcs7-mime\n\nMII", "est chiffré"),
        (b"Subject: x\n\n", "ni texte ni pièce jointe"),
        (
            b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 11_000,
            "trop",
        ),
        (b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 90, "trop de parties"),
    ],
)
def test_what_is_no_mail_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        opened(data, "m.eml")


@pytest.mark.parametrize(
    "head",
    [b"Content-Type: text/plain;" + b";" * 50_000, b"Content-Type: text/plain" + b";a=b" * 20_000]
    + [b"Subject: " + b"=?utf-8?q?a?= " * 5_000, b"Subject: x\nDate: " + b"9" * 50_000]
    + [b"Subject: x\nDate: Mon, 99 Foo 99999999999 99:99:99 +9999", b"From: " + b"(" * 50_000],
    ids=range(6),
)
def test_hostile_headers_are_read_soon(head: bytes) -> None:
    start = time.process_time()
    assert opened(head + b"\n\nUn texte.", "m.eml")[0]
    assert time.process_time() - start < 2
