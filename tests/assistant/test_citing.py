"""Citations say what the source is; claims say who must do what."""

from dataclasses import replace

import pytest

from assistant.answer import Citation
from assistant.citing import cite, claim
from assistant.extracting import Quote
from assistant.units import Unit, UnitReader
from corpus.types import OFFICIAL_KINDS
from ingest.index import Index
from tests.assistant.test_checking import CITATION


def cited(index: Index, document_id: str, word: str) -> tuple[Unit, Citation]:
    """The first unit of a document that holds a word, and its citation."""
    unit = next(u for u in UnitReader(index).document(document_id) if word in u.text)
    return unit, cite([Quote((unit,), unit.start, unit.end)], index)[0]


def test_a_citation_repeats_the_identity_card(lexical_index: Index) -> None:
    unit, citation = cited(lexical_index, "circulaire-2021-25", "30 septembre 2021")
    card = unit.document.identity
    assert (citation.title, citation.reference, citation.nor) == (card.title, card.number, card.nor)
    assert citation.exercices == (2021,) and citation.quote == unit.text


def test_our_summary_never_wears_the_evidence_of_the_text(lexical_index: Index) -> None:
    reader = UnitReader(lexical_index)
    for document_id in lexical_index.texts.document_ids:
        for unit in reader.document(document_id):
            citation = cite([Quote((unit,), unit.start, unit.end)], lexical_index)[0]
            assert citation.origin == "summary"
            if unit.anchor is None or unit.anchor.evidence != "official_text":
                assert citation.evidence != "official_text", citation


def test_a_citation_lists_what_was_read_for_it(lexical_index: Index) -> None:
    unit, citation = cited(lexical_index, "circulaire-2021-25", "30 septembre 2021")
    assert unit.anchor and len(citation.sources) == len(set(unit.anchor.sources)) > 0
    assert all(s["publisher"] and (s["url"] or s["file"]) for s in citation.sources)


def test_a_quote_over_several_anchors_shows_the_weakest(lexical_index: Index) -> None:
    units = [u for u in UnitReader(lexical_index).document("circulaire-2021-25") if u.anchor]
    first, second = units[0], units[1]
    assert first.anchor and second.anchor
    weak = replace(second, anchor=replace(second.anchor, evidence="other", confidence="disputed"))
    (citation,) = cite([Quote((first, weak), first.start, weak.end)], lexical_index)
    assert (citation.evidence, citation.confidence) == ("other", "disputed")


def test_a_passage_holds_each_citation(lexical_index: Index) -> None:
    _unit, citation = cited(lexical_index, "instruction-2022-61", "volontaires")
    row = lexical_index.texts.passage_ids().index(citation.passage_id)
    assert citation.quote in lexical_index.texts.passage(row).text


def test_citations_are_numbered_from_where_they_are_told(lexical_index: Index) -> None:
    unit, _ = cited(lexical_index, "cher-2020-02-15", "Cher")
    found = cite([Quote((unit,), unit.start, unit.end)] * 2, lexical_index, first=4)
    assert [c.n for c in found] == [4, 5]


@pytest.mark.parametrize(
    ("text", "modality", "addressee"),
    [
        ("Le département doit remettre un bilan au préfet.", "must", "département"),
        ("Le préfet peut prolonger le contrat.", "may", "préfet"),
        ("L'ARS a versé 33 M€.", "states", None),
        ("Le bilan est dû au plus tard le 30 juin.", "must", None),
    ],
)
def test_a_claim_tells_who_must_or_may(text: str, modality: str, addressee: str | None) -> None:
    made = claim(replace(CITATION, quote=text))
    assert (made.text, made.modality, made.addressee) == (text, modality, addressee)


def test_a_claim_is_its_quote_without_bracketed_numbers() -> None:
    made = claim(replace(CITATION, quote="Le FIR [3] verse 33 M€ [12]."))
    assert made.text == "Le FIR verse 33 M€." and made.citations == (1,)


def test_kinds_that_may_be_official_are_closed() -> None:
    assert "presse" not in OFFICIAL_KINDS and "circulaire" in OFFICIAL_KINDS
