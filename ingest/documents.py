"""From files to documents: text, structure, identity and anchors."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from corpus.asked import read_asked, statement_key
from corpus.catalogue import Card, documents_folder, read_anchor, read_card
from corpus.errors import InvalidDocument, UnreadableFile
from corpus.types import OFFICIAL_KINDS, Document, Identity
from ingest.identifying import identify, original_of, same_entry
from ingest.library import ORIGINAL, safe_id
from ingest.reading import Content, Reading, Refusal, read
from ingest.report import Report
from ingest.sectioning import assemble


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file to index: its name, how to read it, the id it must have, and records taken out.

    ``ours`` tells a document of the shipped corpus, believed on its anchors and sources.
    """

    name: str
    reading: Callable[[], Reading]
    document_id: str | None
    ours: bool
    removed: tuple[str, ...] = ()


def shipped_ids() -> frozenset[str]:
    """Ids of the shipped documents: no user's file may take one."""
    return frozenset(path.stem for path in documents_folder().glob("*.md"))


def shipped_files() -> list[IndexedFile]:
    """The shipped corpus, in the order of its ids."""
    return [
        IndexedFile(path.name, partial(read, path.name, path.read_bytes()), path.stem, True)
        for path in sorted(documents_folder().glob("*.md"))
    ]


@cache
def shipped_digests() -> frozenset[str]:
    """sha256 of the shipped documents: only they are believed on their anchors and sources."""
    paths = documents_folder().glob("*.md")
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)


@cache
def catalogue() -> dict[str, Identity]:
    """Identity cards of the shipped documents, by document id."""
    cards = {}
    for path in sorted(documents_folder().glob("*.md")):
        (content,) = read(path.name, path.read_bytes()).contents
        cards[path.stem] = read_card(path.name, content.front_matter or {}).identity
    return cards


def read_documents(files: Iterable[IndexedFile], report: Report) -> list[Document]:
    """Documents of ``files`` in order; an id already taken is refused by itself."""
    documents: dict[str, Document] = {}
    owners: dict[str, str] = {}
    for file in files:
        try:
            contents = file.reading().contents
        except UnreadableFile as error:
            report.refuse(Refusal(file.name, str(error)))
            continue
        for position, content in enumerate(contents, 1):
            name = file.document_id or record_name(file.name, content, position)
            if name in file.removed:
                continue
            if name in documents:
                reason = f"L'identifiant « {name} » est déjà pris par {owners[name]}."
                report.refuse(Refusal(file.name, reason))
                continue
            try:
                documents[name] = make_document(name, file.name, content, file.ours)
                owners[name] = file.name
            except InvalidDocument as error:
                report.refuse(Refusal(file.name, str(error)))
    return list(documents.values())


def with_card(reading: Reading, card: Mapping[str, Any] | None) -> Reading:
    """A reading whose documents carry what a person said of them, over their own card."""
    if card is None:
        return reading
    contents = (
        replace(content, front_matter={**(content.front_matter or {}), **card})
        for content in reading.contents
    )
    return replace(reading, contents=tuple(contents))


def original_id(identity: Identity) -> str | None:
    """The id of the text of a catalogue entry, ``None`` for any other file.

    ``identity`` is what the file's own text shows, never what a card says of it.
    """
    entry = same_entry(identity, catalogue().items())
    return entry + ORIGINAL if entry else None


def original_of_file(file_name: str, content: Content) -> str | None:
    """The id of the catalogue entry's text that a file holds, ``None`` for any other file.

    Raises:
        InvalidDocument: its card is wrong.
    """
    document = make_document("", file_name, content)
    if content.front_matter is None:
        return original_id(document.identity)
    return original_id(identify(replace(content, front_matter=None), document.text))


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
    if card is not None and ours:
        identity = card.identity
    else:
        identity = identify(replace(content, front_matter=None), assembled.text)
    if document_id.endswith(ORIGINAL):
        if original_id(identity) != document_id:
            raise InvalidDocument(
                f"{file_name} : l'identifiant « {document_id} » est réservé au texte officiel de "
                "ce numéro, que ce fichier ne montre pas."
            )
        identity = original_of(identity, catalogue()[document_id.removesuffix(ORIGINAL)])
    elif card is not None and not ours:
        identity = _declared_identity(card.identity, identity)
    marks = assembled.marks if card else ()
    asked = read_asked(document_id) if ours else {}
    anchors = tuple(
        replace(
            read_anchor(file_name, card or Card(identity, (), {}), start, end, mark),
            asked=asked.get(statement_key(assembled.text[start:end]), ()),
        )
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


def _declared_identity(declared: Identity, found: Identity) -> Identity:
    """What a user's card may say of their file: all but what would make it official.

    An official kind, its number, its issuer and its dates count only when the text itself shows
    that it is that text; a text that cites a circular isn't one.
    """
    official = declared.kind in OFFICIAL_KINDS
    shown = official and found.kind == declared.kind
    return replace(
        declared,
        origin="original",
        kind=declared.kind if shown or not official else "inconnue",
        authority=declared.kind if shown or not official else "inconnue",
        number=found.number,
        nor=found.nor,
        issuer=found.issuer if official else declared.issuer,
        signed_on=found.signed_on if official else declared.signed_on,
        url=None,
        relations=(),
        checked_on=None,
    )


def record_name(file_name: str, content: Content, position: int) -> str:
    """A record's own id, else the file's name and the record's place in it."""
    return content.record_id or f"{safe_id(file_name)}-{position}"
