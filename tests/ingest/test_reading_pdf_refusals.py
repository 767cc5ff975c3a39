"""PDF files that can't be read, or only in part: one French sentence that names them."""

import time

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import UnreadableFile
from ingest.reading.paged import source
from ingest.reading.pdf import read
from tests.ingest.pdf_pages import Pages, book, prose


def text_page() -> bytes:
    pages = Pages()
    pages.text(prose(60))
    return pages.data()


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read("note.pdf", data)
    assert "« note.pdf »" in str(caught.value)
    return str(caught.value)


def scanned(kinds: str) -> bytes:
    """Draw a page for each letter: « t » text, « s » scan, « b » blank."""
    pages = Pages()
    for number, kind in enumerate(kinds):
        if kind == "t":
            pages.text(prose(60, 7 * number) + ".")
        elif kind == "s":
            pages.picture()
        pages.page()
    return pages.data()


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"0" * 400, b"PK\x03\x04" + b"0" * 400])
def test_another_format_under_this_name_is_refused(data: bytes) -> None:
    assert "n'est pas un fichier PDF" in refusal(data)


def test_a_header_alone_is_refused_as_damaged() -> None:
    assert "endommagé" in refusal(b"%PDF-1.7\n" + b"x" * 400)


def test_a_file_cut_short_is_repaired_or_refused() -> None:
    data = book(3)
    for share in (0.3, 0.6, 0.95):
        try:
            assert read("f.pdf", data[: int(len(data) * share)]).contents
        except UnreadableFile as error:
            assert "« f.pdf »" in str(error)


@pytest.mark.parametrize(("user", "is_read"), [("secret", False), ("", True)])
def test_a_password_is_asked_only_where_one_is_needed(user: str, is_read: bool) -> None:
    pages = Pages()
    lock = StandardEncryption(user, "owner", strength=128)
    pages.canvas = Canvas(pages.out, pagesize=(595, 842), encrypt=lock)
    pages.text(prose(60))
    data = pages.data()
    if is_read:
        assert read("note.pdf", data).contents[0].blocks[0].text == prose(60)
    else:
        assert "mot de passe" in refusal(data)


def test_a_scan_is_refused_with_its_remedy() -> None:
    message = refusal(scanned("sss"))
    assert "scan" in message
    assert "OCR" in message


def test_scanned_pages_among_others_are_named() -> None:
    reading = read("note.pdf", scanned("tstsst"))
    assert [r.file for r in reading.refused] == ["note.pdf#page-2", "note.pdf#pages-4-5"]
    assert {block.page for block in reading.contents[0].blocks} == {1, 3, 6}


def test_blank_pages_are_passed_over() -> None:
    assert read("note.pdf", scanned("tbt")).refused == ()


def test_a_document_of_blank_pages_has_no_text() -> None:
    assert "aucun texte" in refusal(scanned("bb"))


def test_a_hidden_layer_of_recognised_text_counts_as_text() -> None:
    pages = Pages()
    pages.picture()
    hidden = pages.canvas.beginText(70, 700)
    hidden.setFont("Helvetica", 11)
    hidden.setTextRenderMode(3)
    hidden.textLine("Le texte reconnu sous l'image numérisée.")
    pages.canvas.drawText(hidden)
    reading = read("f.pdf", pages.data())
    assert reading.contents[0].blocks[0].text == "Le texte reconnu sous l'image numérisée."
    assert reading.refused == ()


def unmapped(pages: int, readable: int = 0) -> bytes:
    """Draw text in a font whose glyphs have no character, after some readable pages."""
    drawn = Pages()
    for number in range(readable):
        drawn.text(prose(60, 7 * number) + ".")
        drawn.page()
    for _ in range(pages):
        drawn.canvas.setFont("Symbol", 11)
        drawn.canvas.drawString(70, 700, "\uf8e6" * 300)
        drawn.page()
    return drawn.data()


def test_text_without_meaning_is_refused() -> None:
    assert "n'ont pas de sens" in refusal(unmapped(2))


def test_a_page_without_meaning_is_named() -> None:
    reading = read("note.pdf", unmapped(1, readable=2))
    assert [r.file for r in reading.refused] == ["note.pdf#page-3"]
    assert "\uf8e6" not in "".join(block.text for block in reading.contents[0].blocks)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_PAGES", 2)
    assert "3 pages, au-delà de la limite de 2 pages" in refusal(scanned("ttt"))


@pytest.mark.parametrize("limit", ["MAX_PAGE_SIGNS", "MAX_SIGNS"])
def test_too_many_characters_are_refused(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(source, limit, 100)
    assert "caractères" in refusal(text_page())


def test_a_page_of_many_scattered_words_costs_little() -> None:
    pages = Pages()
    for n in range(12_000):
        pages.line("mot", (n * 37) % 560, size=4, y=20 + (n * 53) % 800)
    data = pages.data()
    start = time.process_time()
    read("f.pdf", data)
    assert time.process_time() - start < 5


def test_a_page_of_many_rules_costs_little() -> None:
    pages = Pages()
    pages.text(prose(100))
    for n in range(8_000):
        pages.canvas.line((n * 37) % 560, 20, (n * 37) % 560, 800)
        pages.canvas.line(20, (n * 53) % 800, 560, (n * 53) % 800)
    start = time.process_time()
    read("f.pdf", pages.data())
    assert time.process_time() - start < 5
