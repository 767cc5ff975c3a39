"""Documents of a pack, read back: Word, LibreOffice, PDF and Markdown."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import odf.opendocument
import pypdfium2
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from pptx import Presentation

from assistant.teaching.numbering import numbers_in
from assistant.teaching.pack import Event, Note, Option, Pack, Proved, Table
from corpus.errors import InvalidRequest
from tests.packs import AMOUNT, DEADLINE, MONEY, SIGNED, citation, pack
from tests.ui.office import converted
from ui.exporting import pictures, saved, sourcing
from ui.exporting.footnotes import Footnotes
from ui.exporting.formats import FORMATS, export, file_name
from ui.exporting.mixing import letter, mixed
from ui.exporting.numbering import in_order
from ui.exporting.outline import Flavour, drafted
from ui.exporting.typography import line, typeset
from ui.texts import NBSP, THIN

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
HOSTILE = "*Un* [lien](http://x.test) <b>gras</b> & `code` _sous_ {n}=~ \\fin $x^2$ | # titre"
MADE: dict[str, bytes] = {}


def made(name: str) -> bytes:
    """The sample pack in a format, written once for all tests."""
    if name not in MADE:
        MADE[name] = export(pack(), name)
    return MADE[name]


def part(archive: bytes, name: str) -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(archive)).read(name))


def said(element: Any) -> str:
    return "".join(element.itertext())


def inflated(pdf: bytes) -> bytes:
    """The objects of a PDF, its compressed streams opened."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = []
    for stream in streams:
        with suppress(zlib.error):
            opened.append(zlib.decompress(stream))
    return b"\n".join([pdf, *opened])


def with_text(text: str) -> Pack:
    """The sample pack with ``text`` wherever a text stands."""
    told = Proved("x", text, (1,), text)
    table = Table(text, (text,), ((text, ((told,),)),))
    return replace(
        pack(),
        title=text,
        points=(told,),
        comparison=table,
        timeline=(Event(told, None, text),),
        notes=(Note("n", text),),
        citations=(replace(citation(1, text), title=text, locator=text),),
        roles=(),
        disputes=(),
        cases=(),
        quiz=(),
    )


def test_every_format_has_a_name_an_extension_and_a_media_type() -> None:
    assert list(FORMATS) == ["docx", "odt", "pptx", "pdf", "md", "gift", "moodle", "csv", "json"]
    assert len({one.extension for one in FORMATS.values()}) == len(FORMATS)


def test_unknown_format_is_refused_in_french() -> None:
    with pytest.raises(InvalidRequest, match=r"« exe » n'existe pas : choisissez parmi docx"):
        export(pack(), "exe")


def test_a_file_name_is_plain_ascii() -> None:
    order = replace(pack().order, theme="", question="Été ?")
    assert file_name(pack(), "moodle") == "seance-contractualisation-2021.xml"
    assert file_name(replace(pack(), order=order), "md") == "seance-question-2021.md"
    other = replace(pack(), order=replace(pack().order, seed=2))
    assert file_name(other, "docx") == "seance-contractualisation-2021-groupe-b.docx"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("« a »", f"«{NBSP}a{NBSP}»"),
        ("quoi ?", f"quoi{THIN}?"),
        ("a : b ; c !", f"a{NBSP}: b{THIN}; c{THIN}!"),
        ("12:30 à 15,5 %", f"12:30 à 15,5{NBSP}%"),
        ("voir https://x.test/a?b=c;d !", f"voir https://x.test/a?b=c;d{THIN}!"),
    ],
)
def test_typeset_puts_french_spaces(before: str, after: str) -> None:
    assert typeset(before) == after


@given(st.text(alphabet="ab1 2,«»;:!?%€./n°\u00a0\u202f\n", max_size=40))
def test_typeset_is_idempotent_and_only_moves_spaces(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once
    assert re.sub(r"\s", "", once) == re.sub(r"\s", "", text)


def flat(inlines: Any) -> str:
    """The words of some inlines of pandoc's tree."""
    if isinstance(inlines, list):
        return "".join(flat(one) for one in inlines)
    if not isinstance(inlines, dict):
        return ""
    return " " if inlines["t"] == "Space" else _words(inlines)


def _words(inline: dict[str, Any]) -> str:
    content = inline.get("c", "")
    return content if isinstance(content, str) else flat(content)


def test_a_note_is_whole_at_first_use_and_a_number_after() -> None:
    notes = Footnotes(pack())
    first, second = (flat(notes.proved(SIGNED)) for _ in range(2))
    assert "Résumé Repères" in first and "Résumé" not in second
    assert second == f"{line(DEADLINE)}{NBSP}note{NBSP}1" and notes.count == 1


def test_a_note_says_whose_the_words_are_and_who_was_read() -> None:
    read: tuple[dict[str, str | None], ...] = (
        {"code": "S1", "publisher": "Le Média", "url": "https://media.test/a"},
    )
    press = replace(citation(1, DEADLINE), evidence="press", sources=read)
    note = Footnotes(replace(pack(), citations=(press,))).proved(SIGNED)
    quoted = f"Résumé Repères{NBSP}: «{NBSP}{DEADLINE}{NBSP}», d'après{NBSP}: Le Média (presse)."
    assert flat(note).endswith(quoted) and "https://media.test/a" in str(note)
    assert "legifrance" not in str(note)


def test_a_quote_of_the_text_itself_is_said_to_be_so() -> None:
    original = replace(citation(1, DEADLINE), origin="original", evidence="official_text")
    note = flat(Footnotes(replace(pack(), citations=(original,))).proved(SIGNED))
    assert "Texte original" in note and "Résumé" not in note and "d'après" not in note


def test_word_has_a_footnote_for_each_source_and_calls_it_again_by_its_number() -> None:
    notes = part(made("docx"), "word/footnotes.xml").findall(f"{W}footnote")
    real = [one for one in notes if one.get(f"{W}type") is None]
    calls = part(made("docx"), "word/document.xml").iter(f"{W}footnoteReference")
    draft = drafted(pack(), Flavour())
    assert len(real) == len(list(calls)) == draft.notes.count == 3
    assert all(f"d'après{NBSP}: Légifrance (page officielle lue)." in said(one) for one in real)
    body = said(part(made("docx"), "word/document.xml"))
    assert body.count(f"note{NBSP}1") > 3


def shuffled() -> Pack:
    """The sample pack, whose document calls source 3, then 1, then 2."""
    return replace(pack(), points=(replace(MONEY, citations=(3, 1)), MONEY, SIGNED))


def test_a_note_bears_the_number_of_its_source() -> None:
    notes = part(export(shuffled(), "docx"), "word/footnotes.xml").findall(f"{W}footnote")
    told = [said(one).strip() for one in notes if one.get(f"{W}type") is None]
    assert len(told) == 3
    assert all(one.startswith(f"Source{NBSP}{n}{NBSP}:") for n, one in enumerate(told, 1))


def test_slides_and_word_number_a_source_alike() -> None:
    sample = shuffled()
    notes = part(export(sample, "docx"), "word/footnotes.xml").findall(f"{W}footnote")
    (noted,) = (n for n, one in enumerate(notes[-3:], 1) if line(DEADLINE) in said(one))
    slides = Presentation(io.BytesIO(export(sample, "pptx"))).slides
    spoken = "\n".join(one.notes_slide.notes_text_frame.text for one in slides
                       if one.has_notes_slide)  # fmt: skip
    assert f"[{noted}] Résumé Repères{NBSP}: «{NBSP}{line(DEADLINE)}{NBSP}»" in spoken
    assert numbers_in(in_order(sample).points) == (1, 2, 3)


def test_numbering_again_changes_nothing_and_leaves_a_saved_session_as_it_is() -> None:
    sample = shuffled()
    assert in_order(in_order(sample)) == in_order(sample) != sample
    assert [one.n for one in in_order(sample).citations] == [1, 2, 3]
    assert export(sample, "json") == saved.write(sample)


@pytest.mark.parametrize("name", ["docx", "md"])
def test_a_question_with_grades_gets_boxes_to_tick(name: str) -> None:
    asked = ("Le rythme convenait-il ? (pas du tout, assez, tout à fait)", "Ce que je retiens :")
    written = export(replace(pack(), evaluation=asked), name)
    text = written.decode() if name == "md" else said(part(written, "word/document.xml"))
    shown = text.replace(NBSP, " ").replace(THIN, " ")
    assert "☐ pas du tout" in shown and "☐ tout à fait" in shown
    assert "(pas du tout" not in shown and "☐ Ce que" not in shown


def test_a_document_follows_the_run_sheet() -> None:
    entries = [entry.text for entry in drafted(pack(), Flavour()).entries if entry.level == 1]
    wanted = (
        "Déroulé", "Glossaire", "Points clés", "Calendrier", "Qui fait quoi", "Comparaison",
        "Études de cas", "Points à manier", "Quiz", "Fiche", "Corrigés", "Sources",
    )  # fmt: skip
    places = [[entry.startswith(name) for entry in entries].index(True) for name in wanted]
    assert places == sorted(places)


def test_word_has_headings_and_contents_that_lead_to_them() -> None:
    document = Document(io.BytesIO(made("docx")))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert {"Objectifs", "Points clés", "Calendrier", "Sources"} <= set(headings)
    body = part(made("docx"), "word/document.xml")
    links = {link.get(f"{W}anchor"): said(link) for link in body.iter(f"{W}hyperlink")}
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert [links[f"partie{n}"] for n in range(1, len(headings) + 1)] == headings
    assert {name for name in links if name} <= marks
    assert "TOC \\o" in said(body)
    assert b"updateFields" not in zipfile.ZipFile(io.BytesIO(made("docx"))).read(
        "word/settings.xml"
    )


def test_word_says_its_pictures_and_repeats_the_heads_of_its_tables() -> None:
    body = part(made("docx"), "word/document.xml")
    pictured = [one.get("descr") for one in body.iter() if str(one.tag).endswith("}docPr")]
    assert [alt.split(NBSP)[0] for alt in pictured] == ["Frise chronologique"]
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) == 7
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in tables)


def test_word_is_a4_in_french_and_says_as_of_when_on_each_page() -> None:
    document = Document(io.BytesIO(made("docx")))
    section = document.sections[0]
    assert section.page_width is not None and round(section.page_width.cm, 1) == 21
    assert "état au 1er juin 2022" in section.header.paragraphs[0].text
    styles = part(made("docx"), "word/styles.xml")
    assert {one.get(f"{W}val") for one in styles.iter(f"{W}lang")} == {"fr-FR"}


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_office_files_hold_no_macro_no_person_and_no_outside_file(name: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(name)))
    assert not [one for one in archive.namelist() if "vba" in one.lower() or "Basic/" in one]
    meta = archive.read("docProps/core.xml" if name == "docx" else "meta.xml").decode()
    assert re.search(r"creator\s*/?>\s*[^<\s]", meta) is None
    whole = b"".join(archive.read(one) for one in archive.namelist() if one.endswith("rels"))
    outside = re.findall(rb'Target="([^"]+)"[^>]*TargetMode="External"', whole)
    assert all(one.startswith(b"https://www.legifrance.gouv.fr/") for one in outside)


@pytest.mark.parametrize("name", ["docx", "odt", "pdf", "md"])
def test_the_same_pack_gives_the_same_bytes(name: str) -> None:
    assert export(pack(), name) == made(name)


def test_opendocument_has_notes_headings_contents_and_pictures_said() -> None:
    loaded = odf.opendocument.load(io.BytesIO(made("odt")))
    assert loaded.mimetype == "application/vnd.oasis.opendocument.text"
    body = part(made("odt"), "content.xml")
    assert len(list(body.iter(f"{TEXT}note"))) == drafted(pack(), Flavour()).notes.count
    contents = next(body.iter(f"{TEXT}index-body"))
    headings = [said(one) for one in body.iter(f"{TEXT}h")]
    listed = [said(one) for one in contents.iter(f"{TEXT}p")]
    assert listed == ["Sommaire", *headings]
    svg = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
    alts = [said(one) for tag in ("desc", "title") for one in body.iter(svg + tag)]
    assert sum(alt.startswith("Frise") for alt in alts) == 1


def test_opendocument_opens_a_page_for_the_participants_and_for_the_trainer() -> None:
    headings = part(made("odt"), "content.xml").iter(f"{TEXT}h")
    opening = [said(one) for one in headings if one.get(f"{TEXT}style-name") == "Ouverture"]
    wanted = ["Quiz", "Fiche d'évaluation", "Corrigés", "Sources"]
    assert [one.split(NBSP)[0] for one in opening] == wanted


def test_pdf_is_tagged_french_and_titled() -> None:
    document = pypdfium2.PdfDocument(made("pdf"))
    raw = inflated(made("pdf"))
    assert document.get_metadata_dict()["Title"] == "La contractualisation, exercice 2021"
    assert b"/StructTreeRoot" in raw and b"/Lang (fr-FR)" in raw and b"pdfuaid" in raw
    assert b"/JavaScript" not in raw and b"/EmbeddedFile" not in raw
    assert raw.count(b"/Alt ") == 1 and raw.count(b"/S /Table") >= 7
    document.close()


def test_pdf_says_it_all_with_the_words_cited() -> None:
    document = pypdfium2.PdfDocument(made("pdf"))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    flat = " ".join(text.split())
    for words in (
        "Points clés",
        "Calendrier",
        "état au 1er juin 2022",
        "d'après : Légifrance",
        "☐",
    ):
        assert words in flat.replace(NBSP, " ")
    assert "Résumé Repères : « Les contrats de 2021" in flat.replace(NBSP, " ")
    document.close()


def test_markdown_renders_with_its_notes_and_pictures() -> None:
    text = made("md").decode()
    called = re.findall(r"\[\^(\d+)\](?!:)", text)
    told = re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)
    assert called == told and len(told) == drafted(pack(), Flavour(plain=True)).notes.count
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert html.count("<img") == 1 and html.count("<table>") == 7
    assert "\\[" not in html and "<h1>" in html
    assert {f"#source-{n}" for n in (1, 2, 3)} <= set(re.findall(r'href="(#[^"]*)"', html))


def test_a_participants_sheet_has_no_key() -> None:
    text = made("md").decode()
    sheet = text[text.index("## Quiz") : text.index("## Corrigés")]
    assert "Réponse" not in sheet and "exact" not in sheet.replace("exactes", "")
    order = [sheet.index(word) for word in (" Circulaire", " Signature", " Bilan")]
    assert order != sorted(order)


def test_the_key_names_the_letters_of_the_sheet() -> None:
    text = made("md").decode().replace(NBSP, " ").replace(THIN, " ")
    matched = re.search(r"Réponse : Programme 304 – ([AB]) \(15,5 M€\)", text)
    assert matched is not None
    assert f"| {matched[1]}. 15,5 M€" in text
    assert "**A. 15 octobre 2021 : exact.**" in text and "B. 31 décembre 2021 : inexact." in text


def test_own_notes_and_gaps_are_said_to_be_so() -> None:
    text = made("md").decode()
    assert f"*({sourcing.OWN_NOTE})*" in text
    assert "## Ce qui manque" in text and sourcing.UNKNOWN in text
    assert f"groupe{NBSP}A" in text and "variante" not in text and "inconnu |" not in text


@pytest.mark.parametrize("name", ["docx", "odt", "pdf", "md"])
def test_no_text_of_a_pack_becomes_markup(name: str) -> None:
    written = export(with_text(HOSTILE), name)
    assert " ".join(READERS[name](written).split()).count(" ".join(line(HOSTILE).split())) >= 5


def _docx_text(content: bytes) -> str:
    return said(part(content, "word/document.xml"))


def _odt_text(content: bytes) -> str:
    return said(part(content, "content.xml"))


def _pdf_text(content: bytes) -> str:
    from ui.exporting import pdf

    assert content.startswith(b"%PDF")
    return said(
        etree.HTML(pdf.page(with_text(HOSTILE)).encode(), etree.HTMLParser(encoding="utf-8"))
    )


def _md_text(content: bytes) -> str:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(content.decode())
    return said(etree.HTML(f"<html><body>{html}</body></html>"))


READERS: dict[str, Callable[[bytes], str]] = {
    "docx": _docx_text,
    "odt": _odt_text,
    "pdf": _pdf_text,
    "md": _md_text,
}


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=200))
def test_any_text_gives_a_word_file_that_opens(text: str) -> None:
    Document(io.BytesIO(export(with_text(text), "docx")))


def test_pictures_are_the_same_as_svg_and_png_and_fit_a_page() -> None:
    event = Event(SIGNED, None, "courant 2021")
    drawn = pictures.timeline(replace(pack(), timeline=(event,) * 40))
    assert len(drawn) > 1 and all(one.height <= 900 for one in drawn)
    for one in (*drawn[:1], *pictures.comparison(pack())):
        root = etree.fromstring(one.svg.encode())
        assert said(root[0]) == one.alt
        assert one.png().startswith(b"\x89PNG")
        assert base64.b64decode(one.address("svg").partition(",")[2]).decode() == one.svg


def test_a_coming_date_is_hollow_and_the_day_of_the_state_is_marked() -> None:
    order = replace(pack().order, as_of=SIGNED_BEFORE)
    (drawn,) = pictures.timeline(replace(pack(), order=order, timeline=TWO_EVENTS))
    assert "État au 1er mai 2021" in drawn.svg
    fills = re.findall(r'<circle [^>]*fill="(#\w+)"', drawn.svg)
    assert fills[:2] == ["#1b1b35", "#ffffff"]


def test_dates_of_one_day_are_told_without_a_span() -> None:
    same = tuple(replace(one, on=TWO_EVENTS[0].on) for one in TWO_EVENTS)
    (drawn,) = pictures.timeline(replace(pack(), timeline=same))
    assert ", du " not in drawn.alt
    (drawn,) = pictures.timeline(replace(pack(), timeline=TWO_EVENTS))
    assert ", du 1er février 2021 au 15 octobre 2021" in drawn.alt.replace(NBSP, " ")


SIGNED_BEFORE = pack().order.as_of.replace(year=2021, month=5)
TWO_EVENTS = (
    Event(MONEY, SIGNED_BEFORE.replace(month=2)),
    Event(SIGNED, SIGNED_BEFORE.replace(month=10, day=15)),
)


def test_the_comparison_picture_shows_the_figures_and_hatches_the_unknown() -> None:
    (drawn,) = pictures.comparison(pack())
    assert "15 octobre 2021" in drawn.svg and "15,5 millions d" in drawn.svg
    assert drawn.svg.count(sourcing.UNKNOWN) == 2 and DEADLINE not in drawn.svg
    assert AMOUNT not in drawn.svg


def test_a_pack_without_dates_nor_comparison_has_no_such_chapter() -> None:
    bare = replace(pack(), timeline=(), comparison=None, quiz=(), cases=(), steps=())
    entries = [entry.text for entry in drafted(bare, Flavour()).entries]
    assert not [one for one in entries if one.startswith(("Calendrier", "Comparaison", "Corrigés"))]


def test_mixed_is_stable_and_never_the_right_order() -> None:
    values = ("a", "b", "c")
    drawn = {mixed(values, f"{n}") for n in range(50)}
    assert values not in drawn and len(drawn) > 2
    assert mixed(values, "1") == mixed(values, "1")
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_an_option_that_is_the_key_is_not_said_twice() -> None:
    item = pack().quiz[0]
    option = Option("15 octobre 2021", True, "Une autre raison.", (1,))
    other = replace(pack(), quiz=(replace(item, options=(option, *item.options[1:])),))
    told, same = (
        flat(drafted(one, Flavour()).blocks) for one in (other, replace(other, quiz=(item,)))
    )
    assert "Une autre raison." in told
    assert told.count(line(DEADLINE)) == same.count(line(DEADLINE))


def test_an_absent_pango_is_told_in_one_french_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    from corpus.errors import ReperesError
    from ui.exporting import pdf

    real = builtins.__import__

    def absent(name: str, *args: Any, **more: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(ReperesError, match="Pango manque"):
        pdf.write(pack())


@pytest.mark.parametrize("name", ["docx", pytest.param("odt", marks=pytest.mark.long)])
def test_libreoffice_opens_it_without_loss(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"seance.{name}"
    file.write_bytes(made(name))
    document = pypdfium2.PdfDocument(converted(file, "pdf").read_bytes())
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    flat = " ".join(text.split()).replace(NBSP, " ").replace(THIN, " ")
    for words in ("Sommaire", DEADLINE, "page 1 sur", "état au 1er juin 2022", "note 1"):
        assert words in flat
    assert flat.count("Ce que je retiens") == 1
    document.close()
