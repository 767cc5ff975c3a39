"""Decoding, and what nobody can see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from ingest.reading.sanitising import decode, sanitise


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_common_encodings_are_decoded(encoding: str) -> None:
    text = "L’été à l’école : 12 €"
    assert decode("f.txt", text.encode(encoding)) == text


def test_a_few_broken_bytes_keep_utf8() -> None:
    data = "été à l'école ".encode() * 20 + b"\xe9"
    assert decode("f.txt", data).startswith("été à l'école")


def test_binary_content_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"f\.txt"):
        decode("f.txt", b"\x7fELF\x02\x01")
