"""PDF files: words with their place to blocks, page by page; scans are told, never guessed."""

from collections.abc import Sequence
from itertools import groupby

from corpus.errors import UnreadableFile
from ingest.reading.content import Content, RawBlock, Reading, Refusal
from ingest.reading.identity import author, cited_numbers, published_on
from ingest.reading.paged.assembling import blocks_of_leaves
from ingest.reading.paged.furniture import without_furniture
from ingest.reading.paged.naming import title_of
from ingest.reading.paged.pages import lay_out, leaf_of, without_repeated_tables
from ingest.reading.paged.sheets import Sheet
from ingest.reading.paged.source import metadata_title, opened, sheets_of
from ingest.reading.paged.styles import body_size

_LOST_SHARE = 0.3
_DATED_BLOCKS = 80
_SCAN, _LOST, _BROKEN = "scan", "lost", "broken"
_REASONS = {
    _SCAN: "sans texte (image numérisée) : passez le fichier à la reconnaissance de caractères"
    " (OCR) pour la lire",
    _LOST: "aux caractères sans correspondance lisible : passez le fichier à la reconnaissance de"
    " caractères (OCR) pour la lire",
    _BROKEN: "qui ne s'ouvre pas (endommagée)",
}


def read(name: str, data: bytes) -> Reading:
    """Read one PDF; pages without readable text are refused by themselves as ``name#page-3``.

    Raises:
        UnreadableFile: no PDF, damaged, protected by a password, too many pages or characters, a
            scan, or no text at all.
    """
    with opened(name, data) as document:
        sheets = sheets_of(name, document)
        written_title = metadata_title(document)
    faults = [_fault(sheet) for sheet in sheets]
    blocks = _blocks([s for s, f in zip(sheets, faults, strict=True) if s and f != _LOST])
    if not blocks or all(faults):
        raise UnreadableFile(_nothing(name, faults))
    return Reading((_content(blocks, written_title),), tuple(_refusals(name, faults)))


def _fault(sheet: Sheet | None) -> str:
    """Tell why a page can't be read; empty when it can."""
    if sheet is None:
        return _BROKEN
    if sheet.drawn:
        return _SCAN
    return _LOST if sheet.lost > _LOST_SHARE * sheet.signs else ""


def _blocks(sheets: Sequence[Sheet]) -> list[RawBlock]:
    leaves = [leaf_of(sheet) for sheet in sheets]
    without_repeated_tables(leaves)
    size = body_size(line for leaf in leaves for line in leaf.lines)
    kept = without_furniture([leaf.lines for leaf in leaves], sheets, size)
    unfinished = False
    for leaf, lines in zip(leaves, kept, strict=True):
        unfinished = lay_out(leaf, lines, size, unfinished)
    return blocks_of_leaves(leaves, size)


def _content(blocks: list[RawBlock], written_title: str | None) -> Content:
    lines = [block.text for block in blocks[:_DATED_BLOCKS]]
    title = title_of(blocks, written_title)
    return Content(
        blocks=tuple(blocks),
        title=title,
        published_on=published_on(lines),
        author=author(lines),
        references=cited_numbers(blocks, title),
    )


def _nothing(name: str, faults: Sequence[str]) -> str:
    if _SCAN in faults:
        return (
            f"« {name} » est un document numérisé (scan) sans texte : passez-le d'abord à la"
            " reconnaissance de caractères (OCR)."
        )
    if _LOST in faults:
        return (
            f"« {name} » contient un texte dont les caractères n'ont pas de sens lisible (police"
            " sans correspondance) : passez-le d'abord à la reconnaissance de caractères (OCR)."
        )
    if _BROKEN in faults:
        return f"« {name} » est un PDF endommagé, dont aucune page ne s'ouvre."
    return f"« {name} » ne contient aucun texte."


def _refusals(name: str, faults: Sequence[str]) -> list[Refusal]:
    """Say which pages were not read, those side by side with one fault together."""
    refused: list[Refusal] = []
    for fault, run in groupby(enumerate(faults, 1), key=lambda pair: pair[1]):
        numbers = [number for number, _ in run]
        if not fault:
            continue
        first, last = numbers[0], numbers[-1]
        if first == last:
            place, said = f"page-{first}", f"Page {first}"
        else:
            place, said = (
                f"pages-{first}-{last}",
                f"Chacune des pages {first} à {last} est une page",
            )
        refused.append(Refusal(f"{name}#{place}", f"{said} {_REASONS[fault]}."))
    return refused
