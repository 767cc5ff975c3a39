"""Decoding, and what nobody can see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from ingest.reading.sanitising import decode, disguise, looks_binary, repaired, sanitise
from tests.timing import fastest_s, is_under


@given(st.text(st.characters(exclude_categories=())))
def test_sanitising_twice_changes_nothing(text: str) -> None:
    once = sanitise(text)
    assert sanitise(once) == once


@given(st.text(st.characters(exclude_categories=())))
def test_what_stays_is_nfc_and_can_be_written(text: str) -> None:
    clean = sanitise(text)
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode("utf-8")
    assert not any(unicodedata.category(c) == "Cc" for c in clean if c not in "\n\t")


@pytest.mark.parametrize(
    "invisible",
    ["\x00", "\x07", "\x9d", "\u00ad", "\u200b", "\u200f", "\u202e", "\u2066", "\u2060", "\ufeff"]
    + ["\ufe0f", "\ud800", "\udfff", "\ufffe", "\U000e0041", "\U000e0100", "\u3164"],
)
def test_invisible_characters_go(invisible: str) -> None:
    assert sanitise(f"en{invisible}fant é") == "enfant é"


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u2003", "\u3000"])
def test_spaces_become_plain(space: str) -> None:
    assert sanitise(f"107{space}000 €") == "107 000 €"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x0b", "\x0c", "\x85"])
def test_line_ends_become_line_feeds(end: str) -> None:
    assert sanitise(f"un{end}é") == "un\né"


def test_apostrophes_stay_and_accents_compose() -> None:
    assert sanitise("l’e\u0301te\u0301") == "l’été"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_common_encodings_are_decoded(encoding: str) -> None:
    text = "L’été à l’école : 12 €"
    assert decode("f.txt", text.encode(encoding)) == text


def test_a_few_broken_bytes_keep_utf8() -> None:
    data = "été à l'école ".encode() * 20 + b"\xe9"
    assert decode("f.txt", data).startswith("été à l'école")


def test_binary_content_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"f\.txt"):
        decode("f.txt", b"\x7fELF\x02\x01")


def test_utf32_big_endian_is_told_by_its_mark() -> None:
    assert decode("f.txt", b"\x00\x00\xfe\xff" + "été".encode("utf-32-be")) == "été"


def test_a_text_with_many_broken_bytes_is_still_read() -> None:
    assert decode("f.txt", b"\x81\x8d\x8f" * 20 + b" texte").endswith(" texte")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 \xe2", r"un fichier PDF .*: renommez-le en \.pdf\."),
        (b"\x89PNG\r\n\x1a\n\x00", "une image PNG"),
        (b"PK\x03\x04 word/document.xml", r"un document Word .*: renommez-le en \.docx\."),
        (
            b"PK\x03\x04" + b"." * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",
            "un document OpenDocument",
        ),
        (b"PK\x03\x04 autre.txt", "une archive ZIP"),
        (b"MZ\x90\x00\x03", "un programme"),
        (b"\xd0\xcf\x11\xe0\xa1", r".*enregistrez-le au format \.docx"),
        (b"\x1f\x8b\x08", "un fichier compressé"),
    ],
)
def test_a_file_under_a_wrong_name_is_told_for_what_it_is(data: bytes, kind: str) -> None:
    with pytest.raises(UnreadableFile, match=f"« f.txt » est en fait {kind}"):
        decode("f.txt", data)


def test_a_few_nuls_in_a_text_are_dropped() -> None:
    text = "L’été à l’école. " * 30
    assert decode("f.txt", f"{text}\x00{text}\x00\x00".encode()) == text * 2


@pytest.mark.parametrize("data", [b"a\x00b", bytes(range(256)) * 4, b"\x00\x01\x02" * 50])
def test_other_binaries_are_refused(data: bytes) -> None:
    assert looks_binary(data)
    assert disguise(data) is None
    with pytest.raises(UnreadableFile, match="contenu binaire"):
        decode("f.txt", data)


GOOD = "Protégé, l’enfant à l’œuvre « sûr » n° 5 – 12 € … É À Ç œ ô"


def misread(text: str, encoding: str) -> str:
    """UTF-8 read as ``encoding``; a byte that it lacks stays itself, as browsers do."""
    return "".join(
        bytes([byte]).decode(encoding) if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac-roman"])
def test_text_read_in_the_wrong_encoding_is_repaired(encoding: str) -> None:
    assert decode("f.txt", misread(GOOD, encoding).encode()) == GOOD


def test_text_misread_twice_is_repaired() -> None:
    assert decode("f.txt", misread(misread(GOOD, "cp1252"), "latin-1").encode()) == GOOD


def test_a_bad_line_is_repaired_beside_good_ones() -> None:
    bad, mixed = misread(GOOD, "cp1252"), misread("l’enfant protégé", "cp1252")
    text = repaired(f"{GOOD}\n{bad}\n☃ {GOOD} {mixed}\n")
    assert text == f"{GOOD}\n{GOOD}\n☃ {GOOD} l’enfant protégé\n"


@pytest.mark.parametrize(
    "clean",
    [GOOD, "LE THÉÂTRE, L’ÂGE, LES PÂTURES", "São Paulo, JOÃO", "«Â»", "√2 > 1", "10 Å", "Âme…"]
    + ["L’ÅNGSTRÖM", "ÂÃ", "GRÂCE À L’ENFANT – À…", "Le prix : 5 €", "MÂ€"],
)
def test_clean_text_comes_out_unchanged(clean: str) -> None:
    assert repaired(clean) == clean
    assert decode("f.txt", clean.encode()) == clean


@given(st.text("aé èêàçôœÉÀÇ’«»–… \n.,12€°", max_size=60))
def test_french_text_is_never_touched(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize("pair", ["Ã©", "Ã ", "â€", "Ã", "Â\xa0", "Ã\x83Â©", "√", "ï»¿"])
def test_hostile_text_is_repaired_soon(pair: str) -> None:
    text = pair * (100_000 // len(pair))
    assert is_under(0.2, lambda: repaired(text))


def test_the_look_for_bad_text_costs_little() -> None:
    text = "L’enfant confié au service est protégé ; « sans délai ».\n" * 20_000
    assert fastest_s(lambda: repaired(text)) < 0.1 * fastest_s(lambda: sanitise(text))
