"""Quotable units: statements, sentences and list items with what introduces them."""

from dataclasses import replace

from assistant.units import UnitReader, document_units, list_units
from corpus.types import Anchor
from ingest.index import Index
from ingest.reading.content import RawBlock
from tests.assistant.conftest import document

LIST = (
    RawBlock("heading", "Pièces", 2),
    RawBlock("paragraph", "Le bilan est dû. L'avenant demande trois pièces :"),
    RawBlock("item", "un bilan ;"),
    RawBlock("item", "un tableau de bord ;"),
    RawBlock("item", "un plan d'actions."),
)


def test_units_are_exact_spans_in_reading_order() -> None:
    units = document_units(document(*LIST))
    assert [u.start for u in units] == sorted(u.start for u in units)
    assert all(u.text == u.document.text[u.start : u.end] != "" for u in units)


def test_a_paragraph_is_cut_into_sentences() -> None:
    units = document_units(document(RawBlock("paragraph", "Le préfet signe. L'ARS verse.")))
    assert [u.text for u in units] == ["Le préfet signe.", "L'ARS verse."]


def test_a_sentence_that_leans_on_another_takes_it_along() -> None:
    units = document_units(
        document(RawBlock("paragraph", "Le délai est d'un mois. Il court le lundi."))
    )
    assert units[1].text == "Le délai est d'un mois. Il court le lundi."


def test_headings_are_no_units_but_give_their_context() -> None:
    units = document_units(document(*LIST))
    assert "Pièces" not in [u.text for u in units]
    assert all("Pièces" in u.context for u in units)


def test_items_share_a_group_and_its_lead_in() -> None:
    items = [u for u in document_units(document(*LIST)) if u.group is not None]
    assert len(items) == 3 and len({u.group for u in items}) == 1
    lead = items[0].lead_in
    assert lead and items[0].document.text[slice(*lead)] == "L'avenant demande trois pièces :"


def test_a_heading_separates_two_lists() -> None:
    units = document_units(document(*LIST, *LIST))
    assert len({u.group for u in units if u.group is not None}) == 2


def test_a_list_is_one_unit_from_its_lead_in_to_its_end() -> None:
    (whole,) = list_units(document_units(document(*LIST)))
    assert whole.text.startswith("L'avenant demande") and whole.text.endswith("plan d'actions.")


def test_a_single_item_is_no_list() -> None:
    assert list_units(document_units(document(*LIST[:3]))) == ()


def test_an_anchored_block_is_one_unit() -> None:
    made = document(RawBlock("paragraph", "Le préfet signe. L'ARS verse."))
    block = made.blocks[-1]
    anchor = Anchor(block.start, block.end, ("F1",), "single", "press", ())
    (unit,) = document_units(replace(made, anchors=(anchor,)))
    assert unit.text == "Le préfet signe. L'ARS verse." and unit.anchor == anchor


def test_a_list_of_what_nobody_knows_answers_nothing() -> None:
    made = document(*LIST)
    last = made.blocks[-1]
    unknown = Anchor(last.start, last.end, ("T1",), "unknown", "other", ())
    assert list_units(document_units(replace(made, anchors=(unknown,)))) == ()


def test_an_unknown_document_has_no_units(lexical_index: Index) -> None:
    assert UnitReader(lexical_index).document("absent") == ()


def test_every_unit_of_the_corpus_lies_in_a_passage(lexical_index: Index) -> None:
    reader = UnitReader(lexical_index)
    for document_id in lexical_index.texts.document_ids:
        for unit in reader.document(document_id):
            passage = lexical_index.texts.passage_at(document_id, unit.start)
            assert passage.document_id == document_id and passage.start <= unit.start
