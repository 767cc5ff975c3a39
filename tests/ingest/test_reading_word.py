"""Word documents: what the reader sees on the page, and nothing that was deleted or hidden."""

import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest

from corpus.errors import UnreadableFile
from ingest.reading.content import Content, RawBlock
from ingest.reading.office import MAX_PARTS_BYTES
from ingest.reading.word import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PROSE = "Le relais accueille les familles du quartier chaque samedi, sans rendez-vous."


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def part(root: str, inner: str) -> str:
    return f'<w:{root} xmlns:w="{W}">{inner}</w:{root}>'


def written(body: str, **parts: str) -> bytes:
    """A docx whose body is written by hand; other parts by name (``footnotes``, ``styles``)."""
    files: dict[str, str | bytes] = {
        "word/document.xml": part("document", f"<w:body>{body}</w:body>")
    }
    return zipped(files | {f"word/{name}.xml": part(name, inner) for name, inner in parts.items()})


def p(text: str, properties: str = "", run: str = "") -> str:
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{run}<w:t>{text}</w:t></w:r></w:p>"


def content(body: str, **parts: str) -> Content:
    return read("note.docx", written(body, **parts)).contents[0]


def blocks(body: str, **parts: str) -> list[RawBlock]:
    return list(content(body, **parts).blocks)


def made(make: Callable[[Any], object]) -> Content:
    """What is read of a document made with python-docx."""
    document, file = docx.Document(), io.BytesIO()
    make(document)
    document.save(file)
    return read("note.docx", file.getvalue()).contents[0]


def test_styles_give_title_headings_and_lists() -> None:
    def make(document: Any) -> None:
        document.add_heading("Le relais du Val", 0)
        document.add_heading("Les mesures", 1)
        document.add_paragraph("un local ;", style="List Bullet")
        document.add_paragraph("un bureau ;", style="List Bullet 2")
        document.add_paragraph("Saisir le préfet ;", style="List Number")
        document.add_paragraph("Informer le maire.", style="List Number")

    found = made(make)
    assert found.title == "Le relais du Val"
    assert found.blocks == (
        RawBlock("heading", "Le relais du Val", 1),
        RawBlock("heading", "Les mesures", 2),
        RawBlock("item", "un local ;", 0),
        RawBlock("item", "un bureau ;", 1),
        RawBlock("item", "Saisir le préfet ;", 0, label="1."),
        RawBlock("item", "Informer le maire.", 0, label="2."),
    )


@pytest.mark.parametrize("name", ["heading 2", "Titre 2", "Titre2", "Heading 2"])
def test_a_heading_is_told_by_its_style_name(name: str) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="x"><w:name w:val="{name}"/></w:style>'
    found = blocks(p("Les crédits", '<w:pStyle w:val="x"/>') + p(PROSE), styles=styles)
    assert found[0] == RawBlock("heading", "Les crédits", 2)


def test_a_heading_is_told_by_the_outline_of_a_parent_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    found = blocks(p("Les crédits", '<w:pStyle w:val="b"/>') + p(PROSE), styles=styles)
    assert found[0] == RawBlock("heading", "Les crédits", 3)


def test_a_short_bold_line_above_prose_is_a_heading() -> None:
    found = blocks(p("Les crédits du relais", run="<w:b/>") + p(PROSE))
    assert found[0] == RawBlock("heading", "Les crédits du relais", 2)


@pytest.mark.parametrize(
    "body",
    [
        p("Les crédits du relais.", run="<w:b/>") + p(PROSE),
        p("Les crédits du relais", run='<w:b w:val="0"/>') + p(PROSE),
        p("Les crédits du relais", run="<w:b/>") + p("12 rue des Tilleuls"),
        p("Les crédits du relais", run="<w:b/>") + p(PROSE, run="<w:b/>"),
        p("Objet : les crédits du relais", run="<w:b/>") + p(PROSE),
        f"<w:tbl><w:tr><w:tc>{p('Les crédits', run='<w:b/>')}</w:tc></w:tr></w:tbl>" + p(PROSE),
    ],
)
def test_other_bold_lines_are_no_headings(body: str) -> None:
    assert "heading" not in {block.kind for block in blocks(body + p(PROSE))}


def test_a_bold_item_stays_an_item() -> None:
    body = p(
        "Le relais du Val", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', "<w:b/>"
    )
    found = blocks(body + p(PROSE) * 2, numbering=numbering(("bullet", "-")))
    assert found[0].kind == "item"


def numbering(*levels: tuple[str, str]) -> str:
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{inner}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )


def numbered(text: str, depth: int = 0, key: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{key}"/></w:numPr>')


def test_automatic_numbers_are_written_as_word_shows_them() -> None:
    body = numbered("Un") + numbered("alpha", 1) + numbered("bêta", 1) + p(PROSE)
    body += numbered("Deux") + numbered("gamma", 1) + numbered("Un bis", key=2)
    found = blocks(body, numbering=numbering(("upperRoman", "%1."), ("lowerLetter", "%1.%2)")))
    labels = [(block.level, block.label) for block in found if block.kind == "item"]
    assert labels == [(0, "I."), (1, "I.a)"), (1, "I.b)"), (0, "II."), (1, "II.a)"), (0, "I.")]


def test_a_numbered_heading_keeps_its_number() -> None:
    properties = '<w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr>'
    found = blocks(
        p("Les crédits", properties) + p(PROSE), numbering=numbering(("decimal", "%1 –"))
    )
    assert found[0] == RawBlock("heading", "1 – Les crédits", 1)


def call(kind: str, key: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'


def note(kind: str, key: int, text: str) -> str:
    return f'<w:{kind} w:id="{key}">{p(text)}</w:{kind}>'


def test_notes_are_numbered_in_the_order_of_their_calls() -> None:
    body = f"<w:p><w:r><w:t>Un texte</w:t></w:r>{call('footnote', 9)}{call('endnote', 9)}</w:p>"
    feet = note("footnote", 4, "Jamais appelée.") + note("footnote", 9, "12 mars 2020, p. 3.")
    found = blocks(body, footnotes=feet, endnotes=note("endnote", 9, "Voir le guide."))
    assert found == [
        RawBlock("paragraph", "Un texte[1][2]"),
        RawBlock("note", "[1] 12 mars 2020, p. 3."),
        RawBlock("note", "[2] Voir le guide."),
    ]


def test_a_note_called_twice_is_given_once_and_a_missing_one_is_passed_over() -> None:
    body = f"<w:p><w:r><w:t>Ici</w:t></w:r>{call('footnote', 5) * 2}{call('footnote', 6)}</w:p>"
    found = blocks(body, footnotes=note("footnote", 5, "Une note."))
    assert [block.text for block in found] == ["Ici[1][1]", "[1] Une note."]


def test_deleted_text_goes_and_inserted_text_stays() -> None:
    body = (
        "<w:p><w:r><w:t>Le relais </w:t></w:r><w:del><w:r><w:delText>ferme</w:delText></w:r>"
        f"{call('footnote', 1)}</w:del><w:ins><w:r><w:t>ouvre</w:t></w:r></w:ins></w:p>"
    )
    assert [block.text for block in blocks(body)] == ["Le relais ouvre"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = p("Le relais ", "<w:rPr><w:del/></w:rPr>") + p("ouvre.")
    assert [block.text for block in blocks(body)] == ["Le relais ouvre."]


@pytest.mark.parametrize(
    "hidden",
    [
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>",
        "<w:moveFrom><w:r><w:t>secret</w:t></w:r></w:moveFrom>",
        "<w:r><w:instrText>secret</w:instrText></w:r>",
    ],
)
def test_what_word_does_not_show_is_left_out(hidden: str) -> None:
    assert [b.text for b in blocks(f"<w:p>{hidden}<w:r><w:t>vu</w:t></w:r></w:p>")] == ["vu"]


def test_comments_headers_footers_and_contents_are_left_out() -> None:
    def make(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "secret"
        document.sections[0].footer.paragraphs[0].text = "secret"
        run = document.add_paragraph(PROSE).runs[0]
        document.add_comment(run, text="secret", author="Odile", initials="O")

    assert [block.text for block in made(make).blocks] == [PROSE]
    styles = '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    toc = p("Les crédits 3", '<w:pStyle w:val="t"/>')
    assert [block.text for block in blocks(toc + p(PROSE), styles=styles)] == [PROSE]


def test_page_headers_of_the_first_section_are_given_apart_the_first_page_s_first() -> None:
    def make(document: Any) -> None:
        first = document.sections[0]
        first.different_first_page_header_footer = True
        first.first_page_header.paragraphs[0].text = "Département du Jura"
        first.header.paragraphs[0].text = "Note n° 7\tJura\tNote n° 7"
        document.add_paragraph(PROSE)
        other = document.add_section()
        other.header.is_linked_to_previous = False
        other.header.paragraphs[0].text = "secret"

    found = made(make)
    assert found.header == ("Département du Jura", "Note n° 7", "Jura")
    assert [block.text for block in found.blocks] == [PROSE]


def headed(header: str, relation: str = "header1.xml") -> Content:
    """A docx whose page header is written by hand."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    section = (
        f'<w:sectPr><w:headerReference xmlns:r="{office}" w:type="default" r:id="a"/></w:sectPr>'
    )
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts: dict[str, str | bytes] = {
        "word/document.xml": part("document", f"<w:body>{p(PROSE)}{section}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{links}">'
        f'<Relationship Id="a" Target="{relation}"/></Relationships>',
        "word/header1.xml": header,
    }
    return read("note.docx", zipped(parts)).contents[0]


def test_what_word_computes_in_a_header_is_left_out() -> None:
    def field(code: str, shown: str) -> str:
        begin, middle, end = (
            f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
            for kind in ("begin", "separate", "end")
        )
        instruction = f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        return f"{begin}{instruction}{middle}<w:r><w:t>{shown}</w:t></w:r>{end}"

    simple = '<w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>'
    run = "<w:r><w:t>Lyon, le </w:t></w:r>"
    date = field('DATE \\@ "d MMMM yyyy"', "4 mai 2026")
    inner = f"<w:p>{run}{date}</w:p><w:p>{simple}{field('TITLE', 'Note n° 7')}</w:p>"
    assert headed(part("hdr", inner)).header == ("Lyon, le", "Note n° 7")


@pytest.mark.parametrize(
    ("header", "relation"),
    [
        ("<w:hdr", "header1.xml"),
        ('<!DOCTYPE x [<!ENTITY e "secret">]><x>&e;</x>', "header1.xml"),
        (part("hdr", p("secret")), "../../secret.xml"),
        (part("hdr", p("secret")), "http://exemple.fr/header1.xml"),
    ],
)
def test_a_header_that_cannot_be_read_leaves_the_text(header: str, relation: str) -> None:
    found = headed(header, relation)
    assert (found.header, [block.text for block in found.blocks]) == ((), [PROSE])


def test_merged_cells_are_repeated_downwards_and_kept_in_their_column() -> None:
    def make(document: Any) -> None:
        table = document.add_table(rows=3, cols=3)
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}"
        table.cell(2, 0).text = ""
        table.cell(0, 2).text = ""
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(0, 1).merge(table.cell(0, 2))

    assert [block.text for block in made(make).blocks] == [
        "00 | 01 |",
        "10 | 11 | 12",
        "10 | 21 | 22",
    ]


@pytest.mark.parametrize("above", ['<w:vertAlign w:val="superscript"/>', '<w:position w:val="8"/>'])
def test_a_raised_figure_never_joins_a_number(above: str) -> None:
    body = f"<w:p><w:r><w:t>en 2021</w:t></w:r><w:r><w:rPr>{above}</w:rPr><w:t>3</w:t></w:r></w:p>"
    assert blocks(body)[0].text == "en 2021³"


def test_text_boxes_fields_and_links_keep_their_words() -> None:
    box = "<w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>"
    box += f"{p('dans un cadre')}</w:txbxContent></v:textbox></w:pict></w:r>"
    body = f"<w:p>{box}<w:fldSimple><w:r><w:t>un champ</w:t></w:r></w:fldSimple>"
    found = blocks(f"{body}<w:hyperlink><w:r><w:t> et un lien</w:t></w:r></w:hyperlink></w:p>")
    assert sorted(block.text for block in found) == ["dans un cadre", "un champ et un lien"]


def test_a_text_box_written_in_both_forms_is_read_once() -> None:
    inner = f"<w:txbxContent>{p('dans un cadre')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent"
        " xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [block.text for block in blocks(body + p(PROSE))] == ["dans un cadre", PROSE]


def test_a_picture_whose_file_is_missing_does_not_matter() -> None:
    body = "<w:p><w:r><w:drawing><a:blip xmlns:a='a'/></w:drawing></w:r></w:p>"
    assert [block.text for block in blocks(body + p(PROSE))] == [PROSE]


@pytest.mark.parametrize(
    ("stated", "title"),
    [("Guide du relais", "Guide du relais"), ("Microsoft Word - n.doc", None), ("Document1", None)],
)
def test_the_title_of_the_properties_is_the_last_resort(stated: str, title: str | None) -> None:
    core = f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{stated}</dc:title></c>'
    data = {"word/document.xml": part("document", f"<w:body>{p(PROSE * 4)}</w:body>")}
    assert read("n.docx", zipped(data | {"docProps/core.xml": core})).contents[0].title == title


def test_the_strict_form_is_read_too() -> None:
    heading = p("Les crédits", '<w:outlineLvl w:val="0"/>')
    data = part("document", f"<w:body>{heading}</w:body>")
    strict = data.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    found = read("n.docx", zipped({"word/document.xml": strict})).contents[0].blocks
    assert found == (RawBlock("heading", "Les crédits", 1),)


ENTITY = part("document", f"<w:body>{p('&e;')}</w:body>")
DOCTYPE = f'<!DOCTYPE x [<!ENTITY e "secret">]>{ENTITY}'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (OLE, r"ancien fichier Office.*enregistrez-le au format \.docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"%PDF-1.7 x", r"est en fait un fichier PDF.*renommez-le en \.pdf"),
        (b"{\\rtf1 x}", "RTF"),
        (b"Un simple texte.", "n'est pas un document Word lisible"),
        (written(p(PROSE))[:-30], "n'est pas un document Word lisible"),
        (zipped({"a.txt": "a"}), "n'est pas un document Word lisible"),
        (zipped({"word/document.xml": "<w:p"}), "n'est pas un document Word lisible"),
        (zipped({"word/document.xml": part("document", "")}), "n'est pas un document Word"),
        (zipped({"word/document.xml": DOCTYPE}), "DOCTYPE"),
        (written(""), "ne contient aucun texte"),
    ],
)
def test_what_is_no_word_document_is_refused_in_one_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as refusal:
        read("note.docx", data)
    assert str(refusal.value).startswith("« note.docx »")
    assert str(refusal.value).endswith(".")


def test_a_part_that_swells_is_refused() -> None:
    data = written(p("a" * 100 + " " * MAX_PARTS_BYTES))
    with pytest.raises(UnreadableFile, match="trop gros"):
        read("note.docx", data)


HOSTILE = {
    "deep": "<w:tbl><w:tr><w:tc>" * 80 + p("x") + "</w:tc></w:tr></w:tbl>" * 80,
    "wide": "<w:tbl><w:tr>"
    + ("<w:tc><w:tcPr><w:gridSpan w:val='60'/></w:tcPr></w:tc>" * 900)
    + "</w:tr></w:tbl>",
    "levels": numbered("x", 8, 1) * 500,
    "attributes": "<w:p><w:r><w:sym/><w:footnoteReference/><w:hyperlink/></w:r></w:p>" * 50,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bodies_are_read_or_refused_soon(body: str) -> None:
    start = time.process_time()
    try:
        assert blocks(body + p(PROSE), numbering=numbering(("decimal", "%9%9%9")))
    except UnreadableFile as error:
        assert "note.docx" in str(error)
    assert time.process_time() - start < 10
