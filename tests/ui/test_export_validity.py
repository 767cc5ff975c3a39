"""Office files and quiz files held to the rules of their formats, part by part.

Proved: packages whose parts, types and links agree, ids that are unique, styles and notes that
exist, files that python-docx and python-pptx open and save again; Moodle XML and Anki headers as
their documentation writes them. Not proved: that Word, PowerPoint, Moodle or Anki themselves open
these files (none of them runs here), nor validity by the schemas of ECMA-376.
"""

import csv
import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from lxml import etree

from tests.packs import pack
from tests.ui.test_export_slides import long_pack
from ui.exporting.formats import export

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
OFFICE = ("docx", "pptx")
TYPES = {"category", "multichoice", "truefalse", "matching"}
# The fractions that Moodle offers (question/type/multichoice), in percent.
FRACTIONS = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667,
             14.28571, 12.5, 11.11111, 10, 5, 0)  # fmt: skip


@cache
def archive(name: str, long: bool = False) -> dict[str, bytes]:
    """The parts of an office file."""
    written = export(long_pack() if long else pack(), name)
    with zipfile.ZipFile(io.BytesIO(written)) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
        assert len(names) == len(set(names))
        return {one: opened.read(one) for one in names}


def trees(name: str, long: bool = False) -> Iterator[tuple[str, Any]]:
    for part, content in archive(name, long).items():
        if part.endswith((".xml", ".rels")):
            yield part, etree.fromstring(content)


def relations(name: str) -> Iterator[tuple[str, Any]]:
    """Each relationship with the part that it starts from."""
    for part, tree in trees(name):
        if part.endswith(".rels"):
            folder, _, file = part.partition("_rels/")
            source = posixpath.join(folder, file.removesuffix(".rels"))
            for one in tree:
                yield source, one


@pytest.mark.parametrize("name", OFFICE)
def test_every_part_has_a_type_and_every_type_a_part(name: str) -> None:
    types = etree.fromstring(archive(name)["[Content_Types].xml"])
    endings = {one.get("Extension").lower() for one in types if one.tag.endswith("Default")}
    named = [one.get("PartName") for one in types if one.tag.endswith("Override")]
    assert len(named) == len(set(named))
    assert {one.lstrip("/") for one in named} <= set(archive(name))
    for part in archive(name):
        assert part == "[Content_Types].xml" or f"/{part}" in named or part[-4:].strip(".") in (
            *endings, *(one[-4:].strip(".") for one in endings)
        )  # fmt: skip


@pytest.mark.parametrize("name", OFFICE)
def test_every_relationship_leads_to_a_part_and_has_an_id_of_its_own(name: str) -> None:
    ids: Counter[tuple[str, str]] = Counter()
    for source, one in relations(name):
        ids[source, one.get("Id")] += 1
        target = one.get("Target")
        if one.get("TargetMode") == "External":
            assert re.match(r"https?://[^\s<>\"]+$", target)
            continue
        folder = posixpath.dirname(source)
        inner = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        assert posixpath.normpath(inner) in archive(name), (source, target)
    assert set(ids.values()) == {1}


@pytest.mark.parametrize("name", OFFICE)
def test_every_id_that_a_part_calls_is_one_of_its_relationships(name: str) -> None:
    known: dict[str, set[str]] = {}
    for source, one in relations(name):
        known.setdefault(source, set()).add(one.get("Id"))
    for part, tree in trees(name):
        for element in tree.iter(etree.Element):
            called = {v for k, v in element.attrib.items() if k.startswith(R) and v}
            assert called <= known.get(part, set()), part


@pytest.mark.parametrize("name", OFFICE)
@pytest.mark.parametrize("long", [False, True])
def test_drawings_of_a_part_have_distinct_ids(name: str, long: bool) -> None:
    for part, tree in trees(name, long):
        ids = [one.get("id") for one in tree.iter("{*}cNvPr" if name == "pptx" else "{*}docPr")]
        assert len(ids) == len(set(ids)), part
        assert all(one.isdigit() and 0 < int(one) < 2**31 for one in ids), part


def test_word_names_only_styles_that_it_defines() -> None:
    styles = etree.fromstring(archive("docx")["word/styles.xml"])
    ids = [one.get(f"{W}styleId") for one in styles.iter(f"{W}style")]
    assert len(ids) == len(set(ids))
    for part, tree in trees("docx"):
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            named = {one.get(f"{W}val") for one in tree.iter(f"{W}{kind}")}
            assert named <= set(ids), (part, kind)


def test_word_s_footnotes_bookmarks_and_settings_agree() -> None:
    parts = dict(trees("docx"))
    notes = [one.get(f"{W}id") for one in parts["word/footnotes.xml"].iter(f"{W}footnote")]
    called = [one.get(f"{W}id") for one in parts["word/document.xml"].iter(f"{W}footnoteReference")]
    around = [one.get(f"{W}id") for one in parts["word/settings.xml"].iter(f"{W}footnote")]
    assert len(notes) == len(set(notes)) and len(called) == len(set(called))
    assert set(called) | set(around) == set(notes) and len(around) == 2
    document = parts["word/document.xml"]
    for key in ("id", "name"):
        marks = [one.get(f"{W}{key}") for one in document.iter(f"{W}bookmarkStart")]
        assert len(marks) == len(set(marks))
    ends = {one.get(f"{W}id") for one in document.iter(f"{W}bookmarkEnd")}
    assert ends == {one.get(f"{W}id") for one in document.iter(f"{W}bookmarkStart")}


def test_word_opens_it_by_the_rules_of_today() -> None:
    settings = etree.fromstring(archive("docx")["word/settings.xml"])
    (mode,) = settings.iter(f"{W}compatSetting")
    assert (mode.get(f"{W}name"), mode.get(f"{W}val")) == ("compatibilityMode", "15")
    order = [etree.QName(one).localname for one in settings]
    places = [order.index(name) for name in ("footnotePr", "compat", "rsids", "themeFontLang")]
    assert places == sorted(places)


def test_word_s_inner_links_lead_to_bookmarks() -> None:
    parts = dict(trees("docx"))
    names = {one.get(f"{W}name") for one in parts["word/document.xml"].iter(f"{W}bookmarkStart")}
    for part in ("word/document.xml", "word/footnotes.xml"):
        anchors = {one.get(f"{W}anchor") for one in parts[part].iter(f"{W}hyperlink")} - {None}
        assert anchors and anchors <= names


@pytest.mark.parametrize("name", OFFICE)
def test_a_library_opens_it_and_what_it_saves_opens_again(name: str) -> None:
    import docx
    import pptx

    load: Any = docx.Document if name == "docx" else pptx.Presentation
    again = io.BytesIO()
    load(io.BytesIO(export(pack(), name))).save(again)
    assert load(again) is not None


def test_opendocument_says_its_type_first_and_lists_every_part() -> None:
    parts = archive("odt")
    with zipfile.ZipFile(io.BytesIO(export(pack(), "odt"))) as opened:
        first = opened.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    listed = etree.fromstring(parts["META-INF/manifest.xml"])
    types = {one.get(f"{MANIFEST}full-path"): one.get(f"{MANIFEST}media-type") for one in listed}
    assert types["/"] == parts["mimetype"].decode()
    assert set(parts) - {"mimetype", "META-INF/manifest.xml"} == set(types) - {"/"}
    assert {types[one] for one in ("content.xml", "styles.xml", "meta.xml")} == {"text/xml"}


def test_moodle_s_questions_keep_the_rules_of_their_types() -> None:
    root = etree.fromstring(export(pack(), "moodle"))
    names = [one.findtext("name/text") for one in root[1:]]
    assert len(names) == len(set(names)) and all(0 < len(one) <= 255 for one in names)
    for question in root:
        assert question.get("type") in TYPES
        shares = [float(one.get("fraction")) for one in question.iterfind("answer")]
        assert all(min(abs(abs(one) - f) for f in FRACTIONS) < 1e-4 for one in shares)
        if question.get("type") == "truefalse":
            texts = [one.findtext("text") for one in question.iterfind("answer")]
            assert (texts, sorted(shares)) == (["true", "false"], [0, 100])
        elif question.findtext("single") == "true":
            assert shares.count(100) == 1
        elif question.findtext("single") == "false":  # to tick everything earns nothing
            assert sum(shares) == pytest.approx(0, abs=0.001)


def test_moodle_s_texts_stand_in_cdata() -> None:
    parser = etree.XMLParser(strip_cdata=False)
    for text in etree.fromstring(export(pack(), "moodle"), parser).iter("text"):
        assert b"<![CDATA[" in etree.tostring(text)


def test_anki_reads_the_header_lines_and_as_many_cells_in_each_row() -> None:
    lines = export(pack(), "csv").decode().split("\n")
    heads = [one for one in lines if one.startswith("#")]
    assert heads == lines[: len(heads)]
    given = dict(one[1:].split(":", 1) for one in heads)
    assert (given["separator"], given["html"], given["tags column"]) == ("Comma", "true", "4")
    columns = given["columns"].split(",")
    rows = list(csv.reader(io.StringIO("\n".join(lines[len(heads) :]))))
    assert {len(row) for row in rows if row} == {len(columns)} == {4}
