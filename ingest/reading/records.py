"""JSON lines: one object a line with ``_id``, ``title``, ``text`` and optional ``metadata``."""

import json
import zlib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any, Final

from corpus.errors import UnreadableFile
from ingest.reading.content import Content, Reading, Refusal
from ingest.reading.identity import cited_numbers
from ingest.reading.plain import blocks_of
from ingest.reading.sanitising import decode, one_line, repaired, sanitise

MAX_DECOMPRESSED_BYTES: Final = 200_000_000
MAX_RATIO: Final = 200
_RATIO_FROM_BYTES = 5_000_000
_STEP_BYTES = 1_000_000
_GZIP = 16 + zlib.MAX_WBITS


def read(name: str, data: bytes) -> Reading:
    """Read a ``.jsonl`` file; a bad line is refused by itself as ``name#line``.

    Raises:
        UnreadableFile: binary content, or no line but blank ones.
    """
    contents: list[Content] = []
    refused: list[Refusal] = []
    for number, line in enumerate(decode(name, data).split("\n"), 1):
        if not line.strip():
            continue
        try:
            contents.append(_content(line))
        except UnreadableFile as error:
            refused.append(Refusal(f"{name}#{number}", str(error)))
    if not contents and not refused:
        raise UnreadableFile(f"« {name} » ne contient aucun enregistrement.")
    return Reading(tuple(contents), tuple(refused))


def read_compressed(name: str, data: bytes) -> Reading:
    """Read a ``.jsonl.gz`` file.

    Raises:
        UnreadableFile: not gzip, cut short, or larger once decompressed than what is accepted.
    """
    return read(name, b"".join(_decompressed(name, data)))


def _decompressed(name: str, data: bytes) -> Iterator[bytes]:
    total = 0
    limit = min(MAX_DECOMPRESSED_BYTES, max(_RATIO_FROM_BYTES, MAX_RATIO * len(data)))
    stream = zlib.decompressobj(_GZIP)
    source, rest = BytesIO(data), b""
    while True:
        piece = rest or source.read(_STEP_BYTES // 16)  # a member copies what follows it there
        if stream.eof:
            if not piece:
                return
            rest = piece = piece.lstrip(b"\x00")
            if not piece:
                continue
            stream = zlib.decompressobj(_GZIP)
        try:
            part = stream.decompress(piece, _STEP_BYTES)
        except zlib.error as error:
            raise UnreadableFile(f"« {name} » n'est pas un fichier gzip lisible.") from error
        total += len(part)
        if total > limit:
            raise UnreadableFile(
                f"« {name} » dépasse {limit // 1_000_000} Mo une fois décompressé : fichier refusé."
            )
        yield part
        rest = stream.unused_data if stream.eof else stream.unconsumed_tail
        if not piece and not part and not stream.eof:
            raise UnreadableFile(f"« {name} » est un fichier gzip incomplet.")


def _content(line: str) -> Content:
    """Give the content of one line.

    Raises:
        UnreadableFile: with the reason only, since the caller names the line.
    """
    record = _record(line)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableFile("le champ « text » manque ou est vide.")
    blocks = blocks_of(repaired(sanitise(text)), by_line=True)
    if not blocks:
        raise UnreadableFile("le champ « text » ne contient aucun texte lisible.")
    identifier = record.get("_id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    if identifier is not None and not isinstance(identifier, str):
        raise UnreadableFile("le champ « _id » n'est pas une chaîne de caractères.")
    metadata = record.get("metadata")
    fields: dict[str, Any] = metadata if isinstance(metadata, dict) else {}
    title = _text(record, "title")
    return Content(
        blocks=tuple(blocks),
        title=title,
        published_on=_day(fields),
        publisher=_text(fields, "publisher"),
        author=_text(fields, "author"),
        references=cited_numbers(blocks, title),
        url=_text(fields, "url"),
        record_id=one_line(sanitise(identifier)) or None if identifier else None,
    )


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("la ligne n'est pas du JSON valide.") from error
    if not isinstance(record, dict):
        raise UnreadableFile("la ligne n'est pas un objet JSON.")
    return record


def _text(fields: dict[str, Any], key: str) -> str | None:
    value = fields.get(key)
    return one_line(repaired(sanitise(value))) or None if isinstance(value, str) else None


def _day(fields: dict[str, Any]) -> date | None:
    value = fields.get("published_on", fields.get("date"))
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
