"""The styles, header and footer of the Word document, on top of pandoc's own."""

import io
from typing import Any

from assistant.teaching.pack import Pack
from ui.exporting import sourcing
from ui.exporting.converting import default_reference
from ui.exporting.typography import line

FONT = "Arial"
_INK = "1B1B35"
_GREY = "55556E"
_LINK = "1A4A9C"
_SIZES_PT = {
    "Title": 24,
    "Heading 1": 16,
    "Heading 2": 12.5,
    "TOC Heading": 14,
    "Footnote Text": 8,
    "Cellule": 9.5,
}
_OWN = ("Preuve", "Question", "Réponse", "Ligne", "Source", "Figure", "Cellule", "Choix", "Dernier")


def reference(pack: Pack) -> bytes:
    """A .docx file that gives its styles, A4 page, header and footer to the document."""
    from docx import Document

    document = Document(io.BytesIO(default_reference("docx")))
    _letter(document)
    _styles(document)
    _page(document, pack)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _complete(styles: Any) -> None:
    """What pandoc's own file names and doesn't define: Word would make it up, or repair it."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn

    for name in ("header", "footer"):
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        made.element.styleId = name.capitalize()
        made.base_style = styles["Normal"]
    known = {style.style_id for style in styles}
    for style in styles.element.findall(qn("w:style")):
        based = style.find(qn("w:basedOn"))
        if based is not None and based.get(qn("w:val")) not in known:
            style.remove(based)


def _letter(document: Any) -> None:
    """One font that Windows has and LibreOffice replaces width for width; French throughout."""
    from docx.oxml.ns import qn

    _complete(document.styles)
    root = document.styles.element
    for fonts in root.findall(f".//{qn('w:rFonts')}"):
        fonts.attrib.clear()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
    for colour in root.findall(f".//{qn('w:color')}"):
        colour.attrib.clear()
        colour.set(qn("w:val"), _INK)
    for language in root.findall(f".//{qn('w:lang')}"):
        language.set(qn("w:val"), "fr-FR")


def _styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    styles = document.styles
    for name in (*_OWN, "toc 1", "toc 2"):
        if name not in [style.name for style in styles]:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
            styles[name].base_style = styles["Body Text"]
    for level in (1, 2):
        styles[f"toc {level}"].element.styleId = f"TOC{level}"
    styles["Normal"].font.size = Pt(10)
    for name, size in _SIZES_PT.items():
        styles[name].font.size = Pt(size)
    for name in ("Title", "Heading 1", "Heading 2", "TOC Heading"):
        styles[name].font.bold = True
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _spaced(styles, "Body Text", 3, 5)
    _spaced(styles, "Compact", 2, 2)
    for name in ("Cellule", "Choix", "Dernier"):
        _spaced(styles, name, 2, 2)
    _spaced(styles, "Heading 1", 16, 5)
    _spaced(styles, "Heading 2", 12, 3)
    _spaced(styles, "toc 1", 3, 0)
    _spaced(styles, "toc 2", 0, 0)
    _spaced(styles, "Question", 8, 2)
    _spaced(styles, "Preuve", 0, 6)
    _spaced(styles, "Footnote Text", 0, 1)
    styles["toc 2"].paragraph_format.left_indent = Cm(0.8)
    styles["Hyperlink"].font.color.rgb = RGBColor.from_string(_LINK)
    styles["Preuve"].font.size = Pt(8.5)
    styles["Preuve"].font.color.rgb = RGBColor.from_string(_GREY)
    styles["Source"].font.size = Pt(9)
    for name in ("Question", "Choix"):
        styles[name].paragraph_format.keep_with_next = True
    _ruled(styles["Ligne"])
    _grid(styles["Table"])


def _spaced(styles: Any, name: str, before: float, after: float) -> None:
    from docx.shared import Pt

    form = styles[name].paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.1
    form.widow_control = True


def _ruled(style: Any) -> None:
    """A line to write on under each paragraph, also between two of them."""
    rule = f'w:val="single" w:sz="4" w:space="1" w:color="{_GREY}"'
    _set(style.element.get_or_add_pPr(), f"<w:pBdr><w:bottom {rule}/><w:between {rule}/></w:pBdr>")


def _grid(style: Any) -> None:
    """Thin lines between rows, and a pale heading row in bold."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9A9DB0"/>'
        for side in ("top", "bottom", "insideH")
    )
    for old in list(style.element):
        if old.tag.endswith(("}tblPr", "}tblStylePr")):
            style.element.remove(old)
    margins = '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    _set(
        style.element,
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
        "</w:tblPr>",
    )
    _set(
        style.element,
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="E9EBF3"/></w:tcPr></w:tblStylePr>',
    )


def _page(document: Any, pack: Pack) -> None:
    """A4, 2 cm around; what and as of when at the top, the title and the page at the bottom."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.add_run(line(f"Repères · {sourcing.as_of(pack)}"))
    foot.add_run(f"{line(pack.title)[:90]} · page\u00a0")
    _field(foot, "PAGE")
    foot.add_run(" sur\u00a0")
    _field(foot, "NUMPAGES")
    for paragraph in (head, foot):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in paragraph.runs:
            run.font.size = Pt(8.5)


def _field(paragraph: Any, code: str) -> None:
    _set(
        paragraph._p,
        f'<w:fldSimple w:instr="{code}"><w:r><w:rPr>'
        '<w:sz w:val="17"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>',
    )


def _set(parent: Any, content: str) -> None:
    """Adds elements of WordprocessingML, written as they are in a file."""
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml

    end = min(content.index(sign) for sign in (" ", ">") if sign in content)
    parent.append(parse_xml(f"{content[:end]} {nsdecls('w')}{content[end:]}"))
