"""The door: one reader an extension, and clear refusals."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from ingest.reading import READERS, read

FIXTURES = Path(__file__).parent / "fixtures"


def test_the_extension_picks_the_reader_in_any_case() -> None:
    assert read("dossier/NOTE.MD", b"# Titre\n\nUn texte.").contents[0].title == "Titre"


def test_the_longest_extension_wins() -> None:
    with pytest.raises(UnreadableFile, match="gzip"):
        read("f.jsonl.gz", b'{"text": "non"}')


def test_an_unknown_extension_is_refused_with_those_that_are_read() -> None:
    with pytest.raises(UnreadableFile, match=r"« notes\.xyz » n'est pas d'un format lu.*\.md, "):
        read("notes.xyz", b"texte")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\x00\x00"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="« vide.txt » est vide"):
        read("vide.txt", data)


def test_a_file_over_the_limit_is_refused_with_both_sizes() -> None:
    with pytest.raises(UnreadableFile, match=r"pèse 0,2 Mo, au-delà de la limite de 0,1 Mo"):
        read("gros.txt", b"mot " * 50_000, max_bytes=100_000)


@pytest.mark.parametrize("name", ["f.txt", "f.md", "f.html", "f.jsonl"])
@pytest.mark.parametrize("data", [b"%PDF-1.7 \xe2\xe3", b"PK\x03\x04abc", b"a\x00b", b"\x01" * 9])
def test_binary_content_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="contenu binaire"):
        read(name, data)


@pytest.mark.parametrize("name", ["f.txt", "f.md", "f.html"])
def test_a_file_without_a_word_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFile, match="f\\."):
        read(name, "\u200b\n\u00ad \n".encode())


def test_every_message_is_one_sentence_on_one_line() -> None:
    for name in ("a.xyz", *(f"a{extension}" for extension in READERS)):
        with pytest.raises(UnreadableFile) as refusal:
            read(name, b"\x89PNG\r\n\x1a\n\x00")
        message = str(refusal.value)
        assert name in message
        assert "\n" not in message
        assert message.endswith((".", ")."))


@pytest.mark.parametrize("extension", READERS)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_random_bytes_are_read_or_refused(extension: str, data: bytes) -> None:
    try:
        reading = read("f" + extension, data)
    except UnreadableFile:
        return
    assert reading.contents or reading.refused


PIECES = ["<p>", "</p>", "<table><tr><td>", "<li>", "<ul>", "<form>", "é", "\n\n", "- ", "# ", "| "]
PIECES += ["[1] ", "+++\n", "---\n", "<!-- F01 x -->", '{"text": "a"}\n', "2021", "***", "`", "](("]


@pytest.mark.parametrize("extension", [".md", ".txt", ".html", ".jsonl"])
@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30))
def test_broken_markup_is_read_or_refused(extension: str, pieces: list[str]) -> None:
    try:
        reading = read("f" + extension, "".join(pieces).encode("utf-8", "surrogatepass"))
    except UnreadableFile:
        return
    for content in reading.contents:
        assert content.blocks or content.front_matter is not None
        assert all(block.text and "\n" not in block.text for block in content.blocks)


HOSTILE = [
    *("a" * 100_000, "1" * 100_000, "- " * 50_000, "[" * 100_000, "[a](" * 25_000, "*a" * 50_000),
    *("`" * 100_000, "|" * 100_000, ">" * 100_000, "<a" * 50_000, "_a " * 33_000, "\n-" * 50_000),
    *("<!--" * 25_000, "# " * 50_000, "Menu\n\n" * 16_000, "L. 1-" * 20_000, "a > " * 25_000),
    *("<!-- F1 -->" * 9_000, "<!-- A" + "1" * 100_000 + "! -->", "+ a\n  " * 14_000),
    *("par Aa " * 14_000, "a.fr" * 25_000, "mail " * 20_000, "[^a]" * 25_000, " " * 100_000 + "a"),
]


@pytest.mark.parametrize("extension", [".md", ".txt"])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:8]))
def test_hostile_text_is_read_in_linear_time(extension: str, text: str) -> None:
    start = time.process_time()
    with suppress(UnreadableFile):
        read("f" + extension, text.encode())
    assert time.process_time() - start < 2


@pytest.mark.parametrize("path", sorted(FIXTURES.iterdir()), ids=lambda path: path.name)
def test_reading_twice_gives_the_same(path: Path) -> None:
    data = path.read_bytes()
    assert read(path.name, data) == read(path.name, data)
