"""From files to documents: text, structure, identity and anchors."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.catalogue import Card, documents_folder, read_anchor, read_card
from corpus.errors import InvalidDocument, UnreadableFile
from corpus.references import find_references
from corpus.types import Document, Identity
from ingest.library import safe_id
from ingest.reading import read
from ingest.reading.content import Content, Refusal
from ingest.report import Progress, Report
from ingest.sectioning import assemble


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file to index: its name, bytes, the id it must have, and records taken out."""

    name: str
    data: bytes
    document_id: str | None
    removed: tuple[str, ...] = ()


def shipped_ids() -> frozenset[str]:
    """Ids of the shipped documents: no user's file may take one."""
    return frozenset(path.stem for path in documents_folder().glob("*.md"))


def shipped_files() -> list[IndexedFile]:
    """The shipped corpus, in the order of its ids."""
    return [
        IndexedFile(path.name, path.read_bytes(), path.stem)
        for path in sorted(documents_folder().glob("*.md"))
    ]


def read_documents(
    files: Sequence[IndexedFile], report: Report, progress: Progress = lambda _s, _d, _t: None
) -> list[Document]:
    """Documents of ``files`` in order; an id already taken is refused by itself."""
    documents: dict[str, Document] = {}
    owners: dict[str, str] = {}
    shipped = shipped_digests()
    for number, file in enumerate(files, 1):
        progress("lecture", number, len(files))
        try:
            contents = read(file.name, file.data).contents
        except UnreadableFile as error:
            report.refuse(Refusal(file.name, str(error)))
            continue
        ours = hashlib.sha256(file.data).digest() in shipped
        for position, content in enumerate(contents, 1):
            name = file.document_id or record_name(file.name, content, position)
            if name in file.removed:
                continue
            if name in documents:
                reason = f"L'identifiant « {name} » est déjà pris par {owners[name]}."
                report.refuse(Refusal(file.name, reason))
                continue
            try:
                documents[name] = make_document(name, file.name, content, ours)
                owners[name] = file.name
            except InvalidDocument as error:
                report.refuse(Refusal(file.name, str(error)))
    return list(documents.values())


def shipped_digests() -> frozenset[bytes]:
    """sha256 of the shipped documents: only they are believed on their anchors and sources."""
    return frozenset(hashlib.sha256(file.data).digest() for file in shipped_files())


def make_document(
    document_id: str, file_name: str, content: Content, ours: bool = False
) -> Document:
    """A document from what a reader gave: text, structure, identity and anchors.

    A user's file may carry a card too: its title, dates and exercices are kept, but it stays an
    original without anchors, and a number counts only when the text itself shows it.

    Args:
        document_id: its id.
        file_name: for messages.
        content: what the reader gave.
        ours: whether it is a document of the shipped corpus, believed on its anchors.

    Raises:
        InvalidDocument: a corpus document whose card or anchors are wrong.
    """
    card = None
    if content.front_matter is not None:
        card = read_card(file_name, content.front_matter)
    title = card.identity.title if card else content.title or ""
    first = next((b.text for b in content.blocks if b.kind == "heading" and b.level == 1), title)
    assembled = assemble(content.blocks, first if card else title)
    identity = card.identity if card else _found_identity(title, content)
    if card is not None and not ours:
        identity = _declared_identity(card.identity, assembled.text)
    marks = assembled.marks if card else ()
    anchors = tuple(
        read_anchor(file_name, card or Card(identity, (), {}), start, end, mark)
        for start, end, mark in marks
    )
    return Document(
        document_id,
        assembled.text,
        identity,
        blocks=assembled.blocks,
        sections=assembled.sections,
        anchors=anchors if ours else (),
        sources=card.sources if card and ours else (),
    )


def _declared_identity(identity: Identity, text: str) -> Identity:
    """What a user's card may say of their file; the number and NOR only if the text holds them."""
    shown = {reference.value for reference in find_references(text)}

    def held(value: str | None) -> str | None:
        named = {reference.value for reference in find_references(f"n° {value or ''}")}
        return value if named and named <= shown else None

    return replace(
        identity,
        origin="original",
        authority=identity.kind,
        number=held(identity.number),
        nor=held(identity.nor),
        url=None,
        relations=(),
        checked_on=None,
    )


def _found_identity(title: str, content: Content) -> Identity:
    """What the file shows of itself; all else stays unknown."""
    return Identity(
        title=title,
        issuer=content.publisher,
        author=content.author,
        published_on=content.published_on,
        url=content.url,
    )


def record_name(file_name: str, content: Content, position: int) -> str:
    """A record's own id, else the file's name and the record's place in it."""
    return content.record_id or f"{safe_id(file_name)}-{position}"
