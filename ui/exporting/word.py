"""A pack as a Word document: real footnotes, headings, a table of contents that isn't empty."""

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from assistant.teaching.pack import Pack
from ui.exporting import word_styles
from ui.exporting.archives import rewritten
from ui.exporting.converting import convert
from ui.exporting.outline import Entry, Flavour, drafted
from ui.markup import escape

_SETTINGS = {
    "w:footnotePr": '<w:footnote w:id="-1"/><w:footnote w:id="0"/>',
    "w:compat": '<w:compatSetting w:name="compatibilityMode" w:val="15" '
    'w:uri="http://schemas.microsoft.com/office/word"/>',
}
_AFTER_COMPAT = ("w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:decimalSymbol")
"""What the schema of the settings puts after them, in its order."""
_SHORT_ROW_CHARS = 600
"""A longer row may go on over the page: kept whole, it would leave half a page empty."""


def write(pack: Pack) -> bytes:
    """The .docx file; it holds no macro, and refers to nothing outside itself but web links."""
    draft = drafted(pack, Flavour())
    options = ["--toc", "--toc-depth=2"]
    made = convert(draft, "docx", options, word_styles.reference(pack))
    return _finished(made, pack, draft.entries)


def _finished(made: bytes, pack: Pack, entries: list[Entry]) -> bytes:
    """What pandoc leaves to be done: the contents, the breaks, rows that hold together."""
    from docx import Document

    document: Any = Document(io.BytesIO(made))
    day = datetime.combine(pack.order.as_of, time())
    document.core_properties.created = document.core_properties.modified = day
    _fill_contents(document, entries)
    opening = {entry.text for entry in entries if entry.opens_page}
    for paragraph in document.paragraphs:
        if paragraph.style.name.startswith("Heading") and paragraph.text in opening:
            paragraph.paragraph_format.page_break_before = True
    for table in document.tables:
        _keep_rows(table)
    _count_through(document)
    _complete_settings(document)
    written = io.BytesIO()
    document.save(written)
    return rewritten(written.getvalue())


def _fill_contents(document: Any, entries: Sequence[Entry]) -> None:
    """Puts the headings in the field of the contents, as links; Word adds pages when updated."""
    from docx.oxml.parser import parse_xml

    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    field = next(
        (one for one in document.element.body.iter(f"{{{space}}}p") if "TOC \\o" in _codes(one)),
        None,
    )
    if field is None:
        return
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        'TOC \\o "1-2" \\h \\z \\u</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for n, entry in enumerate(entries):
        whole = (
            f'<w:p xmlns:w="{space}"><w:pPr><w:pStyle w:val="TOC{entry.level}"/></w:pPr>'
            f"{begin if n == 0 else ''}"
            f'<w:hyperlink w:anchor="{entry.name}"><w:r><w:t xml:space="preserve">'
            f"{escape(entry.text)}</w:t></w:r></w:hyperlink>"
            f"{end if n == len(entries) - 1 else ''}</w:p>"
        )
        field.addprevious(parse_xml(whole))
    field.getparent().remove(field)


def _codes(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter() if one.tag.endswith("}instrText"))


def _keep_rows(table: Any) -> None:
    """No short row is cut by the end of a page, and the heading row stays with the next one."""
    from docx.oxml import OxmlElement

    for row in table.rows:
        if sum(len(cell.text) for cell in row.cells) < _SHORT_ROW_CHARS:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.style = "Cellule"
    for cell in table.rows[0].cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _count_through(document: Any) -> None:
    """Footnotes count from 1 to the end: LibreOffice would take « each section » for each page."""
    for restart in list(document.element.body.iter()):
        if isinstance(restart.tag, str) and restart.tag.endswith("}numRestart"):
            restart.getparent().remove(restart)


def _complete_settings(document: Any) -> None:
    """What Word expects of the settings and pandoc leaves out: the two notes that are lines over
    the footnotes, and the version whose rules hold (without it, « mode de compatibilité »)."""
    from docx.oxml.ns import nsdecls, qn
    from docx.oxml.parser import parse_xml

    settings = document.settings.element
    language = settings.find(qn("w:themeFontLang"))
    if language is not None:
        language.set(qn("w:val"), "fr-FR")
    following = next((one for one in settings if one.tag in map(qn, _AFTER_COMPAT)), None)
    for name, content in _SETTINGS.items():
        if settings.find(qn(name)) is None:
            made = parse_xml(f"<{name} {nsdecls('w')}>{content}</{name}>")
            if following is None:
                settings.append(made)
            else:
                following.addprevious(made)
