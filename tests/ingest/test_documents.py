"""What a user's card may and may not claim."""

from corpus.types import Document
from ingest.documents import make_document
from ingest.reading import read
from tests.conftest import CARD


def of_a_user(text: str) -> Document:
    (content,) = read("note.md", text.encode()).contents
    return make_document("note", "note.md", content)


def test_a_users_card_never_makes_a_summary_or_a_proof() -> None:
    document = of_a_user(CARD)
    assert document.identity.origin == "original"
    assert not document.anchors and not document.sources and document.identity.url is None


def test_a_number_counts_only_when_the_text_shows_it() -> None:
    assert of_a_user(CARD).identity.number is None
    shown = of_a_user(CARD + "\nCirculaire n° DGCS/SD2B/DGS/SP1/2021/25.\n")
    assert shown.identity.number is not None


def test_the_shipped_wording_is_believed() -> None:
    (content,) = read("note.md", CARD.encode()).contents
    ours = make_document("note", "note.md", content, ours=True)
    assert ours.identity.origin == "summary" and ours.anchors
