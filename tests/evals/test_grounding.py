"""What scorers see of the corpus: where facts stand, texts, identity cards."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from corpus.types import Anchor, Document, Identity, Section
from evals.grounding import ground, whole_of, with_wholes

CARD = Identity("Circulaire d'essai", number="2021/25", signed_on=date(2021, 4, 1))
TEXT = "Le contrat comprend un plan d'action."
NOTE = Document(
    "note",
    TEXT,
    CARD,
    sections=(Section(0, len(TEXT), ("Contenu",)),),
    anchors=(Anchor(0, len(TEXT), ("A.1a",), "single", "press", ("S1",)),),
)


def an_index(*documents: Document) -> Any:
    by_id = {document.document_id: document for document in documents}
    return SimpleNamespace(texts=SimpleNamespace(document_ids=tuple(by_id), document=by_id.get))


def test_a_cut_fact_stands_where_its_parts_do() -> None:
    places = with_wholes({"A.3a": frozenset({("d", "1")}), "A.3b": frozenset({("d", "2")})})
    assert places["A.3"] == {("d", "1"), ("d", "2")}


def test_only_a_letter_ends_the_name_of_a_part() -> None:
    names = ("F083", "AJM.3a", "CC375-3")
    assert [whole_of(name) for name in names] == ["F083", "AJM.3", "CC375-3"]


def test_a_fact_is_placed_by_its_own_name_and_its_whole() -> None:
    places = ground(an_index(NOTE)).places
    assert places["A.1a"] == places["A.1"] == {("note", "Contenu")}


def test_a_document_gives_its_text_and_the_words_of_its_card() -> None:
    found = ground(an_index(NOTE))
    assert found.text("note") == TEXT
    assert found.identity("note") == "Circulaire d'essai ; 2021/25 ; 2021-04-01"


def test_an_unknown_document_has_neither() -> None:
    found = ground(an_index(NOTE))
    assert (found.text("absent"), found.identity("absent")) == (None, "")
