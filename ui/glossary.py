"""The words of the field as the command line and the HTTP API show them."""

from collections.abc import Container
from typing import Any

from corpus.lexicon import Entry


def plain_entry(entry: Entry) -> str:
    """An entry in one line: its first form, the others, its definition, the text it names."""
    term, *others = entry.forms
    also = f" ({', '.join(others)})" if others else ""
    target = f" → {entry.document}" if entry.document else ""
    return f"{term}{also} : {entry.definition}{target}"


def entry_as_dict(entry: Entry, indexed: Container[str] | None = None) -> dict[str, Any]:
    """An entry for programs; ``forms`` holds ``term`` too.

    ``document_id`` is ``None`` when the entry names no text, or none of the ``indexed`` ones
    (``None``: every text of the shipped corpus).
    """
    shown = indexed is None or entry.document in indexed
    return {
        "id": entry.id,
        "term": entry.forms[0],
        "forms": list(entry.forms),
        "definition": entry.definition,
        "document_id": entry.document if shown else None,
    }
