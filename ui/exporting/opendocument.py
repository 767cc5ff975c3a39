"""A pack as a LibreOffice text: the same content as Word, in styles of its own."""

import io
import re
import zipfile
from collections.abc import Iterable

from assistant.teaching.pack import Pack
from ui.exporting import sourcing
from ui.exporting.archives import rewritten
from ui.exporting.converting import convert, default_reference
from ui.exporting.outline import Entry, Flavour, drafted
from ui.exporting.templating import fill
from ui.exporting.typography import line
from ui.markup import escape

_TITLE_CHARS = 90
_MANIFEST = "META-INF/manifest.xml"
_LINK = 'text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link"'
_CELLS = {
    "TableHeaderRowCell": 'fo:background-color="#e9ebf3"',
    "TableRowCell": "",
}


def write(pack: Pack) -> bytes:
    """The .odt file; it holds no macro, and refers to nothing outside itself but web links."""
    draft = drafted(pack, Flavour())
    styles = fill(
        "opendocument.xml",
        head=line(f"Repères · {sourcing.as_of(pack)}"),
        foot=line(pack.title)[:_TITLE_CHARS],
    )
    reference = rewritten(default_reference("odt"), {"styles.xml": styles})
    made = convert(draft, "odt", ["--toc", "--toc-depth=2"], reference)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        content = archive.read("content.xml").decode()
        meta = archive.read("meta.xml").decode()
        manifest = archive.read(_MANIFEST).decode()
    day = f"{pack.order.as_of.isoformat()}T00:00:00Z"
    dated = re.sub(r"(?<=>)\d{4}-\d\d-\d\dT[^<]*(?=<)", day, meta)
    return rewritten(
        made,
        {
            "content.xml": _finished(content, draft.entries, draft.alternatives),
            "meta.xml": dated,
            _MANIFEST: manifest.replace('"application/xml"', '"text/xml"'),
        },
    )


def _finished(content: str, entries: Iterable[Entry], alternatives: Iterable[str]) -> str:
    """What pandoc leaves to be done: contents, breaks, lines of tables, alternative texts."""
    entries = tuple(entries)
    lines = "".join(
        f'<text:p text:style-name="Contents_20_{entry.level}">'
        f'<text:a xlink:type="simple" xlink:href="#{entry.name}" {_LINK}>'
        f"{escape(entry.text)}</text:a></text:p>"
        for entry in entries
    )
    title = '<text:p text:style-name="Contents_20_Heading">Sommaire</text:p>'
    body = (
        f'<text:index-body><text:index-title text:name="Titre">{title}</text:index-title>'
        f"{lines}</text:index-body></text:table-of-content>"
    )
    content = content.replace("</text:table-of-content>", body, 1)
    for entry in entries:
        if entry.opens_page:
            content = _opened(content, entry)
    told = iter(alternatives)
    content = re.sub(
        "</draw:frame>",
        lambda end: f"<svg:desc>{escape(next(told, ''))}</svg:desc>{end[0]}",
        content,
    )
    for name, more in _CELLS.items():
        content = re.sub(
            rf'(<style:style style:name="{name}" style:family="table-cell">\s*)'
            r"<style:table-cell-properties[^>]*/>",
            rf'\1<style:table-cell-properties fo:padding="0.12cm" fo:border="none" '
            rf'fo:border-bottom="0.5pt solid #9a9db0" {more}/>',
            content,
        )
    return content


def _opened(content: str, entry: Entry) -> str:
    """The heading of a part in the style that opens a page."""
    mark = f'<text:bookmark-start text:name="{entry.name}"'
    before, found, after = content.partition(mark)
    at = before.rfind("Heading_20_1")
    return before[:at] + "Ouverture" + before[at + len("Heading_20_1") :] + found + after
