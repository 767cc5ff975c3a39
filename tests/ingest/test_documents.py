"""What a user's card may and may not claim."""

import pytest

from corpus.errors import InvalidDocument
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


def test_a_card_is_official_only_when_the_text_is() -> None:
    assert of_a_user(CARD).identity.kind == "circulaire"
    assert of_a_user(CARD).identity.number == "DGCS/ESSAI/2021/25"
    body = "\nOn commente ici la circulaire n° DGCS/ESSAI/2021/25 du ministre.\n"
    blog = of_a_user(CARD[: CARD.rindex("+++") + 3] + body).identity
    assert (blog.kind, blog.authority, blog.number, blog.issuer) == (*["inconnue"] * 2, None, None)


@pytest.mark.parametrize("name", ["circulaire-2021-25/original", "foo/original"])
def test_the_identifier_of_an_official_text_can_t_be_taken(name: str) -> None:
    (content,) = read("note.md", b"# Note\n\nUn blog.\n").contents
    with pytest.raises(InvalidDocument, match="réservé"):
        make_document(name, "note.md", content)


def test_the_shipped_wording_is_believed() -> None:
    (content,) = read("note.md", CARD.encode()).contents
    ours = make_document("note", "note.md", content, ours=True)
    assert ours.identity.origin == "summary" and ours.anchors
