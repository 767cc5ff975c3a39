"""What Word and OpenDocument files share: their package of parts, numerals, bold lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from corpus.errors import UnreadableFile
from ingest.reading.archives import ENCRYPTED, ZIP_FAILURES, inflated, opened
from ingest.reading.cleaning import as_is
from ingest.reading.content import Content, RawBlock, Reading
from ingest.reading.identity import author, cited_numbers, published_on
from ingest.reading.plain import blocks_of
from ingest.reading.sanitising import disguise, one_line, sanitise
from ingest.reading.shapes import TITLE_CHARS
from ingest.reading.walking import Tree

MAX_PARTS_BYTES: Final = 40_000_000
LABEL_START: Final = "\ue000"
LABEL_END: Final = "\ue001"
HEADING_CHARS: Final = 300
_LABELLED = re.compile(f"{LABEL_START}([^{LABEL_END}]{{1,60}}){LABEL_END}\\s{{0,3}}")
_NO_TITLE = re.compile(
    r"(?:microsoft word|document ?\d{0,3}$|sans (?:titre|nom)|untitled|modèle)|.{0,200}\.\w{3,4}$",
    re.IGNORECASE,
)
_ANY_RATIO = 2_000  # a table of XML shrinks as well as a bomb: the size alone is bounded
_ROMAN = (
    *((100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BOLD_SHARE = 0.5
_CONTEXT_CHARS = 300
_DATED_LINES = 80
_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Package:
    """The XML parts of an office document, which is a zip file.

    Args:
        name: its name.
        data: its bytes.
        extension: the one that such files have (``.docx``).
        kind: what such a file is, with its article (``un document Word``).

    Raises:
        UnreadableFile: something else, broken, too many parts, protected by a password.
    """

    def __init__(self, name: str, data: bytes, extension: str, kind: str) -> None:
        found = disguise(data)
        if found and found[1] not in (extension, ".zip"):
            raise UnreadableFile(f"« {name} » est en fait {found[0]} : {found[2]}.")
        self._name, self._kind = name, kind
        self._archive = opened(name, data, kind)
        self._members = {info.filename: info for info in self._archive.infolist()}
        self._left = MAX_PARTS_BYTES

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def root(self, member: str) -> Tree:
        """Give the root of a part, ``None`` where the document has no such part.

        Raises:
            UnreadableFile: damaged, too large, or an XML that declares a type or entities.
        """
        if member not in self._members:
            return None
        info = self._members[member]
        if info.flag_bits & ENCRYPTED:
            raise self.locked()
        try:
            xml = inflated(self._archive, info, self._left, _ANY_RATIO)
        except ZIP_FAILURES as error:
            raise UnreadableFile(f"« {self._name} » est endommagé.") from error
        if xml is None:
            raise UnreadableFile(
                f"« {self._name} » est trop gros une fois décompressé : fichier refusé."
            )
        self._left -= len(xml)
        return self._parsed(xml)

    def locked(self) -> UnreadableFile:
        """Give the refusal of a document that only a password opens."""
        return UnreadableFile(f"« {self._name} » est protégé par un mot de passe : retirez-le.")

    def unreadable(self) -> UnreadableFile:
        """Give the refusal of a document without what makes one."""
        return UnreadableFile(f"« {self._name} » n'est pas {self._kind} lisible.")

    def _parsed(self, xml: bytes) -> Tree:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        declares = b"<!DOCTYPE" in xml or b"<!ENTITY" in xml
        try:
            root = None if declares else etree.fromstring(xml, parser)
        except (etree.LxmlError, ValueError, LookupError) as error:
            raise self.unreadable() from error
        if root is None or root.getroottree().docinfo.doctype:
            raise UnreadableFile(
                f"« {self._name} » contient une déclaration DOCTYPE, refusée par sécurité."
            )
        return root


def numeral(number: int, form: str) -> str:
    """Write a number as ``1``, ``a``, ``A``, ``i`` or ``I`` ask; any other form is ``1``."""
    if form in ("a", "A") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 5)
        return letter if form == "a" else letter.upper()
    if form in ("i", "I") and 0 < number < 400:
        rest, written = number, ""
        for value, sign in _ROMAN:
            while rest >= value:
                rest, written = rest - value, written + sign
        return written if form == "i" else written.upper()
    return str(number)


def raised(text: str) -> str:
    """Give figures set above the line as such (``³``), or « 2021 » and a raised 3 would join."""
    return text.translate(_RAISED) if text.strip().isdigit() else text


def head_bold_lines(body: Tree) -> None:
    """Make headings of the short lines in bold that stand above prose, in a tree of HTML.

    Candidates are the ``p`` of class ``bold`` that are children of ``body``. The lines of text
    files that stand alone obey the same rule (``ingest/reading/plain.py``). Where most of a
    document is bold, bold means nothing.
    """
    shown = [element for element in body if one_line(element.text_content())]
    written = sum(len(element.text_content()) for element in shown)
    bold = [element for element in shown if element.get("class") == "bold"]
    if sum(len(element.text_content()) for element in bold) > _BOLD_SHARE * written:
        return
    level = 1
    for number, element in enumerate(shown):
        if element.tag in _HEADING_TAGS:
            level = int(element.tag[1])
        elif element.get("class") == "bold" and element.find(".//br") is None:
            text = "\n\n".join(_context(shown[number : number + 3]))
            if blocks_of(text)[0].kind == "heading":
                element.tag = f"h{min(6, level + 1)}"
                element.attrib.clear()


def _context(elements: Sequence[Tree]) -> Iterator[str]:
    """Give the line of the first element and what follows it, up to what can't be a heading."""
    for element in elements:
        text = one_line(sanitise(element.text_content()[:_CONTEXT_CHARS]))
        is_list = element.tag in ("ul", "ol")
        yield "|" if element.tag == "table" else f"- {text}" if is_list else text
        if element.tag not in _HEADING_TAGS and element.get("class") != "bold":
            return


def relabelled(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Give blocks with the labels written between ``LABEL_START`` and ``LABEL_END`` in place.

    An item's own label becomes its ``label``; any other stays in the text.
    """
    found = []
    for block in blocks:
        label = _LABELLED.match(block.text) if block.kind == "item" else None
        rest = block.text[label.end() :] if label else block.text
        text = one_line(rest.replace(LABEL_START, " ").replace(LABEL_END, " "))
        if text:
            found.append(replace(block, text=text, label=label[1] if label else block.label))
    return found


def reading_of(
    name: str, blocks: Sequence[RawBlock], styled: str | None, stated: str | None
) -> Reading:
    """Give the reading of an office document, nothing removed.

    Args:
        name: the file's name, for messages.
        blocks: its blocks.
        styled: the text that has the style of a title.
        stated: the title in the file's properties, the last resort since few are kept true.

    Raises:
        UnreadableFile: no text at all.
    """
    if not blocks:
        raise UnreadableFile(f"« {name} » ne contient aucun texte.")
    lines = [block.text for block in blocks]
    title = styled or as_is(blocks).title or _true_title(stated)
    content = Content(
        blocks=tuple(blocks),
        title=title,
        published_on=published_on(lines[:_DATED_LINES]),
        author=author(lines),
        references=cited_numbers(blocks),
    )
    return Reading((content,))


def _true_title(stated: str | None) -> str | None:
    title = one_line(sanitise(stated or ""))
    named = len(title.split()) > 1 and len(title) <= TITLE_CHARS and "\\" not in title
    return title if named and not _NO_TITLE.match(title) else None
