"""A saved pack made again as of a day, and what became of each of its items."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.answering import Assistant
from assistant.teaching import making
from assistant.teaching.pack import Pack
from assistant.teaching.refreshing import Refresh, refreshed
from corpus.errors import InvalidRequest
from ingest.index import Index

LOST = "Attention : la séance ne peut plus être refaite, chaque élément est cherché. "
_PARTS = ("points", "timeline", "roles", "words", "cases", "quiz", "disputes", "citations")


def renewed(
    saved: Pack,
    day: date,
    assistant: Assistant,
    index: Index,
    progress: Callable[[str], None] = lambda _step: None,
) -> Refresh:
    """What a saved pack has become as of ``day``, item by item, and the pack brought up to date.

    When its order can't be met any more, each item is looked up by itself, and ``progress`` is
    told so.

    Raises:
        IndexUnusable: nothing published can be read.
    """
    order = replace(saved.order, as_of=day)
    try:
        now = making.make_pack(assistant, index, order, progress)
    except InvalidRequest as error:
        progress(f"{LOST}{error}")
        none: dict[str, Any] = dict.fromkeys(_PARTS, ())
        digest = index.manifest.corpus_digest
        now = replace(saved, order=order, comparison=None, corpus_digest=digest, **none)
    progress("Je compare chaque élément avec la séance enregistrée…")
    return refreshed(saved, now, index)
