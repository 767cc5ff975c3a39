"""Genuine sessions over the shipped corpus: whatever their trainer chose, all of it holds."""

from datetime import date

import pytest

from assistant.answering import Assistant
from assistant.teaching.composing import Edit, composed, quoted
from assistant.teaching.making import make_pack
from assistant.teaching.naming import id_of
from assistant.teaching.pack import Order
from assistant.teaching.renewing import renewed
from assistant.teaching.saving import as_json, from_json
from ingest.index import Index

DAY = date(2026, 11, 21)
SESSIONS = [
    ("contractualisation", 2022, 1), ("calendrier", 2022, 2), ("financement", 2021, 1),
    ("objectifs", 2020, 3), ("qui-fait-quoi", 2022, 2), ("jeunes-majeurs", None, 1),
    ("information-preoccupante", None, 2), ("accueil", None, 1),
]  # fmt: skip


@pytest.mark.parametrize(("theme", "exercice", "seed"), SESSIONS)
def test_a_genuine_session_holds_whole_once_composed(
    assistant: Assistant, index: Index, theme: str, exercice: int | None, seed: int
) -> None:
    made = make_pack(assistant, index, Order(theme, DAY, exercice, "élus", 60, seed))
    edits = [
        Edit("drop", "points", id_of(made.points[0])),
        Edit("up", "points", id_of(made.points[-1])),
        Edit("again", "quiz", id_of(made.quiz[0])),
        *(Edit("drop", "timeline", id_of(event)) for event in made.timeline),
    ]
    given = composed(
        made,
        edits,
        lambda order: make_pack(assistant, index, order),
        lambda document_id, start, end: quoted(document_id, start, end, index),
    ).pack
    for pack in (made, given):
        found = renewed(from_json(as_json(pack)), DAY, assistant, index)
        assert [one for one in found.items if one.outcome not in ("holds", "new")] == []
        assert found.pack == pack
