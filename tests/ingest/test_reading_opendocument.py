"""OpenDocument texts: numbers as shown, merged cells, notes; nothing deleted or hidden."""

import io
import time
import zipfile

import pytest
from odf.opendocument import OpenDocumentText
from odf.text import H, List, ListItem, P

from corpus.errors import UnreadableFile
from ingest.reading.content import Content, RawBlock
from ingest.reading.office import numeral
from ingest.reading.opendocument import read

PROSE = "Le relais accueille les familles du quartier chaque samedi, sans rendez-vous."
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        *(("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("manifest", "manifest")),
    ]
)


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        mimetype = "application/vnd.oasis.opendocument.text"
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def root(inner: str, name: str = "office:document-content") -> str:
    return f"<{name} {SPACES} xmlns:dc='http://purl.org/dc/elements/1.1/'>{inner}</{name}>"


def written(body: str, styles: str = "", **parts: str) -> bytes:
    """An .odt whose text is written by hand, with automatic styles and other parts by name."""
    content = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    content += f"<office:body><office:text>{body}</office:text></office:body>"
    return zipped({"content.xml": root(content)} | {f"{k}.xml": root(v) for k, v in parts.items()})


def content(body: str, styles: str = "", **parts: str) -> Content:
    return read("note.odt", written(body, styles, **parts)).contents[0]


def texts(body: str, styles: str = "") -> list[str]:
    return [block.text for block in content(body, styles).blocks]


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def levels(*numbers: str, name: str = "text:list-style", key: str = "L") -> str:
    inner = "".join(
        f'<text:list-level-style-number text:level="{n}" {number}/>'
        for n, number in enumerate(numbers, 1)
    )
    return f'<{name} style:name="{key}">{inner}</{name}>'


def items(*inner: str, more: str = "") -> str:
    found = "".join(f"<text:list-item>{item}</text:list-item>" for item in inner)
    return f'<text:list text:style-name="L" {more}>{found}</text:list>'


def test_a_document_made_by_a_library_is_read() -> None:
    document, file = OpenDocumentText(), io.BytesIO()
    document.text.addElement(H(outlinelevel=1, text="Le relais du Val"))
    document.text.addElement(P(text=PROSE))
    item = ListItem()
    item.addElement(P(text="un local ;"))
    puces = List()
    puces.addElement(item)
    document.text.addElement(puces)
    document.save(file)
    found = read("note.odt", file.getvalue()).contents[0]
    assert found.title == "Le relais du Val"
    assert [(b.kind, b.text) for b in found.blocks] == [
        ("heading", "Le relais du Val"),
        ("paragraph", PROSE),
        ("item", "un local ;"),
    ]


def test_the_style_of_a_title_stands_above_all_headings() -> None:
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    styles += '<style:style style:name="Title"/>'
    body = p("Le relais du Val", "P1") + '<text:h text:outline-level="1">Les crédits</text:h>'
    found = content(body, styles)
    assert found.title == "Le relais du Val"
    assert [(b.text, b.level) for b in found.blocks] == [
        ("Le relais du Val", 1),
        ("Les crédits", 2),
    ]


BOLD = (
    '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="C" style:parent-style-name="B"/>'
    '<style:style style:name="N"><style:text-properties fo:font-weight="normal"/></style:style>'
)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (p("Les crédits du relais", "B"), "heading"),
        (p("Les crédits du relais", "C"), "heading"),
        (p('<text:span text:style-name="B">Les crédits du relais</text:span>'), "heading"),
        (p('Les <text:span text:style-name="B">crédits du relais</text:span>'), "paragraph"),
        (p('Les <text:span text:style-name="N">crédits</text:span>', "B"), "paragraph"),
        (p("Les crédits du relais.", "B"), "paragraph"),
    ],
)
def test_a_short_line_all_in_bold_above_prose_is_a_heading(line: str, kind: str) -> None:
    assert content(line + p(PROSE), BOLD).blocks[0].kind == kind


def test_lists_nest_and_show_their_numbers() -> None:
    styles = levels(
        'style:num-format="I" style:num-suffix="."',
        'style:num-format="a" style:num-suffix=")" text:display-levels="2"',
    )
    inner = items(p("alpha"), p("bêta"))
    body = items(p("Un") + inner, p("Deux")) + items(
        p("Trois"), more='text:continue-numbering="true"'
    )
    found = content(body + items(p("Un")), styles).blocks
    assert [(b.level, b.label, b.text) for b in found] == [
        *((0, "I.", "Un"), (1, "I.a)", "alpha"), (1, "I.b)", "bêta")),
        *((0, "II.", "Deux"), (0, "III.", "Trois"), (0, "I.", "Un")),
    ]


def test_a_list_starts_where_it_says() -> None:
    body = '<text:list text:style-name="L"><text:list-item text:start-value="7">'
    body += f"{p('Sept')}</text:list-item></text:list>"
    found = content(body, levels('style:num-format="1" style:num-suffix="°"')).blocks
    assert found == (RawBlock("item", "Sept", 0, label="7°"),)


def test_headings_bear_the_number_of_the_outline() -> None:
    outline = levels('style:num-format="1"', 'style:num-format="1" text:display-levels="2"')
    outline = outline.replace("list-style style", "outline-style style").replace(
        "</text:list-style>", "</text:outline-style>"
    )
    body = "".join(
        f'<text:h text:outline-level="{n}">{t}</text:h>'
        for n, t in [(1, "Un"), (2, "Bis"), (2, "Ter")]
    )
    found = read("n.odt", written(body, styles=outline)).contents[0].blocks
    assert [block.text for block in found] == ["1 Un", "1.1 Bis", "1.2 Ter"]


def test_tables_repeat_what_is_merged_and_bound_what_is_repeated() -> None:
    cell = "<table:table-cell {}>{}</table:table-cell>"
    first = cell.format('table:number-rows-spanned="2"', p("Aisne")) + cell.format("", p("2021"))
    second = "<table:covered-table-cell/>" + cell.format("", p("2022"))
    far = cell.format('table:number-columns-repeated="1048576"', "")
    rows = f"<table:table-row>{first}{far}</table:table-row>"
    rows += f"<table:table-row>{second}</table:table-row>"
    rows += f'<table:table-row table:number-rows-repeated="1048576">{far}</table:table-row>'
    assert texts(f"<table:table>{rows}</table:table>") == ["Aisne | 2021", "Aisne | 2022"]


def test_notes_are_called_and_given_at_the_end() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>x</text:note-citation>'
        "<text:note-body><text:p>{}</text:p></text:note-body></text:note>"
    )
    body = p("Un" + note.format("footnote", "En bas.") + " texte" + note.format("endnote", "Fin."))
    assert texts(body) == ["Un[1] texte[2]", "[1] En bas.", "[2] Fin."]


def test_spaces_tabs_and_line_breaks_part_words() -> None:
    body = p('un<text:s text:c="2000000000"/>deux<text:tab/>trois')
    assert texts(body) == ["un deux trois"]
    assert texts(p(f"Bonjour.<text:line-break/>{PROSE}")) == ["Bonjour.", PROSE]


@pytest.mark.parametrize(
    "hidden",
    [
        "<text:tracked-changes><text:p>secret</text:p></text:tracked-changes>",
        p("<office:annotation><text:p>secret</text:p></office:annotation>"),
        '<text:section text:display="none"><text:p>secret</text:p></text:section>',
        p("<text:hidden-text>secret</text:hidden-text>"),
        "<text:table-of-content><text:p>secret</text:p></text:table-of-content>",
    ],
)
def test_deleted_hidden_and_commented_text_is_left_out(hidden: str) -> None:
    assert texts(hidden + p(PROSE)) == [PROSE]


def test_sections_frames_and_fields_keep_their_words() -> None:
    box = "<draw:frame><draw:text-box><text:p>dans un cadre</text:p></draw:text-box></draw:frame>"
    body = f"<text:section>{p('Page <text:page-number>3</text:page-number>' + box)}</text:section>"
    assert texts(body) == ["Page 3", "dans un cadre"]


@pytest.mark.parametrize(("position", "text"), [("33% 80%", "2021³"), ("-33% 80%", "20213")])
def test_a_raised_figure_never_joins_a_number(position: str, text: str) -> None:
    style = f'<style:style style:name="T"><style:text-properties style:text-position="{position}"/>'
    body = p('en 2021<text:span text:style-name="T">3</text:span>')
    assert texts(body, f"{style}</style:style>") == [f"en {text}"]


def test_the_title_of_the_properties_is_the_last_resort() -> None:
    found = content(p(PROSE * 4), meta="<dc:title>Guide du relais</dc:title>")
    assert found.title == "Guide du relais"


ENTITY = '<!DOCTYPE x [<!ENTITY e "secret">]>' + root("&e;")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"META-INF/manifest.xml": root("<manifest:encryption-data/>")}), "mot de passe"),
        (zipped({"encrypted-package": "x"}), "mot de passe"),
        (zipped({"content.xml": ENTITY}), "DOCTYPE"),
        (zipped({"content.xml": "<a"}), "n'est pas un document OpenDocument lisible"),
        (zipped({"styles.xml": root("")}), "n'est pas un document OpenDocument lisible"),
        (written(p(PROSE))[:-40], "n'est pas un document OpenDocument lisible"),
        (b"%PDF-1.4 x", "est en fait un fichier PDF"),
        (written(""), "ne contient aucun texte"),
    ],
)
def test_what_is_no_opendocument_is_refused_in_one_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as refusal:
        read("note.odt", data)
    assert str(refusal.value).startswith("« note.odt »")
    assert str(refusal.value).endswith(".")


CELL = '<table:table-cell table:number-columns-repeated="63">' + p("x") + "</table:table-cell>"
ROW = f'<table:table-row table:number-rows-repeated="999999">{CELL}</table:table-row>'
HOSTILE = {
    "rows": f"<table:table>{ROW * 40}</table:table>",
    "lists": "<text:list><text:list-item>" * 100 + p("x") + "</text:list-item></text:list>" * 100,
    "spans": p("<text:span>" * 200 + "x" + "</text:span>" * 200),
    "numbers": '<text:list text:style-name="L"><text:list-item text:start-value="99999999999">'
    f"{p('x')}</text:list-item></text:list>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bodies_are_read_or_refused_soon(body: str) -> None:
    start = time.process_time()
    try:
        assert texts(body + p(PROSE), levels('style:num-format="i"'))[-1] == PROSE
    except UnreadableFile as error:
        assert "note.odt" in str(error)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("number", "form", "written_"),
    [
        (4, "i", "iv"),
        (19, "I", "XIX"),
        (27, "a", "aa"),
        (3, "A", "C"),
        (3, "x", "3"),
        (0, "a", "0"),
    ],
)
def test_numerals_are_written_as_asked(number: int, form: str, written_: str) -> None:
    assert numeral(number, form) == written_


def test_page_headers_are_given_apart_without_what_is_computed() -> None:
    right = "<text:p>Note n° 7<text:tab/>p. <text:page-number>3</text:page-number></text:p>"
    day = "<text:p>Lyon, le <text:date>4 mai 2026</text:date></text:p>"
    pages = (
        '<style:master-page style:name="Landscape"><style:header><text:p>secret</text:p>'
        '</style:header></style:master-page><style:master-page style:name="Standard">'
        f"<style:header-first><text:p>Jura</text:p>{day}</style:header-first>"
        f"<style:header>{right}</style:header><style:footer><text:p>secret</text:p></style:footer>"
        "</style:master-page>"
    )
    body = f"<office:body><office:text>{p(PROSE)}</office:text></office:body>"
    parts = {"content.xml": root(body), "styles.xml": root(pages, "office:document-styles")}
    found = read("note.odt", zipped(parts)).contents[0]
    assert found.header == ("Jura", "Lyon, le", "Note n° 7", "p.")
    assert [block.text for block in found.blocks] == [PROSE]


def test_the_page_that_the_first_paragraph_asks_for_comes_before_the_next_ones() -> None:
    pages = "".join(
        f'<style:master-page style:name="{name}" style:next-style-name="{after}"><style:header>'
        f"{p(name)}</style:header></style:master-page>"
        for name, after in (("Standard", ""), ("Autre", ""), ("Ouverture", "Standard"))
    )
    style = '<style:style style:name="P1" style:master-page-name="Ouverture"/>'
    body = f"<office:automatic-styles>{style}</office:automatic-styles>"
    body += f"<office:body><office:text>{p(PROSE, 'P1')}</office:text></office:body>"
    parts = {"content.xml": root(body), "styles.xml": root(pages, "office:document-styles")}
    assert read("note.odt", zipped(parts)).contents[0].header == ("Ouverture", "Standard")
