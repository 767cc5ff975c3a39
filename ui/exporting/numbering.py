"""One numbering of the sources in every file: in the order in which the document calls them."""

from dataclasses import fields, replace
from typing import Any

from assistant.teaching.numbering import renumbered
from assistant.teaching.pack import Pack
from ui.exporting.outline import Flavour, drafted

_UNNUMBERED = ("order", "citations")


def in_order(pack: Pack) -> Pack:
    """``pack`` with its sources numbered as the document calls them, so that note 11 of the Word
    file, its « Source 11 » and the slides' [11] are the same one; what is never called comes
    last."""
    called = drafted(pack, Flavour(picture="svg", linked=True)).notes.called
    known = [one.n for one in pack.citations]
    order = list(dict.fromkeys([*(n for n in called if n in known), *known]))
    new = {old: n for n, old in enumerate(order, 1)}
    parts: dict[str, Any] = {
        field.name: renumbered(getattr(pack, field.name), lambda n: new.get(n, n))
        for field in fields(pack)
        if field.name not in _UNNUMBERED
    }
    by_number = {one.n: one for one in pack.citations}
    citations = tuple(replace(by_number[old], n=n) for old, n in new.items())
    return replace(pack, citations=citations, **parts)
