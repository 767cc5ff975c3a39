"""A pack as its trainer changes it: order, citations, what is quoted again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from assistant.answer import Citation
from assistant.extracting import Quote
from assistant.teaching.composing import (
    GONE,
    LOST,
    NO_OTHER,
    Composed,
    Edit,
    composed,
    quoted,
)
from assistant.teaching.doubts import weak_points
from assistant.teaching.naming import id_of
from assistant.teaching.numbering import numbers_in
from assistant.teaching.pack import Order, Pack
from assistant.teaching.timing import without_emptied
from assistant.units import document_units
from ingest.index import Index
from tests.packs import MONEY, SIGNED, VISITED, citation, pack

ADDED = "Le comité se réunit deux fois par an ;"
Quoting = Callable[[str, int, int], tuple[Citation, ...]]


def other_seed(order: Order) -> Pack:
    """The sample with other words in its quiz."""
    made = pack()
    quiz = tuple(replace(item, prompt=f"{item.prompt} {order.seed}") for item in made.quiz)
    return replace(made, order=order, quiz=quiz)


def read(document_id: str, start: int, end: int) -> tuple[Citation, ...]:
    """One statement of a text that the pack doesn't cite."""
    return (citation(1, ADDED, document_id),) if document_id == "autre" else ()


def changed(*edits: Edit, quote: Quoting = read) -> Composed:
    """The sample with some changes."""
    return composed(pack(), edits, other_seed, quote)


def test_what_is_dropped_takes_its_sources_along() -> None:
    parts: tuple[Any, ...] = ("points", "timeline", "disputes", "quiz")
    drops = [Edit("drop", part, id_of(one)) for part in parts for one in getattr(pack(), part)]
    made = changed(*drops, Edit("drop", "comparison", "comparison")).pack
    assert [one.quote for one in made.citations] == [VISITED.text, SIGNED.text]
    assert numbers_in(replace(made, citations=())) == (1, 2)
    assert not {"Points clés", "Quiz et correction"} & {step.title for step in made.steps}


def test_a_citation_still_proves_the_sentence_that_calls_it() -> None:
    made = changed(Edit("down", "points", SIGNED.id), Edit("drop", "points", VISITED.id)).pack
    assert [one.text for one in made.points] == [MONEY.text, SIGNED.text]
    for one in made.points:
        assert [made.citations[n - 1].quote for n in one.citations] == [one.text]


def test_what_moves_past_an_end_stays() -> None:
    assert changed(Edit("up", "points", SIGNED.id)).pack.points == pack().points


def test_one_item_is_drawn_again_on_the_same_fact() -> None:
    first, second, *_ = pack().quiz
    made = changed(Edit("again", "quiz", second.id))
    assert [item.prompt for item in made.pack.quiz[:2]] == [first.prompt, f"{second.prompt} 2"]
    assert made.pack.quiz[1].fact == second.fact


def test_a_draw_that_finds_nothing_says_so_once() -> None:
    again = Edit("again", "cases", pack().cases[0].id)
    assert changed(again).unmet == (NO_OTHER,)
    later = changed(again, Edit("note", text="a"))
    assert (later.unmet, len(later.edits)) == ((), 2)


def test_an_added_passage_is_a_point_with_its_own_source() -> None:
    made = changed(Edit("add", id="autre", start=5, end=9)).pack
    assert made.points[-1].text == "Le comité se réunit deux fois par an."
    assert [made.citations[n - 1].quote for n in made.points[-1].citations] == [ADDED]


@pytest.mark.parametrize("confidence", ["disputed", "unknown"])
def test_an_added_passage_that_is_doubted_is_no_point(confidence: Any) -> None:
    def doubted(*place: Any) -> tuple[Citation, ...]:
        return (replace(citation(1, ADDED, "autre"), confidence=confidence),)

    made = changed(Edit("add", id="autre", end=9), quote=doubted).pack
    assert (made.points, len(made.disputes)) == (pack().points, 3)


def test_what_applies_no_more_is_said_and_left_out() -> None:
    made = changed(Edit("drop", "points", "absent"), Edit("add", id="perdu", end=3))
    assert (made.unmet, made.edits) == ((GONE, LOST), ())


def test_notes_have_names_of_their_own() -> None:
    made = changed(Edit("note", text="a"), Edit("drop", "notes", "note:1"), Edit("note", text="b"))
    assert [(note.id, note.text) for note in made.pack.notes] == [("note:2", "a"), ("note:1", "b")]


def test_a_quote_is_whole_statements_with_what_introduces_them(index: Index) -> None:
    item = next(
        unit
        for name in index.texts.document_ids
        for unit in document_units(cast("Any", index.texts.document(name)))
        if unit.lead_in is not None and unit.end - unit.start > 10
    )
    name = item.document.document_id
    lead, cited = quoted(name, item.start + 3, item.start + 5, index)
    assert lead.quote == Quote((item,), *cast("tuple[int, int]", item.lead_in)).text
    assert cited.quote == item.text


def test_nothing_is_quoted_where_nothing_stands(index: Index) -> None:
    sizes = {
        name: len(document.text)
        for name in index.texts.document_ids
        if (document := index.texts.document(name)) is not None
    }
    name = max(sizes, key=sizes.__getitem__)
    for place in ((0, 0), (5, 2), (0, sizes[name] + 1), (0, sizes[name])):
        assert quoted(name, *place, index) == ()
    assert quoted("absent", 0, 5, index) == ()


def emptied(part: Any) -> Pack:
    """The sample without anything in a part."""
    return changed(*(Edit("drop", part, id_of(one)) for one in getattr(pack(), part))).pack


@pytest.mark.parametrize(
    ("part", "title"),
    [("points", "Points clés"), ("quiz", "Quiz et correction"), ("cases", "Études de cas")],
)
def test_an_empty_part_has_no_step_and_its_minutes_are_shared(part: Any, title: str) -> None:
    made = emptied(part)
    assert title not in [step.title for step in made.steps]
    given = sum(step.minutes for step in made.steps)
    assert given == made.order.minutes or any("La séance dure" in one for one in made.missing)


def test_an_empty_part_leaves_no_objective() -> None:
    aim = "Appliquer ces règles à une situation concrète, texte à l'appui."
    before = replace(pack(), objectives=(aim, "Autre."))
    dropped = replace(before, cases=())
    assert without_emptied(dropped, before).objectives == ("Autre.",)
    assert without_emptied(before, before).objectives == before.objectives


def test_weak_points_are_counted_among_those_that_are_left() -> None:
    press = tuple(replace(one, evidence="press") for one in pack().citations)
    before = replace(pack(), citations=press)
    before = replace(before, missing=(str(weak_points(before)),))
    assert "3 sur 3" in before.missing[0]
    assert "2 sur 2" in _missing_without(before, 2)[0]
    assert not any("sur 0" in one or "sur 3" in one for one in _missing_without(before, 0))


def _missing_without(before: Pack, left: int) -> tuple[str, ...]:
    return without_emptied(replace(before, points=before.points[:left]), before).missing
