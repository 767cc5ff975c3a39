"""A saved pack made again as of a day, and what became of each of its items."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.answering import Assistant
from assistant.privacy import masked
from assistant.teaching import making
from assistant.teaching.offering import pool_of
from assistant.teaching.pack import Order, Pack
from assistant.teaching.refreshing import Refresh, refreshed
from assistant.teaching.themes import themes
from corpus.errors import InvalidRequest
from ingest.index import Index

LOST = "Attention : la séance ne peut plus être refaite, chaque élément est cherché. "
NO_TITLE = "Séance"
_PARTS = (
    "objectives", "steps", "points", "timeline", "roles", "words", "cases", "quiz", "disputes",
    "evaluation", "missing", "citations",
)  # fmt: skip


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
        progress("Je compare chaque élément avec la séance enregistrée…")
        return refreshed(saved, _empty(order, index), index, entries=assistant.entries())
    progress("Je compare chaque élément avec la séance enregistrée…")
    return refreshed(
        saved, now, index, lambda: pool_of(saved, now, assistant, index), assistant.entries()
    )


def _empty(order: Order, index: Index) -> Pack:
    """A pack of nothing, for an order that can't be met any more."""
    order = replace(order, question=masked(order.question))
    theme = themes().get(order.theme)
    none: dict[str, Any] = dict.fromkeys(_PARTS, ())
    return Pack(
        order=order,
        title=theme.title if theme else order.question or NO_TITLE,
        comparison=None,
        facts=0,
        corpus_digest=index.manifest.corpus_digest,
        corpus_checked_on=index.manifest.checked_on,
        **none,
    )
